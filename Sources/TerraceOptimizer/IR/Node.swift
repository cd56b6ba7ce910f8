// The optimizer's intermediate representation, node by node: what a value is computed from. A value is its node's index.
// Graph.swift holds the nodes, Block.swift what orders them.

import TerraceABI
import WasmFormat

/// A value: the index of the node that makes it in ``Graph/nodes``.
struct Value: Hashable, BitwiseCopyable {
    var index: UInt32

    @inline(__always) init(_ index: UInt32) { self.index = index }
    @inline(__always) init(_ index: Int) { self.index = UInt32(truncatingIfNeeded: index) }

    /// No value.
    static var none: Value { Value(UInt32.max) }
    @inline(__always) var isNone: Bool { index == UInt32.max }
    @inline(__always) var position: Int { Int(index) }
}

/// The type of a node's value, or that it has none. Raw values of those that have one are ``MachineType``'s.
enum ResultType: UInt8, BitwiseCopyable {
    case i32, i64, f32, f64, v128, ref, none

    @inline(__always) init(_ type: MachineType) { self = ResultType(rawValue: type.rawValue).unsafelyUnwrapped }

    /// The machine type; only of types with a value.
    @inline(__always) var machine: MachineType {
        assert(self != .none)
        return MachineType(rawValue: rawValue).unsafelyUnwrapped
    }
}

/// How a node's fields `a`, `b`, `c` are read. Which operator it is stands in ``Node/opcode`` where the kind says so.
///
/// *Floating* kinds belong to no block: they are made anew, or reached, wherever they are used. All others are placed: they
/// stand in the order of one block. *Effects* stay in the order in which the program has them.
enum NodeKind: UInt8, BitwiseCopyable, CaseIterable {
    // Floating.
    /// `a` low half of the bits, `b` high half; the type says how many count. A null reference is 0.
    case constant
    /// `a` index of the 16 bytes in ``Graph/vectors``.
    case vectorConstant
    /// The 32 bits by which the process knows type `a` of the module: an i32 that is known when the code is linked.
    case typeIdentifier
    /// `a` index of the function's parameter. Entered by call only.
    case parameter
    /// `a` offset from the frame pointer, as a bit pattern, of a slot of the baseline frame that was taken over: a local or
    /// an operand (``FrameLayout``). Entered at a loop only.
    case frameSlot

    // Placed, pure.
    /// `a` block, `b` position among its parameters. Stands in no order; it begins its block.
    case blockParameter
    /// ``Node/opcode`` of one to three operands `a`, `b`, `c` that never traps. `select`: value if true, value if false,
    /// condition. Lanes: `b` (extract) or `c` (replace) is the lane. Shuffle: `c` index of the pattern in ``Graph/vectors``.
    case pure
    /// ``Node/opcode`` with more than one result; `a` first operand in ``Graph/pool``, `b` their number. The node is result
    /// 0.
    case pureMany
    /// Result `b` (from 1 on) of `a`, which is a ``pureMany`` or a call. Of a call, it follows the call before any other
    /// effect.
    case result
    /// An i32: 1 if reference `a` is that of this instance's function `b`, which references can name.
    case functionTest
    /// The address of memory `a`'s first byte, an i64. Changes when that memory grows, unless it is guarded.
    case memoryBase

    // Placed; they read what effects change, or trap.
    /// ``Node/opcode`` that may trap: divisions, remainders, truncations.
    case trapping
    /// ``Node/opcode``, a load from memory 0, which is guarded: `a` the index, an i32; `b` the static offset. Lane and splat
    /// loads are built from these and pure nodes, so no load has another operand.
    case load
    /// As ``load``, from the address `a`, an i64, plus `b`, which is below 2^31: any other memory, its base added and its
    /// bounds checked where it is not guarded.
    case loadAbsolute
    /// `a` index of a global.
    case globalGet
    /// `a` index in ``Graph/frameLocals``: a local of a function with too many locals for all of them to be values.
    case localGet
    /// Element `b` of table `a`; traps out of bounds.
    case tableGet
    /// Current elements of table `a`.
    case tableSize
    /// Current pages of memory `a`.
    case memorySize

