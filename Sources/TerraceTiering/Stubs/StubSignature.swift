// A function type reduced to what its calls look like in machine code: what stubs are made for.

import TerraceABI
import WasmFormat

/// Parameter and result types as the machine sees them. Function types that differ only in the kinds of their
/// references share one.
public struct StubSignature: Hashable, Sendable {
    public var parameters: [MachineType]
    public var results: [MachineType]

    public init(parameters: [MachineType], results: [MachineType]) {
        self.parameters = parameters
        self.results = results
    }

    public init(_ type: FunctionType) {
        parameters = type.parameters.map { MachineType($0) }
        results = type.results.map { MachineType($0) }
    }

    /// The most slots that a stub can have: as many as modules may have parameters or results. What an entry stub pushes
    /// before anybody checks the stack's limit fits below that limit.
    public static let maximumSlotCount = 1000

    /// Number of 16-byte slots that hold first the arguments, then the results.
    public var slotCount: Int { max(parameters.count, results.count) }
}
