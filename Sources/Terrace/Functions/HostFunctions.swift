// Host functions from Swift closures with types known at compile time: called within a few nanoseconds.
//
// Up to four parameters have initialisers of their own: the compiler makes better code of them than of parameter packs.

import TerraceRuntime
import WasmFormat

extension Function {
    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<R: WasmValue>(
        _ store: Store, _ body: @escaping (Caller) throws -> R
    ) {
        self.init(store, [], [R.wasmType]) { owner, slots in
            try Store.with(owner) { store in
                let result = try body(Caller(store: store))
                result._store(slots, store)
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init(
        _ store: Store, _ body: @escaping (Caller) throws -> Void
    ) {
        self.init(store, [], []) { owner, slots in
            try Store.with(owner) { store in
                try body(Caller(store: store))
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<A: WasmValue, R: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, A) throws -> R
    ) {
        self.init(store, [A.wasmType], [R.wasmType]) { owner, slots in
            try Store.with(owner) { store in
                let result = try body(Caller(store: store), A._load(slots, store))
                result._store(slots, store)
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<A: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, A) throws -> Void
    ) {
        self.init(store, [A.wasmType], []) { owner, slots in
            try Store.with(owner) { store in
                try body(Caller(store: store), A._load(slots, store))
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<A: WasmValue, B: WasmValue, R: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, A, B) throws -> R
    ) {
        self.init(store, [A.wasmType, B.wasmType], [R.wasmType]) { owner, slots in
            try Store.with(owner) { store in
                let result = try body(Caller(store: store), A._load(slots, store), B._load(slots + 16, store))
                result._store(slots, store)
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<A: WasmValue, B: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, A, B) throws -> Void
    ) {
        self.init(store, [A.wasmType, B.wasmType], []) { owner, slots in
            try Store.with(owner) { store in
                try body(Caller(store: store), A._load(slots, store), B._load(slots + 16, store))
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<A: WasmValue, B: WasmValue, C: WasmValue, R: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, A, B, C) throws -> R
    ) {
        self.init(store, [A.wasmType, B.wasmType, C.wasmType], [R.wasmType]) { owner, slots in
            try Store.with(owner) { store in
                let result = try body(
                    Caller(store: store), A._load(slots, store), B._load(slots + 16, store), C._load(slots + 32, store))
                result._store(slots, store)
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<A: WasmValue, B: WasmValue, C: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, A, B, C) throws -> Void
    ) {
        self.init(store, [A.wasmType, B.wasmType, C.wasmType], []) { owner, slots in
            try Store.with(owner) { store in
                try body(
                    Caller(store: store), A._load(slots, store), B._load(slots + 16, store), C._load(slots + 32, store))
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<A: WasmValue, B: WasmValue, C: WasmValue, D: WasmValue, R: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, A, B, C, D) throws -> R
    ) {
        self.init(store, [A.wasmType, B.wasmType, C.wasmType, D.wasmType], [R.wasmType]) { owner, slots in
            try Store.with(owner) { store in
                let result = try body(
                    Caller(store: store), A._load(slots, store), B._load(slots + 16, store), C._load(slots + 32, store),
                    D._load(slots + 48, store))
                result._store(slots, store)
            }
        }
    }

    /// Makes a host function from a closure. An error that it throws ends the code that called it.
    @inlinable public init<A: WasmValue, B: WasmValue, C: WasmValue, D: WasmValue>(
        _ store: Store, _ body: @escaping (Caller, A, B, C, D) throws -> Void
    ) {
        self.init(store, [A.wasmType, B.wasmType, C.wasmType, D.wasmType], []) { owner, slots in
            try Store.with(owner) { store in
                try body(
                    Caller(store: store), A._load(slots, store), B._load(slots + 16, store), C._load(slots + 32, store),
                    D._load(slots + 48, store))
            }
        }
    }

    /// Makes a host function of a type from a body that works on slots.
    @inlinable @inline(__always)
    init(
        _ store: Store, _ parameters: [ValueType], _ results: [ValueType], _ body: @escaping HostFunctionBody
    ) {
        let type = FunctionType(parameters: parameters, results: results)
        guard let pointer = store.storage.makeHostFunction(type, body) else {
            // Only references to a module's types can be gone, and no type of Swift's stands for one.
            preconditionFailure("a Swift type names a type of a module")
        }
        self.init(store: store, pointer: pointer)
    }
}
