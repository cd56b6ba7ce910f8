// Threads as a host's: stores come and go, modules are replaced and released while others run them, code traps in every
// way, is interrupted and runs out of time. Every result is checked. Run under ThreadSanitizer as well; see CONTRIBUTING.md.

import Glibc
import ModuleSupport
import Synchronization
import Terrace
import TerraceThreads
import Testing

@Suite struct HostStressTests {
    /// A module whose functions depend on `variant`, so that nobody can be served by another module's code.
    static func text(_ variant: Int32) -> String {
        """
        (module $stress
          (import "host" "started" (func $started))
          (import "host" "fail" (func $fail))
          (import "host" "again" (func $again (param i32) (result i32)))
          (memory (export "memory") 1 20)
          (table $t (export "table") 4 funcref)
          (type $unary (func (param i32) (result i32)))
          (type $nothing (func))
          (global $count (export "count") (mut i32) (i32.const 0))
          (elem (i32.const 1) $sum $spin)
          (data (i32.const 64) "stress")
          (func $sum (export "sum") (param i32) (result i32) (local i32)
            loop
              local.get 1 local.get 0 i32.add i32.const \(variant) i32.add local.set 1
              local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0
            end
            global.get $count i32.const 1 i32.add global.set $count
            local.get 1)
          (func (export "indirect") (param i32 i32) (result i32)
            local.get 1 local.get 0 call_indirect $t (type $unary))
          (func $fibonacci (export "fibonacci") (param i32) (result i32)
            local.get 0 i32.const 2 i32.lt_s if (result i32) local.get 0 else
              local.get 0 i32.const 1 i32.sub call $fibonacci
              local.get 0 i32.const 2 i32.sub call $fibonacci i32.add end)
          (func (export "grow") (param i32) (result i32)
            local.get 0 memory.grow drop
            i32.const 70000 i32.const \(variant) i32.store i32.const 70000 i32.load
            i32.const 64 i32.load8_u i32.add)
          (func (export "nested") (param i32) (result i32) local.get 0 call $again i32.const \(variant) i32.add)
          (func $spin (export "spin") call $started loop br 0 end)
          (func (export "hang") loop br 0 end)
          (func (export "unreachable") unreachable)
          (func (export "memoryOutOfBounds") i32.const -4 i32.load drop)
          (func (export "tableOutOfBounds") i32.const 4 table.get $t drop)
          (func (export "uninitializedElement") i32.const 3 call_indirect $t (type $nothing))
          (func (export "indirectCallTypeMismatch") i32.const 1 call_indirect $t (type $nothing))
          (func (export "integerDivideByZero") i32.const 1 i32.const 0 i32.div_u drop)
          (func (export "integerOverflow") i32.const 0x80000000 i32.const -1 i32.div_s drop)
          (func (export "invalidConversionToInteger") f64.const nan i32.trunc_f64_s drop)
          (func (export "nullReference") ref.null $nothing call_ref $nothing)
          (func $stackExhausted (export "stackExhausted") call $stackExhausted)
          (func (export "castFailure") i32.const 1 table.get $t ref.cast (ref $nothing) drop)
          (func (export "hostError") call $fail))
        """
    }

    /// Traps that a function of the trap's name ends in.
    static let traps: [(kind: Trap.Kind, name: String)] = [
        (.unreachable, "unreachable"), (.memoryOutOfBounds, "memoryOutOfBounds"),
        (.tableOutOfBounds, "tableOutOfBounds"), (.uninitializedElement, "uninitializedElement"),
        (.indirectCallTypeMismatch, "indirectCallTypeMismatch"), (.integerDivideByZero, "integerDivideByZero"),
        (.integerOverflow, "integerOverflow"), (.invalidConversionToInteger, "invalidConversionToInteger"),
        (.nullReference, "nullReference"), (.stackExhausted, "stackExhausted"), (.castFailure, "castFailure"),
        (.hostError, "hostError"),
    ]

    struct Refusal: Error {}
    struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    /// What the threads share.
    final class Host: Sendable {
        let engine: Engine
        let modules: Guarded<[(variant: Int32, module: Module)]>
        let interrupts = Guarded<[InterruptHandle]>([])
        let problems = Guarded<[String]>([])
        let workers: Atomic<Int>
        let calls = Atomic<Int>(0)

        init(engine: Engine, workers: Int) throws {
            self.engine = engine
            self.workers = Atomic(workers)
            var modules: [(variant: Int32, module: Module)] = []
            for variant in 0..<3 as Range<Int32> {
                modules.append((variant, try makeModule(HostStressTests.text(variant), engine: engine)))
            }
            self.modules = Guarded(modules)
        }

        func report(_ body: () throws -> Void) {
            do { try body() } catch { problems.withLock { $0.append("\(error)") } }
        }

        var isRunning: Bool { workers.load(ordering: .acquiring) > 0 }
    }

    /// One thread that serves requests, each with a store of its own or one that served before.
    struct Server {
        let host: Host
        var random: UInt64
        var kept: (variant: Int32, instance: Instance)?

        mutating func next(_ bound: Int) -> Int {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return Int(random % UInt64(bound))
        }

