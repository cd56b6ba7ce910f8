// Loads and stores, and what is done to whole memories and tables.

import TerraceABI
import TerraceCompilation
import WasmFormat

extension Builder {
    /// The highest static offset of an absolute access.
    private static var largestOffset: UInt64 { UInt64(Int32.max) }

    /// `load`; its address is the top operand. Returns whether the code behind can be reached.
    mutating func load(_ opcode: Opcode, _ shape: OperatorShape) -> Bool {
        let argument = reader.readMemoryArgument()
        let index = pop()
        let memory = memories[Int(argument.memory)]
        if memory.isBaseInRegister {
            let address = guardedAddress(index, UInt32(truncatingIfNeeded: argument.offset))
            let version = versions[lanes.memory(0)]
            push(load(Node(.load, shape.type, opcode, address.base.index, address.offset, version), shape))
            return true
        }
        guard let address = absoluteAddress(index, argument, memory, shape) else { return false }
        let version = versions[lanes.memory(argument.memory)]
        push(load(Node(.loadAbsolute, shape.type, opcode, address.base.index, address.offset, version), shape))
        return true
    }

    /// `store`; its address is the top operand. Returns whether the code behind can be reached.
    mutating func store(_ opcode: Opcode, _ shape: OperatorShape, _ value: Value) -> Bool {
        let argument = reader.readMemoryArgument()
        let index = pop()
        let memory = memories[Int(argument.memory)]
        if memory.isBaseInRegister {
            let address = guardedAddress(index, UInt32(truncatingIfNeeded: argument.offset))
            place(Node(.store, .none, opcode, address.base.index, address.offset, value.index))
            noteStore(.load, opcode, address, value, lane: lanes.memory(0), shape)
            return true
        }
        guard let address = absoluteAddress(index, argument, memory, shape) else { return false }
        place(Node(.storeAbsolute, .none, opcode, address.base.index, address.offset, value.index))
        noteStore(.loadAbsolute, opcode, address, value, lane: lanes.memory(argument.memory), shape)
        return true
    }

    /// The index and static offset of an access to memory 0. What the index is known to have been added goes to the offset;
    /// all accesses with constant addresses have the index 0, so that they can be told apart.
    @inline(__always) private mutating func guardedAddress(_ index: Value, _ offset: UInt32) -> (
        base: Value, offset: UInt32
    ) {
        guard folds else { return (index, offset) }
        let node = graph.nodes.base[index.position]
        if node.kind == .constant {
            let sum = UInt64(node.a) &+ UInt64(offset)
            if node.a != 0, sum <= Self.largestOffset, allowance.allows(.fold) {
                return (constant(.i32, 0), UInt32(truncatingIfNeeded: sum))
            }
        } else if node.kind == .pure, node.opcode == .i32Add, isConstant(node.b), upperBits(node.a) < 32 {
            let distance = UInt32(truncatingIfNeeded: bits(node.b))
            let sum = UInt64(distance) &+ UInt64(offset)
            // Below 2^31 both, so that the sum is the same in 32 bits and in 64.
            if distance < 1 &<< 31, sum <= Self.largestOffset, allowance.allows(.fold) {
                return (Value(node.a), UInt32(truncatingIfNeeded: sum))
            }
        }
        return (index, offset)
    }

    /// The address of an access to a memory whose base is in no register, checked unless the memory is guarded; nil if the
    /// access always traps.
    @inline(never) private mutating func absoluteAddress(
        _ index: Value, _ argument: MemoryArgument, _ memory: MemoryAccess, _ shape: OperatorShape
    ) -> (base: Value, offset: UInt32)? {
        if !memory.isGuarded {
            let (distance, isTooFar) = argument.offset.addingReportingOverflow(1 &<< UInt64(shape.widthLog2))
            if isTooFar {
                trapAlways(.memoryOutOfBounds)
                return nil
            }
            let word = UInt32(truncatingIfNeeded: graph.words.count)
            graph.words.append(distance)
            checkBounds(Node(.boundsCheck, .none, .nop, index.index, argument.memory, word))
        }
        var offset = argument.offset
        var address = memory.is64 ? index : pure(.i64ExtendI32U, .i64, index)
        if offset > Self.largestOffset {
            address = pure(.i64Add, .i64, address, constant(.i64, offset).index)
            offset = 0
        }
        // Of a guarded memory it never changes.
        let version = memory.isGuarded ? 0 : versions[VersionLanes.sizes]
        let base = number(Node(.memoryBase, .i64, .nop, argument.memory, version), upperBits: 64)
        address = pure(.i64Add, .i64, base, address.index)
        return (address, UInt32(truncatingIfNeeded: offset))
    }

