// Conversions between integers and floating-point numbers. Those between floating-point types are rows of VectorRules.

import TerraceABI
import TerraceAssembler
import WasmFormat

/// What a truncation to an integer is like: the payload of ``MachineOperation/truncate``.
struct Truncation: OptionSet, BitwiseCopyable {
    var rawValue: UInt32
    /// From f64, not f32.
    static var fromDouble: Self { Self(rawValue: 1) }
    /// To 64 bits, not 32.
    static var toWide: Self { Self(rawValue: 2) }
    static var isUnsigned: Self { Self(rawValue: 4) }
    /// Saturates, NaN becoming 0; otherwise it traps.
    static var isSaturating: Self { Self(rawValue: 8) }

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init?(_ opcode: Opcode) {
        switch opcode {
        case .i32TruncF32S: self = []
        case .i32TruncF32U: self = .isUnsigned
        case .i32TruncF64S: self = .fromDouble
        case .i32TruncF64U: self = [.fromDouble, .isUnsigned]
        case .i64TruncF32S: self = .toWide
        case .i64TruncF32U: self = [.toWide, .isUnsigned]
        case .i64TruncF64S: self = [.fromDouble, .toWide]
        case .i64TruncF64U: self = [.fromDouble, .toWide, .isUnsigned]
        case .i32TruncSatF32S: self = .isSaturating
        case .i32TruncSatF32U: self = [.isUnsigned, .isSaturating]
        case .i32TruncSatF64S: self = [.fromDouble, .isSaturating]
        case .i32TruncSatF64U: self = [.fromDouble, .isUnsigned, .isSaturating]
        case .i64TruncSatF32S: self = [.toWide, .isSaturating]
        case .i64TruncSatF32U: self = [.toWide, .isUnsigned, .isSaturating]
        case .i64TruncSatF64S: self = [.fromDouble, .toWide, .isSaturating]
        case .i64TruncSatF64U: self = [.fromDouble, .toWide, .isUnsigned, .isSaturating]
        default: return nil
        }
    }
}

extension Selector {
    mutating func selectConversion(_ d: VirtualRegister, _ node: Node) {
        let a = Value(node.a)
        switch node.opcode {
        case .f32ConvertI32S: convert(d, a, .cvtsi2ss, .dword)
        case .f64ConvertI32S: convert(d, a, .cvtsi2sd, .dword)
        case .f32ConvertI64S: convert(d, a, .cvtsi2ss, .qword)
        case .f64ConvertI64S: convert(d, a, .cvtsi2sd, .qword)
        // Registers hold 32-bit values zero-extended.
        case .f32ConvertI32U: convert(d, VectorSource(register(a)), .cvtsi2ss, .qword)
        case .f64ConvertI32U: convert(d, VectorSource(register(a)), .cvtsi2sd, .qword)
        case .f32ConvertI64U: convertUnsigned(d, a, .cvtsi2ss)
        case .f64ConvertI64U: convertUnsigned(d, a, .cvtsi2sd)
        case .f32ReinterpretI32: fromGeneral(d, laneSource(a, of: .pinsrd), .dword)
        case .f64ReinterpretI64: fromGeneral(d, laneSource(a, of: .pinsrq), .qword)
        case .i32ReinterpretF32: reinterpret(d, a, .f32Load, .dword)
        case .i64ReinterpretF64: reinterpret(d, a, .f64Load, .qword)
        default:
            guard Truncation(node.opcode) != nil else { return fail("an operator without instructions") }
            selectTruncation(self.node, node)
        }
    }

    private mutating func convert(
        _ d: VirtualRegister, _ a: Value, _ operation: VectorOperation, _ size: OperandSize
    ) {
        let source = laneSource(a, of: size == .dword ? .pinsrd : .pinsrq)
        convert(d, source, operation, size)
    }

    private mutating func convert(
        _ d: VirtualRegister, _ source: VectorSource, _ operation: VectorOperation, _ size: OperandSize
    ) {
        begin(.convertToFloat, size)
        current.payload = operation.rawValue
        define(d)
        use(source)
        finish()
    }

    private mutating func convertUnsigned(_ d: VirtualRegister, _ a: Value, _ operation: VectorOperation) {
        // Without the top bit it is a signed number.
        if upperBits(a) < 64 { return convert(d, a, operation, .qword) }
        begin(.convertUnsigned, .qword)
        current.payload = operation.rawValue
        define(d)
        use(register(a))
        finish()
    }

    /// A number's bits as an integer.
    private mutating func reinterpret(_ d: VirtualRegister, _ a: Value, _ load: Opcode, _ size: OperandSize) {
        let node = graph.pointee.nodes[a.position]
        if node.opcode == load, node.kind == .load || node.kind == .loadAbsolute, canCoverLoad(a) {
            let address = takeLoad(a)
            begin(.load, size)
            current.payload = Extension.zero.rawValue
            define(d)
            self.address(address)
            return finish()
        }
        begin(.vectorToGeneral, size)
        current.payload = VectorOperation.movd.rawValue
        current.immediate = -1
        define(d)
        use(register(a), .registerOrMemory)
        finish()
    }

    /// A number truncated to an integer, trapping or saturating.
    mutating func selectTruncation(_ value: Value, _ node: Node) {
        guard let truncation = Truncation(node.opcode) else { return fail("an operator without instructions") }
        begin(.truncate, truncation.contains(.toWide) ? .qword : .dword)
        current.payload = truncation.rawValue
        define(register(value))
        use(register(Value(node.a)))
        finish()
    }
}
