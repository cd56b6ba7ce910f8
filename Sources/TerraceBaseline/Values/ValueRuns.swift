// Moving many values at once, by a loop in the machine code: a branch, call or return of a few bytes may carry a thousand
// values, and its code must not be a thousand times as long. What is copied was put into the operands' slots before, once
// for each operand, and stays there.

import TerraceABI
import TerraceAssembler
import TerraceCompilation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where values of one width follow each other in memory: upwards (in areas of arguments and results) or downwards (in
/// operand slots and the homes of locals).
struct ValueRun {
    var base: GeneralRegister
    /// Of the first value.
    var offset: Int32
    /// Bytes from one value to the next; negative if they go downwards.
    var stride: Int32
}

extension BaselineCompiler {
    /// From how many values on a loop moves them.
    static var shortestLoop: Int { 8 }

    /// Registers that loops destroy. They hold no operand when all operands are in their slots, and no local ever.
    private var sourcePointer: GeneralRegister { .rcx }
    private var targetPointer: GeneralRegister { CallingConvention.scratch }
    private var counter: GeneralRegister { .rdx }

    /// Brings all operands of the innermost construct into their slots, constants too. Each costs that once. Changes no flags.
    mutating func settleOperands() {
        var index = slotCount
        while index < stack.count {
            storeToSlot(index)
            index &+= 1
        }
        slotCount = stack.count
        settledCount = stack.count
        registerFreeCount = stack.count
    }

    /// Emits the copy of a run of values of 8 or 16 bytes. Destroys rcx, rdx, r11, xmm15 and the flags; the target's base may be
    /// r11.
    mutating func copyRun(count: Int, isWide: Bool, from source: ValueRun, to target: ValueRun) {
        let value = CallingConvention.vectorScratch
        let type = isWide ? MachineType.v128 : .f64
        let loop = assembler.newLabel()
        assembler.lea(.qword, sourcePointer, MemoryOperand(source.base, source.offset))
        assembler.lea(.qword, targetPointer, MemoryOperand(target.base, target.offset))
        assembler.movImmediate(counter, UInt64(count))
        assembler.bind(loop)
        load(value, type, MemoryOperand(sourcePointer))
        store(value, type, MemoryOperand(targetPointer))
        assembler.alu(.add, .qword, sourcePointer, immediate: source.stride)
        assembler.alu(.add, .qword, targetPointer, immediate: target.stride)
        assembler.alu(.sub, .dword, counter, immediate: 1)
        assembler.jcc(.ne, loop)
        flagsOffset = -1
    }

    /// Emits the copy of a block of memory, a multiple of 8 bytes, to higher addresses: the last bytes first. Destroys r11,
    /// xmm15 and the flags.
    mutating func copyBlockUp(
        byteCount: Int32, from source: (base: GeneralRegister, offset: Int32), to target: (GeneralRegister, Int32)
    ) {
        let index = CallingConvention.scratch
        let value = CallingConvention.vectorScratch
        var bytes = byteCount
        if bytes & 8 != 0 {
            bytes &-= 8
            assembler.movsd(value, MemoryOperand(source.base, source.offset &+ bytes))
            assembler.movsd(MemoryOperand(target.0, target.1 &+ bytes), value)
        }
        guard bytes > 0 else { return }
        let loop = assembler.newLabel()
        assembler.movImmediate(index, UInt64(bytes))
        assembler.bind(loop)
        assembler.movups(value, MemoryOperand(source.base, index, 1, source.offset &- 16))
        assembler.movups(MemoryOperand(target.0, index, 1, target.1 &- 16), value)
        assembler.alu(.sub, .dword, index, immediate: 16)
        assembler.jcc(.ne, loop)
        flagsOffset = -1
    }

    /// Pushes operands that are in their slots: types from an index into the environment's on. If all below were known to be
    /// in their slots, so are these.
    mutating func pushSlots(_ firstType: Int, count: Int) {
        let lowest = stack.count
        stack.resize(to: lowest &+ count)
        let list = types + firstType
        let entries = stack.base + lowest
        let isUniform =
            count >= Self.shortestLoop
            && memcmp(list, list + 1, (count &- 1) &* MemoryLayout<MachineType>.stride) == 0
        var slot = 0 &- localBytes &- stackBytes
        if isUniform {
            // As words, for it may be a thousand of them: each differs from the one before in its slot.
            let entry = StackEntry(kind: .slot, type: list[0], register: 0, slot: slot, value: 0)
            var words = unsafeBitCast(entry, to: SIMD4<UInt32>.self)
            let step = SIMD4<UInt32>(0, UInt32(bitPattern: FrameLayout.slotBytes(list[0])), 0, 0)
            let memory = UnsafeMutableRawPointer(entries)
            for index in 0..<count {
                words &-= step
                memory.storeBytes(of: words, toByteOffset: index &* 16, as: SIMD4<UInt32>.self)
            }
            slot = Int32(bitPattern: words[1])
        } else {
            for index in 0..<count {
                slot &-= FrameLayout.slotBytes(list[index])
                entries[index] = StackEntry(kind: .slot, type: list[index], register: 0, slot: slot, value: 0)
            }
        }
        stackBytes = 0 &- localBytes &- slot
        if stackBytes > maximumStackBytes { maximumStackBytes = stackBytes }
        guard slotCount == lowest else { return }
        slotCount = stack.count
        settledCount = stack.count
        registerFreeCount = stack.count
    }

    // MARK: what is a run

    /// How many of the parameters from `index` on stand in the argument area one behind the other; 0 if it is in a register.
    @inline(__always) func argumentRun(_ signature: MachineSignature, from index: Int) -> Int {
        Int(runs[Int(signature.parameterStart) &+ index])
    }

    /// How many results from `index` on are of the same width.
    @inline(__always) func resultRun(_ signature: MachineSignature, from index: Int) -> Int {
        Int(runs[Int(signature.resultStart) &+ index])
    }

    /// The slots of operands from an index on.
    func slots(from index: Int, isWide: Bool) -> ValueRun {
        ValueRun(base: CallingConvention.framePointer, offset: stack[index].slot, stride: isWide ? -16 : -8)
    }
}
