// The loop over operators: one dispatch each. Rules of more than a few lines are methods of their own.

extension FunctionValidator {
    /// Checks operators up to the `end` of the function.
    mutating func validateCode() throws(ModuleError) {
        while true {
            opcodeStart = reader.cursor
            if reader.isAtEnd { throw missingEnd() }
            let byte = reader.cursor.pointee
            reader.cursor += 1
            let ordinal = ordinals[Int(byte)]
            if ordinal == OpcodeTable.unused {
                try validatePrefixed(byte)
                continue
            }
            if checksFeatures { try require(rows[Int(ordinal)].feature) }
            switch unsafeBitCast(ordinal, to: Opcode.self) {
            // Control
            case .unreachable: setUnreachable()
            case .nop: break
            case .block: try enterBlock(.block)
            case .loop: try enterLoop()
            case .if: try enterBlock(.if)
            case .else: try elseBlock()
            case .tryTable: try enterTryTable()
            case .end:
                try endBlock()
                if frameCount == 0 {
                    guard reader.isAtEnd else {
                        throw malformed("section size mismatch: bytes behind the end of a function")
                    }
                    return
                }
            case .br:
                try pop(try readLabel())
                setUnreachable()
            case .brIf:
                let label = try readLabel()
                try pop(.i32)
                try pop(label)
                try push(label)
            case .brTable: try branchTable()
            case .return:
                try pop(frames[0].results)
                setUnreachable()
            case .call: try call(try readFunctionIndex())
            case .callIndirect:
                let entry = try readIndirectCallee()
                try pop(parameterList(entry))
                try push(resultList(entry))
            case .callRef:
                let entry = try readReferencedCallee()
                try pop(parameterList(entry))
                try push(resultList(entry))
            case .returnCall: try returnCall(typeEntries[Int(tables.functionTypes[try readFunctionIndex()])])
            case .returnCallIndirect: try returnCall(try readIndirectCallee())
            case .returnCallRef: try returnCall(try readReferencedCallee())
            case .throw:
                try pop(try readTagParameters())
                setUnreachable()
            case .throwRef:
                try pop(.ref(.exn, nullable: true))
                setUnreachable()
            case .try, .catch, .rethrow, .delegate, .catchAll:
                throw ModuleError(
                    .unsupported, "legacy exception operators are not supported", offset: opcodeStart - reader.base)
            // Parametric
            case .drop: _ = try popAny()
            case .select: try select()
            case .selectTyped: try selectTyped()
            // Locals and globals
            case .localGet:
                let index = Int(try reader.readU32())
                guard index < localCount else { throw unknown("local", index) }
                var word = locals[index]
                if word & Self.uninitialized != 0 {
                    word = typeOfLocal(index)
                    guard word & Self.uninitialized == 0 else { throw invalid("uninitialized local \(index)") }
                }
                try push(ValueType(rawValue: word))
            case .localSet:
                let index = try readLocalForWriting()
                try pop(ValueType(rawValue: locals[index]))
            case .localTee:
                let type = ValueType(rawValue: locals[try readLocalForWriting()])
                try pop(type)
                try push(type)
            case .globalGet:
                let index = Int(try reader.readU32())
                guard index < tables.globalCount else { throw unknown("global", index) }
                try push(tables.globals[index].type)
            case .globalSet:
                let index = Int(try reader.readU32())
                guard index < tables.globalCount else { throw unknown("global", index) }
                guard tables.globals[index].isMutable else { throw invalid("immutable global \(index)") }
                try pop(tables.globals[index].type)
            // Tables
            case .tableGet:
                let table = try readTable()
                try pop(table.addressType)
                try push(table.element)
            case .tableSet:
                let table = try readTable()
                try pop(table.element)
                try pop(table.addressType)
            // Memory
            case .i32Load, .i64Load, .f32Load, .f64Load, .i32Load8S, .i32Load8U, .i32Load16S, .i32Load16U,
                .i64Load8S, .i64Load8U, .i64Load16S, .i64Load16U, .i64Load32S, .i64Load32U:
                let row = rows + Int(ordinal)
                try pop(try readMemoryArgument(naturalAlignment: row.pointee.naturalAlignment))
                try push(row.pointee.signature.result(0))
            case .i32Store, .i64Store, .f32Store, .f64Store, .i32Store8, .i32Store16, .i64Store8, .i64Store16,
                .i64Store32:
                let row = rows + Int(ordinal)
                let address = try readMemoryArgument(naturalAlignment: row.pointee.naturalAlignment)
                try pop(row.pointee.signature.operand(1))
                try pop(address)
            case .memorySize: try push(try readMemory())
            case .memoryGrow:
                let addressType = try readMemory()
                try pop(addressType)
                try push(addressType)
            // Numbers
            case .i32Const:
                _ = try reader.readS32()
                try push(.i32)
            case .i64Const:
                _ = try reader.readS64()
                try push(.i64)
            case .f32Const:
                _ = try reader.readLittleEndian32()
                try push(.f32)
            case .f64Const:
                _ = try reader.readLittleEndian64()
                try push(.f64)
            // References
            case .refNull: try push(.ref(try readHeapType(), nullable: true))
            case .refIsNull:
                _ = try popReference()
                try push(.i32)
            case .refFunc:
                let index = try readFunctionIndex()
                guard module.escapingFunctions.contains(UInt32(index)) else {
                    throw invalid("undeclared function reference")
                }
                try push(reference(Int(tables.functionTypes[index]), nullable: false))
            case .refEq:
                try pop(.ref(.eq, nullable: true))
                try pop(.ref(.eq, nullable: true))
                try push(.i32)
            case .refAsNonNull: try push(try popReference().withNullability(false))
            case .brOnNull:
                let label = try readLabel()
                let type = try popReference()
                try pop(label)
                try push(label)
                try push(type.withNullability(false))
            case .brOnNonNull: try branchOnNonNull()
            // All others take and leave numbers, as the table says.
            default: try applyPlain(rows[Int(ordinal)].signature)
            }
        }
    }

