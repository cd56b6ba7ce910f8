// The other instances of the specification's store, and what modules import and export.

import WasmFormat

/// A global.
public final class GlobalInstance {
    /// With the machine's numbers for concrete types.
    public let type: GlobalType
    public var value: Value

    init(_ type: GlobalType, _ value: Value) {
        self.type = type
        self.value = value
    }
}

/// An exception tag: an identity with a type.
public final class TagInstance {
    let typeNumber: UInt32
    init(typeNumber: UInt32) { self.typeNumber = typeNumber }
}

/// A function.
struct FunctionInstance {
    enum Body {
        /// Defined function of a module, by its index among all functions.
        case defined(ModuleInstance, Int)
        case host(HostFunction)
    }
    /// The machine's number of the type.
    var typeNumber: UInt32
    var type: FunctionType
    var body: Body
}

/// A function of the host's: takes arguments of its type, and must give results of its type.
public typealias HostFunction = (_ arguments: [Value]) throws(Failure) -> [Value]

/// Something that can be imported or exported.
public enum External {
    /// By its address in the machine.
    case function(Int)
    case table(TableInstance)
    case memory(MemoryInstance)
    case global(GlobalInstance)
    case tag(TagInstance)
}

/// A module that has been decoded and validated, with the machine's numbers for its types.
public final class LoadedModule {
    public let module: WasmModule
    let typeNumbers: [UInt32]
    private var code: [FunctionCode?]

    init(_ module: WasmModule, typeNumbers: [UInt32]) {
        self.module = module
        self.typeNumbers = typeNumbers
        code = Array(repeating: nil, count: module.functionCount)
    }

    /// The body of a defined function, by its index among all functions.
    func code(ofFunction index: Int) -> FunctionCode {
        if let known = code[index] { return known }
        let decoded = FunctionDecoder.decode(module.body(index)!, of: module)
        code[index] = decoded
        return decoded
    }

    func canonical(_ type: HeapType) -> HeapType {
        type.isConcrete ? .concrete(typeNumbers[Int(type.typeIndex)]) : type
    }

    func canonical(_ type: ValueType) -> ValueType {
        type.isReference ? .ref(canonical(type.heapType), nullable: type.isNullable) : type
    }
}

/// An instance of a module.
public final class ModuleInstance {
    public let loaded: LoadedModule
    /// Addresses in the machine.
    public internal(set) var functions: [Int] = []
    public internal(set) var tables: [TableInstance] = []
    public internal(set) var memories: [MemoryInstance] = []
    public internal(set) var globals: [GlobalInstance] = []
    var tags: [TagInstance] = []
    /// The references of each element segment; none once it was dropped.
    var elementSegments: [[Reference]] = []
    /// Where each data segment stands in the module's bytes; empty once it was dropped.
    var dataSegments: [Range<Int>] = []

    init(_ loaded: LoadedModule) { self.loaded = loaded }

    /// An export by name. Names are compared byte by byte.
    public func export(_ name: String) -> External? {
        let export = loaded.module.exports.first { $0.name.utf8.elementsEqual(name.utf8) }
        return export.map { self[$0] }
    }

    /// An export of the module.
    public subscript(export: Export) -> External {
        let index = Int(export.index)
        return switch export.kind {
        case .function: .function(functions[index])
        case .table: .table(tables[index])
        case .memory: .memory(memories[index])
        case .global: .global(globals[index])
        case .tag: .tag(tags[index])
        }
    }
}
