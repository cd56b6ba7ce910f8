// The table of C functions behind `Builtin`, and the operations that are neither on memories nor on tables.

import TerraceABI
import TerraceCode
import TerraceTiering
import WasmFormat

/// C function of a builtin: instance data and up to five operands.
typealias BuiltinFunction = @convention(c) (UnsafeMutableRawPointer, UInt64, UInt64, UInt64, UInt64, UInt64) -> Int64

/// Every builtin begins with a safepoint.
@inline(__always)
private func atSafepoint(_ data: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    StoreStorage.safepoint(data)
    return data
}

enum BuiltinFunctions {
    /// Addresses of the functions, indexed by ``Builtin``. Never freed.
    nonisolated(unsafe) static let table: UnsafePointer<UInt> = {
        let table = UnsafeMutablePointer<UInt>.allocate(capacity: Builtin.allCases.count)
        for builtin in Builtin.allCases {
            table[builtin.rawValue] = UInt(bitPattern: unsafeBitCast(function(builtin), to: Int.self))
        }
        return UnsafePointer(table)
    }()

    private static func function(_ builtin: Builtin) -> BuiltinFunction {
        switch builtin {
        case .lazyCompile: { data, index, _, _, _, _ in BuiltinFunctions.lazyCompile(atSafepoint(data), index) }
        case .memoryGrow:
            { data, memory, delta, _, _, _ in BuiltinFunctions.memoryGrow(atSafepoint(data), memory, delta) }
        case .memoryFill:
            { data, memory, to, value, length, _ in
                BuiltinFunctions.memoryFill(atSafepoint(data), memory, to, value, length)
            }
        case .memoryCopy:
            { data, memories, to, from, length, _ in
                BuiltinFunctions.memoryCopy(atSafepoint(data), memories, to, from, length)
            }
        case .memoryInit:
            { data, pair, to, from, length, _ in BuiltinFunctions.memoryInit(atSafepoint(data), pair, to, from, length)
            }
        case .dataDrop: { data, segment, _, _, _, _ in BuiltinFunctions.dataDrop(atSafepoint(data), segment) }
        case .tableGrow:
            { data, table, delta, value, _, _ in BuiltinFunctions.tableGrow(atSafepoint(data), table, delta, value) }
        case .tableFill:
            { data, table, to, value, length, _ in
                BuiltinFunctions.tableFill(atSafepoint(data), table, to, value, length)
            }
        case .tableCopy:
            { data, tables, to, from, length, _ in
                BuiltinFunctions.tableCopy(atSafepoint(data), tables, to, from, length)
            }
        case .tableInit:
            { data, pair, to, from, length, _ in BuiltinFunctions.tableInit(atSafepoint(data), pair, to, from, length) }
        case .elementDrop: { data, segment, _, _, _, _ in BuiltinFunctions.elementDrop(atSafepoint(data), segment) }
        case .functionReference:
            { data, index, _, _, _, _ in BuiltinFunctions.functionReference(atSafepoint(data), index) }
        case .isSubtype: { data, type, other, _, _, _ in BuiltinFunctions.isSubtype(atSafepoint(data), type, other) }
        case .referenceTest:
            { data, reference, type, flags, _, _ in
                BuiltinFunctions.referenceTest(atSafepoint(data), reference, type, flags)
            }
        case .tierUpCall: { data, index, _, _, _, _ in BuiltinFunctions.tierUpCall(atSafepoint(data), index) }
        case .tierUpLoop:
            { data, index, loop, frame, _, _ in BuiltinFunctions.tierUpLoop(atSafepoint(data), index, loop, frame) }
        }
    }

    /// What a builtin returns to trap.
    static func trap(_ kind: TrapKind) -> Int64 { -Int64(kind.rawValue) }

    private static func lazyCompile(_ data: UnsafeMutableRawPointer, _ index: UInt64) -> Int64 {
        let instance = InstanceStorage.of(data)
        do throws(GenerationError) {
            // A function whose calls go through its thunk so that it shows whether it is called.
            if let entry = instance.module.code.recall(Int(truncatingIfNeeded: index)) {
                return Int64(bitPattern: UInt64(entry.rawValue))
            }
            let entry = try instance.module.generator.entry(ofFunction: UInt32(truncatingIfNeeded: index))
            return Int64(bitPattern: UInt64(entry.rawValue))
        } catch {
            instance.store.pendingError = error
            return 0
        }
    }

    private static func tierUpCall(_ data: UnsafeMutableRawPointer, _ index: UInt64) -> Int64 {
        let generator = InstanceStorage.of(data).module.generator
        let entry = generator.callsExpired(UInt32(truncatingIfNeeded: index))
        return entry.map { Int64(bitPattern: UInt64($0.rawValue)) } ?? 0
    }

    private static func tierUpLoop(
        _ data: UnsafeMutableRawPointer, _ index: UInt64, _ loop: UInt64, _ frame: UInt64
    ) -> Int64 {
        // The loop's counter stands in for its interrupt check.
        if isInterrupted(data) { return trap(.interrupted) }
        let generator = InstanceStorage.of(data).module.generator
        let entry = generator.loopExpired(
            UInt32(truncatingIfNeeded: index), loop: Int32(truncatingIfNeeded: loop), frame: UInt(frame))
        return entry.map { Int64(bitPattern: UInt64($0.rawValue)) } ?? 0
    }

    private static func functionReference(_ data: UnsafeMutableRawPointer, _ index: UInt64) -> Int64 {
        Int64(Int(bitPattern: InstanceStorage.of(data).function(UInt32(truncatingIfNeeded: index))))
    }

    private static func isSubtype(_ data: UnsafeMutableRawPointer, _ type: UInt64, _ other: UInt64) -> Int64 {
        let types = InstanceStorage.of(data).module.engine.types
        return types.isSubtype(UInt32(truncatingIfNeeded: type), UInt32(truncatingIfNeeded: other)) ? 1 : 0
    }

    /// - Parameters:
    ///   - type: raw value of the heap type; concrete types by canonical id.
    ///   - flags: bit 0 = null belongs to the type.
    private static func referenceTest(
        _ data: UnsafeMutableRawPointer, _ reference: UInt64, _ type: UInt64, _ flags: UInt64
    ) -> Int64 {
        if reference == 0 { return Int64(flags & 1) }
        let heapType = HeapType(rawValue: UInt32(truncatingIfNeeded: type))
        if heapType == .extern || heapType == .any || heapType == .exn { return 1 }
        // Functions are the only other values that exist so far.
        guard heapType == .func || heapType.isConcrete, let function = FunctionPointer(bitPattern: UInt(reference))
        else {
            return 0
        }
        return InstanceStorage.of(data).module.engine.isFunction(function, of: heapType) ? 1 : 0
    }
}
