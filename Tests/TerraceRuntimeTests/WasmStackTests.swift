// Stacks of WebAssembly code: how deep they are, how small and large they may be, and that host functions which call each
// other come to their end in a trap.

import Glibc
import ModuleSupport
import Testing

@testable import Terrace
@testable import TerraceRuntime

/// Runs a body on a thread with a stack of some size.
private func onThread(stackBytes: Int, _ body: () -> Void) {
    withoutActuallyEscaping(body) { body in
        struct Work: @unchecked Sendable { let body: () -> Void }
        final class Box: Sendable {
            let work: Work
            init(_ work: Work) { self.work = work }
        }
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackBytes)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, &attributes,
            { argument in
                Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().work.body()
                return nil
            }, Unmanaged.passRetained(Box(Work(body: body))).toOpaque())
        pthread_attr_destroy(&attributes)
        #expect(result == 0)
        if result == 0 { pthread_join(thread, nil) }
    }
}

@Suite struct WasmStackTests {
    @Test(arguments: ["i32", "i64"])
    func theDefaultHoldsThirtyThousandFramesOfFifteenLocals(_ type: String) throws {
        let locals = (4..<15).map { "local.get \($0 - 4) \(type).const \($0) \(type).add local.set \($0)" }
        let sum = (0..<15).map { "local.get \($0) \(type).add" }
        let instance = try makeInstance(
            """
            (module (func $f (export "f") (param \(type) \(type) \(type) \(type)) (result \(type))
              (local \(Array(repeating: type, count: 11).joined(separator: " ")))
              \(locals.joined(separator: "\n"))
              local.get 0 \(type).eqz if (result \(type)) \(type).const 1 else
                local.get 0 \(type).const 1 \(type).sub local.get 1 local.get 2 local.get 3 call $f end
              \(sum.joined(separator: "\n"))))
            """)
        let zero = type == "i32" ? Value.i32(0) : .i64(0)
        let depth = type == "i32" ? Value.i32(30_000) : .i64(30_000)
        try instance.call("f", depth, zero, zero, zero)
    }

    private static let endless =
        "(module (func $f (export \"f\") call $f) (func (export \"g\") (result i32) i32.const 4))"

    @Test func theConfigurationDecidesHowDeepAStackIs() throws {
        var depths: [Int] = []
        for size in [-1, 0, 1 << 16, 1 << 18, 32 << 20] {
            var configuration = Configuration()
            configuration.wasmStackBytes = size
            let instance = try makeInstance(Self.endless, store: try Store(try Engine(configuration)))
            let trap = try catchTrap { try instance.call("f") }
            #expect(trap.kind == .stackExhausted)
            depths.append(trap.frames.count + trap.omittedFrameCount)
        }
        #expect(depths[0] <= 1 && depths[1] <= 1)
        #expect(depths[2] > 1000 && depths[3] > 3 * depths[2] && depths[4] > 100 * depths[3])
    }

    @Test func aStackThatCannotBeMappedIsAnErrorOfTheStore() throws {
        for size in [Int.max, (1 << 47) - 4096] {
            var configuration = Configuration()
            configuration.wasmStackBytes = size
            let engine = try Engine(configuration)
            let error = #expect(throws: ResourceLimitError.self) { try Store(engine) }
            #expect(error?.description.contains("stack of \(size) bytes") == true)
        }
    }

    @Test func unusedStacksKeepLittleMemory() throws {
        let stack = try WasmStack(usableBytes: 8 << 20)
        defer { stack.release() }
        // Nothing was used: the trace is all zero.
        stack.trim()
        for address in stride(from: stack.limit, to: stack.top, by: 64) {
            UnsafeMutablePointer<UInt>(bitPattern: address)!.pointee = 7
        }
        stack.trim()
        #expect(UnsafePointer<UInt>(bitPattern: stack.limit)!.pointee == 0)
        #expect(UnsafePointer<UInt>(bitPattern: stack.top - 300 << 10)!.pointee == 0)
        #expect(UnsafePointer<UInt>(bitPattern: stack.top - 64)!.pointee == 7)
    }
}

