// Loads, stores, and what is read and written in the instance: globals, tables, sizes.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat

/// How many bytes a load or store moves, and how a load widens them.
struct AccessShape: BitwiseCopyable {
    var size: OperandSize
    var extension_: Extension

    @inline(__always) init(_ opcode: Opcode) {
        switch opcode {
        case .i32Load, .i64Load32U, .i32Store, .i64Store32: (size, extension_) = (.dword, .zero)
        case .i32Load8U, .i64Load8U, .i32Store8, .i64Store8: (size, extension_) = (.byte, .zero)
        case .i32Load16U, .i64Load16U, .i32Store16, .i64Store16: (size, extension_) = (.word, .zero)
        case .i32Load8S: (size, extension_) = (.byte, .signTo32)
        case .i32Load16S: (size, extension_) = (.word, .signTo32)
        case .i64Load8S: (size, extension_) = (.byte, .signTo64)
        case .i64Load16S: (size, extension_) = (.word, .signTo64)
        case .i64Load32S: (size, extension_) = (.dword, .signTo64)
        default: (size, extension_) = (.qword, .zero)
        }
    }
}

extension Selector {
    mutating func selectLoad(_ value: Value, _ node: Node) {
        let shape = AccessShape(node.opcode)
        let address = memoryAddress(value)
        begin(.load, shape.size)
        define(register(value))
        current.payload = shape.extension_.rawValue
        self.address(address)
        finish()
    }

    mutating func selectStore(_ node: Node) {
        let size = AccessShape(node.opcode).size
        let value = Value(node.c)
        if selectReadModifyWrite(node, value, size) { return }
        if let immediate = storeImmediate(value, size) {
            let address = memoryAddress(self.node)
            begin(.storeImmediate, size)
            current.immediate = immediate
            self.address(address)
            finish()
            return
        }
        if selectLaneStore(node) { return }
        let stored = storedValue(value, size)
        let address = memoryAddress(self.node)
        begin(.store, size)
        use(register(stored))
        self.address(address)
        finish()
    }

    /// A constant as a store's immediate.
    private func storeImmediate(_ value: Value, _ size: OperandSize) -> Int32? {
        guard isConstant(value) else { return nil }
        if size == .qword { return immediate(value) }
        return Int32(bitPattern: graph.pointee.nodes[value.position].a)
    }

    /// What is stored, without operators that change only bits that are not.
    private mutating func storedValue(_ value: Value, _ size: OperandSize) -> Value {
        var value = value
        while true {
            let node = graph.pointee.nodes[value.position]
            guard node.kind == .pure, canCover(value) else { return value }
            switch node.opcode {
            case .i32WrapI64, .i64ExtendI32U, .i64ExtendI32S, .i64Extend32S:
                guard size.rawValue <= OperandSize.dword.rawValue else { return value }
            case .i32Extend16S, .i64Extend16S: guard size.rawValue <= OperandSize.word.rawValue else { return value }
            case .i32Extend8S, .i64Extend8S: guard size == .byte else { return value }
            case .i32And, .i64And:
                guard size != .qword, isConstant(Value(node.b)) else { return value }
                let kept: UInt32 = size == .byte ? 0xFF : size == .word ? 0xFFFF : 0xFFFF_FFFF
                guard graph.pointee.nodes[Int(node.b)].a & kept == kept else { return value }
            default: return value
            }
            cover(value)
            value = Value(node.a)
            if isConstant(value) { return value }
        }
    }

    mutating func selectMemoryBase(_ value: Value, _ node: Node) {
        begin(.memoryBase, .qword)
        define(register(value))
        current.displacement = tables.memories[Int(node.a)].recordOffset
        finish()
    }

    mutating func selectMemorySize(_ value: Value, _ node: Node) {
        let memory = tables.memories[Int(node.a)]
        begin(.memorySize, memory.is64 ? .qword : .dword)
        define(register(value))
        current.displacement = memory.recordOffset
        current.payload = UInt32(memory.pageSizeLog2)
        finish()
    }

    mutating func selectBoundsCheck(_ node: Node) {
        begin(.boundsCheck, .qword)
        use(register(Value(node.a)))
        temporary(.i64)
        current.displacement = tables.memories[Int(node.b)].recordOffset
        current.payload = node.c
        finish()
    }

    // MARK: globals

    /// The place of a global; that of an imported one is loaded first.
    private mutating func anyGlobalAddress(_ index: UInt32) -> Address {
        var address = globalAddress(index)
        guard tables.globals[Int(index)].isIndirect else { return address }
        let pointer = newRegister(.i64)
        begin(.load, .qword)
        define(pointer)
        self.address(address)
        finish()
        address = Address()
        address.base = .register
        address.baseRegister = pointer
        return address
    }

    mutating func selectGlobalGet(_ value: Value, _ node: Node) {
        let address = anyGlobalAddress(node.a)
        begin(.loadValue)
        define(register(value))
        current.payload = UInt32(node.type.rawValue)
        self.address(address)
        finish()
    }

    mutating func selectGlobalSet(_ node: Node) {
        let type = tables.globals[Int(node.a)].type
        let address = anyGlobalAddress(node.a)
        storeAnyValue(Value(node.b), type, address)
    }

    // MARK: locals in the frame

