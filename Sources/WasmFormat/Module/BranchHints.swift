// The branch hint section (`metadata.code.branch_hint`, the branch hinting proposal): which way branches mostly go.

import TerraceThreads

/// Hints of one function's branches.
@frozen public struct BranchHints: Sendable {
    /// Offsets of `br_if` and `if`, from the function's declarations of locals, ascending.
    @usableFromInline let offsets: [UInt32]
    /// At the same positions, whether the condition is mostly true.
    @usableFromInline let likely: [Bool]

    init(offsets: [UInt32], likely: [Bool]) {
        self.offsets = offsets
        self.likely = likely
    }

    /// Whether the branch at an offset from the function's declarations of locals mostly finds its condition true; `nil` if
    /// nothing is known of it.
    public func isLikely(at offset: Int) -> Bool? {
        var low = 0
        var high = offsets.count
        while low < high {
            let middle = (low + high) / 2
            if Int(offsets[middle]) < offset { low = middle + 1 } else { high = middle }
        }
        return low < offsets.count && Int(offsets[low]) == offset ? likely[low] : nil
    }
}

/// All hints of a module.
struct BranchHintSection: Sendable {
    /// By function index, imports counted.
    var functions: [UInt32: BranchHints] = [:]

    static var name: String { "metadata.code.branch_hint" }

    init() {}

    /// Reads the contents of a section. From where it is malformed it is left out: hints never make a module invalid.
    init(_ bytes: ModuleBytes, range: Range<Int>) {
        var reader = BinaryReader(base: bytes.base, range: range)
        try? read(&reader)
    }

    private mutating func read(_ reader: inout BinaryReader) throws(ModuleError) {
        let count = try reader.readCount(limit: .max, of: "functions with hints")
        for _ in 0..<count {
            let function = try reader.readU32()
            let hintCount = try reader.readCount(limit: .max, of: "branch hints")
            // Each hint takes three bytes.
            guard hintCount <= reader.remaining / 3 else { throw reader.unexpectedEnd() }
            var offsets: [UInt32] = []
            var likely: [Bool] = []
            offsets.reserveCapacity(hintCount)
            likely.reserveCapacity(hintCount)
            var isOrdered = true
            for _ in 0..<hintCount {
                let offset = try reader.readU32()
                let size = try reader.readU32()
                guard size == 1 else { throw reader.unexpectedEnd() }
                let value = try reader.readByte()
                if let last = offsets.last, last >= offset { isOrdered = false }
                offsets.append(offset)
                likely.append(value == 1)
            }
            if isOrdered { functions[function] = BranchHints(offsets: offsets, likely: likely) }
        }
    }
}

/// Reads the branch hint section once.
final class BranchHintCache: Sendable {
    private let section = Guarded<BranchHintSection?>(nil)

    func section(_ make: () -> BranchHintSection) -> BranchHintSection {
        section.withLock { cached in
            if let cached { return cached }
            let made = make()
            cached = made
            return made
        }
    }
}

extension WasmModule {
    /// Hints of a function's branches, by function index, imports counted. The section is read at the first call; safe from
    /// any thread.
    public func branchHints(ofFunction functionIndex: Int) -> BranchHints? {
        guard hasBranchHints else { return nil }
        let section = branchHintCache.section {
            guard let custom = customSections.last(where: { $0.name == BranchHintSection.name }) else {
                return BranchHintSection()
            }
            return BranchHintSection(bytes, range: custom.bytes)
        }
        return section.functions[UInt32(functionIndex)]
    }
}