    /// Places a check of bounds, unless one with the same index and at least the same distance was made on every path to here:
    /// memories do not shrink.
    private mutating func checkBounds(_ node: Node) {
        var key = node
        key.c = 0
        let entry = table.find(key)
        if table.isUsed(entry), isKnown(entry),
            graph.words[Int(entry.pointee.value)] >= graph.words[Int(node.c)], allowance.allows(.checks)
        {
            return
        }
        table.set(entry, key, Value(node.c), block)
        place(node)
    }

    // MARK: whole memories

    mutating func memorySize(_ index: UInt32) {
        let version = versions[VersionLanes.sizes]
        push(read(Node(.memorySize, memories[Int(index)].is64 ? .i64 : .i32, .nop, index, version)))
    }

    /// Pops an index or a length as 64 bits.
    private mutating func popWide(is64: Bool) -> Value { is64 ? pop() : pure(.i64ExtendI32U, .i64, pop()) }

    mutating func memoryGrow(_ index: UInt32) {
        let is64 = memories[Int(index)].is64
        let delta = popWide(is64: is64)
        let old = callBuiltin(.memoryGrow, result: .i64, constant(.i64, UInt64(index)), delta)
        push(is64 ? old : pure(.i32WrapI64, .i32, old))
    }

    mutating func memoryFill(_ index: UInt32) {
        let is64 = memories[Int(index)].is64
        let length = popWide(is64: is64)
        let value = pop()
        let destination = popWide(is64: is64)
        callBuiltin(.memoryFill, result: .none, constant(.i64, UInt64(index)), destination, value, length)
    }

    mutating func memoryCopy(destination: UInt32, source: UInt32) {
        let isDestination64 = memories[Int(destination)].is64
        let isSource64 = memories[Int(source)].is64
        transfer(
            .memoryCopy, UInt64(destination) | UInt64(source) &<< 32, isDestination64: isDestination64,
            isSource64: isSource64)
    }

    mutating func memoryInit(segment: UInt32, memory: UInt32) {
        transfer(
            .memoryInit, UInt64(memory) | UInt64(segment) &<< 32, isDestination64: memories[Int(memory)].is64,
            isSource64: false)
    }

    /// Calls a builtin that takes a destination, a source and a length from the stack.
    private mutating func transfer(_ builtin: Builtin, _ immediate: UInt64, isDestination64: Bool, isSource64: Bool) {
        // A length is of the smaller of both index types.
        let length = popWide(is64: isDestination64 && isSource64)
        let source = popWide(is64: isSource64)
        let destination = popWide(is64: isDestination64)
        callBuiltin(builtin, result: .none, constant(.i64, immediate), destination, source, length)
    }

    // MARK: tables

    mutating func tableGet(_ table: UInt32) {
        push(tableElement(table, pop()))
    }

    /// What stands in a table.
    mutating func tableElement(_ table: UInt32, _ index: Value) -> Value {
        read(Node(.tableGet, .ref, .nop, table, index.index, versions[VersionLanes.tables]))
    }

    mutating func tableSet(_ table: UInt32) {
        let value = pop()
        let index = pop()
        place(Node(.tableSet, .none, .nop, table, index.index, value.index))
        change(lane: VersionLanes.tables)
        remember(Node(.tableGet, .ref, .nop, table, index.index, versions[VersionLanes.tables]), value)
    }

    mutating func tableSize(_ table: UInt32) {
        let version = versions[VersionLanes.sizes]
        push(read(Node(.tableSize, tables[Int(table)].is64 ? .i64 : .i32, .nop, table, version)))
    }

    /// The operands are the reference and the number of elements; the builtin wants them the other way.
    mutating func tableGrow(_ table: UInt32) {
        let is64 = tables[Int(table)].is64
        let delta = popWide(is64: is64)
        let reference = pop()
        let old = callBuiltin(.tableGrow, result: .i64, constant(.i64, UInt64(table)), delta, reference)
        push(is64 ? old : pure(.i32WrapI64, .i32, old))
    }

    mutating func tableFill(_ table: UInt32) {
        let is64 = tables[Int(table)].is64
        let length = popWide(is64: is64)
        let reference = pop()
        let destination = popWide(is64: is64)
        callBuiltin(.tableFill, result: .none, constant(.i64, UInt64(table)), destination, reference, length)
    }

    mutating func tableCopy(destination: UInt32, source: UInt32) {
        transfer(
            .tableCopy, UInt64(destination) | UInt64(source) &<< 32, isDestination64: tables[Int(destination)].is64,
            isSource64: tables[Int(source)].is64)
    }

    mutating func tableInit(segment: UInt32, table: UInt32) {
        transfer(
            .tableInit, UInt64(table) | UInt64(segment) &<< 32, isDestination64: tables[Int(table)].is64,
            isSource64: false)
    }
}
