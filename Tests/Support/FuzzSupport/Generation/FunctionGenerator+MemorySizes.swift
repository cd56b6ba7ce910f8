// Code about sizes of memories: sizes as values, growth to the limits, addresses near the end.

import WasmFormat

extension FunctionGenerator {
    /// A memory's size, or what growing it gives, as a value of a type; wherever it may be, with all its bits.
    mutating func memorySize(_ kind: ValueKind, _ random: inout SeededRandom) {
        let memory = random.below(plan.memories.count)
        if random.chance(percent: 15) {
            growByAnyAmount(memory, wraps: false, &random)
        } else {
            emit(.memorySize, memory)
        }
        switch (kind, plan.memories[memory].is64) {
        case (.i32, true): emit(.i32WrapI64)
        case (.i64, false): emit(random.chance(percent: 70) ? .i64ExtendI32U : .i64ExtendI32S)
        default: break
        }
    }

    /// A memory's size as an index of a branch table of so many labels: as it is, or less about as much as it is.
    mutating func memorySizeIndex(near count: Int, _ random: inout SeededRandom) {
        let memory = random.below(plan.memories.count)
        emit(.memorySize, memory)
        if plan.memories[memory].is64 { emit(.i32WrapI64) }
        if random.chance(percent: 60) {
            let base = plan.memories[memory].minimumPages - random.below(count + 2)
            constant(i32: Int32(truncatingIfNeeded: base))
            emit(.i32Sub)
        }
    }

    /// Grows a memory by little, by what is left to some limit, or by more than any limit allows. Leaves an i32.
    mutating func growByAnyAmount(_ memory: Int, wraps: Bool = true, _ random: inout SeededRandom) {
        let planned = plan.memories[memory]
        let largest = (1 << 32) >> planned.pageSizeLog2
        let rest = largest - planned.minimumPages
        let pages = random.pick([
            0, 1, random.below(70_000), rest, rest - 1, rest + 1, rest - random.below(1000), 0x7FFF_FFFF, 0xFFFF_FFFF,
            planned.maximumPages.map { $0 - planned.minimumPages } ?? 3,
        ])
        if planned.is64 { constant(i64: Int64(pages)) } else { constant(i32: Int32(truncatingIfNeeded: pages)) }
        emit(.memoryGrow, memory)
        if wraps, planned.is64 { emit(.i32WrapI64) }
    }

    /// An address a little below the end, mostly so that accesses fit; returns the offset to use.
    mutating func addressNearEnd(_ memory: Int, _ random: inout SeededRandom) -> UInt64 {
        let is64 = plan.memories[memory].is64
        let shift = plan.memories[memory].pageSizeLog2
        let distance = random.chance(percent: 85) ? 16 + random.below(200) : random.below(20)
        emit(.memorySize, memory)
        if shift > 0 {
            if is64 { constant(i64: Int64(shift)) } else { constant(i32: Int32(shift)) }
            emit(is64 ? .i64Shl : .i32Shl)
        }
        if is64 { constant(i64: Int64(distance)) } else { constant(i32: Int32(distance)) }
        emit(is64 ? .i64Sub : .i32Sub)
        return UInt64(distance > 30 ? random.below(14) : 0)
    }
}