@Suite struct HostNestingTests {
    /// Ways from a host function back to itself.
    enum Shape: CaseIterable {
        case typed, untyped, manyParameters, import_, exported, table, callReference, tailCall, tailCallReference, mixed
    }

    private final class Holder {
        var function: Function?
        var arguments: [Value] = []
        var depth = 0
    }

    private static let text = """
        (module
          (type $t (func))
          (import "h" "again" (func $again (type $t)))
          (export "again" (func $again))
          (table funcref (elem $again))
          (elem declare func $again)
          (func (export "import") call $again)
          (func (export "table") i32.const 0 call_indirect (type $t))
          (func (export "ref") ref.func $again call_ref $t)
          (func (export "tail") i32.const 0 return_call_indirect (type $t))
          (func (export "tail ref") ref.func $again return_call_ref $t))
        """

    @Test(arguments: Shape.allCases, [0, 1 << 14, 1 << 16, 1 << 20])
    func hostFunctionsThatCallEachOtherExhaustTheStack(_ shape: Shape, _ stackBytes: Int) throws {
        var outcome: Result<Trap, any Error> = .failure(WrongResult())
        var depth = 0
        var worksAfterwards = false
        // The host's stack is not what ends it.
        onThread(stackBytes: 512 << 20) {
            do {
                var configuration = Configuration()
                configuration.wasmStackBytes = stackBytes
                configuration.nestedHostStackBytes = 1 << 30
                let store = try Store(try Engine(configuration))
                let holder = Holder()
                defer { holder.function = nil }
                outcome = .success(try catchTrap { try Self.start(shape, store, holder) })
                depth = holder.depth
                let small = try Function(store, type: .init(results: [.i32])) { _, _ in [.i32(5)] }
                if stackBytes > 0, case .i32(5)? = try small().first { worksAfterwards = true }
            } catch {
                outcome = .failure(error)
            }
        }
        #expect(try outcome.get().kind == .stackExhausted)
        #expect(worksAfterwards == (stackBytes > 0))
        // It was the stack's size that decided.
        if stackBytes >= 1 << 20, shape != .manyParameters { #expect(depth > 1000) }
    }

    private static func start(_ shape: Shape, _ store: Store, _ holder: Holder) throws {
        func again() throws {
            holder.depth += 1
            if holder.depth > 1_000_000 { throw WrongResult() }
            try holder.function?.call(holder.arguments)
        }
        let typed = Function(store) { (_: Caller) in try again() }
        var imports = Imports()
        imports.define("h", "again", typed)
        let instance = try makeInstance(text, store: store, imports: imports)
        switch shape {
        case .typed: holder.function = typed
        case .untyped:
            holder.function = try Function(store, type: .init(parameters: [.i32], results: [.i64])) { _, _ in
                try again()
                return [.i64(1)]
            }
            holder.arguments = [.i32(1)]
        case .manyParameters:
            let types = Array(repeating: ValueType.v128, count: 1000)
            holder.function = try Function(store, type: .init(parameters: types, results: types)) { _, values in
                try again()
                return values
            }
            holder.arguments = Array(repeating: .v128(V128(low: 1, high: 2)), count: 1000)
        case .import_: holder.function = instance.function("import")
        case .exported: holder.function = instance.function("again")
        case .table: holder.function = instance.function("table")
        case .callReference: holder.function = instance.function("ref")
        case .tailCall: holder.function = instance.function("tail")
        case .tailCallReference: holder.function = instance.function("tail ref")
        case .mixed:
            let ways = ["import", "again", "table", "ref", "tail", "tail ref"].map { instance.function($0) }
            let next = Function(store) { (_: Caller) in
                holder.function = ways[holder.depth % ways.count]
                try again()
            }
            holder.function = next
        }
        try holder.function?.call(holder.arguments)
    }

    @Test func signaturesBeyondAllLimitsAreATrapNotACrash() throws {
        let store = try Store(sharedEngine)
        let types = Array(repeating: ValueType.i64, count: 20_000)
        let function = try Function(store, type: .init(parameters: types)) { _, _ in [] }
        let trap = try catchTrap { try function.call(Array(repeating: .i64(1), count: 20_000)) }
        #expect(trap.kind == .codeUnavailable)
    }
}
