// Where values are used, how long they last, and which are live into a block: one pass over the operands, then for each value
// a walk from its uses back to its definition. No sets, no fixpoint: the work is the number of uses and of live-in entries.

import TerraceABI
import TerraceCompilation

extension Allocator {
    /// Bit of a fixed operand's register.
    @inline(__always) func fixedRegister(_ operand: Operand) -> UInt8 {
        values.base[operand.register.position].flags.contains(.isVector) ? operand.fixed &+ 32 : operand.fixed
    }

    /// Fills in `values`, `uses`, `calls` and `claims`.
    mutating func findUses() {
        prepareValues()
        countUses()
        calls.count = 0
        claims.count = 0
        claimHeads.update(repeating: -1, count: 64)
        claimTails.update(repeating: -1, count: 64)
        definitionOrder.count = 0
        let machine = machine
        let instructions = machine.pointee.instructions.base
        let operands = machine.pointee.operands.base
        var number: UInt32 = 0
        while Int(number) < machine.pointee.blocks.count {
            let here = machine.pointee.blocks[Int(number)]
            var index = here.parameterStart
            while index < here.parameterStart &+ here.parameterCount {
                let parameter = machine.pointee.parameters[Int(index)]
                define(parameter, Int32(truncatingIfNeeded: here.start) &* 2, number, here.frequency)
                values.base[parameter.position].flags.insert(.isParameter)
                index &+= 1
            }
            var position = Int(here.start)
            while position < Int(here.end) {
                let instruction = instructions + position
                if instruction.pointee.flags.contains(.isCall), !here.isCold {
                    calls.append(Int32(truncatingIfNeeded: position))
                    let block = blocks.base + Int(number)
                    block.pointee.firstCall = min(block.pointee.firstCall, Int32(truncatingIfNeeded: position))
                    block.pointee.lastCall = Int32(truncatingIfNeeded: position)
                }
                var operand = operands + Int(instruction.pointee.operandStart)
                let end = operand + Int(instruction.pointee.operandCount)
                while operand < end {
                    let current = operand.pointee
                    if current.role.isUse {
                        if current.place != .fixed || !isConstant(current.register) {
                            addUse(current.register, Int32(truncatingIfNeeded: position), number, here)
                        }
                        if current.place == .fixed {
                            noteFixedUse(current, Int32(truncatingIfNeeded: position), here.frequency)
                        }
                    } else {
                        define(
                            current.register, Int32(truncatingIfNeeded: position) &* 2 &+ 1, number, here.frequency)
                    }
                    if current.place == .fixed { addClaim(current, Int32(truncatingIfNeeded: position)) }
                    operand += 1
                }
                position += 1
            }
            if here.successorCount == 1 { addArguments(here, number) }
            number &+= 1
        }
        passHintsBack()
    }

    /// What becomes a value with a hint, by overwriting or as an argument, would best be in that register already.
    private mutating func passHintsBack() {
        let machine = machine
        var number = machine.pointee.blocks.count
        while number > 0 {
            number -= 1
            let here = machine.pointee.blocks.base + number
            if here.pointee.successorCount == 1 {
                let successor = machine.pointee.successors.base[Int(here.pointee.successorStart)]
                let target = machine.pointee.blocks.base + Int(successor)
                var index: UInt32 = 0
                while index < target.pointee.parameterCount {
                    passHint(
                        from: machine.pointee.parameters.base[Int(target.pointee.parameterStart &+ index)],
                        to: machine.pointee.arguments.base[Int(here.pointee.argumentStart &+ index)],
                        Int32(truncatingIfNeeded: here.pointee.end) &- 1)
                    index &+= 1
                }
            }
            var position = Int(here.pointee.end)
            while position > Int(here.pointee.start) {
                position -= 1
                let instruction = machine.pointee.instructions.base + position
                guard instruction.pointee.operandCount > 1 else { continue }
                let operands = machine.pointee.operands.base + Int(instruction.pointee.operandStart)
                if operands.pointee.hint != Operand.noHint, !operands.pointee.role.isUse {
                    passHint(
                        from: operands.pointee.register, to: operands[Int(operands.pointee.hint)].register,
                        Int32(truncatingIfNeeded: position))
                }
            }
        }
    }

