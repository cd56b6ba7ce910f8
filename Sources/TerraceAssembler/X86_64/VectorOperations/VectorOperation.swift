// What a vector instruction is, apart from its operands: one value serves the legacy (SSE) and the VEX (AVX) encoding.
// The table of all operations stands in the files VectorOperations+….swift.

/// A vector instruction without its operands.
@frozen public struct VectorOperation: Hashable, Sendable, BitwiseCopyable {
    /// Bits 0–11 as in ``InstructionCode``, the rest are ``Traits``.
    @usableFromInline let bits: UInt32

    /// What the encoders must know beside the code.
    @frozen @usableFromInline struct Traits: BitwiseCopyable {
        @usableFromInline let bits: UInt32
        @inlinable @inline(__always) init(bits: UInt32) { self.bits = bits }
        @inlinable @inline(__always) static func | (a: Self, b: Self) -> Self { Self(bits: a.bits | b.bits) }

        @inlinable static var none: Self { Self(bits: 0) }
        /// W is set: 64-bit elements, or a 64-bit general register.
        @inlinable static var wide64: Self { Self(bits: 1 &<< 12) }
        /// The VEX form has no further source operand.
        @inlinable static var twoOperands: Self { Self(bits: 1 &<< 13) }
        @inlinable static var vexOnly: Self { Self(bits: 1 &<< 14) }
        @inlinable static var legacyOnly: Self { Self(bits: 1 &<< 15) }
        /// The vector register is the source and stands in ModRM's register field.
        @inlinable static var stores: Self { Self(bits: 1 &<< 16) }
        /// Shifts the whole register by bytes; has no form with a count in a register.
        @inlinable static var shiftsBytes: Self { Self(bits: 1 &<< 17) }

        // How the code of the store follows from that of the load, bits 18–20.

        /// Opcode with bit 0 flipped.
        @inlinable static var storeOpcode1: Self { Self(bits: 1 &<< 18) }
        /// Opcode with bit 4 flipped.
        @inlinable static var storeOpcode10: Self { Self(bits: 2 &<< 18) }
        /// `F3 0F 7E` loads, `66 0F D6` stores.
        @inlinable static var storeQuad: Self { Self(bits: 3 &<< 18) }
        /// `66 0F C5` goes to a register, `66 0F 3A 15` to memory.
        @inlinable static var storeWord: Self { Self(bits: 4 &<< 18) }
    }

    @inlinable @inline(__always)
    init(_ prefix: Prefix, _ map: Map, _ opcode: UInt8, _ traits: Traits = .none) {
        bits = UInt32(opcode) | prefix.rawValue &<< 8 | map.rawValue &<< 10 | traits.bits
    }

    @inlinable @inline(__always) init(bits: UInt32) { self.bits = bits }

    /// The operation as a number, for whoever keeps operations in instructions of its own. Of no meaning elsewhere.
    @inlinable public var rawValue: UInt32 { bits }

    /// - Parameter rawValue: what ``rawValue`` of an operation was.
    @inlinable public init(rawValue: UInt32) { bits = rawValue }

    @inlinable @inline(__always) func has(_ traits: Traits) -> Bool { bits & traits.bits != 0 }

    @inlinable var code: InstructionCode { InstructionCode(bits: bits & 0xFFF) }
    @inlinable var size: OperandSize { has(.wide64) ? .qword : .dword }

    /// The operation that moves the other way: from a vector register to memory, or to a general register.
    @inlinable var stored: VectorOperation {
        let difference: UInt32
        switch (bits &>> 18) & 7 {
        case 1: difference = 0x01
        case 2: difference = 0x10
        case 3: difference = 0x7E ^ 0xD6 | (2 ^ 1) &<< 8
        case 4: difference = 0xC5 ^ 0x15 | (1 ^ 3) &<< 10
        default: difference = 0
        }
        return VectorOperation(bits: bits ^ difference)
    }

    /// Whether the form with a general register as destination has that in ModRM's r/m field.
    @inlinable var storesToGeneral: Bool { has(.stores) || (bits &>> 18) & 7 == 2 }

    /// Whether the operation has a form that writes memory.
    @inlinable var canStore: Bool { has(.stores) || (bits &>> 18) & 7 != 0 }

    /// The opcode of a shift by an immediate, and the digit that belongs to it.
    @inlinable var immediateShift: (code: InstructionCode, digit: UInt8) {
        let opcode = UInt8(truncatingIfNeeded: bits)
        assert(bits & 0xF00 == 0x500 && opcode &>> 4 >= 0xD && 1...3 ~= opcode & 0xF, "not a shift")
        // D1–D3 shift right, E1–E2 right with the sign, F1–F3 left; the last nibble is the element size.
        let digit = (opcode &>> 4 & 3) &<< 1 | (has(.shiftsBytes) ? 1 : 0)
        return (.escaped(0x70 | opcode & 3, prefix: .p66), digit)
    }
}

extension InstructionCode {
    @inlinable @inline(__always) init(bits: UInt32) { self.bits = bits }
}
