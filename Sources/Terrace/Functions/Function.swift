// Functions as the host sees them.

import TerraceRuntime
import WasmFormat

/// A function of a store: defined by a module or by the host.
public struct Function {
    public let store: Store
    public let pointer: FunctionPointer

    @inlinable init(store: Store, pointer: FunctionPointer) {
        self.store = store
        self.pointer = pointer
    }

    init?(store: Store, raw: UInt) {
        guard let pointer = FunctionPointer(bitPattern: raw) else { return nil }
        self.init(store: store, pointer: pointer)
    }

    var raw: UInt { UInt(bitPattern: pointer) }

    /// Parameter and result types.
    public var type: FunctionSignature {
        store.storage.type(of: pointer)
    }

    /// Makes a host function from a closure that works on values.
    ///
    /// The store keeps the closure until its own end. A closure that captures something of the store (a ``Function``, an
    /// ``Instance``) keeps the store alive in turn, for ever: take it from the ``Caller`` instead.
    ///
    /// The closure must return as many values as `type` has results, of those types; otherwise its caller traps.
    ///
    /// Throws ``EntityError/typeIsGone`` if the type refers to one of a module that is gone.
    public init(
        _ store: Store, type: FunctionSignature, _ body: @escaping (Caller, [Value]) throws -> [Value]
    ) throws(EntityError) {
        let (parameters, results) = (type.parameters, type.results)
        let pointer = store.storage.makeHostFunction(type) { owner, slots in
            try Store.with(owner) { store in
                var arguments: [Value] = []
                arguments.reserveCapacity(parameters.count)
                for (index, type) in parameters.enumerated() {
                    let raw = (slots + 16 * index).load(as: RawValue.self)
                    arguments.append(Value(raw: raw, type: type, store: store))
                }
                let values = try body(Caller(store: store), arguments)
                try values.write(as: results, to: slots, store: store, what: "result")
            }
        }
        guard let pointer else { throw .typeIsGone }
        self.init(store: store, pointer: pointer)
    }

    /// Calls the function.
    ///
    /// Arguments that do not fit the function's type are a trap of kind `hostError` with an ``ArgumentError``.
    @discardableResult
    public func callAsFunction(_ arguments: Value...) throws(Trap) -> [Value] { try call(arguments) }

    /// Calls the function with a list of arguments. See ``callAsFunction(_:)``.
    @discardableResult
    public func call(_ arguments: [Value]) throws(Trap) -> [Value] {
        let type = self.type
        let entry = store.storage.entryStub(for: pointer)
        let count = max(type.parameters.count, type.results.count, 1)
        let slots = UnsafeMutableRawPointer.allocate(byteCount: 16 * count, alignment: 16)
        defer { slots.deallocate() }
        do throws(ArgumentError) {
            try arguments.write(as: type.parameters, to: slots, store: store, what: "argument")
        } catch {
            throw Trap(hostError: error)
        }
        try store.storage.call(pointer, entry: entry, slots: slots)
        var results: [Value] = []
        results.reserveCapacity(type.results.count)
        for (index, type) in type.results.enumerated() {
            let raw = (slots + 16 * index).load(as: RawValue.self)
            results.append(Value(raw: raw, type: type, store: store))
        }
        return results
    }
}

extension Function: Equatable {
    /// Whether both are the same function of the same store.
    public static func == (a: Function, b: Function) -> Bool { a.pointer == b.pointer }
}

/// Values passed to or returned from a function do not have its types.
public struct ArgumentError: Error, CustomStringConvertible {
    public let description: String
}

extension [Value] {
    /// Writes the values to slots if they have the types.
    fileprivate func write(
        as types: [ValueType], to slots: UnsafeMutableRawPointer, store: Store, what: String
    ) throws(ArgumentError) {
        guard count == types.count else {
            throw ArgumentError(description: "\(what)s: expected \(types.count), found \(count)")
        }
        for (index, type) in types.enumerated() {
            guard let raw = self[index].raw(as: type, store: store) else {
                throw ArgumentError(description: "\(what) \(index): \(self[index]) is not of type \(type)")
            }
            (slots + 16 * index).storeBytes(of: raw, as: RawValue.self)
        }
    }
}
