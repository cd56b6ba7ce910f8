// What running a generated module shows, as text that can be compared with what another engine shows.

import FuzzSupport
import Terrace

/// The name of a trap that the oracle's script uses too.
enum TrapName: String {
    case unreachable
    case memory
    case table
    case indirectCall = "indirect-call"
    case nullReference = "null-reference"
    case divisionByZero = "division-by-zero"
    case overflow
    case exhaustion
    case cast
    case other

    init(_ kind: Trap.Kind) {
        switch kind {
        case .unreachable: self = .unreachable
        case .memoryOutOfBounds: self = .memory
        case .tableOutOfBounds: self = .table
        case .uninitializedElement, .indirectCallTypeMismatch: self = .indirectCall
        case .nullReference: self = .nullReference
        case .integerDivideByZero: self = .divisionByZero
        case .integerOverflow, .invalidConversionToInteger: self = .overflow
        case .stackExhausted: self = .exhaustion
        case .castFailure: self = .cast
        default: self = .other
        }
    }
}

/// A run of all drivers of a module: one line per call, `NAME RESULT CHECKSUM`, where the result is an i64 in hexadecimal
/// or `trap:KIND`, and the checksum covers memories, globals and tables after the call.
public struct ModuleRun: Equatable, Sendable {
    public private(set) var lines: [String] = []

    /// Runs a module, instantiated behind its library if it has one, in a store of its own.
    public init(of generated: GeneratedModule, in engine: Engine) {
        self.init(
            of: generated.bytes, library: generated.library, wrapsLibrary: generated.wrapsLibrary, in: engine)
    }

    /// - Parameter wrapsLibrary: whether calls into the library go through the host.
    public init(of bytes: [UInt8], library: [UInt8]?, wrapsLibrary: Bool, in engine: Engine) {
        do {
            let module = try Module(engine, bytes: bytes)
            let store = try Store(engine)
            try store.setDeadline(after: .seconds(60))
            var imports = Imports()
            if let library {
                let module = try Module(engine, bytes: library)
                let instance = try Instance(store, module)
                imports.defineModule(GeneratedModule.libraryName, exportsOf: instance)
                if wrapsLibrary { try imports.wrapFunctions(of: instance) }
            }
            let instance = try Instance(store, module, imports: imports)
            for export in module.exports where export.name.hasPrefix("run") {
                let result = Self.call(export.name, of: instance)
                lines.append("\(export.name) \(result) \(Self.call(GeneratedModule.checksumName, of: instance))")
            }
        } catch {
            lines.append("error \(error)")
        }
    }

    private static func call(_ name: String, of instance: Instance) -> String {
        guard let function = instance.function(name) else { return "missing" }
        do throws(Trap) {
            guard case .i64(let value)? = try function.call([]).first else { return "untyped" }
            return String(UInt64(bitPattern: value), radix: 16)
        } catch {
            // A trap behind a host function arrives as that function's error.
            var trap = error
            while let inner = trap.hostError as? Trap { trap = inner }
            return "trap:\(TrapName(trap.kind).rawValue)"
        }
    }
}

extension Imports {
    /// Puts a host function that passes everything on in front of each of the library's.
    mutating func wrapFunctions(of library: Instance) throws {
        for (name, value) in library.exports {
            guard case .function(let function) = value else { continue }
            let wrapper = try Function(library.store, type: function.type) { _, arguments in
                try function.call(arguments)
            }
            define(GeneratedModule.libraryName, name, wrapper)
        }
    }
}
