// The loop over a body's operators: one dispatch each, to the file that knows the operator.

import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat

extension BaselineCompiler {
    /// Compiles from the reader's position to the function's end.
    mutating func compileOperators() throws(CompileError) {
        var reachable = true
        if uncheckedCode < 0 { try lookCloser(reachable: true, isBehindOperator: false) }
        while control.count > 0 {
            if !reachable { skipUnreachable() }
            operatorOffset = reader.offset
            let opcode = reader.readOpcode()
            switch opcode {
            case .end: reachable = endBlock(reachable: reachable)
            case .else:
                beginAlternative(reachable: reachable)
                reachable = true
            case .unreachable:
                trapAlways(.unreachable)
                reachable = false
            case .br:
                branch(Int(reader.readU32()))
                reachable = false
            case .brTable:
                branchTable()
                reachable = false
            case .return:
                emitReturn()
                reachable = false
            case .returnCall:
                returnCall(Int(reader.readU32()))
                reachable = false
            case .returnCallIndirect:
                let type = Int(reader.readU32())
                returnCallIndirect(typeIndex: type, tableIndex: Int(reader.readU32()))
                reachable = false
            case .returnCallRef:
                returnCallReference(typeIndex: Int(reader.readU32()))
                reachable = false
            default: try compile(opcode)
            }
            if assembler.offset >= uncheckedCode { try lookCloser(reachable: reachable) }
        }
    }

    /// Skips code that cannot run, up to the `end` or `else` that ends it, which is left to be read.
    private mutating func skipUnreachable() {
        var depth = 0
        while true {
            let start = reader.offset
            let opcode = reader.readOpcode()
            let row = reader.row(of: opcode)
            switch opcode {
            case .else where depth == 0:
                reader.offset = start
                return
            case .end:
                if depth == 0 {
                    reader.offset = start
                    return
                }
                depth &-= 1
            default: if row.pointee.opensBlock { depth &+= 1 }
            }
            reader.skip(row.pointee.immediates)
        }
    }

