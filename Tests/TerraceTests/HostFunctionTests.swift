import Glibc
import ModuleSupport
import Terrace
import Testing

private final class Box {}

private struct Complaint: Error, Equatable { var code: Int }

@Suite struct HostFunctionTests {
    @Test func typedHostFunctionsReceiveAndReturnValues() throws {
        let store = try Store(sharedEngine)
        var imports = Imports()
        var log: [String] = []
        imports.define("h", "add", Function(store) { (_: Caller, a: Int32, b: Int64) -> Int64 in Int64(a) + b })
        imports.define("h", "log", Function(store) { (_: Caller, a: Float, b: Double) in log.append("\(a) \(b)") })
        imports.define("h", "pair", Function(store) { (_: Caller, a: Int32) -> (Int32, Double) in (a + 1, 0.5) })
        let instance = try makeInstance(
            """
            (module
              (import "h" "add" (func $add (param i32 i64) (result i64)))
              (import "h" "log" (func $log (param f32 f64)))
              (import "h" "pair" (func $pair (param i32) (result i32 f64)))
              (func (export "run") (result i64) (local f64)
                f32.const 1.5 f64.const -2.25 call $log
                i32.const 41 call $pair local.set 0
                local.get 0 i64.trunc_f64_s call $add))
            """, store: store, imports: imports)
        let results = try instance.call("run")
        #expect("\(results)" == "[i64:42]")
        #expect(log == ["1.5 -2.25"])
    }

    @Test func untypedHostFunctionsTakeAnyNumberOfValues() throws {
        let store = try Store(sharedEngine)
        let types = FunctionSignature(
            parameters: Array(repeating: .i32, count: 12) + [.f64], results: [.f64, .i32, .v128])
        let function = try Function(store, type: types) { _, values in
            var sum: Int32 = 0
            for case .i32(let value) in values { sum += value }
            return [values[12], .i32(sum), .v128(V128(low: 1, high: 2))]
        }
        var imports = Imports()
        imports.define("h", "f", function)
        let parameters = (1...12).map { "i32.const \($0)" }.joined(separator: " ")
        let instance = try makeInstance(
            """
            (module
              (import "h" "f" (func $f (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 f64)
                (result f64 i32 v128)))
              (func (export "run") (result f64 i32 v128) \(parameters) f64.const 3.5 call $f)
              (export "f" (func $f)))
            """, store: store, imports: imports)
        #expect("\(try instance.call("run"))" == "[f64:3.5, i32:78, v128:0x00000000000000020000000000000001]")
        // A host function that is exported again is the same function, and can be called straight from the host.
        #expect(instance.function("f") == function)
        let arguments: [Value] = (1...12).map { .i32($0) } + [.f64(1)]
        #expect("\(try function.call(arguments))" == "[f64:1.0, i32:78, v128:0x00000000000000020000000000000001]")
    }

    @Test func wrongResultsOfAHostFunctionAreATrap() throws {
        let store = try Store(sharedEngine)
        let function = try Function(store, type: FunctionSignature(results: [.i32])) { _, _ in [.i64(1)] }
        #expect(try catchTrap { try function() }.hostError is ArgumentError)
    }

    @Test func errorsOfHostFunctionsReachTheHost() throws {
        let store = try Store(sharedEngine)
        var imports = Imports()
        imports.define("h", "fail", Function(store) { (_: Caller, code: Int32) in throw Complaint(code: Int(code)) })
        imports.define("h", "trap", Function(store) { (_: Caller) in throw Trap(.integerOverflow) })
        let instance = try makeInstance(
            """
            (module
              (import "h" "fail" (func $fail (param i32)))
              (import "h" "trap" (func $trap))
              (func $inner i32.const 7 call $fail)
              (func (export "fail") call $inner)
              (func (export "trap") call $trap))
            """, store: store, imports: imports)
        let error = try catchTrap { try instance.call("fail") }
        #expect(error.kind == .hostError)
        #expect(error.hostError as? Complaint == Complaint(code: 7))
        #expect(error.frames.map(\.functionName) == ["inner", "fail"])
        let trapped = try catchTrap { try instance.call("trap") }
        #expect(trapped.kind == .integerOverflow && trapped.frames.count == 1)
    }

    @Test func callerIsTheInstanceThatCalls() throws {
        let store = try Store(sharedEngine)
        var seen: [Int32] = []
        let peek = Function(store) { (caller: Caller, offset: Int32) in
            let memory = try #require(caller.memory())
            seen.append(try memory.read(Int32.self, at: offset))
            #expect(caller.instance != nil)
        }
        var imports = Imports()
        imports.define("h", "peek", peek)
        func make(_ value: Int) throws -> Instance {
            try makeInstance(
                """
                (module (import "h" "peek" (func $peek (param i32)))
                  (memory (export "memory") 1) (data (i32.const 8) "\\\(value)\\00\\00\\00")
                  (func (export "run") i32.const 8 call $peek))
                """, store: store, imports: imports)
        }
        let (a, b) = (try make(11), try make(22))
        try a.call("run")
        try b.call("run")
        try a.call("run")
        #expect(seen == [0x11, 0x22, 0x11])
        let direct = Function(store) { (caller: Caller) -> Int32 in caller.instance == nil ? 1 : 0 }
        #expect("\(try direct())" == "[i32:1]")
    }