    /// If the source ends where it becomes the result: else both would want one register.
    @inline(__always) private mutating func passHint(
        from result: VirtualRegister, to source: VirtualRegister, _ position: Int32
    ) {
        let result = values.base + result.position
        let source = values.base + source.position
        if source.pointee.hint == AllocatorValue.noRegister, result.pointee.hint != AllocatorValue.noRegister,
            source.pointee.useStart != source.pointee.useEnd,
            uses.base[Int(source.pointee.useEnd) - 1].position <= position
        {
            source.pointee.hint = result.pointee.hint
            source.pointee.hintPosition = result.pointee.hintPosition
            source.pointee.hintFrequency = result.pointee.hintFrequency
        }
    }

    /// Constants that go to a fixed place or to a parameter are made there; having them in a register would gain nothing, so
    /// these are no uses that count.
    @inline(__always) private func isConstant(_ register: VirtualRegister) -> Bool {
        values.base[register.position].flags.contains(.isConstant)
    }

    private mutating func prepareValues() {
        let count = machine.pointee.registers.count
        values.refill(count: count, with: AllocatorValue())
        let infos = machine.pointee.registers.base
        var index = 0
        while index < count {
            let info = infos[index]
            let value = values.base + index
            value.pointee.type = info.type
            if !info.type.isGeneral { value.pointee.flags.insert(.isVector) }
            if info.isReference { value.pointee.flags.insert(.isReference) }
            if info.origin == .constant { value.pointee.flags.formUnion([.isConstant, .isRecoverable]) }
            if info.origin == .frameSlot { value.pointee.flags.insert(.isRecoverable) }
            index += 1
        }
        loops.refill(count: machine.pointee.loops.count, with: AllocatorLoop())
        index = 0
        while index < loops.count {
            let info = machine.pointee.loops[index]
            loops.base[index].start = Int32(truncatingIfNeeded: machine.pointee.blocks[Int(info.first)].start)
            loops.base[index].end = Int32(truncatingIfNeeded: machine.pointee.blocks[Int(info.end) - 1].end)
            // Parents come first.
            loops.base[index].outermost =
                info.parent == Loop.none
                ? UInt32(truncatingIfNeeded: index) : loops.base[Int(info.parent)].outermost
            index += 1
        }
        blocks.refill(count: machine.pointee.blocks.count, with: AllocatorBlock())
    }

    private mutating func countUses() {
        let machine = machine
        let values = values.base
        var position = 0
        let instructionCount = machine.pointee.instructions.count
        while position < instructionCount {
            let instruction = machine.pointee.instructions.base + position
            var operand = machine.pointee.operands.base + Int(instruction.pointee.operandStart)
            let end = operand + Int(instruction.pointee.operandCount)
            while operand < end {
                let current = operand.pointee
                if current.role.isUse, current.place != .fixed || !isConstant(current.register) {
                    values[current.register.position].useEnd &+= 1
                }
                operand += 1
            }
            position += 1
        }
        var block = 0
        while block < machine.pointee.blocks.count {
            let here = machine.pointee.blocks[block]
            if here.successorCount == 1 {
                let target = machine.pointee.blocks[Int(machine.pointee.successors[Int(here.successorStart)])]
                var index: UInt32 = 0
                while index < target.parameterCount {
                    let argument = machine.pointee.arguments[Int(here.argumentStart &+ index)]
                    if !isConstant(argument) { values[argument.position].useEnd &+= 1 }
                    index &+= 1
                }
            }
            block += 1
        }
        var total: UInt32 = 0
        var index = 0
        while index < self.values.count {
            let count = values[index].useEnd
            values[index].useStart = total
            values[index].cursor = total
            // Grows while uses are filled in.
            values[index].useEnd = total
            total &+= count
            index += 1
        }
        uses.refill(count: Int(total), with: AllocatorUse(position: 0, blockAndLiveOut: 0))
    }

