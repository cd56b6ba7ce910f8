// One instruction of the scan.

import TerraceABI
import TerraceCompilation

/// What is known of the registers while one instruction is being served. All sets are bits by register number.
struct StepState: BitwiseCopyable {
    /// Registers that the instruction needs for itself while it reads its uses.
    var before: UInt64 = 0
    /// Registers that are something else behind the instruction.
    var after: UInt64 = 0
    /// Of those, what a callee destroys: definitions may have them.
    var clobbered: UInt64 = 0
    /// Targets of fixed uses.
    var fixedUses: UInt64 = 0
    /// Registers that operands are read from: they cannot be given up in front of the instruction.
    var read: UInt64 = 0
    /// Of those, read by operands that are not fixed.
    var plainRead: UInt64 = 0
    /// Registers whose values end at the instruction.
    var leaving: UInt64 = 0
    /// Registers that are read behind definitions.
    var late: UInt64 = 0
    /// Registers of temporaries, early definitions and copies.
    var taken: UInt64 = 0
    var storedAtStart: UInt64 = 0
    var isCall = false
    var isMemoryUsed = false
}

extension Allocator {
    mutating func step() {
        let instruction = machine.pointee.instructions.base + Int(index)
        let count = Int(instruction.pointee.operandCount)
        let isCall = instruction.pointee.flags.contains(.isCall)
        if count == 0, !isCall { return }
        let start = Int(instruction.pointee.operandStart)
        let operands = machine.pointee.operands.base + start
        let locations = machine.pointee.locations.base + start
        var state = StepState()
        state.isCall = isCall
        state.isMemoryUsed = instruction.pointee.flags.contains(.hasAddress)
        state.storedAtStart = stored
        collect(operands, count, &state)
        if isCall {
            state.clobbered = allocatable & ~preserved & ~state.after
            state.after |= state.clobbered
        }
        if state.before | state.after != 0 {
            liftFixedUses(operands, count, &state)
            vacate(&state)
            if state.fixedUses != 0 { placeFixedUses(operands, locations, count, &state) }
        }
        placeUses(operands, locations, count, UInt32(truncatingIfNeeded: start), &state)
        placeTemporaries(operands, locations, count, &state)
        releaseAll(state.leaving & ~state.late & occupied)
        placeDefinitions(operands, locations, count, &state)
        releaseAll(state.leaving & state.late & occupied)
        if arriving != 0 { emitArrivals() }
        guard failure == nil else { return }
        finishDefinitions(operands, locations, count, &state)
    }

    @inline(__always) private mutating func collect(
        _ operands: UnsafeMutablePointer<Operand>, _ count: Int, _ state: inout StepState
    ) {
        var number = 0
        while number < count {
            let operand = operands[number]
            let isFixed = operand.place == .fixed
            if operand.role.isUse {
                let home = values.base[operand.register.position].register
                startRegisters[number] = home
                if home != Self.noRegister {
                    state.read |= Self.bit(home)
                    if !isFixed { state.plainRead |= Self.bit(home) }
                }
                if isFixed {
                    let target = fixedRegister(operand)
                    state.before |= Self.bit(target)
                    state.fixedUses |= Self.bit(target)
                    arrivalValue[Int(target)] = operand.register
                    if operand.role == .lateUse { state.late |= Self.bit(target) }
                }
            } else if isFixed {
                let target = Self.bit(fixedRegister(operand))
                state.after |= target
                if operand.role != .define { state.before |= target }
            }
            number += 1
        }
    }

    /// Whether a fixed use may take its value's register along.
    @inline(__always) private mutating func canFollow(_ register: VirtualRegister, _ target: UInt8, _ state: StepState)
        -> Bool
    {
        if !livesOn(register) { return true }
        if state.after & Self.bit(target) != 0 { return false }
        return !(state.isCall && values.base[register.position].flags.contains(.isReference))
    }

