// The floating-point control word: WebAssembly code rounds to nearest and keeps denormals whatever the host does, and the
// host finds its own word whenever its code runs.

import Glibc
import ModuleSupport
import Terrace
import Testing

private func controlWord() -> UInt32 {
    var environment = fenv_t()
    fegetenv(&environment)
    return environment.__mxcsr & 0xFFC0
}

private func setControlWord(_ word: UInt32) {
    var environment = fenv_t()
    fegetenv(&environment)
    environment.__mxcsr = word
    fesetenv(&environment)
}

/// Calls `body` with a control word, and returns the one that stands at the end.
private func withControlWord(_ word: UInt32, _ body: () throws -> Void) rethrows -> UInt32 {
    setControlWord(word)
    defer { setControlWord(0x1F80) }
    try body()
    return controlWord()
}

@Suite struct ControlWordTests {
    /// The usual one; down, up, towards zero; results and operands without denormals; division by zero not
    /// masked (Swift itself calculates with inexact results).
    private static let words: [UInt32] = [0x1F80, 0x3F80, 0x5F80, 0x7F80, 0x9F80, 0x1FC0, 0x1D80]

    private static let text = """
        (module
          (import "h" "look" (func $look))
          (import "h" "fail" (func $fail))
          (func $third (export "third") (result i64) f64.const 1 f64.const 3 f64.div i64.reinterpret_f64)
          (func $minusThird (result i64) f64.const -1 f64.const 3 f64.div i64.reinterpret_f64)
          (func $denormal (result i64)
            f64.const 0x1p-1022 f64.const 0.5 f64.mul f64.const 0.5 f64.mul i64.reinterpret_f64)
          (func $infinity (result i64) f64.const 1 f64.const 0 f64.div i64.reinterpret_f64)
          (func $right (export "right") (result i32)
            call $third i64.const 0x3fd5555555555555 i64.eq
            call $minusThird i64.const 0xbfd5555555555555 i64.eq i32.and
            call $denormal i64.const 0x0004000000000000 i64.eq i32.and
            call $infinity i64.const 0x7ff0000000000000 i64.eq i32.and)
          (func (export "around") (result i32) call $right call $look call $right i32.and)
          (func (export "trap") (result i32) call $right drop unreachable)
          (func (export "fail") call $fail))
        """

    @Test(arguments: words)
    func codeRunsWithItsOwnWordAndTheHostWithItsOwn(_ word: UInt32) throws {
        let store = try Store(sharedEngine)
        var seen: [UInt32] = []
        var left: UInt32?
        struct Failed: Error {}
        var imports = Imports()
        imports.define(
            "h", "look",
            Function(store) { (caller: Caller) in
                seen.append(controlWord())
                guard case .function(let right)? = caller.export(named: "right") else { throw Failed() }
                // A nested call, and its return.
                guard case .i32(1)? = try right().first else { throw Failed() }
                seen.append(controlWord())
                if let left { setControlWord(left) }
            })
        imports.define(
            "h", "fail",
            Function(store) { (_: Caller) in
                seen.append(controlWord())
                throw Failed()
            })
        let instance = try makeInstance(Self.text, store: store, imports: imports)
        let right = try #require(instance.function("right")).typed((() -> Int32).self)
        let around = try #require(instance.function("around")).typed((() -> Int32).self)
        let trap = try #require(instance.function("trap")).typed((() -> Int32).self)
        let fail = try #require(instance.function("fail")).typed((() -> Void).self)
        var result: Int32 = 0
        // Twice: compiled at the first call.
        for _ in 0..<2 {
            result = 0
            #expect(try withControlWord(word) { result = try right() } == word)
            #expect(result == 1)
            #expect(try withControlWord(word) { result = try around() } == word)
            #expect(result == 1)
            #expect(withControlWord(word) { _ = try? trap() } == word)
            #expect(withControlWord(word) { _ = try? fail() } == word)
        }
        #expect(seen == Array(repeating: word, count: 6))
        // What a host function leaves behind is the host's, and not the code's.
        for other in Self.words {
            left = other
            #expect(try withControlWord(word) { result = try around() } == other)
            #expect(result == 1)
        }
        left = nil
        #expect(try withControlWord(0x1F80) { result = try around() } == 0x1F80)
        #expect(result == 1)
    }
}
