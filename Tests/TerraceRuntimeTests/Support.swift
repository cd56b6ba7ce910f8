// Short ways to make modules from text.

import Terrace
import Testing
import WasmText

let sharedEngine = Engine()

func makeModule(_ text: String, engine: Engine = sharedEngine) throws -> Module {
    try Module(engine, bytes: try WatParser.parse(text))
}

func makeInstance(
    _ text: String, store: Store = Store(sharedEngine), imports: Imports = Imports()
) throws -> Instance {
    try Instance(store, try makeModule(text, engine: store.engine), imports: imports)
}

extension Instance {
    /// Calls an export that must exist.
    @discardableResult
    func call(_ name: String, _ arguments: Value...) throws -> [Value] {
        try #require(function(name)).call(arguments)
    }

    /// Calls an export and takes its one i32 result.
    func i32(_ name: String, _ arguments: Value...) throws -> Int32 {
        let results = try #require(function(name)).call(arguments)
        guard case .i32(let value)? = results.first else { throw WrongResult() }
        return value
    }
}

struct WrongResult: Error {}

/// The trap that an operation ends in.
func catchTrap(_ body: () throws -> Void) throws -> Trap {
    do { try body() } catch let trap as Trap { return trap }
    throw WrongResult()
}
