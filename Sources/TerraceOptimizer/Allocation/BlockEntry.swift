// What is in registers where a block begins.
//
// A block with one predecessor takes over its registers. Where ways meet, a value stays in a register if ways of at least half
// the frequency have it in one. Into a loop go the values that it uses, nearest first, and others only if there is room. All
// else is in slots: what is spilled for a loop's sake is spilled before it.

import TerraceABI
import TerraceCompilation

extension Allocator {
    @inline(__always) func isLiveIn(_ register: VirtualRegister) -> Bool {
        liveStamp.base[register.position] == block &+ 1
    }

    mutating func enterBlock(_ here: MachineBlock) {
        guard here.predecessorCount > 0 else {
            releaseEverything()
            return
        }
        let run = blocks.base[Int(block)]
        var entry = run.liveInStart
        while entry < run.liveInStart &+ run.liveInCount {
            liveStamp.base[liveIn.base[Int(entry)].position] = block &+ 1
            entry &+= 1
        }
        if here.predecessorCount == 1, here.parameterCount == 0 {
            let predecessor = machine.pointee.predecessors[Int(here.predecessorStart)]
            if predecessor &+ 1 != block { takeOver(predecessor) }
            var mask = occupied
            while mask != 0 {
                let register = Self.lowest(mask)
                mask &= mask &- 1
                let value = content[Int(register)]
                if !isLiveIn(value), !mayStay(value) { release(register) }
            }
            return
        }
        countVotes(here)
        if here.isLoopHeader { enterLoop(here) } else { enterJoin(here) }
        finishEntry(here)
    }

    /// Whether a value that can be had anywhere is worth keeping although nothing says that it is live.
    @inline(__always) private func mayStay(_ register: VirtualRegister) -> Bool {
        let value = values.base + register.position
        guard value.pointee.isRecoverable else { return false }
        advance(value)
        return value.pointee.cursor < value.pointee.useEnd
    }

    private mutating func releaseEverything() {
        var mask = occupied
        while mask != 0 {
            release(Self.lowest(mask))
            mask &= mask &- 1
        }
    }

    /// Makes the registers what they were at a block's end.
    private mutating func takeOver(_ predecessor: UInt32) {
        releaseEverything()
        let exit = blocks.base[Int(predecessor)]
        var index = Int(exit.exitStart)
        while index < Int(exit.exitStart &+ exit.exitCount) {
            let resident = residents.base[index]
            put(resident.value, in: resident.register, isStored: resident.isStored)
            index += 1
        }
    }

    mutating func leaveBlock(_ here: MachineBlock) {
        let number = Int(block)
        blocks.base[number].exitStart = UInt32(truncatingIfNeeded: residents.count)
        blocks.base[number].exitCount = UInt32(truncatingIfNeeded: occupied.nonzeroBitCount)
        saveResidents()
        blocks.base[number].isScanned = true
        guard here.successorCount == 1 else { return }
        let target = machine.pointee.successors[Int(here.successorStart)]
        if blocks.base[Int(target)].isScanned { connect(block, target, isBackEdge: true) }
    }

    mutating func saveResidents() {
        var mask = occupied
        while mask != 0 {
            let register = Self.lowest(mask)
            mask &= mask &- 1
            residents.append(
                Resident(
                    value: content[Int(register)], register: register, isStored: stored & Self.bit(register) != 0))
        }
    }

    // MARK: where ways meet

    /// Counts by value the frequency of the scanned predecessors that have it in a register. The most frequent one's
    /// registers are noted as well, and its registers are made the present ones.
    private mutating func countVotes(_ here: MachineBlock) {
        voteRound &+= 1
        votesTotal = 0
        var best = UInt32.max
        var bestFrequency: Float = -1
        var edge = here.predecessorStart
        while edge < here.predecessorStart &+ here.predecessorCount {
            let predecessor = machine.pointee.predecessors[Int(edge)]
            edge &+= 1
            guard blocks.base[Int(predecessor)].isScanned else { continue }
            let weight = machine.pointee.blocks.base[Int(predecessor)].frequency
            votesTotal += weight
            // Of equals, the one that has more in registers.
            if weight > bestFrequency
                || (weight == bestFrequency
                    && blocks.base[Int(predecessor)].exitCount > blocks.base[Int(best)].exitCount)
            {
                bestFrequency = weight
                best = predecessor
            }
            let exit = blocks.base[Int(predecessor)]
            var index = Int(exit.exitStart)
            while index < Int(exit.exitStart &+ exit.exitCount) {
                let resident = residents.base[index]
                let vote = votes.base + resident.value.position
                if vote.pointee.round != voteRound {
                    vote.pointee = Vote(round: voteRound, register: resident.register)
                }
                vote.pointee.weight += weight
                if !resident.isStored { vote.pointee.isUnstored = true }
                index += 1
            }
        }
        guard best != UInt32.max else { return fail("a block before all of its predecessors") }
        bestPredecessor = best
        takeOver(best)
    }

