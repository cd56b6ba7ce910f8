// What is in registers where a block begins.
//
// A block with one predecessor takes over its registers. Where ways meet, a value stays in a register if ways of at least half
// the frequency have it in one. Loops are LoopHeader.swift's matter. All else is in slots: what is spilled for a loop's sake is
// spilled before it.

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
    @inline(__always) private mutating func mayStay(_ register: VirtualRegister) -> Bool {
        let value = values.base + register.position
        guard value.pointee.isRecoverable else { return false }
        advance(value)
        return value.pointee.cursor < value.pointee.useEnd
    }

    mutating func releaseEverything() {
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
    private mutating func argumentsInRegisters(_ here: MachineBlock, _ number: UInt32) -> Float {
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
    mutating func chooseForParameter(_ free: UInt64, _ here: MachineBlock, _ number: UInt32) -> UInt8 {
        let parameter = machine.pointee.parameters[Int(here.parameterStart &+ number)]
        let value = values.base + parameter.position
        var free = free
        var bad = claimedInLoop
        if value.pointee.hint != Self.noRegister { bad &= ~Self.bit(value.pointee.hint) }
        if free & ~bad != 0 { free &= ~bad }
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
}
