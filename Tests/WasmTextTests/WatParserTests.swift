// The text parser on its own: abbreviations against what they stand for, positions of errors, names, depth.

import Foundation
import Testing
import WasmFormat
import WasmText

@Suite struct WatParserTests {
    private static func expectSame(_ short: String, _ long: String, _ location: SourceLocation = #_sourceLocation)
        throws
    {
        let left = try WatParser.parse(short)
        let right = try WatParser.parse(long)
        #expect(left == right, "\(short) is not \(long)", sourceLocation: location)
    }

    @Test("Folded instructions are the plain ones in evaluation order")
    func folded() throws {
        try Self.expectSame(
            "(func (param i32) (result i32) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1)) (else (i32.add (i32.const 2) (i32.const 3)))))",
            "(func (param i32) (result i32) local.get 0 i32.eqz if (result i32) i32.const 1 else i32.const 2 i32.const 3 i32.add end)"
        )
        try Self.expectSame(
            "(func (block (loop (br_if 1 (i32.const 0)) (br 0))))", "(func block loop i32.const 0 br_if 1 br 0 end end)"
        )
        try Self.expectSame(
            "(memory 1) (func (i32.store offset=4 align=1 (i32.const 0) (i32.load (i32.const 8))))",
            "(memory 1) (func i32.const 0 i32.const 8 i32.load i32.store offset=4 align=1)")
        try Self.expectSame(
            "(func (if (then (nop)) ))", "(func if nop end)")
    }

    @Test("Components are told from modules")
    func components() {
        for text in ["(component)", "(component $c (core module))", ";; text\n(component (type u8))"] {
            let error = #expect(throws: TextError.self) { try WatParser.parse(text) }
            #expect(error?.message.contains("this is a component") == true)
        }
    }

    @Test("Inline imports, exports, segments and signatures are what they abbreviate")
    func abbreviations() throws {
        try Self.expectSame(
            #"(func (export "a") (export "b"))"#, #"(func) (export "a" (func 0)) (export "b" (func 0))"#)
        try Self.expectSame(
            #"(func (import "m" "f") (param i32 i32) (result i64))"#,
            #"(type (func (param i32) (param i32) (result i64))) (import "m" "f" (func (type 0)))"#)
        try Self.expectSame(
            #"(global (export "g") (import "m" "g") (mut f32))"#,
            #"(import "m" "g" (global (mut f32))) (export "g" (global 0))"#)
        try Self.expectSame(
            "(table funcref (elem 0 0)) (func)",
            "(table 2 2 funcref) (elem (table 0) (i32.const 0) func 0 0) (func)")
        try Self.expectSame(
            #"(memory (data "ab" "\63"))"#, #"(memory 1 1) (data (i32.const 0) "abc")"#)
        try Self.expectSame(
            #"(memory i64 (data "x"))"#, #"(memory i64 1 1) (data (i64.const 0) "x")"#)
        try Self.expectSame(
            #"(memory (pagesize 1) (data "xyz"))"#, #"(memory 3 3 (pagesize 1)) (data (i32.const 0) "xyz")"#)
        try Self.expectSame(
            "(table 1 funcref) (elem (i32.const 0) funcref (ref.func 0)) (func)",
            "(table 1 funcref) (elem (offset i32.const 0) funcref (item ref.func 0)) (func)")
        try Self.expectSame(
            "(func (local i32 i32 i64))", "(func (local i32) (local i32) (local) (local i64))")
        try Self.expectSame("(module (func))", "(func)")
        try Self.expectSame("(func (param funcref anyref))", "(func (param (ref null func) (ref null any)))")
    }

    @Test("A signature in use takes the first type that is the same, else a new one at the end")
    func implicitTypes() throws {
        let module = try WasmModule.decode(
            ModuleBytes(
                WatParser.parse(
                    """
                    (rec (type (func (param i32))))
                    (type $b (func (param i64)))
                    (func (param i64)) (func (param i32)) (func (param f32) (block (param) (result i32 i32) unreachable) drop drop)
                    (rec (type (func (param f32))) (type (struct)))
                    """)))
        #expect(module.functionTypeIndices == [1, 4, 5])
        #expect(module.types.count == 7)
    }

    @Test("Identifiers name what they name, quoted or not, before and after their definition")
    func identifiers() throws {
        try Self.expectSame(
            #"(func $a (call $"b") (call $"\61")) (func $b)"#, #"(func $a (call 1) (call 0)) (func $b)"#)
        try Self.expectSame(
            "(func (param $x i32) (local $y i32) (local.set $y (local.get $x)))",
            "(func (param $x i32) (local $y i32) (local.set 1 (local.get 0)))")
        try Self.expectSame(
            "(func (block $l (block $l (br $l)) (br $l)))", "(func (block $l (block $l (br 0)) (br 0)))")
        try Self.expectSame(
            "(type $s (struct (field $x i32) (field i64 f32) (field $y (mut i8)))) (func (param (ref $s)) (struct.set $s $y (local.get 0) (i32.const 1)))",
            "(type $s (struct (field $x i32) (field i64 f32) (field $y (mut i8)))) (func (param (ref 0)) (struct.set 0 3 (local.get 0) (i32.const 1)))"
        )
    }

    @Test("Identifiers and annotations become the name section")
    func names() throws {
        let module = try WasmModule.decode(
            ModuleBytes(WatParser.parse(#"(module $m (func $first) (func $x (@name "second λ")) (func))"#)))
        #expect(module.functionName(0) == "first")
        #expect(module.functionName(1) == "second λ")
        #expect(module.functionName(2) == nil)
    }

    @Test("Custom sections from annotations stand where they say")
    func customSections() throws {
        let bytes = try WatParser.parse(
            #"(module (@custom "c") (@custom "a" (before first) "x" "y") (@custom "b" (after type) "z") (func))"#)
        let first = Array(bytes[8..<14])
        #expect(first == [0, 4, 1, 0x61, 0x78, 0x79])
        #expect(Array(bytes.suffix(4)) == [0, 2, 1, 0x63])
        let module = try WasmModule.decode(ModuleBytes(bytes))
        #expect(module.customSections.map(\.name) == ["a", "b", "c"])
    }

    @Test("Branch hints give the offset of the branch in its function")
    func branchHints() throws {
        let bytes = try WatParser.parse(
            #"(func (param i32) (@metadata.code.branch_hint "\01") (if (local.get 0) (then)))"#)
        let name = Array("metadata.code.branch_hint".utf8)
        let expected = [0, UInt8(name.count + 7), UInt8(name.count)] + name + [1, 0, 1, 3, 1, 1]
        #expect(bytes.indices.contains { bytes[$0...].starts(with: expected) })
    }

    @Test("Errors give line, column and the place in the source line")
    func positions() {
        do {
            _ = try WatParser.parse("(module\n  (func\n\t(é i32.foo)))")
            Issue.record("accepted")
        } catch {
            #expect(error.line == 3)
            #expect(error.column == 3)
            #expect(error.message == "illegal character")
            #expect(error.excerpt == "\t(é i32.foo)))\n\t ^")
        }
        do {
            _ = try WatParser.parse("(func\n  i32.foo)")
            Issue.record("accepted")
        } catch {
            #expect(error.description == "2:3: unknown operator i32.foo\n  i32.foo)\n  ^")
        }
    }

    @Test("Depth is limited by memory only", arguments: ["(block ", "(i32.eqz ", "(if (i32.const 1) (then ", "(; "])
    func depth(open: String) throws {
        let count = 100_000
        let parentheses = open.filter { $0 == "(" }.count - (open.contains("const") ? 1 : 0)
        let close = open == "(; " ? ";)" : String(repeating: ")", count: parentheses)
        let inner = open == "(i32.eqz " ? "(i32.const 1)" : ""
        let text =
            "(func " + String(repeating: open, count: count) + inner + String(repeating: close, count: count) + ")"
        #expect(throws: Never.self) { try WatParser.parse(text) }
        #expect(throws: TextError.self) { try WatParser.parse("(func " + String(repeating: open, count: count)) }
    }

    @Test(
        "Texts that break a rule are refused with the suite's words",
        arguments: [
            ("(func $f) (func $f)", "duplicate func"), ("(func (param $x i32) (local $x i32))", "duplicate local"),
            ("(func (br $l))", "unknown label"), ("(func (call $f))", "unknown function"),
            ("(func (block $a end $b))", "unexpected token"), ("(func block $a end $b)", "mismatching label"),
            ("(func) (import \"\" \"\" (func))", "import after function"),
            ("(start 0) (start 0) (func)", "multiple start sections"),
            ("(func (i32.const 0x1_0000_0000))", "constant out of range"),
            ("(func (i32.const 1.0))", "unexpected token"),
            ("(func (f32.const 0x1p128))", "constant out of range"), ("(func (i32.load align=3))", "alignment"),
            ("(memory 1 (pagesize 3))", "invalid custom page size"), ("(func", "unexpected token"),
            ("(type $t (func)) (func (type $t) (param i32))", "inline function type"),
            ("(func \"\\zz\")", "illegal escape"), ("(func (i32.add (nop) nop))", "unexpected token"),
        ])
    func refused(text: String, message: String) {
        do {
            _ = try WatParser.parse(text)
            Issue.record("accepted: \(text)")
        } catch {
            #expect(error.message.hasPrefix(message), "\(text): \(error)")
        }
    }
}
