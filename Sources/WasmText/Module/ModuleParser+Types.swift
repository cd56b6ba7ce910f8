// Types: value types, heap types, signatures, type definitions, and the types that signatures define by being used.

/// An encoded value, heap or storage type: at most seven bytes, and their number in the top byte.
struct EncodedType: Equatable {
    private(set) var raw: UInt64

    init(_ byte: UInt8) { raw = UInt64(byte) | 1 << 56 }

    var count: Int { Int(raw >> 56) }

    /// The same bytes behind one more.
    func prefixed(_ byte: UInt8) -> EncodedType {
        var result = self
        result.raw = (raw & 0x00FF_FFFF_FFFF_FFFF) << 8 & 0x00FF_FFFF_FFFF_FFFF | UInt64(byte)
        result.raw |= UInt64(count + 1) << 56
        return result
    }

    /// A type index as a heap type: signed LEB128.
    init(typeIndex: UInt32) {
        raw = 0
        var rest = Int64(typeIndex)
        var length: UInt64 = 0
        while true {
            let low = UInt64(rest & 0x7F)
            rest >>= 7
            let isLast = rest == 0 && low & 0x40 == 0
            raw |= (isLast ? low : low | 0x80) << (length * 8)
            length += 1
            if isLast { break }
        }
        raw |= length << 56
    }

    static let nullFunc = EncodedType(0x70)
}

extension ByteWriter {
    @inline(__always)
    mutating func type(_ type: EncodedType) {
        reserve(8)
        UnsafeMutableRawPointer(base + count).storeBytes(of: type.raw.littleEndian, as: UInt64.self)
        truncate(to: count &+ type.count)
    }
}

/// What is known of a type definition.
struct TypeRecord {
    var isFunction: Bool
    var parameterCount: UInt32
    /// Where the encoded parameters and results of a function type are in the type section.
    var signature: Range<Int>
}

/// Finds function types by their encoded parameters and results.
struct FunctionTypeTable {
    private var slots: [UInt32] = Array(repeating: 0, count: 64)
    private var entries: [(hash: UInt64, index: UInt32, signature: Range<Int>)] = []

    mutating func removeAll() {
        guard !entries.isEmpty else { return }
        entries.removeAll(keepingCapacity: true)
        slots = Array(repeating: 0, count: 64)
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash ^ hash >> 29
    }

    /// The type with this signature, if there is one.
    func find(_ signature: UnsafeBufferPointer<UInt8>, in section: UnsafePointer<UInt8>) -> UInt32? {
        let hash = Self.hash(signature)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.signature.count == signature.count,
                equal(section + entry.signature.lowerBound, signature.baseAddress!, signature.count)
            {
                return entry.index
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds a type; an earlier one with the same signature stays the one that is found.
    mutating func insert(_ index: UInt32, _ signature: Range<Int>, in section: UnsafePointer<UInt8>) {
        let bytes = UnsafeBufferPointer(start: section + signature.lowerBound, count: signature.count)
        if find(bytes, in: section) != nil { return }
        entries.append((Self.hash(bytes), index, signature))
        if entries.count * 2 > slots.count {
            slots = Array(repeating: 0, count: slots.count * 2)
            for position in entries.indices { place(position) }
        } else {
            place(entries.count - 1)
        }
    }

    private mutating func place(_ position: Int) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: entries[position].hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(position + 1)
    }
}

extension ModuleParser {
    // MARK: Heap types and value types

    /// The code of an abstract heap type.
    private func abstractHeapType(_ word: Word) -> UInt8? {
        switch word {
        case .nofunc: 0x73
        case .noextern: 0x72
        case .none: 0x71
        case .func: 0x70
        case .extern: 0x6F
        case .any: 0x6E
        case .eq: 0x6D
        case .i31: 0x6C
        case .struct: 0x6B
        case .array: 0x6A
        case .exn: 0x69
        case .noexn: 0x74
        default: nil
        }
    }

    /// The code of the short name of a nullable reference type.
    private func shortReferenceType(_ word: Word) -> UInt8? {
        switch word {
        case .nullfuncref: 0x73
        case .nullexternref: 0x72
        case .nullref: 0x71
        case .funcref: 0x70
        case .externref: 0x6F
        case .anyref: 0x6E
        case .eqref: 0x6D
        case .i31ref: 0x6C
        case .structref: 0x6B
        case .arrayref: 0x6A
        case .exnref: 0x69
        case .nullexnref: 0x74
        default: nil
        }
    }

    mutating func readHeapType() throws(SyntaxError) -> EncodedType {
        let token = token
        if let word = word(of: token), let code = abstractHeapType(word) {
            cursor += 1
            return EncodedType(code)
        }
        if isIndex(token) { return EncodedType(typeIndex: try readIndex(.type)) }
        if isAtOpen(.exact) {
            cursor += 2
            let type = EncodedType(typeIndex: try readIndex(.type)).prefixed(0x62)
            try expectClose()
            return type
        }
        throw unexpected()
    }

