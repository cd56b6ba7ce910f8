// The name section: names for people, read when somebody first asks.

import TerraceThreads

/// Names of a module's parts.
public struct NameSection: Sendable {
    public var module: String?
    public var functions: [UInt32: String] = [:]
    /// By function, then by local (parameters first).
    public var locals: [UInt32: [UInt32: String]] = [:]
    /// By function, then by label in the order of appearance.
    public var labels: [UInt32: [UInt32: String]] = [:]
    public var types: [UInt32: String] = [:]
    public var tables: [UInt32: String] = [:]
    public var memories: [UInt32: String] = [:]
    public var globals: [UInt32: String] = [:]
    public var elementSegments: [UInt32: String] = [:]
    public var dataSegments: [UInt32: String] = [:]
    /// By structure type, then by field.
    public var fields: [UInt32: [UInt32: String]] = [:]
    public var tags: [UInt32: String] = [:]

    public init() {}

    /// Reads the contents of a name section. A part that is malformed is left out: names never make a module invalid.
    init(_ bytes: ModuleBytes, range: Range<Int>, limits: DecodingLimits) {
        var reader = BinaryReader(base: bytes.base, range: range)
        while !reader.isAtEnd {
            guard let id = try? reader.readByte(), let size = try? reader.readU32(),
                let contents = try? reader.readRange(Int(size))
            else { return }
            var part = BinaryReader(base: bytes.base, range: contents)
            do throws(ModuleError) {
                try read(id, &part, limit: limits.nameBytes)
            } catch {
                continue
            }
        }
    }

    private mutating func read(_ id: UInt8, _ reader: inout BinaryReader, limit: Int) throws(ModuleError) {
        switch id {
        case 0: module = try reader.readName(limit: limit)
        case 1: functions = try Self.readMap(&reader, limit: limit)
        case 2: locals = try Self.readIndirectMap(&reader, limit: limit)
        case 3: labels = try Self.readIndirectMap(&reader, limit: limit)
        case 4: types = try Self.readMap(&reader, limit: limit)
        case 5: tables = try Self.readMap(&reader, limit: limit)
        case 6: memories = try Self.readMap(&reader, limit: limit)
        case 7: globals = try Self.readMap(&reader, limit: limit)
        case 8: elementSegments = try Self.readMap(&reader, limit: limit)
        case 9: dataSegments = try Self.readMap(&reader, limit: limit)
        case 10: fields = try Self.readIndirectMap(&reader, limit: limit)
        case 11: tags = try Self.readMap(&reader, limit: limit)
        default: break
        }
    }

    private static func readMap(
        _ reader: inout BinaryReader, limit: Int
    ) throws(ModuleError) -> [UInt32: String] {
        let count = try reader.readCount(limit: .max, of: "names")
        // Each entry takes two bytes at least.
        guard count <= reader.remaining / 2 else { throw reader.unexpectedEnd() }
        var map: [UInt32: String] = [:]
        map.reserveCapacity(count)
        for _ in 0..<count {
            let index = try reader.readU32()
            map[index] = try reader.readName(limit: limit)
        }
        return map
    }

    private static func readIndirectMap(
        _ reader: inout BinaryReader, limit: Int
    ) throws(ModuleError) -> [UInt32: [UInt32: String]] {
        let count = try reader.readCount(limit: .max, of: "names")
        var map: [UInt32: [UInt32: String]] = [:]
        for _ in 0..<count {
            let index = try reader.readU32()
            map[index] = try readMap(&reader, limit: limit)
        }
        return map
    }
}

/// Reads the name section once.
final class NameSectionCache: Sendable {
    private let section = Guarded<NameSection?>(nil)

    func section(_ make: () -> NameSection) -> NameSection {
        section.withLock { cached in
            if let cached { return cached }
            let made = make()
            cached = made
            return made
        }
    }
}

extension WasmModule {
    /// The names of the module's parts. Read at the first call; safe from any thread.
    public var names: NameSection {
        nameSectionCache.section {
            guard let custom = customSections.last(where: { $0.name == "name" }) else { return NameSection() }
            return NameSection(bytes, range: custom.bytes, limits: limits)
        }
    }

    /// The module's own name, if it has one.
    public var moduleName: String? { names.module }

    /// The name of a function, counted with imports; `nil` if the name section gives none.
    public func functionName(_ functionIndex: Int) -> String? { names.functions[UInt32(functionIndex)] }

    /// The name of a local, parameters first.
    public func localName(_ local: Int, ofFunction functionIndex: Int) -> String? {
        names.locals[UInt32(functionIndex)]?[UInt32(local)]
    }
}