    @inline(__always) private func isInRegisters(_ register: VirtualRegister) -> Bool {
        let vote = votes.base[register.position]
        return vote.round == voteRound && vote.weight * 2 >= votesTotal
    }

    private mutating func enterJoin(_ here: MachineBlock) {
        var mask = occupied
        while mask != 0 {
            let register = Self.lowest(mask)
            mask &= mask &- 1
            let value = content[Int(register)]
            let vote = votes.base[value.position]
            if isLiveIn(value) ? !isInRegisters(value) : !(mayStay(value) && vote.weight > votesTotal * 0.999) {
                release(register)
            } else if vote.isUnstored {
                stored &= ~Self.bit(register)
            }
        }
        var number: UInt32 = 0
        while number < here.parameterCount {
            enterParameter(here, number)
            number &+= 1
        }
        if here.predecessorCount <= 4 { enterFromOthers(here) }
    }

    /// Values that the most frequent predecessor does not have in registers, but the others, and that are needed soon.
    private mutating func enterFromOthers(_ here: MachineBlock) {
        var edge = here.predecessorStart
        while edge < here.predecessorStart &+ here.predecessorCount {
            let predecessor = machine.pointee.predecessors[Int(edge)]
            edge &+= 1
            if predecessor == bestPredecessor || !blocks.base[Int(predecessor)].isScanned { continue }
            let exit = blocks.base[Int(predecessor)]
            var index = Int(exit.exitStart)
            while index < Int(exit.exitStart &+ exit.exitCount) {
                let resident = residents.base[index]
                index += 1
                if occupied & Self.bit(resident.register) == 0,
                    values.base[resident.value.position].register == Self.noRegister, isLiveIn(resident.value),
                    isInRegisters(resident.value), distance(resident.value) < 64
                {
                    put(
                        resident.value, in: resident.register, isStored: !votes.base[resident.value.position].isUnstored
                    )
                }
            }
        }
    }

    /// Gives a parameter a register if it is worth one.
    private mutating func enterParameter(_ here: MachineBlock, _ number: UInt32) {
        let parameter = machine.pointee.parameters[Int(here.parameterStart &+ number)]
        let value = values.base + parameter.position
        guard value.pointee.useStart != value.pointee.useEnd, !value.pointee.flags.contains(.isDemoted) else { return }
        let ofClass = classMask(parameter) & allocatable
        var free = ofClass & ~occupied
        if argumentsInRegisters(here, number) * 2 < votesTotal, distance(parameter) > 24 { return }
        if free == 0 {
            let victim = farthest(ofClass)
            if victim == Self.noRegister || distance(content[Int(victim)]) <= distance(parameter) { return }
            release(victim)
            free = Self.bit(victim)
        }
        put(parameter, in: chooseForParameter(free, here, number), isStored: false)
    }

    /// The frequency of ways on which a parameter's argument is in a register or a constant.
    private func argumentsInRegisters(_ here: MachineBlock, _ number: UInt32) -> Float {
        var sum: Float = 0
        var edge = here.predecessorStart
        while edge < here.predecessorStart &+ here.predecessorCount {
            let predecessor = Int(machine.pointee.predecessors[Int(edge)])
            edge &+= 1
            guard blocks.base[predecessor].isScanned else { continue }
            let argument = argument(predecessor, number)
            if votes.base[argument.position].round == voteRound
                || values.base[argument.position].flags.contains(.isConstant)
            {
                sum += machine.pointee.blocks.base[predecessor].frequency
            }
        }
        return sum
    }

    @inline(__always) func argument(_ predecessor: Int, _ number: UInt32) -> VirtualRegister {
        machine.pointee.arguments[Int(machine.pointee.blocks.base[predecessor].argumentStart &+ number)]
    }

    /// Prefers a register in which an argument comes.
    private mutating func chooseForParameter(_ free: UInt64, _ here: MachineBlock, _ number: UInt32) -> UInt8 {
        let parameter = machine.pointee.parameters[Int(here.parameterStart &+ number)]
        let value = values.base + parameter.position
        var free = free
        if crossesCall(value) {
            let kept = worthPreserving(free, value)
            if kept != 0 { free = kept }
        }
        let wish = wishedRegister(value)
        let first = votes.base[argument(Int(bestPredecessor), number).position]
        if wish != Self.noRegister, free & Self.bit(wish) != 0 {
            // If one argument is there, or none is where it could stay.
            var isHere = first.round != voteRound || first.register > 63 || free & Self.bit(first.register) == 0
            var edge = here.predecessorStart
            while edge < here.predecessorStart &+ here.predecessorCount, !isHere {
                let predecessor = Int(machine.pointee.predecessors[Int(edge)])
                edge &+= 1
                guard blocks.base[predecessor].isScanned else { continue }
                let vote = votes.base[argument(predecessor, number).position]
                isHere = vote.round == voteRound && vote.register == wish
            }
            if isHere { return wish }
        }
        if first.round == voteRound, first.register < 64, free & Self.bit(first.register) != 0 { return first.register }
        var edge = here.predecessorStart
        while edge < here.predecessorStart &+ here.predecessorCount {
            let predecessor = Int(machine.pointee.predecessors[Int(edge)])
            edge &+= 1
            guard blocks.base[predecessor].isScanned else { continue }
            let vote = votes.base[argument(predecessor, number).position]
            if vote.round == voteRound, vote.register < 64, free & Self.bit(vote.register) != 0 { return vote.register }
        }
        return choose(free, parameter)
    }

