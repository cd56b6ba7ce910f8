// The passes over a graph in their order, between building and selection.

import TerraceABI
import TerraceCompilation
import WasmFormat

/// Runs the passes. Reused; owned by one compiler.
struct Passes: ~Copyable {
    private var flow = Flow()
    private var hoist = Hoist()

    init() {}

    /// Gives back what a giant made of the buffers.
    mutating func shrink() {
        flow.shrink()
        hoist.shrink()
    }

    /// Takes a graph that was just built to one that selection reads: its flow is complete, frequencies are estimated.
    ///
    /// - Parameters:
    ///   - functionIndex: of the function, imports counted.
    ///   - verifier: if given, checks the graph after every pass.
    ///   - notes: if there are any, get the graph's text after every pass.
    mutating func run(
        _ graph: inout Graph, _ environment: ModuleEnvironment, functionIndex: Int, _ allowance: inout Allowance,
        _ limits: HoistLimits, verifier: GraphVerifier?, notes: inout CompilationNotes?
    ) throws(CompileError) {
        graph.completeFlow()
        try verify(graph, verifier, after: "building")
        notes?.add(.build, graph)
        // From here on code of different places mixes.
        var verifier = verifier
        verifier?.checksProgramOrder = false
        if let hints = environment.module.branchHints(ofFunction: functionIndex) {
            let body = environment.module.bodies[functionIndex - environment.importedFunctionCount]
            Frequencies.apply(hints, functionStart: body.bytes.lowerBound, to: &graph)
        }
        if flow.run(&graph, &allowance) { try verify(graph, verifier, after: "flow") }
        notes?.add(.flow, graph)
        if graph.loops.count > 0, allowance.isEnabled(.hoist) {
            Frequencies.estimate(&graph)
            var limits = limits
            limits.memoryBytes = environment.declaredMemoryBytes
            if hoist.run(&graph, &allowance, limits) { try verify(graph, verifier, after: "hoisting") }
        }
        Frequencies.estimate(&graph)
        notes?.add(.hoist, graph)
    }

    private func verify(
        _ graph: borrowing Graph, _ verifier: GraphVerifier?, after pass: String
    ) throws(CompileError) {
        guard var verifier else { return }
        do {
            try verifier.verify(graph)
        } catch {
            throw .contradiction("after \(pass): \(error.message)", offset: error.offset)
        }
    }
}

extension ModuleEnvironment {
    /// Bytes that memory 0 has from the beginning; memories never shrink.
    var declaredMemoryBytes: UInt64 {
        guard let memory = module.memories.first else { return 0 }
        let (bytes, isTooLarge) = memory.limits.minimum.multipliedReportingOverflow(
            by: 1 << UInt64(memory.pageSizeLog2))
        return isTooLarge ? 0 : bytes
    }
}
