// `i8x16.shuffle` and `i8x16.swizzle`: by the shape of the pattern, cheapest first; what has none takes a byte shuffle of each
// operand.

import TerraceABI
import TerraceAssembler
import WasmFormat

extension Selector {
    mutating func shuffle(_ d: VirtualRegister, _ a: Value, _ b: Value, _ bits: SIMD2<UInt64>) {
        var pattern = ShufflePattern(bits)
        if a == b { pattern.lanes &= 15 }
        // Bytes of a zero come from nowhere.
        let zero = ShufflePattern.zero
        if isZeroVector(a) {
            pattern.lanes.replace(with: zero, where: pattern.lanes .< 16)
        }
        if isZeroVector(b) {
            pattern.lanes.replace(with: zero, where: pattern.lanes .>= 16 .& pattern.lanes .< 32)
        }
        if !pattern.usesSecond {
            shuffle(d, source(a, .full), pattern)
        } else if !pattern.usesFirst {
            shuffle(d, source(b, .full), pattern.part(second: true))
        } else {
            shuffle(d, a, b, pattern)
        }
    }

    private func isZeroVector(_ value: Value) -> Bool { vectorConstant(value) == SIMD2() }

    mutating func swizzle(_ d: VirtualRegister, _ a: Value, _ index: Value) {
        if let bits = vectorConstant(index) {
            var pattern = ShufflePattern(bits)
            pattern.lanes.replace(with: ShufflePattern.zero, where: pattern.lanes .>= 16)
            return shuffle(d, source(a, .full), pattern)
        }
        if makesNoIndexOutOfRange(index) { return binary(.pshufb, d, register(a), source(index, .full)) }
        // Indices from 16 on must read as zero, which the machine does from 128 on.
        let clamped = newVector()
        commutative(.paddusb, clamped, register(index), constant(0x7070_7070_7070_7070))
        binary(.pshufb, d, register(a), clamped)
    }

    /// Whether all bytes of a vector are below 16, or from 128 on.
    private func makesNoIndexOutOfRange(_ value: Value) -> Bool {
        let node = graph.pointee.nodes[value.position]
        guard node.kind == .pure else { return false }
        switch node.opcode {
        case .v128And:
            for operand in [Value(node.a), Value(node.b)] {
                if let bits = vectorConstant(operand), (bits.x | bits.y) & 0x7070_7070_7070_7070 == 0 { return true }
            }
            return false
        case .i8x16ShrU:
            let count = graph.pointee.nodes[Int(node.b)]
            return count.kind == .constant && count.a & 7 >= 4
        default: return false
        }
    }

    // MARK: one operand

    /// Shapes that take their operand apart into lanes, with the instruction for each: widths before and after.
    private static let zeroExtensions: InlineArray<6, (from: Int, to: Int, operation: VectorOperation)> = [
        (1, 2, .pmovzxbw), (1, 4, .pmovzxbd), (1, 8, .pmovzxbq),
        (2, 4, .pmovzxwd), (2, 8, .pmovzxwq), (4, 8, .pmovzxdq),
    ]

    /// Shapes that interleave: width of the lanes, and the instructions for the lower and the upper halves.
    private static let interleavings: InlineArray<4, (width: Int, lower: VectorOperation, upper: VectorOperation)> = [
        (1, .punpcklbw, .punpckhbw), (2, .punpcklwd, .punpckhwd), (4, .punpckldq, .punpckhdq),
        (8, .punpcklqdq, .punpckhqdq),
    ]

    private mutating func shuffle(_ d: VirtualRegister, _ a: VectorSource, _ pattern: ShufflePattern) {
        guard allowance.allows(.vectors) else { return shuffleBytes(d, a, pattern) }
        if pattern.hasZeros ? shuffleWithZeros(d, a, pattern) : shuffleWhole(d, a, pattern) { return }
        shuffleBytes(d, a, pattern)
    }

    private mutating func shuffleBytes(_ d: VirtualRegister, _ a: VectorSource, _ pattern: ShufflePattern) {
        binary(.pshufb, d, inRegister(a), constant(pattern.bits.x, pattern.bits.y))
    }

    /// An operand that an instruction wants in a register.
    private mutating func inRegister(_ source: VectorSource) -> VirtualRegister {
        guard source.register.isNone else { return source.register }
        let loaded = newVector()
        unary(.movups, loaded, source)
        return loaded
    }

