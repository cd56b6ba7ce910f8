// Instantiation: the steps of the specification's "Instantiation" section, in their order.

import TerraceCode
import WasmFormat

extension StoreStorage {
    /// Instantiates a module.
    ///
    /// - Parameter imports: one definition for each of the module's imports, in their order.
    public func instantiate(
        _ module: CompiledModule, imports: [ExternalStorage]
    ) throws(InstantiationError) -> InstanceStorage {
        let wasm = module.module
        precondition(imports.count == wasm.imports.count && module.engine === engine)
        FaultHandler.verify()
        for (external, entry) in zip(imports, wasm.imports) {
            if let detail = engine.mismatch(of: external, for: entry, of: module) {
                throw .link(LinkError(.incompatibleType, entry, detail))
            }
        }
        let instance = try InstanceStorage(module: module, store: self, imports: imports)
        adopt(instance)
        for (number, expression) in wasm.globalInitializers.enumerated() {
            let index = wasm.importedGlobalCount + number
            instance.globalSlot(index).storeBytes(of: try instance.evaluate(expression), as: RawValue.self)
        }
        for type in wasm.tables.dropFirst(wasm.importedTableCount) {
            var initial: RawReference = 0
            if let expression = type.initializer { initial = try instance.evaluate(expression).reference }
            instance.append(try addTable(module.canonical(type), initial: initial))
        }
        try applyElementSegments(instance)
        try applyDataSegments(instance)
        if let start = wasm.start {
            let function = instance.function(start)
            try withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { slots throws(InstantiationError) in
                do throws(Trap) {
                    try call(function, entry: entryStub(for: function), slots: slots.baseAddress!)
                } catch {
                    throw .trap(error)
                }
            }
        }
        return instance
    }

    private func applyElementSegments(_ instance: InstanceStorage) throws(InstantiationError) {
        for (index, segment) in instance.module.module.elementSegments.enumerated() {
            switch segment.mode {
            case .passive:
                // Expressions are evaluated now, as the specification says: an item may be a new object.
                if case .expressions = segment.items {
                    instance.evaluatedElements[index] = try instance.elements(index)
                }
                continue
            case .declarative: break
            case .active(let table, let expression):
                let table = instance.tables[Int(table)]
                let value = try instance.evaluate(expression)
                let offset = table.type.is64 ? value.low : UInt64(UInt32(truncatingIfNeeded: value.low))
                guard table.contains(offset: offset, length: UInt64(segment.items.count)) else {
                    throw .trap(Trap(.tableOutOfBounds))
                }
                let target = table.elements
                if case .functions(let indices) = segment.items {
                    var position = Int(offset)
                    for function in indices {
                        target[position] = UInt(bitPattern: instance.function(function))
                        position += 1
                    }
                } else {
                    for (number, reference) in try instance.elements(index).enumerated() {
                        target[Int(offset) + number] = reference
                    }
                }
            }
            instance.droppedElements[index] = true
        }
    }

    private func applyDataSegments(_ instance: InstanceStorage) throws(InstantiationError) {
        let wasm = instance.module.module
        for (index, segment) in wasm.dataSegments.enumerated() {
            guard case .active(let memoryIndex, let expression) = segment.mode else { continue }
            instance.droppedData[index] = true
            // The contents came with the memory.
            if let images = instance.images, images[Int(memoryIndex)] != nil { continue }
            let memory = instance.memories[Int(memoryIndex)]
            let value = try instance.evaluate(expression)
            let offset = memory.type.is64 ? value.low : UInt64(UInt32(truncatingIfNeeded: value.low))
            guard memory.contains(offset: offset, length: UInt64(segment.bytes.count)) else {
                throw .trap(Trap(.memoryOutOfBounds))
            }
            guard !segment.bytes.isEmpty else { continue }
            let source = UnsafeRawPointer(wasm.bytes.base) + segment.bytes.lowerBound
            UnsafeMutableRawPointer(bitPattern: memory.base + UInt(offset))!
                .copyMemory(from: source, byteCount: segment.bytes.count)
        }
    }
}
