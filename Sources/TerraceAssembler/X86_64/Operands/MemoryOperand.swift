// Memory operands, kept in the form in which they are emitted: ModRM, SIB and displacement bytes side by side.

/// A memory operand of an instruction.
///
/// The operand is encoded when it is made, so that emitting it is one 8-byte store. Operands relative to the program
/// counter name a label, a relocation or a constant of the pool and are resolved by the assembler.
@frozen public struct MemoryOperand: Hashable, Sendable, BitwiseCopyable {
    /// Bytes 0–5: ModRM (register field empty), then SIB and displacement as far as needed. Byte 6: how many of these
    /// bytes count. Byte 7: bit 0 = REX.B, bit 1 = REX.X, bits 4–5 = ``Target``.
    /// In a relocation's operand bytes 1–4 hold the addend and byte 5 the relocation kind.
    @usableFromInline var encoding: UInt64
    /// Label, pool entry or relocation payload.
    @usableFromInline var payload: UInt32

    /// What a symbolic operand refers to; 0 is none.
    @usableFromInline enum Target {
        @inlinable static var label: UInt64 { 1 }
        @inlinable static var relocation: UInt64 { 2 }
        @inlinable static var constant: UInt64 { 3 }
        /// What cannot be addressed: the assembler notes it when it comes to emit it.
        @inlinable static var invalid: UInt64 { 4 }
    }

    @inlinable @inline(__always) init(encoding: UInt64, payload: UInt32) {
        self.encoding = encoding
        self.payload = payload
    }

    @inlinable static var invalid: MemoryOperand {
        MemoryOperand(encoding: 0x05 | 5 &<< 48 | Target.invalid &<< 60, payload: 0)
    }

    /// `[base + displacement]`
    @inlinable public init(_ base: GeneralRegister, _ displacement: Int32 = 0) {
        let low = UInt64(base.rawValue & 7)
        let high = UInt64(base.rawValue &>> 3)
        let bits = UInt64(UInt32(bitPattern: displacement))
        // Bases whose number ends in 4 are only reachable through a SIB byte (0x24: no index).
        let sib: UInt64 = low == 4 ? 0x2400 : 0
        let shift: UInt64 = low == 4 ? 16 : 8
        let front = low | sib
        let length = shift &>> 3
        if displacement == 0 && low != 5 {
            self.init(encoding: front | length &<< 48 | high &<< 56, payload: 0)
        } else if displacement == Int32(Int8(truncatingIfNeeded: displacement)) {
            self.init(
                encoding: front | 0x40 | (bits & 0xFF) &<< shift | (length &+ 1) &<< 48 | high &<< 56, payload: 0)
        } else {
            self.init(encoding: front | 0x80 | bits &<< shift | (length &+ 4) &<< 48 | high &<< 56, payload: 0)
        }
    }

    /// `[base + index * scale + displacement]`; the index may be any register but rsp, the scale 1, 2, 4 or 8.
    @inlinable
    public init(_ base: GeneralRegister, _ index: GeneralRegister, _ scale: Int = 1, _ displacement: Int32 = 0) {
        guard index != .rsp else {
            self = .invalid
            return
        }
        let front = Self.sib(base: UInt64(base.rawValue), index: UInt64(index.rawValue), scale: scale)
        let bits = UInt64(UInt32(bitPattern: displacement))
        if displacement == 0 && base.rawValue & 7 != 5 {
            self.init(encoding: front | 2 &<< 48, payload: 0)
        } else if displacement == Int32(Int8(truncatingIfNeeded: displacement)) {
            self.init(encoding: front | 0x40 | (bits & 0xFF) &<< 16 | 3 &<< 48, payload: 0)
        } else {
            self.init(encoding: front | 0x80 | bits &<< 16 | 6 &<< 48, payload: 0)
        }
    }

    /// `[index * scale + displacement]`, without a base.
    @inlinable public init(index: GeneralRegister, scale: Int, displacement: Int32) {
        guard index != .rsp else {
            self = .invalid
            return
        }
        let front = Self.sib(base: 5, index: UInt64(index.rawValue), scale: scale)
        self.init(encoding: front | UInt64(UInt32(bitPattern: displacement)) &<< 16 | 6 &<< 48, payload: 0)
    }

    /// `[displacement]`: an address in the lowest or highest 2 GB, sign-extended.
    @inlinable public init(absolute displacement: Int32) {
        self.init(
            encoding: 0x2504 | UInt64(UInt32(bitPattern: displacement)) &<< 16 | 6 &<< 48, payload: 0)
    }

