// Numbers for types that are the same in all modules of an engine.

import TerraceThreads

/// Gives types canonical numbers across modules: two types have the same number exactly if they are equivalent.
///
/// Groups are compared by iso-recursive equivalence. A type keeps its number as long as some ``RegisteredTypes`` that it
/// belongs to lives; then the number may be given to another type. So numbers may be compared, and kept in code and
/// records, only by those who keep the types registered. Safe from any thread; all state is behind one lock.
public final class TypeRegistry: Sendable {
    fileprivate struct Entry {
        /// References are to canonical numbers.
        var type: SubType
        var depth: Int
        /// The supertypes from the top down, without the type itself.
        var supertypes: [UInt32]
        /// The type's group; -1 if the number is free.
        var group: Int
    }

    fileprivate struct Group {
        var members: [UInt32]
        /// What the interner knows it by.
        var key: [UInt32]
        /// How many registrations and other groups use it.
        var uses: Int
        /// Groups that its types refer to, each as often as a use was counted for it.
        var references: [Int]
    }

    fileprivate struct State {
        var interner = TypeInterner()
        var entries: [Entry] = []
        var freeNumbers: [UInt32] = []
        var groups: [Group] = []
        var freeGroups: [Int] = []
    }

    private let state = Guarded(State())

    /// Stands where a number is free.
    fileprivate static let noType = SubType(composite: .function(FunctionType()))

    public init() {}

    /// How many different types are registered now.
    public var count: Int { state.withLock { $0.entries.count - $0.freeNumbers.count } }

    /// Numbers that were ever needed at one time.
    public var capacity: Int { state.withLock { $0.entries.count } }

    /// Whether a module may have types of these numbers. Larger ones would come near the codes of abstract heap types, which
    /// references are compared with; a million numbers are left to what hosts register one by one.
    public static func hasRoom(for numbers: [UInt32], limit: UInt32 = 0xF0_0000) -> Bool {
        assert(HeapType(rawValue: limit).isConcrete)
        return numbers.allSatisfy { $0 < limit }
    }

    /// The canonical number of each type of a module, by type index. See ``hasRoom(for:limit:)``.
    public func register(_ module: WasmModule) -> RegisteredTypes {
        // In the module's types references are normalised, also those inside a group to itself: only the first of
        // equivalent groups still reads as it was written, and the others take its numbers.
        register(types: module.types, groups: module.recursionGroups) { index in
            module.typeTable.entries[Int(index)].canonical
        }
    }

    /// The canonical number of a function type that stands alone and final, as host functions have it.
    ///
    /// Type indices in its references are taken as canonical numbers. Returns nil if one of them is in use no more: nobody
    /// kept what a host remembers.
    public func register(_ type: FunctionType) -> RegisteredTypes? {
        state.withLock { state in
            guard (type.parameters + type.results).allSatisfy({ state.isInUse($0) }) else { return nil }
            let group = state.register([SubType(composite: .function(type))], first: .max) { $0 }
            return RegisteredTypes(self, numbers: state.groups[group].members, groups: [group])
        }
    }

    /// Keeps the type that a value type refers to, if it does. Returns nil if that is in use no more.
    public func retain(_ type: ValueType) -> RegisteredTypes? {
        guard type.isReference, type.heapType.isConcrete else { return RegisteredTypes(self, numbers: [], groups: []) }
        return state.withLock { state in
            guard let entry = state.entry(type.heapType.typeIndex) else { return nil }
            state.groups[entry.group].uses += 1
            return RegisteredTypes(self, numbers: [type.heapType.typeIndex], groups: [entry.group])
        }
    }

    /// The canonical numbers of types whose groups come in order and cover all of them.
    /// `firstEquivalent` gives for a type the smallest index of an equivalent one.
    func register(
        types: [SubType], groups: [Range<UInt32>], firstEquivalent: (UInt32) -> UInt32 = { $0 }
    ) -> RegisteredTypes {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(types.count)
        var used: [Int] = []
        state.withLock { state in
            for range in groups where !range.isEmpty {
                if firstEquivalent(range.lowerBound) != range.lowerBound {
                    for index in range { numbers.append(numbers[Int(firstEquivalent(index))]) }
                    continue
                }
                let members = Array(types[Int(range.lowerBound)..<Int(range.upperBound)])
                let group = state.register(members, first: range.lowerBound) { numbers[Int($0)] }
                used.append(group)
                numbers.append(contentsOf: state.groups[group].members)
            }
        }
        return RegisteredTypes(self, numbers: numbers, groups: used)
    }

