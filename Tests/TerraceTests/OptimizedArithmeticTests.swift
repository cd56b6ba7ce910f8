// Divisions by constants and short bulk operations in both tiers, against Swift's own arithmetic: what random modules seldom
// meet with the operands that matter.

import ModuleSupport
import Terrace
import Testing
import WasmText

@Suite struct OptimizedArithmeticTests {
    private static func store(_ tiering: TieringMode) throws -> Store {
        var configuration = Configuration()
        configuration.tiering = tiering
        configuration.verifiesGeneratedCode = true
        return try Store(Engine(configuration))
    }

    private static let divisors64: [Int64] = [
        2, 3, 5, 6, 7, 10, 11, 12, 14, 25, 28, 60, 100, 641, 1000, 1 << 31, 1 << 32, 1 << 33, (1 << 32) + 1, 1 << 62,
        0x7FFF_FFFF_FFFF_FFFF, 0x5555_5555_5555_5555, 1_000_000_007, 10_000_000_000, -2, -3, -7, -10, -16, -(1 << 40),
        .min, .min + 1, -1_000_000_007,
    ]
    private static let divisors32: [Int32] = [
        2, 3, 5, 6, 7, 10, 11, 16, 60, 100, 641, 1000, 1 << 30, 0x7FFF_FFFF, 0x5555_5555, 1_000_007, -2, -3, -7, -10,
        -16, .min, .min + 1, -1_000_007,
    ]

    /// Edges: multiples of the divisor and their neighbours, powers of two and theirs.
    private static func dividends(_ divisor: Int64) -> [Int64] {
        var values: [Int64] = [0, 1, -1, .min, .min + 1, .max, .max - 1, 0x7FFF_FFFF, 0x8000_0000, -0x8000_0000]
        for factor: Int64 in [1, 2, 3, -1, -2, 1000, 0x1234_5678_9ABC] {
            let product = divisor &* factor
            values += [product, product &- 1, product &+ 1]
        }
        for shift in stride(from: Int64(1), to: 64, by: 5) { values += [1 << shift, (1 << shift) - 1, -(1 << shift)] }
        let largest = Int64(bitPattern: UInt64.max / UInt64(bitPattern: divisor) &* UInt64(bitPattern: divisor))
        return values + [largest, largest &- 1, largest &+ 1]
    }

    @Test(arguments: [TieringMode.baseline, .optimized])
    func divisionsByConstants(_ tiering: TieringMode) throws {
        var text = "(module\n"
        for (type, divisors) in [("i64", Self.divisors64), ("i32", Self.divisors32.map(Int64.init))] {
            for (index, divisor) in divisors.enumerated() {
                for name in ["div_s", "div_u", "rem_s", "rem_u"] {
                    text += "(func (export \"\(type).\(name).\(index)\") (param \(type)) (result \(type)) "
                    text += "(\(type).\(name) (local.get 0) (\(type).const \(divisor))))\n"
                }
            }
        }
        let instance = try makeInstance(text + ")", store: Self.store(tiering))
        for (index, divisor) in Self.divisors64.enumerated() {
            let unsigned = UInt64(bitPattern: divisor)
            for dividend in Self.dividends(divisor) {
                let number = UInt64(bitPattern: dividend)
                let expected: [(String, Int64)] = [
                    ("div_s", dividend / divisor), ("rem_s", dividend % divisor),
                    ("div_u", Int64(bitPattern: number / unsigned)), ("rem_u", Int64(bitPattern: number % unsigned)),
                ]
                for (name, result) in expected {
                    let found = try instance.i64("i64.\(name).\(index)", .i64(dividend))
                    #expect(found == result, "\(dividend) \(name) \(divisor)")
                }
            }
        }
        for (index, divisor) in Self.divisors32.enumerated() {
            let unsigned = UInt32(bitPattern: divisor)
            for dividend in Self.dividends(Int64(divisor)).map({ Int32(truncatingIfNeeded: $0) }) {
                let number = UInt32(bitPattern: dividend)
                let expected: [(String, Int32)] = [
                    ("div_s", dividend / divisor), ("rem_s", dividend % divisor),
                    ("div_u", Int32(bitPattern: number / unsigned)), ("rem_u", Int32(bitPattern: number % unsigned)),
                ]
                for (name, result) in expected {
                    let found = try instance.i32("i32.\(name).\(index)", .i32(dividend))
                    #expect(found == result, "\(dividend) \(name) \(divisor)")
                }
            }
        }
    }

