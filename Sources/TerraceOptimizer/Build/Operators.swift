// The loop over a body's operators: one dispatch each.

import TerraceABI
import TerraceCompilation
import WasmFormat

extension Builder {
    /// Operands in the pool from which on a function is given up: branches that carry very many operands each.
    private static var largestPool: Int { 1 << 26 }
    /// Operators that are built between two looks at whether anybody still wants the code.
    private static var operatorsPerLook: Int { 1000 }

    /// Builds from the reader's position to the function's end.
    mutating func buildOperators() throws(CompileError) {
        var isReachable = true
        var untilLook = Self.operatorsPerLook
        while control.count > 0 {
            if !isReachable { skipUnreachable() }
            untilLook &-= 1
            if untilLook == 0 {
                try cancellation.check()
                untilLook = Self.operatorsPerLook
            }
            if graph.pool.count > Self.largestPool { throw .tooLarge }
            origin.bytecodeOffset = UInt32(truncatingIfNeeded: reader.offset)
            let opcode = reader.readOpcode()
            let shape = shapes[opcode.ordinal]
            switch shape.form {
            case .unary: push(pure(opcode, shape.type, pop()))
            case .binary:
                let right = pop()
                push(pure(opcode, shape.type, pop(), right.index))
            case .ternary:
                let third = pop()
                let second = pop()
                push(pure(opcode, shape.type, pop(), second.index, third.index))
            case .trappingUnary: push(compute(Node(.trapping, shape.type, opcode, pop().index)))
            case .trappingBinary:
                let right = pop()
                push(compute(Node(.trapping, shape.type, opcode, pop().index, right.index)))
            case .many: pureMany(opcode, Int(shape.operandCount))
            case .load: isReachable = load(opcode, shape)
            case .store: isReachable = store(opcode, shape, pop())
            case .extractLane: push(pure(opcode, shape.type, pop(), UInt32(reader.readByte())))
            case .replaceLane:
                let value = pop()
                push(pure(opcode, shape.type, pop(), value.index, UInt32(reader.readByte())))
            case .special: isReachable = try buildSpecial(opcode, isReachable: isReachable)
            }
        }
    }

    /// Skips code that cannot run, up to the `end` or `else` that ends it, which is left to be read.
    private mutating func skipUnreachable() {
        var depth = 0
        while true {
            let start = reader.cursor
            let opcode = reader.readOpcode()
            let row = reader.row(of: opcode)
            switch opcode {
            case .else where depth == 0:
                reader.cursor = start
                return
            case .end:
                if depth == 0 {
                    reader.cursor = start
                    return
                }
                depth &-= 1
            default:
                if row.pointee.opensBlock {
                    depth &+= 1
                    nextConstruct &+= 1
                }
            }
            reader.skip(row.pointee.immediates)
        }
    }

    /// Operators that the table does not describe. Returns whether the code behind can be reached.
    @inline(__always)
    private mutating func buildSpecial(_ opcode: Opcode, isReachable: Bool) throws(CompileError) -> Bool {
        switch opcode {
        case .localGet: push(getLocal(reader.readU32()))
        case .localSet: setLocal(reader.readU32(), pop())
        case .localTee: setLocal(reader.readU32(), stack[stack.count &- 1])
        case .i32Const: push(constant(.i32, UInt64(UInt32(bitPattern: reader.readS32()))))
        case .i64Const: push(constant(.i64, UInt64(bitPattern: reader.readS64())))
        case .f32Const: push(constant(.f32, UInt64(reader.readF32Bits())))
        case .f64Const: push(constant(.f64, reader.readF64Bits()))
        case .block: beginBlock()
        case .loop: beginLoop()
        case .if: return beginConditional(pop())
        case .else: return beginAlternative(isReachable: isReachable)
        case .end: return endConstruct(isReachable: isReachable)
        case .br:
            branch(reader.readU32())
            return false
        case .brIf: return branchIf(pop(), reader.readU32())
        case .brTable:
            branchTable()
            return false
        case .return:
            emitReturn()
            return false
        case .unreachable:
            trapAlways(.unreachable)
            return false
        case .call: call(reader.readU32())
        case .callIndirect:
            let type = reader.readU32()
            callIndirect(typeIndex: type, tableIndex: reader.readU32())
        case .drop: stack.count &-= 1
        case .select, .selectTyped:
            if opcode == .selectTyped { reader.skipImmediates(of: opcode) }
            select()
        case .globalGet: getGlobal(reader.readU32())
        case .globalSet: setGlobal(reader.readU32())
        default: return try buildRare(opcode)
        }
        return true
    }

