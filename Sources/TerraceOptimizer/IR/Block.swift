// What orders nodes: basic blocks, the edges between them with the arguments that they pass, and loops.

import TerraceABI

/// Index of a ``Block`` in ``Graph/blocks``.
typealias BlockIndex = UInt32

/// How a block ends.
enum Terminator: UInt8, BitwiseCopyable {
    /// Under construction.
    case none
    /// To edge 0.
    case jump
    /// `condition` is an i32: not 0 goes to edge 0, 0 to edge 1.
    case branch
    /// `condition` is an i32: to the edge of that number, the last one for all others.
    case table
    /// With the values at `payload` in ``Graph/pool``, as many as the function has results.
    case `return`
    /// Leaves by the call `payload` in ``Graph/calls``.
    case tailCall
    /// Traps with the ``TrapKind`` `payload`.
    case trap
}

/// A basic block. Blocks stand in ``Graph/blocks`` in the order of their making; ``Graph/layout`` is the order of code.
struct Block: BitwiseCopyable {
    /// Its placed nodes are `start ..< end` of ``Graph/order``.
    var start: UInt32 = 0
    var end: UInt32 = 0
    /// Its parameters are `parameterStart ..< parameterStart + parameterCount` of ``Graph/parameters``.
    var parameterStart: UInt32 = 0
    var parameterCount: UInt32 = 0
    var terminator = Terminator.none
    /// Few executions lead here (a trap lies ahead, a hint says so): code goes behind all other code.
    var isCold = false
    var isLoopHeader = false
    var condition = Value.none
    var payload: UInt32 = 0
    /// What a trap at the block's end reports.
    var origin = Origin(bytecodeOffset: 0, inlineNode: 0xFFFF_FFFF)
    /// Its successors are `edgeStart ..< edgeStart + edgeCount` of ``Graph/edges``.
    var edgeStart: UInt32 = 0
    var edgeCount: UInt32 = 0
    /// Indices of the edges that lead here: `predecessorStart ..< predecessorStart + predecessorCount` of
    /// ``Graph/predecessors``. Valid after ``Graph/completeFlow()``.
    var predecessorStart: UInt32 = 0
    var predecessorCount: UInt32 = 0
    /// Immediate dominator; its own index for the entry.
    var dominator: BlockIndex = 0
    var dominatorDepth: UInt32 = 0
    /// An ancestor in the dominator tree some way up (skew-binary jump pointer).
    var dominatorJump: BlockIndex = 0
    /// Innermost loop that holds the block, or ``Loop/none``.
    var loop: UInt32 = Loop.none
    /// Estimated executions per execution of the function.
    var frequency: Float = 1
}

/// A way from one block to another.
struct Edge: BitwiseCopyable {
    var from: BlockIndex
    var to: BlockIndex
    /// The arguments for the target's parameters, in ``Graph/pool``; as many as the target has parameters.
    var argumentStart: UInt32 = 0
}

/// A natural loop.
struct Loop: BitwiseCopyable {
    static var none: UInt32 { UInt32.max }

    var header: BlockIndex
    /// The loop around it, or ``none``.
    var parent: UInt32
    /// 1 for outermost loops.
    var depth: UInt32
    /// Whether anything in it calls a function or a builtin on a path that is not cold.
    var hasCall = false
}