    /// Every length up to some more than what stubs do themselves, areas that overlap either way, and both ends of the memory.
    @Test(arguments: [TieringMode.baseline, .optimized])
    func shortBulkOperations(_ tiering: TieringMode) throws {
        let text = """
            (module (memory (export "memory") 1 1)
              (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
              (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
              (func (export "set") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
              (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0))))
            """
        let instance = try makeInstance(text, store: Self.store(tiering))
        let window = 200
        for length in Int32(0)...70 {
            for (to, from) in [(80, 20), (20, 80), (40, 43), (43, 40), (40, 41), (50, 20), (30, 30)] as [(Int32, Int32)]
            {
                var bytes = (0..<window).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) }
                for (index, byte) in bytes.enumerated() {
                    try instance.call("set", .i32(Int32(index)), .i32(Int32(byte)))
                }
                try instance.call("copy", .i32(to), .i32(from), .i32(length))
                let moved = Array(bytes[Int(from)..<Int(from + length)])
                bytes.replaceSubrange(Int(to)..<Int(to + length), with: moved)
                #expect(try (0..<window).allSatisfy { try instance.i32("get", .i32(Int32($0))) == Int32(bytes[$0]) })
                try instance.call("fill", .i32(to), .i32(0x1AB), .i32(length))
                for index in Int(to)..<Int(to + length) { bytes[index] = 0xAB }
                #expect(try (0..<window).allSatisfy { try instance.i32("get", .i32(Int32($0))) == Int32(bytes[$0]) })
            }
            let last = 65536 - length
            try instance.call("copy", .i32(last), .i32(0), .i32(length))
            try instance.call("copy", .i32(0), .i32(last), .i32(length))
            try instance.call("fill", .i32(last), .i32(1), .i32(length))
            for (name, first, second) in [
                ("copy", last + 1, 0), ("copy", 0, last + 1), ("copy", -1, 0), ("copy", 0, -1), ("fill", last + 1, 7),
                ("fill", -1, 7),
            ] {
                #expect(throws: Trap.self) { try instance.call(name, .i32(first), .i32(second), .i32(length)) }
            }
        }
    }

    /// A function that leaves early, between calls of which each needs what was saved for it.
    @Test(arguments: [TieringMode.baseline, .optimized])
    func earlyExitsKeepTheCallersValues(_ tiering: TieringMode) throws {
        let text = """
            (module
              (func $tree (export "tree") (param $n i32) (param $x i32) (result i32) (local $left i32)
                (if (i32.lt_s (local.get $n) (i32.const 2)) (then (return (i32.const 1))))
                (if (i32.eq (local.get $n) (i32.const 3)) (then (return (local.get $x))))
                (local.set $left (call $tree (i32.sub (local.get $n) (i32.const 1)) (i32.mul (local.get $x) (i32.const 3))))
                (i32.add
                  (i32.mul (local.get $left) (i32.const 7))
                  (i32.add
                    (call $tree (i32.sub (local.get $n) (i32.const 2)) (local.get $left))
                    (i32.xor (local.get $x) (local.get $n))))))
            """
        func tree(_ n: Int32, _ x: Int32) -> Int32 {
            if n < 2 { return 1 }
            if n == 3 { return x }
            let left = tree(n &- 1, x &* 3)
            return left &* 7 &+ (tree(n &- 2, left) &+ (x ^ n))
        }
        let instance = try makeInstance(text, store: Self.store(tiering))
        for n in Int32(0)..<14 { #expect(try instance.i32("tree", .i32(n), .i32(n &* 1001)) == tree(n, n &* 1001)) }
    }

    /// Loops that stand several times in a row, left after each number of rounds and at each of their ways out.
    @Test(arguments: [TieringMode.baseline, .optimized])
    func shortLoopsLeaveInEveryRound(_ tiering: TieringMode) throws {
        let text = """
            (module (memory 1)
              (func (export "sum") (param $n i32) (result i32) (local $i i32) (local $sum i32)
                (loop $l
                  (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 3)) (local.get $i)))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $l (i32.lt_u (local.get $i) (local.get $n))))
                (local.get $sum))
              (func (export "swap") (param $n i32) (result i32) (local $a i32) (local $b i32) (local $t i32)
                (local.set $b (i32.const 1))
                (block $out
                  (loop $l
                    (br_if $out (i32.eqz (local.get $n)))
                    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                    (if (i32.and (local.get $b) (i32.const 1))
                      (then (br_if $out (i32.eq (local.get $n) (i32.const 5)))))
                    (local.set $t (i32.add (local.get $a) (local.get $b)))
                    (local.set $a (local.get $b))
                    (local.set $b (local.get $t))
                    (br $l)))
                (i32.add (i32.mul (local.get $a) (i32.const 31)) (local.get $n)))
              (func (export "trap") (param $p i32) (result i32)
                (loop $l
                  (drop (i32.load (local.get $p)))
                  (local.set $p (i32.add (local.get $p) (i32.const 0x3000)))
                  (br $l))
                (local.get $p)))
            """
        let instance = try makeInstance(text, store: Self.store(tiering))
        for n in Int32(1)..<20 {
            var sum: Int32 = 0
            for i in 0..<n { sum = sum &* 3 &+ i }
            #expect(try instance.i32("sum", .i32(n)) == sum)
            var (a, b, rest): (Int32, Int32, Int32) = (0, 1, n)
            while rest != 0 {
                rest -= 1
                if b & 1 != 0, rest == 5 { break }
                (a, b) = (b, a &+ b)
            }
            #expect(try instance.i32("swap", .i32(n)) == a &* 31 &+ rest)
        }
        for start in stride(from: Int32(0), to: 0x10000, by: 0x1357) {
            #expect(throws: Trap.self) { try instance.call("trap", .i32(start)) }
        }
    }
}
