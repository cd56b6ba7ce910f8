import ModuleSupport
import Terrace
import Testing

@Suite struct TableTests {
    @Test func bulkOperationsCheckFirstAndThenDoAll() throws {
        let instance = try makeInstance(
            """
            (module
              (table $t (export "t") 10 20 funcref)
              (type $i (func (result i32)))
              (func $f0 (result i32) i32.const 0) (func $f1 (result i32) i32.const 1) (func $f2 (result i32) i32.const 2)
              (elem $e func $f0 $f1 $f2)
              (elem $x funcref (ref.func $f2) (ref.null func))
              (func (export "init") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 table.init $t $e)
              (func (export "init x") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 table.init $t $x)
              (func (export "drop") elem.drop $e elem.drop $x)
              (func (export "copy") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 table.copy)
              (func (export "fill") (param i32 i32) local.get 0 ref.func $f1 local.get 1 table.fill)
              (func (export "grow") (param i32) (result i32) ref.func $f2 local.get 0 table.grow)
              (func (export "size") (result i32) table.size)
              (func (export "call") (param i32) (result i32) local.get 0 call_indirect (type $i)))
            """)
        func contents() throws -> String {
            try (0..<instance.i32("size")).map { index in
                do { return "\(try instance.i32("call", .i32(index)))" } catch let trap as Trap {
                    return trap.kind == .uninitializedElement ? "." : "!"
                }
            }.joined()
        }
        func isOutOfBounds(_ name: String, _ arguments: Value...) throws -> Bool {
            let function = try #require(instance.function(name))
            return try catchTrap { try function.call(arguments) }.kind == .tableOutOfBounds
        }
        try instance.call("init", .i32(1), .i32(0), .i32(3))
        #expect(try contents() == ".012......")
        try instance.call("copy", .i32(2), .i32(1), .i32(4))
        #expect(try contents() == ".0012.....")
        try instance.call("copy", .i32(0), .i32(2), .i32(4))
        #expect(try contents() == "012.2.....")
        try instance.call("init x", .i32(8), .i32(0), .i32(2))
        try instance.call("fill", .i32(5), .i32(2))
        #expect(try contents() == "012.211.2.")
        #expect(try instance.i32("grow", .i32(3)) == 10)
        #expect(try contents() == "012.211.2.222")
        #expect(try instance.i32("grow", .i32(8)) == -1)
        #expect(try isOutOfBounds("init", .i32(0), .i32(2), .i32(2)))
        #expect(try isOutOfBounds("init", .i32(12), .i32(0), .i32(2)))
        #expect(try isOutOfBounds("copy", .i32(0), .i32(12), .i32(2)))
        #expect(try isOutOfBounds("copy", .i32(0), .i32(1), .i32(-1)))
        #expect(try isOutOfBounds("fill", .i32(12), .i32(2)))
        #expect(try isOutOfBounds("fill", .i32(-1), .i32(2)))
        try instance.call("drop")
        #expect(try isOutOfBounds("init", .i32(0), .i32(0), .i32(1)))
        #expect(try isOutOfBounds("init x", .i32(0), .i32(0), .i32(1)))
        try instance.call("init", .i32(0), .i32(0), .i32(0))
        #expect(try contents() == "012.211.2.222")
    }

    @Test func hostReadsAndWritesTables() throws {
        let store = try Store(sharedEngine)
        let table = try Table(store, TableType(element: .funcref, limits: Limits(minimum: 2, maximum: 4)))
        let function = Function(store) { (_: Caller) -> Int32 in 99 }
        try table.set(1, to: .function(function))
        var imports = Imports()
        imports.define("h", "t", .table(table))
        let instance = try makeInstance(
            """
            (module (import "h" "t" (table 2 4 funcref))
              (func (export "call") (param i32) (result i32) local.get 0 call_indirect (result i32)))
            """, store: store, imports: imports)
        #expect(try instance.i32("call", .i32(1)) == 99)
        #expect(try table.grow(by: 2, filledWith: .function(function)) == 2)
        #expect(try table.grow(by: 1, filledWith: .function(nil)) == nil)
        #expect(try instance.i32("call", .i32(3)) == 99)
        #expect(table[4] == nil)
        #expect(throws: EntityError.self) { try table.set(4, to: .function(nil)) }
        #expect(throws: EntityError.self) { try table.set(0, to: .i32(1)) }
        let foreign = Function(try Store(sharedEngine)) { (_: Caller) in }
        #expect(throws: EntityError.self) { try table.set(0, to: .function(foreign)) }
    }

    @Test func tablesStartWithTheirInitializer() throws {
        let instance = try makeInstance(
            """
            (module (type $i (func (result i32)))
              (func $f (result i32) i32.const 6)
              (table 3 (ref $i) (ref.func $f))
              (func (export "call") (param i32) (result i32) local.get 0 table.get 0 call_ref $i))
            """)
        #expect(try instance.i32("call", .i32(2)) == 6)
    }
}
