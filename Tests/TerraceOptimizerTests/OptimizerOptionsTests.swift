// Groups by name, and the count of transformations.

import Testing

@testable import TerraceOptimizer

@Suite struct OptimizerOptionsTests {
    @Test func eachGroupHasANameOfItsOwn() throws {
        #expect(Set(Optimizations.names).count == Optimizations.names.count)
        #expect(Optimizations.all.rawValue.nonzeroBitCount == Optimizations.names.count)
        for (bit, name) in Optimizations.names.enumerated() {
            let group = try Optimizations(list: name)
            #expect(group.rawValue == 1 << UInt32(bit))
            #expect(group.description == name)
        }
        #expect(try Optimizations(list: "rmw") == .readModifyWrite)
        #expect(try Optimizations(list: "returns") == .returns)
    }

    @Test func listsAddAndLeaveOut() throws {
        #expect(try Optimizations(list: "-hoist,-gvn") == .all.subtracting([.hoist, .gvn]))
        #expect(try Optimizations(list: "fold,flow") == [.fold, .flow])
        #expect(try Optimizations(list: "all,-dispatch") == .all.subtracting(.dispatch))
        #expect(try Optimizations(list: "none") == [])
        #expect(try Optimizations(list: "") == [])
        #expect(throws: UnknownOptimization.self) { try Optimizations(list: "hoist,licm") }
    }

    @Test func theAllowanceCountsAndEnds() {
        var options = OptimizerOptions()
        options.limit = 2
        options.optimizations.remove(.hoist)
        var allowance = Allowance(options)
        let answers = [Optimizations.hoist, .fold, .flow, .fold].map { allowance.allows($0) }
        #expect(answers == [false, true, true, false])
        #expect(allowance.count == 2)
        #expect(allowance.isEnabled(.fold) && !allowance.isEnabled(.hoist))
    }
}
