// Memory instructions.

import WasmFormat

extension Execution {
    /// Carries out a memory instruction; false if this is none.
    mutating func memory(_ instruction: Instruction) throws(Failure) -> Bool {
        if try bulkMemory(instruction) { return true }
        if try load(instruction) { return true }
        if try store(instruction) { return true }
        return try vectorMemory(instruction)
    }

    /// The number that an access begins at: address plus offset, which may be more than any memory has.
    private mutating func effectiveAddress(_ instruction: Instruction) throws(Failure) -> UInt64 {
        let (sum, isHuge) = popAddress().addingReportingOverflow(instruction.bits)
        if isHuge { throw .trap(.memoryOutOfBounds) }
        return sum
    }

    private mutating func loadBytes(_ instruction: Instruction, _ count: Int) throws(Failure) -> UInt64 {
        let address = try effectiveAddress(instruction)
        return try instance.memories[instruction.index].load(address, count: count)
    }

    private mutating func storeBytes(_ instruction: Instruction, _ value: UInt64, _ count: Int) throws(Failure) {
        let address = try effectiveAddress(instruction)
        try instance.memories[instruction.index].store(value, address, count: count)
    }

    /// A number of so many bytes, with its sign.
    private mutating func loadSigned(_ instruction: Instruction, _ count: Int) throws(Failure) -> Int64 {
        let value = Int64(bitPattern: try loadBytes(instruction, count))
        let unused = 64 - 8 * count
        return (value << unused) >> unused
    }

    private mutating func load(_ instruction: Instruction) throws(Failure) -> Bool {
        func i32(_ value: Int64) -> Value { .i32(UInt32(truncatingIfNeeded: value)) }
        func i64(_ value: Int64) -> Value { .i64(UInt64(bitPattern: value)) }
        switch instruction.opcode {
        case .i32Load: push(.i32(UInt32(try loadBytes(instruction, 4))))
        case .i64Load: push(.i64(try loadBytes(instruction, 8)))
        case .f32Load: push(.f32(UInt32(try loadBytes(instruction, 4))))
        case .f64Load: push(.f64(try loadBytes(instruction, 8)))
        case .i32Load8S: push(i32(try loadSigned(instruction, 1)))
        case .i32Load8U: push(.i32(UInt32(try loadBytes(instruction, 1))))
        case .i32Load16S: push(i32(try loadSigned(instruction, 2)))
        case .i32Load16U: push(.i32(UInt32(try loadBytes(instruction, 2))))
        case .i64Load8S: push(i64(try loadSigned(instruction, 1)))
        case .i64Load8U: push(.i64(try loadBytes(instruction, 1)))
        case .i64Load16S: push(i64(try loadSigned(instruction, 2)))
        case .i64Load16U: push(.i64(try loadBytes(instruction, 2)))
        case .i64Load32S: push(i64(try loadSigned(instruction, 4)))
        case .i64Load32U: push(.i64(try loadBytes(instruction, 4)))
        default: return false
        }
        return true
    }

    private mutating func store(_ instruction: Instruction) throws(Failure) -> Bool {
        switch instruction.opcode {
        case .i32Store: try storeBytes(instruction, UInt64(popI32()), 4)
        case .i64Store: try storeBytes(instruction, popI64(), 8)
        case .f32Store: try storeBytes(instruction, UInt64(popF32()), 4)
        case .f64Store: try storeBytes(instruction, popF64(), 8)
        case .i32Store8: try storeBytes(instruction, UInt64(popI32()), 1)
        case .i32Store16: try storeBytes(instruction, UInt64(popI32()), 2)
        case .i64Store8: try storeBytes(instruction, popI64(), 1)
        case .i64Store16: try storeBytes(instruction, popI64(), 2)
        case .i64Store32: try storeBytes(instruction, popI64(), 4)
        default: return false
        }
        return true
    }

    // MARK: vectors