    // MARK: loops

    private mutating func enterLoop(_ here: MachineBlock) {
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
        // Those that are in registers stay there; parameters next; then the rest.
        placeChosen(here, previous, before, firstCall)
        if firstCall == Int32.max { keepOthers(previous, before, bounds, isVector: false) }
        if firstCall == Int32.max, machine.pointee.hasVector { keepOthers(previous, before, bounds, isVector: true) }
        if firstCall != Int32.max { storeBeforeLoop() }
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
        // Those that only a preserved register can keep come behind the others.
        let far = Int64(next.position &- index) + (survives ? 0 : 1 << 24)
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

    private mutating func placeChosen(
        _ here: MachineBlock, _ previous: InlineArray<64, VirtualRegister>, _ before: UInt64, _ firstCall: Int32
    ) {
        var number = 0
        while number < chosen.count {
            let value = chosen.base[number].value
            let vote = votes.base[value.position]
            // What is to survive calls is moved once, before the loop.
            let wantsPreserved = firstCall != Int32.max && crossesCall(values.base + value.position)
            if vote.round == voteRound, vote.register < 64, previous[Int(vote.register)] == value,
                !wantsPreserved || preserved & Self.bit(vote.register) != 0
            {
                put(value, in: vote.register, isStored: !vote.isUnstored)
            }
            number += 1
        }
        var parameter: UInt32 = 0
        while parameter < here.parameterCount {
            let register = machine.pointee.parameters[Int(here.parameterStart &+ parameter)]
            let free = freeForChosen(rankAmongChosen(register))
            if free != 0 { put(register, in: chooseForParameter(free, here, parameter), isStored: false) }
            parameter &+= 1
        }
        number = 0
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
    private func freeForChosen(_ rank: Int) -> UInt64 {
        guard rank >= 0 else { return 0 }
        let candidate = chosen.base[rank]
        let free = classMask(candidate.value) & allocatable & ~occupied
        return candidate.distance >= 1 << 24 ? free & preserved : free
    }

    private func rankAmongChosen(_ register: VirtualRegister) -> Int {
        var number = 0
        while number < chosen.count {
            if chosen.base[number].value == register { return number }
            number += 1
        }
        return -1
    }

    /// Values that the loop does not use stay in registers if all that is live in it finds room.
    private mutating func keepOthers(
        _ previous: InlineArray<64, VirtualRegister>, _ before: UInt64, _ bounds: AllocatorLoop, isVector: Bool
    ) {
        let classBits: UInt64 = isVector ? 0xFFFF_FFFF_0000_0000 : 0xFFFF_FFFF
        // What the loop needs at most for all that is not live through it without a use, and one for temporaries.
        var room = (allocatable & classBits).nonzeroBitCount - 1
        room -= Int(isVector ? bounds.pressureVector : bounds.pressureGeneral) - liveThrough(isVector: isVector)
        var mask = before & classBits
        while mask != 0, room > 0 {
            // The nearest first.
            var best = Self.noRegister
            var bestDistance = Int64.max
            var rest = mask
            while rest != 0 {
                let register = Self.lowest(rest)
                rest &= rest &- 1
                let value = previous[Int(register)]
                if !isLiveIn(value) || values.base[value.position].register != Self.noRegister
                    || values.base[value.position].isRecoverable
                {
                    mask &= ~Self.bit(register)
                } else if distance(value) < bestDistance {
                    best = register
                    bestDistance = distance(value)
                }
            }
            guard best != Self.noRegister else { return }
            mask &= ~Self.bit(best)
            let free = occupied & Self.bit(best) == 0 ? Self.bit(best) : classBits & allocatable & ~occupied
            guard free != 0 else { return }
            let value = previous[Int(best)]
            put(value, in: choose(free, value), isStored: !votes.base[value.position].isUnstored)
            room -= 1
        }
    }

    /// How many values are live through the loop that begins here without being used in it.
    private func liveThrough(isVector: Bool) -> Int {
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