    /// Values that go where a fixed use wants them leave their registers first, so that they are in nobody's way.
    private mutating func liftFixedUses(
        _ operands: UnsafeMutablePointer<Operand>, _ count: Int, _ state: inout StepState
    ) {
        guard state.fixedUses != 0 else { return }
        var number = 0
        while number < count {
            let operand = operands[number]
            if operand.place == .fixed, operand.role.isUse {
                let home = values.base[operand.register.position].register
                let target = fixedRegister(operand)
                if home != Self.noRegister, home != target, !isProper(home, state),
                    canFollow(operand.register, target, state)
                {
                    release(home)
                    state.read &= ~Self.bit(home)
                    state.plainRead &= ~Self.bit(home)
                }
            }
            number += 1
        }
    }

    /// Whether a register holds already what a fixed use wants in it.
    @inline(__always) private func isProper(_ register: UInt8, _ state: StepState) -> Bool {
        state.fixedUses & Self.bit(register) != 0 && arrivalValue[Int(register)] == content[Int(register)]
    }

    /// Gets values out of registers that the instruction claims or destroys.
    private mutating func vacate(_ state: inout StepState) {
        var mask = occupied & (state.before | state.after)
        if state.isCall { mask = occupied }
        while mask != 0 {
            let register = nearestFirst(&mask, state)
            guard occupied & Self.bit(register) != 0 else { break }
            let value = content[Int(register)]
            let isClaimed = state.before & Self.bit(register) != 0 && !isProper(register, state)
            let isUsed = state.read & Self.bit(register) != 0
            let lives = isUsed ? livesOn(value) : true
            let mustLeave =
                state.after & Self.bit(register) != 0
                || (state.isCall && values.base[value.position].flags.contains(.isReference))
            if lives ? !(mustLeave || isClaimed) : !isClaimed { continue }
            let isRead = state.plainRead & Self.bit(register) != 0
            if lives {
                moveAway(register, value, isRead: isRead, isClaimed: isClaimed, &state)
            } else if isRead {
                moveToRead(register, &state)
            } else {
                // Read by fixed operands alone, which know where it was.
                release(register)
                state.read &= ~Self.bit(register)
            }
        }
    }

    /// Of a call's values, those needed soonest come first, for few registers survive it.
    @inline(__always) private mutating func nearestFirst(_ mask: inout UInt64, _ state: StepState) -> UInt8 {
        mask &= occupied
        if mask == 0 { return 63 }
        var best = Self.lowest(mask)
        if state.isCall, mask & (mask &- 1) != 0 {
            var bestDistance = Int64.max
            var rest = mask
            while rest != 0 {
                let register = Self.lowest(rest)
                rest &= rest &- 1
                let far = distance(content[Int(register)])
                if far < bestDistance {
                    best = register
                    bestDistance = far
                }
            }
        }
        mask &= ~Self.bit(best)
        return best
    }

    /// A value that lives on has to leave its register.
    private mutating func moveAway(
        _ register: UInt8, _ value: VirtualRegister, isRead: Bool, isClaimed: Bool, _ state: inout StepState
    ) {
        var free = classMask(value) & allocatable & ~occupied & ~state.before & ~state.after & ~state.taken
        if state.isCall, values.base[value.position].flags.contains(.isReference) { free = 0 }
        if state.isCall, free != 0 { free = worthPreserving(free, values.base + value.position) }
        let isFree = stored & Self.bit(register) != 0
        if free != 0, !(isFree && !isRead && distance(value) > 24) {
            relocateRead(register, to: choose(free, value), &state)
        } else if !isRead {
            state.read &= ~Self.bit(register)
            evict(register)
        } else {
            save(register)
            if isClaimed {
                moveToRead(register, &state)
            } else {
                state.leaving |= Self.bit(register)
            }
        }
    }

