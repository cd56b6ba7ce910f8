// The stubs and types that a store keeps: its host functions' cells, its typed functions and its running calls use them.

import TerraceABI
import TerraceCode
import TerraceTiering
import WasmFormat

/// C function that calls a WebAssembly function: `(context, function, slots) -> 0, or 1 after a trap`.
public typealias EntryStub =
    @convention(c) (
        UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafeMutableRawPointer
    ) -> Int32

/// The entry stub for want of another: reports that there is no room for code.
private let unavailableEntryStub: EntryStub = { base, _, _ in
    let context = ActivationContext(base: base)
    context.trapKind = UInt32(TrapKind.codeUnavailable.rawValue)
    context.record.pointee.exitPC = 0
    context.record.pointee.exitFP = 0
    return 1
}

/// What a store uses of what engines and the process share, and keeps to its end.
struct StoreUses {
    /// Entry stubs by canonical type id. The ids stay what they are: the store keeps all types of its functions.
    var entryStubs: [UInt32: EntryStub] = [:]
    /// Types of functions by canonical id.
    var functionTypes: [UInt32: FunctionType] = [:]
    private var banks: [StubBank] = []
    private var types: [RegisteredTypes] = []

    mutating func keep(_ bank: StubBank) {
        if !banks.contains(where: { $0 === bank }) { banks.append(bank) }
    }

    mutating func keep(_ types: RegisteredTypes) {
        if !types.numbers.isEmpty { self.types.append(types) }
    }
}

extension StoreStorage {
    /// The type of one of the store's functions.
    public func type(of function: FunctionPointer) -> FunctionType {
        let id = function.pointee.typeID
        if let known = uses.functionTypes[id] { return known }
        let type = engine.functionType(canonicalID: id)
        uses.functionTypes[id] = type
        return type
    }

    /// The entry stub through which the host calls a function. Usable as long as the store lives.
    public func entryStub(for function: FunctionPointer) -> EntryStub {
        let id = function.pointee.typeID
        if let known = uses.entryStubs[id] { return known }
        let stub: StubTable.Stub
        do throws(CodeError) {
            stub = try engine.stubs.entryStub(StubSignature(engine.functionType(canonicalID: id)))
        } catch {
            return unavailableEntryStub
        }
        uses.keep(stub.bank)
        let entry = unsafeBitCast(stub.address.rawValue, to: EntryStub.self)
        uses.entryStubs[id] = entry
        return entry
    }

    /// The address of the stub through which wasm code calls host functions of a type. Usable as long as the store lives.
    func hostCallStub(_ type: FunctionType) -> UInt {
        do throws(CodeError) {
            let stub = try engine.stubs.hostCallStub(StubSignature(type))
            uses.keep(stub.bank)
            return stub.address.rawValue
        } catch {
            // Calls of the function will trap and say so.
            return engine.stubs.unavailableHostCallStub.rawValue
        }
    }

    /// The canonical id of a function type, which the store keeps; nil if it refers to a type that is gone.
    func typeID(_ type: FunctionType) -> UInt32? {
        guard let types = engine.types.register(type) else { return nil }
        uses.keep(types)
        return types.numbers[0]
    }
}