    private func localAddress(_ index: UInt32) -> Address {
        var address = Address()
        address.base = .frame
        address.displacement = graph.pointee.frameLocals[Int(index)].offset
        return address
    }

    mutating func selectLocalGet(_ value: Value, _ node: Node) {
        begin(.loadValue)
        define(register(value))
        current.payload = UInt32(node.type.rawValue)
        address(localAddress(node.a))
        finish()
    }

    mutating func selectLocalSet(_ node: Node) {
        storeAnyValue(Value(node.b), graph.pointee.frameLocals[Int(node.a)].type, localAddress(node.a))
    }

    /// Stores a value of any type; small constants as immediates.
    mutating func storeAnyValue(_ value: Value, _ type: MachineType, _ address: Address) {
        if type.isGeneral, let immediate = immediate(value) {
            begin(.storeImmediate, type == .i32 ? .dword : .qword)
            current.immediate = immediate
        } else {
            begin(.storeValue)
            current.payload = UInt32(type.rawValue)
            use(register(value))
        }
        self.address(address)
        finish()
    }

    // MARK: tables

    mutating func selectTableGet(_ value: Value, _ node: Node) {
        begin(.tableGet, .qword)
        define(register(value))
        use(register(Value(node.b)))
        current.displacement = tables.tables[Int(node.a)].recordOffset
        current.immediate = tableBound(node)
        finish()
    }

    /// What a table's index is compared with, if that is known here; ``unknownTableLength`` or ``noTableCheck`` otherwise.
    private mutating func tableBound(_ node: Node) -> Int32 {
        let table = tables.tables[Int(node.a)]
        let index = graph.pointee.nodes[Int(node.b)]
        let isBelow: Bool
        if index.kind == .constant {
            isBelow = index.bits < table.minimumLength
        } else {
            let bits = upperBits(Value(node.b))
            isBelow = bits < 32 && UInt64(1) << UInt64(bits) <= table.minimumLength
        }
        if isBelow { return allowance.allows(.checks) ? Self.noTableCheck : Self.unknownTableLength }
        guard table.isFixed, table.minimumLength <= UInt64(Int32.max), allowance.allows(.checks) else {
            return Self.unknownTableLength
        }
        return Int32(table.minimumLength)
    }

    static var unknownTableLength: Int32 { -1 }
    static var noTableCheck: Int32 { -2 }

    mutating func selectTableSet(_ node: Node) {
        begin(.tableSet, .qword)
        use(register(Value(node.b)))
        use(register(Value(node.c)))
        current.displacement = tables.tables[Int(node.a)].recordOffset
        current.immediate = tableBound(node)
        finish()
    }

    mutating func selectTableSize(_ value: Value, _ node: Node) {
        let table = tables.tables[Int(node.a)]
        begin(.tableSize, table.is64 ? .qword : .dword)
        define(register(value))
        current.displacement = table.recordOffset
        finish()
    }

    // MARK: references

    mutating func selectNullCheck(_ node: Node) {
        var source = FlagSource()
        source.left = Value(node.a)
        source.size = .qword
        source.condition = FlagCondition(.e)
        begin(.trapIf)
        addFlags(source, own: TrapKind.nullReference.rawValue)
        finish()
    }

    mutating func selectSignatureCheck(_ node: Node) {
        begin(.signatureCheck, .dword)
        use(register(Value(node.a)))
        current.payload = node.b
        if !tables.signatures[Int(node.b)].isFinal {
            current.immediate = 1
            current.flags = .isCall
        }
        finish()
    }

    // MARK: read, modify, write

    /// Makes one instruction of a store whose value is computed from what stands in its place.
    private mutating func selectReadModifyWrite(_ node: Node, _ value: Value, _ size: OperandSize) -> Bool {
        let result = graph.pointee.nodes[value.position]
        guard result.kind == .pure, canCover(value) else { return false }
        let operation: ArithmeticOperation
        switch result.opcode {
        case .i32Add, .i64Add: operation = .add
        case .i32Sub, .i64Sub: operation = .sub
        case .i32And, .i64And: operation = .and
        case .i32Or, .i64Or: operation = .or
        case .i32Xor, .i64Xor: operation = .xor
        default: return false
        }
        var load = Value(result.a)
        var other = Value(result.b)
        if !isRead(load, before: node, size) {
            guard operation != .sub else { return false }
            swap(&load, &other)
            guard isRead(load, before: node, size) else { return false }
        }
        guard allowance.allows(.readModifyWrite) else { return false }
        cover(value)
        let constant = storeImmediate(other, size)
        let operand = constant == nil ? storedValue(other, size) : .none
        let address = takeLoad(load)
        if let constant {
            begin(.arithmeticStoreImmediate, size)
            current.immediate = constant
        } else {
            begin(.arithmeticStore, size)
            use(register(operand))
        }
        current.payload = UInt32(operation.rawValue)
        self.address(address)
        finish()
        return true
    }

    /// Whether a value is the load of what a store overwrites, for it alone, with nothing in between.
    private func isRead(_ value: Value, before store: Node, _ size: OperandSize) -> Bool {
        let load = graph.pointee.nodes[value.position]
        guard load.kind == (store.kind == .store ? .load : .loadAbsolute), load.a == store.a, load.b == store.b,
            load.type != .f32, load.type != .f64, load.type != .v128
        else { return false }
        return AccessShape(load.opcode).size == size && canCoverLoad(value)
    }
}
