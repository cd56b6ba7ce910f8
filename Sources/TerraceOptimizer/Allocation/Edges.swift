// The edges into blocks where ways meet: what has to move, and be stored, for a block to find its values where it expects them.

import TerraceABI
import TerraceCompilation

extension Allocator {
    /// Notes what is in registers at the block's start, and makes the edges from the blocks before it.
    mutating func finishEntry(_ here: MachineBlock) {
        let number = Int(block)
        blocks.base[number].entryStart = UInt32(truncatingIfNeeded: residents.count)
        blocks.base[number].entryCount = UInt32(truncatingIfNeeded: occupied.nonzeroBitCount)
        saveResidents()
        var parameter: UInt32 = 0
        while parameter < here.parameterCount {
            let register = machine.pointee.parameters[Int(here.parameterStart &+ parameter)]
            let value = values.base + register.position
            value.pointee.entryRegister = value.pointee.register
            if here.isLoopHeader, value.pointee.register != Self.noRegister {
                reserved |= Self.bit(value.pointee.register)
            }
            if value.pointee.register != Self.noRegister {
                pending.append(
                    PendingMove(
                        position: index &+ 1, value: register, kind: .definitionStore, from: value.pointee.register))
            } else if value.pointee.useStart != value.pointee.useEnd {
                value.pointee.flags.insert(.needsSlot)
            }
            parameter &+= 1
        }
        var edge = here.predecessorStart
        while edge < here.predecessorStart &+ here.predecessorCount {
            let predecessor = machine.pointee.predecessors[Int(edge)]
            edge &+= 1
            if blocks.base[Int(predecessor)].isScanned {
                connect(predecessor, block, isBackEdge: false)
            }
        }
    }

    /// Makes the moves of an edge whose ends are both known.
    mutating func connect(_ predecessor: UInt32, _ target: UInt32, isBackEdge: Bool) {
        let from = blocks.base[Int(predecessor)]
        let to = blocks.base[Int(target)]
        let source = machine.pointee.blocks.base + Int(predecessor)
        let here = machine.pointee.blocks.base + Int(target)
        guard source.pointee.successorCount == 1,
            machine.pointee.instructions[Int(source.pointee.end) - 1].operandCount == 0
        else { return fail("an edge without a place for moves") }
        voteRound &+= 1
        blocks.base[Int(predecessor)].edgeStart = UInt32(truncatingIfNeeded: edgeMoves.count)
        var index = Int(from.exitStart)
        while index < Int(from.exitStart &+ from.exitCount) {
            let resident = residents.base[index]
            votes.base[resident.value.position] = Vote(
                round: voteRound, register: resident.register, isUnstored: !resident.isStored)
            // Behind a back edge, what is in no register has been in its slot since before the loop.
            if !isBackEdge, !resident.isStored, isLiveIn(resident.value),
                values.base[resident.value.position].register == Self.noRegister
            {
                store(resident.value, from: resident.register, source.pointee.frequency)
            }
            index += 1
        }
        index = Int(to.entryStart)
        while index < Int(to.entryStart &+ to.entryCount) {
            let resident = residents.base[index]
            index += 1
            let value = values.base + resident.value.position
            if value.pointee.flags.contains(.isParameter), value.pointee.definitionBlock == target { continue }
            let vote = votes.base[resident.value.position]
            if resident.isStored, vote.round == voteRound, vote.isUnstored {
                store(resident.value, from: vote.register, source.pointee.frequency)
            }
            addMove(resident.value, resident.value, resident.register)
        }
        var number: UInt32 = 0
        while number < here.pointee.parameterCount {
            let parameter = machine.pointee.parameters[Int(here.pointee.parameterStart &+ number)]
            let value = values.base + parameter.position
            if value.pointee.useStart != value.pointee.useEnd {
                addMove(argument(Int(predecessor), number), parameter, value.pointee.entryRegister)
            }
            number &+= 1
        }
        blocks.base[Int(predecessor)].edgeEnd = UInt32(truncatingIfNeeded: edgeMoves.count)
    }

    /// Has a value stored on the edge from a block of that frequency.
    private mutating func store(_ register: VirtualRegister, from number: UInt8, _ frequency: Float) {
        let value = values.base + register.position
        value.pointee.flags.insert(.needsSlot)
        value.pointee.evictionWeight += frequency
        edgeMoves.append(
            EdgeMove(target: register, source: register, from: number, to: Self.noRegister, isStore: true))
    }

    @inline(__always) private mutating func addMove(
        _ source: VirtualRegister, _ target: VirtualRegister, _ to: UInt8
    ) {
        let vote = votes.base[source.position]
        let from = vote.round == voteRound ? vote.register : Self.noRegister
        if from == to, from != Self.noRegister { return }
        if from == Self.noRegister { values.base[source.position].flags.insert(.needsSlot) }
        edgeMoves.append(EdgeMove(target: target, source: source, from: from, to: to))
    }
}
