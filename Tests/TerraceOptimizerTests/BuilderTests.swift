// What the builder makes of small functions, one idea each: the whole graph as text.

import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceOptimizer

/// A function and its graph.
struct GraphExample: CustomTestStringConvertible, Sendable {
    var name: String
    /// Fields of the module; the function that is built comes first.
    var fields: String
    var entry = CodeEntry.call
    var graph: String
    var testDescription: String { name }
}

@Suite struct BuilderTests {
    @Test(
        arguments: GraphExample.control + GraphExample.values + GraphExample.memory + GraphExample.loopEntries
            + GraphExample.inlining)
    func graphsAreAsWritten(_ example: GraphExample) throws {
        let test = try BuildUnderTest("(module \(example.fields))")
        let text = try test.text(entry: example.entry)
        #expect(text == example.graph + "\n", "\(example.name):\n\(text)")
    }
}
