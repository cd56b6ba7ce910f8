// The types of a function's locals. A body of nine bytes may declare 50,000 of them: what they cost depends on what the body
// does with them, and on its length, not on their number.

/// What a function declares, as far as it is not spelled out in the validator's words.
struct DeclaredLocals {
    /// Declared locals of one type, of which some are not spelled out.
    struct Group {
        /// Index of the first.
        var first: Int
        var word: UInt32
    }
    var parameters: UnsafePointer<ValueType>?
    var parameterCount = 0
    var groups: [Group] = []
    /// How many words at the start are spelled out.
    var nearCount = 0
    /// The other words that were asked for.
    var found: [Int] = []
}

extension FunctionValidator {
    /// Spells out the types of as many locals as the body has bytes, and of a few in any case. The decoder has checked the
    /// declarations and their sum.
    mutating func declareLocals(_ body: FunctionBody, _ entry: TypeEntry) {
        forgetFoundLocals()
        let previous = declared.nearCount
        let limit = max(64, body.bytes.count)
        declared.parameters = UnsafePointer(types.operands.base) + Int(entry.start)
        declared.parameterCount = Int(entry.count)
        declared.nearCount = 0
        localCount = 0
        addLocals(Int(entry.count), limit: limit, .parameters)
        var declarations = declarations
        declarations.offset = body.bytes.lowerBound
        for _ in 0..<declarations.readU32() {
            let count = Int(declarations.readU32())
            let type = types.normalized(declarations.readValueType())
            addLocals(count, limit: limit, .group(type.rawValue | (type.isDefaultable ? 0 : Self.uninitialized)))
        }
        if previous > declared.nearCount {
            (locals + declared.nearCount).update(repeating: Self.unknown, count: previous - declared.nearCount)
        }
    }

    private enum Declaration {
        case parameters
        case group(UInt32)
    }

    private mutating func addLocals(_ count: Int, limit: Int, _ declaration: Declaration) {
        if localCount + count > localCapacity { growLocals(to: localCount + count) }
        let near = min(count, max(limit - localCount, 0))
        switch declaration {
        case .parameters:
            for index in 0..<near { locals[index] = declared.parameters.unsafelyUnwrapped[index].rawValue }
        case .group(let word):
            (locals + localCount).update(repeating: word, count: near)
            if near < count { declared.groups.append(DeclaredLocals.Group(first: localCount, word: word)) }
        }
        declared.nearCount += near
        localCount += count
    }

    private mutating func growLocals(to count: Int) {
        let capacity = max(localCapacity * 2, count)
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        larger.update(from: locals, count: localCapacity)
        (larger + localCapacity).initialize(repeating: Self.unknown, count: capacity - localCapacity)
        locals.deallocate()
        locals = larger
        localCapacity = capacity
    }

    private mutating func forgetFoundLocals() {
        for index in declared.found { locals[index] = Self.unknown }
        declared.found.removeAll(keepingCapacity: true)
        declared.groups.removeAll(keepingCapacity: true)
    }

    /// A local's word, spelled out if it was not yet.
    @inline(never)
    mutating func typeOfLocal(_ index: Int) -> UInt32 {
        if locals[index] == Self.unknown, index >= declared.nearCount {
            locals[index] = declaredType(index)
            declared.found.append(index)
        }
        return locals[index]
    }

    private func declaredType(_ index: Int) -> UInt32 {
        if index < declared.parameterCount { return declared.parameters.unsafelyUnwrapped[index].rawValue }
        var low = 0
        var high = declared.groups.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if declared.groups[middle].first <= index { low = middle } else { high = middle }
        }
        return declared.groups[low].word
    }
}
