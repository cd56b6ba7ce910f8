// How many registers each loop could use at once: whether there is room in it for what it does not use itself.

import TerraceABI

extension Allocator {
    /// Fills in the loops' pressures: one pass over the operands of loops.
    mutating func findPressure() {
        var number = 0
        while number < blocks.count {
            let here = machine.pointee.blocks.base[number]
            if here.loop != Loop.none { raise(Int(here.loop), pressure(here, UInt32(truncatingIfNeeded: number))) }
            number += 1
        }
        // Parents come first.
        number = loops.count - 1
        while number >= 0 {
            let parent = machine.pointee.loops.base[number].parent
            let loop = loops.base[number]
            if parent != Loop.none {
                raise(Int(parent), SIMD4(loop.pressureGeneral, loop.pressureVector, loop.pressureAcrossCalls, 0))
            }
            number -= 1
        }
        // The scan begins with all uses ahead.
        number = 0
        while number < values.count {
            values.base[number].cursor = values.base[number].useStart
            number += 1
        }
    }

    private mutating func raise(_ loop: Int, _ pressure: SIMD4<Int32>) {
        let loop = loops.base + loop
        loop.pointee.pressureGeneral = max(loop.pointee.pressureGeneral, pressure.x)
        loop.pointee.pressureVector = max(loop.pointee.pressureVector, pressure.y)
        loop.pointee.pressureAcrossCalls = max(loop.pointee.pressureAcrossCalls, pressure.z)
    }

    /// Most values alive at one point of a block, general ones and vectors; and most general ones across a call.
    private mutating func pressure(_ here: MachineBlock, _ number: UInt32) -> SIMD4<Int32> {
        let run = blocks.base[Int(number)]
        var live = SIMD2(run.liveInGeneral, run.liveInVector)
        var index = here.parameterStart
        while index < here.parameterStart &+ here.parameterCount {
            begin(machine.pointee.parameters.base[Int(index)], &live)
            index &+= 1
        }
        var most = live
        var acrossCalls: Int32 = 0
        var position = Int(here.start)
        while position < Int(here.end) {
            let instruction = machine.pointee.instructions.base + position
            let operands = machine.pointee.operands.base + Int(instruction.pointee.operandStart)
            let count = Int(instruction.pointee.operandCount)
            var operand = 0
            var temporaries = SIMD2<Int32>(0, 0)
            while operand < count {
                let current = operands[operand]
                if current.role.isUse { end(current.register, Int32(truncatingIfNeeded: position), number, &live) }
                operand += 1
            }
            if instruction.pointee.flags.contains(.isCall), !here.isCold { acrossCalls = max(acrossCalls, live.x) }
            operand = 0
            while operand < count {
                let current = operands[operand]
                if current.role == .temporary {
                    temporaries[values.base[current.register.position].flags.contains(.isVector) ? 1 : 0] &+= 1
                } else if !current.role.isUse {
                    begin(current.register, &live)
                }
                operand += 1
            }
            let now = live &+ temporaries
            most = SIMD2(max(most.x, now.x), max(most.y, now.y))
            position += 1
        }
        return SIMD4(most.x, most.y, acrossCalls, 0)
    }

    @inline(__always) private func begin(_ register: VirtualRegister, _ live: inout SIMD2<Int32>) {
        let value = values.base + register.position
        if value.pointee.useStart != value.pointee.useEnd, !value.pointee.isRecoverable {
            live[value.pointee.flags.contains(.isVector) ? 1 : 0] &+= 1
        }
    }

    /// A use: the last one of a block in which the value ends takes it out of the count.
    @inline(__always) private func end(
        _ register: VirtualRegister, _ position: Int32, _ block: UInt32, _ live: inout SIMD2<Int32>
    ) {
        let value = values.base + register.position
        guard !value.pointee.isRecoverable else { return }
        // Blocks outside of loops are skipped, so there may be uses in between.
        var cursor = value.pointee.cursor
        while uses.base[Int(cursor)].block < block || uses.base[Int(cursor)].position < position { cursor &+= 1 }
        let use = uses.base[Int(cursor)]
        cursor &+= 1
        value.pointee.cursor = cursor
        if !use.isLiveOut, cursor == value.pointee.useEnd || uses.base[Int(cursor)].block != block {
            live[value.pointee.flags.contains(.isVector) ? 1 : 0] &-= 1
        }
    }
}
