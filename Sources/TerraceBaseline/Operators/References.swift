// Operators on references: null tests, casts, and the branches on both.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat

extension BaselineCompiler {
    // MARK: null

    /// `ref.is_null`
    mutating func referenceIsNull() {
        testTop(.ref)
        useCondition(.e)
    }

    /// `ref.as_non_null`
    mutating func referenceAsNonNull() {
        let operand = popGeneral()
        assembler.test(.qword, operand.general, operand.general)
        trap(.nullReference, if: .e)
        if operand.isOwned {
            pushRegister(operand.general, .ref)
        } else {
            let register = allocateGeneral()
            assembler.mov(.qword, register, operand.general)
            pushRegister(register, .ref)
        }
    }

    /// `br_on_null` and `br_on_non_null`.
    mutating func branchOnNull(_ depth: Int, ifNull: Bool) {
        // The reference stays on the stack of the path where it is not null.
        let operand = popGeneral()
        var register = operand.general
        if !operand.isOwned {
            register = allocateGeneral()
            assembler.mov(.qword, register, operand.general)
        }
        assembler.test(.qword, register, register)
        if ifNull {
            branchIf(.e, depth)
            pushRegister(register, .ref)
        } else {
            pushRegister(register, .ref)
            branchIf(.ne, depth)
            drop()
        }
    }

    /// `ref.eq`
    mutating func referenceEqual() { compare(.e, .ref) }

    // MARK: casts

    /// Asks the runtime whether the top operand is of a heap type, and sets the flags: `ne` if it is. The operand
    /// stays, in its slot.
    private mutating func askReferenceType(_ type: HeapType, acceptsNull: Bool) {
        let top = stack.count &- 1
        storeToSlot(top)
        spillForCall(arguments: 0)
        assembler.mov(.qword, .rsi, frame(stack[top].slot))
        if type.isConcrete, case .function = environment.module.types[Int(type.typeIndex)].composite {
            assembler.movImmediate(.rdx, relocated: .typeID, type.typeIndex)
        } else {
            // No structures or arrays exist yet, and what stands for a host object must not be read as a function's record.
            let code = type.isConcrete ? HeapType.none : type
            assembler.movImmediate(.rdx, UInt64(code.rawValue))
        }
        assembler.movImmediate(.rcx, acceptsNull ? 1 : 0)
        callBuiltinStub(.referenceTest)
        forgetRegisters()
        assembler.test(.dword, .rax, .rax)
    }

    /// `ref.test`
    mutating func testReference(acceptsNull: Bool) {
        askReferenceType(reader.readHeapType(), acceptsNull: acceptsNull)
        drop()
        useCondition(.ne)
    }

    /// `ref.cast`
    mutating func castReference(acceptsNull: Bool) {
        askReferenceType(reader.readHeapType(), acceptsNull: acceptsNull)
        trap(.castFailure, if: .e)
    }

    /// `br_on_cast` and `br_on_cast_fail`: the reference stays on both paths.
    mutating func branchOnCast(ifMatching: Bool) {
        // Bit 1 of the flags: the type to cast to accepts null.
        let flags = reader.readByte()
        let depth = Int(reader.readU32())
        _ = reader.readHeapType()
        askReferenceType(reader.readHeapType(), acceptsNull: flags & 2 != 0)
        branchIf(ifMatching ? .ne : .e, depth)
    }
}
