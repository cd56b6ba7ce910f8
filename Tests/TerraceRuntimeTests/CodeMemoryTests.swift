// Real compiled code where code memory is short, forbidden, or shared with a forked process.

import CTestSupport
import Glibc
import ModuleSupport
import Synchronization
import Terrace
import Testing

@testable import TerraceCode
@testable import TerraceRuntime

private let text = """
    (module
      (memory 1)
      (func $f (export "f") (param i32) (result i32) local.get 0 call $g i32.const 1 i32.add)
      (func $g (param i32) (result i32) local.get 0 i32.const 10 i32.mul)
      (func (export "h") (result i32) i32.const 5)
      (func (export "out") (result i32) i32.const -1 i32.load)
      (func (export "late") (result i32) i32.const 6))
    """

/// How a child ended: its exit code, or minus the signal that killed it.
private func outcome(of child: Int32) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
}

/// How the calls of a test ended.
private final class Outcomes: Sendable {
    struct Counts {
        var want = 0
        var right = 0
        var other = 0
    }
    private let counts = Mutex(Counts())

    func count(_ outcome: WritableKeyPath<Counts, Int>) { counts.withLock { $0[keyPath: outcome] += 1 } }
    var total: Counts { counts.withLock { $0 } }
}

@Suite(.serialized) struct CodeMemoryExhaustionTests {
    @Test func eightThreadsAtOneFunctionWhileThereIsNoMemoryLeaveItUsable() throws {
        let module = try makeModule(text)
        let code = module.storage.code
        // What else the callers need exists already: only `f` and `g` are compiled below.
        #expect(try Instance(Store(sharedEngine), module).i32("h") == 5)
        let outcomes = Outcomes()
        FailureInjection.arm(failing: 0, isLasting: true, in: code)
        let claimed = SyncPoint.claimAfterClaim.arm(in: code)
        func start(calls: Int) -> [pthread_t] {
            (0..<8).map { _ in
                startThread {
                    guard let instance = try? Instance(Store(sharedEngine), module) else { return }
                    for _ in 0..<calls {
                        do {
                            let value = try instance.i32("f", .i32(4))
                            outcomes.count(value == 41 ? \.right : \.other)
                        } catch {
                            let isWant = (error as? Trap)?.kind == .codeUnavailable
                            outcomes.count(isWant ? \.want : \.other)
                        }
                    }
                }
            }
        }
        let threads = start(calls: 100)
        claimed.waitUntilReached()
        while !code.state(of: 0).hasWaiters { sched_yield() }
        claimed.release()
        for thread in threads { pthread_join(thread, nil) }
        #expect(outcomes.total.want == 800 && outcomes.total.other == 0)
        #expect(code.state(of: 0).phase == .cold)
        FailureInjection.disarm(in: code)
        for thread in start(calls: 1) { pthread_join(thread, nil) }
        #expect(outcomes.total.right == 8)
        #expect(module.statistics.compiledFunctionCount == 3)
    }

    @Test func aModuleThatCouldNotBeCompiledAtOnceIsWhenMemoryCameBack() throws {
        let module = try makeModule(text)
        FailureInjection.arm(failing: 0, isLasting: true, in: module.storage.code)
        for _ in 0..<20 {
            let error = #expect(throws: ModuleError.self) { try module.compileAll(jobs: 2) }
            #expect(error?.category == .limit)
        }
        FailureInjection.disarm(in: module.storage.code)
        try module.compileAll(jobs: 2)
        #expect(module.statistics.compiledFunctionCount == 5)
        #expect(try Instance(Store(sharedEngine), module).i32("f", .i32(4)) == 41)
    }
}

@Suite struct ForbiddenFileTests {
    @Test func whereAnonymousFilesAreForbiddenModulesRun() async {
        await #expect(processExitsWith: .exitCode(17)) {
            guard test_forbid_memfd() == 0 else { exit(18) }
            let instance = try makeInstance(text)
            let trap = try catchTrap { try instance.i32("out") }
            guard try instance.i32("f", .i32(4)) == 41, try instance.i32("late") == 6,
                trap.kind == .memoryOutOfBounds, trap.frames.map(\.functionName) == ["out"],
                access(of: instance.module.storage.code.blocks[0].base.rawValue) == "r-xp"
            else { exit(1) }
            let other = try makeModule(text)
            try other.compileAll(jobs: 1)
            guard try Instance(Store(sharedEngine), other).i32("f", .i32(5)) == 51 else { exit(2) }
            exit(17)
        }
    }
}

/// Access rights of the mapping that holds an address.
private func access(of address: UInt) -> String? {
    guard let file = fopen("/proc/self/maps", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
        let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: " ")
        let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        if bounds.count == 2, bounds[0] <= address, address < bounds[1] { return String(fields[1]) }
    }
    return nil
}