    /// Compiles an operator that does not end the flow of control.
    @inline(__always) private mutating func compile(_ opcode: Opcode) throws(CompileError) {
        switch opcode {
        // Control
        case .nop: break
        case .block: beginBlock()
        case .loop: try beginLoop()
        case .if:
            testTop(.i32)
            beginConditional(.ne)
        case .brIf:
            testTop(.i32)
            branchIf(.ne, Int(reader.readU32()))
        case .call: call(Int(reader.readU32()))
        case .callIndirect:
            let type = Int(reader.readU32())
            callIndirect(typeIndex: type, tableIndex: Int(reader.readU32()))
        case .callRef: callReference(typeIndex: Int(reader.readU32()))
        case .drop: drop()
        case .select:
            testTop(.i32)
            select(.ne)
        case .selectTyped:
            for _ in 0..<reader.readU32() { _ = reader.readValueType() }
            testTop(.i32)
            select(.ne)

        // Variables
        case .localGet: getLocal(Int(reader.readU32()))
        case .localSet: setLocal(Int(reader.readU32()), keepsValue: false)
        case .localTee: setLocal(Int(reader.readU32()), keepsValue: true)
        case .globalGet: getGlobal(Int(reader.readU32()))
        case .globalSet: setGlobal(Int(reader.readU32()))
        case .i32Const: pushConstant(.i32, Int64(reader.readS32()))
        case .i64Const: pushConstant(.i64, reader.readS64())
        case .f32Const: pushConstant(.f32, Int64(Int32(bitPattern: reader.readF32Bits())))
        case .f64Const: pushConstant(.f64, Int64(bitPattern: reader.readF64Bits()))

        // Memory
        case .i32Load: load(.dword, .none, .i32)
        case .i64Load: load(.qword, .none, .i64)
        case .f32Load: loadFloat(.f32)
        case .f64Load: loadFloat(.f64)
        case .i32Load8S: load(.byte, .sign, .i32)
        case .i32Load8U: load(.byte, .zero, .i32)
        case .i32Load16S: load(.word, .sign, .i32)
        case .i32Load16U: load(.word, .zero, .i32)
        case .i64Load8S: load(.byte, .sign, .i64)
        case .i64Load8U: load(.byte, .zero, .i64)
        case .i64Load16S: load(.word, .sign, .i64)
        case .i64Load16U: load(.word, .zero, .i64)
        case .i64Load32S: load(.dword, .sign, .i64)
        case .i64Load32U: load(.dword, .zero, .i64)
        case .i32Store: store(.dword, .i32)
        case .i64Store: store(.qword, .i64)
        case .f32Store: storeFloat(.f32)
        case .f64Store: storeFloat(.f64)
        case .i32Store8: store(.byte, .i32)
        case .i32Store16: store(.word, .i32)
        case .i64Store8: store(.byte, .i64)
        case .i64Store16: store(.word, .i64)
        case .i64Store32: store(.dword, .i64)
        case .memorySize: memorySize(Int(reader.readU32()))
        case .memoryGrow: memoryGrow(Int(reader.readU32()))

        // Integer comparisons
        case .i32Eqz: compareWithZero(.i32)
        case .i32Eq: compare(.e, .i32)
        case .i32Ne: compare(.ne, .i32)
        case .i32LtS: compare(.l, .i32)
        case .i32LtU: compare(.b, .i32)
        case .i32GtS: compare(.g, .i32)
        case .i32GtU: compare(.a, .i32)
        case .i32LeS: compare(.le, .i32)
        case .i32LeU: compare(.be, .i32)
        case .i32GeS: compare(.ge, .i32)
        case .i32GeU: compare(.ae, .i32)
        case .i64Eqz: compareWithZero(.i64)
        case .i64Eq: compare(.e, .i64)
        case .i64Ne: compare(.ne, .i64)
        case .i64LtS: compare(.l, .i64)
        case .i64LtU: compare(.b, .i64)
        case .i64GtS: compare(.g, .i64)
        case .i64GtU: compare(.a, .i64)
        case .i64LeS: compare(.le, .i64)
        case .i64LeU: compare(.be, .i64)
        case .i64GeS: compare(.ge, .i64)
        case .i64GeU: compare(.ae, .i64)

        // Floating-point comparisons
        case .f32Eq: floatEqual(.f32, isEqual: true)
        case .f32Ne: floatEqual(.f32, isEqual: false)
        case .f32Lt: floatCompare(.a, swapped: true, .f32)
        case .f32Gt: floatCompare(.a, swapped: false, .f32)
        case .f32Le: floatCompare(.ae, swapped: true, .f32)
        case .f32Ge: floatCompare(.ae, swapped: false, .f32)
        case .f64Eq: floatEqual(.f64, isEqual: true)
        case .f64Ne: floatEqual(.f64, isEqual: false)
        case .f64Lt: floatCompare(.a, swapped: true, .f64)
        case .f64Gt: floatCompare(.a, swapped: false, .f64)
        case .f64Le: floatCompare(.ae, swapped: true, .f64)
        case .f64Ge: floatCompare(.ae, swapped: false, .f64)

        // Integer arithmetic
        case .i32Clz: countLeadingZeros(.i32)
        case .i32Ctz: countTrailingZeros(.i32)
        case .i32Popcnt: populationCount(.i32)
        case .i32Add: arithmetic(.add, .i32, commutative: true)
        case .i32Sub: arithmetic(.sub, .i32, commutative: false)
        case .i32Mul: multiply(.i32)
        case .i32DivS: divide(.i32, signed: true, remainder: false)
        case .i32DivU: divide(.i32, signed: false, remainder: false)
        case .i32RemS: divide(.i32, signed: true, remainder: true)
        case .i32RemU: divide(.i32, signed: false, remainder: true)
        case .i32And: arithmetic(.and, .i32, commutative: true)
        case .i32Or: arithmetic(.or, .i32, commutative: true)
        case .i32Xor: arithmetic(.xor, .i32, commutative: true)
        case .i32Shl: shift(.shl, .i32)
        case .i32ShrS: shift(.sar, .i32)
        case .i32ShrU: shift(.shr, .i32)
        case .i32Rotl: shift(.rol, .i32)
        case .i32Rotr: shift(.ror, .i32)
        case .i64Clz: countLeadingZeros(.i64)
        case .i64Ctz: countTrailingZeros(.i64)
        case .i64Popcnt: populationCount(.i64)
        case .i64Add: arithmetic(.add, .i64, commutative: true)
        case .i64Sub: arithmetic(.sub, .i64, commutative: false)
        case .i64Mul: multiply(.i64)
        case .i64DivS: divide(.i64, signed: true, remainder: false)
        case .i64DivU: divide(.i64, signed: false, remainder: false)
        case .i64RemS: divide(.i64, signed: true, remainder: true)
        case .i64RemU: divide(.i64, signed: false, remainder: true)
        case .i64And: arithmetic(.and, .i64, commutative: true)
        case .i64Or: arithmetic(.or, .i64, commutative: true)
        case .i64Xor: arithmetic(.xor, .i64, commutative: true)
        case .i64Shl: shift(.shl, .i64)
        case .i64ShrS: shift(.sar, .i64)
        case .i64ShrU: shift(.shr, .i64)
        case .i64Rotl: shift(.rol, .i64)
        case .i64Rotr: shift(.ror, .i64)

        // Floating-point arithmetic
        case .f32Abs: floatSign(.andps, absoluteMask(.f32), .f32)
        case .f32Neg: floatSign(.xorps, signMask(.f32), .f32)
        case .f32Ceil: round(.f32, mode: 0x0A)
        case .f32Floor: round(.f32, mode: 0x09)
        case .f32Trunc: round(.f32, mode: 0x0B)
        case .f32Nearest: round(.f32, mode: 0x08)
        case .f32Sqrt: squareRoot(.f32)
        case .f32Add: floatArithmetic(.addss, .f32)
        case .f32Sub: floatArithmetic(.subss, .f32)
        case .f32Mul: floatArithmetic(.mulss, .f32)
        case .f32Div: floatArithmetic(.divss, .f32)
        case .f32Min: minimumOrMaximum(.f32, isMinimum: true)
        case .f32Max: minimumOrMaximum(.f32, isMinimum: false)
        case .f32Copysign: copySign(.f32)
        case .f64Abs: floatSign(.andps, absoluteMask(.f64), .f64)
        case .f64Neg: floatSign(.xorps, signMask(.f64), .f64)
        case .f64Ceil: round(.f64, mode: 0x0A)
        case .f64Floor: round(.f64, mode: 0x09)
        case .f64Trunc: round(.f64, mode: 0x0B)
        case .f64Nearest: round(.f64, mode: 0x08)
        case .f64Sqrt: squareRoot(.f64)
        case .f64Add: floatArithmetic(.addsd, .f64)
        case .f64Sub: floatArithmetic(.subsd, .f64)
        case .f64Mul: floatArithmetic(.mulsd, .f64)
        case .f64Div: floatArithmetic(.divsd, .f64)
        case .f64Min: minimumOrMaximum(.f64, isMinimum: true)
        case .f64Max: minimumOrMaximum(.f64, isMinimum: false)
        case .f64Copysign: copySign(.f64)

        // Conversions
        case .i32WrapI64: keepLowHalf(to: .i32)
        case .i32TruncF32S: truncate(.f32, to: .i32, unsigned: false)
        case .i32TruncF32U: truncate(.f32, to: .i32, unsigned: true)
        case .i32TruncF64S: truncate(.f64, to: .i32, unsigned: false)
        case .i32TruncF64U: truncate(.f64, to: .i32, unsigned: true)
        case .i64ExtendI32S: signExtend(from: .dword, to: .i64)
        case .i64ExtendI32U: keepLowHalf(to: .i64)
        case .i64TruncF32S: truncate(.f32, to: .i64, unsigned: false)
        case .i64TruncF32U: truncate(.f32, to: .i64, unsigned: true)
        case .i64TruncF64S: truncate(.f64, to: .i64, unsigned: false)
        case .i64TruncF64U: truncate(.f64, to: .i64, unsigned: true)
        case .f32ConvertI32S: convert(.i32, to: .f32, unsigned: false)
        case .f32ConvertI32U: convert(.i32, to: .f32, unsigned: true)
        case .f32ConvertI64S: convert(.i64, to: .f32, unsigned: false)
        case .f32ConvertI64U: convert(.i64, to: .f32, unsigned: true)
        case .f32DemoteF64: convertFloat(to: .f32)
        case .f64ConvertI32S: convert(.i32, to: .f64, unsigned: false)
        case .f64ConvertI32U: convert(.i32, to: .f64, unsigned: true)
        case .f64ConvertI64S: convert(.i64, to: .f64, unsigned: false)
        case .f64ConvertI64U: convert(.i64, to: .f64, unsigned: true)
        case .f64PromoteF32: convertFloat(to: .f64)
        case .i32ReinterpretF32: reinterpretAsInteger(.i32)
        case .i64ReinterpretF64: reinterpretAsInteger(.i64)
        case .f32ReinterpretI32: reinterpretAsFloat(.f32)
        case .f64ReinterpretI64: reinterpretAsFloat(.f64)
        case .i32Extend8S: signExtend(from: .byte, to: .i32)
        case .i32Extend16S: signExtend(from: .word, to: .i32)
        case .i64Extend8S: signExtend(from: .byte, to: .i64)
        case .i64Extend16S: signExtend(from: .word, to: .i64)
        case .i64Extend32S: signExtend(from: .dword, to: .i64)
        case .i32TruncSatF32S: truncateSaturating(.f32, to: .i32, unsigned: false)
        case .i32TruncSatF32U: truncateSaturating(.f32, to: .i32, unsigned: true)
        case .i32TruncSatF64S: truncateSaturating(.f64, to: .i32, unsigned: false)
        case .i32TruncSatF64U: truncateSaturating(.f64, to: .i32, unsigned: true)
        case .i64TruncSatF32S: truncateSaturating(.f32, to: .i64, unsigned: false)
        case .i64TruncSatF32U: truncateSaturating(.f32, to: .i64, unsigned: true)
        case .i64TruncSatF64S: truncateSaturating(.f64, to: .i64, unsigned: false)
        case .i64TruncSatF64U: truncateSaturating(.f64, to: .i64, unsigned: true)

        default: try compileRare(opcode)
        }
    }

