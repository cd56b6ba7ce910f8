// Expressions: code that leaves one value.

import WasmFormat

extension FunctionGenerator {
    /// An expression of a type, with about `size` operators.
    mutating func expression(_ kind: ValueKind, size: Int, _ outer: inout SeededRandom) {
        var random = outer.fork()
        if omits(random) { return zero(kind) }
        guard size > 0 else { return leaf(kind, &random) }
        if kind == .funcref { return reference(size: size, &random) }
        if kind == .externref { return externalReference(size: size, &random) }
        switch random.pick(weights: [100, 8, 10, 7, 5, 6, 3, 8, 4, 10, 6, 2, 12]) {
        case 0: plain(kind, size: size, &random)
        case 1:
            let targets = writableLocals(kind)
            guard !targets.isEmpty else { return plain(kind, size: size, &random) }
            expression(kind, size: size - 1, &random)
            emit(.localTee, random.pick(targets))
        case 2: load(kind, size: size, &random)
        case 3:
            expression(kind, size: size / 3, &random)
            expression(kind, size: size / 3, &random)
            condition(size: size / 3, &random)
            if random.chance(percent: 30) {
                emit(.selectTyped, 1)
                code.append(kind.code)
            } else {
                emit(.select)
            }
        case 4: block([kind], size: size, &random)
        case 5: conditional([kind], size: size, &random)
        case 6: loop([kind], size: size, &random)
        case 7: call(yielding: kind, size: size, &random)
        case 8:
            // More results than wanted: the others go where they may.
            var kinds = [kind]
            kinds += plan.kinds(upTo: 4, &random)
            if random.chance(percent: 50) {
                block(kinds, size: size, &random)
            } else {
                conditional(kinds, size: size, &random)
            }
            consume(Array(kinds.dropFirst()), &random)
        case 9:
            // The value waits on the stack while other things happen.
            expression(kind, size: size / 3, &random)
            statements(size: size * 2 / 3, &random)
        case 10:
            guard let depth = label(accepting: [kind], &random) else { return plain(kind, size: size, &random) }
            expression(kind, size: size / 2, &random)
            condition(size: size / 3, &random)
            emit(.brIf, depth)
        case 11: terminator(size: size, &random)
        default: leaf(kind, &random)
        }
    }

    /// An i32 that is as often zero as not.
    mutating func condition(size: Int, _ random: inout SeededRandom) {
        guard size > 0, random.chance(percent: 60) else { return expression(.i32, size: size, &random) }
        let operators: [Opcode] = [
            .i32Eqz, .i32Eq, .i32Ne, .i32LtS, .i32LtU, .i32GtS, .i32GtU, .i32LeS, .i32LeU, .i32GeS, .i32GeU, .i64Eqz,
            .i64Eq,
            .i64Ne, .i64LtS, .i64LtU, .i64GtS, .i64GtU, .i64LeS, .i64LeU, .i64GeS, .i64GeU, .f32Eq, .f32Ne, .f32Lt,
            .f32Gt,
            .f32Le, .f32Ge, .f64Eq, .f64Ne, .f64Lt, .f64Gt, .f64Le, .f64Ge,
        ]
        if plan.options.idioms, random.chance(percent: 25), bitCondition(&random) { return }
        let opcode = random.pick(operators)
        for operand in opcode.info.signature.operands().compactMap(ValueKind.init) {
            expression(operand, size: size / 2 - 1, &random)
        }
        emit(opcode)
        if random.chance(percent: 15) { emit(.i32Eqz) }
    }

    // MARK: leaves

    mutating func leaf(_ kind: ValueKind, _ random: inout SeededRandom) {
        let readable = readableLocals(kind)
        if !readable.isEmpty, random.chance(percent: 60) {
            // Few locals are used often, as in real code.
            let index = random.chance(percent: 50) ? random.below(min(readable.count, 6)) : random.below(readable.count)
            emit(.localGet, readable[index])
            return
        }
        let globals = globals(kind, mutable: false)
        if !globals.isEmpty, random.chance(percent: kind == .externref ? 70 : 20) {
            emit(.globalGet, random.pick(globals))
            return
        }
        if plan.options.customPageSizes, kind == .i32 || kind == .i64, random.chance(percent: 6) {
            return memorySize(kind, &random)
        }
        constant(kind, &random)
    }

