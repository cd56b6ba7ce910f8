// The abstract machine of the specification's "Execution" chapter: a store, and a way to run functions in it.
//
// Small, slow and written from the specification alone: it shares with the engine the decoder and the validator
// (`WasmFormat`), and nothing else. What it does not know yet (exceptions, objects, threads) ends with
// `Failure.notInterpreted`; their instructions come into `Execution+Unknown.swift`, and their values into `Reference`.

import WasmFormat

/// A store, and what bounds the programs that run in it. For one thread at a time.
public final class Machine {
    /// Limits of the implementation. Those that programs can notice must be the engine's own.
    public struct Bounds: Sendable {
        /// Largest size of a memory.
        public var memoryBytes: UInt64 = 4 << 30
        /// Largest size of a table.
        public var tableElements: UInt64 = 10_000_000
        /// How many functions may be active.
        public var callDepth = 10_000
        /// How many locals all active functions may have together.
        public var locals = 1 << 20
        /// How many calls of host functions may be active that call back.
        public var nestedRuns = 400

        public init() {}
    }

    public let bounds: Bounds
    /// How many more instructions may be carried out.
    public var fuel: UInt64 = 1 << 40
    /// By ordinal, which operators have been carried out.
    var isExecuted = Array(repeating: false, count: Opcode.count)
    /// Gives types numbers that are the same in all modules.
    let types = TypeRegistry()
    /// Keeps all numbers as they are while the machine lives.
    private var registered: [RegisteredTypes] = []
    /// Functions by address.
    var functions: [FunctionInstance] = []
    /// Functions that are active, and their locals, over all nested runs.
    var activeCalls = 0
    var activeLocals = 0
    private var nestedRuns = 0

    public init(bounds: Bounds = Bounds()) { self.bounds = bounds }

    /// Decodes and validates a module.
    public func load(_ bytes: [UInt8], features: Features = .all) throws(ModuleError) -> LoadedModule {
        let module = try WasmModule.decode(ModuleBytes(bytes), features: features)
        try module.validate(jobs: 1)
        let numbers = types.register(module)
        registered.append(numbers)
        return LoadedModule(module, typeNumbers: numbers.numbers)
    }

    /// The operators that have been carried out at least once.
    public var executedOperators: [Opcode] { Opcode.allCases.filter { isExecuted[$0.ordinal] } }

    // MARK: what the host makes

    /// A host function's address.
    public func addFunction(_ type: FunctionType, _ body: @escaping HostFunction) -> Int {
        let number = types.register(type)!  // types of live modules
        registered.append(number)
        functions.append(FunctionInstance(typeNumber: number.numbers[0], type: type, body: .host(body)))
        return functions.count - 1
    }

    public func makeMemory(_ type: MemoryType) -> MemoryInstance? { MemoryInstance(type, bounds: bounds) }
    public func makeTable(_ type: TableType) -> TableInstance? { TableInstance(type, initial: .null, bounds: bounds) }
    public func makeGlobal(_ type: GlobalType, _ value: Value) -> GlobalInstance { GlobalInstance(type, value) }

    // MARK: calls

    /// The type of a function; concrete types in it are the machine's numbers or the defining module's indices.
    public func type(ofFunction address: Int) -> FunctionType { functions[address].type }

    /// Calls a function with arguments of its type.
    public func invoke(_ address: Int, _ arguments: [Value]) throws(Failure) -> [Value] {
        guard nestedRuns < bounds.nestedRuns else { throw .trap(.stackExhausted) }
        let (calls, locals) = (activeCalls, activeLocals)
        nestedRuns += 1
        // A failure leaves functions active.
        defer {
            nestedRuns -= 1
            (activeCalls, activeLocals) = (calls, locals)
        }
        return try Execution.run(self, address, arguments)
    }
}