    @inline(__always) private mutating func define(
        _ register: VirtualRegister, _ begin: Int32, _ block: UInt32, _ frequency: Float
    ) {
        let value = values.base + register.position
        value.pointee.begin = begin
        value.pointee.definitionBlock = block
        value.pointee.definitionFrequency = frequency
        definitionOrder.append(register)
    }

    @inline(__always) private mutating func addUse(
        _ register: VirtualRegister, _ position: Int32, _ block: UInt32, _ here: MachineBlock
    ) {
        let loop = here.loop
        let value = values.base + register.position
        uses.base[Int(value.pointee.useEnd)] = AllocatorUse(position: position, blockAndLiveOut: block << 1)
        value.pointee.useEnd &+= 1
        value.pointee.useWeight += here.frequency
        var end = position &* 2
        if loop != Loop.none, value.pointee.definitionBlock < machine.pointee.loops.base[Int(loop)].first {
            end = loops.base[outermostLoop(loop, outside: value.pointee.definitionBlock)].end &* 2 &- 1
        }
        if end > value.pointee.end { value.pointee.end = end }
    }

    /// The outermost loop around and including `loop` that does not hold an earlier block.
    private mutating func outermostLoop(_ loop: UInt32, outside block: UInt32) -> Int {
        let infos = machine.pointee.loops.base
        let outermost = loops.base[Int(loop)].outermost
        if block < infos[Int(outermost)].first { return Int(outermost) }
        var loop = loop
        while infos[Int(loop)].parent != Loop.none, block < infos[Int(infos[Int(loop)].parent)].first {
            loop = infos[Int(loop)].parent
        }
        return Int(loop)
    }

    private mutating func noteFixedUse(_ operand: Operand, _ position: Int32, _ frequency: Float) {
        let register = fixedRegister(operand)
        let value = values.base + operand.register.position
        if value.pointee.hint == AllocatorValue.noRegister {
            value.pointee.hint = register
            value.pointee.hintPosition = position
            value.pointee.hintFrequency = frequency
        }
    }

    private mutating func addClaim(_ operand: Operand, _ position: Int32) {
        let register = Int(fixedRegister(operand))
        let number = Int32(truncatingIfNeeded: claims.count)
        claims.append(SIMD2(position, -1))
        if claimTails[register] < 0 {
            claimHeads[register] = number
        } else {
            claims.base[Int(claimTails[register])].y = number
        }
        claimTails[register] = number
    }

    private mutating func addArguments(_ here: MachineBlock, _ number: UInt32) {
        let target = machine.pointee.blocks[Int(machine.pointee.successors[Int(here.successorStart)])]
        var index: UInt32 = 0
        while index < target.parameterCount {
            let argument = machine.pointee.arguments[Int(here.argumentStart &+ index)]
            if !isConstant(argument) { addUse(argument, Int32(truncatingIfNeeded: here.end) &- 1, number, here) }
            let value = values.base + argument.position
            if here.frequency >= value.pointee.argumentFrequency {
                value.pointee.argumentFrequency = here.frequency
                value.pointee.argumentOf = machine.pointee.parameters[Int(target.parameterStart &+ index)]
            }
            index &+= 1
        }
    }
}

