// Runs scripts of the official suite on the reference interpreter.

import ReferenceInterpreter
import WasmFormat
import WasmText

/// A machine in the middle of a script. What scripts assert about malformed and invalid modules is not its business:
/// the tests of `WasmText` and `WasmFormat` see to that.
final class ScriptMachine {
    /// What a script's commands came to.
    struct Report {
        var passed = 0
        var failures: [(line: Int, message: String)] = []
    }

    private struct Disappointment: Error {
        var message: String
        init(_ message: String) { self.message = message }
    }

    private let features: Features
    private let machine = Machine()
    private var definitions: [String: External] = [:]
    private var registered: [String: ModuleInstance] = [:]
    private var current: ModuleInstance?
    private var instances: [String: ModuleInstance] = [:]
    private var lastDefinition: LoadedModule?
    private var moduleDefinitions: [String: LoadedModule] = [:]

    private init(_ features: Features) {
        self.features = features
        defineSpecTest()
    }

    /// Runs all commands of a script, whether or not earlier ones failed.
    static func run(_ script: WastScript, features: Features) -> Report {
        let machine = ScriptMachine(features)
        var report = Report()
        for command in script.commands {
            // A script that does not end would have to be one that goes on for longer than any does.
            machine.machine.fuel = 200_000_000
            do throws(Disappointment) {
                try machine.execute(command.kind)
                report.passed += 1
            } catch {
                report.failures.append((command.line, error.message))
            }
        }
        return report
    }

    // MARK: spectest

    private func defineSpecTest() {
        let prints: [(String, [ValueType])] = [
            ("print", []), ("print_i32", [.i32]), ("print_i64", [.i64]), ("print_f32", [.f32]), ("print_f64", [.f64]),
            ("print_i32_f32", [.i32, .f32]), ("print_f64_f64", [.f64, .f64]),
        ]
        for (name, parameters) in prints {
            define(name, .function(machine.addFunction(FunctionType(parameters: parameters)) { _ in [] }))
        }
        let globals: [(String, ValueType, Value)] = [
            ("global_i32", .i32, .i32(666)), ("global_i64", .i64, .i64(666)),
            ("global_f32", .f32, .f32(Float(666.6).bitPattern)), ("global_f64", .f64, .f64(666.6.bitPattern)),
        ]
        for (name, type, value) in globals {
            define(name, .global(machine.makeGlobal(GlobalType(type: type, isMutable: false), value)))
        }
        let table = TableType(element: .funcref, limits: Limits(minimum: 10, maximum: 20))
        var table64 = table
        table64.is64 = true
        define("table", .table(machine.makeTable(table)!))
        define("table64", .table(machine.makeTable(table64)!))
        let memory = MemoryType(limits: Limits(minimum: 1, maximum: 2))
        var shared = memory
        shared.isShared = true
        define("memory", .memory(machine.makeMemory(memory)!))
        define("shared_memory", .memory(machine.makeMemory(shared)!))
    }

    private func define(_ name: String, _ external: External) { definitions[name] = external }

    // MARK: commands

    private func execute(_ command: WastCommand.Kind) throws(Disappointment) {
        switch command {
        case .module(let source):
            current = nil
            try instantiate(define(source), name: source.name)
        case .moduleDefinition(let source): _ = try define(source)
        case .moduleInstance(let name, let definition):
            current = nil
            guard let module = definition == nil ? lastDefinition : moduleDefinitions[definition!] else {
                throw Disappointment("unknown module definition")
            }
            try instantiate(module, name: name)
        case .register(let name, let module): registered[name] = try instance(module)
        case .action(let action): _ = try results(of: action)
        case .assertReturn(let action, let expected):
            let values = try results(of: action)
            guard values.count == expected.count, zip(expected, values).allSatisfy({ $0.matches($1) }) else {
                throw Disappointment("expected \(expected), got \(values)")
            }
        case .assertTrap(let action, let message): try expect(message, failure(of: action))
        case .assertExhaustion(let action, let message):
            let failure = try failure(of: action)
            guard failure == .trap(.stackExhausted) else {
                throw Disappointment("expected “\(message)”, got \(failure)")
            }
        case .assertModuleTrap(let source, let message):
            guard case .execution(let failure) = try refusal(of: source) else {
                throw Disappointment("expected trap “\(message)”")
            }
            try expect(message, failure)
        case .assertUnlinkable(let source, let message):
            switch try refusal(of: source) {
            case .unknownImport where message.hasPrefix("unknown import"): break
            case .incompatibleImport where message.hasPrefix("incompatible import type"): break
            case let failure: throw Disappointment("expected “\(message)”, got \(failure)")
            }
        case .assertException(let action):
            throw Disappointment("expected an exception, got \(try failure(of: action))")
        case .assertInvalid, .assertMalformed, .assertInvalidCustom, .assertMalformedCustom: break
        }
    }

    private func expect(_ message: String, _ failure: Failure) throws(Disappointment) {
        guard case .trap(let trap) = failure, trap.isMeant(by: message) else {
            throw Disappointment("expected trap “\(message)”, got \(failure)")
        }
    }

