// Table instances.

import WasmFormat

/// A table.
public final class TableInstance {
    /// The declared type, with the machine's numbers for concrete types.
    public let type: TableType
    public internal(set) var elements: [Reference]
    private let maximumLength: UInt64

    /// A table of the type's minimum size, or nil if that is beyond the limits.
    init?(_ type: TableType, initial: Reference, bounds: Machine.Bounds) {
        let expressible = type.is64 ? UInt64.max : UInt64(UInt32.max)
        let maximumLength = min(type.limits.maximum ?? .max, expressible, bounds.tableElements)
        guard type.limits.minimum <= maximumLength else { return nil }
        self.type = type
        self.maximumLength = maximumLength
        elements = Array(repeating: initial, count: Int(type.limits.minimum))
    }

    var length: UInt64 { UInt64(elements.count) }

    /// The type with the present size as its minimum: what imports are matched with.
    var currentType: TableType {
        var type = type
        type.limits.minimum = length
        return type
    }

    /// `growtable`: the length before, or nil if it fails.
    public func grow(by delta: UInt64, initial: Reference) -> UInt64? {
        let old = length
        guard delta <= maximumLength - old else { return nil }
        elements += Array(repeating: initial, count: Int(delta))
        return old
    }

    /// Traps unless `[index, index + count)` lies in the table.
    func check(_ index: UInt64, count: UInt64) throws(Failure) {
        guard count <= length, index <= length - count else { throw .trap(.tableOutOfBounds) }
    }
}
