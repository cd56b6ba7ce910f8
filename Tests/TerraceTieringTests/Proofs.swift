// What the end-to-end proofs of the rules between tiers share: a module whose functions say which tier they run in,
// another tier for it, and threads that stop in a chosen window.

import Glibc
import ModuleSupport
import Synchronization
import Terrace
import TerraceThreads
import TerraceTiering
import Testing
import WasmFormat

@testable import TerraceCode
@testable import TerraceRuntime

extension CompiledModule {
    /// Makes code of another tier for functions and publishes it, whoever is at them.
    @discardableResult
    func commitAgain(_ functions: [Int], as kind: CodeBlockKind = .optimized) throws -> CodeBlock {
        try generator.recompile(functions.map { UInt32($0) }, as: kind)
    }
}

/// What a thread ended with.
private final class Outcome<Success: Sendable>: Sendable {
    let result = Guarded<Result<Success, any Error>?>(nil)
}

/// A thread with a result.
struct Worker<Success: Sendable> {
    private let thread: pthread_t
    private let outcome: Outcome<Success>

    init(_ body: @escaping @Sendable () throws -> Success) {
        let outcome = Outcome<Success>()
        self.outcome = outcome
        thread = startThread {
            let result = Result { try body() }
            outcome.result.withLock { $0 = result }
        }
    }

    var isDone: Bool { outcome.result.withLock { $0 != nil } }

    /// Waits for the thread's end. Once.
    func join() throws -> Success {
        pthread_join(thread, nil)
        let result = outcome.result.withLock { $0 }
        return try result!.get()
    }
}

/// A function returned what it returns in no tier.
struct WrongTier: Error {}

/// A thread ended without having come to the window that a test is about.
struct WindowNotReached: Error {
    let point: SyncPoint
}

/// Runs `work` on a thread of its own until it stops at `point` (from where it calls `arm` on), calls `meanwhile`, lets the
/// thread go on, and returns what `work` returns.
///
/// - Parameter onThisThread: whether it is that thread that stops there, or one that works for `scope`, whichever.
func whileParked<Success: Sendable>(
    at point: SyncPoint, in scope: Code? = nil, onThisThread: Bool = true,
    _ work: @escaping @Sendable (_ arm: () -> Void) throws -> Success,
    meanwhile: () throws -> Void
) throws -> Success {
    let slot = ParkingSlot()
    let worker = Worker {
        try work { slot.armed.withLock { $0 = point.arm(in: scope, onThisThread: onThisThread) } }
    }
    while slot.armed.withLock({ $0?.wasReached }) != true {
        if worker.isDone {
            // The next thread may be mistaken for this one.
            slot.armed.withLock { $0?.release() }
            _ = try worker.join()
            throw WindowNotReached(point: point)
        }
        sched_yield()
    }
    let result = Result { try meanwhile() }
    slot.armed.withLock { $0?.release() }
    let value = try worker.join()
    try result.get()
    return value
}

private final class ParkingSlot: Sendable {
    let armed = Guarded<ArmedSyncPoint?>(nil)
}

/// Which tier called the running host function: 1 baseline, 2 optimized, 0 neither.
func callingTier(_ caller: Caller) -> Int32 {
    let address = CodeAddress(rawValue: caller.store.storage.context.record.pointee.exitPC - 1)
    guard let block = CodeBlockMap.process.lookup(address) else { return 0 }
    return Int32(block.kind.tier?.rawValue ?? 0)
}

/// The module of the window tests, and what its functions must do.
enum Witness {
    // Function indices, imports first.
    static let f = 1
    static let outer = 2
    static let functions = 1..<6

    static let text = """
        (module $witness
          (import "host" "tier" (func $tier (result i32)))
          (memory 1)
          (func $f (export "f") (param i32) (result i32)
            i32.const 840 local.get 0 i32.div_u
            call $tier i32.const 1000 i32.mul i32.add)
          (func $outer (export "outer") (param i32) (result i32) local.get 0 call $f)
          (func $divide (export "divide") (param i32) (result i32) i32.const 1 local.get 0 i32.div_s)
          (func $load (export "load") (param i32) (result i32) local.get 0 i32.load)
          (func $abort (export "abort") (param i32) (result i32) unreachable))
        """