    /// A value that ends here stands where the instruction wants something else: any register will do until it is read.
    private mutating func moveToRead(_ register: UInt8, _ state: inout StepState) {
        let value = content[Int(register)]
        var free = classMask(value) & allocatable & ~occupied & ~state.before & ~state.taken
        if free == 0 {
            let victim = farthest(classMask(value) & allocatable & ~state.read & ~state.before)
            if victim == Self.noRegister { return fail("no register to move an operand to") }
            evict(victim)
            free = Self.bit(victim)
        }
        let better = free & ~state.after
        let target = choose(better != 0 ? better : free, value)
        relocateRead(register, to: target, &state)
        state.leaving |= Self.bit(target)
    }

    private mutating func relocateRead(_ register: UInt8, to target: UInt8, _ state: inout StepState) {
        relocate(register, to: target)
        if state.read & Self.bit(register) != 0 {
            state.read = state.read & ~Self.bit(register) | Self.bit(target)
        }
        if state.plainRead & Self.bit(register) != 0 {
            state.plainRead = state.plainRead & ~Self.bit(register) | Self.bit(target)
        }
    }

    private mutating func placeFixedUses(
        _ operands: UnsafeMutablePointer<Operand>, _ locations: UnsafeMutablePointer<Location>, _ count: Int,
        _ state: inout StepState
    ) {
        var number = 0
        while number < count {
            let operand = operands[number]
            if operand.place == .fixed, operand.role.isUse {
                let target = fixedRegister(operand)
                let source = startRegisters[number]
                locations[number] = Location(rawValue: UInt32(target))
                if values.base[operand.register.position].register != target {
                    arrive(operand.register, in: target, from: source)
                    if values.base[operand.register.position].register == Self.noRegister,
                        canFollow(operand.register, target, state)
                    {
                        let isStored = source == Self.noRegister || state.storedAtStart & Self.bit(source) != 0
                        put(operand.register, in: target, isStored: isStored)
                    }
                }
                if values.base[operand.register.position].register == target {
                    state.read |= Self.bit(target)
                    if !livesOn(operand.register) { state.leaving |= Self.bit(target) }
                }
                state.taken |= Self.bit(target)
                usePreserved(target)
            }
            number += 1
        }
    }

    /// Notes that code writes a register that the callee must preserve.
    @inline(__always) func usePreserved(_ number: UInt8) {
        if number < 32, preserved & Self.bit(number) != 0 { machine.pointee.usedPreserved |= 1 << UInt32(number) }
    }

    @inline(__always) private mutating func placeUses(
        _ operands: UnsafeMutablePointer<Operand>, _ locations: UnsafeMutablePointer<Location>, _ count: Int,
        _ start: UInt32, _ state: inout StepState
    ) {
        var number = 0
        while number < count {
            let operand = operands[number]
            if operand.role.isUse, operand.place != .fixed {
                let isLate = operand.role == .lateUse
                var home = values.base[operand.register.position].register
                if home == Self.noRegister {
                    if operand.place == .registerOrMemory, !state.isMemoryUsed, prefersMemory(operand.register) {
                        state.isMemoryUsed = true
                        readMemory(operand.register, locations + number, start &+ UInt32(truncatingIfNeeded: number))
                        number += 1
                        continue
                    }
                    home = load(operand.register, isLate: isLate, &state)
                    if home == Self.noRegister { return }
                } else if isLate, state.after & Self.bit(home) != 0 {
                    // What ends here is nowhere afterwards, whether or not something takes its register.
                    if !livesOn(operand.register) { state.leaving |= Self.bit(home) }
                    home = copyForLateUse(operand.register, home, &state)
                    if home == Self.noRegister { return }
                }
                locations[number] = Location(rawValue: UInt32(home))
                state.read |= Self.bit(home)
                if isLate { state.late |= Self.bit(home) }
                if values.base[operand.register.position].register == home, !livesOn(operand.register) {
                    state.leaving |= Self.bit(home)
                }
            }
            number += 1
        }
    }

