// The passes by name: what a function can be looked at after.

import TerraceCompilation

/// A pass of the optimizing compiler, in their order.
public enum OptimizerPass: String, Sendable, Hashable, CaseIterable {
    /// The graph as it was built: folded, numbered, without needless loads.
    case build
    /// Branches, blocks and loops made simpler.
    case flow
    /// Invariant nodes outside of their loops: what selection reads.
    case hoist
    /// Machine instructions on virtual registers.
    case select
    /// Machine instructions, and where each of their operands is.
    case allocate
}

extension CompilationNotes {
    /// Adds the graph after a pass.
    mutating func add(_ pass: OptimizerPass, _ graph: borrowing Graph) {
        var printer = GraphPrinter()
        passes.append(Pass(name: pass.rawValue, lines: printer.lines(graph)))
    }

    /// Adds the machine instructions after a pass.
    mutating func add(_ pass: OptimizerPass, _ machine: borrowing MachineFunction, _ graph: borrowing Graph) {
        let printer = MachinePrinter(names: .x86_64, isAllocated: pass == .allocate)
        var lines: [Line] = []
        for (text, position) in printer.lines(machine) {
            let node = position.map { machine.instructions[$0].node } ?? .none
            let offset = node.isNone ? nil : Int(graph.origins[node.position].bytecodeOffset)
            lines.append(Line(text, bytecodeOffset: offset))
        }
        passes.append(Pass(name: pass.rawValue, lines: lines))
    }
}