    /// ModRM and SIB bytes and extension bits; registers are full hardware numbers.
    @inlinable @inline(__always) static func sib(base: UInt64, index: UInt64, scale: Int) -> UInt64 {
        assert(scale == 1 || scale == 2 || scale == 4 || scale == 8, "scale must be 1, 2, 4 or 8")
        let scaleBits = UInt64(truncatingIfNeeded: scale.trailingZeroBitCount)
        let sib = scaleBits &<< 6 | (index & 7) &<< 3 | (base & 7)
        return 4 | sib &<< 8 | ((base &>> 3) | (index &>> 3) &<< 1) &<< 56
    }

    /// What a label marks.
    @inlinable public static func ripRelative(_ label: Label) -> MemoryOperand {
        MemoryOperand(
            encoding: 0x05 | 5 &<< 48 | Target.label &<< 60, payload: UInt32(bitPattern: label.index))
    }

    /// What a relocation refers to; its offset is ignored. The addend is the field's, as ``Relocation`` defines it: -4 for
    /// the target itself. (An immediate behind the field is accounted for here.)
    @inlinable public static func ripRelative(_ relocation: Relocation) -> MemoryOperand {
        ripRelative(relocation.kind, relocation.payload, addend: relocation.addend &+ 4)
    }

    /// What a relocation of this kind and payload refers to, plus a number of bytes.
    @inlinable
    public static func ripRelative(
        _ kind: RelocationKind, _ payload: UInt32, addend: Int32 = 0
    ) -> MemoryOperand {
        let addendBits = UInt64(UInt32(bitPattern: addend)) &<< 8
        return MemoryOperand(
            encoding: 0x05 | addendBits | UInt64(kind.rawValue) &<< 40 | 5 &<< 48 | Target.relocation &<< 60,
            payload: payload)
    }

    /// A constant of the assembler's pool; see ``Assembler/constant64(_:)``.
    @inlinable public static func ripRelative(constant: PoolConstant) -> MemoryOperand {
        MemoryOperand(encoding: 0x05 | 5 &<< 48 | Target.constant &<< 60, payload: UInt32(bitPattern: constant.index))
    }

    /// Number of ModRM, SIB and displacement bytes.
    @inlinable @inline(__always) var length: Int { Int(truncatingIfNeeded: (encoding &>> 48) & 0xFF) }
    /// REX.B in bit 0, REX.X in bit 1.
    @inlinable @inline(__always) var extensionBits: UInt8 { UInt8(truncatingIfNeeded: encoding &>> 56) & 3 }
    @inlinable @inline(__always) var target: UInt64 { encoding &>> 60 }

    /// Whether the operand refers to a label, a relocation or a constant.
    @inlinable public var isSymbolic: Bool { target != 0 }

    @inlinable var hasSIB: Bool { encoding & 7 == 4 }

    /// The displacement of an operand that is not symbolic.
    @inlinable public var displacement: Int32 {
        let shift: UInt64 = hasSIB ? 16 : 8
        switch UInt64(length) &- shift &>> 3 {
        case 0: return 0
        case 1: return Int32(Int8(truncatingIfNeeded: encoding &>> shift))
        default: return Int32(truncatingIfNeeded: encoding &>> shift)
        }
    }

    /// The base register, if the operand has one.
    @inlinable public var base: GeneralRegister? {
        let number = hasSIB ? UInt8(truncatingIfNeeded: encoding &>> 8) & 7 : UInt8(truncatingIfNeeded: encoding) & 7
        if isSymbolic || (number == 5 && encoding & 0xC0 == 0) { return nil }
        return GeneralRegister(rawValue: number | (extensionBits & 1) &<< 3)
    }

    /// The index register, if the operand has one.
    @inlinable public var index: GeneralRegister? {
        let number = UInt8(truncatingIfNeeded: encoding &>> 11) & 7 | (extensionBits & 2) &<< 2
        return hasSIB && number != 4 ? GeneralRegister(rawValue: number) : nil
    }

    /// What the index is multiplied by: 1, 2, 4 or 8.
    @inlinable public var scale: Int { hasSIB ? 1 &<< Int(truncatingIfNeeded: (encoding &>> 14) & 3) : 1 }

    /// The same operand `bytes` further on. Not for labels and constants.
    @inlinable public func advanced(by bytes: Int32) -> MemoryOperand {
        switch target {
        case 0:
            let displacement = self.displacement &+ bytes
            switch (base, index) {
            case (let base?, let index?): return MemoryOperand(base, index, scale, displacement)
            case (let base?, nil): return MemoryOperand(base, displacement)
            case (nil, let index?): return MemoryOperand(index: index, scale: scale, displacement: displacement)
            case (nil, nil): return MemoryOperand(absolute: displacement)
            }
        case Target.relocation:
            let addend = Int32(truncatingIfNeeded: encoding &>> 8) &+ bytes
            let cleared = encoding & ~(0xFFFF_FFFF &<< 8)
            return MemoryOperand(
                encoding: cleared | UInt64(UInt32(bitPattern: addend)) &<< 8, payload: payload)
        default:
            return .invalid
        }
    }
}
