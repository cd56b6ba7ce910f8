// Calls of every kind, and the ends of blocks.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat

extension Selector {
    // MARK: ends of blocks

    mutating func selectTerminator(_ number: Int, _ source: Block) {
        switch source.terminator {
        case .none: fail("a block without an end")
        case .jump:
            begin(.jump)
            current.flags = .isTerminator
            finish()
        case .branch:
            let flags = flags(source.condition)
            begin(.branchIf)
            current.flags = .isTerminator
            addFlags(flags)
            finish()
            beginSuccessors(number)
            addSuccessor(number, block(behind: Int(source.edgeStart)))
            addSuccessor(number, block(behind: Int(source.edgeStart) &+ 1))
        case .table: selectTable(number, source)
        case .return: selectReturn(source)
        case .tailCall: selectTailCall(Int(source.payload))
        case .trap:
            begin(.trap)
            current.flags = .isTerminator
            current.payload = source.payload
            // Where it is reported: the block's origin.
            current.displacement = Int32(bitPattern: block)
            finish()
        }
    }

    @inline(__always) private mutating func beginSuccessors(_ number: Int) {
        machine.pointee.blocks.element(number).pointee.successorStart = UInt32(
            truncatingIfNeeded: machine.pointee.successors.count)
    }

    @inline(__always) private mutating func addSuccessor(_ number: Int, _ target: UInt32) {
        machine.pointee.successors.append(target)
        machine.pointee.blocks.element(number).pointee.successorCount &+= 1
    }

    /// The block of the machine function that an edge leads to.
    @inline(__always) private func block(behind edge: Int) -> UInt32 { numbers[Int(graph.pointee.edges[edge].to)] }

    private mutating func selectTable(_ number: Int, _ source: Block) {
        let index = register(source.condition)
        begin(.branchTable)
        current.flags = .isTerminator
        current.payload = UInt32(truncatingIfNeeded: machine.pointee.jumpTables.count)
        current.immediate = Int32(bitPattern: source.edgeCount)
        use(index)
        temporary(.i64)
        finish()
        beginSuccessors(number)
        for edge in Int(source.edgeStart)..<Int(source.edgeStart &+ source.edgeCount) {
            let target = block(behind: edge)
            machine.pointee.jumpTables.append(target)
            // Marked in the successor itself, which has this block as its only predecessor.
            if machine.pointee.blocks[Int(target)].predecessorStart != UInt32(truncatingIfNeeded: number &+ 1) {
                machine.pointee.blocks.element(Int(target)).pointee.predecessorStart = UInt32(
                    truncatingIfNeeded: number &+ 1)
                addSuccessor(number, target)
            }
        }
    }

    /// The register with the address of the caller's results area.
    private mutating func resultsAreaRegister() -> VirtualRegister {
        if resultsArea.isNone {
            resultsArea =
                graph.pointee.isLoopEntry
                ? newRegister(.i64, .frameSlot, UInt32(bitPattern: graph.pointee.resultsAreaSlot)) : newRegister(.i64)
        }
        return resultsArea
    }

    private mutating func selectReturn(_ source: Block) {
        let count = Int(signature.resultCount)
        let pool = graph.pointee.pool.base + Int(source.payload)
        let types = tables.types + Int(signature.resultStart)
        if count > 1 {
            let area = resultsAreaRegister()
            for index in 1..<count {
                var address = Address()
                address.base = .register
                address.baseRegister = area
                address.displacement = CallingConvention.resultStride &* Int32(truncatingIfNeeded: index &- 1)
                storeAnyValue(pool[index], types[index], address)
            }
        }
        let result = count > 0 ? register(pool[0]) : .none
        begin(.return)
        current.flags = .isTerminator
        if count > 0 {
            if types[0].isGeneral {
                use(result, fixed: CallingConvention.generalResult)
            } else {
                use(result, fixed: CallingConvention.vectorResult)
            }
        }
        finish()
    }

    // MARK: calls

