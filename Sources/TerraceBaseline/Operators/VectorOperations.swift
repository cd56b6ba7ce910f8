// The vector operators that map to one instruction or to few, by shape; ``VectorSequences`` has the longer ones.

import TerraceABI
import TerraceAssembler
import TerraceCode
import WasmFormat

extension BaselineCompiler {
    // MARK: shapes of one instruction

    /// `op(a, b)`; with `swapped` `op(b, a)`, with `inverted` all bits of the result flipped.
    mutating func vectorBinary(
        _ operation: VectorOperation, swapped: Bool = false, inverted: Bool = false, immediate: UInt8? = nil
    ) {
        var right = popVector()
        var left = popVector()
        if swapped { swap(&left, &right) }
        let destination = vectorDestination(reusing: left, or: right, if: features.avx)
        let register = destination.vector
        if features.avx {
            if let immediate {
                assembler.avx(operation, register, left.vector, right.vector, immediate: immediate)
            } else {
                assembler.avx(operation, register, left.vector, right.vector)
            }
        } else {
            var source = right.vector
            if right.register == destination.register, left.register != right.register {
                source = CallingConvention.vectorScratch
                assembler.movaps(source, right.vector)
            }
            if left.register != destination.register { assembler.movaps(register, left.vector) }
            if let immediate {
                assembler.sse(operation, register, source, immediate: immediate)
            } else {
                assembler.sse(operation, register, source)
            }
        }
        if inverted { invert(register) }
        free(left, unless: destination)
        free(right, unless: destination)
        finish(destination, .v128)
    }

    /// `op(a)`
    mutating func vectorUnary(_ operation: VectorOperation, immediate: UInt8? = nil) {
        let operand = popVector()
        let destination = vectorDestination(reusing: operand)
        if let immediate {
            assembler.sse(operation, destination.vector, operand.vector, immediate: immediate)
        } else {
            assembler.sse(operation, destination.vector, operand.vector)
        }
        free(operand, unless: destination)
        finish(destination, .v128)
    }

    /// Flips all bits. Uses the scratch register.
    mutating func invert(_ register: VectorRegister) {
        let ones = CallingConvention.vectorScratch
        assembler.sse(.pcmpeqd, ones, ones)
        assembler.sse(.pxor, register, ones)
    }

    mutating func vectorNot() {
        let register = popVectorCopy()
        invert(register)
        pushRegister(register, .v128)
    }

    /// `0 - a`
    mutating func vectorNegate(_ subtract: VectorOperation) {
        let operand = popVector()
        let register = allocateVector()
        assembler.zero(register)
        assembler.sse(subtract, register, operand.vector)
        free(operand)
        pushRegister(register, .v128)
    }

    mutating func vectorConstant(_ low: UInt64, _ high: UInt64) {
        let register = allocateVector()
        if low == 0, high == 0 {
            assembler.zero(register)
        } else if low == ~0, high == ~0 {
            assembler.sse(.pcmpeqd, register, register)
        } else {
            assembler.movups(register, assembler.constant128(low, high))
        }
        pushRegister(register, .v128)
    }

    /// `extend_high`: the upper half comes down first.
    mutating func extendHigh(_ extend: VectorOperation) {
        let operand = popVector()
        let register = operand.isOwned ? operand.vector : allocateVector()
        assembler.sse(.pshufd, register, operand.vector, immediate: 0xEE)
        assembler.sse(extend, register, register)
        pushRegister(register, .v128)
    }

    // MARK: comparisons and tests

    /// `a >= b` is `max(a, b) == a`, `a <= b` is `min(a, b) == a`.
    mutating func compareUnsigned(_ extremum: VectorOperation, _ equal: VectorOperation, inverted: Bool) {
        let right = popVector()
        let left = popVector()
        let register = allocateVector()
        assembler.movaps(register, left.vector)
        assembler.sse(extremum, register, right.vector)
        assembler.sse(equal, register, left.vector)
        if inverted { invert(register) }
        free(left)
        free(right)
        pushRegister(register, .v128)
    }

    /// Signed `a > b` of 64-bit lanes.
    mutating func compareWide(swapped: Bool, inverted: Bool) {
        if environment.features.sse42 {
            vectorBinary(.pcmpgtq, swapped: swapped, inverted: inverted)
            return
        }
        var right = popVector()
        var left = popVector()
        if swapped { swap(&left, &right) }
        // The upper halves decide, or where they are equal the borrow of b - a.
        let register = allocateVector()
        let scratch = CallingConvention.vectorScratch
        assembler.movaps(register, right.vector)
        assembler.sse(.psubq, register, left.vector)
        assembler.movaps(scratch, left.vector)
        assembler.sse(.pcmpeqd, scratch, right.vector)
        assembler.sse(.pand, register, scratch)
        assembler.movaps(scratch, left.vector)
        assembler.sse(.pcmpgtd, scratch, right.vector)
        assembler.sse(.por, register, scratch)
        assembler.sse(.psrad, register, immediate: 31)
        assembler.sse(.pshufd, register, register, immediate: 0xF5)
        if inverted { invert(register) }
        free(left)
        free(right)
        pushRegister(register, .v128)
    }