extension Allocator {
    /// Fills in `liveIn` and what of uses and blocks depends on it.
    mutating func findLiveness() {
        demoteIfTooMuch()
        let blockCount = machine.pointee.blocks.count
        stampIn.refill(count: blockCount, with: UInt32.max)
        stampOut.refill(count: blockCount, with: UInt32.max)
        liveInPairs.count = 0
        var index = 0
        while index < values.count {
            let value = values.base + index
            if value.pointee.useStart != value.pointee.useEnd {
                if !value.pointee.isRecoverable {
                    let last = uses.base[Int(value.pointee.useEnd) - 1]
                    if last.block == value.pointee.definitionBlock {
                        // All between the definition and here.
                        if blocks.base[Int(last.block)].firstCall < last.position,
                            hasCall(after: value.pointee.begin, before: last.position)
                        {
                            value.pointee.flags.insert(.crossesCalls)
                        }
                        index += 1
                        continue
                    }
                    explore(UInt32(truncatingIfNeeded: index))
                } else if !value.pointee.flags.contains(.isDemoted), loops.count > 0 {
                    exploreLoops(UInt32(truncatingIfNeeded: index))
                }
            }
            index += 1
        }
        sortLiveIn()
        liveStamp.refill(count: values.count, with: 0)
    }

    /// Marks the blocks between a value's uses and its definition.
    private mutating func explore(_ index: UInt32) {
        let value = values.base[Int(index)]
        let home = value.definitionBlock
        var use = value.useStart
        while use < value.useEnd {
            let block = uses.base[Int(use)].block
            if block != home, stampIn.base[Int(block)] != index { walk(block, index, home, 0, UInt32.max) }
            use &+= 1
        }
        markLiveOut(value, index)
    }

    /// The same for a value that can be had anywhere: it is live in the outermost loops that use it, from their headers on.
    private mutating func exploreLoops(_ index: UInt32) {
        let value = values.base[Int(index)]
        var use = value.useStart
        while use < value.useEnd {
            let block = uses.base[Int(use)].block
            let loop = machine.pointee.blocks.base[Int(block)].loop
            if loop != Loop.none, stampIn.base[Int(block)] != index {
                let outermost = machine.pointee.loops.base[Int(loops.base[Int(loop)].outermost)]
                walk(block, index, UInt32.max, outermost.first, outermost.end)
            }
            use &+= 1
        }
        markLiveOut(value, index)
    }

    /// Marks `block` and all blocks of `first ..< end` from which it can be reached without passing `home`.
    private mutating func walk(_ block: UInt32, _ index: UInt32, _ home: UInt32, _ first: UInt32, _ end: UInt32) {
        stampIn.base[Int(block)] = index
        liveInPairs.append(SIMD2(block, index))
        worklist.count = 0
        worklist.append(block)
        while worklist.count > 0 {
            let here = machine.pointee.blocks.base + Int(worklist.removeLast())
            var edge = here.pointee.predecessorStart
            let edgeEnd = edge &+ here.pointee.predecessorCount
            while edge < edgeEnd {
                let predecessor = machine.pointee.predecessors.base[Int(edge)]
                edge &+= 1
                guard predecessor >= first, predecessor < end else { continue }
                if stampOut.base[Int(predecessor)] != index {
                    stampOut.base[Int(predecessor)] = index
                    let lastCall = blocks.base[Int(predecessor)].lastCall
                    if lastCall >= 0,
                        predecessor != home || lastCall &* 2 > values.base[Int(index)].begin
                    {
                        values.base[Int(index)].flags.insert(.crossesCalls)
                    }
                }
                if predecessor != home, stampIn.base[Int(predecessor)] != index {
                    stampIn.base[Int(predecessor)] = index
                    liveInPairs.append(SIMD2(predecessor, index))
                    worklist.append(predecessor)
                }
            }
        }
    }

    private mutating func markLiveOut(_ value: AllocatorValue, _ index: UInt32) {
        var use = value.useStart
        while use < value.useEnd {
            let here = uses.base + Int(use)
            let block = Int(here.pointee.block)
            if stampOut.base[block] == index {
                here.pointee.blockAndLiveOut |= 1
            } else if blocks.base[block].firstCall < here.pointee.position {
                // A call of this block in front of the use: behind the definition as well?
                if here.pointee.block != value.definitionBlock || value.isRecoverable
                    || hasCall(after: value.begin, before: here.pointee.position)
                {
                    values.base[Int(index)].flags.insert(.crossesCalls)
                }
            }
            use &+= 1
        }
    }

