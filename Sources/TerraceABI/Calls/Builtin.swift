// The operations that compiled code asks of the runtime.

/// A runtime operation called from compiled code.
///
/// Compiled code puts the operands in the general argument registers behind the first, whatever their types, and calls the builtin's shared stub; the C function gets
/// the instance data first and returns 64 bits. Builtins marked *traps* return a negative ``TrapKind`` to trap.
@frozen public enum Builtin: Int, CaseIterable, Sendable {
    /// `(function index) -> address`: compiles the function if need be; 0 = no room for code.
    case lazyCompile
    /// `(memory index, delta in pages) -> old size in pages or -1`: an i32, zero-extended, if the memory is a 32-bit one.
    case memoryGrow
    /// `(memory index, destination, value, length)`, traps.
    case memoryFill
    /// `(destination memory index | source memory index << 32, destination, source, length)`, traps.
    case memoryCopy
    /// `(memory index | segment index << 32, destination, source, length)`, traps.
    case memoryInit
    /// `(segment index)`.
    case dataDrop
    /// `(table index, delta, initial reference) -> old size or -1`: an i32, zero-extended, if the table is a 32-bit one.
    case tableGrow
    /// `(table index, destination, reference, length)`, traps.
    case tableFill
    /// `(destination table index | source table index << 32, destination, source, length)`, traps.
    case tableCopy
    /// `(table index | segment index << 32, destination, source, length)`, traps.
    case tableInit
    /// `(segment index)`.
    case elementDrop
    /// `(function index) -> function reference`.
    case functionReference
    /// `(actual canonical type id, expected canonical type id) -> 0 or 1`: is actual a subtype of expected?
    case isSubtype
    /// `(reference, expected heap type code or canonical id, flags) -> 0 or 1`: casts and tests on references.
    case referenceTest
    /// `(function index) -> address or 0`: a call has brought the function's counter below zero. Where to go on instead, with
    /// the arguments as they were at the call. Its stub (`TierUpStubs.swift` says in which register it takes the index) is called
    /// when the frame is there and nothing of it is filled in, preserves everything else, and goes there.
    case tierUpCall
    /// `(function index, loop number or -1, frame pointer) -> address or 0`, traps: a loop's counter is below zero, or time has
    /// come to look for interrupts. Where to go on instead, with the frame as it is (``CodeEntry``); its stub goes there.
    case tierUpLoop
}

extension Builtin {
    /// What a builtin's callers have to know.
    public struct Row: Sendable {
        /// Types of the operands behind the instance.
        public var operands: [MachineType]
        /// `nil` = nothing, or nothing but whether to trap. `.i64` where an i32 caller truncates.
        public var result: MachineType?
        /// Whether a negative result is a ``TrapKind``.
        public var mayTrap = false
        /// Whether it may allocate objects, so that references of the caller may move or need a stack map. *Planned*: none does.
        public var mayCollect = false
    }

    /// The builtin's row. Indices and lengths are passed in 64 bits, whatever the index type is.
    public var row: Row {
        switch self {
        case .lazyCompile: Row(operands: [.i32], result: .i64)
        case .memoryGrow: Row(operands: [.i64, .i64], result: .i64)
        case .memoryFill: Row(operands: [.i64, .i64, .i32, .i64], mayTrap: true)
        case .memoryCopy, .memoryInit: Row(operands: [.i64, .i64, .i64, .i64], mayTrap: true)
        case .dataDrop, .elementDrop: Row(operands: [.i64])
        case .tableGrow: Row(operands: [.i64, .i64, .ref], result: .i64)
        case .tableFill: Row(operands: [.i64, .i64, .ref, .i64], mayTrap: true)
        case .tableCopy, .tableInit: Row(operands: [.i64, .i64, .i64, .i64], mayTrap: true)
        case .functionReference: Row(operands: [.i64], result: .ref)
        case .isSubtype: Row(operands: [.i32, .i32], result: .i32)
        case .referenceTest: Row(operands: [.ref, .i32, .i64], result: .i32)
        case .tierUpCall: Row(operands: [.i32], result: .i64)
        case .tierUpLoop: Row(operands: [.i32, .i32, .i64], result: .i64, mayTrap: true)
        }
    }
}

/// The table of stub addresses that an instance's data points to: the builtins' stubs, then what else code calls there.
public enum BuiltinStubTable {
    /// Index of the stub that a function of another instance returns to after a tail call.
    public static var tailCallReturn: Int { Builtin.allCases.count }
    /// Index of the stub that notes a callee in a call's ``CallSiteProfileLayout``. It destroys hardly any registers; which,
    /// and where it finds what it takes, `TierUpStubs.swift` says.
    public static var recordCallTarget: Int { Builtin.allCases.count + 1 }
    public static var count: Int { Builtin.allCases.count + 2 }
}