@Suite struct WritableCodeTests {
    /// Between the first calls of many functions, with and without a file for code.
    @Test(arguments: [true, false]) func noCodeIsWritableWhileAGuestRuns(_ hasFile: Bool) async {
        await #expect(processExitsWith: .exitCode(17)) { [hasFile] in
            if !hasFile, test_forbid_memfd() != 0 { exit(2) }
            let store = try Store(sharedEngine)
            let most = Atomic<Int>(0)
            let calls = Atomic<Int>(0)
            var imports = Imports()
            imports.define(
                "h", "look",
                Function(store) { (_: Caller) in
                    calls.add(1, ordering: .relaxed)
                    if test_writable_code_bytes() != 0 { most.add(1, ordering: .relaxed) }
                })
            let count = 200
            let instance = try makeInstance(
                """
                (module (import "h" "look" (func $look))
                  \((0..<count).map { "(func $f\($0) call $look)" }.joined(separator: "\n"))
                  (func (export "run") \((0..<count).map { "call $f\($0)" }.joined(separator: " "))))
                """, store: store, imports: imports)
            _ = try instance.call("run")
            guard calls.load(ordering: .relaxed) == count, most.load(ordering: .relaxed) == 0 else { exit(1) }
            exit(17)
        }
    }
}

@Suite struct ForkTests {
    /// Everything that takes a lock of the process or of an engine.
    private static func useLocks(_ engine: Engine, _ old: Instance, _ round: Int32) throws -> Bool {
        _ = old.module.storage.code.stub(StubID(.trapExit))
        let store = try Store(try round % 8 == 0 ? Engine() : engine)
        try store.setDeadline(after: .seconds(1000))
        let type = FunctionSignature(parameters: Array(repeating: .i64, count: Int(round % 7)), results: [.i32])
        var imports = Imports()
        imports.define("h", "f", try Function(store, type: type) { _, _ in [.i32(round)] })
        let instance = try makeInstance(
            """
            (module (type $s (struct (field i32)))
              (import "h" "f" (func $f (param \(String(repeating: "i64 ", count: Int(round % 7)))) (result i32)))
              (memory 1) (data (i32.const 0) "x")
              (func (export "g") (param (ref null $s)) (result i32)
                \(String(repeating: "i64.const 0 ", count: Int(round % 7))) call $f))
            """, store: store, imports: imports)
        guard case .i32(round)? = try instance.function("g")?.call([.function(nil)]).first else { return false }
        store.clearDeadline()
        Engine.reclaimFaultHandlers()
        return true
    }

    @Test func aChildFindsNoLockTaken() async {
        await #expect(processExitsWith: .exitCode(17)) {
            alarm(120)
            let old = try makeInstance(text)
            for round in 0..<16 as Range<Int32> {
                guard try ForkTests.useLocks(sharedEngine, old, round) else { exit(1) }
            }
            let outcomes = Outcomes()
            let stop = Atomic<Bool>(false)
            nonisolated(unsafe) let shared = old
            let threads = (0..<4).map { number in
                startThread {
                    var round = Int32(number)
                    while !stop.load(ordering: .relaxed) {
                        let isRight = (try? ForkTests.useLocks(sharedEngine, shared, round)) ?? false
                        outcomes.count(isRight ? \.right : \.other)
                        round += 1
                    }
                }
            }
            while outcomes.total.right < 40 { sched_yield() }
            var isRight = true
            for round in 0..<24 as Range<Int32> {
                let child = test_fork()
                if child == 0 {
                    alarm(60)
                    let isRight = (try? ForkTests.useLocks(sharedEngine, old, round)) ?? false
                    // Deadlines count from the first that the child has set.
                    let hanging = try makeInstance("(module (func (export \"f\") loop br 0 end))")
                    try hanging.store.setDeadline(after: .milliseconds(1))
                    let trap = try? catchTrap { try hanging.call("f") }
                    _exit(isRight && trap?.kind == .interrupted ? 0 : 1)
                }
                isRight = outcome(of: child) == 0 && isRight
            }
            stop.store(true, ordering: .relaxed)
            for thread in threads { pthread_join(thread, nil) }
            exit(isRight && outcomes.total.other == 0 ? 17 : 2)
        }
    }

    /// What a child does with modules that its parent made.
    private static func useInChild(_ kept: Instance, _ freed: Instance) -> Bool {
        do {
            let trap = try catchTrap { try kept.i32("out") }
            guard try kept.i32("f", .i32(4)) == 41, trap.kind == .memoryOutOfBounds,
                try freed.i32("f", .i32(4)) == 41
            else { return false }
            // Functions that nobody has called, and a module that nobody had.
            guard try kept.i32("late") == 6, try freed.i32("late") == 6 else { return false }
            return try makeInstance(text).i32("f", .i32(7)) == 71
        } catch {
            return false
        }
    }

    @Test func aForkedChildCallsWhatIsCompiledAndCompilesWhatIsNot() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let kept = try makeInstance(text)
            var freed: Instance? = try makeInstance(text)
            _ = try (kept.i32("f", .i32(4)), freed!.i32("f", .i32(4)))
            _ = try? kept.i32("out")
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            let child = test_fork()
            if child == 0 {
                alarm(60)
                guard ForkTests.useInChild(kept, freed!) else { _exit(1) }
                var byte: UInt8 = 0
                read(ends[0], &byte, 1)
                _exit(ForkTests.useInChild(kept, freed!) ? 0 : 2)
            }
            // The parent frees a module and puts others in its place, while the child runs it.
            let late = freed!.module.storage.code.state(of: 4).phase
            freed = nil
            for _ in 0..<20 {
                let other = try makeInstance(text)
                guard try other.i32("f", .i32(2)) == 21, try other.i32("late") == 6 else { exit(1) }
            }
            var byte: UInt8 = 1
            write(ends[1], &byte, 1)
            let result = outcome(of: child)
            guard result == 0, late == .cold, try kept.i32("late") == 6, try kept.i32("f", .i32(4)) == 41 else {
                exit(2)
            }
            exit(17)
        }
    }
}

