// Short ways to make modules from text and to call what they export, for the tests of every target that runs code.

import Terrace
import WasmText

public let sharedEngine = try! Engine()

public func makeModule(_ text: String, engine: Engine = sharedEngine) throws -> Module {
    try Module(engine, bytes: try WatParser.parse(text))
}

public func makeInstance(
    _ text: String, store: Store = try! Store(sharedEngine), imports: Imports = Imports()
) throws -> Instance {
    try Instance(store, try makeModule(text, engine: store.engine), imports: imports)
}

extension Instance {
    /// Calls an export that must exist.
    @discardableResult
    public func call(_ name: String, _ arguments: Value...) throws -> [Value] {
        guard let function = function(name) else { throw WrongResult() }
        return try function.call(arguments)
    }

    /// Calls an export and takes its one i32 result.
    public func i32(_ name: String, _ arguments: Value...) throws -> Int32 {
        guard let function = function(name), case .i32(let value)? = try function.call(arguments).first else {
            throw WrongResult()
        }
        return value
    }

    /// Calls an export and takes its one i64 result.
    public func i64(_ name: String, _ arguments: Value...) throws -> Int64 {
        guard let function = function(name), case .i64(let value)? = try function.call(arguments).first else {
            throw WrongResult()
        }
        return value
    }
}

/// Something else came out than a test asked for.
public struct WrongResult: Error {
    public init() {}
}

/// The trap that an operation ends in.
public func catchTrap(_ body: () throws -> Void) throws -> Trap {
    do { try body() } catch let trap as Trap { return trap }
    throw WrongResult()
}
