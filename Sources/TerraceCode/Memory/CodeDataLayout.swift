// What stands in a module's data pages, which its code reaches with 32-bit displacements.

/// Offsets in the data pages of a ``Code``: first an entry cell of 8 bytes for each function of its index space, then a
/// counter of 4 bytes for each.
///
/// Pages without a cell take address space alone until a counter in them is written.
public struct CodeDataLayout: Sendable {
    /// Where the counters begin; the cells begin at 0.
    public let countersOffset: Int
    /// Size of it all.
    public let byteCount: Int

    public init(functionCount: Int) {
        countersOffset = 8 * max(functionCount, 1)
        byteCount = countersOffset + 4 * functionCount
    }
}
