// What is computed from the cases of `Opcode` and the rows of the pages: one table by code, one by ordinal.

/// The tables of operators. The rows stand in the files of the pages, as constant data; what is here is computed from
/// them and from the raw values when it is first used, in a few microseconds. Readers, validators and compilers keep the
/// pointers, so that none of this is looked for in a loop.
@usableFromInline
enum OpcodeTable {
    /// Marks codes that no operator has.
    @inlinable static var unused: UInt16 { 0xFFFF }

    /// How many operators there are.
    static let count = Opcode.allCases.count

    /// Raw value of an ``Opcode`` (page and code) → ordinal, or ``unused``. A byte without prefix is its own raw value.
    /// Never written after its initialisation and never freed.
    @usableFromInline nonisolated(unsafe) static let ordinals: UnsafePointer<UInt16> = {
        let end = OpcodePage.allCases.map { Int($0.base) + Int($0.capacity) }.max() ?? 0
        let table = UnsafeMutablePointer<UInt16>.allocate(capacity: end)
        table.initialize(repeating: unused, count: end)
        for (ordinal, opcode) in Opcode.allCases.enumerated() { table[Int(opcode.rawValue)] = UInt16(ordinal) }
        return UnsafePointer(table)
    }()

    /// Ordinal → row. Never written after its initialisation and never freed.
    @usableFromInline nonisolated(unsafe) static let rows: UnsafePointer<OpcodeInfo> = {
        let table = UnsafeMutablePointer<OpcodeInfo>.allocate(capacity: count)
        var isPresent = [Bool](repeating: false, count: count)
        for page in [single, aggregate, extended, vector, atomic] {
            for row in page {
                let ordinal = row.opcode.ordinal
                precondition(!isPresent[ordinal], "an operator has two rows")
                isPresent[ordinal] = true
                (table + ordinal).initialize(to: row)
            }
        }
        precondition(!isPresent.contains(false), "an operator has no row")
        return UnsafePointer(table)
    }()
}
