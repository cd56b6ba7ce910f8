// Walking the frames of WebAssembly code: from the place where the innermost activation left it, along the chain of
// frame pointers, through the activations around it.

import TerraceCode

extension StoreStorage {
    /// A frame before it has a name.
    private struct RawFrame {
        var pc: UInt
        var instance: UInt
        /// Whether `pc` is where a call returns to, or else the instruction that trapped.
        var isReturn: Bool
        /// The function and place that the frame stands for, if its block inlines; else they are looked up when the frame
        /// is described.
        var source: SourceFrame?
    }

    /// The active functions: the first and the last ones, and how many are missing between them.
    func captureBacktrace() -> (frames: [Trap.Frame], omitted: Int) {
        let limit = Trap.framesFromEachEnd
        var first: [RawFrame] = []
        var last: [RawFrame] = []
        var next = 0
        var count = 0
        func add(_ frame: RawFrame) {
            count += 1
            if first.count < limit {
                first.append(frame)
            } else if last.count < limit {
                last.append(frame)
            } else {
                last[next] = frame
                next = (next + 1) % limit
            }
        }
        let record = context.record
        walk(pc: record.pointee.exitPC, fp: record.pointee.exitFP, isTrap: record.pointee.exitIsTrap != 0, add)
        record.pointee.exitIsTrap = 0
        for exit in outerActivations.reversed() { walk(pc: exit.pc, fp: exit.fp, isTrap: false, add) }
        let frames = (first + last[next...] + last[..<next]).compactMap(describe)
        return (frames, max(0, count - 2 * limit))
    }

    /// Visits the frames of one activation, innermost first.
    private func walk(pc: UInt, fp: UInt, isTrap: Bool, _ visit: (RawFrame) -> Void) {
        let map = CodeBlockMap.process
        var (pc, fp, isReturn) = (pc, fp, !isTrap)
        // Frames lie on the wasm stack; the frame of an entry stub, the outermost, on the host's.
        while fp >= stack.mapping, fp < stack.top, fp & 7 == 0, let frame = UnsafePointer<UInt>(bitPattern: fp) {
            let address = CodeAddress(rawValue: isReturn ? pc - 1 : pc)
            if let block = map.lookup(address), block.codeRange(at: address)?.kind.isFunctionBody == true {
                let raw = RawFrame(pc: pc, instance: frame[-1], isReturn: isReturn)
                if block.inlineNodes.isEmpty {
                    visit(raw)
                } else {
                    visitInlined(raw, block, visit)
                }
            }
            let caller = frame[0]
            pc = frame[1]
            isReturn = true
            guard caller > fp else { return }
            fp = caller
        }
    }

    /// Visits the source frames of a machine frame, innermost first.
    private func visitInlined(_ frame: RawFrame, _ block: UnmanagedCodeBlock, _ visit: (RawFrame) -> Void) {
        let lookup = CodeAddress(rawValue: frame.isReturn ? frame.pc - 1 : frame.pc)
        guard let offset = block.placement.blockOffset(of: lookup),
            let bytecodeOffset = bytecodeOffset(of: frame, in: block),
            let frames = block.sourceFrames(at: offset, bytecodeOffset: bytecodeOffset)
        else { return visit(frame) }
        for source in frames {
            var inlined = frame
            inlined.source = source
            visit(inlined)
        }
    }

    /// Where the frame's function is, in bytes from the beginning of its module.
    private func bytecodeOffset(of frame: RawFrame, in block: UnmanagedCodeBlock) -> UInt32? {
        let address = CodeAddress(rawValue: frame.pc)
        return frame.isReturn
            ? block.callSite(returningTo: address)?.bytecodeOffset : block.trapSite(at: address)?.bytecodeOffset
    }

    private func describe(_ frame: RawFrame) -> Trap.Frame? {
        let module = InstanceStorage.at(frame.instance)?.module.module
        func describe(_ function: UInt32, _ bytecodeOffset: UInt32?) -> Trap.Frame {
            Trap.Frame(
                functionIndex: function, functionName: module?.displayName(ofFunction: function),
                moduleName: module?.moduleName, bytecodeOffset: bytecodeOffset.map(Int.init))
        }
        if let source = frame.source { return describe(source.functionIndex, source.bytecodeOffset) }
        let lookup = CodeAddress(rawValue: frame.isReturn ? frame.pc - 1 : frame.pc)
        guard let block = CodeBlockMap.process.lookup(lookup), let range = block.codeRange(at: lookup) else {
            return nil
        }
        return describe(range.functionIndex, bytecodeOffset(of: frame, in: block))
    }
}