    /// Ends one use of each of some groups.
    fileprivate func release(_ groups: [Int]) {
        state.withLock { state in
            for group in groups { state.release(group) }
        }
    }

    /// Whether a type is another or derived from it. Takes the same time at any depth. Numbers that nobody uses are of no
    /// type but themselves.
    public func isSubtype(_ type: UInt32, _ other: UInt32) -> Bool {
        if type == other { return true }
        return state.withLock { state in
            guard let entry = state.entry(type), let depth = state.entry(other)?.depth else { return false }
            return depth < entry.depth && entry.supertypes[depth] == other
        }
    }

    /// The type with a number that is in use; its references are to canonical numbers.
    public func type(of number: UInt32) -> SubType { state.withLock { $0.entries[Int(number)].type } }

    /// How many supertypes a type has above it.
    public func depth(of number: UInt32) -> Int { state.withLock { $0.entries[Int(number)].depth } }

    /// The supertypes of a type from the top, and last the type itself.
    public func display(of number: UInt32) -> [UInt32] {
        state.withLock { $0.entries[Int(number)].supertypes + [number] }
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

extension TypeRegistry.State {
    /// A type in use.
    func entry(_ number: UInt32) -> TypeRegistry.Entry? {
        guard number < entries.count, entries[Int(number)].group >= 0 else { return nil }
        return entries[Int(number)]
    }

    /// Whether a value type is no reference to a type whose number is free.
    func isInUse(_ type: ValueType) -> Bool {
        !type.isReference || !type.heapType.isConcrete || entry(type.heapType.typeIndex) != nil
    }

    /// The group of some types, with one use more. `number` gives the numbers of types before the group.
    mutating func register(_ members: [SubType], first: UInt32, _ number: (UInt32) -> UInt32) -> Int {
        let mark: UInt32 = 0x0200_0000
        var key: [UInt32] = []
        for member in members {
            member.appendKey(to: &key) { index in index >= first ? mark | (index - first) : number(index) }
        }
        let next = freeGroups.last ?? groups.count
        let found = Int(interner.intern(key, number: UInt32(next)))
        if found != next {
            groups[found].uses += 1
            return found
        }
        var group = TypeRegistry.Group(members: [], key: key, uses: 1, references: [])
        group.members.reserveCapacity(members.count)
        // Numbers first: the types refer to each other.
        for _ in members {
            if let number = freeNumbers.popLast() {
                group.members.append(number)
            } else {
                group.members.append(UInt32(entries.count))
                entries.append(.init(type: TypeRegistry.noType, depth: 0, supertypes: [], group: -1))
            }
        }
        for (member, own) in zip(members, group.members) {
            let type = member.mapTypeIndices { index in
                if index >= first { return group.members[Int(index - first)] }
                let outer = number(index)
                precondition(entry(outer) != nil, "type number \(outer) is not in use")
                let outerGroup = entries[Int(outer)].group
                groups[outerGroup].uses += 1
                group.references.append(outerGroup)
                return outer
            }
            var supertypes: [UInt32] = []
            if let supertype = type.supertype { supertypes = entries[Int(supertype)].supertypes + [supertype] }
            entries[Int(own)] = .init(type: type, depth: supertypes.count, supertypes: supertypes, group: next)
        }
        if freeGroups.isEmpty {
            groups.append(group)
        } else {
            freeGroups.removeLast()
            groups[next] = group
        }
        return next
    }

    /// Ends a use of a group. After the last the types are gone, and their uses of other groups with them.
    mutating func release(_ group: Int) {
        var pending = [group]
        while let index = pending.popLast() {
            groups[index].uses -= 1
            guard groups[index].uses == 0 else { continue }
            interner.remove(groups[index].key)
            for number in groups[index].members {
                entries[Int(number)] = .init(type: TypeRegistry.noType, depth: 0, supertypes: [], group: -1)
                freeNumbers.append(number)
            }
            pending += groups[index].references
            groups[index] = .init(members: [], key: [], uses: 0, references: [])
            freeGroups.append(index)
        }
    }
}

/// Types that keep their canonical numbers as long as this lives. Usable from any thread.
public final class RegisteredTypes: Sendable {
    /// By type index in the module; of a lone function type the only one.
    public let numbers: [UInt32]
    private let registry: TypeRegistry
    private let groups: [Int]

    fileprivate init(_ registry: TypeRegistry, numbers: [UInt32], groups: [Int]) {
        self.registry = registry
        self.numbers = numbers
        self.groups = groups
    }

    deinit { if !groups.isEmpty { registry.release(groups) } }
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
