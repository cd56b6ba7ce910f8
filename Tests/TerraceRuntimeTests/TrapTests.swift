import ModuleSupport
import Terrace
import Testing

@Suite struct TrapTests {
    @Test func everyTrapHasItsKindAndMessage() throws {
        let instance = try makeInstance(
            """
            (module
              (memory 1)
              (table 2 funcref)
              (type $t (func))
              (func $f (param i32))
              (elem (i32.const 1) $f)
              (func (export "unreachable") unreachable)
              (func (export "load") (param i32) (result i32) local.get 0 i32.load)
              (func (export "store far") (param i32) local.get 0 i32.const 1 i32.store8 offset=0xffffffff)
              (func (export "div") (param i32 i32) (result i32) local.get 0 local.get 1 i32.div_s)
              (func (export "rem64") (param i64 i64) (result i64) local.get 0 local.get 1 i64.rem_u)
              (func (export "trunc") (param f64) (result i32) local.get 0 i32.trunc_f64_s)
              (func (export "indirect") (param i32) local.get 0 call_indirect (type $t))
              (func (export "fill") (param i32 i32) local.get 0 i32.const 0 local.get 1 memory.fill)
              (func (export "get") (param i32) local.get 0 table.get 0 drop)
              (func (export "as non null") ref.null $t call_ref $t)
              (func $deep (export "deep") call $deep))
            """)
        func kind(_ name: String, _ arguments: Value...) throws -> Trap.Kind {
            let function = try #require(instance.function(name))
            let trap = try catchTrap { try function.call(arguments) }
            #expect(trap.message == trap.kind.message)
            #expect(!trap.frames.isEmpty)
            return trap.kind
        }
        for _ in 0..<3 {
            #expect(try kind("unreachable") == .unreachable)
            #expect(try kind("load", .i32(65533)) == .memoryOutOfBounds)
            #expect(try kind("load", .i32(-1)) == .memoryOutOfBounds)
            #expect(try kind("store far", .i32(-1)) == .memoryOutOfBounds)
            #expect(try kind("div", .i32(1), .i32(0)) == .integerDivideByZero)
            #expect(try kind("div", .i32(.min), .i32(-1)) == .integerOverflow)
            #expect(try kind("rem64", .i64(1), .i64(0)) == .integerDivideByZero)
            #expect(try kind("trunc", .f64(.nan)) == .invalidConversionToInteger)
            #expect(try kind("trunc", .f64(1e10)) == .integerOverflow)
            #expect(try kind("indirect", .i32(0)) == .uninitializedElement)
            #expect(try kind("indirect", .i32(1)) == .indirectCallTypeMismatch)
            #expect(try kind("indirect", .i32(2)) == .tableOutOfBounds)
            #expect(try kind("fill", .i32(65536), .i32(1)) == .memoryOutOfBounds)
            #expect(try kind("fill", .i32(-1), .i32(-1)) == .memoryOutOfBounds)
            #expect(try kind("get", .i32(2)) == .tableOutOfBounds)
            #expect(try kind("as non null") == .nullReference)
            #expect(try kind("deep") == .stackExhausted)
        }
        #expect(try instance.i32("load", .i32(65532)) == 0)
        let trap = try catchTrap { try instance.call("load", .i32(65533)) }
        #expect(trap.faultAddress != nil)
    }

    @Test func backtraceNamesFunctionsAndPlaces() throws {
        let text = """
            (module $program
              (func $inner (param i32) (result i32) i32.const 1 local.get 0 i32.div_u)
              (func $middle (param i32) (result i32) local.get 0 call $inner)
              (func (export "outer") (param i32) (result i32) local.get 0 call $middle))
            """
        let instance = try makeInstance(text)
        let trap = try catchTrap { try instance.call("outer", .i32(0)) }
        #expect(trap.frames.map(\.functionName) == ["inner", "middle", "outer"])
        #expect(trap.frames.map(\.functionIndex) == [0, 1, 2])
        #expect(trap.frames.allSatisfy { $0.moduleName == "program" })
        let offsets = trap.frames.map { $0.bytecodeOffset ?? 0 }
        #expect(offsets == offsets.sorted() && offsets[0] > 0 && Set(offsets).count == 3)
        #expect("\(trap)".contains("program!inner at 0x"))
    }

    @Test func backtraceOfADeepStackKeepsBothEnds() throws {
        let instance = try makeInstance(
            """
            (module
              (func $bottom (param i32) local.get 0 i32.eqz if unreachable end
                local.get 0 i32.const 1 i32.sub call $bottom)
              (func (export "top") (param i32) local.get 0 call $bottom))
            """)
        let deep = try catchTrap { try instance.call("top", .i32(1000)) }
        #expect(deep.frames.count == 64)
        #expect(deep.omittedFrameCount == 1002 - 64)
        #expect(deep.frames.last?.functionName == "top")
        #expect(deep.frames.first?.functionName == "bottom")
        #expect("\(deep)".contains("938 frames omitted"))
        let shallow = try catchTrap { try instance.call("top", .i32(62)) }
        #expect(shallow.frames.count == 64 && shallow.omittedFrameCount == 0)
    }

    @Test func theStoreIsUsableAfterATrap() throws {
        let instance = try makeInstance(
            """
            (module (global $g (mut i32) (i32.const 0))
              (func (export "next") (param i32) (result i32)
                global.get $g i32.const 1 i32.add global.set $g
                local.get 0 if unreachable end global.get $g))
            """)
        #expect(try instance.i32("next", .i32(0)) == 1)
        for _ in 0..<1000 { #expect(throws: Trap.self) { try instance.call("next", .i32(1)) } }
        #expect(try instance.i32("next", .i32(0)) == 1002)
    }
}