    @inline(never) private mutating func buildRare(_ opcode: Opcode) throws(CompileError) -> Bool {
        switch opcode {
        case .nop: break
        case .callRef: callReference(typeIndex: reader.readU32())
        case .returnCall:
            returnCall(reader.readU32())
            return false
        case .returnCallIndirect:
            let type = reader.readU32()
            returnCallIndirect(typeIndex: type, tableIndex: reader.readU32())
            return false
        case .returnCallRef:
            returnCallReference(typeIndex: reader.readU32())
            return false

        case .refNull:
            reader.skipImmediates(of: opcode)
            push(constant(.ref, 0))
        case .refIsNull: push(pure(.refIsNull, .i32, pop()))
        case .refFunc: callBuiltin(.functionReference, immediate: UInt64(reader.readU32()), result: .ref)
        case .refAsNonNull: check(Node(.nullCheck, .none, .nop, top.index))
        case .refEq:
            let right = pop()
            push(pure(.refEq, .i32, pop(), right.index))
        case .refTest: testReference(acceptsNull: false)
        case .refTestNull: testReference(acceptsNull: true)
        case .refCast: castReference(acceptsNull: false)
        case .refCastNull: castReference(acceptsNull: true)
        case .brOnCast: return branchOnCast(ifMatching: true)
        case .brOnCastFail: return branchOnCast(ifMatching: false)
        // Both hierarchies represent a value alike.
        case .anyConvertExtern, .externConvertAny: break
        case .brOnNull: return branchOnNull(reader.readU32())
        case .brOnNonNull: return branchOnNonNull(reader.readU32())

        case .tableGet: tableGet(reader.readU32())
        case .tableSet: tableSet(reader.readU32())
        case .tableSize: tableSize(reader.readU32())
        case .tableGrow: tableGrow(reader.readU32())
        case .tableFill: tableFill(reader.readU32())
        case .tableCopy:
            let destination = reader.readU32()
            tableCopy(destination: destination, source: reader.readU32())
        case .tableInit:
            let segment = reader.readU32()
            tableInit(segment: segment, table: reader.readU32())
        case .elemDrop: callBuiltin(.elementDrop, immediate: UInt64(reader.readU32()), result: .none)

        case .memorySize: memorySize(reader.readU32())
        case .memoryGrow: memoryGrow(reader.readU32())
        case .memoryFill: memoryFill(reader.readU32())
        case .memoryCopy:
            let destination = reader.readU32()
            memoryCopy(destination: destination, source: reader.readU32())
        case .memoryInit:
            let segment = reader.readU32()
            memoryInit(segment: segment, memory: reader.readU32())
        case .dataDrop: callBuiltin(.dataDrop, immediate: UInt64(reader.readU32()), result: .none)

        default: return try buildVector(opcode)
        }
        return true
    }

    /// Vector operators that the table does not describe.
    private mutating func buildVector(_ opcode: Opcode) throws(CompileError) -> Bool {
        switch opcode {
        case .v128Const:
            let bits = reader.readV128()
            push(vectorConstant(bits.low, bits.high))
        case .i8x16Shuffle:
            let pattern = reader.readShuffle()
            let index = vector(SIMD2(pattern.low, pattern.high))
            let right = pop()
            push(pure(.i8x16Shuffle, .v128, pop(), right.index, index))
        default:
            if let parts = opcode.splatOfLoad {
                guard load(parts.load, shapes[parts.load.ordinal]) else { return false }
                push(pure(parts.splat, .v128, pop()))
            } else if let parts = opcode.laneOfLoad {
                let vector = pop()
                guard load(parts.load, shapes[parts.load.ordinal]) else { return false }
                let value = pop()
                push(pure(parts.replace, .v128, vector, value.index, UInt32(reader.readByte())))
            } else if let parts = opcode.laneOfStore {
                // The lane stands behind the memory argument, and is taken out before the access.
                var ahead = reader
                ahead.skipMemoryArgument()
                let value = pure(parts.extract, parts.type, pop(), UInt32(ahead.readByte()))
                guard store(parts.store, shapes[parts.store.ordinal], value) else { return false }
                _ = reader.readByte()
            } else if opcode.strictForm != opcode {
                let isStrict = environment.unsafelyUnwrapped.deterministicRelaxedVectors
                let right = pop()
                push(pure(isStrict ? opcode.strictForm : opcode, .v128, pop(), right.index))
            } else {
                throw .unsupported(opcode.info.name, offset: Int(origin.bytecodeOffset))
            }
        }
        return true
    }

    // MARK: variables

    @inline(__always) private mutating func getLocal(_ index: UInt32) -> Value {
        if _slowPath(scan.frameLocals.count > 0), scan.frameLocals[Int(index)] != 0 {
            return place(Node(.localGet, type(locals[Int(index)]), .nop, scan.frameLocals[Int(index)] &- 1))
        }
        return locals[Int(index)]
    }

    @inline(__always) private mutating func setLocal(_ index: UInt32, _ value: Value) {
        if _slowPath(scan.frameLocals.count > 0), scan.frameLocals[Int(index)] != 0 {
            place(Node(.localSet, .none, .nop, scan.frameLocals[Int(index)] &- 1, resolve(value).index))
            return
        }
        locals[Int(index)] = value
    }

    private mutating func select() {
        let condition = pop()
        let ifFalse = pop()
        let ifTrue = pop()
        push(pure(.select, type(ifTrue), ifTrue, ifFalse.index, condition.index))
    }

    /// A global's read in the present version.
    private func globalNode(_ index: UInt32) -> Node {
        let version = globals[Int(index)].isMutable ? versions[lanes.global(index)] : 0
        return Node(.globalGet, ResultType(globals[Int(index)].type), .nop, index, version)
    }

    private mutating func getGlobal(_ index: UInt32) { push(read(globalNode(index))) }

    private mutating func setGlobal(_ index: UInt32) {
        let value = pop()
        place(Node(.globalSet, .none, .nop, index, value.index))
        change(lane: lanes.global(index))
        remember(globalNode(index), value)
    }

    /// An operator with two results.
    private mutating func pureMany(_ opcode: Opcode, _ operandCount: Int) {
        let start = UInt32(truncatingIfNeeded: graph.pool.count)
        for index in (stack.count &- operandCount)..<stack.count { graph.pool.append(stack[index]) }
        stack.count &-= operandCount
        let value = place(Node(.pureMany, .i64, opcode, start, UInt32(truncatingIfNeeded: operandCount)))
        push(value)
        push(place(Node(.result, .i64, .nop, value.index, 1)))
    }
}
