// Calls through references whose callee is guessed from what was seen.

import TerraceABI
import TerraceCode
import TerraceCompilation
import Testing
import WasmFormat

@testable import TerraceOptimizer

@Suite struct GuessTests {
    private static let types = "(type $t (func (param i32) (result i32)))"
    /// Functions from 1 on; 3 has another type, and no reference can name 4.
    private static let callees = """
        (table 4 funcref) (elem (i32.const 0) $one $two $other)
        (func $one (type $t) (i32.add (local.get 0) (i32.const 1)))
        (func $two (type $t) (loop $l (br_if $l (local.get 0))) (local.get 0))
        (func $other (param i64) (result i32) (i32.const 3))
        (func $unnamed (type $t) (local.get 0))
        """
    private static let call = """
        (func (param i32 i32) (result i32) (call_indirect (type $t) (local.get 1) (local.get 0)))
        """

    private func site(_ targets: (function: UInt32, count: UInt32)..., others: UInt32 = 0) -> CallSiteProfile {
        var profile = CallSiteProfile()
        let places: [WritableKeyPath<CallSiteProfile, TerraceCompilation.CallTarget>] = [\.first, \.second, \.third]
        for (place, target) in zip(places, targets) {
            profile[keyPath: place] = TerraceCompilation.CallTarget(function: target.function, count: target.count)
        }
        profile.otherCount = others
        return profile
    }

    /// The graph of the first function.
    private func graph(
        _ function: String, _ sites: [CallSiteProfile], _ change: (inout OptimizerOptions) -> Void = { _ in }
    ) throws -> String {
        let test = try BuildUnderTest("(module \(Self.types) \(function) \(Self.callees))")
        test.builder.profile.callSites = sites
        change(&test.options)
        return try test.text()
    }

    @Test func theCalleeThatWasSeenIsCalledDirectly() throws {
        let text = try graph(Self.call, [site((2, 90), (1, 10))])
        #expect(
            text == """
                b0:
                  v0 = table.get 0[p0:i32]
                  v1 = function.test v0, 2
                  branch v1 ? b1 : b2
                b1:
                  v2 = call f2(p1:i32): i32
                  jump b3(v2)
                b2:
                  check signature v0 is 0
                  v3 = call ref v0 indirect type 0(p1:i32): i32
                  jump b3(v3)
                b3(v4: i32):
                  return v4

                """)
    }

    @Test func aSmallCalleeIsInlinedBehindTheComparison() throws {
        let text = try graph(Self.call, [site((1, 100))])
        #expect(
            text == """
                b0:
                  v0 = table.get 0[p0:i32]
                  v1 = function.test v0, 1
                  branch v1 ? b1 : b2
                b1:
                  v2 = i32.add p1:i32, 1
                  jump b3(v2)
                b2 cold:
                  check signature v0 is 0
                  v3 = call ref v0 indirect type 0(p1:i32): i32
                  jump b3(v3)
                b3(v4: i32):
                  return v4

                """)
    }

    @Test func aReferenceIsComparedBeforeItIsFoundToBeNull() throws {
        let function = """
            (func (param (ref null $t) i32) (result i32) (call_ref $t (local.get 1) (local.get 0)))
            """
        let text = try graph(function, [site((1, 100))])
        #expect(text.contains("function.test p0:ref, 1"))
        #expect(text.contains("call ref p0:ref unchecked type 0(p1:i32)"))
    }

    @Test func nothingIsGuessedFromTooLittleOrTooMuch() throws {
        let plain = try graph(Self.call, [])
        let foreign = CallSiteProfileLayout.foreign
        for profile in [
            site((1, 31)), site((1, 60), (2, 40)), site((1, 60), others: 40), site((foreign, 100)),
            site((1, 60), (foreign, 40)),
        ] {
            #expect(try graph(Self.call, [profile]) == plain, "\(profile)")
        }
        #expect(try graph(Self.call, [site((foreign, 10), (1, 90))]) != plain)
    }

    @Test func nothingIsGuessedThatCannotBe() throws {
        let plain = try graph(Self.call, [])
        // Another type; a function that no reference can name; the function itself, which none can name either; none at all.
        for function in [3, 4, 0, 77] as [UInt32] {
            #expect(try graph(Self.call, [site((function, 100))]) == plain, "\(function)")
        }
    }

    @Test func callsInDeadCodeHaveNumbersToo() throws {
        let function = """
            (func (param i32 i32) (result i32)
              (block (br 0) (drop (call_indirect (type $t) (i32.const 1) (i32.const 0))))
              (call_indirect (type $t) (local.get 1) (local.get 0)))
            """
        #expect(try graph(function, [site((1, 100)), site()]) == graph(function, []))
        #expect(try graph(function, [site(), site((1, 100))]).contains("function.test"))
    }

    @Test func guessesCanBeSwitchedOffAndCounted() throws {
        let plain = try graph(Self.call, [])
        #expect(try graph(Self.call, [site((1, 100))]) { $0.optimizations.remove(.guesses) } == plain)
        #expect(try graph(Self.call, [site((1, 100))]) { $0.limit = 0 } == plain)
        let direct = try graph(Self.call, [site((1, 100))]) { $0.optimizations.remove(.inlining) }
        #expect(direct.contains("function.test") && direct.contains("call f1("))
    }

    @Test func tailCallsAreNotGuessed() throws {
        let function = """
            (func (param i32 i32) (result i32) (return_call_indirect (type $t) (local.get 1) (local.get 0)))
            """
        #expect(try graph(function, [site((1, 100))]) == graph(function, []))
    }
}
