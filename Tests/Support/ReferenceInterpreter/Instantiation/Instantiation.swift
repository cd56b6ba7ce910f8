// "Modules: Instantiation", in the order of the specification.

import WasmFormat

extension Machine {
    /// Instantiates a module.
    ///
    /// - Parameter definition: gives what stands for an import; nil if there is nothing.
    public func instantiate(
        _ loaded: LoadedModule, imports definition: (Import) -> External?
    ) throws(InstantiationFailure) -> ModuleInstance {
        let module = loaded.module
        let instance = ModuleInstance(loaded)
        for entry in module.imports {
            guard let external = definition(entry) else {
                throw .unknownImport(module: entry.module, name: entry.name)
            }
            guard matches(external, entry.type, of: loaded) else {
                throw .incompatibleImport(module: entry.module, name: entry.name)
            }
            switch external {
            case .function(let address): instance.functions.append(address)
            case .table(let table): instance.tables.append(table)
            case .memory(let memory): instance.memories.append(memory)
            case .global(let global): instance.globals.append(global)
            case .tag(let tag): instance.tags.append(tag)
            }
        }
        try allocate(instance)
        do throws(Failure) {
            try applySegments(instance)
            if let start = module.start { _ = try invoke(instance.functions[Int(start)], []) }
        } catch {
            throw .execution(error)
        }
        return instance
    }

    private func allocate(_ instance: ModuleInstance) throws(InstantiationFailure) {
        let loaded = instance.loaded
        let module = loaded.module
        for index in module.importedFunctionCount..<module.functionCount {
            let typeIndex = module.functionTypeIndices[index]
            functions.append(
                FunctionInstance(
                    typeNumber: loaded.typeNumbers[Int(typeIndex)], type: module.functionType(typeIndex: typeIndex),
                    body: .defined(instance, index)))
            instance.functions.append(functions.count - 1)
        }
        for typeIndex in module.tags.dropFirst(module.importedTagCount) {
            instance.tags.append(TagInstance(typeNumber: loaded.typeNumbers[Int(typeIndex)]))
        }
        for type in module.memories.dropFirst(module.importedMemoryCount) {
            guard let memory = MemoryInstance(type, bounds: bounds) else { throw .limit }
            instance.memories.append(memory)
        }
        do throws(Failure) {
            for (type, initializer) in zip(
                module.globals.dropFirst(module.importedGlobalCount), module.globalInitializers)
            {
                let type = GlobalType(type: loaded.canonical(type.type), isMutable: type.isMutable)
                instance.globals.append(GlobalInstance(type, try instance.evaluate(initializer)))
            }
        } catch {
            throw .execution(error)
        }
        for var type in module.tables.dropFirst(module.importedTableCount) {
            type.element = loaded.canonical(type.element)
            var initial = Reference.null
            do throws(Failure) {
                if let initializer = type.initializer { initial = try instance.evaluateReference(initializer) }
            } catch {
                throw .execution(error)
            }
            guard let table = TableInstance(type, initial: initial, bounds: bounds) else { throw .limit }
            instance.tables.append(table)
        }
    }

    /// Evaluates all element segments, then carries out the active segments as instructions would.
    private func applySegments(_ instance: ModuleInstance) throws(Failure) {
        let module = instance.loaded.module
        for segment in module.elementSegments {
            var references: [Reference] = []
            switch segment.items {
            case .functions(let indices): references = indices.map { .function(instance.functions[Int($0)]) }
            case .expressions(let expressions):
                for expression in expressions { references.append(try instance.evaluateReference(expression)) }
            }
            instance.elementSegments.append(references)
        }
        instance.dataSegments = module.dataSegments.map(\.bytes)
        for (index, segment) in module.elementSegments.enumerated() {
            if case .active(let table, let offset) = segment.mode {
                let count = UInt64(segment.items.count)
                try instance.initialize(
                    table: instance.tables[Int(table)], at: instance.evaluateOffset(offset), from: index, 0, count)
            }
            if segment.mode != .passive { instance.elementSegments[index] = [] }
        }
        for (index, segment) in module.dataSegments.enumerated() {
            guard case .active(let memory, let offset) = segment.mode else { continue }
            try instance.initialize(
                memory: instance.memories[Int(memory)], at: instance.evaluateOffset(offset), from: index, 0,
                UInt64(segment.bytes.count))
            instance.dataSegments[index] = 0..<0
        }
    }
}

extension ModuleInstance {
    /// `table.init`
    func initialize(
        table: TableInstance, at target: UInt64, from segment: Int, _ source: UInt64, _ count: UInt64
    ) throws(Failure) {
        let references = elementSegments[segment]
        guard count <= references.count, source <= UInt64(references.count) - count else {
            throw .trap(.tableOutOfBounds)
        }
        try table.check(target, count: count)
        for number in 0..<Int(count) { table.elements[Int(target) + number] = references[Int(source) + number] }
    }

    /// `memory.init`
    func initialize(
        memory: MemoryInstance, at target: UInt64, from segment: Int, _ source: UInt64, _ count: UInt64
    ) throws(Failure) {
        let range = dataSegments[segment]
        guard count <= range.count, source <= UInt64(range.count) - count else { throw .trap(.memoryOutOfBounds) }
        try memory.check(target, count: count)
        let bytes = loaded.module.bytes.buffer
        for number in 0..<count { memory[target + number] = bytes[range.lowerBound + Int(source + number)] }
    }
}
