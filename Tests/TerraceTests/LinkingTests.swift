import ModuleSupport
import Terrace
import Testing

@Suite struct LinkingTests {
    @Test func instancesShareWhatTheyExport() throws {
        let store = try Store(sharedEngine)
        let a = try makeInstance(
            """
            (module
              (memory (export "m") 1 4) (table (export "t") 4 8 funcref) (global (export "g") (mut i64) (i64.const 5))
              (func (export "peek") (param i32) (result i32) local.get 0 i32.load)
              (func $seven (export "seven") (result i32) i32.const 7)
              (elem (i32.const 2) $seven))
            """, store: store)
        var imports = Imports()
        imports.defineModule("a", exportsOf: a)
        let b = try makeInstance(
            """
            (module
              (import "a" "m" (memory 1)) (import "a" "t" (table 2 funcref)) (import "a" "g" (global (mut i64)))
              (import "a" "seven" (func $seven (result i32)))
              (func (export "run") (result i32)
                i32.const 100 i32.const 1234 i32.store
                i64.const 99 global.set 0
                i32.const 3 ref.func $seven table.set 0
                i32.const 1 memory.grow drop
                i32.const 2 call_indirect (result i32) call $seven i32.add)
              (elem declare func $seven)
              (export "seven" (func $seven)) (export "m" (memory 0)) (export "g" (global 0)))
            """, store: store, imports: imports)
        #expect(try b.i32("run") == 14)
        #expect(try a.i32("peek", .i32(100)) == 1234)
        #expect("\(try #require(a.global("g")).value)" == "i64:99")
        #expect(a.memory("m")?.pageCount == 2)
        #expect(a.memory("m") == b.memory("m"))
        #expect(a.global("g") == b.global("g"))
        #expect(a.function("seven") == b.function("seven"))
        let table = try #require(a.table("t"))
        guard case .function(let inTable?)? = table[3] else { throw WrongResult() }
        #expect(inTable == a.function("seven"))
    }

    @Test(arguments: [
        "(func (param i32))", "(func (result i32))", "(memory 2)", "(memory 1 1)", "(memory i64 1)",
        "(table 5 funcref)",
        "(table 1 4 funcref)", "(table 1 externref)", "(global i64)", "(global (mut i32))", "(tag (param i32))",
    ])
    func mismatchedImportsAreRefused(_ wanted: String) throws {
        let store = try Store(sharedEngine)
        let a = try makeInstance(
            """
            (module (func (export "func")) (memory (export "memory") 1 4) (table (export "table") 4 funcref)
              (global (export "global") i32 (i32.const 0)) (tag (export "tag")))
            """, store: store)
        var imports = Imports()
        imports.defineModule("a", exportsOf: a)
        let kind = wanted.dropFirst().prefix { $0.isLetter }
        let error = #expect(throws: InstantiationError.self) {
            try makeInstance("(module (import \"a\" \"\(kind)\" \(wanted)))", store: store, imports: imports)
        }
        #expect(error.map { "\($0)" }?.hasPrefix("incompatible import type: \"a\" \"\(kind)\"") == true)
    }

    @Test func missingImportsAreNamed() throws {
        let error = #expect(throws: InstantiationError.self) {
            try makeInstance("(module (import \"env\" \"f\" (func)))")
        }
        #expect(error.map { "\($0)" }?.hasPrefix("unknown import: \"env\" \"f\"") == true)
    }

    @Test func functionSubtypesMayStandForTheirSupertypes() throws {
        let store = try Store(sharedEngine)
        let a = try makeInstance(
            """
            (module
              (type $base (sub (func (result (ref null func)))))
              (type $derived (sub $base (func (result (ref func)))))
              (func $f (export "f") (type $derived) ref.func $f))
            """, store: store)
        var imports = Imports()
        imports.defineModule("a", exportsOf: a)
        let text = """
            (type $base (sub (func (result (ref null func)))))
            (type $derived (sub $base (func (result (ref func)))))
            """
        _ = try makeInstance(
            "(module \(text) (import \"a\" \"f\" (func (type $base))))", store: store, imports: imports)
        #expect(throws: InstantiationError.self) {
            try makeInstance(
                "(module (type $other (sub (func (result (ref null func))))) (type $x (sub $other (func (result (ref null func))))) (import \"a\" \"f\" (func (type $x))))",
                store: store, imports: imports)
        }
    }

    @Test func activeSegmentsThatDoNotFitTrapAndLeaveTheirTraces() throws {
        let store = try Store(sharedEngine)
        let a = try makeInstance("(module (memory (export \"m\") 1) (table (export \"t\") 2 funcref))", store: store)
        var imports = Imports()
        imports.defineModule("a", exportsOf: a)
        let error = #expect(throws: InstantiationError.self) {
            try makeInstance(
                """
                (module (import "a" "m" (memory 1)) (import "a" "t" (table 2 funcref))
                  (func $f (result i32) i32.const 3)
                  (elem (i32.const 1) $f)
                  (data (i32.const 0) "hello") (data (i32.const 65534) "beyond"))
                """, store: store, imports: imports)
        }
        guard case .trap(let trap)? = error else { throw WrongResult() }
        #expect(trap.kind == .memoryOutOfBounds)
        #expect(try #require(a.memory("m")).readString(at: 0, count: 5) == "hello")
        guard case .function(let function?)? = try #require(a.table("t"))[1] else { throw WrongResult() }
        #expect("\(try function())" == "[i32:3]")
    }

    @Test func startFunctionRunsAndItsTrapIsReported() throws {
        let instance = try makeInstance(
            """
            (module (global $g (export "g") (mut i32) (i32.const 1))
              (func $start i32.const 9 global.set $g) (start $start))
            """)
        #expect("\(try #require(instance.global("g")).value)" == "i32:9")
        let error = #expect(throws: InstantiationError.self) {
            try makeInstance("(module (func $start unreachable) (start $start))")
        }
        guard case .trap(let trap)? = error else { throw WrongResult() }
        #expect(trap.kind == .unreachable && trap.frames.count == 1)
    }

    @Test func extendedConstantExpressionsAreEvaluated() throws {
        let store = try Store(sharedEngine)
        var imports = Imports()
        imports.define("h", "base", .global(try Global(store, GlobalType(type: .i32, isMutable: false), .i32(10))))
        let instance = try makeInstance(
            """
            (module (import "h" "base" (global $base i32))
              (global $g (export "g") i32 (i32.sub (i32.mul (global.get $base) (i32.const 7)) (i32.const 1)))
              (global (export "h") i64 (i64.add (i64.const 4) (i64.const -9)))
              (memory (export "m") 1) (data (offset (i32.add (global.get $g) (i32.const 1))) "x"))
            """, store: store, imports: imports)
        #expect("\(try #require(instance.global("g")).value)" == "i32:69")
        #expect("\(try #require(instance.global("h")).value)" == "i64:-5")
        #expect(try #require(instance.memory("m")).read(UInt8.self, at: 70) == 0x78)
    }
}
