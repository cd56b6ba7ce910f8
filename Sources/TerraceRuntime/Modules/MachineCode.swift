// The machine code of one function and how it came about, for people to look at.

import TerraceAssembler
import TerraceCode
import TerraceCompilation
import TerraceTiering
import WasmFormat

/// What a compiler makes of a function. It is compiled for the occasion: what runs is not concerned, and fields that depend on
/// where code lies in memory are zero.
public struct MachineCode: Sendable {
    /// A line of text about the function between two passes.
    public typealias Line = CompilationNotes.Line
    /// The function as a pass of the compiler left it.
    public typealias Pass = CompilationNotes.Pass
    /// A run of code that belongs together.
    public typealias Part = CompilationNotes.Part

    /// A place in the code that means something.
    public struct Site: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            /// Where a call returns to.
            case call
            /// An instruction that may trap.
            case trap
            /// A field that is filled in when the code gets its place.
            case reference
        }

        public let kind: Kind
        /// In bytes from the beginning of the code.
        public let offset: Int
        /// Of the WebAssembly instruction, in bytes from the beginning of the module; nil of references.
        public let bytecodeOffset: Int?
        /// What happens there, or what is referred to.
        public let description: String
    }

    public let bytes: [UInt8]
    /// In the code's order.
    public let sites: [Site]
    /// All of the code, in its order.
    public let parts: [Part]
    /// The optimizing compiler's passes in their order; the baseline compiler has none.
    public let passes: [Pass]
}

extension CompiledModule {
    /// What a tier's compiler makes of a defined function, entered by calls or at a loop; nil for imports.
    public func machineCode(
        ofFunction index: Int, tier: TierEvent.Tier = .baseline, loop: Int? = nil
    ) throws(ModuleError) -> MachineCode? {
        guard let body = module.body(index) else { return nil }
        let entry = loop.map { CodeEntry.loop(UInt32(clamping: $0)) } ?? .call
        do throws(GenerationError) {
            let (code, notes) = try generator.examine(
                UInt32(index), tier: tier, entry: entry, options: engine.configuration.optimizer)
            return MachineCode(bytes: code.bytes, sites: Self.sites(code), parts: notes.parts, passes: notes.passes)
        } catch {
            throw ModuleError(
                .unsupported, error.reason, offset: error.bytecodeOffset ?? body.bytes.lowerBound,
                functionIndex: UInt32(index))
        }
    }

    private static func sites(_ code: CompiledCode) -> [MachineCode.Site] {
        var sites = code.callSites.map { site in
            MachineCode.Site(
                kind: .call, offset: Int(site.returnOffset.rawValue), bytecodeOffset: Int(site.bytecodeOffset),
                description: "return from \(site.kind) call")
        }
        sites += code.trapSites.map { site in
            MachineCode.Site(
                kind: .trap, offset: Int(site.offset.rawValue), bytecodeOffset: Int(site.bytecodeOffset),
                description: "trap: \(site.kind.trap?.message ?? site.kind.description)")
        }
        sites += code.relocations.map { relocation in
            MachineCode.Site(
                kind: .reference, offset: Int(relocation.offset), bytecodeOffset: nil,
                description: description(of: relocation))
        }
        return sites.sorted { ($0.offset, $0.bytecodeOffset ?? 0) < ($1.offset, $1.bytecodeOffset ?? 0) }
    }

    private static func description(of relocation: Relocation) -> String {
        switch relocation.kind {
        case .entryCell, .absoluteEntryCell64: "entry of function \(relocation.payload)"
        case .blockFunction: "function \(relocation.payload)"
        case .typeID: "type \(relocation.payload)"
        case .stub: "\(StubID(rawValue: relocation.payload))"
        case .tieringRecord: "counters of function \(relocation.payload)"
        default: "offset \(relocation.payload)"
        }
    }
}
