// What stands in a module's data pages, which its code reaches with 32-bit displacements.

import TerraceABI

/// Offsets in the data pages of a ``Code``: first an entry cell of 8 bytes for each function of its index space, then a
/// ``TieringRecord`` for each.
///
/// Pages without a cell take address space alone until a record in them is written.
public struct CodeDataLayout: Sendable {
    /// Where the tiering records begin; the cells begin at 0.
    public let tieringRecordsOffset: Int
    /// Size of it all.
    public let byteCount: Int

    public init(functionCount: Int) {
        tieringRecordsOffset = 8 * max(functionCount, 1)
        byteCount = tieringRecordsOffset + TieringRecordLayout.size * functionCount
    }
}