    private mutating func shuffleWhole(_ d: VirtualRegister, _ a: VectorSource, _ pattern: ShufflePattern) -> Bool {
        if let lanes = pattern.lanes(ofBytes: 4) {
            if pattern.isIdentity {
                if a.register.isNone { unary(.movups, d, a) } else { copy(d, a.register) }
            } else {
                unary(.pshufd, d, a, immediate: ShufflePattern.immediate(lanes))
            }
            return true
        }
        if features.avx2, !a.register.isNone {
            if all(pattern.lanes .== 0) {
                unary(.vpbroadcastb, d, a.register)
                return true
            }
            if let lanes = pattern.lanes(ofBytes: 2), lanes == SIMD8() {
                unary(.vpbroadcastw, d, a.register)
                return true
            }
        }
        if let lanes = pattern.lanes(ofBytes: 2) {
            let places = SIMD8<UInt8>(0, 1, 2, 3, 4, 5, 6, 7)
            if lanes.highHalf == places.highHalf, all(lanes.lowHalf .< 4) {
                unary(.pshuflw, d, a, immediate: ShufflePattern.immediate(lanes))
                return true
            }
            if lanes.lowHalf == places.lowHalf, all(lanes.highHalf .>= 4) {
                unary(.pshufhw, d, a, immediate: ShufflePattern.immediate(lanes, from: 4))
                return true
            }
        }
        if let count = pattern.rotation {
            let register = inRegister(a)
            binary(.palignr, d, register, register, immediate: Int16(count))
            return true
        }
        var doubled = pattern
        // As if every other lane came from a second operand.
        for index in 0..<2 {
            let interleaving = Self.interleavings[index]
            for lane in 0..<16 where lane / interleaving.width % 2 == 1 { doubled.lanes[lane] |= 16 }
            for upper in [false, true] where doubled.isInterleaving(width: interleaving.width, upper: upper) {
                let register = inRegister(a)
                binary(upper ? interleaving.upper : interleaving.lower, d, register, register)
                return true
            }
            doubled = pattern
        }
        return false
    }

    private mutating func shuffleWithZeros(_ d: VirtualRegister, _ a: VectorSource, _ pattern: ShufflePattern) -> Bool {
        if !pattern.usesFirst {
            copy(d, zeroVector())
            return true
        }
        if let count = pattern.shiftDown {
            shift(.psrldq, d, inRegister(a), by: UInt32(count))
            return true
        }
        if let count = pattern.shiftUp {
            shift(.pslldq, d, inRegister(a), by: UInt32(count))
            return true
        }
        for index in 0..<6 {
            let extension_ = Self.zeroExtensions[index]
            if pattern.isZeroExtension(from: extension_.from, to: extension_.to) {
                unary(extension_.operation, d, inRegister(a))
                return true
            }
        }
        guard let lanes = pattern.lanes(ofBytes: 4) else { return false }
        var zeros: Int16 = 0
        var kept: Int16 = 0
        for lane in 0..<4 {
            if lanes[lane] == ShufflePattern.zero {
                zeros |= 1 << Int16(lane)
            } else if lanes[lane] == UInt8(lane) {
                kept = Int16(lane)
            } else {
                return false
            }
        }
        let register = inRegister(a)
        if zeros == 0b1100 {
            unary(.movq, d, register)
        } else {
            // One lane is inserted where it is already, and others are zeroed.
            binary(.insertps, d, register, register, immediate: kept << 6 | kept << 4 | zeros)
        }
        return true
    }

    private mutating func copy(_ d: VirtualRegister, _ a: VirtualRegister) {
        begin(.copy)
        current.flags.insert(.isCopy)
        define(d, hint: 1)
        use(a)
        finish()
    }

    // MARK: two operands

    private mutating func shuffle(_ d: VirtualRegister, _ a: Value, _ b: Value, _ pattern: ShufflePattern) {
        if allowance.allows(.vectors) {
            if shuffleAtOnce(d, a, b, pattern) || shuffleAtOnce(d, b, a, pattern.swapped) { return }
            if !pattern.hasZeros, shuffleInTwoSteps(d, a, b, pattern) { return }
        }
        let first = newVector()
        let second = newVector()
        shuffleBytes(first, source(a, .full), pattern.part(second: false))
        shuffleBytes(second, source(b, .full), pattern.part(second: true))
        commutative(.por, d, first, second)
    }

    /// One instruction, with the operands in this order.
    private mutating func shuffleAtOnce(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ pattern: ShufflePattern
    ) -> Bool {
        for index in 0..<4 {
            let interleaving = Self.interleavings[index]
            for upper in [false, true] where pattern.isInterleaving(width: interleaving.width, upper: upper) {
                let source = source(b, .full)
                binary(upper ? interleaving.upper : interleaving.lower, d, register(a), source)
                return true
            }
        }
        if pattern.isBlend {
            let source = source(b, .full)
            if blendLanes(d, register(a), source, pattern) { return true }
            guard features.avx else { return false }
            // A byte's top bit decides.
            let mask = pattern.lanes &<< 3
            let bits = ShufflePattern(lanes: mask & 0x80).bits
            blend(.pblendvb, d, register(a), source, mask: constantRegister(bits.x, bits.y))
            return true
        }
        if let count = pattern.window {
            let source = source(a, .full)
            binary(.palignr, d, register(b), source, immediate: Int16(count))
            return true
        }
        guard let lanes = pattern.lanes(ofBytes: 4), !pattern.hasZeros else { return false }
        if lanes[0] < 4, lanes[1] < 4, lanes[2] >= 4, lanes[3] >= 4 {
            let source = source(b, .full)
            binary(.shufps, d, register(a), source, immediate: ShufflePattern.immediate(lanes))
            return true
        }
        // All but one lane stay.
        var moved: Int?
        for lane in 0..<4 where lanes[lane] != UInt8(lane) {
            guard moved == nil, lanes[lane] >= 4 else { return false }
            moved = lane
        }
        guard let moved else { return false }
        binary(
            .insertps, d, register(a), register(b), immediate: Int16(lanes[moved] & 3) << 6 | Int16(moved) << 4)
        return true
    }

