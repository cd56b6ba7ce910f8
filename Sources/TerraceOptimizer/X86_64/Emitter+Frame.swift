// The function's beginning and its ends. A picture of the frame is in Documentation/Architecture.md, "Running code".

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation

extension Emitter {
    /// General registers whose values the caller wants back.
    private var savedRegisters: UInt32 {
        graph.pointee.isLoopEntry ? CallingConvention.preservedMask : machine.pointee.usedPreserved
    }

    /// Frames up to so many bytes are entered before the stack limit is looked at.
    private static var smallFrame: Int32 { 1024 }

    /// What a frame may have that stands below the stack pointer: eight bytes of it are above.
    private static var redZone: Int32 { 128 }

    mutating func emitPrologue(_ bodyOffset: UInt32) {
        let bytes = (machine.pointee.frameBytes &+ machine.pointee.resultsAreaBytes &+ 15) & ~15
        frameBytes = bytes
        let origin = Origin(bytecodeOffset: bodyOffset, inlineNode: InlineNode.none)
        let scratch = CallingConvention.scratch
        if graph.pointee.isLoopEntry {
            // The frame stands already, and its preserved registers are saved; it becomes larger.
            assembler.lea(.qword, scratch, frame(0 &- bytes))
        } else {
            assembler.push(CallingConvention.framePointer)
            assembler.mov(.qword, CallingConvention.framePointer, CallingConvention.stackPointer)
            assembler.push(CallingConvention.instance)
            if isLeaf, bytes <= Self.smallFrame {
                // No signal writes into the 128 bytes below the stack pointer, and there is slack below the limit.
                if bytes > Self.redZone {
                    assembler.alu(.sub, .qword, CallingConvention.stackPointer, immediate: bytes &- 8)
                }
                savePreserved()
                return
            }
            if bytes <= Self.smallFrame {
                // What a signal finds below the stack pointer is still the stack's, beyond its limit or not.
                assembler.alu(.sub, .qword, CallingConvention.stackPointer, immediate: bytes &- 8)
                assembler.alu(.cmp, .qword, CallingConvention.stackPointer, instance(InstanceLayout.stackLimit))
                assembler.jcc(.b, trapLabel(.stackLimit, origin))
                savePreserved()
                return
            }
            assembler.lea(.qword, scratch, MemoryOperand(CallingConvention.stackPointer, 0 &- (bytes &- 8)))
        }
        assembler.alu(.cmp, .qword, scratch, instance(InstanceLayout.stackLimit))
        assembler.jcc(.b, trapLabel(.stackLimit, origin))
        assembler.mov(.qword, CallingConvention.stackPointer, scratch)
        if !graph.pointee.isLoopEntry { savePreserved() }
    }

    /// Keeps the caller's values of the preserved registers.
    private mutating func savePreserved() {
        for index in 0..<CallingConvention.preserved.count {
            let register = CallingConvention.preserved[index]
            guard savedRegisters & 1 << UInt32(register.rawValue) != 0 else { continue }
            assembler.mov(.qword, frame(CallingConvention.preservedOffset &- 8 &* Int32(index)), register)
        }
    }

    /// Gives the caller its values of the preserved registers back. Changes no flags.
    mutating func restorePreserved() {
        for index in 0..<CallingConvention.preserved.count {
            let register = CallingConvention.preserved[index]
            guard savedRegisters & 1 << UInt32(register.rawValue) != 0 else { continue }
            assembler.mov(.qword, register, frame(CallingConvention.preservedOffset &- 8 &* Int32(index)))
        }
    }

    /// Leaves the function; its results are in place.
    mutating func emitReturn() {
        restorePreserved()
        assembler.leave()
        if signature.stackBytes == 0 {
            assembler.ret()
        } else {
            assembler.ret(pop: UInt16(truncatingIfNeeded: signature.stackBytes))
        }
    }
}
