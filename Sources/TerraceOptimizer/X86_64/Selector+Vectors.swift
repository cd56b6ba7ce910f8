// Floating-point numbers and vectors: what the rows of VectorRules say, and how instructions on vector registers are put
// together. Longer sequences, shuffles, conversions and choices stand in files of their own.

import TerraceABI
import TerraceAssembler
import WasmFormat

/// An operand that may be in memory: a value in a register or its slot, or a load that is taken in.
struct VectorSource: BitwiseCopyable {
    var register: VirtualRegister
    var place: OperandPlace
    /// If a load is taken in; `register` is none then.
    var address: Address

    @inline(__always) init(_ register: VirtualRegister, _ place: OperandPlace = .register) {
        self.register = register
        self.place = place
        address = Address()
    }

    @inline(__always) init(_ address: Address) {
        register = .none
        place = .register
        self.address = address
    }
}

extension Selector {
    /// Selects a node whose operator has an operand or result in a vector register.
    mutating func selectVector(_ value: Value, _ node: Node) {
        switch node.kind {
        case .load, .loadAbsolute: return selectVectorLoad(value, node)
        case .store, .storeAbsolute: return selectVectorStore(node)
        case .trapping: return selectTruncation(value, node)
        default: break
        }
        var node = node
        if tables.deterministicRelaxedVectors { node.opcode = Self.strictForm(of: node.opcode) }
        let rule = VectorRules.byOpcode[node.opcode.ordinal]
        let operation = VectorOperation(rawValue: rule.operation)
        let a = Value(node.a)
        let b = Value(node.b)
        let result = register(value)
        switch rule.shape {
        case .none: selectVectorSequence(result, node)
        case .unary:
            let source = source(a, rule.source)
            unary(operation, result, source, immediate: rule.immediate)
        case .scalarUnary: scalarUnary(operation, result, register(a), immediate: rule.immediate)
        case .binary:
            if !features.sse42, operation == .pcmpgtq { return compareWide(result, a, b, isInverted: false) }
            let source = source(b, rule.source)
            binary(operation, result, register(a), source, immediate: rule.immediate)
        case .swapped:
            if !features.sse42, operation == .pcmpgtq { return compareWide(result, b, a, isInverted: false) }
            let source = source(a, rule.source)
            binary(operation, result, register(b), source, immediate: rule.immediate)
        case .commutative: commutative(operation, result, a, b, immediate: rule.immediate)
        case .commutativeInverted:
            let equal = newRegister(.v128)
            commutative(operation, equal, a, b)
            invert(result, equal)
        case .inverted:
            if !features.sse42, operation == .pcmpgtq { return compareWide(result, a, b, isInverted: true) }
            let mask = newRegister(.v128)
            let source = source(b, rule.source)
            binary(operation, mask, register(a), source)
            invert(result, mask)
        case .swappedInverted:
            if !features.sse42, operation == .pcmpgtq { return compareWide(result, b, a, isInverted: true) }
            let mask = newRegister(.v128)
            let source = source(a, rule.source)
            binary(operation, mask, register(b), source)
            invert(result, mask)
        case .extremum, .extremumInverted:
            let extremum = newRegister(.v128)
            let left = register(a)
            let source = source(b, .full)
            commutative(operation, extremum, left, source)
            let equal = VectorOperation(rawValue: rule.second)
            if rule.shape == .extremum {
                commutative(equal, result, extremum, VectorSource(left))
            } else {
                let mask = newRegister(.v128)
                commutative(equal, mask, extremum, VectorSource(left))
                invert(result, mask)
            }
        case .negate:
            let source = source(a, .full)
            binary(operation, result, zeroVector(), source)
        case .shift: shiftLanes(operation, result, a, b, lastCount: UInt32(truncatingIfNeeded: rule.immediate))
        case .upperHalf:
            let upper = newRegister(.v128)
            let source = source(a, .full)
            unary(.pshufd, upper, source, immediate: 0xEE)
            unary(operation, result, VectorSource(upper))
        case .upperHalfWithZero: binary(operation, result, register(a), VectorSource(zeroVector()))
        case .signs:
            let mask: UInt64
            switch rule.second {
            case 0: mask = 0x8000_0000_8000_0000
            case 1: mask = 0x7FFF_FFFF_7FFF_FFFF
            case 2: mask = 0x8000_0000_0000_0000
            default: mask = 0x7FFF_FFFF_FFFF_FFFF
            }
            commutative(operation, result, register(a), constant(mask))
        case .extract:
            extractLane(operation, result, register(a), lane: node.b, isWide: node.type == .i64)
        case .extractSigned:
            let lane = newRegister(.i32)
            extractLane(operation, lane, register(a), lane: node.b, isWide: false)
            begin(.extend, rule.second == 1 ? .byte : .word)
            current.payload = Extension.signTo32.rawValue
            define(result, hint: 1)
            use(lane)
            finish()
        case .insert: insertLane(operation, result, a, b, lane: node.c)
        case .toGeneral:
            begin(.vectorToGeneral, .dword)
            current.payload = operation.rawValue
            current.immediate = -1
            define(result)
            use(register(a))
            finish()
        }
    }