    /// Whether a value in memory is better read there than loaded.
    private mutating func prefersMemory(_ register: VirtualRegister) -> Bool {
        if !livesOn(register) || distance(register) > 12 { return true }
        let value = values.base + register.position
        guard crossesCall(value) else { return false }
        // A call comes before it is needed again.
        let cursor = value.pointee.cursor
        if cursor == value.pointee.useEnd { return loop != Loop.none && machine.pointee.loops.base[Int(loop)].hasCall }
        return uses.base[Int(cursor)].position > calls.base[callCursor]
    }

    private mutating func readMemory(
        _ register: VirtualRegister, _ location: UnsafeMutablePointer<Location>, _ number: UInt32
    ) {
        if values.base[register.position].flags.contains(.isConstant) {
            location.pointee = .constant
        } else {
            values.base[register.position].flags.insert(.needsSlot)
            slotOperands.append(number)
            location.pointee = .none
        }
        statistics.foldedOperands += 1
    }

    /// Loads a value into a register for the present instruction.
    private mutating func load(_ register: VirtualRegister, isLate: Bool, _ state: inout StepState) -> UInt8 {
        let ofClass = classMask(register) & allocatable
        let unusable = state.before | state.taken | (isLate ? state.after : 0)
        var free = ofClass & ~occupied & ~unusable
        if free == 0 {
            let victim = farthest(ofClass & ~unusable & ~state.read)
            if victim == Self.noRegister {
                fail("no register to load an operand into")
                return victim
            }
            evict(victim)
            free = Self.bit(victim)
        }
        let lives = livesOn(register)
        if lives, free & ~state.after != 0 { free &= ~state.after }
        let number = choose(free, register)
        put(register, in: number, isStored: true)
        arrive(register, in: number, from: Self.noRegister)
        if !lives || state.after & Self.bit(number) != 0
            || (state.isCall && values.base[register.position].flags.contains(.isReference))
        {
            state.leaving |= Self.bit(number)
        }
        return number
    }

    /// A value that is read late stands in a register that is written early.
    private mutating func copyForLateUse(_ register: VirtualRegister, _ home: UInt8, _ state: inout StepState) -> UInt8
    {
        let usable = classMask(register) & allocatable & ~state.before & ~state.after & ~state.taken
        var free = usable & ~occupied
        if free == 0 {
            let victim = farthest(usable & ~state.read)
            if victim == Self.noRegister {
                fail("no register for an operand that is read late")
                return victim
            }
            evict(victim)
            free = Self.bit(victim)
        }
        let number = Self.lowest(free)
        let source = arriving & Self.bit(home) != 0 ? arrivalSource[Int(home)] : home
        arrive(register, in: number, from: source)
        state.taken |= Self.bit(number)
        usePreserved(number)
        return number
    }

    @inline(__always) private mutating func placeTemporaries(
        _ operands: UnsafeMutablePointer<Operand>, _ locations: UnsafeMutablePointer<Location>, _ count: Int,
        _ state: inout StepState
    ) {
        var number = 0
        while number < count {
            let operand = operands[number]
            if operand.role == .temporary || operand.role == .earlyDefine {
                if operand.place == .fixed {
                    let fixed = fixedRegister(operand)
                    locations[number] = Location(rawValue: UInt32(fixed))
                    state.taken |= Self.bit(fixed)
                    usePreserved(fixed)
                } else {
                    let ofClass = classMask(operand.register) & allocatable
                    let unusable = state.before | state.after & ~state.clobbered | state.taken | state.read
                    var free = ofClass & ~occupied & ~unusable
                    if free == 0 {
                        let victim = farthest(ofClass & ~unusable)
                        if victim == Self.noRegister { return fail("no register for a temporary") }
                        evict(victim)
                        free = Self.bit(victim)
                    }
                    let register = choose(free, operand.register)
                    locations[number] = Location(rawValue: UInt32(register))
                    state.taken |= Self.bit(register)
                    usePreserved(register)
                }
            }
            number += 1
        }
    }

    @inline(__always) private mutating func releaseAll(_ registers: UInt64) {
        var mask = registers
        while mask != 0 {
            release(Self.lowest(mask))
            mask &= mask &- 1
        }
    }
}
