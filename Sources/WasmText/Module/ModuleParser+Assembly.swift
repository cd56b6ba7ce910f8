// Puts the sections of a module together, custom sections among them.

import WasmFormat

/// A custom section from an annotation, and where it goes.
struct CustomSection {
    /// Twice the position of a section in the binary format, plus one if it goes behind that section.
    var position: Int
    var bytes: [UInt8]

    static let first = -1
    static let last = 100
}

/// Sections in the order in which they stand in the binary format.
private enum SectionPlace: Int {
    case type, `import`, function, table, memory, tag, global, export, start, element, dataCount, code, data

    var id: UInt8 {
        switch self {
        case .type: 1
        case .import: 2
        case .function: 3
        case .table: 4
        case .memory: 5
        case .global: 6
        case .export: 7
        case .start: 8
        case .element: 9
        case .code: 10
        case .data: 11
        case .dataCount: 12
        case .tag: 13
        }
    }

    init?(_ word: Word) {
        switch word {
        case .type: self = .type
        case .import: self = .import
        case .func: self = .function
        case .table: self = .table
        case .memory: self = .memory
        case .tag: self = .tag
        case .global: self = .global
        case .export: self = .export
        case .start: self = .start
        case .elem: self = .element
        case .datacount: self = .dataCount
        case .code: self = .code
        case .data: self = .data
        default: return nil
        }
    }
}