    /// The operator whose results a relaxed one has in the deterministic profile, if there is such an operator.
    static func strictForm(of opcode: Opcode) -> Opcode {
        switch opcode {
        case .i8x16RelaxedSwizzle: .i8x16Swizzle
        case .f32x4RelaxedMin: .f32x4Min
        case .f32x4RelaxedMax: .f32x4Max
        case .f64x2RelaxedMin: .f64x2Min
        case .f64x2RelaxedMax: .f64x2Max
        case .i16x8RelaxedQ15mulrS: .i16x8Q15mulrSatS
        default: opcode
        }
    }
}

// MARK: operands

extension Selector {
    /// Whether an instruction may have a 16-byte operand in memory that need not be aligned.
    @inline(__always) private var takesUnaligned: Bool { features.avx }

    /// A value as the operand of an instruction that may read it from memory. Before `begin`.
    mutating func source(_ value: Value, _ width: SourceWidth) -> VectorSource {
        let node = graph.pointee.nodes[value.position]
        switch node.kind {
        case .load, .loadAbsolute:
            let matches =
                switch width {
                case .single: node.opcode == .f32Load
                case .double: node.opcode == .f64Load
                case .lowHalf: node.opcode == .v128Load64Zero
                case .full: node.opcode == .v128Load && takesUnaligned
                }
            if matches, canCoverLoad(value) { return VectorSource(takeLoad(value)) }
        case .constant, .vectorConstant:
            // Zeros and ones are cheaper to make than to load.
            return VectorSource(register(value), isEasilyMade(node) ? .register : .registerOrMemory)
        default: break
        }
        return VectorSource(register(value), width == .full && !takesUnaligned ? .register : .registerOrMemory)
    }

    /// Whether a constant is all zeros or all ones.
    private func isEasilyMade(_ node: Node) -> Bool {
        if node.kind == .constant { return node.bits == 0 }
        let bits = graph.pointee.vectors[Int(node.a)]
        return bits.x == bits.y && (bits.x == 0 || bits.x == ~0)
    }

    /// Both 64-bit halves alike, as an operand.
    @inline(__always) mutating func constant(_ bits: UInt64) -> VectorSource { constant(bits, bits) }

    /// A vector that the sequence of an operator needs.
    mutating func constant(_ low: UInt64, _ high: UInt64) -> VectorSource {
        VectorSource(constantRegister(low, high), .registerOrMemory)
    }

    @inline(__always) mutating func zeroVector() -> VirtualRegister { constantRegister(0, 0) }
    @inline(__always) mutating func onesVector() -> VirtualRegister { constantRegister(~0, ~0) }

    /// The register of a vector that the sequence of an operator needs: one for each value in the function, so that the
    /// allocator may keep it in loops.
    mutating func constantRegister(_ low: UInt64, _ high: UInt64) -> VirtualRegister {
        // The last ones are looked through: what functions use of these is few.
        var index = sequenceConstants.count
        let first = max(0, index &- 32)
        while index > first {
            index &-= 1
            let entry = sequenceConstants[index]
            if entry.low == low, entry.high == high { return entry.register }
        }
        let vectors = graph.pointee.vectors.count
        graph.pointee.vectors.append(SIMD2(low, high))
        let node = graph.pointee.append(
            Node(.vectorConstant, .v128, .v128Const, UInt32(truncatingIfNeeded: vectors)),
            Origin(bytecodeOffset: 0, inlineNode: UInt32.max))
        let register = newRegister(.v128, .constant, node.index)
        sequenceConstants.append(SequenceConstant(low: low, high: high, register: register))
        return register
    }

    /// The bits of a value that is a vector constant.
    func vectorConstant(_ value: Value) -> SIMD2<UInt64>? {
        let node = graph.pointee.nodes[value.position]
        return node.kind == .vectorConstant ? graph.pointee.vectors[Int(node.a)] : nil
    }
}

/// A constant of ``Selector/constantRegister(_:_:)``.
struct SequenceConstant: BitwiseCopyable {
    var low: UInt64
    var high: UInt64
    var register: VirtualRegister
}

// MARK: instructions

