// The scan: over all instructions, forward, keeping what is in which register; every instruction gets its operands into
// place with as few moves in front of it as can be.
//
// For one instruction: registers that it claims for fixed operands, or that it destroys, are vacated; fixed operands are
// brought in; other operands are loaded or read in memory; temporaries and definitions get registers; at last the moves in
// front are put into an order. Those moves all happen "at once": sources are registers as they were before the instruction.

import TerraceABI
import TerraceCompilation

extension Allocator {
    /// Number of a register that does not exist.
    static var noRegister: UInt8 { AllocatorValue.noRegister }
    @inline(__always) static func bit(_ register: UInt8) -> UInt64 { 1 << UInt64(register & 63) }
    @inline(__always) static func lowest(_ mask: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: mask.trailingZeroBitCount)
    }
    /// The registers of a value's class.
    @inline(__always) func classMask(_ value: VirtualRegister) -> UInt64 {
        values.base[value.position].flags.contains(.isVector) ? 0xFFFF_FFFF_0000_0000 : 0xFFFF_FFFF
    }

    mutating func scan() {
        occupied = 0
        stored = 0
        arriving = 0
        callCursor = 0
        residents.count = 0
        pending.count = 0
        edgeMoves.count = 0
        slotOperands.count = 0
        votes.refill(count: values.count, with: Vote())
        voteRound = 0
        var number = 0
        while number < machine.pointee.blocks.count, failure == nil {
            let here = machine.pointee.blocks[number]
            if here.start == here.end { return fail("a block without terminator") }
            block = UInt32(truncatingIfNeeded: number)
            if loop != here.loop || here.isLoopHeader { reserved = 0 }
            loop = here.loop
            frequency = here.frequency
            index = Int32(truncatingIfNeeded: here.start) &- 1
            blocks.base[number].moveStart = UInt32(truncatingIfNeeded: pending.count)
            enterBlock(here)
            index = Int32(truncatingIfNeeded: here.start)
            while index < Int32(truncatingIfNeeded: here.end) {
                step()
                index &+= 1
            }
            index = Int32(truncatingIfNeeded: here.end) &- 1
            blocks.base[number].moveEnd = UInt32(truncatingIfNeeded: pending.count)
            leaveBlock(here)
            number += 1
        }
    }

    // MARK: next uses

    /// Moves a value's cursor behind all uses up to the present instruction.
    @inline(__always) func advance(_ value: UnsafeMutablePointer<AllocatorValue>) {
        var cursor = value.pointee.cursor
        let end = value.pointee.useEnd
        while cursor < end {
            let use = uses.base[Int(cursor)]
            if use.block > block || (use.block == block && use.position > index) { break }
            cursor &+= 1
        }
        value.pointee.cursor = cursor
    }

    /// Whether the value is needed behind the present instruction, which uses it.
    @inline(__always) func livesOn(_ register: VirtualRegister) -> Bool {
        let value = values.base + register.position
        advance(value)
        let cursor = value.pointee.cursor
        if cursor < value.pointee.useEnd {
            if uses.base[Int(cursor)].block == block || value.pointee.isRecoverable { return true }
        }
        return cursor > value.pointee.useStart && uses.base[Int(cursor) - 1].isLiveOut
    }

    /// How far the next use behind the present instruction is, in instructions; ways out of loops count as very long.
    mutating func distance(_ register: VirtualRegister) -> Int64 {
        let value = values.base + register.position
        advance(value)
        let cursor = value.pointee.cursor
        let hasNext = cursor < value.pointee.useEnd
        let hasPrevious = cursor > value.pointee.useStart
        let next = uses.base + Int(cursor)
        var loop = loop
        var levels: Int64 = 0
        while loop != Loop.none, levels < 8 {
            let info = machine.pointee.loops.base + Int(loop)
            if hasNext, next.pointee.block < info.pointee.end { break }
            if hasPrevious, value.pointee.definitionBlock < info.pointee.first || value.pointee.isRecoverable {
                let previous = uses.base + Int(cursor) - 1
                if previous.pointee.block >= info.pointee.first {
                    let bounds = loops.base[Int(loop)]
                    return levels << 16 + Int64(bounds.end &- index) + Int64(previous.pointee.position &- bounds.start)
                }
            }
            loop = info.pointee.parent
            levels += 1
        }
        guard hasNext else { return 1 << 40 }
        var result = levels << 16 + Int64(next.pointee.position &- index)
        if machine.pointee.blocks.base[Int(next.pointee.block)].isCold { result += 1 << 12 }
        return result
    }

    // MARK: choosing registers

    /// Whether the value is live across a call ahead.
    @inline(__always) mutating func crossesCall(_ value: UnsafeMutablePointer<AllocatorValue>) -> Bool {
        guard value.pointee.flags.contains(.crossesCalls) else { return false }
        while callCursor < calls.count, calls.base[callCursor] <= index { callCursor += 1 }
        return callCursor < calls.count && calls.base[callCursor] &* 2 < value.pointee.end
    }

    /// Of free registers, those that calls preserve and that the value should have: one that is used already, or a new one
    /// if the value's stores and loads would cost more than saving a register for it.
    @inline(__always) func worthPreserving(_ free: UInt64, _ value: UnsafeMutablePointer<AllocatorValue>) -> UInt64 {
        let usable = free & preserved
        if usable == 0 || value.pointee.flags.contains(.isReference) { return 0 }
        let used = usable & (UInt64(machine.pointee.usedPreserved) | 0xFFFF_FFFF_0000_0000)
        if used != 0 { return used }
        let entry = machine.pointee.blocks.base[0].frequency
        return value.pointee.useWeight + value.pointee.definitionFrequency > 3 * entry ? usable : 0
    }

    /// The register that a fixed operand ahead wants the value in, if it is free and nothing comes in between.
    @inline(__always) mutating func reachableHint(_ free: UInt64, _ value: UnsafeMutablePointer<AllocatorValue>)
        -> UInt8
    {
        let hint = value.pointee.hint
        guard hint != Self.noRegister, free & Self.bit(hint) != 0, value.pointee.hintPosition > index else {
            return Self.noRegister
        }
        while callCursor < calls.count, calls.base[callCursor] <= index { callCursor += 1 }
        let isKept =
            callCursor >= calls.count || calls.base[callCursor] >= value.pointee.hintPosition
            || preserved & Self.bit(hint) != 0
        return isKept && nextClaim(hint) >= value.pointee.hintPosition ? hint : Self.noRegister
    }

    /// Position of the next fixed operand in a register.
    @inline(__always) func nextClaim(_ register: UInt8) -> Int32 {
        var head = claimHeads[Int(register)]
        while head >= 0, claims.base[Int(head)].x <= index { head = claims.base[Int(head)].y }
        claimHeads[Int(register)] = head
        return head < 0 ? Int32.max : claims.base[Int(head)].x
    }

    /// The best register of `free`, which is not empty, for a value.
    mutating func choose(_ free: UInt64, _ register: VirtualRegister) -> UInt8 {
        let value = values.base + register.position
        if crossesCall(value) {
            let kept = worthPreserving(free, value)
            if kept != 0 { return Self.lowest(kept) }
        }
        let wish = wishedRegister(value)
        let wanted = wantedRegister(free, value, wish)
        if wanted != Self.noRegister { return wanted }
        let free = wish != Self.noRegister && free & ~reserved != 0 ? free & ~reserved : free
        let end = value.pointee.end >> 1
        if value.pointee.flags.contains(.isVector) {
            var mask = free
            while mask != 0 {
                let candidate = Self.lowest(mask)
                if nextClaim(candidate) > end { return candidate }
                mask &= mask &- 1
            }
            return Self.lowest(free)
        }
        var best = Self.noRegister
        var bestClaim: Int32 = -1
        var rank = 0
        while rank < 16 {
            let candidate = file.preference[rank]
            rank += 1
            if candidate > 31 { break }
            guard free & Self.bit(candidate) != 0 else { continue }
            let claim = nextClaim(candidate)
            if claim > end { return candidate }
            if claim > bestClaim {
                best = candidate
                bestClaim = claim
            }
        }
        return best == Self.noRegister ? Self.lowest(free) : best
    }

    /// The register of the parameter that a value becomes, if need be by way of other parameters.
    @inline(__always) func wishedRegister(_ value: UnsafeMutablePointer<AllocatorValue>) -> UInt8 {
        var parameter = value.pointee.argumentOf
        var steps = 0
        while !parameter.isNone, steps < 4 {
            let target = values.base + parameter.position
            if target.pointee.entryRegister != Self.noRegister { return target.pointee.entryRegister }
            parameter = target.pointee.argumentOf
            steps += 1
        }
        return Self.noRegister
    }

    /// Of the register of a fixed operand ahead and that of a parameter, the one that matters more often, if it is free.
    @inline(__always) mutating func wantedRegister(
        _ free: UInt64, _ value: UnsafeMutablePointer<AllocatorValue>, _ wish: UInt8
    ) -> UInt8 {
        let isWishFree = wish != Self.noRegister && free & Self.bit(wish) != 0
        if isWishFree, value.pointee.argumentFrequency > value.pointee.hintFrequency { return wish }
        let hint = reachableHint(free, value)
        return hint == Self.noRegister && isWishFree ? wish : hint
    }

    /// The register of `candidates` whose value is needed last, or none.
    mutating func farthest(_ candidates: UInt64) -> UInt8 {
        var best = Self.noRegister
        var bestDistance: Int64 = -1
        var mask = candidates & occupied
        while mask != 0 {
            let register = Self.lowest(mask)
            mask &= mask &- 1
            var far = distance(content[Int(register)]) * 4
            // Among equals, what costs nothing to drop.
            if stored & Self.bit(register) != 0 { far += 2 }
            if far > bestDistance {
                bestDistance = far
                best = register
            }
        }
        return best
    }

    // MARK: what is in registers

    @inline(__always) mutating func put(_ register: VirtualRegister, in number: UInt8, isStored: Bool) {
        content[Int(number)] = register
        values.base[register.position].register = number
        occupied |= Self.bit(number)
        if isStored { stored |= Self.bit(number) } else { stored &= ~Self.bit(number) }
        if !machineIsVector(number), preserved & Self.bit(number) != 0 {
            machine.pointee.usedPreserved |= 1 << UInt32(number)
        }
    }

    @inline(__always) func machineIsVector(_ number: UInt8) -> Bool { number >= 32 }

    /// The value in a register is in none any more.
    @inline(__always) mutating func release(_ number: UInt8) {
        values.base[content[Int(number)].position].register = Self.noRegister
        occupied &= ~Self.bit(number)
    }

    /// Sees to it that a value that leaves its register is in its slot.
    mutating func save(_ number: UInt8) {
        guard stored & Self.bit(number) == 0 else { return }
        stored |= Self.bit(number)
        let register = content[Int(number)]
        let value = values.base + register.position
        value.pointee.flags.insert(.needsSlot)
        value.pointee.evictionWeight += frequency
        let source = arriving & Self.bit(number) != 0 ? arrivalSource[Int(number)] : number
        pending.append(PendingMove(position: index, value: register, kind: .evictionStore, from: source))
    }

    /// Takes a value out of a register that the present instruction does not read.
    mutating func evict(_ number: UInt8) {
        save(number)
        arriving &= ~Self.bit(number)
        release(number)
    }

    /// Moves a value to a free register in front of the present instruction.
    mutating func relocate(_ number: UInt8, to target: UInt8) {
        let register = content[Int(number)]
        let isStored = stored & Self.bit(number) != 0
        let source = arriving & Self.bit(number) != 0 ? arrivalSource[Int(number)] : number
        arriving &= ~Self.bit(number)
        release(number)
        put(register, in: target, isStored: isStored)
        arrive(register, in: target, from: source)
    }

    /// A register gets a value in front of the present instruction.
    @inline(__always) mutating func arrive(_ register: VirtualRegister, in number: UInt8, from source: UInt8) {
        if source == Self.noRegister { values.base[register.position].flags.insert(.needsSlot) }
        arrivalValue[Int(number)] = register
        arrivalSource[Int(number)] = source
        if source == number { arriving &= ~Self.bit(number) } else { arriving |= Self.bit(number) }
    }

    /// Makes the moves that bring the present instruction's arrivals.
    mutating func emitArrivals() {
        var loads: UInt64 = 0
        var moves: UInt64 = 0
        var mask = arriving
        while mask != 0 {
            let register = Self.lowest(mask)
            mask &= mask &- 1
            if arrivalSource[Int(register)] == Self.noRegister {
                loads |= Self.bit(register)
            } else {
                moves |= Self.bit(register)
            }
        }
        arriving = 0
        while moves != 0 {
            var sources: UInt64 = 0
            mask = moves
            while mask != 0 {
                sources |= Self.bit(arrivalSource[Int(Self.lowest(mask))])
                mask &= mask &- 1
            }
            let free = moves & ~sources
            if free != 0 {
                let target = Self.lowest(free)
                moves &= ~Self.bit(target)
                pending.append(
                    PendingMove(
                        position: index, value: arrivalValue[Int(target)], kind: .copy,
                        from: arrivalSource[Int(target)], to: target))
            } else {
                breakCycle(&moves)
            }
        }
        while loads != 0 {
            let target = Self.lowest(loads)
            loads &= loads &- 1
            pending.append(
                PendingMove(position: index, value: arrivalValue[Int(target)], kind: .reload, to: target))
        }
    }

    private mutating func breakCycle(_ moves: inout UInt64) {
        let target = Self.lowest(moves)
        let source = arrivalSource[Int(target)]
        let isVector = machineIsVector(target)
        let parked = isVector ? file.scratch[1] &+ 32 : source
        var value = arrivalValue[Int(target)]
        if isVector {
            // The one that waits in `target`.
            var rest = moves
            while arrivalSource[Int(Self.lowest(rest))] != target { rest &= rest &- 1 }
            value = arrivalValue[Int(Self.lowest(rest))]
        }
        pending.append(
            PendingMove(
                position: index, value: value, kind: isVector ? .copy : .exchange,
                from: isVector ? target : source, to: isVector ? parked : target))
        if !isVector { moves &= ~Self.bit(target) }
        // What was in `target` is now where it was parked; an exchange has moved the source's old content to `target`.
        var mask = moves
        while mask != 0 {
            let register = Self.lowest(mask)
            mask &= mask &- 1
            if arrivalSource[Int(register)] == target {
                arrivalSource[Int(register)] = parked
            } else if !isVector, arrivalSource[Int(register)] == source {
                arrivalSource[Int(register)] = target
            }
            if arrivalSource[Int(register)] == register { moves &= ~Self.bit(register) }
        }
    }
}