    mutating func anyTrue() {
        let operand = popVector()
        assembler.sse(.ptest, operand.vector, operand.vector)
        free(operand)
        useCondition(.ne)
    }

    /// No lane equals zero.
    mutating func allTrue(_ equal: VectorOperation) {
        let operand = popVector()
        let scratch = CallingConvention.vectorScratch
        assembler.zero(scratch)
        assembler.sse(equal, scratch, operand.vector)
        assembler.sse(.ptest, scratch, scratch)
        free(operand)
        useCondition(.e)
    }

    mutating func bitmask(_ operation: VectorOperation) {
        let operand = popVector()
        let destination = generalDestination()
        assembler.sse(operation, destination.general, operand.vector, .dword)
        free(operand)
        finish(destination, .i32)
    }

    /// Words narrow to bytes with their signs, in both halves alike.
    mutating func bitmaskOfWords() {
        let operand = popVector()
        let scratch = CallingConvention.vectorScratch
        let destination = generalDestination()
        assembler.movaps(scratch, operand.vector)
        assembler.sse(.packsswb, scratch, scratch)
        assembler.sse(.pmovmskb, destination.general, scratch, .dword)
        assembler.movzx(from: .byte, destination.general, destination.general)
        free(operand)
        finish(destination, .i32)
    }

    mutating func bitSelect() {
        let mask = popVector()
        let second = popVector()
        let register = popVectorCopy()
        let scratch = CallingConvention.vectorScratch
        assembler.movaps(scratch, mask.vector)
        assembler.sse(.pandn, scratch, second.vector)
        assembler.sse(.pand, register, mask.vector)
        assembler.sse(.por, register, scratch)
        free(mask)
        free(second)
        pushRegister(register, .v128)
    }

    // MARK: memory

    /// A load that one instruction does.
    mutating func loadVector(_ operation: VectorOperation, byteCount: UInt64) {
        let argument = reader.readMemoryArgument()
        let address = popAddress(argument, byteCount: byteCount)
        free(address)
        let destination = vectorDestination()
        noteTrap(.memoryOutOfBounds)
        assembler.sse(operation, destination.vector, address.operand)
        finish(destination, .v128)
    }

    mutating func loadSplat(byteCount: UInt64) {
        let argument = reader.readMemoryArgument()
        let address = popAddress(argument, byteCount: byteCount)
        free(address)
        let destination = vectorDestination()
        let register = destination.vector
        if environment.features.avx2 {
            noteTrap(.memoryOutOfBounds)
            assembler.avx(
                byteCount == 1 ? .vpbroadcastb : byteCount == 2 ? .vpbroadcastw : .vpbroadcastd, register,
                address.operand)
        } else if byteCount == 4 {
            noteTrap(.memoryOutOfBounds)
            assembler.movss(register, address.operand)
            assembler.sse(.pshufd, register, register, immediate: 0)
        } else {
            let scratch = CallingConvention.scratch
            noteTrap(.memoryOutOfBounds)
            assembler.movzx(from: byteCount == 1 ? .byte : .word, scratch, address.operand)
            assembler.movd(register, scratch)
            spread(register, byteCount: Int(byteCount))
        }
        finish(destination, .v128)
    }

    mutating func loadLane(_ operation: VectorOperation, byteCount: UInt64) {
        let argument = reader.readMemoryArgument()
        let lane = reader.readByte()
        let register = popVectorCopy()
        let address = popAddress(argument, byteCount: byteCount)
        noteTrap(.memoryOutOfBounds)
        assembler.sse(operation, register, address.operand, immediate: lane)
        free(address)
        pushRegister(register, .v128)
    }

    mutating func storeLane(_ operation: VectorOperation, byteCount: UInt64) {
        let argument = reader.readMemoryArgument()
        let lane = reader.readByte()
        let value = popVector()
        let address = popAddress(argument, byteCount: byteCount)
        noteTrap(.memoryOutOfBounds)
        assembler.sseStore(operation, address.operand, value.vector, immediate: lane)
        free(address)
        free(value)
    }

    // MARK: lanes

