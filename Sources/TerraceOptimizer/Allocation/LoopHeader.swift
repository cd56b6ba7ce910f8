// What is in registers where a loop begins: the values that it uses, nearest first, and others only if there is room.

import TerraceABI
import TerraceCompilation

extension Allocator {
    mutating func enterLoop(_ here: MachineBlock) {
        // What the loop does not use leaves unless there is room.
        let info = machine.pointee.loops[Int(here.loop)]
        let bounds = loops.base[Int(here.loop)]
        let firstCall = info.hasCall ? firstCall(in: bounds) : Int32.max
        let before = occupied
        var previous = InlineArray<64, VirtualRegister>(repeating: .none)
        var mask = before
        while mask != 0 {
            let register = Self.lowest(mask)
            mask &= mask &- 1
            previous[Int(register)] = content[Int(register)]
        }
        releaseEverything()
        chooseForLoop(here, info, firstCall, isVector: false)
        if machine.pointee.hasVector { chooseForLoop(here, info, firstCall, isVector: true) }
        if firstCall == Int32.max { findClaims(bounds) }
        // Those that are in registers stay there; parameters next; then the rest.
        keepChosen(previous, firstCall)
        keepOthers(previous, before, bounds, isVector: false, hasCall: firstCall != Int32.max)
        if firstCall == Int32.max, machine.pointee.hasVector {
            keepOthers(previous, before, bounds, isVector: true, hasCall: false)
        }
        placeChosen(here)
        claimedInLoop = 0
        if firstCall != Int32.max { storeBeforeLoop() }
    }

    private mutating func findClaims(_ bounds: AllocatorLoop) {
        var mask = allocatable
        while mask != 0 {
            let register = Self.lowest(mask)
            mask &= mask &- 1
            if nextClaim(register) < bounds.end { claimedInLoop |= Self.bit(register) }
        }
    }

    /// What will not survive the loop's calls in its register is stored once, in front of the loop.
    private mutating func storeBeforeLoop() {
        var mask = occupied & ~stored
        while mask != 0 {
            let register = Self.lowest(mask)
            mask &= mask &- 1
            let flags = values.base[content[Int(register)].position].flags
            if isLiveIn(content[Int(register)]), preserved & Self.bit(register) == 0 || flags.contains(.isReference) {
                stored |= Self.bit(register)
            }
        }
    }

    /// Position of the first call of the loop that begins here that is not cold.
    private mutating func firstCall(in bounds: AllocatorLoop) -> Int32 {
        while callCursor < calls.count, calls.base[callCursor] <= index { callCursor += 1 }
        return callCursor < calls.count && calls.base[callCursor] < bounds.end ? calls.base[callCursor] : Int32.max
    }

    /// Chooses the values used in the loop that are to be in registers where it begins, into `chosen`.
    private mutating func chooseForLoop(_ here: MachineBlock, _ info: MachineLoop, _ firstCall: Int32, isVector: Bool) {
        if !isVector { chosen.count = 0 }
        let first = chosen.count
        let classBits: UInt64 = isVector ? 0xFFFF_FFFF_0000_0000 : 0xFFFF_FFFF
        let room = (allocatable & classBits).nonzeroBitCount
        let survivors = (allocatable & preserved & classBits).nonzeroBitCount
        let live = loops.base[Int(here.loop)]
        constantRoom =
            firstCall == Int32.max ? room - 1 - Int(isVector ? live.pressureVector : live.pressureGeneral) : 0
        var number: UInt32 = 0
        while number < here.parameterCount {
            let parameter = machine.pointee.parameters[Int(here.parameterStart &+ number)]
            let value = values.base + parameter.position
            if value.pointee.useStart != value.pointee.useEnd, value.pointee.flags.contains(.isVector) == isVector,
                !value.pointee.flags.contains(.isDemoted)
            {
                consider(parameter, first, room, survivors, firstCall, info)
            }
            number &+= 1
        }
        let run = blocks.base[Int(block)]
        var entry = run.liveInStart
        while entry < run.liveInStart &+ run.liveInCount {
            let register = liveIn.base[Int(entry)]
            entry &+= 1
            if values.base[register.position].flags.contains(.isVector) == isVector {
                consider(register, first, room, survivors, firstCall, info)
            }
        }
    }

    /// Enters a value among the nearest ones, those before `first` not counted.
    private mutating func consider(
        _ register: VirtualRegister, _ first: Int, _ room: Int, _ survivors: Int, _ firstCall: Int32,
        _ info: MachineLoop
    ) {
        let value = values.base + register.position
        advance(value)
        guard value.pointee.cursor < value.pointee.useEnd else { return }
        let next = uses.base[Int(value.pointee.cursor)]
        guard next.block < info.end else { return }
        if value.pointee.flags.contains(.isConstant) {
            if constantRoom <= 0 { return }
            constantRoom -= 1
        }
        let survives = firstCall == Int32.max || next.position <= firstCall
        if !survives, survivors == 0 || value.pointee.flags.contains(.isReference) { return }
        // Those that only a preserved register can keep come behind the others, by how often they are used.
        let far =
            survives
            ? Int64(next.position &- index) : 1 << 24 + Int64(Float(1 << 20) / max(value.pointee.useWeight, 1e-3))
        if !survives {
            var count = 0
            var index = first
            while index < chosen.count {
                if chosen.base[index].distance >= 1 << 24 { count += 1 }
                index += 1
            }
            if count >= survivors, chosen.base[chosen.count - 1].distance <= far { return }
            if count >= survivors { chosen.count -= 1 }
        }
        if chosen.count - first == room {
            if chosen.base[chosen.count - 1].distance <= far { return }
            chosen.count -= 1
        }
        chosen.append(Candidate(value: register, distance: far))
        var index = chosen.count - 1
        while index > first, chosen.base[index - 1].distance > far {
            chosen.base[index] = chosen.base[index - 1]
            index -= 1
        }
        chosen.base[index] = Candidate(value: register, distance: far)
    }

