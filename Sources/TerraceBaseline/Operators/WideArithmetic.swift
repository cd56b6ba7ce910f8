// 128-bit integer arithmetic on pairs of 64-bit operands.

import TerraceABI
import TerraceAssembler
import TerraceCode
import WasmFormat

extension BaselineCompiler {
    /// `i64.add128` and `i64.sub128`: the lower halves, then the upper ones with the carry.
    mutating func arithmetic128(_ low: ArithmeticOperation, _ high: ArithmeticOperation) {
        let rightHigh = popSource()
        let rightLow = popSource()
        let leftHigh = popGeneralCopy()
        let leftLow = popGeneralCopy()
        for (operation, left, right) in [(low, leftLow, rightLow), (high, leftHigh, rightHigh)] {
            switch right.kind {
            case .general: assembler.alu(operation, .qword, left, right.general)
            case .memory: assembler.alu(operation, .qword, left, frame(right.offset))
            default: assembler.alu(operation, .qword, left, immediate: Int32(right.value))
            }
        }
        free(rightLow)
        free(rightHigh)
        pushRegister(leftLow, .i64)
        pushRegister(leftHigh, .i64)
    }

    /// `i64.mul_wide_s` and `i64.mul_wide_u`: 128 bits of product in rdx and rax.
    mutating func multiplyWide(signed: Bool) {
        var right = popGeneral()
        if right.register == GeneralRegister.rax.rawValue || right.register == GeneralRegister.rdx.rawValue {
            assembler.mov(.qword, CallingConvention.scratch, right.general)
            free(right)
            right = .borrowed(CallingConvention.scratch, .i64)
        }
        popGeneral(into: .rax)
        take(.rdx)
        if signed {
            assembler.imulWide(.qword, right.general)
        } else {
            assembler.mul(.qword, right.general)
        }
        free(right)
        pushRegister(.rax, .i64)
        pushRegister(.rdx, .i64)
    }

    /// Pops an integer into a temporary that may be written.
    mutating func popGeneralCopy() -> GeneralRegister {
        let operand = popGeneral()
        if operand.isOwned { return operand.general }
        let register = allocateGeneral()
        assembler.mov(.qword, register, operand.general)
        return register
    }
}