    /// Whether a reference type comes next.
    var isAtReferenceType: Bool {
        if let word = word(of: token) { return shortReferenceType(word) != nil }
        return isAtOpen(.ref)
    }

    /// A reference type as heap type and nullability.
    mutating func readReference() throws(SyntaxError) -> (heapType: EncodedType, isNullable: Bool) {
        if let word = word(of: token), let code = shortReferenceType(word) {
            cursor += 1
            return (EncodedType(code), true)
        }
        try expectOpen(.ref)
        let isNullable = takeWord(.null)
        let heapType = try readHeapType()
        try expectClose()
        return (heapType, isNullable)
    }

    mutating func readReferenceType() throws(SyntaxError) -> EncodedType {
        let (heapType, isNullable) = try readReference()
        if !isNullable { return heapType.prefixed(0x64) }
        // Abstract heap types have a short form; their codes are the single bytes with bit 6 set.
        return heapType.count == 1 && heapType.raw & 0x40 != 0 ? heapType : heapType.prefixed(0x63)
    }

    @inline(__always)
    mutating func readValueType() throws(SyntaxError) -> EncodedType {
        if token.kind == .word {
            let code: UInt8
            switch token.code {
            case Word.i32.rawValue: code = 0x7F
            case Word.i64.rawValue: code = 0x7E
            case Word.f32.rawValue: code = 0x7D
            case Word.f64.rawValue: code = 0x7C
            case Word.v128.rawValue: code = 0x7B
            default: return try readReferenceType()
            }
            cursor &+= 1
            return EncodedType(code)
        }
        return try readReferenceType()
    }

    // MARK: Signatures

    /// What a signature may do with names of parameters.
    enum ParameterNames { case bound, ignored, forbidden }

    /// Reads parameters and results into `parameterTypes` and `resultTypes`, and encodes both in `signature`.
    mutating func readSignature(_ names: ParameterNames) throws(SyntaxError) {
        parameterTypes.removeAll()
        resultTypes.removeAll()
        parameterCount = 0
        resultCount = 0
        while isAtOpen(.param) {
            cursor += 2
            if token.kind == .identifier {
                let at = cursor
                if names == .forbidden { throw unexpected() }
                let symbol = takeIdentifier()
                let annotation = takeAnnotation(.name, before: cursor)
                if names == .bound, !locals.define(symbol: symbol, annotation: annotation) {
                    throw duplicate("local", at: at)
                }
                parameterTypes.type(try readValueType())
                parameterCount += 1
            } else {
                while token.kind != .rightParenthesis {
                    let annotation = takeAnnotation(.name, before: cursor)
                    parameterTypes.type(try readValueType())
                    parameterCount += 1
                    if names == .bound { _ = locals.define(symbol: 0, annotation: annotation) }
                }
            }
            try expectClose()
        }
        while isAtOpen(.result) {
            cursor += 2
            while token.kind != .rightParenthesis {
                resultTypes.type(try readValueType())
                resultCount += 1
            }
            try expectClose()
        }
        signature.removeAll()
        signature.unsigned(parameterCount)
        signature.append(parameterTypes)
        signature.unsigned(resultCount)
        signature.append(resultTypes)
    }

    /// The index of the function type in `signature`, which is added to the module if it has none yet.
    mutating func indexOfSignature() -> UInt32 {
        if let index = functionTypes.find(signature.bytes, in: typeSection.base) { return index }
        let index = types.count
        types.defineAnonymous(1)
        typeSection.byte(0x60)
        let start = typeSection.count
        typeSection.append(signature)
        typeGroupCount += 1
        let range = start..<typeSection.count
        typeRecords.append(TypeRecord(isFunction: true, parameterCount: parameterCount, signature: range))
        functionTypes.insert(index, range, in: typeSection.base)
        return index
    }

    /// The index in `(type x)`, if that comes next.
    mutating func takeTypeClause() throws(SyntaxError) -> UInt32? {
        guard isAtOpen(.type) else { return nil }
        cursor += 2
        let index = try readIndex(.type)
        try expectClose()
        return index
    }

    /// After a `(type x)` and a signature: checks that they agree where both are given.
    mutating func check(_ index: UInt32, againstSignatureAt start: Int) throws(SyntaxError) {
        guard parameterCount != 0 || resultCount != 0 else { return }
        guard Int(index) < typeRecords.count else {
            throw SyntaxError("unknown type \(index)", at: Int(tokens[start].start))
        }
        let record = typeRecords[Int(index)]
        guard record.isFunction, record.signature.count == signature.count,
            equal(typeSection.base + record.signature.lowerBound, signature.base, signature.count)
        else {
            // Clauses in the wrong order are the better explanation.
            if isAtOpen(.param) || isAtOpen(.type) || isAtOpen(.result) { throw unexpected(at: cursor + 1) }
            throw SyntaxError("inline function type does not match type \(index)", at: Int(tokens[start].start))
        }
    }