    mutating func constant(_ kind: ValueKind, _ random: inout SeededRandom) {
        switch kind {
        case .i32: constant(i32: Int32(truncatingIfNeeded: interestingInteger(&random)))
        case .i64: constant(i64: interestingInteger(&random))
        case .f32: constant(f32: interestingFloat(&random).bitPattern)
        case .f64: constant(f64: interestingDouble(&random).bitPattern)
        case .v128:
            if plan.options.relaxedVectors, random.chance(percent: 40) {
                let lanes = extremeLanes(&random)
                return constant(v128: lanes, random.chance(percent: 50) ? lanes : extremeLanes(&random))
            }
            switch random.below(4) {
            case 0: constant(v128: 0, 0)
            case 1: constant(v128: ~0, ~0)
            case 2: constant(v128: random.next(), random.next())
            default:
                let low =
                    UInt64(interestingFloat(&random).bitPattern) | UInt64(interestingFloat(&random).bitPattern) << 32
                constant(v128: low, interestingDouble(&random).bitPattern)
            }
        case .funcref:
            if random.chance(percent: 70) {
                emit(.refFunc, plan.index(ofFunction: random.below(plan.functions.count)))
            } else {
                zero(.funcref)
            }
        case .externref: zero(.externref)
        }
    }

    /// Eight bytes of extreme numbers: where saturation and signs matter.
    private func extremeLanes(_ random: inout SeededRandom) -> UInt64 {
        let bytes = random.pick([
            [0x80, 0x80], [0x80, 0x80], [0x80, 0x80], [0x80, 0x7F], [0x7F, 0x7F], [0xFF, 0x80], [0x00, 0x80],
            [0xFF, 0x7F], [0x01, 0xFF], [0x81, 0x80],
        ])
        // Pairs of bytes, words, or one number: a pattern, or changing lanes.
        return (0..<4).reduce(0) { lanes, _ in
            let pair = random.chance(percent: 85) ? bytes : [random.below(256), random.below(256)]
            return lanes << 16 | UInt64(pair[1] << 8 | pair[0])
        }
    }

    private func interestingInteger(_ random: inout SeededRandom) -> Int64 {
        switch random.below(6) {
        case 0: Int64(random.below(5)) - 2
        case 1: random.pick([7, 8, 16, 31, 32, 33, 63, 64, 127, 128, 255, 256, 65535, 65536])
        case 2:
            random.pick([
                Int64(Int32.min), Int64(Int32.max), .min, .max, 0xFFFF_FFFF, 0x1_0000_0000, Int64(Int32.min) - 1,
                Int64(Int32.max) + 1, .min + 1,
            ])
        case 3: 1 << Int64(random.below(64))
        case 4: Int64(truncatingIfNeeded: random.next() >> UInt64(random.below(64)))
        default: Int64(random.below(1000))
        }
    }

    private func interestingDouble(_ random: inout SeededRandom) -> Double {
        switch random.below(5) {
        case 0: random.pick([0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, .infinity, -.infinity])
        case 1: Double(bitPattern: 0x7FF8_0000_0000_0000)
        case 2:
            random.pick([
                2_147_483_647, 2_147_483_648, -2_147_483_648, -2_147_483_649, 4_294_967_295, 4_294_967_296, 0x1p63,
                -0x1p63,
                0x1p64, 0x1.fffffffffffffp62, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
                4_294_967_295.5, -0.99999,
            ])
        case 3: Double(random.below(2000) - 1000) / 8
        default: quiet(Double(bitPattern: random.next()))
        }
    }

    private func interestingFloat(_ random: inout SeededRandom) -> Float {
        switch random.below(4) {
        case 0:
            random.pick([0, -0.0, 1, -1, 0.5, 1.5, 2.5, .infinity, -.infinity, 0x1p31, 0x1p32, 0x1p63, 0x1p64, -0x1p31])
        case 1: Float(bitPattern: 0x7FC0_0000)
        case 2: Float(random.below(2000) - 1000) / 8
        default:
            random.chance(percent: 50)
                ? Float(random.below(1 << 24)) * 0x1p10
                : { $0.isNaN ? 3 : $0 }(Float(bitPattern: UInt32(truncatingIfNeeded: random.next())))
        }
    }

    private func quiet(_ value: Double) -> Double { value.isNaN ? 7 : value }

    private mutating func reference(size: Int, _ random: inout SeededRandom) {
        if random.chance(percent: 30) {
            expression(plan.tableIs64 ? .i64 : .i32, size: size / 2, &random)
            tableConstant(3)
            emit(plan.tableIs64 ? .i64And : .i32And)
            emit(.tableGet, 0)
        } else {
            leaf(.funcref, &random)
        }
        if plan.options.furtherTables, random.chance(percent: 10) { emit(.refAsNonNull) }
    }