        func instantiate(_ module: Module) throws -> Instance {
            let store = try Store(host.engine)
            var imports = Imports()
            let host = host
            imports.define(
                "host", "started",
                Function(store) { (caller: Caller) in
                    let handle = caller.store.interruptHandle
                    host.interrupts.withLock { $0.append(handle) }
                })
            imports.define("host", "fail", Function(store) { (_: Caller) throws -> Void in throw Refusal() })
            imports.define(
                "host", "again",
                Function(store) { (caller: Caller, argument: Int32) throws -> Int32 in
                    guard let instance = caller.instance,
                        case .i32(let sum) = try instance.call("sum", .i32(argument))[0]
                    else { throw Refusal() }
                    // A trap of an inner activation that the host swallows.
                    if (try? instance.call("unreachable")) != nil { throw Refusal() }
                    return sum
                })
            return try Instance(store, module, imports: imports)
        }

        func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws {
            if !condition { throw Wrong(description: what()) }
        }

        mutating func serve() throws {
            let (variant, module) = host.modules.withLock { [random] in $0[Int(random % UInt64($0.count))] }
            var current = kept
            if current == nil || next(3) == 0 { current = (variant, try instantiate(module)) }
            kept = next(2) == 0 ? current : nil
            guard let (variant, instance) = current else { return }
            for _ in 0..<4 { try request(variant, instance) }
        }

        /// One request, whose result is checked.
        mutating func request(_ variant: Int32, _ instance: Instance) throws {
            host.calls.add(1, ordering: .relaxed)
            let n = Int32(1 + next(20))
            let sum = n * (n + 1) / 2 + n * variant
            switch next(9) {
            case 0: try expect(try instance.i32("sum", .i32(n)) == sum, "sum of \(n) in \(variant)")
            case 1: try expect(try instance.i32("indirect", .i32(1), .i32(n)) == sum, "indirect sum of \(n)")
            case 2: try expect(try instance.i32("fibonacci", .i32(11)) == 89, "fibonacci")
            case 3: try expect(try instance.i32("grow", .i32(1)) == variant + 0x73, "memory")
            case 4: try expect(try instance.i32("nested", .i32(n)) == sum + variant, "nested sum of \(n)")
            case 5:
                guard case .function(let function?)? = instance.table("table")?[1] else { throw Refusal() }
                guard case .i32(let result)? = try function(.i32(n)).first else { throw Refusal() }
                try expect(result == sum, "sum through a reference")
            case 6:
                let trap = try catchTrap { try instance.call("spin") }
                try expect(trap.kind == .interrupted && trap.frames.map(\.functionName) == ["spin"], "\(trap)")
            case 7:
                try instance.store.setDeadline(after: .microseconds(200))
                let trap = try catchTrap { try instance.call("hang") }
                try expect(trap.kind == .interrupted && trap.frames.map(\.functionName) == ["hang"], "\(trap)")
                instance.store.clearDeadline()
            default:
                let (kind, name) = HostStressTests.traps[next(HostStressTests.traps.count)]
                let trap = try catchTrap { try instance.call(name) }
                try expect(trap.kind == kind && trap.frames.first?.functionName == name, "\(name): \(trap)")
                try expect((trap.hostError is Refusal) == (kind == .hostError), "\(name): \(trap)")
            }
        }
    }

    /// Puts new modules in place of old ones, which live on in the stores that use them.
    static func replaceModules(_ host: Host) throws {
        var variant: Int32 = 3
        while host.isRunning {
            let module = try makeModule(text(variant), engine: host.engine)
            if variant % 3 == 0 { try module.compileAll(jobs: 2) }
            host.modules.withLock { [variant] in $0[Int(variant) % $0.count] = (variant, module) }
            variant += 1
        }
    }

    /// Interrupts whoever asked for it.
    static func interrupt(_ host: Host) {
        while host.isRunning {
            if let handle = host.interrupts.withLock({ $0.popLast() }) { handle.interrupt() } else { sched_yield() }
        }
    }

    @Test func manyThreadsShareModulesThatComeAndGo() throws {
        #if DEBUG || TERRACE_THREAD_SANITIZER
            let rounds = 40
        #else
            let rounds = 400
        #endif
        var configuration = Configuration()
        // Small pools are emptied and filled all the time.
        configuration.pooledMemories = 2
        configuration.pooledStacks = 2
        let host = try Host(engine: try Engine(configuration), workers: 8)
        let helpers = [
            startThread { host.report { try Self.replaceModules(host) } }, startThread { Self.interrupt(host) },
        ]
        let workers = (0..<8).map { number in
            startThread {
                var server = Server(host: host, random: UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15)
                for _ in 0..<rounds { host.report { try server.serve() } }
                server.kept = nil
                host.workers.subtract(1, ordering: .acquiringAndReleasing)
            }
        }
        for thread in workers + helpers { pthread_join(thread, nil) }
        let problems = host.problems.withLock { $0 }
        #expect(problems.isEmpty, "\(problems.count) problems, the first: \(problems.first ?? "")")
        #expect(host.calls.load(ordering: .relaxed) == 8 * rounds * 4)
        #expect(Set(Self.traps.map(\.kind)).union([.interrupted]) == Set(Self.reachableKinds))
    }

    /// Every kind of trap that compiled code can end in today: all but those of operators that no tier has yet, want of
    /// memory for code, and faults of the compiler.
    static let reachableKinds = Trap.Kind.allCases.filter {
        ![.unalignedAtomic, .arrayOutOfBounds, .uncaughtException, .codeUnavailable, .internalError].contains($0)
    }
}
