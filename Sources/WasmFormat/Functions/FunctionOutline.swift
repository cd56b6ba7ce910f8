// The constructs of a function and the locals that each assigns, from the bytes alone.

/// Where a function's blocks, loops, conditionals and handlers begin and end, and which locals are assigned in them.
///
/// A pure function of a valid body, and complete: code that cannot be reached is in it, so that whatever is numbered by
/// it means the same to all who ask. Takes memory in proportion to the body. Compilers that need no such facts do not
/// make one.
public struct FunctionOutline: Sendable {
    /// A `block`, `loop`, `if` or `try_table`.
    public struct Construct: Hashable, Sendable {
        /// The operator that opens the construct.
        public let opcode: Opcode
        /// Where that operator stands, in the module's bytes.
        public let offset: Int
        /// Where the construct's `end` stands.
        public fileprivate(set) var end: Int
        /// The position of the construct around this one in ``FunctionOutline/constructs``, or -1.
        public let parent: Int
        /// The construct's part of ``FunctionOutline/assignments``.
        public fileprivate(set) var assignments: Range<Int>
    }

    /// In the order of their bytes.
    public private(set) var constructs: [Construct] = []
    /// Positions of the loops in ``constructs``, by number: loops count from 0 in the order of their bytes.
    public private(set) var loops: [Int] = []
    /// The local of each `local.set` and `local.tee`, in the order of their bytes.
    public private(set) var assignments: [UInt32] = []

    /// Walks over the body of a defined function.
    ///
    /// - Parameters:
    ///   - module: a valid module.
    ///   - functionIndex: counted with imports.
    public init(of module: WasmModule, function functionIndex: Int) {
        let body = module.bodies[functionIndex - module.importedFunctionCount]
        var reader = TrustedReader(module.bytes, at: body.codeOffset)
        var innermost = -1
        while reader.offset < body.bytes.upperBound {
            let offset = reader.offset
            let opcode = reader.readOpcode()
            switch opcode {
            case .localSet, .localTee: assignments.append(reader.readU32())
            case .end where innermost >= 0:
                constructs[innermost].end = offset
                constructs[innermost].assignments = constructs[innermost].assignments.lowerBound..<assignments.count
                innermost = constructs[innermost].parent
            default:
                let row = reader.row(of: opcode)
                reader.skip(row.pointee.immediates)
                guard row.pointee.opensBlock else { continue }
                if opcode == .loop { loops.append(constructs.count) }
                constructs.append(
                    Construct(
                        opcode: opcode, offset: offset, end: offset, parent: innermost,
                        assignments: assignments.count..<assignments.count))
                innermost = constructs.count - 1
            }
        }
    }

    /// The locals that are assigned in a construct or in what it contains, ascending, each once.
    public func assignedLocals(in construct: Construct) -> [UInt32] {
        var result: [UInt32] = []
        for local in assignments[construct.assignments].sorted() where result.last != local { result.append(local) }
        return result
    }
}
