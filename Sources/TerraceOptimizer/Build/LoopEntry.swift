// A function that is entered at a running loop: what the baseline frame holds there, and what is left of the loops around it.
//
// The loop itself is built as ever, from its header on. Of each construct around it what is left is built behind it. A branch
// to the label of a loop around it goes to a fresh and complete copy of that loop, which stands behind what was left of its
// body; so control flow stays structured, and no loop has two entries.

import TerraceABI
import TerraceCompilation
import WasmFormat

extension Builder {
    /// Loops around the one that is entered: each one is built once more.
    private static var mostOuterLoops: Int { 4 }

    /// Finds the loop, the values in the frame and the open constructs; the loop's header is the next to be built.
    ///
    /// - Returns: where the first operator stands that may be built.
    mutating func beginAtLoop(_ number: UInt32, _ functionIndex: UInt32) throws(CompileError) -> Int {
        let module = environment.unsafelyUnwrapped.module
        let start = Int(origin.bytecodeOffset)
        let found: LoopHeader?
        do throws(ModuleError) { found = try module.loopHeader(Int(number), inFunction: Int(functionIndex)) } catch {
            throw .contradiction("\(error)", offset: start)
        }
        guard let header = found else { throw .contradiction("there is no loop \(number)", offset: start) }
        guard header.isReachable else { throw .unsupported("entering a loop in dead code", offset: header.offset) }
        graph.isLoopEntry = true
        origin.bytecodeOffset = UInt32(truncatingIfNeeded: header.offset)
        readFrame(header)
        let first = try openConstructs(around: header)
        reader.offset = header.offset + 1
        return first
    }

    /// Makes values of what stands in the baseline frame.
    private mutating func readFrame(_ header: LoopHeader) {
        var layout = FrameLayout()
        func slot(_ type: MachineType, _ layout: inout FrameLayout) -> Node {
            Node(.frameSlot, ResultType(type), .nop, UInt32(bitPattern: layout.addLocal(type)))
        }
        for index in 0..<Int(signature.parameterCount) {
            locals.append(float(slot(types[Int(signature.parameterStart) + index], &layout)))
        }
        for _ in 0..<reader.readU32() {
            let count = reader.readU32()
            let type = MachineType(reader.readValueType())
            for _ in 0..<count { locals.append(float(slot(type, &layout))) }
        }
        if signature.resultCount > 1 { graph.resultsAreaSlot = layout.addResultsArea() }
        for type in header.operands + header.parameters { stack.append(float(slot(MachineType(type), &layout))) }
        graph.takenOverFrameBytes = layout.byteCount
    }

    /// Opens what is open at the loop; the loop itself is the next construct. Returns where the outermost loop begins that
    /// something may go back to.
    private mutating func openConstructs(around header: LoopHeader) throws(CompileError) -> Int {
        let offset = UInt32(truncatingIfNeeded: header.offset)
        scanBody()
        pushFunctionFrame(.function, resultCount: signature.resultCount)
        for index in 0..<scan.frameLocals.count where scan.frameLocals[index] != 0 {
            // It stays where it is.
            let slot = Int32(bitPattern: graph.nodes[locals[index].position].a)
            graph.frameLocals.element(Int(scan.frameLocals[index] &- 1)).pointee.offset = slot
        }
        var peeled = 0
        var first = header.offset
        while nextConstruct < scan.constructs.count {
            let construct = scan.constructs[nextConstruct]
            if construct.offset == offset { break }
            guard construct.offset < offset, construct.end > offset else {
                nextConstruct &+= 1
                continue
            }
            guard control.count < header.heights.count else { break }
            reader.offset = Int(construct.offset)
            let opcode = reader.readOpcode()
            var frame = makeFrame(.block)
            frame.height = UInt32(truncatingIfNeeded: header.heights[control.count])
            if opcode == .loop, construct.isTargeted {
                frame.kind = .peeledLoop
                if peeled == 0 { first = Int(construct.offset) }
                peeled &+= 1
            }
            frame.skipsAlternative = construct.alternative > offset
            control.append(frame)
        }
        guard nextConstruct < scan.constructs.count, control.count == header.heights.count else {
            throw .contradiction("the scan saw other constructs", offset: header.offset)
        }
        guard peeled <= Self.mostOuterLoops else {
            throw .unsupported("entering a loop in more than \(Self.mostOuterLoops) others", offset: header.offset)
        }
        return first
    }

    /// `end` of a loop that was entered in its midst. If something goes back to its label, the loop is built now, from there.
    mutating func endPeeledLoop(isReachable: Bool) -> Bool {
        var frame = control.removeLast()
        guard frame.label != Block.none else {
            if !isReachable { stack.count = Int(frame.height) }
            return isReachable
        }
        var exit = Block.none
        if isReachable {
            exit = newBlock()
            jump(to: exitFrame(frame, exit))
        }
        frame.kind = .block
        frame.resultCount = frame.parameterCount
        bindLabel(frame)
        nextConstruct = Int(frame.construct)
        nextCall = 0
        reader.offset = Int(construct(frame).offset) + 1
        beginLoop(exit: exit)
        return true
    }

    /// Joins the end of a loop with what was left of its body when the function was entered.
    mutating func bindExit(_ frame: ControlFrame, isReachable: Bool) -> Bool {
        let exit = exitFrame(frame, frame.exit)
        if isReachable { jump(to: exit) }
        bindLabel(exit)
        return true
    }

    /// A loop's frame as one whose label is behind the loop.
    private func exitFrame(_ frame: ControlFrame, _ exit: BlockIndex) -> ControlFrame {
        var result = frame
        result.kind = .block
        result.label = exit
        return result
    }
}
