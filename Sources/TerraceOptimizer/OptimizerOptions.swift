// What the optimizer may do: groups of transformations that can be switched off by name, how many of them, where, and whether
// it checks itself. For finding mistakes; the defaults are what programs run with.

/// Groups of optional transformations. Code is right with any set of them.
public struct Optimizations: OptionSet, Sendable, Hashable, BitwiseCopyable, CustomStringConvertible {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    // While the graph is built.
    /// Constants and identities are computed.
    public static var fold: Self { Self(rawValue: 1 << 0) }
    /// Equal pure nodes are made once.
    public static var gvn: Self { Self(rawValue: 1 << 1) }
    /// Loads of what was loaded are left out.
    public static var loads: Self { Self(rawValue: 1 << 2) }
    /// Loads of what was stored are left out.
    public static var forwarding: Self { Self(rawValue: 1 << 3) }
    /// Stores of what is overwritten are left out.
    public static var deadStores: Self { Self(rawValue: 1 << 4) }
    /// Bounds checks that others imply are left out.
    public static var checks: Self { Self(rawValue: 1 << 5) }
    public static var inlining: Self { Self(rawValue: 1 << 6) }
    /// Calls through references are guessed from what was seen.
    public static var guesses: Self { Self(rawValue: 1 << 7) }
    // Passes over the graph.
    /// Invariant nodes leave their loops.
    public static var hoist: Self { Self(rawValue: 1 << 8) }
    /// Branches on constants, empty blocks, blocks that belong together.
    public static var flow: Self { Self(rawValue: 1 << 9) }
    /// Small diamonds become `select`.
    public static var conversion: Self { Self(rawValue: 1 << 10) }
    /// Loops that test at the top test at the bottom.
    public static var inversion: Self { Self(rawValue: 1 << 11) }
    // Selection.
    /// Parts of an address in the instruction's address.
    public static var addresses: Self { Self(rawValue: 1 << 12) }
    /// Loads as operands of other instructions.
    public static var foldedLoads: Self { Self(rawValue: 1 << 13) }
    /// Stores that read, change and write in one instruction.
    public static var readModifyWrite: Self { Self(rawValue: 1 << 14) }
    /// Comparisons in the branch or selection that uses them.
    public static var compares: Self { Self(rawValue: 1 << 15) }
    /// Rotations, byte swaps, bit operations and wide products found in what computes them.
    public static var idioms: Self { Self(rawValue: 1 << 16) }
    /// Shuffles by the shape of their mask, and other patterns of vectors.
    public static var vectors: Self { Self(rawValue: 1 << 17) }
    /// Bulk memory operations of few bytes in line.
    public static var bulk: Self { Self(rawValue: 1 << 18) }
    // Allocation.
    /// Registers are chosen by what values are needed for later.
    public static var hints: Self { Self(rawValue: 1 << 19) }
    /// Values that are in memory are used from there.
    public static var slotOperands: Self { Self(rawValue: 1 << 20) }
    /// Values stay in registers; without it everything is in slots.
    public static var registers: Self { Self(rawValue: 1 << 24) }
    // Emission.
    /// Cold code behind the other, branches that fall through.
    public static var layout: Self { Self(rawValue: 1 << 21) }
    /// The dispatch of an interpreter's loop copied to the end of each handler.
    public static var dispatch: Self { Self(rawValue: 1 << 22) }
    /// Short returns copied to the jumps that lead to them.
    public static var returns: Self { Self(rawValue: 1 << 23) }
    /// Small loops several times in a row.
    public static var rounds: Self { Self(rawValue: 1 << 25) }
    /// Registers of the caller are saved only where they are overwritten.
    public static var lateSaves: Self { Self(rawValue: 1 << 26) }
    /// Functions that call nothing and keep nothing in memory make no frame.
    public static var frameless: Self { Self(rawValue: 1 << 27) }
    /// Calls through references look whether the callee is of the same instance.
    public static var ownCalls: Self { Self(rawValue: 1 << 28) }

    public static var all: Self { Self(rawValue: (1 << 29) - 1) }

    /// Names by bit.
    static let names = [
        "fold", "gvn", "loads", "forwarding", "dead-stores", "checks", "inlining", "guesses", "hoist", "flow",
        "conversion", "inversion", "addresses", "folded-loads", "rmw", "compares", "idioms", "vectors", "bulk", "hints",
        "slot-operands", "layout", "dispatch", "returns", "registers", "rounds",
        "late-saves", "frameless", "own-calls",
    ]

    /// The names that lists may hold, besides `all` and `none`.
    public static var knownNames: [String] { names }

    /// The set that a list describes: names separated by commas, each one added, or with a minus in front left out. A list
    /// that begins with a name left out begins with all groups, any other list with none; `all` and `none` are names too.
    ///
    /// - Throws: ``UnknownOptimization`` for a name that no group has.
    public init(list: String) throws(UnknownOptimization) {
        var set: Self = list.hasPrefix("-") ? .all : []
        for item in list.split(separator: ",") {
            let isLeftOut = item.hasPrefix("-")
            let name = String(isLeftOut ? item.dropFirst() : item)
            let group: Self
            if name == "all" {
                group = .all
            } else if name == "none" {
                group = []
            } else if let bit = Self.names.firstIndex(of: name) {
                group = Self(rawValue: 1 << UInt32(bit))
            } else {
                throw UnknownOptimization(name: name)
            }
            if isLeftOut { set.subtract(group) } else { set.formUnion(group) }
        }
        self = set
    }

    /// The names of the groups in the set, separated by commas.
    public var description: String {
        if self == .all { return "all" }
        if isEmpty { return "none" }
        return Self.names.indices.filter { rawValue & 1 << UInt32($0) != 0 }.map { Self.names[$0] }.joined(
            separator: ",")
    }
}

/// A name that no group of optimizations has.
public struct UnknownOptimization: Error, Sendable, CustomStringConvertible {
    public let name: String
    public var description: String {
        "unknown optimization '\(name)'; there are: " + Optimizations.names.joined(separator: ", ")
    }
}

/// How the optimizer works. The default is what programs run with.
public struct OptimizerOptions: Sendable, Hashable {
    /// What it may do.
    public var optimizations = Optimizations.all
    /// How many optional transformations each function gets; further ones are left out. The order is the same in every run.
    public var limit = Int.max
    /// By function index, which functions it compiles; others stay with the baseline tier.
    public var functions: ClosedRange<Int> = 0...Int.max
    /// Whether it checks the graph after every pass, the machine instructions and their allocation. A mistake found is a
    /// ``CompileError/contradiction(_:offset:)``.
    public var verifies = false

    public init() {}
}

/// What is left to be done to one function. Passes ask it before each optional transformation.
struct Allowance: BitwiseCopyable {
    private(set) var enabled: Optimizations
    /// Transformations that are allowed.
    private let limit: Int
    /// Transformations so far.
    private(set) var count = 0

    init(_ options: OptimizerOptions = OptimizerOptions()) {
        enabled = options.optimizations
        limit = options.limit
    }

    /// Whether a transformation of a group may be done; counts it if so.
    @inline(__always) mutating func allows(_ group: Optimizations) -> Bool {
        guard enabled.rawValue & group.rawValue != 0, count < limit else { return false }
        count &+= 1
        return true
    }

    /// Whether a group is on, without counting: for what cannot be counted singly.
    @inline(__always) func isEnabled(_ group: Optimizations) -> Bool { enabled.rawValue & group.rawValue != 0 }
}
