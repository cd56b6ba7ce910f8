// Which instructions operators on integers, memory and control become. One idea each.

import TerraceAssembler
import Testing

@testable import TerraceOptimizer

@Suite struct IntegerSelectionTests {
    /// A function of three i32 and three i64.
    private func selected(
        _ body: String, result: String = "i32", features: CPUFeatures = .withBMI
    ) throws -> [String] {
        try selection(
            """
            (module (memory 1) (global $g (mut i32) (i32.const 0)) (table 10 funcref)
              (type $t (func (param i32) (result i32)))
              (func (export "f")
                (param $a i32) (param $b i32) (param $c i32) (param $l i64) (param $m i64) (param $n i64)
                \(result.isEmpty ? "" : "(result \(result))")
                \(body)))
            """, features: features)
    }

    @Test func sumsOfThreePartsAreAddresses() throws {
        #expect(try selected("(i32.add (i32.add (local.get $a) (local.get $b)) (i32.const 7))") == ["lea m"])
        #expect(try selected("(i32.add (local.get $a) (i32.shl (local.get $b) (i32.const 2)))") == ["lea m"])
        #expect(try selected("(i32.add (i32.shl (local.get $b) (i32.const 3)) (i32.const -8))") == ["lea m"])
        #expect(
            try selected("(i64.add (local.get $l) (i64.shl (local.get $m) (i64.const 1)))", result: "i64") == ["lea m"])
        #expect(try selected("(i32.mul (local.get $a) (i32.const 9))") == ["lea m"])
        // Two parts are an addition, four too many.
        #expect(try selected("(i32.add (local.get $a) (local.get $b))") == ["arithmetic"])
        #expect(
            try selected("(i32.add (i32.add (local.get $a) (local.get $b)) (i32.shl (local.get $c) (i32.const 1)))")
                == ["arithmetic", "lea m"])
    }

    @Test func provenPartsOfAnIndexAreTheAddresss() throws {
        // Bits above say that nothing wraps.
        #expect(
            try selected("(i32.load (i32.shl (i32.and (local.get $a) (i32.const 4095)) (i32.const 2)))")
                == ["arithmeticImmediate", "load m"])
        #expect(
            try selected("(i32.load (i32.add (i32.and (local.get $a) (i32.const 4095)) (i32.const 16)))")
                == ["arithmeticImmediate", "load m"])
        // What may wrap is computed first.
        #expect(
            try selected("(i32.load (i32.add (local.get $a) (i32.const 16)))") == ["arithmeticImmediate", "load m"])
        #expect(try selected("(i32.load offset=16 (local.get $a))") == ["load m"])
        #expect(try selected("(i32.load offset=4294967295 (local.get $a))") == ["addUnsigned", "load m"])
        #expect(try selected("(i32.load offset=16 (i32.const 32))") == ["load m"])
    }

    @Test func loadsAreOperands() throws {
        #expect(try selected("(i32.add (local.get $a) (i32.load (local.get $b)))") == ["arithmetic m"])
        #expect(try selected("(i32.xor (i32.load (local.get $b)) (local.get $a))") == ["arithmetic m"])
        #expect(
            try selected("(i64.mul (local.get $l) (i64.load (local.get $b)))", result: "i64") == ["multiply m"])
        // Not the left side of a subtraction, nor what is wider or narrower than its operator.
        #expect(try selected("(i32.sub (i32.load (local.get $b)) (local.get $a))") == ["load m", "arithmetic"])
        #expect(try selected("(i32.add (local.get $a) (i32.load8_u (local.get $b)))") == ["load m", "arithmetic"])
        // Of two, the one that is read last.
        #expect(
            try selected("(i32.add (i32.load (local.get $a)) (i32.load (local.get $b)))") == ["load m", "arithmetic m"])
        #expect(try selected("(i32.add (local.get $a) (global.get $g))") == ["arithmetic m"])
    }

    @Test func nothingMovesALoadAcrossAStore() throws {
        #expect(
            try selected(
                """
                (local $x i32)
                (local.set $x (i32.load (local.get $a)))
                (i32.store (local.get $b) (i32.const 1))
                (i32.add (local.get $c) (local.get $x))
                """) == ["load m", "storeImmediate m", "arithmetic"])
        // Nor across what may trap elsewhere.
        #expect(
            try selected(
                """
                (local $x i32) (local $y i32)
                (local.set $x (i32.load (local.get $a)))
                (local.set $y (i32.load (local.get $b)))
                (i32.add (i32.mul (local.get $y) (local.get $y)) (i32.add (local.get $c) (local.get $x)))
                """) == ["load m", "load m", "multiply", "arithmetic", "arithmetic"])
    }

    @Test func storesReadAndWriteInPlace() throws {
        let load = "(i32.load offset=4 (local.get $a))"
        for operation in ["add", "sub", "and", "or", "xor"] {
            #expect(
                try selected(
                    "(i32.store offset=4 (local.get $a) (i32.\(operation) \(load) (local.get $b)))", result: "")
                    == ["arithmeticStore m"])
        }
        #expect(
            try selected("(i32.store offset=4 (local.get $a) (i32.add \(load) (i32.const 1)))", result: "")
                == ["arithmeticStoreImmediate m"])
        #expect(
            try selected(
                "(i32.store8 (local.get $a) (i32.or (i32.load8_u (local.get $a)) (i32.const 128)))", result: "")
                == ["arithmeticStoreImmediate m"])
        // Another place, another width, the wrong side.
        #expect(
            try selected("(i32.store (local.get $a) (i32.add \(load) (local.get $b)))", result: "")
                == ["load m", "arithmetic", "store m"]
                || selected("(i32.store (local.get $a) (i32.add \(load) (local.get $b)))", result: "")
                    == ["arithmetic m", "store m"]
        )
        #expect(
            try selected("(i32.store offset=4 (local.get $a) (i32.sub (local.get $b) \(load)))", result: "")
                == ["arithmetic m", "store m"])
    }

    @Test func storesTakeConstantsAndWideValues() throws {
        #expect(try selected("(i32.store (local.get $a) (i32.const 7))", result: "") == ["storeImmediate m"])
        #expect(try selected("(i64.store (local.get $a) (i64.const -7))", result: "") == ["storeImmediate m"])
        #expect(try selected("(i64.store (local.get $a) (i64.const 0x123456789))", result: "") == ["store m"])
        #expect(
            try selected("(i32.store8 (local.get $a) (i32.and (local.get $b) (i32.const 255)))", result: "")
                == ["store m"])
        #expect(try selected("(i32.store (local.get $a) (i32.wrap_i64 (local.get $l)))", result: "") == ["store m"])
    }

    @Test func comparisonsFuseWithWhatUsesThem() throws {
        let branch = { (condition: String) in
            "(if (result i32) \(condition) (then (i32.const 1)) (else (i32.const 2)))"
        }
        for condition in [
            "(i32.lt_s (local.get $a) (local.get $b))", "(i64.ge_u (local.get $l) (i64.const 9))",
            "(i32.eqz (local.get $a))", "(i32.and (local.get $a) (i32.const 12))",
            "(i64.eqz (i64.and (local.get $l) (local.get $m)))", "(local.get $a)",
            "(i32.and (local.get $a) (i32.shl (i32.const 1) (local.get $b)))",
            "(i32.and (i32.shr_u (local.get $a) (local.get $b)) (i32.const 1))",
            "(i64.eqz (i64.and (local.get $l) (i64.const 0x100000000)))",
        ] {
            #expect(try selected(branch(condition)) == ["branchIf"], "\(condition)")
        }
        for condition in [
            "(i32.lt_s (local.get $a) (i32.load (local.get $b)))",
            "(i32.lt_s (i32.load (local.get $b)) (local.get $a))",
            "(i32.eq (i32.load8_u (local.get $b)) (i32.const 200))", "(i32.load (local.get $b))",
            "(i32.gt_s (i32.load16_s (local.get $b)) (i32.const -3))",
            "(i32.and (i32.load (local.get $b)) (i32.const 256))",
        ] {
            #expect(try selected(branch(condition)) == ["branchIf m"], "\(condition)")
        }
        // 200 is no signed byte.
        #expect(
            try selected(branch("(i32.eq (i32.load8_s (local.get $b)) (i32.const 200))")) == ["load m", "branchIf"])
        #expect(
            try selected("(select (local.get $a) (local.get $b) (i64.lt_u (local.get $l) (local.get $m)))")
                == ["selectIf"])
        #expect(try selected("(i32.lt_s (local.get $a) (local.get $b))") == ["setIf"])
        // The addend moves to the other side; two bytes are compared as such.
        #expect(
            try selected(branch("(i32.eq (i32.add (local.get $a) (i32.const 5)) (i32.const 7))")) == ["branchIf"])
        #expect(
            try selected(branch("(i32.lt_s (i32.add (local.get $a) (i32.const 5)) (i32.const 7))")).count == 2)
        #expect(
            try selected(branch("(i32.lt_s (i32.load8_u (local.get $a)) (i32.load8_u (local.get $b)))"))
                == ["load m", "branchIf m"])
        #expect(
            try selected(branch("(i32.lt_s (local.get $a) (i32.load8_u (local.get $b)))")) == ["load m", "branchIf"])
    }

    @Test func wrappedNumbersAreUsedAsTheyAre() throws {
        #expect(try selected("(i32.add (i32.wrap_i64 (local.get $l)) (local.get $b))") == ["arithmetic"])
        #expect(try selected("(i32.wrap_i64 (local.get $l))") == ["extend"])
    }

    @Test func bitIdioms() throws {
        #expect(try selected("(i32.and (local.get $a) (i32.xor (local.get $b) (i32.const -1)))") == ["andNot"])
        #expect(try selected("(i32.and (local.get $a) (i32.add (local.get $a) (i32.const -1)))") == ["lowestBit"])
        #expect(try selected("(i32.and (local.get $a) (i32.sub (i32.const 0) (local.get $a)))") == ["lowestBit"])
        #expect(try selected("(i32.xor (local.get $a) (i32.add (local.get $a) (i32.const -1)))") == ["lowestBit"])
        #expect(
            try selected("(i32.and (local.get $a) (i32.xor (local.get $b) (i32.const -1)))", features: .required)
                == ["not", "arithmetic"])
        #expect(try selected("(i32.and (local.get $a) (i32.const 255))") == ["extend"])
        #expect(try selected("(i32.xor (local.get $a) (i32.const -1))") == ["not"])
        #expect(try selected("(i32.sub (i32.const 0) (local.get $a))") == ["negate"])
        #expect(try selected("(i32.shl (local.get $a) (i32.and (local.get $b) (i32.const 31)))") == ["shiftX"])
        #expect(try selected("(i32.shl (local.get $a) (local.get $b))", features: .required) == ["shift"])
        #expect(try selected("(i32.rotl (local.get $a) (i32.const 5))") == ["shiftImmediate"])
    }

    @Test func divisionsByConstantsMultiply() throws {
        #expect(try selected("(i32.div_u (local.get $a) (i32.const 10))") == ["constantQuotient"])
        #expect(
            try selected("(i32.rem_s (local.get $a) (i32.const -7))")
                == ["constantQuotient", "multiplyImmediate", "arithmetic"])
        #expect(try selected("(i32.div_u (local.get $a) (local.get $b))") == ["divide"])
        #expect(
            try selected("(i32.div_s (local.get $a) (i32.const 8))")
                == ["shiftImmediate", "shiftImmediate", "arithmetic", "shiftImmediate"])
        #expect(
            try selected("(i32.rem_s (local.get $a) (i32.const 2))")
                == ["shiftImmediate", "arithmetic", "arithmeticImmediate", "arithmetic"])
        // No sign, no rounding.
        #expect(
            try selected("(i32.div_s (i32.load8_u (local.get $a)) (i32.const 8))") == ["load m", "shiftImmediate"])
        #expect(
            try selected("(i32.wrap_i64 (i64.div_u (local.get $l) (i64.const 10)))")
                == ["multiplyHigh", "shiftImmediate", "extend"])
        #expect(
            try selected("(i32.wrap_i64 (i64.div_u (local.get $l) (local.get $m)))") == ["divide", "extend"])
    }

    @Test func bulkOperationsOfFewBytesAreInLine() throws {
        #expect(
            try selected("(memory.copy (local.get $a) (local.get $b) (i32.const 16))", result: "")
                == ["loadValue m", "storeValue m"])
        #expect(
            try selected("(memory.copy (local.get $a) (local.get $b) (i32.const 7))", result: "")
                == ["load m", "load m", "store m", "store m"])
        #expect(
            try selected("(memory.fill (local.get $a) (i32.const 0) (i32.const 12))", result: "")
                == ["storeImmediate m", "storeImmediate m"])
        #expect(
            try selected("(memory.copy (local.get $a) (local.get $b) (i32.const 129))", result: "").last
                == "callBuiltin")
        #expect(
            try selected("(memory.fill (local.get $a) (local.get $b) (i32.const 16))", result: "").last
                == "callBuiltin")
    }
}

extension CPUFeatures {
    /// All that integers use.
    static var withBMI: CPUFeatures {
        var features = withAVX2
        features.bmi1 = true
        features.bmi2 = true
        features.lzcnt = true
        return features
    }
}
