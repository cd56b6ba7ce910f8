// The machine code of one function, for people to look at.

import TerraceCode
import TerraceTiering
import WasmFormat

/// A copy of a function's machine code with the places in it whose origin is known.
public struct MachineCode: Sendable {
    /// A place that belongs to an instruction of the function's WebAssembly code.
    public struct Site: Sendable, Hashable {
        /// Of the machine instruction, in bytes from the beginning of the code; of a call, where it returns to.
        public let offset: Int
        /// Of the WebAssembly instruction, in bytes from the beginning of the module.
        public let bytecodeOffset: Int
        /// What happens there.
        public let description: String
    }

    /// Where the code lies in memory.
    public let address: UInt
    public let bytes: [UInt8]
    /// In the code's order.
    public let sites: [Site]
}

extension CompiledModule {
    /// The machine code of a defined function, which is compiled if it has none; nil for imports.
    public func machineCode(ofFunction index: Int) throws(ModuleError) -> MachineCode? {
        guard let body = module.body(index) else { return nil }
        do throws(GenerationError) {
            _ = try generator.entry(ofFunction: UInt32(index))
        } catch {
            throw ModuleError(
                .unsupported, error.reason, offset: error.bytecodeOffset ?? body.bytes.lowerBound,
                functionIndex: UInt32(index))
        }
        guard let block = code.bestBlock(forFunction: index), let range = block.functionRanges[UInt32(index)] else {
            return nil
        }
        let span = Int(range.begin.rawValue)..<Int(range.end.rawValue)
        var sites: [MachineCode.Site] = []
        for site in block.unmanaged.callSites where span.contains(Int(site.returnOffset.rawValue) - 1) {
            let offset = Int(site.returnOffset.rawValue) - span.lowerBound
            sites.append(
                .init(
                    offset: offset, bytecodeOffset: Int(site.bytecodeOffset),
                    description: "return from \(site.kind) call"))
        }
        for site in block.unmanaged.trapSites where span.contains(Int(site.offset.rawValue)) {
            let offset = Int(site.offset.rawValue) - span.lowerBound
            sites.append(
                .init(
                    offset: offset, bytecodeOffset: Int(site.bytecodeOffset),
                    description: "trap: \(site.kind.trap?.message ?? site.kind.description)")
            )
        }
        sites.sort { ($0.offset, $0.bytecodeOffset) < ($1.offset, $1.bytecodeOffset) }
        return MachineCode(
            address: block.base.rawValue + UInt(span.lowerBound), bytes: Array(block.bytes[span]), sites: sites)
    }
}
