// Functions with so many locals and branches that passing all locals to all labels would grow beyond all bounds: the locals that
// are used least stay in the frame.

import TerraceABI
import TerraceCompilation
import WasmFormat

extension Builder {
    /// Locals that all branches of a function together may pass.
    static var mostPassedLocals: Int { 4 << 20 }

    /// Scans the body at the reader, all locals of which are known, and decides which of them are values.
    mutating func scanBody() {
        let limit = passedLocalsLimit
        if let first = scan.scan(reader, localCount: locals.count, lanes, limit: limit) {
            nextConstruct = first
            return
        }
        keepInFrame(mostUsed: limit)
        // Now no construct assigns more than it may.
        nextConstruct = scan.scan(reader, localCount: locals.count, lanes, limit: Int.max).unsafelyUnwrapped
    }

    /// Leaves only so many locals values that they can be passed by all branches.
    @inline(never) private mutating func keepInFrame(mostUsed limit: Int) {
        var uses = RawStack<UInt32>(capacity: locals.count)
        uses.refill(count: locals.count, with: 0)
        // One for each construct's own label, where the paths through it meet.
        let labels = countUses(&uses)
        let kept = min(limit / max(labels, 1), locals.count)
        var order = RawStack<UInt32>(capacity: locals.count)
        for index in 0..<locals.count { order.append(UInt32(truncatingIfNeeded: index)) }
        let base = uses.base
        var ordered = UnsafeMutableBufferPointer(start: order.base, count: order.count)
        ordered.sort {
            base[Int($0)] != base[Int($1)] ? base[Int($0)] > base[Int($1)] : $0 < $1
        }
        scan.frameLocals.refill(count: locals.count, with: 0)
        for position in kept..<order.count {
            let local = Int(order[position])
            graph.frameLocals.append(FrameLocal(type: type(locals[local]).machine, offset: 0))
            scan.frameLocals[local] = UInt32(truncatingIfNeeded: graph.frameLocals.count)
        }
    }

    /// Counts the accesses to each local, and returns how many constructs and branches there are.
    private mutating func countUses(_ uses: inout RawStack<UInt32>) -> Int {
        var labels = 1
        var depth = 0
        var reader = reader
        while depth >= 0 {
            let opcode = reader.readOpcode()
            let row = reader.row(of: opcode)
            switch opcode {
            case .localGet, .localSet, .localTee:
                let local = Int(reader.readU32())
                uses[local] &+= 1
                continue
            case .br, .brIf, .brOnNull, .brOnNonNull, .brOnCast, .brOnCastFail: labels &+= 1
            case .brTable:
                // Equal labels of one table count once, and no more labels are open than constructs.
                var ahead = reader
                labels &+= min(Int(ahead.readU32()), depth) &+ 1
            case .end: depth &-= 1
            default: break
            }
            if row.pointee.opensBlock {
                labels &+= 1
                depth &+= 1
            }
            reader.skip(row.pointee.immediates)
        }
        return labels
    }
}