    @inline(never)
    private func missingEnd() -> ModuleError {
        let isLast = reader.offset == module.codeSection?.upperBound
        return malformed(isLast ? "unexpected end of section or function" : "END opcode expected")
    }

    /// Takes and leaves what a signature says. Addresses are those of `addressType`.
    @inline(__always)
    mutating func applyPlain(_ signature: OperandSignature, addressType: ValueType = .i32) throws(ModuleError) {
        var index = signature.operandCount
        while index > 0 {
            index -= 1
            try pop(signature.operand(index, addressType: addressType))
        }
        let results = signature.resultCount
        if results > 0 {
            try push(signature.result(0))
            if results > 1 { try push(signature.result(1)) }
        }
    }

    @inline(never)
    private mutating func validatePrefixed(_ prefix: UInt8) throws(ModuleError) {
        guard let page = OpcodePage(prefix: prefix) else { throw malformed("illegal opcode \(hexByte(prefix))") }
        let code = try reader.readU32()
        guard let opcode = Opcode.decode(page, code, ordinals) else {
            throw malformed("illegal opcode \(hexByte(prefix)) \(hexByte(code))")
        }
        let row = rows + opcode.ordinal
        if checksFeatures { try require(row.pointee.feature) }
        switch page {
        case .single: throw malformed("illegal opcode \(hexByte(prefix))")
        case .aggregate: try validateAggregate(opcode)
        case .extended: try validateExtended(opcode)
        case .vector: try validateVector(row)
        case .atomic: try validateAtomic(row)
        }
    }

    /// A local that is about to be written, and is initialised from here on.
    @inline(__always)
    private mutating func readLocalForWriting() throws(ModuleError) -> Int {
        let index = Int(try reader.readU32())
        guard index < localCount else { throw unknown("local", index) }
        if locals[index] & Self.uninitialized != 0 { initialize(local: index) }
        return index
    }

    @inline(never)
    private mutating func initialize(local index: Int) {
        guard typeOfLocal(index) & Self.uninitialized != 0 else { return }
        locals[index] &= ~Self.uninitialized
        initialized.append(UInt32(index))
    }

    @inline(__always)
    private mutating func call(_ function: Int) throws(ModuleError) {
        let entry = typeEntries[Int(tables.functionTypes[function])]
        try pop(parameterList(entry))
        try push(resultList(entry))
    }

    private mutating func readIndirectCallee() throws(ModuleError) -> TypeEntry {
        let (_, entry) = try readType(.function, "a function type")
        let table = try readTable()
        guard types.isSubtype(table.element, .funcref) else {
            throw invalid("type mismatch: call through a table of \(table.element)")
        }
        try pop(table.addressType)
        return entry
    }

    private mutating func readReferencedCallee() throws(ModuleError) -> TypeEntry {
        let (index, entry) = try readType(.function, "a function type")
        try pop(reference(index, nullable: true))
        return entry
    }

    private mutating func returnCall(_ entry: TypeEntry) throws(ModuleError) {
        let results = resultList(entry)
        let own = frames[0].results
        var matches = results.count == own.count
        for index in 0..<results.count where matches { matches = types.isSubtype(results[index], own[index]) }
        guard matches else { throw invalid("type mismatch: callee returns \(results), caller \(own)") }
        try pop(parameterList(entry))
        setUnreachable()
    }

    mutating func readTagParameters() throws(ModuleError) -> TypeList {
        let index = Int(try reader.readU32())
        guard index < tables.tagCount else { throw unknown("tag", index) }
        return parameterList(typeEntries[Int(tables.tags[index])])
    }

    private mutating func select() throws(ModuleError) {
        try pop(.i32)
        let second = try popAny()
        let first = try popAny()
        if first.isReference || second.isReference {
            throw invalid("type mismatch: select of references needs a type")
        }
        guard first == second || first.isBottom || second.isBottom else {
            throw invalid("type mismatch: select of \(first) and \(second)")
        }
        try push(first.isBottom ? second : first)
    }

    private mutating func selectTyped() throws(ModuleError) {
        let count = try reader.readU32()
        guard count == 1 else { throw invalid("invalid result arity") }
        let type = types.normalized(try reader.readValueType(typeBound: typeCount))
        try pop(.i32)
        try pop(type)
        try pop(type)
        try push(type)
    }
}
