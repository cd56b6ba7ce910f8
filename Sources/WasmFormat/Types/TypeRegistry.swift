// Numbers for types that are the same in all modules of an engine.

import TerraceThreads

/// Gives types canonical numbers across modules: two types have the same number exactly if they are equivalent.
///
/// Groups are compared by iso-recursive equivalence. Numbers are never reused or taken back. Safe from any thread; all
/// state is behind one lock.
public final class TypeRegistry: Sendable {
    private struct Entry {
        /// References are to canonical numbers.
        var type: SubType
        var depth: Int
        /// Where the type's display stands: its supertypes from the top down to itself.
        var display: Int
        var group: Range<UInt32>
    }

    private struct State {
        var interner = TypeInterner()
        var entries: [Entry] = []
        var displays: [UInt32] = []
    }

    private let state = Guarded(State())

    public init() {}

    /// How many different types there are.
    public var count: Int { state.withLock { $0.entries.count } }

    /// The canonical number of each type of a module, by type index.
    public func register(_ module: WasmModule) -> [UInt32] {
        // In the module's types references are normalised, also those inside a group to itself: only the first of
        // equivalent groups still reads as it was written, and the others take its numbers.
        register(types: module.types, groups: module.recursionGroups) { index in
            module.typeTable.entries[Int(index)].canonical
        }
    }

    /// The canonical number of a function type that stands alone and final, as host functions have it.
    ///
    /// Type indices in its references are taken as canonical numbers.
    public func register(_ type: FunctionType) -> UInt32 {
        state.withLock { state in
            Self.registerGroup([SubType(composite: .function(type))], first: .max, &state) { $0 }
        }
    }

    /// The canonical numbers of types whose groups come in order and cover all of them.
    /// `firstEquivalent` gives for a type the smallest index of an equivalent one.
    func register(
        types: [SubType], groups: [Range<UInt32>], firstEquivalent: (UInt32) -> UInt32 = { $0 }
    ) -> [UInt32] {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(types.count)
        state.withLock { state in
            for group in groups where !group.isEmpty {
                if firstEquivalent(group.lowerBound) != group.lowerBound {
                    for index in group { numbers.append(numbers[Int(firstEquivalent(index))]) }
                    continue
                }
                let members = Array(types[Int(group.lowerBound)..<Int(group.upperBound)])
                let first = Self.registerGroup(members, first: group.lowerBound, &state) { numbers[Int($0)] }
                for index in 0..<UInt32(group.count) { numbers.append(first + index) }
            }
        }
        return numbers
    }

    /// The number of a group's first type. `number` gives the numbers of types before the group.
    private static func registerGroup(
        _ members: [SubType], first: UInt32, _ state: inout State, _ number: (UInt32) -> UInt32
    ) -> UInt32 {
        let next = UInt32(state.entries.count)
        let mark: UInt32 = 0x0200_0000
        var key: [UInt32] = []
        for member in members {
            member.appendKey(to: &key) { index in index >= first ? mark | (index - first) : number(index) }
        }
        let found = state.interner.intern(key, firstType: next)
        guard found == next else { return found }
        for member in members {
            let type = member.mapTypeIndices { index in index >= first ? next + (index - first) : number(index) }
            let own = UInt32(state.entries.count)
            let display = state.displays.count
            var depth = 0
            if let supertype = type.supertype {
                let entry = state.entries[Int(supertype)]
                depth = entry.depth + 1
                for level in 0..<depth { state.displays.append(state.displays[entry.display + level]) }
            }
            state.displays.append(own)
            state.entries.append(
                Entry(type: type, depth: depth, display: display, group: next..<(next + UInt32(members.count))))
        }
        return next
    }

    /// Whether a type is another or derived from it. Takes the same time at any depth.
    public func isSubtype(_ type: UInt32, _ other: UInt32) -> Bool {
        if type == other { return true }
        return state.withLock { state in
            let entry = state.entries[Int(type)]
            let depth = state.entries[Int(other)].depth
            return depth <= entry.depth && state.displays[entry.display + depth] == other
        }
    }

