// What a loop that is entered finds in the frame, and what is left to be done around it.

import ModuleSupport
import Terrace
import TerraceTiering
import Testing
import TierSupport

@testable import TerraceRuntime

@Suite(.serialized) struct LoopEntryValueTests {
    private func makeInstance(_ text: String, _ configuration: Configuration) throws
        -> Instance
    {
        let store = try Store(try Engine(configuration))
        var imports = Imports()
        imports.define("host", "call", Function(store) { (_: Caller, _: Int32) in })
        return try ModuleSupport.makeInstance(text, store: store, imports: imports)
    }

    // MARK: references

    /// References in locals, null in some rounds, and below the loop.
    private static let references = """
        (module (import "host" "call" (func $call (param i32)))
          (type $t (func (result i32)))
          (table $t 1 funcref)
          (func $one (type $t) i32.const 1) (func $two (type $t) i32.const 2)
          (elem declare func $one $two)
          (func (export "run") (param $n i32) (param $e externref) (result externref i32)
            (local $f funcref) (local $g funcref) (local $h funcref) (local $x externref) (local $typed (ref null $t))
            (local $sum i32)
            ref.func $one local.set $f
            ref.func $two local.set $g
            ref.func $two local.set $typed
            local.get $e ref.func $two ref.null func
            loop $l
              local.get $n call $call
              local.get $f local.get $g local.set $f local.set $g
              i32.const 0 local.get $f table.set $t
              i32.const 0 call_indirect (type $t) local.get $typed call_ref $t i32.add
              local.get $sum i32.add local.set $sum
              local.get $x ref.is_null
              if local.get $e local.set $x else ref.null extern local.set $x end
              local.get $n i32.const 1 i32.sub local.tee $n br_if $l
            end
            local.set $h local.set $g
            i32.const 0 local.get $g table.set $t
            i32.const 0 call_indirect (type $t) i32.const 100 i32.mul local.get $sum i32.add local.set $sum
            local.get $h ref.is_null i32.const 10000 i32.mul
            local.get $x ref.is_null i32.const 1000 i32.mul i32.add local.get $sum i32.add))
        """

    private final class Object {}

    @Test func referencesComeAlong() throws {
        let standIn = StandIn()
        let instance = try makeInstance(Self.references, standIn.configuration(sites: .loops))
        let object = Object()
        for (rounds, expected) in [(1, 10_204), (10, 11_235), (101, 10_554)] as [(Int32, Int32)] {
            let results = try #require(instance.function("run")).call(
                [.i32(rounds), .external(ExternalReference(object))])
            guard results.count == 2, case .external(let reference?) = results[0], case .i32(let sum) = results[1]
            else { throw WrongResult() }
            #expect(reference.object as? Object === object && sum == expected, "\(rounds) rounds")
        }
        #expect(standIn.compiled == [.init(3, .loop(0))])
    }

    // MARK: nests

    /// Loops in arms, values below each of them, ways out to each label, and a trap behind the middle loop.
    private static let nest = """
        (module (import "host" "call" (func $call (param i32)))
          (func (export "run") (param $o i32) (param $m i32) (param $l i32) (param $t i32) (result i64)
            (local $i i32) (local $j i32) (local $k i32) (local $h i64) (local $d f64) (local $v v128)
            i64.const 5
            loop $outer
              i32.const 0 local.set $j
              local.get $i i64.extend_i32_u i64.const 3 i64.add
              loop $middle (param i64) (result i64)
                local.get $j i32.const 3 i32.and
                if (param i64) (result i64)
                  i32.const 0 local.set $k
                  f64.const 0.25 local.get $d f64.add
                  loop $inner
                    local.get $h i64.const 31 i64.mul local.get $k i64.extend_i32_u i64.add local.set $h
                    local.get $d f64.const 1.5 f64.add local.set $d
                    local.get $v local.get $k i32x4.splat i32x4.add local.set $v
                    local.get $k i32.const 11 i32.eq
                    if
                      local.get $i i32.const 1 i32.add local.tee $i local.get $o i32.lt_s br_if $outer
                    end
                    local.get $k i32.const 1 i32.add local.tee $k local.get $l i32.lt_s br_if $inner
                  end
                  local.set $d
                else
                  local.get $h i64.const 7 i64.add local.set $h
                  i64.const 1 i64.add
                end
                local.get $j i32.const 1 i32.add local.tee $j local.get $m i32.lt_s br_if $middle
              end
              local.get $h i64.add local.set $h
              i32.const 100 local.get $i local.get $t i32.sub i32.div_s drop
              local.get $i i32.const 1 i32.add local.tee $i local.get $o i32.lt_s br_if $outer
            end
            local.get $h i64.add
            local.get $d i64.reinterpret_f64 i64.xor
            local.get $v i64x2.extract_lane 1 i64.add))
        """

    /// Each loop of the nest is entered by itself, the others being refused.
    @Test(arguments: [0, 1, 2] as [UInt32])
    func aNestGoesOnAroundTheLoopThatWasEntered(_ entered: UInt32) throws {
        let baseline = try makeInstance(Self.nest, StandIn().configuration(.baseline))
        let standIn = StandIn()
        for loop in 0..<3 as Range<UInt32> where loop != entered { standIn.refuse(1, .loop(loop)) }
        let moving = try makeInstance(Self.nest, standIn.configuration(sites: .loops))
        func outcome(_ instance: Instance, _ arguments: [Int32]) throws -> String {
            do {
                return try "\(#require(instance.function("run")).call(arguments.map { .i32($0) }))"
            } catch let trap as Trap {
                return "\(trap.kind) \(trap.frames.map { $0.bytecodeOffset ?? 0 })"
            }
        }
        var traps = 0
        for outer in [1, 2, 5] as [Int32] {
            for middle in [1, 3, 9] as [Int32] {
                for inner in [1, 4, 15] as [Int32] {
                    for trapping in [-1, 0, 3] as [Int32] {
                        let arguments = [outer, middle, inner, trapping]
                        let expected = try outcome(baseline, arguments)
                        #expect(try outcome(moving, arguments) == expected, "\(arguments)")
                        if expected.hasPrefix("integerDivideByZero") { traps += 1 }
                    }
                }
            }
        }
        #expect(traps > 15 && standIn.compiled == [.init(1, .loop(entered))])
    }
}