@Suite struct InlinedBacktraceTests {
    private static let text = """
        (module
          (func $inner (export "inner") unreachable)
          (func $middle (export "middle") call $inner)
          (func $outer (export "outer") call $middle))
        """

    /// An instance whose code does not change by itself, and calls by entry cells alone.
    private func makeBaselineInstance(_ text: String) throws -> Instance {
        var configuration = Configuration()
        configuration.tiering = .baseline
        return try makeInstance(text, store: Store(Engine(configuration)))
    }

    /// The code of a function of the module, as the code of another one.
    private func code(of function: UInt32, as other: UInt32, in code: Code) throws -> CompiledCode {
        let block = try #require(code.bestBlock(forFunction: Int(function)))
        let range = try #require(block.functionRanges[function])
        #expect(range.begin == 0)
        var result = CompiledCode()
        result.bytes = Array(block.bytes)
        result.codeRanges = [CodeRange(kind: .function, begin: range.begin, end: range.end, functionIndex: other)]
        result.trapSites = Array(block.unmanaged.trapSites)
        result.callSites = Array(block.unmanaged.callSites)
        return result
    }

    @Test func framesOfInlinedFunctionsAreInTheBacktrace() throws {
        let instance = try makeBaselineInstance(Self.text)
        let code = instance.module.storage.code
        let plain = try catchTrap { try instance.call("outer") }
        #expect(plain.frames.map(\.functionIndex) == [0, 1, 2])

        // As if `outer` had inlined both others: the trap is in its own code.
        var all = try self.code(of: 0, as: 2, in: code)
        let site = try #require(all.trapSites.first { $0.kind.trap == .unreachable })
        all.inlineNodes = [
            InlineNode(parent: InlineNode.none, functionIndex: 1, callBytecodeOffset: 222),
            InlineNode(parent: 0, functionIndex: 0, callBytecodeOffset: 111),
        ]
        all.inlineRanges = [InlineRange(begin: 0, node: InlineNode.none), InlineRange(begin: site.offset, node: 1)]
        try code.commit(all, kind: .optimized)
        let trap = try catchTrap { try instance.call("outer") }
        #expect(trap.frames.map(\.functionName) == ["inner", "middle", "outer"])
        #expect(trap.frames.map(\.bytecodeOffset) == [plain.frames[0].bytecodeOffset, 111, 222])

        // As if it had inlined `middle` alone: a call is under way in inlined code.
        var some = try self.code(of: 1, as: 2, in: code)
        let call = try #require(some.callSites.first)
        some.relocations = [.entryCell(0, offset: call.returnOffset.rawValue - 4)]
        some.inlineNodes = [InlineNode(parent: InlineNode.none, functionIndex: 1, callBytecodeOffset: 333)]
        some.inlineRanges = [InlineRange(begin: 0, node: 0)]
        try code.commit(some, kind: .optimized)
        let second = try catchTrap { try instance.call("outer") }
        #expect(second.frames.map(\.functionName) == ["inner", "middle", "outer"])
        #expect(
            second.frames.map(\.bytecodeOffset)
                == [plain.frames[0].bytecodeOffset, plain.frames[1].bytecodeOffset, 333])
    }

    @Test func inlinedFramesCountInADeepBacktrace() throws {
        let text = """
            (module (func $f (export "f") call $f) (func $other))
            """
        let instance = try makeBaselineInstance(text)
        _ = try catchTrap { try instance.call("f") }
        let code = instance.module.storage.code
        var twice = try self.code(of: 0, as: 0, in: code)
        let call = try #require(twice.callSites.first)
        twice.relocations = [.entryCell(0, offset: call.returnOffset.rawValue - 4)]
        twice.inlineNodes = [InlineNode(parent: InlineNode.none, functionIndex: 1, callBytecodeOffset: 99)]
        twice.inlineRanges = [InlineRange(begin: 0, node: 0)]
        let before = try catchTrap { try instance.call("f") }
        try code.commit(twice, kind: .optimized)
        let after = try catchTrap { try instance.call("f") }
        #expect(after.kind == .stackExhausted && after.frames.count == 64)
        #expect(after.omittedFrameCount + 64 == 2 * (before.omittedFrameCount + 64))
        #expect(after.frames[30].functionIndex == 1 && after.frames[31].functionIndex == 0)
    }
}