extension Selector {
    @inline(__always) private mutating func beginVector(
        _ machineOperation: MachineOperation, _ operation: VectorOperation, _ immediate: Int16
    ) {
        begin(machineOperation)
        current.payload = operation.rawValue
        current.immediate = Int32(immediate)
    }

    /// Adds the last use.
    @inline(__always) mutating func use(_ source: VectorSource, late: Bool = false) {
        if source.register.isNone {
            address(source.address)
        } else {
            use(source.register, source.place, late: late)
        }
    }

    /// `d = op(a)`
    mutating func unary(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VectorSource, immediate: Int16 = -1
    ) {
        beginVector(.vectorUnary, operation, immediate)
        define(d)
        use(a)
        finish()
    }

    @inline(__always) mutating func unary(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, immediate: Int16 = -1
    ) {
        unary(operation, d, VectorSource(a), immediate: immediate)
    }

    /// `d = op(a)` of the lowest lane.
    mutating func scalarUnary(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, immediate: Int16 = -1
    ) {
        beginVector(.vectorScalarUnary, operation, immediate)
        define(d, hint: 1)
        use(a)
        finish()
    }

    /// `d = op(a, b)`. Without AVX the machine overwrites `a`, so `b` must not be where the result goes.
    mutating func binary(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, _ b: VectorSource,
        immediate: Int16 = -1
    ) {
        beginVector(.vectorBinary, operation, immediate)
        define(d, hint: 1)
        use(a)
        use(b, late: !features.avx && a != b.register)
        finish()
    }

    @inline(__always) mutating func binary(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, _ b: VirtualRegister,
        immediate: Int16 = -1
    ) {
        binary(operation, d, a, VectorSource(b), immediate: immediate)
    }

    /// `d = op(a, b)`, which is `op(b, a)`.
    mutating func commutative(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, _ b: VectorSource,
        immediate: Int16 = -1
    ) {
        beginVector(.vectorCommutative, operation, immediate)
        define(d, hint: 1)
        use(a)
        use(b)
        finish()
    }

    @inline(__always) mutating func commutative(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, _ b: VirtualRegister
    ) {
        commutative(operation, d, a, VectorSource(b))
    }

    /// `d = op(a, b)`, which is `op(b, a)`: either may become the memory operand.
    mutating func commutative(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: Value, _ b: Value, immediate: Int16 = -1
    ) {
        let second = source(b, .full)
        if second.register.isNone || isAnyConstant(b) || a == b {
            return commutative(operation, d, register(a), second, immediate: immediate)
        }
        let first = source(a, .full)
        if first.register.isNone || isAnyConstant(a) {
            return commutative(operation, d, second.register, first, immediate: immediate)
        }
        commutative(operation, d, first.register, second, immediate: immediate)
    }

    @inline(__always) func isAnyConstant(_ value: Value) -> Bool {
        let kind = graph.pointee.nodes[value.position].kind
        return kind == .constant || kind == .vectorConstant
    }

    /// `d = ~a`
    mutating func invert(_ d: VirtualRegister, _ a: VirtualRegister) {
        commutative(.pxor, d, a, VectorSource(onesVector()))
    }

    /// `d = op(a)` by a constant count: shifts of lanes and of whole registers.
    mutating func shift(_ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, by count: UInt32) {
        beginVector(.vectorShiftImmediate, operation, Int16(truncatingIfNeeded: count))
        define(d, hint: 1)
        use(a)
        finish()
    }

    /// `d = lanes of b where the mask's lanes have their top bit set, of a elsewhere` (AVX).
    mutating func blend(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, _ b: VectorSource,
        mask: VirtualRegister
    ) {
        beginVector(.vectorBlend, operation, -1)
        define(d)
        use(a)
        use(mask)
        use(b)
        finish()
    }

    /// `d`, a general register, `= lane of a`.
    mutating func extractLane(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, lane: UInt32, isWide: Bool
    ) {
        begin(.vectorToGeneral, isWide ? .qword : .dword)
        // The lowest lanes have a shorter way.
        let isMove = lane == 0 && (operation == .pextrd || operation == .pextrq)
        current.payload = isMove ? VectorOperation.movd.rawValue : operation.rawValue
        current.immediate = isMove ? -1 : Int32(truncatingIfNeeded: lane)
        define(d)
        use(a)
        finish()
    }

    /// `d = a`, with `b` in a lane.
    mutating func insertLane(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: Value, _ b: Value, lane: UInt32
    ) {
        let vector = register(a)
        let source = laneSource(b, of: operation)
        if source.register.isNone, operation == .pinsrq {
            // Half a register from memory has an instruction of its own, which is shorter.
            binary(lane == 0 ? .movlps : .movhps, d, vector, source)
            return
        }
        begin(.vectorInsert, operation == .pinsrq ? .qword : .dword)
        current.payload = operation.rawValue
        current.immediate = Int32(truncatingIfNeeded: lane)
        define(d, hint: 1)
        use(vector)
        use(source)
        finish()
    }