    /// The type with a number; its references are to canonical numbers.
    public func type(of number: UInt32) -> SubType { state.withLock { $0.entries[Int(number)].type } }

    /// How many supertypes a type has above it.
    public func depth(of number: UInt32) -> Int { state.withLock { $0.entries[Int(number)].depth } }

    /// The supertypes of a type from the top, and last the type itself.
    public func display(of number: UInt32) -> [UInt32] {
        state.withLock { state in
            let entry = state.entries[Int(number)]
            return Array(state.displays[entry.display...(entry.display + entry.depth)])
        }
    }

    /// Whether values of one type are values of another. Type indices in both are canonical numbers.
    public func isSubtype(_ type: ValueType, of other: ValueType) -> Bool {
        if type == other { return true }
        guard type.isReference, other.isReference, other.isNullable || !type.isNullable else { return false }
        return isSubtype(type.heapType, of: other.heapType)
    }

    /// Whether references to one heap type are references to another. Type indices in both are canonical numbers.
    public func isSubtype(_ type: HeapType, of other: HeapType) -> Bool {
        if type == other { return true }
        if type.isConcrete && other.isConcrete { return isSubtype(type.typeIndex, other.typeIndex) }
        // A concrete type below an abstract one: its kind decides. And the bottoms are below concrete types.
        if type.isConcrete { return isSubtype(kind(of: type.typeIndex), orEqualTo: other) }
        if other.isConcrete {
            return type == (kind(of: other.typeIndex) == .func ? .nofunc : .none)
        }
        return isSubtype(type, orEqualTo: other)
    }

    private func kind(of number: UInt32) -> HeapType {
        switch type(of: number).composite {
        case .function: .func
        case .structure: .struct
        case .array: .array
        }
    }

    private func isSubtype(_ type: HeapType, orEqualTo other: HeapType) -> Bool {
        type == other || type.isBelow(other)
    }
}

extension SubType {
    /// Words that tell types with different definitions apart, given how to write references.
    func appendKey(to key: inout [UInt32], _ reference: (UInt32) -> UInt32) {
        func append(_ type: ValueType) {
            let isConcrete = type.isReference && type.heapType.isConcrete
            key.append(isConcrete ? type.rawValue & 0xC000_0000 | reference(type.heapType.typeIndex) : type.rawValue)
        }
        func append(_ field: FieldType) {
            switch field.storage {
            case .i8: key.append(FieldEntry.packed8)
            case .i16: key.append(FieldEntry.packed16)
            case .value(let type): append(type)
            }
            key.append(field.isMutable ? 1 : 0)
        }
        let form: UInt32
        switch composite {
        case .function: form = 0
        case .structure: form = 1
        case .array: form = 2
        }
        key.append(form | (isFinal ? 4 : 0))
        key.append(supertype.map(reference) ?? .max)
        switch composite {
        case .function(let type):
            key.append(UInt32(type.parameters.count))
            key.append(UInt32(type.results.count))
            for parameter in type.parameters { append(parameter) }
            for result in type.results { append(result) }
        case .structure(let type):
            key.append(UInt32(type.fields.count))
            for field in type.fields { append(field) }
        case .array(let type): append(type.element)
        }
    }

    /// The same type with other type indices.
    public func mapTypeIndices(_ transform: (UInt32) -> UInt32) -> SubType {
        func map(_ type: ValueType) -> ValueType {
            guard type.isReference, type.heapType.isConcrete else { return type }
            return .ref(.concrete(transform(type.heapType.typeIndex)), nullable: type.isNullable)
        }
        func map(_ field: FieldType) -> FieldType {
            guard case .value(let type) = field.storage else { return field }
            return FieldType(storage: .value(map(type)), isMutable: field.isMutable)
        }
        var result = self
        result.supertype = supertype.map(transform)
        switch composite {
        case .function(let type):
            result.composite = .function(
                FunctionType(parameters: type.parameters.map(map), results: type.results.map(map)))
        case .structure(let type): result.composite = .structure(StructType(fields: type.fields.map(map)))
        case .array(let type): result.composite = .array(ArrayType(element: map(type.element)))
        }
        return result
    }
}
