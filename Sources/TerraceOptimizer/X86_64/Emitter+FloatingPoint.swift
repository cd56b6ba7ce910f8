// Conversions between integers and floating-point numbers, and scalar minimum and maximum: a short way for ordinary numbers,
// and behind the function the way for all others.

import TerraceABI
import TerraceAssembler

/// The rest of an instruction, behind the function.
struct OutOfLinePiece: BitwiseCopyable {
    var label: Label
    /// Where execution goes on.
    var resume: Label
    var instruction: Instruction
}

extension Emitter {
    /// Lets the present instruction have a rest behind the function: gone to by `label`, left for `resume`, which is bound
    /// here and now.
    mutating func continueOutOfLine(_ label: Label) {
        let resume = assembler.newLabel()
        assembler.bind(resume)
        outOfLinePieces.append(OutOfLinePiece(label: label, resume: resume, instruction: instruction))
    }

    /// Emits all rests.
    mutating func emitOutOfLinePieces() {
        for index in 0..<outOfLinePieces.count {
            let piece = outOfLinePieces[index]
            instruction = piece.instruction
            firstOperand = Int(instruction.operandStart)
            enter(origin)
            assembler.bind(piece.label)
            switch MachineOperation(rawValue: instruction.operation) {
            case .convertUnsigned: emitUnsignedConversionOfLarge()
            case .truncate: emitRestOfTruncation(piece.resume)
            case .floatExtremum: emitExtremumOfEqual(piece.resume)
            case .callReference: emitCallOfOther()
            default: fail("an operation without a rest")
            }
            assembler.jmp(piece.resume)
        }
        outOfLinePieces.count = 0
    }

    private var scratch: GeneralRegister { CallingConvention.scratch }
    private var vectorScratch: VectorRegister { CallingConvention.vectorScratch }

    /// `to = op(left, right)`; `to` may be `left`, and with AVX `right`.
    private mutating func binary(
        _ operation: VectorOperation, _ to: VectorRegister, _ left: VectorRegister, _ right: VectorRegister
    ) {
        if features.avx {
            assembler.avx(operation, to, left, right)
        } else {
            copy(to, left)
            assembler.sse(operation, to, right)
        }
    }

    private mutating func compare(_ isDouble: Bool, _ left: VectorRegister, _ right: VectorRegister) {
        let operation: VectorOperation = isDouble ? .ucomisd : .ucomiss
        if features.avx { assembler.avx(operation, left, right) } else { assembler.sse(operation, left, right) }
    }

    private mutating func compare(_ isDouble: Bool, _ left: VectorRegister, with bits: UInt64) {
        let operation: VectorOperation = isDouble ? .ucomisd : .ucomiss
        let constant = number(isDouble, bits)
        if features.avx { assembler.avx(operation, left, constant) } else { assembler.sse(operation, left, constant) }
    }

    private mutating func number(_ isDouble: Bool, _ bits: UInt64) -> MemoryOperand {
        isDouble ? assembler.constant64(bits) : assembler.constant32(UInt32(truncatingIfNeeded: bits))
    }

    // MARK: minimum and maximum

    mutating func emitExtremum() {
        let isDouble = vectorOperation == .minsd || vectorOperation == .maxsd
        let special = assembler.newLabel()
        compare(isDouble, vector(1), vector(2))
        // Unordered is "equal" too.
        assembler.jcc(.e, special)
        binary(vectorOperation, vector(0), vector(1), vector(2))
        continueOutOfLine(special)
    }

    /// Equal: only the signs of zeros can differ. Unordered: a sum is a NaN as the specification wants it.
    private mutating func emitExtremumOfEqual(_ resume: Label) {
        let isDouble = vectorOperation == .minsd || vectorOperation == .maxsd
        let isMinimum = vectorOperation == .minsd || vectorOperation == .minss
        let isNaN = assembler.newLabel()
        assembler.jccShort(.p, isNaN)
        binary(isMinimum ? .orps : .andps, vector(0), vector(1), vector(2))
        assembler.jmp(resume)
        assembler.bind(isNaN)
        binary(isDouble ? .addsd : .addss, vector(0), vector(1), vector(2))
    }