    private mutating func vectorMemory(_ instruction: Instruction) throws(Failure) -> Bool {
        switch instruction.opcode {
        case .v128Load:
            let address = try effectiveAddress(instruction)
            let memory = instance.memories[instruction.index]
            try memory.check(address, count: 16)
            let low = try memory.load(address, count: 8)
            push(.v128(Vector(low: low, high: try memory.load(address + 8, count: 8))))
        case .v128Store:
            let vector = popVector()
            let address = try effectiveAddress(instruction)
            let memory = instance.memories[instruction.index]
            try memory.check(address, count: 16)
            try memory.store(vector.low, address, count: 8)
            try memory.store(vector.high, address + 8, count: 8)
        case .v128Load8x8S: try loadExtended(instruction, Int8.self, to: Int16.self)
        case .v128Load8x8U: try loadExtended(instruction, UInt8.self, to: UInt16.self)
        case .v128Load16x4S: try loadExtended(instruction, Int16.self, to: Int32.self)
        case .v128Load16x4U: try loadExtended(instruction, UInt16.self, to: UInt32.self)
        case .v128Load32x2S: try loadExtended(instruction, Int32.self, to: Int64.self)
        case .v128Load32x2U: try loadExtended(instruction, UInt32.self, to: UInt64.self)
        case .v128Load8Splat: try loadSplat(instruction, UInt8.self)
        case .v128Load16Splat: try loadSplat(instruction, UInt16.self)
        case .v128Load32Splat: try loadSplat(instruction, UInt32.self)
        case .v128Load64Splat: try loadSplat(instruction, UInt64.self)
        case .v128Load32Zero: push(.v128(Vector(low: try loadBytes(instruction, 4), high: 0)))
        case .v128Load64Zero: push(.v128(Vector(low: try loadBytes(instruction, 8), high: 0)))
        case .v128Load8Lane: try loadLane(instruction, UInt8.self)
        case .v128Load16Lane: try loadLane(instruction, UInt16.self)
        case .v128Load32Lane: try loadLane(instruction, UInt32.self)
        case .v128Load64Lane: try loadLane(instruction, UInt64.self)
        case .v128Store8Lane: try storeLane(instruction, UInt8.self)
        case .v128Store16Lane: try storeLane(instruction, UInt16.self)
        case .v128Store32Lane: try storeLane(instruction, UInt32.self)
        case .v128Store64Lane: try storeLane(instruction, UInt64.self)
        default: return false
        }
        return true
    }

    private mutating func loadExtended<Lane: FixedWidthInteger, Wide: FixedWidthInteger>(
        _ instruction: Instruction, _ type: Lane.Type, to wide: Wide.Type
    ) throws(Failure) {
        let half = Vector(low: try loadBytes(instruction, 8), high: 0)
        push(.v128(Vector(half.lanes(Lane.self).prefix(64 / Lane.bitWidth).map { Wide($0) })))
    }

    private mutating func loadSplat<Lane: FixedWidthInteger>(
        _ instruction: Instruction, _ type: Lane.Type
    ) throws(Failure) {
        let lane = Lane(truncatingIfNeeded: try loadBytes(instruction, Lane.bitWidth / 8))
        push(.v128(Vector(Array(repeating: lane, count: 128 / Lane.bitWidth))))
    }

    private mutating func loadLane<Lane: FixedWidthInteger>(
        _ instruction: Instruction, _ type: Lane.Type
    ) throws(Failure) {
        var vector = popVector()
        vector[instruction.lane] = Lane(truncatingIfNeeded: try loadBytes(instruction, Lane.bitWidth / 8))
        push(.v128(vector))
    }

    private mutating func storeLane<Lane: FixedWidthInteger>(
        _ instruction: Instruction, _ type: Lane.Type
    ) throws(Failure) {
        let lane: Lane = popVector()[instruction.lane]
        try storeBytes(instruction, UInt64(truncatingIfNeeded: lane), Lane.bitWidth / 8)
    }

    // MARK: whole memories

    private mutating func bulkMemory(_ instruction: Instruction) throws(Failure) -> Bool {
        switch instruction.opcode {
        case .memorySize:
            let memory = instance.memories[instruction.index]
            pushAddress(memory.pageCount, is64: memory.type.is64)
        case .memoryGrow:
            let memory = instance.memories[instruction.index]
            pushAddress(memory.grow(by: popAddress()) ?? .max, is64: memory.type.is64)
        case .memoryFill:
            let memory = instance.memories[instruction.index]
            let count = popAddress()
            let value = UInt8(truncatingIfNeeded: popI32())
            let target = popAddress()
            try memory.check(target, count: count)
            try spend(count / 8)
            for number in 0..<count { memory[target + number] = value }
        case .memoryCopy:
            let target = instance.memories[instruction.index]
            let source = instance.memories[instruction.second]
            let count = popAddress()
            let from = popAddress()
            let to = popAddress()
            try source.check(from, count: count)
            try target.check(to, count: count)
            try spend(count / 8)
            // From the end that overlapping areas allow.
            if to <= from {
                for number in 0..<count { target[to + number] = source[from + number] }
            } else {
                for number in (0..<count).reversed() { target[to + number] = source[from + number] }
            }
        case .memoryInit:
            let count = UInt64(popI32())
            let from = UInt64(popI32())
            let to = popAddress()
            try instance.initialize(
                memory: instance.memories[instruction.second], at: to, from: instruction.index, from, count)
        case .dataDrop: instance.dataSegments[instruction.index] = 0..<0
        default: return false
        }
        return true
    }
}
