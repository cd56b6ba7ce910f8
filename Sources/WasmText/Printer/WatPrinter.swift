// From the binary format to the text format: the public face and the fields of a module.

import WasmFormat

/// Prints modules in the text format.
public enum WatPrinter {
    /// The text of a valid module: parsing it gives a module that means the same.
    ///
    /// Names of the name section become identifiers (or `@name` annotations where they cannot be). Instructions are
    /// printed one to a line, not folded. Custom sections are left out.
    public static func print(_ bytes: [UInt8]) throws(ModuleError) -> [UInt8] {
        try print(WasmModule.decode(ModuleBytes(bytes)))
    }

    /// The text of a module, which is validated first, on so many threads; see the other form.
    public static func print(_ module: WasmModule, validationJobs: Int = 1) throws(ModuleError) -> [UInt8] {
        try module.validate(jobs: validationJobs)
        var printer = ModulePrinter(module)
        printer.printModule()
        return printer.out.array()
    }
}

/// Prints one module.
struct ModulePrinter: ~Copyable {
    let module: WasmModule
    let names: PrintedNames
    /// Types as they were declared: references inside a group point into the group.
    let types: [SubType]
    var out: TextWriter

    init(_ module: WasmModule) {
        self.module = module
        names = PrintedNames(module)
        out = TextWriter(capacity: 1024 + module.bytes.count * 4)
        types = module.types.indices.map { module.declaredType($0) }
    }

    mutating func printModule() {
        out.text("(module")
        out.name(names.module)
        printTypes()
        printImports()
        for index in module.importedFunctionCount..<module.functionCount { printFunction(index) }
        for index in module.importedTableCount..<module.tables.count { printTable(index) }
        for index in module.importedMemoryCount..<module.memories.count {
            open("memory", names.memories, index)
            memoryType(module.memories[index])
            out.text(")")
        }
        for index in module.importedTagCount..<module.tags.count {
            open("tag", names.tags, index)
            typeUse(module.tags[index])
            out.text(")")
        }
        for index in module.importedGlobalCount..<module.globals.count {
            open("global", names.globals, index)
            globalType(module.globals[index])
            expression(module.globalInitializers[index - module.importedGlobalCount])
            out.text(")")
        }
        for export in module.exports { printExport(export) }
        if let start = module.start {
            out.line("(start ")
            out.reference(names.functions, start)
            out.text(")")
        }
        for index in module.elementSegments.indices { printElementSegment(index) }
        for index in module.dataSegments.indices { printDataSegment(index) }
        out.text(")\n")
    }

    /// `(word $name (;index;)` on a new line.
    private mutating func open(_ word: StaticString, _ space: PrintedNameSpace, _ index: Int) {
        out.line("(")
        out.text(word)
        out.definition(space, UInt32(index))
        out.text(" ")
    }

    // MARK: Types

    private mutating func printTypes() {
        for group in module.recursionGroups {
            let isAlone = group.count == 1
            if !isAlone { out.line("(rec") }
            for index in group {
                if !isAlone { out.text("  ") }
                open("type", names.types, Int(index))
                subType(types[Int(index)], index)
                out.text(")")
            }
            if !isAlone { out.text(")") }
        }
    }

    private mutating func subType(_ type: SubType, _ index: UInt32) {
        let isPlain = type.isFinal && type.supertype == nil
        if !isPlain {
            out.text("(sub ")
            if type.isFinal { out.text("final ") }
            if let supertype = type.supertype {
                out.reference(names.types, supertype)
                out.text(" ")
            }
        }
        switch type.composite {
        case .function(let function):
            out.text("(func")
            signature(function, parameters: nil)
            out.text(")")
        case .structure(let structure):
            out.text("(struct")
            for (position, field) in structure.fields.enumerated() {
                out.text(" (field ")
                if let name = names.field(of: index, UInt32(position)) {
                    out.identifier(name)
                    out.text(" ")
                }
                fieldType(field)
                out.text(")")
            }
            out.text(")")
        case .array(let array):
            out.text("(array ")
            fieldType(array.element)
            out.text(")")
        }
        if !isPlain { out.text(")") }
    }

    private mutating func fieldType(_ field: FieldType) {
        if field.isMutable { out.text("(mut ") }
        switch field.storage {
        case .i8: out.text("i8")
        case .i16: out.text("i16")
        case .value(let type): valueType(type)
        }
        if field.isMutable { out.text(")") }
    }

    mutating func heapType(_ type: HeapType) {
        if type.isConcrete { out.reference(names.types, type.typeIndex) } else { out.string(type.description) }
    }

    mutating func valueType(_ type: ValueType) {
        guard type.isReference, type.heapType.isConcrete else { return out.string(type.description) }
        reference(type.heapType, isNullable: type.isNullable)
    }

    /// A reference type in its long form.
    mutating func reference(_ heap: HeapType, isNullable: Bool) {
        out.text(isNullable ? "(ref null " : "(ref ")
        heapType(heap)
        out.text(")")
    }

