// Operators behind 0xFB: structures, arrays, casts, conversions, i31.

extension FunctionValidator {
    mutating func validateAggregate(_ opcode: Opcode) throws(ModuleError) {
        switch opcode {
        case .structNew, .structNewDefault, .structGet, .structGetS, .structGetU, .structSet:
            try validateStructure(opcode)
        case .arrayLen:
            try pop(.ref(.array, nullable: true))
            try push(.i32)
        case .arrayNew, .arrayNewDefault, .arrayNewFixed, .arrayNewData, .arrayNewElem:
            try validateArrayCreation(opcode)
        case .arrayGet, .arrayGetS, .arrayGetU, .arraySet, .arrayFill, .arrayCopy, .arrayInitData, .arrayInitElem:
            try validateArrayAccess(opcode)
        case .refTest, .refTestNull:
            let type = try readHeapType()
            try pop(.ref(types.top(of: type), nullable: true))
            try push(.i32)
        case .refCast, .refCastNull:
            let type = try readHeapType()
            try pop(.ref(types.top(of: type), nullable: true))
            try push(.ref(type, nullable: opcode == .refCastNull))
        case .brOnCast, .brOnCastFail: try branchOnCast(isOnFailure: opcode == .brOnCastFail)
        case .anyConvertExtern: try convert(from: .extern, to: .any)
        case .externConvertAny: try convert(from: .any, to: .extern)
        case .refI31:
            try pop(.i32)
            try push(.ref(.i31, nullable: false))
        case .i31GetS, .i31GetU:
            try pop(.ref(.i31, nullable: true))
            try push(.i32)
        default: throw malformed("unsupported operator \(opcode)")
        }
    }

    private mutating func convert(from source: HeapType, to destination: HeapType) throws(ModuleError) {
        let type = try popReference()
        guard types.isSubtype(type.heapType, source) else {
            throw typeMismatch(expected: .ref(source, nullable: true), found: type)
        }
        try push(.ref(destination, nullable: type.isNullable))
    }

    private mutating func branchOnCast(isOnFailure: Bool) throws(ModuleError) {
        let flags = try reader.readByte()
        guard flags < 4 else { throw malformed("malformed br_on_cast flags") }
        let label = try readLabel()
        let source = ValueType.ref(try readHeapType(), nullable: flags & 1 != 0)
        let target = ValueType.ref(try readHeapType(), nullable: flags & 2 != 0)
        guard types.isSubtype(target, source) else {
            throw invalid("type mismatch: cast from \(source) to \(target), which is no subtype")
        }
        // What is left if the cast fails: null too, unless the cast takes it.
        let rest = target.isNullable ? source.withNullability(false) : source
        let carried = isOnFailure ? rest : target
        guard label.count > 0, types.isSubtype(carried, label[label.count - 1]) else {
            throw invalid("type mismatch: branch carries \(carried), label takes \(label)")
        }
        try pop(source)
        try pop(label.dropLast)
        try push(label.dropLast)
        try push(isOnFailure ? target : rest)
    }

    // MARK: Structures

    private mutating func validateStructure(_ opcode: Opcode) throws(ModuleError) {
        let (index, entry) = try readType(.structure, "a structure type")
        switch opcode {
        case .structNew:
            for field in stride(from: Int(entry.count) - 1, through: 0, by: -1) {
                if isExhausted { break }
                try pop(types.field(field, of: entry).unpacked)
            }
            try push(reference(index, nullable: false))
        case .structNewDefault:
            guard entry.isDefaultable else { throw invalid("type mismatch: type \(index) has no default value") }
            try push(reference(index, nullable: false))
        default:
            let number = Int(try reader.readU32())
            guard number < entry.count else { throw unknown("field", number) }
            let field = types.field(number, of: entry)
            if opcode == .structSet {
                guard field.isMutable else { throw invalid("immutable field \(number)") }
                try pop(field.unpacked)
                try pop(reference(index, nullable: true))
            } else {
                try checkExtension(field, isExtending: opcode != .structGet)
                try pop(reference(index, nullable: true))
                try push(field.unpacked)
            }
        }
    }

    /// Packed fields are read with an extension, others without.
    private func checkExtension(_ field: FieldEntry, isExtending: Bool) throws(ModuleError) {
        if field.isPacked != isExtending {
            throw invalid("type mismatch: field is \(field.isPacked ? "packed" : "unpacked")")
        }
    }

    // MARK: Arrays

    private mutating func validateArrayCreation(_ opcode: Opcode) throws(ModuleError) {
        let (index, entry) = try readType(.array, "an array type")
        let element = types.field(0, of: entry)
        switch opcode {
        case .arrayNew:
            try pop(.i32)
            try pop(element.unpacked)
        case .arrayNewDefault:
            guard entry.isDefaultable else { throw invalid("type mismatch: elements have no default value") }
            try pop(.i32)
        case .arrayNewFixed:
            let count = Int(try reader.readU32())
            try popRepeated(element.unpacked, count)
        case .arrayNewData:
            guard element.isNumericOrVector else { throw invalid("array type is not numeric or vector") }
            try readDataIndex()
            try pop(.i32)
            try pop(.i32)
        default:
            try checkSegment(try readElementSegment(), for: element)
            try pop(.i32)
            try pop(.i32)
        }
        try push(reference(index, nullable: false))
    }

    private mutating func popRepeated(_ type: ValueType, _ count: Int) throws(ModuleError) {
        for _ in 0..<count {
            if isExhausted { break }
            try pop(type)
        }
    }

    private func checkSegment(_ segment: ValueType, for element: FieldEntry) throws(ModuleError) {
        guard !element.isPacked, types.isSubtype(segment, element.unpacked) else {
            throw invalid("type mismatch: segment of \(segment) for elements of \(element.unpacked)")
        }
    }

    private mutating func validateArrayAccess(_ opcode: Opcode) throws(ModuleError) {
        let (index, entry) = try readType(.array, "an array type")
        let element = types.field(0, of: entry)
        let array = reference(index, nullable: true)
        switch opcode {
        case .arrayGet, .arrayGetS, .arrayGetU:
            try checkExtension(element, isExtending: opcode != .arrayGet)
            try pop(.i32)
            try pop(array)
            try push(element.unpacked)
            return
        case .arrayCopy:
            let (sourceIndex, sourceEntry) = try readType(.array, "an array type")
            let source = types.field(0, of: sourceEntry)
            guard element.isMutable else { throw invalid("immutable array") }
            let matches =
                element.isPacked || source.isPacked
                ? element.storage == source.storage : types.isSubtype(source.unpacked, element.unpacked)
            guard matches else { throw invalid("array types do not match") }
            try pop(.i32)
            try pop(.i32)
            try pop(reference(sourceIndex, nullable: true))
        case .arraySet:
            guard element.isMutable else { throw invalid("immutable array") }
            try pop(element.unpacked)
        case .arrayFill:
            guard element.isMutable else { throw invalid("immutable array") }
            try pop(.i32)
            try pop(element.unpacked)
        case .arrayInitData:
            guard element.isMutable else { throw invalid("immutable array") }
            guard element.isNumericOrVector else { throw invalid("array type is not numeric or vector") }
            try readDataIndex()
            try pop(.i32)
            try pop(.i32)
        default:
            guard element.isMutable else { throw invalid("immutable array") }
            try checkSegment(try readElementSegment(), for: element)
            try pop(.i32)
            try pop(.i32)
        }
        try pop(.i32)
        try pop(array)
    }
}
