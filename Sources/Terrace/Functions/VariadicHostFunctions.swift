// Host functions from Swift closures with any number of parameters.

import TerraceRuntime
import WasmFormat

extension Function {
    /// Makes a host function from a closure: `Function(store) { (caller: Caller, a: Int32, b: Int64) -> Int32 in … }`.
    ///
    /// The store keeps the closure until its own end; a closure that captures something of the store keeps the store alive
    /// for ever.
    ///
    /// An error that the closure throws ends the WebAssembly code that called it; the host's call of that code throws a
    /// ``Trap`` with the error as ``Trap/hostError``. A ``Trap`` that the closure throws is thrown on as it is.
    @inlinable public init<each P: WasmValue, R: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, repeat each P) throws -> R
    ) {
        var parameters: [ValueType] = []
        for type in repeat (each P).self { parameters.append(type.wasmType) }
        self.init(store, parameters, [R.wasmType]) { owner, slots in
            try Store.with(owner) { store in
                var offset = 0
                func next<T: WasmValue>(_ type: T.Type) -> T {
                    let value = T._load(slots + offset, store)
                    offset &+= 16
                    return value
                }
                let result = try body(Caller(store: store), repeat next((each P).self))
                result._store(slots, store)
            }
        }
    }

    /// Makes a host function without result from a closure.
    @inlinable public init<each P: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, repeat each P) throws -> Void
    ) {
        var parameters: [ValueType] = []
        for type in repeat (each P).self { parameters.append(type.wasmType) }
        self.init(store, parameters, []) { owner, slots in
            try Store.with(owner) { store in
                var offset = 0
                func next<T: WasmValue>(_ type: T.Type) -> T {
                    let value = T._load(slots + offset, store)
                    offset &+= 16
                    return value
                }
                try body(Caller(store: store), repeat next((each P).self))
            }
        }
    }

    /// Makes a host function with two results from a closure.
    @inlinable public init<each P: WasmValue, A: WasmValue, B: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, repeat each P) throws -> (A, B)
    ) {
        var parameters: [ValueType] = []
        for type in repeat (each P).self { parameters.append(type.wasmType) }
        self.init(store, parameters, [A.wasmType, B.wasmType]) { owner, slots in
            try Store.with(owner) { store in
                var offset = 0
                func next<T: WasmValue>(_ type: T.Type) -> T {
                    let value = T._load(slots + offset, store)
                    offset &+= 16
                    return value
                }
                let (a, b) = try body(Caller(store: store), repeat next((each P).self))
                a._store(slots, store)
                b._store(slots + 16, store)
            }
        }
    }
}
