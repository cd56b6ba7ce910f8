// Small machine-code functions and threads, for the tests of this target.

import Synchronization
import TerraceAssembler
import Testing

@testable import TerraceCode

#if canImport(Glibc)
    import Glibc
#endif

/// `mov eax, value; ret`: 6 bytes.
func returning(_ value: Int32) -> [UInt8] {
    [0xB8] + withUnsafeBytes(of: value.littleEndian) { Array($0) } + [0xC3]
}

/// Calls code that takes nothing and returns an i32.
func call(_ address: CodeAddress?) -> Int32 {
    guard let pointer = address?.pointer else { return Int32.min }
    return unsafeBitCast(pointer, to: (@convention(c) () -> Int32).self)()
}

/// Calls whatever a cell points at.
func call(through code: Code, _ function: Int) -> Int32 {
    call(CodeAddress(rawValue: code.cell(function).pointee.load(ordering: .sequentiallyConsistent)))
}

/// Functions that return a value each, one behind another.
func compiled(_ functions: [(index: UInt32, value: Int32)]) -> CompiledCode {
    var result = CompiledCode()
    for function in functions {
        var one = CompiledCode()
        one.bytes = returning(function.value)
        one.codeRanges = [CodeRange(kind: .function, begin: 0, end: 6, functionIndex: function.index)]
        one.withView { result.append($0) }
    }
    return result
}

/// A stub that returns a value.
func compiledStub(_ kind: CodeRangeKind, _ number: UInt32 = CodeRange.none, _ value: Int32) -> CompiledCode {
    var result = CompiledCode()
    result.bytes = returning(value)
    result.codeRanges = [CodeRange(kind: kind, begin: 0, end: 6, functionIndex: number)]
    return result
}

func makeReservation(_ megabytes: Int = 64) throws -> CodeReservation {
    try CodeReservation(byteCount: megabytes << 20)
}

func makeCode(
    _ reservation: CodeReservation, imports: Int = 0, functions: Int = 16, types: [UInt32] = []
) throws -> Code {
    try Code(
        importedFunctionCount: imports, functionCount: functions, reservation: reservation, canonicalTypeIDs: types)
}

/// A thread of its own, because sync points block it.
final class TestThread {
    private var thread = pthread_t()

    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    init(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(body)).toOpaque()
        pthread_create(
            &thread, nil,
            { context in
                // Threads inherit the mask of the library that runs the tests, which blocks signals.
                var none = sigset_t()
                sigemptyset(&none)
                pthread_sigmask(SIG_SETMASK, &none, nil)
                Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, box)
    }

    func join() { pthread_join(thread, nil) }

    func signal(_ number: Int32) { pthread_kill(thread, number) }
}

/// What the threads of a test share.
final class Counters: Sendable {
    let stop = Atomic<Bool>(false)
    let successes = Atomic<Int>(0)
    let failures = Atomic<Int>(0)
}