    private mutating func hasCall(after begin: Int32, before position: Int32) -> Bool {
        var low = 0
        var high = calls.count
        while low < high {
            let middle = (low + high) / 2
            if calls.base[middle] &* 2 < begin { low = middle + 1 } else { high = middle }
        }
        return low < calls.count && calls.base[low] < position
    }

    /// Sorts `liveInPairs` by block into `liveIn`, and counts.
    private mutating func sortLiveIn() {
        let pairCount = liveInPairs.count
        var index = 0
        while index < pairCount {
            blocks.base[Int(liveInPairs.base[index].x)].liveInCount &+= 1
            index += 1
        }
        var total: UInt32 = 0
        index = 0
        while index < blocks.count {
            blocks.base[index].liveInStart = total
            total &+= blocks.base[index].liveInCount
            blocks.base[index].liveInCount = 0
            index += 1
        }
        liveIn.refill(count: pairCount, with: .none)
        index = 0
        while index < pairCount {
            let pair = liveInPairs.base[index]
            let block = blocks.base + Int(pair.x)
            liveIn.base[Int(block.pointee.liveInStart &+ block.pointee.liveInCount)] = VirtualRegister(pair.y)
            block.pointee.liveInCount &+= 1
            let flags = values.base[Int(pair.y)].flags
            if flags.contains(.isRecoverable) {
                // Wants no register.
            } else if flags.contains(.isVector) {
                block.pointee.liveInVector &+= 1
            } else {
                block.pointee.liveInGeneral &+= 1
            }
            index += 1
        }
    }

    /// Demotes the values that are used least for the blocks that they span, until no more than ``liveInLimit`` live-in
    /// entries are to be expected.
    private mutating func demoteIfTooMuch() {
        let blockCount = machine.pointee.blocks.count
        guard values.count * blockCount > liveInLimit else { return }
        // Blocks spanned, by the logarithm of blocks per use.
        var sums = InlineArray<64, Int>(repeating: 0)
        var total = 0
        var index = 0
        while index < values.count {
            let span = blockSpan(index)
            total += span
            sums[spanClass(index, span)] += span
            index += 1
        }
        guard total > liveInLimit else { return }
        var lowest = 64
        while total > liveInLimit, lowest > 1 {
            lowest -= 1
            total -= sums[lowest]
        }
        index = 0
        while index < values.count {
            let value = values.base + index
            if value.pointee.useStart != value.pointee.useEnd, spanClass(index, blockSpan(index)) >= lowest {
                if !value.pointee.isRecoverable { value.pointee.flags.formUnion([.needsSlot, .storesAtDefinition]) }
                value.pointee.flags.formUnion([.isDemoted, .isRecoverable])
                statistics.demotedValues += 1
            }
            index += 1
        }
    }

    private mutating func spanClass(_ index: Int, _ span: Int) -> Int {
        let count = Int(values.base[index].useEnd &- values.base[index].useStart)
        return count == 0 ? 0 : Int.bitWidth - (span / count).leadingZeroBitCount
    }

    /// How many blocks may have the value live in.
    private mutating func blockSpan(_ index: Int) -> Int {
        let value = values.base[index]
        guard value.useStart != value.useEnd else { return 0 }
        var last: UInt32 = 0
        var first = value.definitionBlock
        var use = value.useStart
        if value.isRecoverable { first = UInt32.max }
        while use < value.useEnd {
            let block = uses.base[Int(use)].block
            let loop = machine.pointee.blocks.base[Int(block)].loop
            if !value.isRecoverable { last = max(last, block) }
            if loop != Loop.none, value.definitionBlock < machine.pointee.loops.base[Int(loop)].first {
                let info = machine.pointee.loops.base[outermostLoop(loop, outside: value.definitionBlock)]
                last = max(last, info.end)
                first = min(first, info.first)
            }
            use &+= 1
        }
        return last > first ? Int(last &- first) : 0
    }
}