    /// A blend of lanes of 16 bits or more.
    private mutating func blendLanes(
        _ d: VirtualRegister, _ a: VirtualRegister, _ b: VectorSource, _ pattern: ShufflePattern
    ) -> Bool {
        if features.avx2, let mask = pattern.blendMask(width: 4) {
            binary(.vpblendd, d, a, b, immediate: mask)
            return true
        }
        guard let mask = pattern.blendMask(width: 2) else { return false }
        binary(.pblendw, d, a, b, immediate: mask)
        return true
    }

    /// Two instructions of which the second shuffles what the first has brought together, or blends what it has shuffled.
    private mutating func shuffleInTwoSteps(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ pattern: ShufflePattern
    ) -> Bool {
        // Shuffle one operand, then blend.
        let isSecond = pattern.lanes .>= 16
        let inPlace = pattern.lanes & 15 .== ShufflePattern.identity.lanes
        let blended = ShufflePattern(
            lanes: ShufflePattern.identity.lanes.replacing(with: ShufflePattern.identity.lanes | 16, where: isSecond))
        if blended.blendMask(width: 2) != nil {
            for second in [false, true] where all(inPlace .| (second ? isSecond : .!isSecond)) {
                // The lanes that the blend does not take may be any: they stay in place, so that a simple shape is found.
                var shuffled = ShufflePattern.identity
                shuffled.lanes.replace(with: pattern.lanes & 15, where: second ? isSecond : .!isSecond)
                let moved = newVector()
                shuffle(moved, source(second ? b : a, .full), shuffled)
                return second
                    ? blendLanes(d, register(a), VectorSource(moved), blended)
                    : blendLanes(d, moved, source(b, .full), blended)
            }
        }
        // Blend, then shuffle: no place is wanted of both.
        var wanted = ShufflePattern.identity
        var takenOfSecond = SIMDMask<SIMD16<Int8>>(repeating: false)
        var taken = SIMDMask<SIMD16<Int8>>(repeating: false)
        var conflicts = false
        for index in 0..<16 {
            // Whole words, for the blend.
            let place = Int(pattern.lanes[index] & 14)
            let ofSecond = pattern.lanes[index] >= 16
            if taken[place], takenOfSecond[place] != ofSecond { conflicts = true }
            for byte in place...place + 1 {
                taken[byte] = true
                takenOfSecond[byte] = ofSecond
            }
        }
        if !conflicts {
            wanted.lanes.replace(with: wanted.lanes | 16, where: takenOfSecond)
            let joined = newVector()
            guard blendLanes(joined, register(a), source(b, .full), wanted) else { return false }
            shuffle(d, VectorSource(joined), ShufflePattern(lanes: pattern.lanes & 15))
            return true
        }
        return shuffleByDoublewords(d, a, b, pattern)
    }

    /// Bring two 32-bit lanes of each together, then shuffle.
    private mutating func shuffleByDoublewords(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ pattern: ShufflePattern
    ) -> Bool {
        // A bit for each lane that is used.
        var used = SIMD2<UInt8>()
        for index in 0..<16 {
            used[pattern.lanes[index] >= 16 ? 1 : 0] |= 1 &<< (pattern.lanes[index] & 15 / 4)
        }
        guard used[0].nonzeroBitCount <= 2, used[1].nonzeroBitCount <= 2 else { return false }
        let first = SIMD2(UInt8(used[0].trailingZeroBitCount), UInt8(used[1].trailingZeroBitCount))
        let last = SIMD2(UInt8(7 - used[0].leadingZeroBitCount), UInt8(7 - used[1].leadingZeroBitCount))
        var immediate: Int16 = 0
        for operand in 0..<2 {
            immediate |= Int16(first[operand] | last[operand] << 2) << Int16(4 * operand)
        }
        var then = pattern
        for index in 0..<16 {
            let operand = pattern.lanes[index] >= 16 ? 1 : 0
            let lane = pattern.lanes[index] & 15 / 4
            let place = 2 * operand + (lane == first[operand] ? 0 : 1)
            then.lanes[index] = UInt8(4 * place) + pattern.lanes[index] & 3
        }
        let joined = newVector()
        binary(.shufps, joined, register(a), source(b, .full), immediate: immediate)
        shuffle(d, VectorSource(joined), then)
        return true
    }
}
