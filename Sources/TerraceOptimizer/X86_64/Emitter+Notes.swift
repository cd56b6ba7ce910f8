// Which code was emitted for what, written down if somebody wants to look at it.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation

/// A machine instruction whose code has been emitted.
struct EmittedInstruction: BitwiseCopyable {
    /// In ``MachineFunction/instructions``.
    var position: UInt32
    var block: UInt32
    /// Where its code ends; it begins where the code of the instruction before it ends.
    var end: Int32
}

/// A jump table that has been emitted.
struct EmittedTable: BitwiseCopyable {
    var start: Int32
    var end: Int32
}

extension Emitter {
    /// Notes that all code behind the last one that was noted is an instruction's. A jump that ends in a copy of another block
    /// has none of its own.
    mutating func noteInstruction(_ position: Int) {
        if emitted.count > 0, emitted[emitted.count &- 1].end == assembler.offset { return }
        emitted.append(
            EmittedInstruction(
                position: UInt32(truncatingIfNeeded: position), block: UInt32(truncatingIfNeeded: block),
                end: assembler.offset))
    }

    /// Adds what the code of the last function is made of.
    func describeCode(_ notes: inout CompilationNotes?) {
        var parts = CompilationNotes()
        var tables: [Range<Int>] = []
        for index in 0..<emittedTables.count {
            tables.append(Int(emittedTables[index].start)..<Int(emittedTables[index].end))
        }
        var end = 0
        for index in 0..<emitted.count {
            let instruction = emitted[index]
            let node = machine.pointee.instructions[Int(instruction.position)].node
            let origin = node.isNone ? nil : Int(graph.pointee.origins[node.position].bytecodeOffset)
            let loop = machine.pointee.blocks[Int(instruction.block)].loop
            let depth = loop == Loop.none ? 0 : Int(machine.pointee.loops[Int(loop)].depth)
            let range = end..<Int(instruction.end)
            // The first instruction stands for the function's beginning and has no code.
            let part: CompilationNotes.Part =
                index == 0
                ? .init(.prologue, range)
                : .init(
                    .operators, range, operators: origin.map { $0..<$0 + 1 }, block: Int(instruction.block),
                    loopDepth: depth)
            parts.addPart(part, tables: tables)
            end = Int(instruction.end)
        }
        parts.addPart(.init(.outOfLine, end..<Int(endOfCode)), tables: tables)
        parts.addPart(.init(.constants, Int(endOfCode)..<assembler.bytes.count))
        notes?.parts = parts.parts
    }
}
