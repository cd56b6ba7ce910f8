// Reading value types and heap types.

extension BinaryReader {
    /// A heap type whose type index, if it has one, is below a bound. Indices are as written.
    mutating func readHeapType(typeBound: Int) throws(ModuleError) -> HeapType {
        let start = cursor
        let value = try readS33()
        if value >= 0 {
            guard value < typeBound else {
                throw ModuleError(.invalid, "unknown type \(value)", offset: start - base)
            }
            return .concrete(UInt32(value))
        }
        guard cursor == start + 1, let type = HeapType(abstractCode: start.pointee) else {
            throw malformed("malformed heap type", at: start - base)
        }
        return type
    }

    /// A value type whose type index, if it has one, is below a bound. Indices are as written.
    @inline(__always)
    mutating func readValueType(typeBound: Int) throws(ModuleError) -> ValueType {
        // 0x7F…0x7B are i32, i64, f32, f64, v128.
        if cursor != end, cursor.pointee &- 0x7B < 5 {
            let type = ValueType(rawValue: UInt32(0x80 &- cursor.pointee))
            cursor += 1
            return type
        }
        return try readReferenceType(typeBound: typeBound, orElse: "malformed value type")
    }

    /// A reference type, or an error with a message.
    @inline(never)
    mutating func readReferenceType(
        typeBound: Int, orElse message: String = "malformed reference type"
    ) throws(ModuleError) -> ValueType {
        let start = offset
        let byte = try readByte()
        switch byte {
        case 0x64: return .ref(try readHeapType(typeBound: typeBound), nullable: false)
        case 0x63: return .ref(try readHeapType(typeBound: typeBound), nullable: true)
        default:
            guard let heapType = HeapType(abstractCode: byte) else { throw malformed(message, at: start) }
            return .ref(heapType, nullable: true)
        }
    }
}

extension ValueType {
    /// The newest feature that the type depends on.
    var feature: Feature {
        if self == .v128 { return .simd }
        guard isReference else { return .core }
        if heapType.isConcrete || !isNullable { return .functionReferences }
        switch heapType {
        case .func: return .core
        case .extern: return .referenceTypes
        case .exn, .noexn: return .exceptions
        default: return .gc
        }
    }
}
