// Prefix 0xFE: threads.
// One row per operator: text name, immediates, operands, feature, effects, alignment.

extension OpcodeTable {
    @usableFromInline
    static let atomic: [OpcodeInfo] = [
        OpcodeInfo(
            .memoryAtomicNotify, "memory.atomic.notify", .memoryArgument, .addressI32ToI32, .threads, effects: .call,
            alignment: 2),
        OpcodeInfo(
            .memoryAtomicWait32, "memory.atomic.wait32", .memoryArgument, .addressI32I64ToI32, .threads, effects: .call,
            alignment: 2),
        OpcodeInfo(
            .memoryAtomicWait64, "memory.atomic.wait64", .memoryArgument, .addressI64I64ToI32, .threads, effects: .call,
            alignment: 3),
        OpcodeInfo(.atomicFence, "atomic.fence", .fence, .noneToNone, .threads, effects: .fence),
        OpcodeInfo(
            .i32AtomicLoad, "i32.atomic.load", .memoryArgument, .addressToI32, .threads, effects: .store, alignment: 2),
        OpcodeInfo(
            .i64AtomicLoad, "i64.atomic.load", .memoryArgument, .addressToI64, .threads, effects: .store, alignment: 3),
        OpcodeInfo(
            .i32AtomicLoad8U, "i32.atomic.load8_u", .memoryArgument, .addressToI32, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i32AtomicLoad16U, "i32.atomic.load16_u", .memoryArgument, .addressToI32, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicLoad8U, "i64.atomic.load8_u", .memoryArgument, .addressToI64, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i64AtomicLoad16U, "i64.atomic.load16_u", .memoryArgument, .addressToI64, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicLoad32U, "i64.atomic.load32_u", .memoryArgument, .addressToI64, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i32AtomicStore, "i32.atomic.store", .memoryArgument, .addressI32ToNone, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i64AtomicStore, "i64.atomic.store", .memoryArgument, .addressI64ToNone, .threads, effects: .store,
            alignment: 3),
        OpcodeInfo(
            .i32AtomicStore8, "i32.atomic.store8", .memoryArgument, .addressI32ToNone, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i32AtomicStore16, "i32.atomic.store16", .memoryArgument, .addressI32ToNone, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicStore8, "i64.atomic.store8", .memoryArgument, .addressI64ToNone, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i64AtomicStore16, "i64.atomic.store16", .memoryArgument, .addressI64ToNone, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicStore32, "i64.atomic.store32", .memoryArgument, .addressI64ToNone, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i32AtomicRmwAdd, "i32.atomic.rmw.add", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i64AtomicRmwAdd, "i64.atomic.rmw.add", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 3),
        OpcodeInfo(
            .i32AtomicRmw8AddU, "i32.atomic.rmw8.add_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i32AtomicRmw16AddU, "i32.atomic.rmw16.add_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw8AddU, "i64.atomic.rmw8.add_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i64AtomicRmw16AddU, "i64.atomic.rmw16.add_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw32AddU, "i64.atomic.rmw32.add_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i32AtomicRmwSub, "i32.atomic.rmw.sub", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i64AtomicRmwSub, "i64.atomic.rmw.sub", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 3),
        OpcodeInfo(
            .i32AtomicRmw8SubU, "i32.atomic.rmw8.sub_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i32AtomicRmw16SubU, "i32.atomic.rmw16.sub_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw8SubU, "i64.atomic.rmw8.sub_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i64AtomicRmw16SubU, "i64.atomic.rmw16.sub_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw32SubU, "i64.atomic.rmw32.sub_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i32AtomicRmwAnd, "i32.atomic.rmw.and", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i64AtomicRmwAnd, "i64.atomic.rmw.and", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 3),
        OpcodeInfo(
            .i32AtomicRmw8AndU, "i32.atomic.rmw8.and_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i32AtomicRmw16AndU, "i32.atomic.rmw16.and_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw8AndU, "i64.atomic.rmw8.and_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i64AtomicRmw16AndU, "i64.atomic.rmw16.and_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw32AndU, "i64.atomic.rmw32.and_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i32AtomicRmwOr, "i32.atomic.rmw.or", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i64AtomicRmwOr, "i64.atomic.rmw.or", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 3),
        OpcodeInfo(
            .i32AtomicRmw8OrU, "i32.atomic.rmw8.or_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i32AtomicRmw16OrU, "i32.atomic.rmw16.or_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw8OrU, "i64.atomic.rmw8.or_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i64AtomicRmw16OrU, "i64.atomic.rmw16.or_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw32OrU, "i64.atomic.rmw32.or_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i32AtomicRmwXor, "i32.atomic.rmw.xor", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i64AtomicRmwXor, "i64.atomic.rmw.xor", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 3),
        OpcodeInfo(
            .i32AtomicRmw8XorU, "i32.atomic.rmw8.xor_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i32AtomicRmw16XorU, "i32.atomic.rmw16.xor_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw8XorU, "i64.atomic.rmw8.xor_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i64AtomicRmw16XorU, "i64.atomic.rmw16.xor_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw32XorU, "i64.atomic.rmw32.xor_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i32AtomicRmwXchg, "i32.atomic.rmw.xchg", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 2),
        OpcodeInfo(
            .i64AtomicRmwXchg, "i64.atomic.rmw.xchg", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 3),
        OpcodeInfo(
            .i32AtomicRmw8XchgU, "i32.atomic.rmw8.xchg_u", .memoryArgument, .addressI32ToI32, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i32AtomicRmw16XchgU, "i32.atomic.rmw16.xchg_u", .memoryArgument, .addressI32ToI32, .threads,
            effects: .store, alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw8XchgU, "i64.atomic.rmw8.xchg_u", .memoryArgument, .addressI64ToI64, .threads, effects: .store,
            alignment: 0),
        OpcodeInfo(
            .i64AtomicRmw16XchgU, "i64.atomic.rmw16.xchg_u", .memoryArgument, .addressI64ToI64, .threads,
            effects: .store, alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw32XchgU, "i64.atomic.rmw32.xchg_u", .memoryArgument, .addressI64ToI64, .threads,
            effects: .store, alignment: 2),
        OpcodeInfo(
            .i32AtomicRmwCmpxchg, "i32.atomic.rmw.cmpxchg", .memoryArgument, .addressI32I32ToI32, .threads,
            effects: .store, alignment: 2),
        OpcodeInfo(
            .i64AtomicRmwCmpxchg, "i64.atomic.rmw.cmpxchg", .memoryArgument, .addressI64I64ToI64, .threads,
            effects: .store, alignment: 3),
        OpcodeInfo(
            .i32AtomicRmw8CmpxchgU, "i32.atomic.rmw8.cmpxchg_u", .memoryArgument, .addressI32I32ToI32, .threads,
            effects: .store, alignment: 0),
        OpcodeInfo(
            .i32AtomicRmw16CmpxchgU, "i32.atomic.rmw16.cmpxchg_u", .memoryArgument, .addressI32I32ToI32, .threads,
            effects: .store, alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw8CmpxchgU, "i64.atomic.rmw8.cmpxchg_u", .memoryArgument, .addressI64I64ToI64, .threads,
            effects: .store, alignment: 0),
        OpcodeInfo(
            .i64AtomicRmw16CmpxchgU, "i64.atomic.rmw16.cmpxchg_u", .memoryArgument, .addressI64I64ToI64, .threads,
            effects: .store, alignment: 1),
        OpcodeInfo(
            .i64AtomicRmw32CmpxchgU, "i64.atomic.rmw32.cmpxchg_u", .memoryArgument, .addressI64I64ToI64, .threads,
            effects: .store, alignment: 2),
    ]
}