    // MARK: modules

    private func load(_ source: WastModule) throws(Disappointment) -> LoadedModule {
        do { return try machine.load(source.bytes(), features: features) } catch { throw Disappointment("\(error)") }
    }

    private func define(_ source: WastModule) throws(Disappointment) -> LoadedModule {
        let module = try load(source)
        lastDefinition = module
        if let name = source.name { moduleDefinitions[name] = module }
        return module
    }

    private func definition(of entry: Import) -> External? {
        entry.module == "spectest" && registered["spectest"] == nil
            ? definitions[entry.name] : registered[entry.module]?.export(entry.name)
    }

    private func instantiate(_ module: LoadedModule, name: String?) throws(Disappointment) {
        do throws(InstantiationFailure) {
            current = try machine.instantiate(module, imports: definition)
        } catch {
            throw Disappointment("\(error)")
        }
        if let name { instances[name] = current }
    }

    private func refusal(of source: WastModule) throws(Disappointment) -> InstantiationFailure {
        let module = try load(source)
        do throws(InstantiationFailure) {
            _ = try machine.instantiate(module, imports: definition)
        } catch {
            return error
        }
        throw Disappointment("instantiated, though it should not be")
    }

    private func instance(_ name: String?) throws(Disappointment) -> ModuleInstance {
        guard let instance = name == nil ? current : instances[name!] else {
            throw Disappointment("there is no module \(name ?? "")")
        }
        return instance
    }

    // MARK: actions

    private func perform(_ action: WastAction) throws(Disappointment) -> Result<[Value], Failure> {
        switch action {
        case .get(let module, let field):
            guard case .global(let global)? = try instance(module).export(field) else {
                throw Disappointment("there is no global \(field)")
            }
            return .success([global.value])
        case .invoke(let module, let field, let values):
            guard case .function(let address)? = try instance(module).export(field) else {
                throw Disappointment("there is no function \(field)")
            }
            var arguments: [Value] = []
            for value in values { arguments.append(try convert(value)) }
            do throws(Failure) { return .success(try machine.invoke(address, arguments)) } catch {
                return .failure(error)
            }
        }
    }

    private func convert(_ value: WastValue) throws(Disappointment) -> Value {
        switch value {
        case .i32(let value): return .i32(UInt32(bitPattern: value))
        case .i64(let value): return .i64(UInt64(bitPattern: value))
        case .f32(let bits): return .f32(bits)
        case .f64(let bits): return .f64(bits)
        case .v128(let low, let high): return .v128(Vector(low: low, high: high))
        case .refNull: return .reference(.null)
        case .refExtern(let number): return .reference(.external(Int(number)))
        case .refHost: throw Disappointment("host objects of the any hierarchy are not interpreted yet")
        }
    }

    private func results(of action: WastAction) throws(Disappointment) -> [Value] {
        switch try perform(action) {
        case .success(let values): return values
        case .failure(let failure): throw Disappointment("\(failure)")
        }
    }

    private func failure(of action: WastAction) throws(Disappointment) -> Failure {
        switch try perform(action) {
        case .success(let values): throw Disappointment("expected a failure, got \(values)")
        case .failure(let failure): return failure
        }
    }
}

extension WastResult {
    /// Whether a value is what is expected.
    fileprivate func matches(_ value: Value) -> Bool {
        switch (self, value) {
        case (.i32(let expected), .i32(let actual)): return UInt32(bitPattern: expected) == actual
        case (.i64(let expected), .i64(let actual)): return UInt64(bitPattern: expected) == actual
        case (.f32(let expected), .f32(let bits)): return expected.matches(f32: bits)
        case (.f64(let expected), .f64(let bits)): return expected.matches(f64: bits)
        case (.v128(let expected), .v128(let actual)): return expected.matches(low: actual.low, high: actual.high)
        case (.refNull, .reference(let reference)): return reference == .null
        case (.refFunc, .reference(.function)): return true
        case (.refExtern(let number), .reference(.external(let actual))):
            return number.map { Int($0) == actual } ?? true
        // Any reference of another hierarchy would be an object.
        case (.refAny, .reference(.external)): return true
        case (.either(let alternatives), _): return alternatives.contains { $0.matches(value) }
        default: return false
        }
    }
}

extension Trap {
    /// Whether a script's words mean this trap.
    fileprivate func isMeant(by message: String) -> Bool {
        let words: [String] =
            switch self {
            case .unreachable: ["unreachable"]
            case .memoryOutOfBounds: ["out of bounds memory access"]
            case .tableOutOfBounds: ["out of bounds table access", "undefined element"]
            case .uninitializedElement: ["uninitialized element"]
            case .indirectCallTypeMismatch: ["indirect call type mismatch"]
            case .integerDivideByZero: ["integer divide by zero"]
            case .integerOverflow: ["integer overflow"]
            case .invalidConversionToInteger: ["invalid conversion to integer"]
            case .nullReference: ["null reference", "null function reference"]
            case .castFailure: ["cast failure"]
            case .stackExhausted: ["call stack exhausted"]
            }
        return words.contains { message.hasPrefix($0) }
    }
}