    /// Copies the lowest lane to all lanes.
    private mutating func spread(_ register: VectorRegister, byteCount: Int) {
        switch byteCount {
        case 1:
            let zero = CallingConvention.vectorScratch
            assembler.zero(zero)
            assembler.sse(.pshufb, register, zero)
        case 2:
            assembler.sse(.pshuflw, register, register, immediate: 0)
            assembler.sse(.pshufd, register, register, immediate: 0)
        case 4: assembler.sse(.pshufd, register, register, immediate: 0)
        default: assembler.sse(.punpcklqdq, register, register)
        }
    }

    mutating func splatInteger(_ opcode: Opcode) {
        let byteCount =
            switch opcode {
            case .i8x16Splat: 1
            case .i16x8Splat: 2
            case .i32x4Splat: 4
            default: 8
            }
        let operand = popGeneral()
        let destination = vectorDestination()
        if byteCount == 8 {
            assembler.movq(destination.vector, operand.general)
        } else {
            assembler.movd(destination.vector, operand.general)
        }
        spread(destination.vector, byteCount: byteCount)
        free(operand)
        finish(destination, .v128)
    }

    mutating func extractLane(_ operation: VectorOperation, _ type: MachineType, signedFrom width: OperandSize? = nil) {
        let lane = reader.readByte()
        let operand = popVector()
        let destination = generalDestination()
        assembler.sse(operation, destination.general, operand.vector, size(type), immediate: lane)
        if let width { assembler.movsx(from: width, to: .dword, destination.general, destination.general) }
        free(operand)
        finish(destination, type)
    }

    mutating func extractFloatLane(_ type: MachineType) {
        let lane = reader.readByte()
        let operand = popVector()
        let destination = vectorDestination(reusing: operand)
        if lane == 0 {
            if operand.register != destination.register { assembler.movaps(destination.vector, operand.vector) }
        } else {
            let selection = type == .f32 ? lane : 0xEE
            assembler.sse(.pshufd, destination.vector, operand.vector, immediate: selection)
        }
        free(operand, unless: destination)
        finish(destination, type)
    }

    mutating func replaceLane(_ operation: VectorOperation) {
        let lane = reader.readByte()
        let value = popGeneral()
        let register = popVectorCopy()
        assembler.sse(operation, register, value.general, operation == .pinsrq ? .qword : .dword, immediate: lane)
        free(value)
        pushRegister(register, .v128)
    }

    mutating func replaceFloatLane(_ type: MachineType) {
        let lane = reader.readByte()
        let value = popVector()
        let register = popVectorCopy()
        if type == .f32 {
            assembler.sse(.insertps, register, value.vector, immediate: lane &<< 4)
        } else if lane == 0 {
            assembler.sse(.movsd, register, value.vector)
        } else {
            assembler.sse(.unpcklpd, register, value.vector)
        }
        free(value)
        pushRegister(register, .v128)
    }

    /// `i8x16.shuffle`: each operand contributes through a byte shuffle of its own.
    mutating func shuffle() {
        let bits = reader.readShuffle()
        var first: (UInt64, UInt64) = (0, 0)
        var second: (UInt64, UInt64) = (0, 0)
        var usesFirst = false
        var usesSecond = false
        for half in 0..<2 {
            let lanes = half == 0 ? bits.low : bits.high
            var one: UInt64 = 0
            var two: UInt64 = 0
            for index in 0..<8 {
                let lane = (lanes &>> UInt64(8 * index)) & 0xFF
                let shift = UInt64(8 * index)
                // 0x80 selects a zero.
                one |= (lane < 16 ? lane : 0x80) &<< shift
                two |= (lane >= 16 ? lane &- 16 : 0x80) &<< shift
                if lane < 16 { usesFirst = true } else { usesSecond = true }
            }
            if half == 0 {
                first.0 = one
                second.0 = two
            } else {
                first.1 = one
                second.1 = two
            }
        }
        let right = popVector()
        let register = popVectorCopy()
        let scratch = CallingConvention.vectorScratch
        if usesFirst { assembler.sse(.pshufb, register, constant(first)) }
        if usesSecond {
            assembler.movaps(scratch, right.vector)
            assembler.sse(.pshufb, scratch, constant(second))
            if usesFirst {
                assembler.sse(.por, register, scratch)
            } else {
                assembler.movaps(register, scratch)
            }
        }
        free(right)
        pushRegister(register, .v128)
    }

    /// `i8x16.swizzle`: indices from 16 on must read as zero, which the machine does from 128 on.
    mutating func swizzle() {
        let index = popVector()
        let register = popVectorCopy()
        let scratch = CallingConvention.vectorScratch
        assembler.movaps(scratch, index.vector)
        assembler.sse(.paddusb, scratch, constant((0x7070_7070_7070_7070, 0x7070_7070_7070_7070)))
        assembler.sse(.pshufb, register, scratch)
        free(index)
        pushRegister(register, .v128)
    }
}