    /// An external reference, sometimes by way of the `any` hierarchy.
    private mutating func externalReference(size: Int, _ random: inout SeededRandom) {
        let tables = plan.furtherTables.indices.filter { plan.furtherTables[$0].kind == .externref }
        if !tables.isEmpty, random.chance(percent: 35) {
            let table = plan.furtherTables[random.pick(tables)]
            let index = random.below(table.count + (random.chance(percent: 5) ? 20 : 0))
            if table.is64 { constant(i64: Int64(index)) } else { constant(i32: Int32(index)) }
            emit(.tableGet, 1 + random.pick(tables.filter { plan.furtherTables[$0].is64 == table.is64 }))
        } else {
            leaf(.externref, &random)
        }
        if plan.options.references, random.chance(percent: 15) {
            emit(.anyConvertExtern)
            emit(.externConvertAny)
        }
        if random.chance(percent: 5) { emit(.refAsNonNull) }
    }

    // MARK: operators

    private mutating func plain(_ kind: ValueKind, size: Int, _ random: inout SeededRandom) {
        if kind == .i32, random.chance(percent: 6) { return special(size: size, &random) }
        if plan.options.exactNaNs, random.chance(percent: 4), observeFloat(kind, size: size, &random) { return }
        if plan.options.idioms, kind == .i32 || kind == .i64, random.chance(percent: 20), idiom(kind, &random) {
            return
        }
        let operation = random.pick(plan.catalog.byResult[Int(kind.rawValue)])
        if operation.isRelaxed, operation.operands.count > 1, random.chance(percent: 30) {
            // Where the results would differ from machine to machine.
            let lanes = extremeLanes(&random)
            let areEqual = random.chance(percent: 40)
            for _ in operation.operands { constant(v128: lanes, areEqual ? lanes : extremeLanes(&random)) }
            emit(operation.opcode)
            if let equality = operation.laneEquality { canonicalizeLanes(equality) }
            return
        }
        let rest = size - 1
        // Lopsided trees keep many values waiting.
        let share = operation.operands.count == 1 ? 100 : random.pick([10, 50, 90])
        for (index, operand) in operation.operands.enumerated() {
            let part = index == 0 ? rest * share / 100 : rest * (100 - share) / 100 / (operation.operands.count - 1)
            expression(operand, size: part, &random)
            if index == operation.observedOperand { canonicalize(operand) }
        }
        if operation.mayTrap, random.chance(percent: 92) { makeSafe(operation, &random) }
        emit(operation.opcode)
        if operation.laneCount > 0 { code.append(UInt8(random.below(operation.laneCount))) }
        if operation.hasShuffle {
            for _ in 0..<16 { code.append(UInt8(random.below(random.chance(percent: 80) ? 32 : 16))) }
        }
        if let equality = operation.laneEquality { canonicalizeLanes(equality) }
    }

    /// Changes the last operand on the stack so that the operator behind will not trap.
    private mutating func makeSafe(_ operation: PlainOperator, _ random: inout SeededRandom) {
        switch operation.operands.last {
        case .i32:
            if random.chance(percent: 30) {
                emit(.drop)
                constant(i32: Int32(truncatingIfNeeded: interestingInteger(&random) & 0x7FFF_FFFF | 1))
            } else {
                constant(i32: 0x7FFF_FFFF)
                emit(.i32And)
                constant(i32: 1 << Int32(random.below(8)))
                emit(.i32Or)
            }
        case .i64:
            if random.chance(percent: 30) {
                emit(.drop)
                constant(i64: interestingInteger(&random) & .max | 1)
            } else {
                constant(i64: .max)
                emit(.i64And)
                constant(i64: 1 << Int64(random.below(40)))
                emit(.i64Or)
            }
        case .f32:
            emit(.i32TruncSatF32U)
            constant(i32: 0x7FFF_FFFF)
            emit(.i32And)
            emit(.f32ConvertI32S)
            constant(f32: Float(0.5).bitPattern)
            emit(.f32Mul)
        case .f64:
            emit(.i32TruncSatF64U)
            constant(i32: 0x7FFF_FFFF)
            emit(.i32And)
            emit(.f64ConvertI32S)
            constant(f64: 0.75.bitPattern)
            emit(.f64Mul)
        default: break
        }
    }

    /// A heap type of functions: any, none, or those of one type.
    mutating func heapType(_ random: inout SeededRandom) {
        switch random.below(6) {
        case 0: code.append(0x70)
        case 1: code.append(0x73)
        default:
            let signature = random.pick(plan.functions)
            code.appendSigned(Int64(plan.typeIndex(signature, level: plan.level(&random))))
        }
    }