    static func makeInstance(of module: Module) throws -> Instance {
        let store = try Store(module.engine)
        var imports = Imports()
        imports.define("host", "tier", Function(store) { (caller: Caller) -> Int32 in callingTier(caller) })
        return try Instance(store, module, imports: imports)
    }

    /// The tier that `f` runs in, when called through `name`. Throws if the rest of its result is wrong.
    static func tier(_ instance: Instance, through name: String = "outer") throws -> CodeTier? {
        let result = try instance.i32(name, .i32(4))
        guard result % 1000 == 210 else { throw WrongTier() }
        return CodeTier(rawValue: UInt8(result / 1000))
    }

    /// Ends `f` in a trap, and checks its kind and the backtrace.
    static func trapInF(_ instance: Instance) throws {
        let trap = try catchTrap { try instance.call("outer", .i32(0)) }
        #expect(trap.kind == .integerDivideByZero)
        #expect(trap.frames.map(\.functionName) == ["f", "outer"])
        #expect(trap.frames.map(\.functionIndex) == [UInt32(f), UInt32(outer)])
        let bodies = [f, outer].map { instance.module.storage.module.body($0)!.bytes }
        for (frame, body) in zip(trap.frames, bodies) { #expect(body.contains(frame.bytecodeOffset ?? 0)) }
    }

    /// Takes traps of each kind of signal in functions other than `f`, with backtraces.
    static func trapElsewhere(_ instance: Instance) throws {
        for (name, argument, kind) in [
            ("divide", 0, Trap.Kind.integerDivideByZero), ("load", 1 << 20, .memoryOutOfBounds),
            ("abort", 0, .unreachable),
        ] {
            let trap = try catchTrap { try instance.call(name, .i32(Int32(argument))) }
            #expect(trap.kind == kind)
            #expect(trap.frames.map(\.functionName) == [name])
            #expect(trap.frames[0].bytecodeOffset != nil)
        }
        #expect(try instance.i32("load", .i32(8)) == 0)
    }

    /// Looks up the code of blocks that were there before the window opened, and of those that came since.
    static func lookUp(_ code: Code, old: [CodeBlock]) {
        for block in code.blocks {
            let isOld = old.contains { $0 === block }
            for offset in [0, block.byteCount - 1] {
                let address = block.placement.address(of: BlockOffset(offset))
                for map in [code.map, CodeBlockMap.process] {
                    let found = map.lookup(address)
                    #expect(found == block.unmanaged || (found == nil && !isOld))
                    if found != nil { #expect(found?.codeRange(at: address) == block.unmanaged.codeRange(at: address)) }
                }
            }
        }
    }
}

/// A function type that no stub was made for yet, with an i32 for its result.
struct FreshSignature: Sendable {
    /// Of the parameters, in the text format.
    let names: [String]

    private static let next = Atomic<Int>(0)

    /// As good as unique to these tests.
    init() {
        var number = Self.next.add(1, ordering: .relaxed).newValue
        var names = ["f64", "i32", "f32", "i64", "i64", "f32", "f64"]
        while number > 0 {
            names.append(["i32", "i64", "f32", "f64"][number % 4])
            number /= 4
        }
        self.names = names
    }

    private static func zero(_ name: String) -> (type: ValueType, value: Value) {
        switch name {
        case "i32": (.i32, .i32(0))
        case "i64": (.i64, .i64(0))
        case "f32": (.f32, .f32(0))
        default: (.f64, .f64(0))
        }
    }

    /// `(param …) (result i32)`.
    var text: String { "(param \(names.joined(separator: " "))) (result i32)" }
    /// Instructions that push zeros for all parameters.
    var zeros: String { names.map { "\($0).const 0" }.joined(separator: " ") }
    /// Zeros for all parameters.
    var arguments: [Value] { names.map { Self.zero($0).value } }
    var type: FunctionSignature { FunctionSignature(parameters: names.map { Self.zero($0).type }, results: [.i32]) }
    /// What stubs are made for.
    var machineTypes: StubSignature { StubSignature(type) }
}
