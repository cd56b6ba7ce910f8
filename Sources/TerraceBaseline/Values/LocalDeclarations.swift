// Which locals a function has. A body of nine bytes may declare 50,000 of them: what they cost here depends on what the body
// does with them, and on its length, not on their number.

import TerraceABI
import TerraceCompilation
import WasmFormat

/// Declared locals of one type.
struct LocalGroup: BitwiseCopyable {
    /// Index of the first.
    var first: UInt32
    var type: MachineType
    /// Offset from rbp of what lies above the first.
    var start: Int32
}

extension BaselineCompiler {
    /// Reads the body's declarations and leaves the reader at the first operator. Homes are laid out for as many locals as
    /// the body has bytes (and for all that may get registers); for the others it is noted where their groups are.
    mutating func readLocals(_ body: FunctionBody) {
        let limit = max(FunctionPrescan.trackedLocals, body.bytes.count)
        highGroups.count = 0
        frameLayout = FrameLayout()
        var count = Int(signature.parameterCount)
        nearLocalCount = min(count, limit)
        homes.resize(to: nearLocalCount)
        for index in 0..<nearLocalCount { setHome(index, types[Int(signature.parameterStart) &+ index]) }
        frameLayout.byteCount = signature.parameterSlotBytes &- FrameLayout.localsStart
        reader.offset = body.bytes.lowerBound
        for _ in 0..<reader.readU32() {
            let number = Int(reader.readU32())
            let type = MachineType(reader.readValueType())
            let near = min(number, max(limit &- count, 0))
            if near < number {
                highGroups.append(
                    LocalGroup(
                        first: UInt32(truncatingIfNeeded: count), type: type, start: 0 &- frameLayout.byteCount))
            }
            nearLocalCount &+= near
            homes.resize(to: nearLocalCount)
            for index in nearLocalCount &- near..<nearLocalCount { setHome(index, type) }
            frameLayout.addLocals(type, count: number &- near)
            count &+= number
        }
        homes.resize(to: count)
        localsEnd = 0 &- frameLayout.byteCount
        if signature.resultCount > 1 { resultsAreaSlot = frameLayout.addResultsArea() }
        localBytes = frameLayout.byteCount
        clearPendingReads(count)
    }

    @inline(__always) private mutating func setHome(_ local: Int, _ type: MachineType) {
        homes.base[local] = LocalHome(type: type, isPinned: false, register: 0, offset: frameLayout.addLocal(type))
    }

    /// No operand reads a local. Usually that is so: operands take back what they noted.
    private mutating func clearPendingReads(_ count: Int) {
        if leftPendingReads || pendingReads.count < count {
            pendingReads.refill(count: max(pendingReads.count, count), with: 0)
        }
        leftPendingReads = true
    }

    /// Lays out the homes of the other locals that the body accesses.
    mutating func findHighLocals() {
        for index in 0..<prescan.highLocals.count {
            let local = Int(prescan.highLocals[index])
            homes[local] = local < Int(signature.parameterCount) ? highParameter(local) : highLocal(local)
        }
    }

    /// A declared local's home. Not of a near one.
    private func highLocal(_ local: Int) -> LocalHome {
        var low = 0
        var high = highGroups.count
        while high &- low > 1 {
            let middle = (low &+ high) / 2
            if Int(highGroups[middle].first) <= local { low = middle } else { high = middle }
        }
        let group = highGroups[low]
        let place = Int32(truncatingIfNeeded: local &- Int(group.first) &+ 1)
        return LocalHome(
            type: group.type, isPinned: false, register: 0,
            offset: group.start &- place &* FrameLayout.slotBytes(group.type))
    }

    /// A parameter's home: the one below that of the parameter before it.
    private func highParameter(_ local: Int) -> LocalHome {
        var end = FrameLayout.localsStart
        for index in 0..<local { end &-= FrameLayout.slotBytes(types[Int(signature.parameterStart) &+ index]) }
        return parameterHome(local, below: end)
    }

    /// The home of a parameter below which nothing was laid out yet but what lies above `end`.
    @inline(__always) func parameterHome(_ index: Int, below end: Int32) -> LocalHome {
        if index < nearLocalCount { return homes[index] }
        let type = types[Int(signature.parameterStart) &+ index]
        return LocalHome(type: type, isPinned: false, register: 0, offset: end &- FrameLayout.slotBytes(type))
    }
}
