// Floating-point numbers and vectors: the seam.

import WasmFormat

extension Selector {
    /// Selects a node whose operator has floating-point or vector operands or results.
    mutating func selectVector(_ value: Value, _ node: Node) { fail("floating-point numbers and vectors") }

    /// How to set flags for an i32 that is made of floating-point numbers or vectors; nil if it has to be made first.
    mutating func vectorFlags(_ node: Node) -> FlagSource? { nil }
}