    @Test func callsNestThroughHostAndWasm() throws {
        let store = try Store(sharedEngine)
        var target: Function?
        var imports = Imports()
        imports.define(
            "h", "again",
            Function(store) { (_: Caller, n: Int32) -> Int32 in
                guard let target, case .i32(let value)? = try target(.i32(n)).first else { return -1 }
                return value
            })
        let instance = try makeInstance(
            """
            (module
              (import "h" "again" (func $again (param i32) (result i32)))
              (func (export "f") (param i32) (result i32)
                local.get 0 i32.eqz if (result i32) i32.const 0 else
                  local.get 0 i32.const 1 i32.sub call $again local.get 0 i32.add end)
              (func (export "g") (param i32) (result i32)
                local.get 0 i32.eqz if unreachable end
                local.get 0 i32.const 1 i32.sub call $again))
            """, store: store, imports: imports)
        target = instance.function("f")
        #expect(try instance.i32("f", .i32(20)) == 210)
        target = instance.function("g")
        let trap = try catchTrap { try instance.call("g", .i32(5)) }
        #expect(trap.kind == .unreachable)
        #expect(trap.frames.count == 6)
        // Recursion without end uses up the room for nesting, not the thread's stack.
        let endless = try makeInstance(
            """
            (module (import "h" "again" (func $again (param i32) (result i32)))
              (func (export "h") (param i32) (result i32) local.get 0 call $again))
            """, store: store, imports: imports)
        target = endless.function("h")
        let exhausted = try catchTrap { try endless.call("h", .i32(1)) }
        #expect(exhausted.kind == .stackExhausted)
        target = instance.function("f")
        #expect(try instance.i32("f", .i32(3)) == 6)
    }

    @Test func referencesToHostObjectsKeepTheirIdentity() throws {
        let store = try Store(sharedEngine)
        let instance = try makeInstance(
            """
            (module
              (table (export "t") 3 externref)
              (func (export "put") (param i32 externref) local.get 0 local.get 1 table.set 0)
              (func (export "get") (param i32) (result externref) local.get 0 table.get 0)
              (func (export "isNull") (param externref) (result i32) local.get 0 ref.is_null))
            """, store: store)
        weak var weakBox: Box?
        do {
            let box = Box()
            weakBox = box
            try instance.call("put", .i32(1), .external(ExternalReference(box)))
        }
        #expect(weakBox != nil)
        guard case .external(let back?)? = try instance.call("get", .i32(1)).first else { throw WrongResult() }
        #expect(back == weakBox.map { ExternalReference($0) })
        #expect("\(try instance.call("get", .i32(0)))" == "[external:null]")
        let isNull = try #require(instance.function("isNull")).typed(((ExternalReference?) -> Int32).self)
        #expect(try isNull(nil) == 1)
        #expect(try isNull(back) == 0)
    }
}

@Suite struct HostStackTests {
    @Test func nestingEndsBeforeASmallThreadStackDoes() throws {
        // Most of a small stack is used up before the first call: what remains decides, not the configured room.
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 256 << 10)
        var thread = pthread_t()
        let created = pthread_create(
            &thread, &attributes,
            { _ in
                let outcome = withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 16) { _ -> Bool in
                    let store = try! Store(sharedEngine)
                    final class Holder { var function: Function? }
                    let holder = Holder()
                    var imports = Imports()
                    imports.define(
                        "h", "again",
                        Function(store) { (_: Caller) in
                            _ = withUnsafeTemporaryAllocation(byteCount: 1000, alignment: 16) {
                                $0.initializeMemory(as: UInt8.self, repeating: 1)
                            }
                            try holder.function?()
                        })
                    guard
                        let instance = try? makeInstance(
                            "(module (import \"h\" \"again\" (func $a)) (func (export \"f\") call $a))", store: store,
                            imports: imports)
                    else { return false }
                    holder.function = instance.function("f")
                    let trap = try? catchTrap { try instance.call("f") }
                    holder.function = nil
                    return trap?.kind == .stackExhausted
                }
                return UnsafeMutableRawPointer(bitPattern: outcome ? 1 : 2)
            }, nil)
        #expect(created == 0)
        var result: UnsafeMutableRawPointer?
        pthread_join(thread, &result)
        #expect(result == UnsafeMutableRawPointer(bitPattern: 1))
    }
}
