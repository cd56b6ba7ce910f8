// Which names of the name section can be identifiers: those that are not empty and not taken.

import WasmFormat

/// How a name is written at a definition.
enum PrintedName {
    case identifier([UInt8])
    /// The name cannot be an identifier: it is empty or another entity has it.
    case annotation([UInt8])
}

/// The names of one index space.
struct PrintedNameSpace {
    private var names: [UInt32: PrintedName] = [:]

    init(_ names: [UInt32: String]) {
        var taken = Set<[UInt8]>()
        for (index, name) in names.sorted(by: { $0.key < $1.key }) {
            let bytes = Array(name.utf8)
            let isUsable = !bytes.isEmpty && taken.insert(bytes).inserted
            self.names[index] = isUsable ? .identifier(bytes) : .annotation(bytes)
        }
    }

    func definition(_ index: UInt32) -> PrintedName? { names[index] }

    func isNamed(_ index: UInt32) -> Bool { names[index] != nil }

    /// The identifier that refers to an entity; nil if only its index does.
    func identifier(_ index: UInt32) -> [UInt8]? {
        if case .identifier(let bytes)? = names[index] { bytes } else { nil }
    }
}

/// The names of a module.
struct PrintedNames {
    let module: PrintedName?
    let functions, types, tables, memories, globals, tags, elements, dataSegments: PrintedNameSpace
    private let locals: [UInt32: [UInt32: String]]
    private let labels: [UInt32: [UInt32: String]]
    private let fields: [UInt32: [UInt32: String]]

    init(_ wasmModule: WasmModule) {
        let names = wasmModule.names
        module = names.module.map { $0.isEmpty ? .annotation([]) : .identifier(Array($0.utf8)) }
        functions = PrintedNameSpace(names.functions)
        types = PrintedNameSpace(names.types)
        tables = PrintedNameSpace(names.tables)
        memories = PrintedNameSpace(names.memories)
        globals = PrintedNameSpace(names.globals)
        tags = PrintedNameSpace(names.tags)
        elements = PrintedNameSpace(names.elementSegments)
        dataSegments = PrintedNameSpace(names.dataSegments)
        locals = names.locals
        labels = names.labels
        fields = names.fields
    }

    func locals(of function: UInt32) -> PrintedNameSpace { PrintedNameSpace(locals[function] ?? [:]) }

    /// The names of a function's labels by their order in the text.
    func labels(of function: UInt32) -> [UInt32: String] { labels[function] ?? [:] }

    /// The identifier of a field, if its name is the first of its kind in the structure.
    func field(of type: UInt32, _ index: UInt32) -> [UInt8]? {
        guard let names = fields[type], let name = names[index], !name.isEmpty else { return nil }
        let isRepeated = names.contains { $0.key < index && $0.value.utf8.elementsEqual(name.utf8) }
        return isRepeated ? nil : Array(name.utf8)
    }
}