    /// Operators on references, tables, whole memories and wide integers, and by way of these all the others.
    @inline(never) private mutating func compileRare(_ opcode: Opcode) throws(CompileError) {
        switch opcode {
        case .refNull:
            reader.skipImmediates(of: opcode)
            pushConstant(.ref, 0)
        case .refIsNull: referenceIsNull()
        case .refFunc:
            callBuiltin(.functionReference, immediate: UInt64(reader.readU32()), operands: 0, result: .ref)
        case .refAsNonNull: referenceAsNonNull()
        case .refEq: referenceEqual()
        case .refTest: testReference(acceptsNull: false)
        case .refTestNull: testReference(acceptsNull: true)
        case .refCast: castReference(acceptsNull: false)
        case .refCastNull: castReference(acceptsNull: true)
        case .brOnCast: branchOnCast(ifMatching: true)
        case .brOnCastFail: branchOnCast(ifMatching: false)
        // Both hierarchies represent a value alike.
        case .anyConvertExtern, .externConvertAny: break
        case .brOnNull: branchOnNull(Int(reader.readU32()), ifNull: true)
        case .brOnNonNull: branchOnNull(Int(reader.readU32()), ifNull: false)

        case .i64Add128: arithmetic128(.add, .adc)
        case .i64Sub128: arithmetic128(.sub, .sbb)
        case .i64MulWideS: multiplyWide(signed: true)
        case .i64MulWideU: multiplyWide(signed: false)

        case .tableGet: tableGet(Int(reader.readU32()))
        case .tableSet: tableSet(Int(reader.readU32()))
        case .tableSize: tableSize(Int(reader.readU32()))
        case .tableGrow: tableGrow(Int(reader.readU32()))
        case .tableFill: callBuiltin(.tableFill, immediate: UInt64(reader.readU32()), operands: 3, result: nil)
        case .tableCopy:
            let destination = UInt64(reader.readU32())
            let source = UInt64(reader.readU32())
            callBuiltin(.tableCopy, immediate: destination | source &<< 32, operands: 3, result: nil)
        case .tableInit:
            let segment = UInt64(reader.readU32())
            let table = UInt64(reader.readU32())
            callBuiltin(.tableInit, immediate: table | segment &<< 32, operands: 3, result: nil)
        case .elemDrop: callBuiltin(.elementDrop, immediate: UInt64(reader.readU32()), operands: 0, result: nil)

        case .memoryFill: callBuiltin(.memoryFill, immediate: UInt64(reader.readU32()), operands: 3, result: nil)
        case .memoryCopy:
            let destination = UInt64(reader.readU32())
            let source = UInt64(reader.readU32())
            callBuiltin(.memoryCopy, immediate: destination | source &<< 32, operands: 3, result: nil)
        case .memoryInit:
            let segment = UInt64(reader.readU32())
            let memory = UInt64(reader.readU32())
            callBuiltin(.memoryInit, immediate: memory | segment &<< 32, operands: 3, result: nil)
        case .dataDrop: callBuiltin(.dataDrop, immediate: UInt64(reader.readU32()), operands: 0, result: nil)

        default: try compileVector(opcode)
        }
    }
}
