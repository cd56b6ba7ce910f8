// A graph that a test reads from text, changes by passes that are checked, and compares with other text.

import TerraceCompilation
import Testing

@testable import TerraceOptimizer

final class GraphUnderTest {
    var graph = Graph()
    var allowance = Allowance()
    private(set) var values: [String: Value] = [:]

    init(_ text: String, options: OptimizerOptions = OptimizerOptions()) throws {
        allowance = Allowance(options)
        values = try GraphText.read(text, into: &graph)
        try verify()
    }

    func verify() throws {
        var verifier = GraphVerifier()
        try verifier.verify(graph)
    }

    /// The graph as text, without annotations.
    var text: String {
        var printer = GraphPrinter(showsFlow: false)
        return printer.print(graph)
    }

    func simplifyFlow() throws {
        var flow = Flow()
        _ = flow.run(&graph, &allowance)
        try verify()
    }

    func hoist(_ limits: HoistLimits = HoistLimits()) throws {
        var hoist = Hoist()
        Frequencies.estimate(&graph)
        _ = hoist.run(&graph, &allowance, limits)
        try verify()
    }

    /// Changes the node of a value that the text names.
    func change(_ name: String, _ body: (UnsafeMutablePointer<Node>) -> Void) {
        body(graph.nodes.element(values[name]!.position))
    }

    func change(block: Int, _ body: (UnsafeMutablePointer<Block>) -> Void) {
        body(graph.blocks.element(block))
    }
}

/// Compares the text of a graph with what a test expects, line by line, without indentation and comments.
func expectText(_ graph: GraphUnderTest, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.prefix { $0 != ";" }.trimmed }.filter { !$0.isEmpty }
    }
    let actual = graph.text
    #expect(lines(actual) == lines(expected), "\(actual)", sourceLocation: sourceLocation)
}