    /// The integer that goes to a lane, or to all lanes: in memory if it is a load of just the lane's bytes.
    mutating func laneSource(_ value: Value, of operation: VectorOperation) -> VectorSource {
        let opcode = graph.pointee.nodes[value.position].opcode
        let matches: Bool
        switch operation {
        case .pinsrb: matches = opcode == .i32Load8U || opcode == .i32Load8S
        case .pinsrw: matches = opcode == .i32Load16U || opcode == .i32Load16S
        case .pinsrd: matches = opcode == .i32Load
        default: matches = opcode == .i64Load
        }
        let kind = graph.pointee.nodes[value.position].kind
        if matches, kind == .load || kind == .loadAbsolute, canCoverLoad(value) { return VectorSource(takeLoad(value)) }
        // A slot holds the whole value, of which the instruction reads the low part.
        return VectorSource(register(value), isAnyConstant(value) ? .register : .registerOrMemory)
    }
}

// MARK: memory

extension Selector {
    private mutating func selectVectorLoad(_ value: Value, _ node: Node) {
        let rule = VectorRules.byOpcode[node.opcode.ordinal]
        let address = memoryAddress(value)
        unary(
            VectorOperation(rawValue: rule.operation), register(value), VectorSource(address),
            immediate: rule.immediate)
    }

    private mutating func selectVectorStore(_ node: Node) {
        let stored = Value(node.c)
        let inner = graph.pointee.nodes[stored.position]
        switch node.opcode {
        case .f32Store:
            if inner.opcode == .f32x4ExtractLane, inner.kind == .pure, canCover(stored) {
                cover(stored)
                return storeLane(.extractps, Value(inner.a), lane: inner.b, memoryAddress(self.node))
            }
            store(.movss, register(stored), memoryAddress(self.node))
        case .f64Store:
            if inner.opcode == .f64x2ExtractLane, inner.kind == .pure, canCover(stored) {
                cover(stored)
                return storeLane(.pextrq, Value(inner.a), lane: inner.b, memoryAddress(self.node))
            }
            store(.movsd, register(stored), memoryAddress(self.node))
        default: store(.movups, register(stored), memoryAddress(self.node))
        }
    }

    /// Takes in the lane that an integer store stores, if it is one; false if the store is to be selected otherwise.
    mutating func selectLaneStore(_ node: Node) -> Bool {
        let stored = Value(node.c)
        let inner = graph.pointee.nodes[stored.position]
        guard inner.kind == .pure, canCover(stored) else { return false }
        let operation: VectorOperation
        switch (node.opcode, inner.opcode) {
        case (.i32Store8, .i8x16ExtractLaneU), (.i32Store8, .i8x16ExtractLaneS): operation = .pextrb
        case (.i32Store16, .i16x8ExtractLaneU), (.i32Store16, .i16x8ExtractLaneS): operation = .pextrw
        case (.i32Store, .i32x4ExtractLane): operation = .pextrd
        case (.i64Store, .i64x2ExtractLane): operation = .pextrq
        case (.i32Store, .i32ReinterpretF32):
            cover(stored)
            store(.movss, register(Value(inner.a)), memoryAddress(self.node))
            return true
        case (.i64Store, .i64ReinterpretF64):
            cover(stored)
            store(.movsd, register(Value(inner.a)), memoryAddress(self.node))
            return true
        default: return false
        }
        cover(stored)
        storeLane(operation, Value(inner.a), lane: inner.b, memoryAddress(self.node))
        return true
    }

    private mutating func storeLane(
        _ operation: VectorOperation, _ vector: Value, lane: UInt32, _ address: Address
    ) {
        switch operation {
        case .pextrq: store(lane == 0 ? .movlps : .movhps, register(vector), address)
        case .pextrd, .extractps:
            if lane == 0 {
                store(.movss, register(vector), address)
            } else {
                store(.extractps, register(vector), address, immediate: Int16(truncatingIfNeeded: lane))
            }
        default: store(operation, register(vector), address, immediate: Int16(truncatingIfNeeded: lane))
        }
    }

    private mutating func store(
        _ operation: VectorOperation, _ vector: VirtualRegister, _ address: Address, immediate: Int16 = -1
    ) {
        beginVector(.vectorStore, operation, immediate)
        use(vector)
        self.address(address)
        finish()
    }
}