    /// Integers from memories, tables and references.
    private mutating func special(size: Int, _ random: inout SeededRandom) {
        switch random.below(plan.options.references ? plan.options.externalReferences ? 7 : 6 : 5) {
        case 6:
            if random.chance(percent: 10) {
                for type: UInt8 in [0x6D, 0x71] {
                    emit(.refNull)
                    code.append(type)
                }
                return emit(.refEq)
            }
            expression(.externref, size: size - 1, &random)
            switch random.below(3) {
            case 0: emit(.refIsNull)
            case 1:
                emit(random.chance(percent: 50) ? .refTest : .refTestNull)
                code.append(random.chance(percent: 50) ? 0x6F : 0x72)
            default:
                emit(.anyConvertExtern)
                emit(random.chance(percent: 50) ? .refTest : .refTestNull)
                code.append(random.pick([0x6E, 0x6D, 0x6C, 0x6B, 0x6A, 0x71]))
            }
        case 5:
            expression(.funcref, size: size - 1, &random)
            emit(random.chance(percent: 50) ? .refTest : .refTestNull)
            heapType(&random)
        case 0:
            let memory = random.below(plan.memories.count)
            emit(.memorySize, memory)
            if plan.memories[memory].is64 { emit(.i32WrapI64) }
        case 1:
            let memory = random.below(plan.memories.count)
            if plan.options.customPageSizes { return growByAnyAmount(memory, &random) }
            let pages = random.chance(percent: 80) ? random.below(2) : 100_000
            if plan.memories[memory].is64 { constant(i64: Int64(pages)) } else { constant(i32: Int32(pages)) }
            emit(.memoryGrow, memory)
            if plan.memories[memory].is64 { emit(.i32WrapI64) }
        case 2:
            expression(.funcref, size: size - 1, &random)
            emit(.refIsNull)
        case 3:
            emit(.tableSize, 0)
            if plan.tableIs64 { emit(.i32WrapI64) }
        default:
            expression(.funcref, size: size / 2, &random)
            tableConstant(random.below(3))
            emit(.tableGrow, 0)
            if plan.tableIs64 { emit(.i32WrapI64) }
        }
    }

    // MARK: memory

    /// An address, mostly in bounds; returns the offset to use.
    mutating func address(memory: Int, size: Int, _ random: inout SeededRandom) -> UInt64 {
        let is64 = plan.memories[memory].is64
        let reach = plan.memories[memory].minimumBytes
        if plan.options.customPageSizes, random.chance(percent: 20) { return addressNearEnd(memory, &random) }
        let wild = random.chance(percent: 3)
        if random.chance(percent: 15) {
            let value = wild ? interestingInteger(&random) : Int64(random.below(min(65_000, reach)))
            if is64 { constant(i64: value) } else { constant(i32: Int32(truncatingIfNeeded: value)) }
        } else {
            expression(is64 ? .i64 : .i32, size: size, &random)
            if !wild {
                let mask = random.pick([0x3F, 0xFFF, 0x7FFF, 0xFE00].filter { $0 < reach })
                if is64 {
                    constant(i64: Int64(mask))
                    emit(.i64And)
                } else {
                    constant(i32: Int32(mask))
                    emit(.i32And)
                }
            }
        }
        if wild, is64, random.chance(percent: 30) {
            return random.pick([.max, .max - 7, 1 << 32, 1 << 40, 1 << 63, 0xFFFF_FFFF_FFFF_0000])
        }
        if wild, random.chance(percent: 30) {
            return random.pick([0x7FFF_FFF0, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF, 0x1_0000])
        }
        return UInt64(random.pick([0, 0, 0, 1, 4, 8, random.below(64), random.below(480)]))
    }

    mutating func memoryArgument(_ operation: MemoryOperator, memory: Int, offset: UInt64, _ random: inout SeededRandom)
    {
        emit(operation.opcode)
        let alignment = random.below(operation.alignment + 1)
        if memory > 0 || random.chance(percent: 2) && plan.memories.count > 1 {
            code.appendUnsigned(alignment | 0x40)
            code.appendUnsigned(memory)
        } else {
            code.appendUnsigned(alignment)
        }
        code.appendUnsigned(offset)
        if operation.hasLane { code.append(UInt8(random.below(16 >> operation.alignment))) }
    }

    private mutating func load(_ kind: ValueKind, size: Int, _ random: inout SeededRandom) {
        let operation = random.pick(plan.catalog.loads[Int(kind.rawValue)])
        let memory = random.below(plan.memories.count)
        let offset = address(memory: memory, size: size / (operation.value == nil ? 1 : 2), &random)
        if let value = operation.value { expression(value, size: size / 2, &random) }
        memoryArgument(operation, memory: memory, offset: offset, &random)
    }

    mutating func store(size: Int, _ random: inout SeededRandom) {
        let operation = random.pick(plan.catalog.stores)
        let memory = random.below(plan.memories.count)
        let offset = address(memory: memory, size: size / 2, &random)
        if let value = operation.value {
            expression(value, size: size / 2, &random)
            canonicalize(value)
        }
        memoryArgument(operation, memory: memory, offset: offset, &random)
    }
}