    /// Parameters and results; parameters that have names in the space get clauses of their own.
    mutating func signature(_ type: FunctionType, parameters: PrintedNameSpace?) {
        var isOpen = false
        for (index, parameter) in type.parameters.enumerated() {
            let isNamed = parameters?.isNamed(UInt32(index)) ?? false
            if isOpen, isNamed {
                out.text(")")
                isOpen = false
            }
            if !isOpen { out.text(" (param") }
            if let parameters, isNamed { out.name(parameters.definition(UInt32(index))) }
            out.text(" ")
            valueType(parameter)
            if isNamed { out.text(")") } else { isOpen = true }
        }
        if isOpen { out.text(")") }
        guard !type.results.isEmpty else { return }
        out.text(" (result")
        for result in type.results {
            out.text(" ")
            valueType(result)
        }
        out.text(")")
    }

    /// `(type x)` with parameters and results, as a use of the type.
    mutating func typeUse(_ index: UInt32, parameters: PrintedNameSpace? = nil) {
        out.text("(type ")
        out.reference(names.types, index)
        out.text(")")
        if case .function(let type) = types[Int(index)].composite { signature(type, parameters: parameters) }
    }

    // MARK: Imports and exports

    private mutating func printImports() {
        var counts: [ExternalKind: Int] = [:]
        for entry in module.imports {
            out.line("(import ")
            out.quoted(Array(entry.module.utf8))
            out.text(" ")
            out.quoted(Array(entry.name.utf8))
            out.text(" (")
            let index = UInt32(counts[entry.type.kind, default: 0])
            counts[entry.type.kind, default: 0] += 1
            switch entry.type {
            case .function(let type):
                out.text("func")
                out.definition(names.functions, index)
                out.text(" ")
                typeUse(type)
            case .table(let type):
                out.text("table")
                out.definition(names.tables, index)
                out.text(" ")
                tableType(type)
            case .memory(let type):
                out.text("memory")
                out.definition(names.memories, index)
                out.text(" ")
                memoryType(type)
            case .global(let type):
                out.text("global")
                out.definition(names.globals, index)
                out.text(" ")
                globalType(type)
            case .tag(let type):
                out.text("tag")
                out.definition(names.tags, index)
                out.text(" ")
                typeUse(type)
            }
            out.text("))")
        }
    }

    private mutating func printExport(_ export: Export) {
        out.line("(export ")
        out.quoted(Array(export.name.utf8))
        switch export.kind {
        case .function:
            out.text(" (func ")
            out.reference(names.functions, export.index)
        case .table:
            out.text(" (table ")
            out.reference(names.tables, export.index)
        case .memory:
            out.text(" (memory ")
            out.reference(names.memories, export.index)
        case .global:
            out.text(" (global ")
            out.reference(names.globals, export.index)
        case .tag:
            out.text(" (tag ")
            out.reference(names.tags, export.index)
        }
        out.text("))")
    }

    // MARK: Tables, memories, globals

    private mutating func limits(_ limits: Limits, is64: Bool) {
        if is64 { out.text("i64 ") }
        out.number(limits.minimum)
        if let maximum = limits.maximum {
            out.text(" ")
            out.number(maximum)
        }
    }

    private mutating func tableType(_ type: TableType) {
        limits(type.limits, is64: type.is64)
        out.text(" ")
        valueType(type.element)
    }

    private mutating func printTable(_ index: Int) {
        open("table", names.tables, index)
        tableType(module.tables[index])
        if let initializer = module.tables[index].initializer { expression(initializer) }
        out.text(")")
    }

    private mutating func memoryType(_ type: MemoryType) {
        limits(type.limits, is64: type.is64)
        if type.isShared { out.text(" shared") }
        if type.pageSizeLog2 != 16 {
            out.text(" (pagesize ")
            out.number(UInt64(1) << UInt64(type.pageSizeLog2))
            out.text(")")
        }
    }

    private mutating func globalType(_ type: GlobalType) {
        if type.isMutable { out.text("(mut ") }
        valueType(type.type)
        if type.isMutable { out.text(")") }
    }

    // MARK: Segments

    private mutating func printElementSegment(_ index: Int) {
        let segment = module.elementSegments[index]
        open("elem", names.elements, index)
        switch segment.mode {
        case .passive: break
        case .declarative: out.text("declare ")
        case .active(let table, let offset):
            out.text("(table ")
            out.reference(names.tables, table)
            out.text(") (offset")
            expression(offset)
            out.text(") ")
        }
        switch segment.items {
        case .functions(let functions):
            out.text("func")
            for function in functions {
                out.text(" ")
                out.reference(names.functions, function)
            }
        case .expressions(let expressions):
            valueType(segment.type)
            for item in expressions {
                out.text(" (item")
                expression(item)
                out.text(")")
            }
        }
        out.text(")")
    }

    private mutating func printDataSegment(_ index: Int) {
        let segment = module.dataSegments[index]
        open("data", names.dataSegments, index)
        if case .active(let memory, let offset) = segment.mode {
            out.text("(memory ")
            out.reference(names.memories, memory)
            out.text(") (offset")
            expression(offset)
            out.text(") ")
        }
        out.quoted(
            UnsafeBufferPointer(start: module.bytes.base + segment.bytes.lowerBound, count: segment.bytes.count),
            isText: false)
        out.text(")")
    }
}
