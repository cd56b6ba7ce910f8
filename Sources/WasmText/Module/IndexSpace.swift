// The index spaces of a module: how many entities there are and which identifier names which.

/// Maps symbols to numbers. Emptying it costs nothing: entries of an older generation do not count.
struct SymbolMap: ~Copyable {
    private struct Entry {
        var generation: UInt32
        var value: UInt32
    }

    private var entries: UnsafeMutablePointer<Entry>?
    private let symbolCount: Int
    private var generation: UInt32 = 1

    init(symbolCount: Int) { self.symbolCount = symbolCount }

    deinit { entries?.deallocate() }

    mutating func removeAll() {
        generation &+= 1
        if generation == 0 {
            entries?.update(repeating: Entry(generation: 0, value: 0), count: symbolCount + 1)
            generation = 1
        }
    }

    @inline(__always)
    subscript(symbol: UInt32) -> UInt32? {
        get {
            guard let entries, entries[Int(symbol)].generation == generation else { return nil }
            return entries[Int(symbol)].value
        }
        set {
            if entries == nil {
                let new = UnsafeMutablePointer<Entry>.allocate(capacity: symbolCount + 1)
                new.initialize(repeating: Entry(generation: 0, value: 0), count: symbolCount + 1)
                entries = new
            }
            entries![Int(symbol)] =
                newValue.map { Entry(generation: generation, value: $0) } ?? Entry(generation: 0, value: 0)
        }
    }
}

/// A name that goes to the name section: from an identifier or from an annotation.
struct EntityName {
    var index: UInt32
    /// A symbol, or 0.
    var symbol: UInt32
    /// Index of a `@name` annotation, which wins over the symbol, or −1.
    var annotation: Int32
}

/// One index space of a module.
struct IndexSpace: ~Copyable {
    /// What an index of the space is called in messages.
    let kind: StaticString
    private(set) var count: UInt32 = 0
    private(set) var names: [EntityName] = []
    private var map: SymbolMap

    init(_ kind: StaticString, symbolCount: Int) {
        self.kind = kind
        map = SymbolMap(symbolCount: symbolCount)
    }

    mutating func removeAll() {
        count = 0
        names.removeAll(keepingCapacity: true)
        map.removeAll()
    }

    /// Adds an entity; false if the symbol (0: none) is already taken.
    @inline(__always)
    mutating func define(symbol: UInt32, annotation: Int32 = -1) -> Bool {
        if symbol != 0 {
            if map[symbol] != nil { return false }
            map[symbol] = count
        }
        if symbol != 0 || annotation >= 0 {
            names.append(EntityName(index: count, symbol: symbol, annotation: annotation))
        }
        count += 1
        return true
    }

    /// Adds entities without names.
    mutating func defineAnonymous(_ number: UInt32) { count += number }

    @inline(__always)
    func index(of symbol: UInt32) -> UInt32? { map[symbol] }
}
