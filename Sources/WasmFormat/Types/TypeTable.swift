// The types of a module in flat memory, as the validator reads them, and subtyping among them.

/// What a flat type entry describes.
@usableFromInline
enum TypeEntryKind: UInt8, BitwiseCopyable {
    case function
    case structure
    case array
}

/// A type of a module. Operand types and fields stand in the table's shared buffers from `start`.
@usableFromInline
struct TypeEntry: BitwiseCopyable {
    @usableFromInline var kind: TypeEntryKind
    @usableFromInline var isFinal: Bool
    /// Whether a structure or array can be made of default values.
    @usableFromInline var isDefaultable: Bool
    /// How many supertypes stand above.
    @usableFromInline var depth: UInt16
    /// The smallest index of an equivalent type.
    @usableFromInline var canonical: UInt32
    /// Canonical index of the supertype, `UInt32.max` if there is none.
    @usableFromInline var supertype: UInt32
    @usableFromInline var start: UInt32
    /// Parameters, or fields (one for an array).
    @usableFromInline var count: UInt32
    @usableFromInline var resultCount: UInt32
}

/// A field of a structure or the element of an array.
@usableFromInline
struct FieldEntry: BitwiseCopyable {
    /// A ``ValueType``, or ``packed8`` or ``packed16``.
    @usableFromInline var storage: UInt32
    @usableFromInline var isMutable: Bool

    static var packed8: UInt32 { 0x10 }
    static var packed16: UInt32 { 0x11 }

    var isPacked: Bool { storage == Self.packed8 || storage == Self.packed16 }
    var unpacked: ValueType { isPacked ? .i32 : ValueType(rawValue: storage) }

    /// Whether the field holds numbers or vectors, which data segments can fill.
    var isNumericOrVector: Bool { !ValueType(rawValue: storage).isReference }

    init(_ field: FieldType) {
        isMutable = field.isMutable
        switch field.storage {
        case .i8: storage = Self.packed8
        case .i16: storage = Self.packed16
        case .value(let type): storage = type.rawValue
        }
    }

    var fieldType: FieldType {
        switch storage {
        case Self.packed8: FieldType(storage: .i8, isMutable: isMutable)
        case Self.packed16: FieldType(storage: .i16, isMutable: isMutable)
        default: FieldType(storage: .value(ValueType(rawValue: storage)), isMutable: isMutable)
        }
    }
}

/// The types of a module.
///
/// Filled while the type section is decoded, never changed afterwards; hence shared freely between threads.
@usableFromInline
final class TypeTable: @unchecked Sendable {  // immutable once `WasmModule.decode` returns
    @usableFromInline
    private(set) var entries = GrowingBuffer<TypeEntry>()
    @usableFromInline
    var count: Int { entries.count }

    /// Parameters, then results, of all function types.
    @usableFromInline
    private(set) var operands = GrowingBuffer<ValueType>()
    @usableFromInline
    private(set) var fields = GrowingBuffer<FieldEntry>()
    /// Ranges of indices that were defined together.
    private(set) var groups: [Range<UInt32>] = []
    private var interner = TypeInterner()

    deinit {
        entries.deallocate()
        operands.deallocate()
        fields.deallocate()
    }

    /// Adds a type of the group being defined. References are as written.
    func append(_ type: SubType) {
        var entry = TypeEntry(
            kind: .function, isFinal: type.isFinal, isDefaultable: true, depth: 0, canonical: UInt32(count),
            supertype: type.supertype ?? .max, start: 0, count: 0, resultCount: 0)
        switch type.composite {
        case .function(let function):
            entry.start = UInt32(operands.count)
            entry.count = UInt32(function.parameters.count)
            entry.resultCount = UInt32(function.results.count)
            for parameter in function.parameters { operands.append(parameter) }
            for result in function.results { operands.append(result) }
        case .structure(let structure):
            entry.kind = .structure
            entry.start = UInt32(fields.count)
            entry.count = UInt32(structure.fields.count)
            for field in structure.fields { fields.append(FieldEntry(field)) }
            entry.isDefaultable = structure.fields.allSatisfy { $0.storage.unpacked.isDefaultable }
        case .array(let array):
            entry.kind = .array
            entry.start = UInt32(fields.count)
            entry.count = 1
            fields.append(FieldEntry(array.element))
            entry.isDefaultable = array.element.storage.unpacked.isDefaultable
        }
        entries.append(entry)
    }

    /// Ends the group of the last `size` types: finds an equal earlier group and normalises all references.
    /// All references must already be known to be in range.
    func finishGroup(size: Int) {
        let first = UInt32(count - size)
        groups.append(first..<UInt32(count))
        guard size > 0 else { return }
        var key: [UInt32] = []
        key.reserveCapacity(
            (Int(first)..<count).reduce(0) { $0 + 4 + 2 * Int(entries[$1].count + entries[$1].resultCount) })
        for index in Int(first)..<count {
            let entry = entries[index]
            key.append(UInt32(entry.kind.rawValue) | (entry.isFinal ? 4 : 0))
            key.append(entry.supertype == .max ? .max : relative(entry.supertype, to: first))
            key.append(entry.count)
            key.append(entry.resultCount)
            forEachReferenceWord(of: entry) { word, isMutable in
                key.append(relative(word: word, to: first))
                key.append(isMutable ? 1 : 0)
            }
        }
        let canonicalFirst = interner.intern(key, number: first)
        for index in Int(first)..<count { entries[index].canonical = canonicalFirst + UInt32(index) - first }
        for index in Int(first)..<count { normalize(&entries[index]) }
    }

    /// Marks a reference into the group being defined; outside of all type indices and abstract heap types.
    private static var relativeMark: UInt32 { 0x0200_0000 }