    mutating func selectCall(_ value: Value, _ node: Node) {
        let call = graph.pointee.calls[Int(node.a)]
        if case .builtin(let builtin) = call.target {
            if selectBulk(call, builtin) { return }
            selectBuiltin(value, node, call)
            return
        }
        let signature = tables.signatures[Int(call.typeIndex)]
        if signature.resultCount > 1 {
            let bytes = CallingConvention.resultStride &* Int32(signature.resultCount &- 1)
            if bytes > machine.pointee.resultsAreaBytes { machine.pointee.resultsAreaBytes = bytes }
        }
        storeStackArguments(call, signature)
        switch call.target {
        case .function: begin(.callFunction)
        case .imported(let function):
            begin(.callImport)
            current.displacement = tables.layout.importedFunction(Int(function))
        case .reference, .builtin: begin(.callReference)
        }
        current.flags = .isCall
        current.payload = node.a
        current.immediate = signature.stackBytes
        if isWanted(value) {
            if node.type.machine.isGeneral {
                define(registers[value.position], fixed: CallingConvention.generalResult)
            } else {
                define(registers[value.position], fixed: CallingConvention.vectorResult)
            }
        }
        useArguments(call, signature)
        if case .reference = call.target { use(register(call.reference)) }
        finish()
    }

    /// Makes room for stack arguments and fills it.
    private mutating func storeStackArguments(_ call: CallInfo, _ signature: MachineSignature) {
        guard signature.stackBytes > 0 else { return }
        begin(.pushArguments)
        current.immediate = signature.stackBytes
        finish()
        for index in 0..<Int(call.argumentCount) {
            guard case .stack(let offset) = tables.locations[Int(signature.parameterStart) &+ index] else { continue }
            var address = Address()
            address.base = .stack
            address.displacement = offset
            storeAnyValue(
                graph.pointee.pool[Int(call.argumentStart) &+ index],
                tables.types[Int(signature.parameterStart) &+ index], address)
        }
    }

    /// The arguments in registers.
    private mutating func useArguments(_ call: CallInfo, _ signature: MachineSignature) {
        for index in 0..<Int(call.argumentCount) {
            let argument = graph.pointee.pool[Int(call.argumentStart) &+ index]
            switch tables.locations[Int(signature.parameterStart) &+ index] {
            case .general(let register): use(self.register(argument), fixed: register)
            case .vector(let register): use(self.register(argument), fixed: register)
            case .stack: break
            }
        }
    }

    /// Where builtins take their operands: behind the instance, which their stubs pass.
    private static var builtinOperands: InlineArray<5, GeneralRegister> { [.rsi, .rdx, .rcx, .r8, .r9] }

    private mutating func selectBuiltin(_ value: Value, _ node: Node, _ call: CallInfo) {
        begin(.callBuiltin)
        current.flags = .isCall
        current.payload = node.a
        if isWanted(value) { define(registers[value.position], fixed: CallingConvention.generalResult) }
        for index in 0..<Int(call.argumentCount) {
            use(
                register(graph.pointee.pool[Int(call.argumentStart) &+ index]), fixed: Self.builtinOperands[index])
        }
        finish()
    }

    private mutating func selectTailCall(_ index: Int) {
        let call = graph.pointee.calls[index]
        let signature = tables.signatures[Int(call.typeIndex)]
        let area = self.signature.resultCount > 1 ? resultsAreaRegister() : .none
        storeStackArguments(call, signature)
        switch call.target {
        case .function: begin(.tailCallFunction)
        case .imported(let function):
            begin(.tailCallImport)
            current.displacement = tables.layout.importedFunction(Int(function))
        case .reference, .builtin:
            begin(.tailCallReference)
            current.displacement = Int32(bitPattern: block)
        }
        current.flags = .isTerminator
        current.payload = UInt32(truncatingIfNeeded: index)
        current.immediate = signature.stackBytes
        useArguments(call, signature)
        if !area.isNone { use(area, fixed: CallingConvention.resultsArea) }
        if case .reference = call.target { use(register(call.reference), fixed: .r10) }
        finish()
    }
}
