// Modules: decoded, validated, compiled or ready to be.

import TerraceRuntime
import TerraceTiering
import WasmFormat

/// What is wrong with a module's bytes.
public typealias ModuleError = WasmFormat.ModuleError

/// A validated module and its code. Immutable; usable from any thread, by many stores at once.
public final class Module: Sendable {
    public let engine: Engine
    public let storage: CompiledModule

    init(engine: Engine, storage: CompiledModule) {
        self.engine = engine
        self.storage = storage
    }

    /// Decodes and validates a module; with eager compilation compiles it too.
    public convenience init(_ engine: Engine, bytes: [UInt8]) throws(ModuleError) {
        try self.init(engine, ModuleBytes(bytes))
    }

    /// Decodes and validates a module, whose bytes are copied.
    public convenience init(_ engine: Engine, copying bytes: UnsafeRawBufferPointer) throws(ModuleError) {
        try self.init(engine, ModuleBytes(copying: bytes))
    }

    /// Decodes and validates a module; with eager compilation compiles it too.
    public init(_ engine: Engine, _ bytes: ModuleBytes) throws(ModuleError) {
        self.engine = engine
        storage = try CompiledModule(engine: engine.storage, bytes: bytes)
    }

    /// Reads a file and makes a module of it.
    public convenience init(_ engine: Engine, contentsOfFile path: String) throws(LoadError) {
        let bytes: ModuleBytes
        do throws(ModuleFileError) {
            bytes = try ModuleBytes.contents(ofFile: path)
        } catch {
            throw .file(error)
        }
        do throws(ModuleError) { try self.init(engine, bytes) } catch { throw .module(error) }
    }

    /// The name that the module's name section gives it.
    public var name: String? { storage.module.moduleName }
    /// What instances need.
    public var imports: [ModuleImport] {
        storage.module.imports.map { ModuleImport(module: $0.module, name: $0.name, type: storage.describe($0.type)) }
    }
    /// What instances offer.
    public var exports: [ModuleExport] {
        storage.module.exports.map { ModuleExport(name: $0.name, type: storage.describe($0)) }
    }
    /// The contents of the first custom section of a name.
    public func customSection(named name: String) -> [UInt8]? { storage.customSection(named: name) }

    /// Compiles every function that is not compiled yet, on so many threads (0: one per processor).
    public func compileAll(jobs: Int = 0) throws(ModuleError) { try storage.compileAll(jobs: jobs) }

    /// What a tier's compiler makes of a defined function (counted with imports), and how; nil for imports. It is compiled for the
    /// occasion, to be looked at: nothing that runs is concerned.
    ///
    /// - Parameters:
    ///   - tier: whose compiler.
    ///   - loop: for code that is entered at a loop, its number in the order of the function's loops; nil for calls.
    public func machineCode(
        ofFunction index: Int, tier: TierEvent.Tier = .baseline, loop: Int? = nil
    ) throws(ModuleError) -> MachineCode? {
        try storage.machineCode(ofFunction: index, tier: tier, loop: loop)
    }

    /// What has been compiled so far, and what it cost.
    public var statistics: ModuleStatistics { storage.statistics }
}

/// Why a module could not be loaded from a file.
public enum LoadError: Error, CustomStringConvertible {
    case file(ModuleFileError)
    case module(ModuleError)

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .module(let error): "\(error)"
        }
    }
}

/// An import that a module asks for.
public struct ModuleImport: Hashable, Sendable {
    public let module: String
    public let name: String
    public let type: ExternalDescription
}

/// An export that a module has.
public struct ModuleExport: Hashable, Sendable {
    public let name: String
    public let type: ExternalDescription
}

/// The type of an import or export.
public typealias ExternalDescription = TerraceRuntime.ExternalDescription
/// Figures about a module's code.
public typealias ModuleStatistics = TerraceRuntime.ModuleStatistics
/// What a compiler makes of a function, for people to look at.
public typealias MachineCode = TerraceRuntime.MachineCode