    // Placed; effects.
    /// ``Node/opcode``, a store to memory 0, which is guarded: `a` the index, `b` the static offset, `c` the value.
    case store
    /// As ``store``, to the address `a`, an i64, plus `b`, which is below 2^31.
    case storeAbsolute
    /// Global `a` becomes `b`.
    case globalSet
    /// Local `a` of ``Graph/frameLocals`` becomes `b`. Only ``localGet`` of the same local sees it.
    case localSet
    /// Element `b` of table `a` becomes `c`; traps out of bounds.
    case tableSet
    /// Traps unless index `a` (i32 or i64) + distance ≤ length of memory `b` in bytes, without overflow; `c` index of the
    /// distance (offset + bytes accessed) in ``Graph/words``.
    case boundsCheck
    /// Traps with ``TrapKind/uninitializedElement`` if reference `a` is null, with ``TrapKind/indirectCallTypeMismatch``
    /// unless its function's type is (a subtype of) type `b`.
    case signatureCheck
    /// Traps with ``TrapKind/nullReference`` if `a` is null.
    case nullCheck
    /// Traps with trap kind `b` if the i32 `a` is 0.
    case trapUnless
    /// A call: `a` index in ``Graph/calls``. The node is result 0.
    case call
    /// The look at the stack limit in a loop's header, which notices interrupts.
    case interruptCheck

    /// Whether nodes of the kind stand in no block.
    @inline(__always) var isFloating: Bool { rawValue <= NodeKind.frameSlot.rawValue }
    /// Whether nodes of the kind may be left out, shared and moved as their operands allow.
    @inline(__always) var isPure: Bool { rawValue <= NodeKind.memoryBase.rawValue }
    /// Whether nodes of the kind change something that others read, or must run exactly where they stand.
    @inline(__always) var isEffect: Bool { rawValue >= NodeKind.store.rawValue }
    /// Whether a node of the kind may end in a trap of its own (calls aside).
    @inline(__always) var mayTrap: Bool {
        switch self {
        case .trapping, .load, .loadAbsolute, .tableGet, .store, .storeAbsolute, .tableSet, .boundsCheck,
            .signatureCheck, .nullCheck, .trapUnless:
            true
        default: false
        }
    }
}

/// A node: 16 bytes.
struct Node: BitwiseCopyable {
    var kind: NodeKind
    var type: ResultType
    /// The operator, where the kind has one; `.nop` elsewhere.
    var opcode: Opcode
    var a: UInt32 = 0
    var b: UInt32 = 0
    var c: UInt32 = 0

    @inline(__always) init(
        _ kind: NodeKind, _ type: ResultType, _ opcode: Opcode = .nop, _ a: UInt32 = 0, _ b: UInt32 = 0, _ c: UInt32 = 0
    ) {
        self.kind = kind
        self.type = type
        self.opcode = opcode
        self.a = a
        self.b = b
        self.c = c
    }

    /// The bits of a ``NodeKind/constant``.
    @inline(__always) var bits: UInt64 { UInt64(a) | UInt64(b) << 32 }
}

/// Where in the program a node comes from: what traps and backtraces report.
struct Origin: BitwiseCopyable {
    /// Of the operator, from the first byte of the module.
    var bytecodeOffset: UInt32
    /// Index of the inlined call in ``Graph/inlined``, or `InlineNode.none`.
    var inlineNode: UInt32
}

/// A local that is kept in the frame: see ``NodeKind/localGet``.
struct FrameLocal: BitwiseCopyable {
    var type: MachineType
    /// Of its slot in a frame that was taken over, from the frame pointer; 0 if selection gives it a slot.
    var offset: Int32
}

/// What a ``NodeKind/call`` calls.
enum CallTarget: BitwiseCopyable {
    /// A defined function of the module, by function index.
    case function(UInt32)
    /// An imported function, by function index.
    case imported(UInt32)
    /// The function behind `CallInfo.reference`. Where `isChecked` is false, null traps.
    case reference(isChecked: Bool)
    /// A runtime operation. Its operands are the call's arguments, the immediate included (a constant).
    case builtin(Builtin)
}

/// A call, or a tail call that ends a block.
struct CallInfo: BitwiseCopyable {
    var target: CallTarget
    /// How the call site is described to backtraces.
    var isIndirect = false
    /// Index of the callee's type; of no meaning for builtins.
    var typeIndex: UInt32 = 0
    var reference = Value.none
    /// First argument in ``Graph/pool``.
    var argumentStart: UInt32 = 0
    var argumentCount: UInt32 = 0
}