    /// Reads `(type x)? (param …)* (result …)*` and gives the type's index. With bound names the parameters become
    /// locals, also those of a type that is only named.
    mutating func readTypeUse(_ names: ParameterNames) throws(SyntaxError) -> UInt32 {
        let start = cursor
        guard let index = try takeTypeClause() else {
            try readSignature(names)
            return indexOfSignature()
        }
        try readSignature(names)
        try check(index, againstSignatureAt: start)
        if names == .bound, parameterCount == 0, Int(index) < typeRecords.count {
            locals.defineAnonymous(typeRecords[Int(index)].parameterCount)
        }
        return index
    }

    // MARK: Definitions

    /// Reads `(type …)`; the cursor is at its parenthesis.
    mutating func parseTypeDefinition(isAlone: Bool) throws(SyntaxError) {
        let index = UInt32(typeRecords.count)
        cursor += 2
        _ = takeIdentifier()
        var isPlain = true
        if isAtOpen(.sub) {
            cursor += 2
            let isFinal = takeWord(.final)
            expression.removeAll()
            var supertypes: UInt32 = 0
            while isIndex(token) {
                expression.unsigned(try readIndex(.type))
                supertypes += 1
            }
            if !isFinal || supertypes > 0 {
                isPlain = false
                typeSection.byte(isFinal ? 0x4F : 0x50)
                typeSection.unsigned(supertypes)
                typeSection.append(expression)
            }
            try parseCompositeType(index, &isPlain)
            try expectClose()
        } else {
            try parseCompositeType(index, &isPlain)
        }
        try expectClose()
        let record = typeRecords[Int(index)]
        if isAlone, isPlain, record.isFunction {
            functionTypes.insert(index, record.signature, in: typeSection.base)
        }
    }

    private mutating func parseCompositeType(_ index: UInt32, _ isPlain: inout Bool) throws(SyntaxError) {
        for (word, code) in [(Word.describes, UInt8(0x4C)), (.descriptor, 0x4D)] where isAtOpen(word) {
            cursor += 2
            isPlain = false
            typeSection.byte(code)
            typeSection.unsigned(try readIndex(.type))
            try expectClose()
        }
        guard token.kind == .leftParenthesis else { throw unexpected() }
        var record = TypeRecord(isFunction: false, parameterCount: 0, signature: 0..<0)
        switch word(of: peek(1)) {
        case .func:
            cursor += 2
            try readSignature(.ignored)
            typeSection.byte(0x60)
            let start = typeSection.count
            typeSection.append(signature)
            record = TypeRecord(
                isFunction: true, parameterCount: parameterCount, signature: start..<typeSection.count)
        case .struct:
            cursor += 2
            typeSection.byte(0x5F)
            try parseFields(index)
        case .array:
            cursor += 2
            typeSection.byte(0x5E)
            let (type, mutability) = try readFieldType()
            typeSection.type(type)
            typeSection.byte(mutability)
        default:
            throw unexpected(at: cursor + 1)
        }
        try expectClose()
        typeRecords.append(record)
    }

    private mutating func parseFields(_ index: UInt32) throws(SyntaxError) {
        expression.removeAll()
        var count: UInt32 = 0
        var names: [EntityName] = []
        while isAtOpen(.field) {
            cursor += 2
            if token.kind == .identifier {
                let at = cursor
                let symbol = takeIdentifier()
                let key = UInt64(index) << 32 | UInt64(symbol)
                if fieldIndices[key] != nil { throw duplicate("field", at: at) }
                fieldIndices[key] = count
                let annotation = takeAnnotation(.name, before: cursor)
                names.append(EntityName(index: count, symbol: symbol, annotation: annotation))
                try parseField()
                count += 1
            } else {
                while token.kind != .rightParenthesis {
                    try parseField()
                    count += 1
                }
            }
            try expectClose()
        }
        typeSection.unsigned(count)
        typeSection.append(expression)
        if !names.isEmpty { fieldNames.append((index, names)) }
    }

    private mutating func parseField() throws(SyntaxError) {
        let (type, mutability) = try readFieldType()
        expression.type(type)
        expression.byte(mutability)
    }

    private mutating func readFieldType() throws(SyntaxError) -> (EncodedType, UInt8) {
        let isMutable = isAtOpen(.mut)
        if isMutable { cursor += 2 }
        let type: EncodedType
        if takeWord(.i8) {
            type = EncodedType(0x78)
        } else if takeWord(.i16) {
            type = EncodedType(0x77)
        } else {
            type = try readValueType()
        }
        if isMutable { try expectClose() }
        return (type, isMutable ? 1 : 0)
    }
}
