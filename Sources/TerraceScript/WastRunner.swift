// Runs scripts of the official test suite against the embedding interface.

import Terrace
import WasmText

/// Runs scripts. Each script has a store of its own, with the module `spectest` and what the script registers.
///
/// A runner may be used for any number of scripts, one at a time.
public final class WastRunner {
    private let engine: Engine
    /// How long a script may run before its code is interrupted; nil for ever.
    public var timeLimit: Duration? = .seconds(120)

    // State of the script that runs.
    private var store: Store
    private var imports = Imports()
    private var current: Instance?
    private var instances: [String: Instance] = [:]
    private var lastDefinition: Module?
    private var definitions: [String: Module] = [:]
    private var objects: [UInt32: ExternalReference] = [:]

    /// Throws if the system has no room for a store.
    public init(_ engine: Engine) throws(ResourceLimitError) {
        self.engine = engine
        store = try Store(engine)
    }

    /// Parses and runs a script. A script that does not parse is one failure.
    public func run(text: [UInt8]) -> WastReport {
        do throws(TextError) {
            return run(try WastScript.parse(text))
        } catch {
            var report = WastReport()
            report.failures.append(
                WastReport.Failure(
                    line: error.line, message: "column \(error.column): \(error.message)\n\(error.excerpt)"))
            return report
        }
    }

    /// Runs all commands of a script, whether or not earlier ones failed.
    public func run(_ script: WastScript) -> WastReport {
        var report = WastReport()
        do throws(ResourceLimitError) {
            store = try Store(engine)
            if let timeLimit { try store.setDeadline(after: timeLimit) }
        } catch {
            report.failures.append(WastReport.Failure(line: 0, message: "no store can be made: \(error)"))
            return report
        }
        defer { store.clearDeadline() }
        imports = Imports()
        current = nil
        instances = [:]
        lastDefinition = nil
        definitions = [:]
        objects = [:]
        do {
            try SpecTestModule.define(in: &imports, store)
        } catch {
            report.failures.append(WastReport.Failure(line: 0, message: "spectest cannot be made: \(error)"))
            return report
        }
        for command in script.commands {
            do throws(Disappointment) {
                try execute(command.kind)
                report.passed += 1
            } catch {
                report.failures.append(WastReport.Failure(line: command.line, message: error.message))
            }
        }
        return report
    }

    /// A command did not do what it should.
    private struct Disappointment: Error {
        var message: String
        init(_ message: String) { self.message = message }
    }

    // MARK: Commands

    private func execute(_ command: WastCommand.Kind) throws(Disappointment) {
        switch command {
        case .module(let source):
            current = nil
            let module = try define(source)
            try instantiate(module, name: source.name)
        case .moduleDefinition(let source):
            _ = try define(source)
        case .moduleInstance(let name, let definition):
            current = nil
            let module = definition == nil ? lastDefinition : definitions[definition!]
            guard let module else { throw Disappointment("unknown module definition \(definition ?? "")") }
            try instantiate(module, name: name)
        case .register(let name, let module):
            imports.defineModule(name, exportsOf: try instance(module))
        case .action(let action):
            _ = try results(of: action)
        case .assertReturn(let action, let expected):
            try assertReturn(action, expected)
        case .assertTrap(let action, let message):
            let trap = try trap(of: action, expecting: message)
            guard trap.matches(message) else {
                throw Disappointment("expected trap “\(message)”, got “\(trap.message)”")
            }
        case .assertExhaustion(let action, let message):
            let trap = try trap(of: action, expecting: message)
            guard trap.kind == .stackExhausted else {
                throw Disappointment("expected “\(message)”, got “\(trap.message)”")
            }
        case .assertException(let action):
            let trap = try trap(of: action, expecting: "an exception")
            guard trap.kind == .uncaughtException else {
                throw Disappointment("expected an exception, got “\(trap.message)”")
            }
        case .assertModuleTrap(let source, let message):
            try assertModuleTrap(source, message)
        case .assertUnlinkable(let source, let message):
            try assertUnlinkable(source, message)
        case .assertInvalid(let source, let message):
            try assertRefused(source, .invalid, message)
        case .assertMalformed(let source, let message):
            try assertRefused(source, .malformed, message)
        case .assertInvalidCustom(let source, let message), .assertMalformedCustom(let source, let message):
            do throws(TextError) { _ = try source.bytes() } catch { return }
            throw Disappointment("accepted, expected “\(message)”")
        }
    }

    // MARK: Modules

    private func compile(_ source: WastModule) throws(Disappointment) -> Module {
        let bytes: [UInt8]
        do throws(TextError) { bytes = try source.bytes() } catch { throw Disappointment("\(error)") }
        do throws(ModuleError) { return try Module(engine, bytes: bytes) } catch { throw Disappointment("\(error)") }
    }

    private func define(_ source: WastModule) throws(Disappointment) -> Module {
        let module = try compile(source)
        lastDefinition = module
        if let name = source.name { definitions[name] = module }
        return module
    }