    private mutating func keepChosen(_ previous: borrowing InlineArray<64, VirtualRegister>, _ firstCall: Int32) {
        var number = 0
        while number < chosen.count {
            let value = chosen.base[number].value
            let vote = votes.base[value.position]
            // What is to survive calls is moved once, before the loop.
            let wantsPreserved = firstCall != Int32.max && crossesCall(values.base + value.position)
            if vote.round == voteRound, vote.register < 64, previous[Int(vote.register)] == value,
                !wantsPreserved || preserved & Self.bit(vote.register) != 0,
                claimedInLoop & Self.bit(vote.register) == 0 || values.base[value.position].hint == vote.register
            {
                put(value, in: vote.register, isStored: !vote.isUnstored)
            }
            number += 1
        }
    }

    private mutating func placeChosen(_ here: MachineBlock) {
        var parameter: UInt32 = 0
        while parameter < here.parameterCount {
            let register = machine.pointee.parameters[Int(here.parameterStart &+ parameter)]
            let free = freeForChosen(rankAmongChosen(register))
            if free != 0 { put(register, in: chooseForParameter(free, here, parameter), isStored: false) }
            parameter &+= 1
        }
        var number = 0
        while number < chosen.count {
            let value = chosen.base[number].value
            let free = values.base[value.position].register == Self.noRegister ? freeForChosen(number) : 0
            number += 1
            guard free != 0 else { continue }
            let vote = votes.base[value.position]
            let isStored = vote.round != voteRound || !vote.isUnstored
            put(value, in: choose(free, value), isStored: isStored)
        }
    }

    /// Registers that a value among the chosen may have: those not used before the first call need one that survives it.
    private mutating func freeForChosen(_ rank: Int) -> UInt64 {
        guard rank >= 0 else { return 0 }
        let candidate = chosen.base[rank]
        let free = classMask(candidate.value) & allocatable & ~occupied
        return candidate.distance >= 1 << 24 ? free & preserved : free
    }

    private mutating func rankAmongChosen(_ register: VirtualRegister) -> Int {
        var number = 0
        while number < chosen.count {
            if chosen.base[number].value == register { return number }
            number += 1
        }
        return -1
    }

    /// Values that the loop does not use stay in their registers if all that is live in it finds room, before parameters are
    /// given theirs. Where there are calls, that is in registers that they preserve.
    private mutating func keepOthers(
        _ previous: borrowing InlineArray<64, VirtualRegister>, _ before: UInt64, _ bounds: AllocatorLoop,
        isVector: Bool, hasCall: Bool
    ) {
        let classBits: UInt64 = isVector ? 0xFFFF_FFFF_0000_0000 : 0xFFFF_FFFF
        // What the loop needs at most for all that is not live through it without a use, and one for temporaries.
        let unused = liveThrough(isVector: isVector)
        var room = (allocatable & classBits).nonzeroBitCount - 1
        room -= Int(isVector ? bounds.pressureVector : bounds.pressureGeneral) - unused
        var mask = before & classBits & ~occupied
        if hasCall {
            mask &= preserved
            let survivors = (allocatable & preserved & classBits).nonzeroBitCount
            room = min(room, survivors - (Int(bounds.pressureAcrossCalls) - unused))
        }
        while mask != 0, room > 0 {
            // The nearest first.
            var best = Self.noRegister
            var bestDistance = Int64.max
            var rest = mask
            while rest != 0 {
                let register = Self.lowest(rest)
                rest &= rest &- 1
                let value = previous[Int(register)]
                let flags = values.base[value.position].flags
                if !isLiveIn(value) || flags.contains(.isRecoverable) || isChosen(value)
                    || hasCall && flags.contains(.isReference)
                {
                    mask &= ~Self.bit(register)
                    continue
                }
                let far = distance(value)
                if far < bestDistance {
                    best = register
                    bestDistance = far
                }
            }
            guard best != Self.noRegister else { return }
            mask &= ~Self.bit(best)
            let value = previous[Int(best)]
            let others = classBits & allocatable & ~occupied & ~mask & ~claimedInLoop
            let target = claimedInLoop & Self.bit(best) != 0 && others != 0 ? choose(others, value) : best
            put(value, in: target, isStored: !votes.base[value.position].isUnstored)
            room -= 1
        }
    }

    private mutating func isChosen(_ register: VirtualRegister) -> Bool { rankAmongChosen(register) >= 0 }

    /// How many values are live through the loop that begins here without being used in it.
    private mutating func liveThrough(isVector: Bool) -> Int {
        let info = machine.pointee.loops[Int(loop)]
        let run = blocks.base[Int(block)]
        var count = 0
        var entry = run.liveInStart
        while entry < run.liveInStart &+ run.liveInCount {
            let value = values.base + liveIn.base[Int(entry)].position
            entry &+= 1
            guard !value.pointee.isRecoverable, value.pointee.flags.contains(.isVector) == isVector else { continue }
            advance(value)
            if value.pointee.cursor == value.pointee.useEnd || uses.base[Int(value.pointee.cursor)].block >= info.end {
                count += 1
            }
        }
        return count
    }
}