    private func relative(_ index: UInt32, to first: UInt32) -> UInt32 {
        index >= first ? Self.relativeMark | (index - first) : entries[Int(index)].canonical
    }

    private func relative(word: UInt32, to first: UInt32) -> UInt32 {
        let type = ValueType(rawValue: word)
        guard type.isReference, type.heapType.isConcrete else { return word }
        return word & 0xC000_0000 | relative(type.heapType.typeIndex, to: first)
    }

    private func forEachReferenceWord(of entry: TypeEntry, _ body: (UInt32, Bool) -> Void) {
        let start = Int(entry.start)
        if entry.kind == .function {
            for index in start..<(start + Int(entry.count + entry.resultCount)) {
                body(operands[index].rawValue, false)
            }
        } else {
            for index in start..<(start + Int(entry.count)) { body(fields[index].storage, fields[index].isMutable) }
        }
    }

    private func normalize(_ entry: inout TypeEntry) {
        let start = Int(entry.start)
        if entry.supertype != .max { entry.supertype = entries[Int(entry.supertype)].canonical }
        if entry.kind == .function {
            for index in start..<(start + Int(entry.count + entry.resultCount)) {
                operands[index] = normalized(operands[index])
            }
        } else {
            for index in start..<(start + Int(entry.count)) {
                fields[index].storage = normalized(ValueType(rawValue: fields[index].storage)).rawValue
            }
        }
    }

    /// Records how deep a type stands, once its supertype is known to be valid.
    func setDepth(_ depth: UInt16, of index: Int) { entries[index].depth = depth }

    /// A value type with its type index replaced by the smallest equivalent one.
    @inlinable
    func normalized(_ type: ValueType) -> ValueType {
        guard type.isReference, type.heapType.isConcrete else { return type }
        return .ref(normalized(type.heapType), nullable: type.isNullable)
    }

    @inlinable
    func normalized(_ type: HeapType) -> HeapType {
        type.isConcrete ? .concrete(entries[Int(type.typeIndex)].canonical) : type
    }

    func parameter(_ index: Int, of entry: TypeEntry) -> ValueType { operands[Int(entry.start) + index] }
    func result(_ index: Int, of entry: TypeEntry) -> ValueType { operands[Int(entry.start + entry.count) + index] }
    func field(_ index: Int, of entry: TypeEntry) -> FieldEntry { fields[Int(entry.start) + index] }

    func functionType(_ index: Int) -> FunctionType {
        let entry = entries[index]
        return FunctionType(
            parameters: (0..<Int(entry.count)).map { parameter($0, of: entry) },
            results: (0..<Int(entry.resultCount)).map { result($0, of: entry) })
    }

    func subType(_ index: Int) -> SubType {
        let entry = entries[index]
        let composite: CompositeType
        switch entry.kind {
        case .function: composite = .function(functionType(index))
        case .structure:
            composite = .structure(
                StructType(fields: (0..<Int(entry.count)).map { field($0, of: entry).fieldType }))
        case .array: composite = .array(ArrayType(element: field(0, of: entry).fieldType))
        }
        return SubType(
            isFinal: entry.isFinal, supertype: entry.supertype == .max ? nil : entry.supertype, composite: composite)
    }
}

// Subtyping. All type indices are normalised.
extension TypeTable {
    func isSubtype(_ a: ValueType, _ b: ValueType) -> Bool {
        if a == b || a.isBottom { return true }
        guard a.isReference, b.isReference, b.isNullable || !a.isNullable else { return false }
        return isSubtype(a.heapType, b.heapType)
    }

    func isSubtype(_ a: HeapType, _ b: HeapType) -> Bool {
        if a == b || a == .bottom { return true }
        if a.isConcrete {
            var index = a.typeIndex
            if b.isConcrete {
                let target = entries[Int(b.typeIndex)].depth
                while entries[Int(index)].depth > target { index = entries[Int(index)].supertype }
                return index == b.typeIndex
            }
            switch entries[Int(index)].kind {
            case .function: return b == .func
            case .structure: return b == .struct || b == .eq || b == .any
            case .array: return b == .array || b == .eq || b == .any
            }
        }
        if b.isConcrete {
            return a == (entries[Int(b.typeIndex)].kind == .function ? .nofunc : .none)
        }
        return a.isBelow(b)
    }

    /// The top of the hierarchy that a heap type belongs to.
    func top(of type: HeapType) -> HeapType {
        if type.isConcrete { return entries[Int(type.typeIndex)].kind == .function ? .func : .any }
        switch type {
        case .func, .nofunc: return .func
        case .extern, .noextern: return .extern
        case .exn, .noexn: return .exn
        case .bottom: return .bottom
        default: return .any
        }
    }

    /// Whether a type may be declared as a subtype of another by the shape of both.
    func matches(_ a: TypeEntry, _ b: TypeEntry) -> Bool {
        guard a.kind == b.kind else { return false }
        switch a.kind {
        case .function:
            guard a.count == b.count, a.resultCount == b.resultCount else { return false }
            return (0..<Int(a.count)).allSatisfy { isSubtype(parameter($0, of: b), parameter($0, of: a)) }
                && (0..<Int(a.resultCount)).allSatisfy { isSubtype(result($0, of: a), result($0, of: b)) }
        case .structure, .array:
            guard a.count >= b.count else { return false }
            return (0..<Int(b.count)).allSatisfy { fieldMatches(field($0, of: a), field($0, of: b)) }
        }
    }

    private func fieldMatches(_ a: FieldEntry, _ b: FieldEntry) -> Bool {
        guard a.isMutable == b.isMutable else { return false }
        if a.storage == b.storage { return true }
        if a.isMutable || a.isPacked || b.isPacked { return false }
        return isSubtype(a.unpacked, b.unpacked)
    }
}
