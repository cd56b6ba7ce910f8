// How profilers and debuggers are told of code: `Code` announces every block before it can run, and says when it goes.

import TerraceABI

/// Something outside the engine that wants to know which code is where.
///
/// Called by whatever thread commits or releases code, several at once, with no lock of the engine's held. Whatever goes
/// wrong in it (a full disk, say) is its own affair: code runs on.
public protocol CodeProfiler: AnyObject, Sendable {
    /// A block's bytes are in place. Nothing calls it yet, unless the profiler came later than the block.
    func add(_ code: NamedCode)
    /// A block whose first byte is at `base` is about to be freed. Nothing runs in it.
    func remove(at base: CodeAddress)
}

/// A block and what people call its parts. Valid during the call that it is handed to.
public struct NamedCode {
    /// A function or stub.
    public struct Symbol: Sendable, Hashable {
        public var kind: CodeRangeKind
        public var begin: BlockOffset
        public var byteCount: Int
        /// Whether it makes no frame.
        public var isFrameless = false
        /// `wasm::TIER::FUNCTION` or `wasm::stub::STUB`, without control characters, at most ``NamedCode/longestName`` bytes.
        public var name: String
    }

    public let base: CodeAddress
    /// The bytes as they run.
    public let bytes: UnsafeRawBufferPointer
    /// In rising order of address; empty ranges are left out.
    public let symbols: [Symbol]

    /// Names longer than this are cut.
    public static let longestName = 200

    init(_ block: CodeBlock, functionName: (UInt32) -> String?) {
        base = block.base
        bytes = block.bytes
        symbols = block.codeRanges.compactMap { range in
            guard range.byteCount > 0 else { return nil }
            return Symbol(
                kind: range.kind, begin: range.begin, byteCount: range.byteCount, isFrameless: range.isFrameless,
                name: Self.name(of: range, tier: block.kind.tier, functionName: functionName))
        }
    }

    /// The address of a symbol.
    public func address(of symbol: Symbol) -> UInt { base.rawValue + UInt(symbol.begin.rawValue) }

    // Debuggers take other forms apart: a dot means something in Ada, one colon follows a file.
    private static func name(
        of range: CodeRange, tier: CodeTier?, functionName: (UInt32) -> String?
    ) -> String {
        guard range.kind.isFunctionBody else {
            var name = "wasm::stub::\(range.kind)"
            if range.kind == .builtinStub, let builtin = Builtin(rawValue: Int(range.functionIndex)) {
                name += "::\(builtin)"
            } else if range.functionIndex != CodeRange.none {
                name += "::\(range.functionIndex)"
            }
            return name
        }
        let name = functionName(range.functionIndex) ?? "function_\(range.functionIndex)"
        return printable("wasm::\(tier.map { "\($0)" } ?? "code")::\(name)")
    }

    /// Names come from modules: one must not end a line or a string early, nor fill a disk.
    private static func printable(_ name: String) -> String {
        var result = ""
        var count = 0
        for scalar in name.unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= longestName else { break }
            result.unicodeScalars.append(scalar.properties.generalCategory == .control ? "?" : scalar)
        }
        return result
    }
}

/// A profiler that a module's code is announced to, and the module's names.
struct CodeAnnouncer: Sendable {
    let profiler: any CodeProfiler
    let functionName: @Sendable (UInt32) -> String?

    func willPublish(_ block: CodeBlock) { profiler.add(NamedCode(block, functionName: functionName)) }
    func willRelease(_ block: CodeBlock) { profiler.remove(at: block.base) }
}

extension Code {
    /// Tells a profiler of all code that is there and of all that will come, each block once, and of the end of each.
    ///
    /// Does nothing if the profiler is told already.
    ///
    /// - Parameter functionName: a function's name for people, if it has one.
    public func announce(
        to profiler: any CodeProfiler, functionName: @escaping @Sendable (_ functionIndex: UInt32) -> String?
    ) {
        let announcer = CodeAnnouncer(profiler: profiler, functionName: functionName)
        // What is in the list by now is announced here, what comes later by its commit. Nothing of it is freed meanwhile.
        pin()
        defer { unpin() }
        let blocks = withCommitLock { mutable -> [CodeBlock] in
            guard !mutable.announcers.contains(where: { $0.profiler === profiler }) else { return [] }
            mutable.announcers.append(announcer)
            return mutable.blocks.all
        }
        for block in blocks { announcer.willPublish(block) }
    }

    /// Announces all that will come to whom other code announces now. For new code, before anybody uses it.
    public func announce(as other: Code) {
        let announcers = other.withCommitLock { $0.announcers }
        withCommitLock { $0.announcers = announcers }
    }
}
