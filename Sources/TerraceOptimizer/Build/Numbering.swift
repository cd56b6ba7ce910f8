// Value numbering: a node that equals one that was made before, on every path to here, is not made again. What may change
// between two equal nodes is numbered too, by the version of what they read.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

/// Versions of what effects change: each lane is a class of things that do not overlap with those of other classes.
///
/// A lane's number is that of the last effect on every path to here; where paths with different ones meet, it is a new number.
/// So two reads of one version with one address read the same.
typealias Versions = SIMD16<UInt32>

/// The lanes of ``Versions``, and sets of them as bit masks.
struct VersionLanes: BitwiseCopyable {
    /// Sizes of memories and tables, and bases that move with them.
    static var sizes: Int { 0 }
    static var tables: Int { 1 }
    private static var firstMemory: Int { 2 }
    private static var firstGlobal: Int { 4 }
    private static var otherGlobals: Int { 15 }

    static var all: UInt16 { UInt16.max }
    static var memories: UInt16 { 1 << 2 | 1 << 3 }

    /// Two imports may be the same memory.
    private var hasSeveralImportedMemories = false
    /// Two imports may be the same global.
    private var importedGlobals: UInt32 = 0

    init() {}

    init(_ module: WasmModule) {
        hasSeveralImportedMemories = module.importedMemoryCount > 1
        importedGlobals = UInt32(truncatingIfNeeded: module.importedGlobalCount)
    }

    @inline(__always) func memory(_ index: UInt32) -> Int {
        Self.firstMemory &+ (index == 0 || hasSeveralImportedMemories ? 0 : 1)
    }

    @inline(__always) func global(_ index: UInt32) -> Int {
        let number = Int(index) &- Int(importedGlobals)
        return number >= 0 && number < Self.otherGlobals &- Self.firstGlobal
            ? Self.firstGlobal &+ number : Self.otherGlobals
    }

    /// What a builtin may change.
    static func lanes(changedBy builtin: Builtin) -> UInt16 {
        switch builtin {
        case .memoryGrow: 1 &<< UInt16(sizes)
        case .memoryFill, .memoryCopy, .memoryInit: memories
        case .tableGrow: 1 &<< UInt16(sizes) | 1 &<< UInt16(tables)
        case .tableFill, .tableCopy, .tableInit: 1 &<< UInt16(tables)
        case .dataDrop, .elementDrop, .functionReference, .isSubtype, .referenceTest, .lazyCompile, .tierUpCall,
            .tierUpLoop:
            0
        }
    }

    /// What an operator may change.
    static func lanes(changedBy row: UnsafePointer<OpcodeInfo>) -> UInt16 {
        switch row.pointee.opcode {
        case .call, .callIndirect, .callRef: all
        // Nothing behind them sees what they do.
        case .returnCall, .returnCallIndirect, .returnCallRef: 0
        case .tableSet, .tableFill, .tableCopy, .tableInit: lanes(changedBy: .tableFill)
        case .tableGrow: lanes(changedBy: .tableGrow)
        case .memoryGrow: lanes(changedBy: .memoryGrow)
        default: row.pointee.effects.contains(.writesMemory) ? memories : 0
        }
    }

    /// Lane i for bit i.
    @inline(__always) static func selection(_ mask: UInt16) -> SIMDMask<SIMD16<Int32>> {
        let bits: SIMD16<UInt32> = [
            1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768,
        ]
        return (bits & SIMD16(repeating: UInt32(mask))) .!= SIMD16<UInt32>.zero
    }
}

extension Builder {
    /// A plain node, or the value that it equals.
    @inline(__always) mutating func number(_ node: Node, upperBits: UInt8) -> Value {
        let entry = table.find(node)
        if table.isUsed(entry), isKnown(entry), allowance.allows(.gvn) {
            return resolve(Value(entry.pointee.value))
        }
        let value = place(node, upperBits: upperBits)
        table.set(entry, node, value, block)
        return value
    }

    /// Whether an entry was made on every path to here.
    @inline(__always) func isKnown(_ entry: UnsafeMutablePointer<ValueTable.Entry>) -> Bool {
        entry.pointee.block == block || graph.dominates(entry.pointee.block, block)
    }

    /// Notes that a check has passed, unless it is known. Returns whether it has to be made.
    @inline(__always) mutating func needsCheck(_ node: Node) -> Bool {
        let entry = table.find(node)
        if table.isUsed(entry), isKnown(entry), allowance.allows(.checks) { return false }
        table.set(entry, node, Value(0), block)
        return true
    }

    /// Gives lanes a new version.
    @inline(__always) mutating func change(_ mask: UInt16) {
        lastVersion &+= 1
        versions.replace(with: SIMD16(repeating: lastVersion), where: VersionLanes.selection(mask))
    }

    /// Gives one lane a new version.
    @inline(__always) mutating func change(lane: Int) {
        lastVersion &+= 1
        versions[lane] = lastVersion
    }

    /// Versions where two paths meet.
    @inline(__always) mutating func join(_ other: Versions) {
        let differs = versions .!= other
        guard any(differs) else { return }
        lastVersion &+= 1
        versions.replace(with: SIMD16(repeating: lastVersion), where: differs)
    }
}
