// Calls with types known at compile time: no allocation, no check per call.

import TerraceRuntime
import WasmFormat

/// A function with Swift types, made once from a ``Function`` by ``Function/typed(_:)``. Calling it costs a few nanoseconds.
public struct TypedFunction<Result, each Parameter: WasmValue> {
    public let store: Store
    public let pointer: FunctionPointer
    public let entry: EntryStub

    @usableFromInline init(store: Store, pointer: FunctionPointer, entry: @escaping EntryStub) {
        self.store = store
        self.pointer = pointer
        self.entry = entry
    }

    /// Calls with arguments in slots; `read` takes the results from them.
    @inlinable @inline(__always)
    func call(
        _ arguments: repeat each Parameter, read: (UnsafeMutableRawPointer) -> Result
    ) throws(Trap) -> Result {
        // 64 slots, the most that a typed function may have. They are not touched beyond what is used.
        try withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 16) { (slots) throws(Trap) -> Result in
            let slots = slots.baseAddress.unsafelyUnwrapped
            var offset = 0
            for argument in repeat each arguments {
                argument._store(slots + offset, store)
                offset &+= 16
            }
            try store.storage.call(pointer, entry: entry, slots: slots)
            return read(slots)
        }
    }
}

extension TypedFunction where Result == Void {
    /// Calls the function.
    @inlinable public func callAsFunction(_ arguments: repeat each Parameter) throws(Trap) {
        try call(repeat each arguments, read: { _ in })
    }
}

extension TypedFunction where Result: WasmValue {
    /// Calls the function.
    @inlinable public func callAsFunction(_ arguments: repeat each Parameter) throws(Trap) -> Result {
        try call(repeat each arguments, read: { Result._load($0, store) })
    }
}

extension TypedFunction {
    /// Calls a function with two results.
    @inlinable public func callAsFunction<A: WasmValue, B: WasmValue>(
        _ arguments: repeat each Parameter
    ) throws(Trap) -> (A, B) where Result == (A, B) {
        try call(repeat each arguments, read: { (A._load($0, store), B._load($0 + 16, store)) })
    }

    /// Calls a function with three results.
    @inlinable public func callAsFunction<A: WasmValue, B: WasmValue, C: WasmValue>(
        _ arguments: repeat each Parameter
    ) throws(Trap) -> (A, B, C) where Result == (A, B, C) {
        try call(
            repeat each arguments,
            read: { (A._load($0, store), B._load($0 + 16, store), C._load($0 + 32, store)) })
    }
}

/// A function does not have the Swift type that was asked for.
public struct SignatureMismatch: Error, CustomStringConvertible {
    public let expected: FunctionSignature
    public let actual: FunctionSignature
    public var description: String { "the function's type is \(actual), not \(expected)" }
}

extension Function {
    /// The function with Swift types, for fast calls: `try function.typed(((Int32, Int32) -> Int32).self)`.
    public func typed<each P: WasmValue, R: WasmValue>(
        _ type: ((repeat each P) -> R).Type = ((repeat each P) -> R).self
    ) throws(SignatureMismatch) -> TypedFunction<R, repeat each P> {
        TypedFunction(
            store: store, pointer: pointer, entry: try checkedEntry(repeat (each P).self, results: [R.wasmType]))
    }

    /// The function with Swift types and no result.
    public func typed<each P: WasmValue>(
        _ type: ((repeat each P) -> Void).Type = ((repeat each P) -> Void).self
    ) throws(SignatureMismatch) -> TypedFunction<Void, repeat each P> {
        TypedFunction(store: store, pointer: pointer, entry: try checkedEntry(repeat (each P).self, results: []))
    }

    /// The function with Swift types and two results.
    public func typed<each P: WasmValue, A: WasmValue, B: WasmValue>(
        _ type: ((repeat each P) -> (A, B)).Type = ((repeat each P) -> (A, B)).self
    ) throws(SignatureMismatch) -> TypedFunction<(A, B), repeat each P> {
        let entry = try checkedEntry(repeat (each P).self, results: [A.wasmType, B.wasmType])
        return TypedFunction(store: store, pointer: pointer, entry: entry)
    }

    /// The function with Swift types and three results.
    public func typed<each P: WasmValue, A: WasmValue, B: WasmValue, C: WasmValue>(
        _ type: ((repeat each P) -> (A, B, C)).Type = ((repeat each P) -> (A, B, C)).self
    ) throws(SignatureMismatch) -> TypedFunction<(A, B, C), repeat each P> {
        let entry = try checkedEntry(repeat (each P).self, results: [A.wasmType, B.wasmType, C.wasmType])
        return TypedFunction(store: store, pointer: pointer, entry: entry)
    }

    /// The entry stub, after comparing types.
    private func checkedEntry<each P: WasmValue>(
        _ parameters: repeat (each P).Type, results: [ValueType]
    ) throws(SignatureMismatch) -> EntryStub {
        var expected = FunctionSignature(results: results)
        for type in repeat each parameters { expected.parameters.append(type.wasmType) }
        let actual = type
        // A parameter must take what Swift passes; Swift must take what a result may be.
        func fits(_ actual: ValueType, result: Bool, _ expected: ValueType) -> Bool {
            if actual == expected { return true }
            guard result, actual.isReference, expected.isReference else { return false }
            let family = ReferenceHierarchy(actual.heapType)
            return family == ReferenceHierarchy(expected.heapType) && (family == .function || family == .external)
        }
        let count = max(expected.parameters.count, expected.results.count)
        guard actual.parameters.count == expected.parameters.count, actual.results.count == results.count, count <= 64,
            zip(actual.parameters, expected.parameters).allSatisfy({ fits($0, result: false, $1) }),
            zip(actual.results, results).allSatisfy({ fits($0, result: true, $1) })
        else { throw SignatureMismatch(expected: expected, actual: actual) }
        return store.storage.entryStub(for: pointer)
    }
}
