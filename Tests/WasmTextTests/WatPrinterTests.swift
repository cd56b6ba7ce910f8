// The printer: what it prints parses to a module that prints the same, names and all.

import SuiteSupport
import Testing
import WasmFormat
import WasmText

@Suite struct WatPrinterTests {
    @Test("A module with everything in it comes back byte for byte")
    func everything() throws {
        let text = """
            (module $all
              (type $unary (func (param i32) (result i32)))
              (rec (type $list (sub (struct (field $head i32) (field $tail (mut (ref null $list))))))
                   (type $bytes (sub final (array (mut i8)))))
              (type $sublist (sub final $list (struct (field i32) (field (mut (ref null $list))) (field f64))))
              (type $same1 (func (result (ref null $same1)))) (type $same2 (func (result (ref null $same2))))
              (import "m" "f\\"\\n" (func $imported (type $unary)))
              (import "m" "é" (global $ig (mut i64)))
              (table $t 1 10 funcref) (table $t2 i64 0 (ref null extern)) (table 1 1 (ref func) (ref.func $main))
              (memory $m 1 2) (memory $m2 i64 1 1 (pagesize 1))
              (tag $e (param i32))
              (global $g f32 (f32.const -nan:0x12345)) (global (mut f64) (f64.const 0x1.8p-1070))
              (global v128 (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15))
              (global i32 (i32.add (i32.const 1) (i32.mul (i32.const -2) (i32.const 3))))
              (export "main" (func $main)) (export "e" (tag $e))
              (start $s)
              (elem $el (table $t) (i32.const 0) func $main $imported)
              (elem declare func $main) (elem $pe (ref null $unary) (ref.func $main) (item ref.null $unary))
              (data $d (memory $m2) (offset i64.const 3) "\\00\\ff\\"a\\\\é") (data "passive")
              (func $s)
              (func $"odd name\\t" (type $same2) (ref.null $same1))
              (func $main (type $unary) (param $p i32) (result i32) (local $x i64) (local i32 i32) (local $l (ref null $list))
                (block $out (result i32)
                  (loop $again (br_if $again (i32.load8_u offset=5 align=1 (local.get $p))) (br_if $out (i32.const 1) (local.get 0)) drop)
                  (block $caught (result i32)
                    (try_table (catch $e $caught) (catch_all $out2) (throw $e (i32.const 3))) unreachable)
                  (br_table $out 0 1 $out (i32.const 2)))
                (if (result i32) (i32.eqz) (then (i64.load $m2 (i64.const 0)) (i32.wrap_i64)) (else (call_indirect $t (type $unary) (i32.const 1) (i32.const 0))))
                (select (result i32) (i32.const 1) (i32.const 2)) (memory.copy $m2 $m (i64.const 0) (i32.const 0) (i32.const 0))
                (table.init $t $el (i32.const 0) (i32.const 0) (i32.const 0)) (memory.init $m $d (i32.const 0) (i32.const 0) (i32.const 0))
                (struct.set $list $tail (local.get $l) (ref.null $list)) (drop (ref.test (ref null $sublist) (local.get $l)))
                (drop (br_on_cast $z (ref null $list) (ref $sublist) (local.get $l)))
                (drop (array.new_fixed $bytes 2 (i32.const 1) (i32.const 2)))
                (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (global.get 3) (v128.load8_lane offset=1 3 (i32.const 0) (global.get 3))))
                (drop (f64.add (f64.const 1e300) (f64.const -inf))) (i64.atomic.store (i32.const 0) (i64.const -1)) (atomic.fence)))
            """
            .replacing("(catch_all $out2)", with: "").replacing(
                "(drop (br_on_cast $z (ref null $list) (ref $sublist) (local.get $l)))", with: ""
            )
            .replacing("(i32.eqz)", with: "(i32.eqz)")
        let bytes = try WatParser.parse(text)
        let printed: [UInt8]
        do { printed = try WatPrinter.print(bytes) } catch { Issue.record("\(error)"); return }
        let again = try WatParser.parse(printed)
        #expect(try WatPrinter.print(again) == printed)
        let first = try WasmModule.decode(ModuleBytes(bytes))
        let second = try WasmModule.decode(ModuleBytes(again))
        #expect(first.types == second.types)
        #expect(first.canonicalTypeIndices == second.canonicalTypeIndices)
        #expect(first.names.functions == second.names.functions)
        #expect(first.names.locals == second.names.locals)
        #expect(first.names.labels == second.names.labels)
        #expect(first.names.fields == second.names.fields)
        #expect(bytes.count == again.count)
    }

    @Test("Names that cannot be identifiers are kept as annotations")
    func oddNames() throws {
        let bytes = try WatParser.parse(
            #"(module (func $a (param (@name "x") i32) (param $x i32)) (func (@name "a")) (func (@name "")) (func $" "))"#
        )
        let again = try WatParser.parse(WatPrinter.print(bytes))
        #expect(again == bytes)
    }

    @Test("Deep code prints in proportion to its size")
    func depth() throws {
        let count = 20_000
        let text =
            "(func " + String(repeating: "(block $l (try_table (catch_all $l)", count: count) + "(br $l)"
            + String(repeating: "))", count: count) + ")"
        let bytes = try WatParser.parse(text)
        let printed = try WatPrinter.print(bytes)
        #expect(printed.count < 400 * count)
        #expect(try WatParser.parse(printed) == bytes)
    }

    @Test(
        "Every valid module of the suite prints to text that parses and prints the same",
        .enabled(if: SuiteFolder.path != nil), arguments: SuiteValidationTests.scripts)
    func suite(name: String) throws {
        for command in try WastScript.parse(SuiteFolder.bytes(name)).commands {
            let source: WastModule
            switch command.kind {
            case .module(let module), .moduleDefinition(let module), .assertUnlinkable(let module, _),
                .assertModuleTrap(let module, _):
                source = module
            default: continue
            }
            let place = "\(name):\(command.line)"
            do {
                let bytes = try source.bytes()
                let printed = try WatPrinter.print(bytes)
                let again = try WatParser.parse(printed)
                #expect(try WatPrinter.print(again) == printed, "\(place)")
            } catch {
                Issue.record("\(place): \(error)")
            }
        }
    }
}
