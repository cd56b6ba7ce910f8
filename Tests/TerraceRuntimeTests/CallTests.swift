import Terrace
import Testing

@Suite struct CallTests {
    @Test func exportedFunctionAddsItsArguments() throws {
        let instance = try makeInstance(
            "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))")
        #expect(try instance.i32("add", .i32(40), .i32(2)) == 42)
        let add = try #require(instance.function("add")).typed(((Int32, Int32) -> Int32).self)
        #expect(try add(7, -8) == -1)
    }
}
