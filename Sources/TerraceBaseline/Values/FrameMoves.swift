// Moves between registers, the frame and constants. None of them changes flags.
//
// Where a value may be of either register file, a register is its hardware number, and the value's type says the rest.

import TerraceABI
import TerraceAssembler
import TerraceCompilation

extension BaselineCompiler {
    @inline(__always) func size(_ type: MachineType) -> OperandSize { type == .i32 ? .dword : .qword }

    @inline(__always) func frame(_ offset: Int32) -> MemoryOperand {
        MemoryOperand(CallingConvention.framePointer, offset)
    }

    @inline(__always) func instance(_ offset: Int32) -> MemoryOperand {
        MemoryOperand(CallingConvention.instance, offset)
    }

    // MARK: vector registers

    @inline(__always) mutating func load(_ register: VectorRegister, _ type: MachineType, _ memory: MemoryOperand) {
        switch type {
        case .f32: assembler.movss(register, memory)
        case .v128: assembler.movups(register, memory)
        default: assembler.movsd(register, memory)
        }
    }

    @inline(__always) mutating func store(_ register: VectorRegister, _ type: MachineType, _ memory: MemoryOperand) {
        switch type {
        case .f32: assembler.movss(memory, register)
        case .v128: assembler.movups(memory, register)
        default: assembler.movsd(memory, register)
        }
    }

    // MARK: either file

    /// The register that carries a value of a type between places in memory: r11 or xmm15.
    @inline(__always) func carrier(_ type: MachineType) -> UInt8 {
        type.isGeneral ? CallingConvention.scratch.rawValue : CallingConvention.vectorScratch.rawValue
    }

    /// The register of a single result of a type: rax or xmm0.
    @inline(__always) func resultRegister(_ type: MachineType) -> UInt8 {
        type.isGeneral ? CallingConvention.generalResult.rawValue : CallingConvention.vectorResult.rawValue
    }

    mutating func load(_ type: MachineType, _ register: UInt8, _ memory: MemoryOperand) {
        if type.isGeneral {
            assembler.mov(size(type), GeneralRegister(rawValue: register), memory)
        } else {
            load(VectorRegister(rawValue: register), type, memory)
        }
    }

    mutating func store(_ type: MachineType, _ register: UInt8, _ memory: MemoryOperand) {
        if type.isGeneral {
            assembler.mov(size(type), memory, GeneralRegister(rawValue: register))
        } else {
            store(VectorRegister(rawValue: register), type, memory)
        }
    }

    @inline(__always) mutating func move(_ type: MachineType, to target: UInt8, from source: UInt8) {
        if type.isGeneral {
            assembler.mov(size(type), GeneralRegister(rawValue: target), GeneralRegister(rawValue: source))
        } else {
            assembler.movaps(VectorRegister(rawValue: target), VectorRegister(rawValue: source))
        }
    }

    /// Copies a value from memory to memory through the scratch register of its file.
    mutating func copy(_ type: MachineType, from source: MemoryOperand, to target: MemoryOperand) {
        load(type, carrier(type), source)
        store(type, carrier(type), target)
    }

    // MARK: constants

    @inline(__always) func constantBits(_ entry: StackEntry) -> UInt64 {
        entry.type == .i32
            ? UInt64(UInt32(truncatingIfNeeded: entry.value)) : UInt64(bitPattern: entry.value)
    }

    /// Puts a floating-point constant in a register.
    mutating func loadConstant(_ bits: Int64, _ type: MachineType, into register: VectorRegister) {
        if bits == 0 {
            assembler.sse(.xorps, register, register)
        } else if type == .f32 {
            assembler.movss(register, assembler.constant32(UInt32(truncatingIfNeeded: bits)))
        } else {
            assembler.movsd(register, assembler.constant64(UInt64(bitPattern: bits)))
        }
    }

    /// Stores a constant in frame memory.
    mutating func storeConstant(_ bits: Int64, _ type: MachineType, _ memory: MemoryOperand) {
        if type == .i32 || type == .f32 {
            assembler.movImmediate(.dword, memory, Int32(truncatingIfNeeded: bits))
        } else if bits == Int64(Int32(truncatingIfNeeded: bits)) {
            assembler.movImmediate(.qword, memory, Int32(truncatingIfNeeded: bits))
        } else {
            assembler.movImmediate(CallingConvention.scratch, UInt64(bitPattern: bits))
            assembler.mov(.qword, memory, CallingConvention.scratch)
        }
    }
}
