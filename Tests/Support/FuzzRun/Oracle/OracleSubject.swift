// One engine that is compared with the reference interpreter: a generated module and its library, instantiated, and what
// can be seen of them.

import FuzzSupport
import ReferenceInterpreter
import Terrace
import WasmFormat

/// The host's object with a number: what an external reference refers to.
private final class NumberedObject {
    let number: Int
    init(_ number: Int) { self.number = number }
}

/// A generated module in an engine.
final class OracleSubject {
    /// How the engine is set up, for messages.
    let name: String
    private let store: Store
    private var library: Terrace.Instance?
    private var instances: [Terrace.Instance] = []
    /// Functions by the interpreter's addresses, and the other way round: references are right if they always meet the
    /// same partner.
    private var addresses: [UInt: Int] = [:]
    private var pointers: [Int: UInt] = [:]

    init(_ name: String, _ engine: Engine) {
        self.name = name
        store = try! Store(engine)
        try! store.setDeadline(after: .seconds(60))
    }

    // MARK: running

    /// Instantiates the module. Returns how that fails, if it does.
    func instantiate(_ generated: GeneratedModule) -> String? {
        do {
            var imports = Imports()
            for number in 0..<GeneratedModule.hostObjectCount {
                let object = ExternalReference(NumberedObject(number))
                let type = GlobalType(type: .externref, isMutable: false)
                imports.define(
                    GeneratedModule.hostName, "e\(number)", .global(try Global(store, type, .external(object))))
            }
            if let bytes = generated.library {
                let library = try Instance(store, Module(store.engine, bytes: bytes), imports: imports)
                self.library = library
                imports.defineModule(GeneratedModule.libraryName, exportsOf: library)
                if generated.wrapsLibrary { try imports.wrapFunctions(of: library) }
            }
            let module = try Module(store.engine, bytes: generated.bytes)
            for _ in 0..<generated.instanceCount { instances.append(try Instance(store, module, imports: imports)) }
            return nil
        } catch let error as InstantiationError {
            switch error {
            case .trap(let trap): return trap.innermost.kindName
            case .limit: return "limit"
            case .link, .unsupported: return "\(error)"
            }
        } catch {
            return "\(error)"
        }
    }

    /// Calls an export of an instance that takes nothing: its results, or the kind of its trap.
    func call(_ name: String, ofInstance number: Int) -> Result<[Terrace.Value], OracleTrap> {
        guard let function = instances[number].function(name) else { return .failure(OracleTrap(name: "no function")) }
        do throws(Terrace.Trap) { return .success(try function.call([])) } catch {
            return .failure(OracleTrap(name: error.innermost.kindName))
        }
    }

    // MARK: comparing

    /// What differs between everything that both modules export and the interpreter's.
    func differences(from reference: OracleReference) -> [String] {
        var differences: [String] = []
        func compare(_ title: String, _ actual: Terrace.Instance, _ expected: ModuleInstance) {
            for export in expected.loaded.module.exports where export.kind != .function {
                let text = difference(actual[export.name], expected[export])
                if let text { differences.append("\(title): \(export.name): \(text)") }
            }
        }
        if let library, let expected = reference.library { compare("library", library, expected) }
        for (number, (actual, expected)) in zip(instances, reference.instances).enumerated() {
            compare("instance \(number)", actual, expected)
        }
        return differences
    }

    private func difference(
        _ actual: Terrace.External?, _ expected: ReferenceInterpreter.External
    ) -> String? {
        switch (actual, expected) {
        case (.global(let global), .global(let other)):
            return isSame(global.value, other.value) ? nil : "\(global.value), expected \(other.value)"
        case (.memory(let memory), .memory(let other)):
            guard UInt64(memory.byteCount) == other.byteCount else {
                return "\(memory.byteCount) bytes, expected \(other.byteCount)"
            }
            return memory.withUnsafeMutableBytes { bytes in
                let bytes = UnsafeRawBufferPointer(bytes)
                return other.firstDifference(from: bytes).map {
                    "byte \($0) is \(bytes[$0]), expected \(other[UInt64($0)])"
                }
            }
        case (.table(let table), .table(let other)):
            guard table.count == other.elements.count else {
                return "\(table.count) elements, expected \(other.elements.count)"
            }
            for (index, element) in other.elements.enumerated() {
                guard let actual = table[index], isSame(actual, .reference(element)) else {
                    return "element \(index) is \(table[index].map { "\($0)" } ?? "missing"), expected \(element)"
                }
            }
            return nil
        default: return "missing"
        }
    }

    /// Whether a value is what the interpreter has. A NaN is any NaN: which bits are determined, programs look at
    /// themselves.
    func isSame(_ actual: Terrace.Value, _ expected: ReferenceInterpreter.Value) -> Bool {
        switch (actual, expected) {
        case (.i32(let value), .i32(let other)): UInt32(bitPattern: value) == other
        case (.i64(let value), .i64(let other)): UInt64(bitPattern: value) == other
        case (.f32(let value), .f32(let bits)): value.bitPattern == bits || value.isNaN && Float(bitPattern: bits).isNaN
        case (.f64(let value), .f64(let bits)):
            value.bitPattern == bits || value.isNaN && Double(bitPattern: bits).isNaN
        case (.v128(let value), .v128(let other)): value.low == other.low && value.high == other.high
        case (.function(nil), .reference(.null)), (.external(nil), .reference(.null)): true
        case (.function(let function?), .reference(.function(let address))): isSame(function, address)
        case (.external(let reference?), .reference(.external(let number))):
            (reference.object as? NumberedObject)?.number == number
        default: false
        }
    }

    private func isSame(_ function: Function, _ address: Int) -> Bool {
        let pointer = UInt(bitPattern: function.pointer)
        if addresses[pointer] == nil, pointers[address] == nil {
            addresses[pointer] = address
            pointers[address] = pointer
        }
        return addresses[pointer] == address && pointers[address] == pointer
    }
}

/// The kind of a trap, in words that engine and interpreter share.
struct OracleTrap: Error, Equatable {
    var name: String
}

extension Terrace.Trap {
    /// A trap behind a host function arrives as that function's error.
    var innermost: Terrace.Trap {
        var trap = self
        while let inner = trap.hostError as? Terrace.Trap { trap = inner }
        return trap
    }

    var kindName: String { String(describing: kind) }
}
