// Rules of blocks, branches and exception handlers.

extension FunctionValidator {
    /// The parameters and results of a block.
    @inline(__always)
    private mutating func readBlockType() throws(ModuleError) -> (parameters: TypeList, results: TypeList) {
        if !reader.isAtEnd, reader.cursor.pointee == 0x40 {
            reader.cursor += 1
            return (.empty, .empty)
        }
        return try readNonemptyBlockType()
    }

    @inline(never)
    private mutating func readNonemptyBlockType() throws(ModuleError) -> (parameters: TypeList, results: TypeList) {
        if !reader.isAtEnd, reader.cursor.pointee & 0xC0 == 0x40 {
            let type = try reader.readValueType(typeBound: typeCount)
            if checksFeatures { try require(type.feature) }
            return (.empty, TypeList(types.normalized(type)))
        }
        let index = try reader.readS33()
        guard index >= 0 else { throw malformed("malformed block type") }
        guard index < typeCount else { throw unknown("type", index) }
        // Lists of equivalent types are then the same lists.
        let entry = typeEntries[Int(typeEntries[Int(index)].canonical)]
        guard entry.kind == .function else { throw invalid("type mismatch: type \(index) is not a function type") }
        return (parameterList(entry), resultList(entry))
    }

    @inline(__always)
    mutating func enterBlock(_ kind: ControlFrame.Kind) throws(ModuleError) {
        let (parameters, results) = try readBlockType()
        if kind == .if { try pop(.i32) }
        try pop(parameters)
        try pushFrame(kind, parameters: parameters, results: results)
        try push(parameters)
    }

    mutating func enterLoop() throws(ModuleError) {
        try enterBlock(.loop)
        if recording != nil { recordLoop() }
    }

    mutating func elseBlock() throws(ModuleError) {
        let frame = frames[frameCount - 1]
        guard frame.kind == .if else { throw malformed("illegal opcode 05: else without if") }
        try popResults(frame.results)
        resetInitialized(to: frame.initializedCount)
        frames[frameCount - 1].kind = .else
        frames[frameCount - 1].isUnreachable = false
        try push(frame.parameters)
    }

    @inline(__always)
    mutating func endBlock() throws(ModuleError) {
        let frame = frames + (frameCount - 1)
        let results = frame.pointee.results
        try popResults(results)
        if frame.pointee.kind == .if { try checkMissingElse(frame.pointee) }
        resetInitialized(to: frame.pointee.initializedCount)
        frameCount -= 1
        if frameCount > 0 { floor = operands + frames[frameCount - 1].height }
        try push(results)
    }

    /// Without `else`, the parameters of an `if` are its results.
    @inline(never)
    private func checkMissingElse(_ frame: ControlFrame) throws(ModuleError) {
        var matches = frame.parameters.count == frame.results.count
        for index in 0..<frame.results.count where matches {
            matches = types.isSubtype(frame.parameters[index], frame.results[index])
        }
        if !matches { throw invalid("type mismatch: if of type \(frame.parameters) -> \(frame.results) without else") }
    }

    mutating func branchTable() throws(ModuleError) {
        let count = Int(try reader.readU32())
        // A label takes a byte at least, and the default label follows.
        guard count < reader.remaining else { throw reader.unexpectedEnd() }
        try pop(.i32)
        var previous = try readLabel()
        try check(previous)
        for _ in 0..<count {
            let label = try readLabel()
            if label == previous { continue }
            guard label.count == previous.count else {
                throw invalid("type mismatch: labels of br_table carry \(previous) and \(label)")
            }
            try check(label)
            previous = label
        }
        try pop(previous)
        setUnreachable()
    }

    mutating func branchOnNonNull() throws(ModuleError) {
        let label = try readLabel()
        let type = try popReference()
        guard label.count > 0, types.isSubtype(type.withNullability(false), label[label.count - 1]) else {
            throw invalid("type mismatch: label carries \(label), branch leaves a reference \(type)")
        }
        try pop(label.dropLast)
        try push(label.dropLast)
    }

    mutating func enterTryTable() throws(ModuleError) {
        let (parameters, results) = try readBlockType()
        try pop(parameters)
        let count = Int(try reader.readU32())
        // A clause takes two bytes at least.
        guard count <= reader.remaining / 2 else { throw reader.unexpectedEnd() }
        for _ in 0..<count { try readCatchClause() }
        try pushFrame(.tryTable, parameters: parameters, results: results)
        try push(parameters)
    }

    private mutating func readCatchClause() throws(ModuleError) {
        let kind = try reader.readByte()
        guard kind < 4 else { throw malformed("malformed catch clause") }
        // Bit 0: with the exception itself; bit 1: any exception.
        let carried = kind & 2 == 0 ? try readTagParameters() : .empty
        let hasReference = kind & 1 != 0
        let label = try readLabel()
        var matches = label.count == carried.count + (hasReference ? 1 : 0)
        for index in 0..<carried.count where matches { matches = types.isSubtype(carried[index], label[index]) }
        if hasReference && matches {
            matches = types.isSubtype(.ref(.exn, nullable: false), label[label.count - 1])
        }
        guard matches else {
            throw invalid(
                "type mismatch: catch clause gives \(carried)\(hasReference ? " and exnref" : ""), label takes \(label)"
            )
        }
    }
}