    private func instantiate(_ module: Module, name: String?) throws(Disappointment) {
        let instance: Instance
        do throws(InstantiationError) {
            instance = try Instance(store, module, imports: imports)
        } catch {
            throw Disappointment("\(error)")
        }
        current = instance
        if let name { instances[name] = instance }
    }

    private func instance(_ name: String?) throws(Disappointment) -> Instance {
        guard let name else {
            guard let current else { throw Disappointment("there is no current module") }
            return current
        }
        guard let instance = instances[name] else { throw Disappointment("unknown module $\(name)") }
        return instance
    }

    private func assertRefused(
        _ source: WastModule, _ category: ModuleError.Category, _ message: String
    ) throws(Disappointment) {
        let bytes: [UInt8]
        do throws(TextError) {
            bytes = try source.bytes()
        } catch {
            if category == .malformed { return }
            throw Disappointment("\(error)")
        }
        do throws(ModuleError) {
            _ = try Module(engine, bytes: bytes)
        } catch {
            if error.category == category { return }
            throw Disappointment("expected \(category) “\(message)”, got “\(error)”")
        }
        throw Disappointment("accepted, expected \(category) “\(message)”")
    }

    private func assertUnlinkable(_ source: WastModule, _ message: String) throws(Disappointment) {
        let module = try compile(source)
        do throws(InstantiationError) {
            _ = try Instance(store, module, imports: imports)
        } catch {
            if case .link(let error) = error, error.description.hasPrefix(message) { return }
            throw Disappointment("expected “\(message)”, got “\(error)”")
        }
        throw Disappointment("linked, expected “\(message)”")
    }

    private func assertModuleTrap(_ source: WastModule, _ message: String) throws(Disappointment) {
        let module = try compile(source)
        do throws(InstantiationError) {
            _ = try Instance(store, module, imports: imports)
        } catch {
            if case .trap(let trap) = error, trap.matches(message) { return }
            throw Disappointment("expected trap “\(message)”, got “\(error)”")
        }
        throw Disappointment("instantiated, expected trap “\(message)”")
    }

    // MARK: Actions

    /// Does what the action says: its results, or why it cannot be done at all.
    private func perform(_ action: WastAction) throws(Trap) -> Result<[Value], Disappointment> {
        let function: Function
        let arguments: [Value]
        do throws(Disappointment) {
            switch action {
            case .get(let module, let field):
                guard let global = try instance(module).global(field) else {
                    throw Disappointment("there is no global “\(field)”")
                }
                return .success([global.value])
            case .invoke(let module, let field, let values):
                guard let export = try instance(module).function(field) else {
                    throw Disappointment("there is no function “\(field)”")
                }
                function = export
                arguments = try convert(values)
            }
        } catch {
            return .failure(error)
        }
        return .success(try function.call(arguments))
    }

    private func convert(_ values: [WastValue]) throws(Disappointment) -> [Value] {
        var converted: [Value] = []
        for value in values {
            switch value {
            case .i32(let value): converted.append(.i32(value))
            case .i64(let value): converted.append(.i64(value))
            case .f32(let bits): converted.append(.f32(Float(bitPattern: bits)))
            case .f64(let bits): converted.append(.f64(Double(bitPattern: bits)))
            case .v128(let low, let high): converted.append(.v128(V128(low: low, high: high)))
            case .refNull("extern"), .refNull("noextern"): converted.append(.external(nil))
            case .refNull("exn"), .refNull("noexn"): converted.append(.opaque(.null(.exn)))
            case .refNull("any"), .refNull("eq"), .refNull("i31"), .refNull("struct"), .refNull("array"),
                .refNull("none"):
                converted.append(.opaque(.null(.any)))
            case .refNull: converted.append(.function(nil))
            case .refExtern(let number):
                let object = objects[number] ?? ExternalReference(ScriptObject(number))
                objects[number] = object
                converted.append(.external(object))
            case .refHost:
                throw Disappointment("host objects in the any hierarchy cannot be passed")
            }
        }
        return converted
    }

    /// The results of an action that must not trap.
    private func results(of action: WastAction) throws(Disappointment) -> [Value] {
        let outcome: Result<[Value], Disappointment>
        do throws(Trap) {
            outcome = try perform(action)
        } catch {
            throw Disappointment("trapped: \(error.hostError.map { "\($0)" } ?? error.message)")
        }
        return try outcome.get()
    }

    private func assertReturn(_ action: WastAction, _ expected: [WastResult]) throws(Disappointment) {
        let values = try results(of: action)
        guard values.count == expected.count, zip(values, expected).allSatisfy({ $1.matches($0) }) else {
            throw Disappointment(
                "expected (\(expected.map(\.text).joined(separator: ", "))), got "
                    + "(\(values.map(\.text).joined(separator: ", ")))")
        }
    }

    private func trap(of action: WastAction, expecting message: String) throws(Disappointment) -> Trap {
        let outcome: Result<[Value], Disappointment>
        do throws(Trap) { outcome = try perform(action) } catch { return error }
        let values = try outcome.get()
        throw Disappointment("expected “\(message)”, got (\(values.map(\.text).joined(separator: ", ")))")
    }
}