extension ModuleParser {
    /// The binary module from all that was read.
    mutating func assemble() -> [UInt8] {
        var module = ByteWriter(
            capacity: 256 + typeSection.count + importSection.count + functionSection.count + exportSection.count
                + elementSection.count + codeSection.count + dataSection.count)
        module.append([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
        customSections.sort { $0.position < $1.position }
        var customs = customSections[...]
        writeCustomSections(&customs, upTo: CustomSection.first, &module)

        writeSection(.type, typeGroupCount, typeSection, &customs, &module)
        writeSection(.import, importCount, importSection, &customs, &module)
        writeSection(.function, functionCount, functionSection, &customs, &module)
        writeSection(.table, tableCount, tableSection, &customs, &module)
        writeSection(.memory, memoryCount, memorySection, &customs, &module)
        writeSection(.tag, tagCount, tagSection, &customs, &module)
        writeSection(.global, globalCount, globalSection, &customs, &module)
        writeSection(.export, exportCount, exportSection, &customs, &module)
        writeCustomSections(&customs, upTo: 2 * SectionPlace.start.rawValue, &module)
        if let startFunction {
            var content = ByteWriter(capacity: 16)
            content.unsigned(startFunction)
            module.section(SectionPlace.start.id, content)
        }
        writeSection(.element, elements.count, elementSection, &customs, &module)
        writeCustomSections(&customs, upTo: 2 * SectionPlace.dataCount.rawValue, &module)
        if dataSegments.count > 0 || usesDataIndex {
            var content = ByteWriter(capacity: 16)
            content.unsigned(dataSegments.count)
            module.section(SectionPlace.dataCount.id, content)
        }
        writeCustomSections(&customs, upTo: 2 * SectionPlace.code.rawValue, &module)
        writeBranchHints(&module)
        writeSection(.code, functionCount, codeSection, &customs, &module)
        writeSection(.data, dataSegments.count, dataSection, &customs, &module)
        writeCustomSections(&customs, upTo: 2 * SectionPlace.data.rawValue + 1, &module)
        writeNameSection(&module)
        writeCustomSections(&customs, upTo: CustomSection.last, &module)
        return module.array()
    }

    private func writeSection(
        _ place: SectionPlace, _ count: UInt32, _ content: borrowing ByteWriter,
        _ customs: inout ArraySlice<CustomSection>, _ module: inout ByteWriter
    ) {
        writeCustomSections(&customs, upTo: 2 * place.rawValue, &module)
        guard count > 0 else { return }
        var prefix = ByteWriter(capacity: 16)
        prefix.unsigned(count)
        module.byte(place.id)
        module.unsigned64(UInt64(prefix.count + content.count))
        module.append(prefix)
        module.append(content)
    }

    private func writeCustomSections(
        _ customs: inout ArraySlice<CustomSection>, upTo position: Int, _ module: inout ByteWriter
    ) {
        while let next = customs.first, next.position <= position {
            customs.removeFirst()
            module.byte(0)
            module.unsigned64(UInt64(next.bytes.count))
            module.append(next.bytes)
        }
    }

    // MARK: Branch hints

    private func writeBranchHints(_ module: inout ByteWriter) {
        guard !branchHints.isEmpty else { return }
        var content = ByteWriter()
        writeString("metadata.code.branch_hint", &content)
        var functions = ByteWriter()
        var functionCount: UInt32 = 0
        var first = 0
        while first < branchHints.count {
            let function = branchHints[first].function
            var last = first
            while last < branchHints.count, branchHints[last].function == function { last += 1 }
            functions.unsigned(function)
            functions.unsigned(UInt32(last - first))
            for hint in branchHints[first..<last].sorted(by: { $0.offset < $1.offset }) {
                functions.unsigned(UInt32(hint.offset))
                functions.byte(1)
                functions.byte(hint.value)
            }
            functionCount += 1
            first = last
        }
        content.unsigned(functionCount)
        content.append(functions)
        module.section(0, content)
    }

    private func writeString(_ text: StaticString, _ writer: inout ByteWriter) {
        writer.vector(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    // MARK: Names

    /// The name section: what identifiers and `@name` annotations call the entities. Nothing if there are none.
    private func writeNameSection(_ module: inout ByteWriter) {
        var content = ByteWriter()
        writeString("name", &content)
        let emptyCount = content.count
        if moduleNameSymbol != 0 || moduleNameAnnotation >= 0 {
            var name = ByteWriter()
            writeName(EntityName(index: 0, symbol: moduleNameSymbol, annotation: moduleNameAnnotation), &name)
            content.section(0, name)
        }
        writeNameMap(1, functions.names, &content)
        writeIndirectNameMap(2, localNames, &content)
        writeIndirectNameMap(3, labelNames, &content)
        writeNameMap(4, types.names, &content)
        writeNameMap(5, tables.names, &content)
        writeNameMap(6, memories.names, &content)
        writeNameMap(7, globals.names, &content)
        writeNameMap(8, elements.names, &content)
        writeNameMap(9, dataSegments.names, &content)
        if !fieldNames.isEmpty {
            var map = ByteWriter()
            map.unsigned(UInt32(fieldNames.count))
            for (type, names) in fieldNames {
                map.unsigned(type)
                writeNames(names[...], &map)
            }
            content.section(10, map)
        }
        writeNameMap(11, tags.names, &content)
        if content.count > emptyCount { module.section(0, content) }
    }

    private func writeName(_ name: EntityName, _ writer: inout ByteWriter) {
        guard name.annotation >= 0 else { return writer.vector(stream.symbols.name(name.symbol)) }
        let contents = stream.annotations[Int(name.annotation)].contents
        let token = stream.annotationTokens.base[contents.lowerBound]
        var bytes = ByteWriter()
        StringLiteral.decode(base, Int(token.start), Int(token.link), hasEscapes: token.hasEscapes, into: &bytes)
        writer.vector(bytes)
    }

    private func writeNames(_ names: ArraySlice<EntityName>, _ writer: inout ByteWriter) {
        writer.unsigned(UInt32(names.count))
        for name in names {
            writer.unsigned(name.index)
            writeName(name, &writer)
        }
    }

    private func writeNameMap(_ id: UInt8, _ names: [EntityName], _ writer: inout ByteWriter) {
        guard !names.isEmpty else { return }
        var map = ByteWriter(capacity: 16 * names.count)
        writeNames(names[...], &map)
        writer.section(id, map)
    }

    private func writeIndirectNameMap(
        _ id: UInt8, _ names: [(function: UInt32, name: EntityName)], _ writer: inout ByteWriter
    ) {
        guard !names.isEmpty else { return }
        var groups = ByteWriter(capacity: 16 * names.count)
        var groupCount: UInt32 = 0
        var first = 0
        while first < names.count {
            var last = first
            while last < names.count, names[last].function == names[first].function { last += 1 }
            groups.unsigned(names[first].function)
            groups.unsigned(UInt32(last - first))
            for (_, name) in names[first..<last] {
                groups.unsigned(name.index)
                writeName(name, &groups)
            }
            groupCount += 1
            first = last
        }
        var map = ByteWriter(capacity: groups.count + 8)
        map.unsigned(groupCount)
        map.append(groups)
        writer.section(id, map)
    }

    // MARK: Annotations of the module

    private func annotationError(_ annotation: Annotation, _ words: String) -> SyntaxError {
        let name =
            switch annotation.kind {
            case .name: "@name"
            case .custom: "@custom"
            case .branchHint: "@metadata.code.branch_hint"
            }
        return SyntaxError("\(name) annotation: \(words)", at: Int(annotation.start))
    }

    /// Reads the `@custom` annotations between the fields of the module.
    mutating func readCustomAnnotations(from start: Int, upTo end: Int) throws(SyntaxError) {
        guard !stream.annotations.isEmpty else { return }
        let places = Set(fields.map(\.token) + [end])
        for (index, annotation) in stream.annotations.enumerated()
        where annotation.kind == .custom && places.contains(Int(annotation.token)) {
            stream.annotations[index].isUsed = true
            customSections.append(try readCustomSection(annotation))
        }
    }

    private func readCustomSection(_ annotation: Annotation) throws(SyntaxError) -> CustomSection {
        let tokens = UnsafePointer(stream.annotationTokens.base)
        var cursor = annotation.contents.lowerBound
        let end = annotation.contents.upperBound
        var bytes = ByteWriter()
        guard cursor < end, tokens[cursor].kind == .string else {
            throw annotationError(annotation, "missing section name")
        }
        var name = ByteWriter()
        decode(tokens[cursor], &name)
        guard UTF8Check.isValid(name.bytes) else { throw annotationError(annotation, "malformed UTF-8 encoding") }
        bytes.vector(name)
        cursor += 1

        var position = CustomSection.last
        if cursor < end, tokens[cursor].kind == .leftParenthesis {
            let close = Int(tokens[cursor].link)
            let side = tokens[cursor + 1]
            guard isWord(side, .before) || isWord(side, .after) else {
                throw annotationError(annotation, "malformed placement")
            }
            let isAfter = isWord(side, .after)
            guard close == cursor + 3, let word = word(of: tokens[cursor + 2]) else {
                throw annotationError(annotation, "malformed section kind")
            }
            if word == .first, !isAfter {
                position = CustomSection.first
            } else if word == .last, isAfter {
                position = CustomSection.last
            } else if let place = SectionPlace(word) {
                position = 2 * place.rawValue + (isAfter ? 1 : 0)
            } else {
                throw annotationError(annotation, "malformed section kind")
            }
            cursor = close + 1
        }
        while cursor < end {
            guard tokens[cursor].kind == .string else { throw annotationError(annotation, "unexpected token") }
            decode(tokens[cursor], &bytes)
            cursor += 1
        }
        return CustomSection(position: position, bytes: bytes.array())
    }

    private func decode(_ token: Token, _ bytes: inout ByteWriter) {
        StringLiteral.decode(base, Int(token.start), Int(token.link), hasEscapes: token.hasEscapes, into: &bytes)
    }

    /// Refuses annotations that mean something but not where they stand, and names that are none.
    func rejectUnusedAnnotations(from start: Int, upTo end: Int) throws(SyntaxError) {
        for annotation in stream.annotations where Int(annotation.token) >= start && Int(annotation.token) <= end {
            if annotation.isUsed {
                guard annotation.kind == .name else { continue }
                guard annotation.contents.count == 1,
                    stream.annotationTokens.base[annotation.contents.lowerBound].kind == .string
                else { throw annotationError(annotation, "unexpected token") }
                var name = ByteWriter()
                decode(stream.annotationTokens.base[annotation.contents.lowerBound], &name)
                guard UTF8Check.isValid(name.bytes) else {
                    throw annotationError(annotation, "malformed UTF-8 encoding")
                }
                continue
            }
            switch annotation.kind {
            case .name: throw SyntaxError("misplaced @name annotation", at: Int(annotation.start))
            case .custom: throw SyntaxError("misplaced @custom annotation", at: Int(annotation.start))
            case .branchHint:
                let isInside = fields.contains { field in
                    field.word == .func && Int(annotation.token) > field.token
                        && Int(annotation.token) <= Int(tokens[field.token].link)
                }
                throw annotationError(annotation, isInside ? "invalid target" : "not in a function")
            }
        }
    }
}
