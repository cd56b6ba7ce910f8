// A module's sections and definitions as text.
import WasmFormat

/// The listing that `terrace objdump` prints of a whole module.
struct ModuleListing {
    private(set) var text = ""
    private let module: WasmModule

    init(_ module: WasmModule, path: String) {
        self.module = module
        text += "\(path): \(module.bytes.count) bytes"
        if let name = module.moduleName { text += ", named \(quoted(name))" }
        text += "\n"
        addSections()
        addDefinitions()
    }

    // MARK: Sections

    private static let sectionNames = [
        "custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element", "code",
        "data",
        "data count", "tag",
    ]

    private mutating func addSections() {
        text += "\nSections:\n"
        var reader = TrustedReader(module.bytes, at: 8)
        var customSections = module.customSections.makeIterator()
        while reader.offset < module.bytes.count {
            let id = Int(reader.readByte())
            let size = Int(reader.readU32())
            let start = reader.offset
            var line = "  \(padded(id < Self.sectionNames.count ? Self.sectionNames[id] : "section \(id)", 11))"
            line += " \(hex(start)) ..< \(hex(start + size))  \(leftPadded("\(size)", 9)) bytes"
            if id == 0, let section = customSections.next() {
                line += "  \(quoted(section.name))"
            } else if id != 0, id != 8 {
                line += "  \(reader.readU32()) entries"
            }
            text += line + "\n"
            reader = TrustedReader(module.bytes, at: start + size)
        }
    }

    // MARK: Definitions

    private mutating func addDefinitions() {
        list("Types", module.types.map(describe))
        list("Imports", module.imports.map { "\(quoted($0.module)) \(quoted($0.name)): \(describe($0.type))" })
        list(
            "Functions",
            module.bodies.enumerated().map { index, body in
                let function = index + module.importedFunctionCount
                let name = module.functionName(function).map { " \(quoted($0))" } ?? ""
                let type = module.functionTypeIndices[function]
                return
                    "type \(type) \(module.functionType(function)), \(body.bytes.count) bytes at \(hex(body.bytes.lowerBound))"
                    + name
            }, from: module.importedFunctionCount)
        list(
            "Tables", module.tables.dropFirst(module.importedTableCount).map(describe), from: module.importedTableCount)
        list(
            "Memories", module.memories.dropFirst(module.importedMemoryCount).map(describe),
            from: module.importedMemoryCount)
        list(
            "Globals", module.globals.dropFirst(module.importedGlobalCount).map(describe),
            from: module.importedGlobalCount)
        list(
            "Tags", module.tags.dropFirst(module.importedTagCount).map { "type \($0)" }, from: module.importedTagCount)
        list("Exports", module.exports.map { "\(quoted($0.name)): \($0.kind) \($0.index)" })
        if let start = module.start { text += "\nStart: function \(start)\n" }
        list(
            "Element segments",
            module.elementSegments.map { segment in
                let count =
                    switch segment.items {
                    case .functions(let functions): functions.count
                    case .expressions(let expressions): expressions.count
                    }
                let mode =
                    switch segment.mode {
                    case .passive: "passive"
                    case .declarative: "declarative"
                    case .active(let table, _): "table \(table)"
                    }
                return "\(count) of \(segment.type), \(mode)"
            })
        list(
            "Data segments",
            module.dataSegments.map { segment in
                let mode = if case .active(let memory, _) = segment.mode { "memory \(memory)" } else { "passive" }
                return "\(segment.bytes.count) bytes at \(hex(segment.bytes.lowerBound)), \(mode)"
            })
    }

    private mutating func list(_ title: String, _ lines: [String], from first: Int = 0) {
        guard !lines.isEmpty else { return }
        text += "\n\(title):\n"
        for (index, line) in lines.enumerated() { text += "  \(leftPadded("\(first + index)", 5))  \(line)\n" }
    }

    private func describe(_ type: SubType) -> String {
        var text = type.isFinal ? "" : "open "
        if let supertype = type.supertype { text += "sub \(supertype) " }
        switch type.composite {
        case .function(let function): text += "function \(function)"
        case .structure(let structure): text += "struct [\(structure.fields.map(describe).joined(separator: " "))]"
        case .array(let array): text += "array [\(describe(array.element))]"
        }
        return text
    }

    private func describe(_ field: FieldType) -> String {
        let storage =
            switch field.storage {
            case .i8: "i8"
            case .i16: "i16"
            case .value(let type): "\(type)"
            }
        return field.isMutable ? "(mut \(storage))" : storage
    }

    private func describe(_ type: ExternalType) -> String {
        switch type {
        case .function(let index): "function of type \(index) \(module.functionType(typeIndex: index))"
        case .table(let table): "table \(describe(table))"
        case .memory(let memory): "memory \(describe(memory))"
        case .global(let global): "global \(describe(global))"
        case .tag(let index): "tag of type \(index)"
        }
    }

    private func describe(_ limits: Limits) -> String {
        limits.maximum.map { "\(limits.minimum) to \($0)" } ?? "\(limits.minimum) or more"
    }

    private func describe(_ type: TableType) -> String {
        "\(describe(type.limits)) elements of \(type.element)\(type.is64 ? ", 64-bit" : "")"
    }

    private func describe(_ type: MemoryType) -> String {
        let unit = type.pageSizeLog2 == 16 ? "pages" : "pages of \(1 << Int(type.pageSizeLog2)) bytes"
        return "\(describe(type.limits)) \(unit)\(type.is64 ? ", 64-bit" : "")\(type.isShared ? ", shared" : "")"
    }

    private func describe(_ type: GlobalType) -> String { type.isMutable ? "(mut \(type.type))" : "\(type.type)" }
}

/// A string in quotation marks, with what a terminal could misunderstand as escapes.
func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
        switch scalar {
        case "\"", "\\": text += "\\\(scalar)"
        case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
            text += "\\u{\(String(scalar.value, radix: 16))}"
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text + "\""
}

func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
}

func leftPadded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(width - text.count, 0)) + text
}

/// A number in hexadecimal, with at least so many digits.
func hex(_ number: Int, digits: Int = 5) -> String {
    let text = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: max(digits - text.count, 0)) + text
}
