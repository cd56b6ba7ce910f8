// The interpreter's side of a comparison.

import FuzzSupport
import ReferenceInterpreter
import WasmFormat

/// A generated module in the reference interpreter.
final class OracleReference {
    let machine: Machine
    private(set) var library: ModuleInstance?
    private(set) var instances: [ModuleInstance] = []
    /// What the machine cannot go on from: see ``OracleComparison/Verdict/inconclusive``.
    private(set) var reasonToStop: String?

    /// Instructions that one call may take.
    private static let fuelPerCall: UInt64 = 20_000_000

    init(bounds: Machine.Bounds) { machine = Machine(bounds: bounds) }

    /// Instantiates the module. Returns how that fails, if it does.
    func instantiate(_ generated: GeneratedModule) -> String? {
        machine.fuel = Self.fuelPerCall
        do {
            if let bytes = generated.library {
                library = try machine.instantiate(machine.load(bytes), imports: hostDefinition)
            }
            let module = try machine.load(generated.bytes)
            for _ in 0..<generated.instanceCount {
                let instance = try machine.instantiate(module) { entry in
                    guard entry.module == GeneratedModule.libraryName else { return hostDefinition(entry) }
                    let external = library?.export(entry.name)
                    guard generated.wrapsLibrary, case .function(let address)? = external else { return external }
                    return .function(wrap(address))
                }
                instances.append(instance)
            }
            return nil
        } catch let error as InstantiationFailure {
            switch error {
            case .execution(let failure): return name(of: failure).name
            case .limit: return "limit"
            case .unknownImport, .incompatibleImport: return "\(error)"
            }
        } catch {
            return "\(error)"
        }
    }

    private var hostGlobals: [External] = []

    private func hostDefinition(_ entry: Import) -> External? {
        if hostGlobals.isEmpty {
            hostGlobals = (0..<GeneratedModule.hostObjectCount).map {
                .global(machine.makeGlobal(GlobalType(type: .externref, isMutable: false), .reference(.external($0))))
            }
        }
        guard entry.module == GeneratedModule.hostName, let number = Int(entry.name.dropFirst()),
            hostGlobals.indices.contains(number)
        else { return nil }
        return hostGlobals[number]
    }

    /// Host functions by the address of the function that they call.
    private var wrappers: [Int: Int] = [:]

    /// A host function that passes everything on; one for each function.
    private func wrap(_ address: Int) -> Int {
        if let wrapper = wrappers[address] { return wrapper }
        let wrapper = machine.addFunction(machine.type(ofFunction: address)) {
            [unowned machine] arguments throws(Failure) in try machine.invoke(address, arguments)
        }
        wrappers[address] = wrapper
        return wrapper
    }

    /// Calls an export of an instance that takes nothing: its results, or the kind of its trap.
    func call(_ name: String, ofInstance number: Int) -> Result<[Value], OracleTrap> {
        guard case .function(let address)? = instances[number].export(name) else {
            return .failure(OracleTrap(name: "no function"))
        }
        machine.fuel = Self.fuelPerCall
        do throws(Failure) { return .success(try machine.invoke(address, [])) } catch {
            return .failure(self.name(of: error))
        }
    }

    private func name(of failure: Failure) -> OracleTrap {
        switch failure {
        case .trap(let trap):
            // How deep calls may go is each implementation's own affair.
            if trap == .stackExhausted { reasonToStop = "stack exhausted" }
            return OracleTrap(name: trap.rawValue)
        case .outOfFuel: reasonToStop = "out of fuel"
        case .notInterpreted(let what): reasonToStop = "not interpreted: \(what)"
        }
        return OracleTrap(name: reasonToStop ?? "")
    }
}