    // MARK: from integers

    /// `to = from`, converted. The upper lanes are kept, so they are zeroed first: nothing is waited for.
    private mutating func convert(_ to: VectorRegister, _ from: GeneralRegister) {
        zero(to)
        if features.avx {
            assembler.avx(vectorOperation, to, to, from, instruction.size)
        } else {
            assembler.sse(vectorOperation, to, from, instruction.size)
        }
    }

    mutating func emitConversionToFloat() {
        let to = vector(0)
        guard hasAddress || isMemory(1) else { return convert(to, general(1)) }
        let operand = hasAddress ? addressOperand(instruction) : memory(1)
        zero(to)
        noteFault(instruction)
        if features.avx {
            assembler.avx(vectorOperation, to, to, operand, instruction.size)
        } else {
            assembler.sse(vectorOperation, to, operand, instruction.size)
        }
    }

    mutating func emitUnsignedConversion() {
        let large = assembler.newLabel()
        assembler.test(.qword, general(1), general(1))
        assembler.jcc(.s, large)
        convert(vector(0), general(1))
        continueOutOfLine(large)
    }

    /// Half of it, the lost bit kept sticky for correct rounding, then doubled.
    private mutating func emitUnsignedConversionOfLarge() {
        let even = assembler.newLabel()
        let to = vector(0)
        assembler.mov(.qword, scratch, general(1))
        assembler.shift(.shr, .qword, scratch, immediate: 1)
        assembler.jccShort(.ae, even)
        assembler.alu(.or, .qword, scratch, immediate: 1)
        assembler.bind(even)
        convert(to, scratch)
        binary(vectorOperation == .cvtsi2sd ? .addsd : .addss, to, to, to)
    }

    // MARK: to integers

    private mutating func convertToInteger(_ isDouble: Bool, _ from: VectorRegister, _ size: OperandSize) {
        let operation: VectorOperation = isDouble ? .cvttsd2si : .cvttss2si
        if features.avx {
            assembler.avx(operation, general(0), from, size)
        } else {
            assembler.sse(operation, general(0), from, size)
        }
    }

    /// Converts, and goes on unless the result may mean "out of range".
    mutating func emitTruncation() {
        let truncation = Truncation(rawValue: instruction.payload)
        let isDouble = truncation.contains(.fromDouble)
        let to = general(0)
        let special = assembler.newLabel()
        switch (truncation.contains(.isUnsigned), truncation.contains(.toWide)) {
        case (false, let isWide):
            let size: OperandSize = isWide ? .qword : .dword
            convertToInteger(isDouble, vector(1), size)
            // The most negative result alone overflows here.
            assembler.alu(.cmp, size, to, immediate: 1)
            assembler.jcc(.o, special)
        case (true, false):
            // A signed result of 64 bits, of which the upper half must be zero.
            convertToInteger(isDouble, vector(1), .qword)
            assembler.mov(.dword, scratch, to)
            assembler.alu(.cmp, .qword, scratch, to)
            assembler.jcc(.ne, special)
        case (true, true):
            convertToInteger(isDouble, vector(1), .qword)
            assembler.test(.qword, to, to)
            assembler.jcc(.s, special)
        }
        continueOutOfLine(special)
    }

    private mutating func emitRestOfTruncation(_ resume: Label) {
        let truncation = Truncation(rawValue: instruction.payload)
        if truncation.contains(.isSaturating) {
            emitSaturation(truncation, resume)
        } else {
            emitCheckOfTruncation(truncation)
        }
    }

