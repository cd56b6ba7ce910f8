// Registers for what an instruction defines.

import TerraceABI
import TerraceCompilation

extension Allocator {
    @inline(__always) mutating func placeDefinitions(
        _ operands: UnsafeMutablePointer<Operand>, _ locations: UnsafeMutablePointer<Location>, _ count: Int,
        _ state: inout StepState
    ) {
        // What fixed uses took is free for definitions unless it is read late.
        var unusable = (state.taken & ~state.fixedUses) | state.late | (state.after & ~state.clobbered)
        var number = 0
        while number < count {
            let operand = operands[number]
            if operand.role == .define {
                if operand.place == .fixed {
                    locations[number] = Location(rawValue: UInt32(fixedRegister(operand)))
                } else {
                    let ofClass = classMask(operand.register) & allocatable
                    freeWanted(operand.register, ofClass & ~unusable, state)
                    var free = ofClass & ~occupied & ~unusable
                    if free == 0 {
                        let victim = farthest(ofClass & ~unusable)
                        if victim == Self.noRegister { return fail("no register for a definition") }
                        giveUp(victim, state)
                        free = Self.bit(victim)
                    }
                    let register = chooseForDefinition(free, operand, locations)
                    locations[number] = Location(rawValue: UInt32(register))
                    unusable |= Self.bit(register)
                }
            }
            number += 1
        }
    }

    /// Takes a value out of a register that the present instruction may read, for one of its definitions.
    private mutating func giveUp(_ number: UInt8, _ state: StepState) {
        if state.read & Self.bit(number) != 0 {
            save(number)
            release(number)
        } else {
            evict(number)
        }
    }

    /// What stands where a definition is wanted, and would be driven out from there without having been read again, leaves
    /// now.
    @inline(__always) private mutating func freeWanted(
        _ register: VirtualRegister, _ usable: UInt64, _ state: StepState
    ) {
        let value = values.base + register.position
        let hint = value.pointee.hint
        if hint != Self.noRegister, usable & occupied & Self.bit(hint) != 0 { leaveHint(register, hint, usable, state) }
        if !value.pointee.argumentOf.isNone { leaveWish(register, usable, state) }
    }

    /// The register of the next round's parameter: what is in its slot and not read before this round ends.
    private mutating func leaveWish(_ register: VirtualRegister, _ usable: UInt64, _ state: StepState) {
        let parameter = values.base + values.base[register.position].argumentOf.position
        let wish = parameter.pointee.entryRegister
        guard wish != Self.noRegister, usable & occupied & stored & Self.bit(wish) != 0 else { return }
        let here = machine.pointee.blocks.base + Int(block)
        guard here.pointee.successorCount == 1,
            machine.pointee.successors.base[Int(here.pointee.successorStart)] == parameter.pointee.definitionBlock
        else { return }
        let occupant = values.base + content[Int(wish)].position
        advance(occupant)
        if occupant.pointee.cursor < occupant.pointee.useEnd,
            uses.base[Int(occupant.pointee.cursor)].block == block
        {
            return
        }
        giveUp(wish, state)
    }

    private mutating func leaveHint(_ register: VirtualRegister, _ hint: UInt8, _ usable: UInt64, _ state: StepState) {
        let value = values.base + register.position
        let position = value.pointee.hintPosition
        guard position < Int32(truncatingIfNeeded: machine.pointee.blocks.base[Int(block)].end),
            reachableHint(usable, value) == hint
        else { return }
        let occupant = values.base + content[Int(hint)].position
        advance(occupant)
        if occupant.pointee.cursor < occupant.pointee.useEnd,
            uses.base[Int(occupant.pointee.cursor)].position <= position
        {
            return
        }
        let isStored = stored & Self.bit(hint) != 0
        if machine.pointee.instructions.base[Int(position)].flags.contains(.isCall) {
            // It could move to a register that the call preserves.
            if !isStored, worthPreserving(usable & ~occupied, occupant) != 0 { return }
        } else if !isStored || distance(content[Int(hint)]) <= 24 {
            return
        }
        giveUp(hint, state)
    }

    @inline(__always) private mutating func chooseForDefinition(
        _ free: UInt64, _ operand: Operand, _ locations: UnsafeMutablePointer<Location>
    ) -> UInt8 {
        let value = values.base + operand.register.position
        // A copy now is better than a spill at the next call.
        if crossesCall(value), worthPreserving(free, value) != 0 {
            let kept = worthPreserving(free, value)
            if operand.hint != Operand.noHint {
                let location = locations[Int(operand.hint)]
                if location.isRegister, kept & Self.bit(UInt8(truncatingIfNeeded: location.rawValue)) != 0 {
                    return UInt8(truncatingIfNeeded: location.rawValue)
                }
            }
            return Self.lowest(kept)
        }
        // Where it is wanted next, or in the loop's next round, comes before what it overwrites: many instructions need no
        // copy for that.
        let wish = wishedRegister(value)
        let wanted = wantedRegister(free, value, wish)
        if wanted != Self.noRegister { return wanted }
        if operand.hint != Operand.noHint {
            let location = locations[Int(operand.hint)]
            if location.isRegister, free & Self.bit(UInt8(truncatingIfNeeded: location.rawValue)) != 0,
                wish == Self.noRegister || reserved & Self.bit(UInt8(truncatingIfNeeded: location.rawValue)) == 0
            {
                return UInt8(truncatingIfNeeded: location.rawValue)
            }
        }
        return choose(free, operand.register)
    }

    @inline(__always) mutating func finishDefinitions(
        _ operands: UnsafeMutablePointer<Operand>, _ locations: UnsafeMutablePointer<Location>, _ count: Int,
        _ state: inout StepState
    ) {
        var number = 0
        while number < count {
            let operand = operands[number]
            if operand.role == .define || operand.role == .earlyDefine {
                let register = UInt8(truncatingIfNeeded: locations[number].rawValue)
                let value = values.base + operand.register.position
                usePreserved(register)
                if value.pointee.useStart != value.pointee.useEnd {
                    put(operand.register, in: register, isStored: value.pointee.isRecoverable)
                    pending.append(
                        PendingMove(
                            position: index &+ 1, value: operand.register, kind: .definitionStore, from: register))
                }
            }
            number += 1
        }
    }
}
