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
            if map.lookup(address)?.codeRange(at: address)?.kind == .function {
                visit(RawFrame(pc: pc, instance: frame[-1], isReturn: isReturn))
            }
            let caller = frame[0]
            pc = frame[1]
            isReturn = true
            guard caller > fp else { return }
            fp = caller
        }
    }

    private func describe(_ frame: RawFrame) -> Trap.Frame? {
        let map = CodeBlockMap.process
        let address = CodeAddress(rawValue: frame.pc)
        let lookup = CodeAddress(rawValue: frame.isReturn ? frame.pc - 1 : frame.pc)
        guard let block = map.lookup(lookup), let range = block.codeRange(at: lookup) else { return nil }
        let bytecodeOffset =
            frame.isReturn
            ? block.callSite(returningTo: address)?.bytecodeOffset : block.trapSite(at: address)?.bytecodeOffset
        let module = InstanceStorage.at(frame.instance)?.module.module
        return Trap.Frame(
            functionIndex: range.functionIndex, functionName: module?.displayName(ofFunction: range.functionIndex),
            moduleName: module?.moduleName, bytecodeOffset: bytecodeOffset.map(Int.init))
    }
}