    /// The bits of 2^`exponent`, or its negative.
    private func power(_ exponent: UInt64, _ isDouble: Bool, isNegative: Bool = false) -> UInt64 {
        isDouble
            ? (exponent &+ 1023) &<< 52 | (isNegative ? 1 &<< 63 : 0)
            : (exponent &+ 127) &<< 23 | (isNegative ? 1 &<< 31 : 0)
    }

    /// Traps unless the number is in range after all.
    private mutating func emitCheckOfTruncation(_ truncation: Truncation) {
        let isDouble = truncation.contains(.fromDouble)
        let from = vector(1)
        compare(isDouble, from, from)
        trap(.invalidConversionToInteger, if: .p)
        switch (truncation.contains(.isUnsigned), truncation.contains(.toWide)) {
        case (false, true):
            // Of all numbers that give the most negative integer, only this one is it: there are none between.
            compare(isDouble, from, with: power(63, isDouble, isNegative: true))
            trap(.integerOverflow, if: .ne)
        case (false, false):
            if isDouble {
                // Above -2^31 - 1 the fraction is cut off.
                compare(isDouble, from, with: 0xC1E0_0000_0020_0000)
                trap(.integerOverflow, if: .be)
                compare(isDouble, from, with: power(31, isDouble))
                trap(.integerOverflow, if: .ae)
            } else {
                compare(isDouble, from, with: power(31, isDouble, isNegative: true))
                trap(.integerOverflow, if: .ne)
            }
        case (true, false): trapAlways(.integerOverflow, origin)
        case (true, true):
            compare(isDouble, from, with: 0)
            trap(.integerOverflow, if: .b)
            emitLargeUnsigned(isDouble)
            trap(.integerOverflow, if: .s)
            flipTopBit()
        }
    }

    /// Converts the excess over 2^63; the sign flag says whether that is too much.
    private mutating func emitLargeUnsigned(_ isDouble: Bool) {
        let constant = number(isDouble, power(63, isDouble))
        let subtract: VectorOperation = isDouble ? .subsd : .subss
        if features.avx {
            assembler.avx(subtract, vectorScratch, vector(1), constant)
        } else {
            assembler.movaps(vectorScratch, vector(1))
            assembler.sse(subtract, vectorScratch, constant)
        }
        convertToInteger(isDouble, vectorScratch, .qword)
        assembler.test(.qword, general(0), general(0))
    }

    private mutating func flipTopBit() {
        assembler.movImmediate(scratch, 1 &<< 63)
        assembler.alu(.xor, .qword, general(0), scratch)
    }

    private mutating func emitSaturation(_ truncation: Truncation, _ resume: Label) {
        let isDouble = truncation.contains(.fromDouble)
        let isWide = truncation.contains(.toWide)
        let from = vector(1)
        let to = general(0)
        zero(vectorScratch)
        compare(isDouble, from, vectorScratch)
        let done = assembler.newLabel()
        if truncation.contains(.isUnsigned) {
            // Not above zero, or NaN: 0. (Where the number is in range it does not come here, but for the upper half of 64
            // bits.)
            assembler.movImmediate(to, 0)
            assembler.jccShort(.be, done)
            if isWide {
                emitLargeUnsigned(isDouble)
                // Before flipping, the top bit says "too large".
                let fits = assembler.newLabel()
                assembler.jccShort(.ns, fits)
                assembler.movImmediate(to, ~0)
                assembler.jmp(resume)
                assembler.bind(fits)
                flipTopBit()
            } else {
                assembler.movImmediate(to, 0xFFFF_FFFF)
            }
        } else {
            // The conversion gave the most negative number, which is right below zero.
            let isNaN = assembler.newLabel()
            assembler.jccShort(.p, isNaN)
            assembler.jccShort(.b, done)
            assembler.movImmediate(to, isWide ? 0x7FFF_FFFF_FFFF_FFFF : 0x7FFF_FFFF)
            assembler.jmp(resume)
            assembler.bind(isNaN)
            assembler.movImmediate(to, 0)
        }
        assembler.bind(done)
    }
}
