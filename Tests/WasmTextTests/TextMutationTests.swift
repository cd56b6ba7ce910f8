// Damaged texts through the parser: an error with a position or a module, never a crash or a hang.

import Foundation
import FuzzSupport
import SuiteSupport
import Testing
import WasmText

@Suite struct TextMutationTests {
    #if DEBUG
        static let rounds = 3_000
    #else
        static let rounds = 200_000
    #endif

    /// Scripts of up to a few KB: from the official suite when it is here, and always some of our own.
    static func corpus() throws -> [[UInt8]] {
        var texts: [[UInt8]] = [
            Array(
                """
                (module $m (rec (type $t (sub (struct (field $x (mut i32)))))) (import "a" "b" (func $f (param i32)))
                  (memory (export "m") 1 2 (pagesize 1)) (table $tab 1 funcref (ref.null func)) (tag $e (param i32))
                  (global $g (mut v128) (v128.const f32x4 nan:0x1 -0x1.8p-3 1e38 0.1)) (data (i32.const 0) "\\u{1F600}\\00")
                  (elem declare func $f) (@custom "c" (after data) "x") (func (export "g") (param $p i64) (result i32)
                    (block $l (try_table (catch $e $l) (br_table $l 0 (i32.const 1)))) local.get $p i32.wrap_i64))
                (assert_return (invoke $m "g" (i64.const -0x8000_0000)) (either (i32.const 1) (ref.null)))
                (assert_malformed (module quote "(func \\"a") "x") ;; comment (; nested ;)
                """.utf8)
        ]
        for name in SuiteFolder.scripts {
            let bytes = try SuiteFolder.bytes(name)
            if bytes.count < 6_000 { texts.append(bytes) }
        }
        return texts
    }

    @Test("Mutated scripts give a script or an error inside the text")
    func mutations() throws {
        let corpus = try Self.corpus()
        var generator = SeededRandom(seed: 2026)
        func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(max(bound, 1))) }
        let snippets = [
            "(", ")", "\"", "(;", ";;", "(@a", "$", "\\", "0x", "_", "nan:0x", "\u{FF}é", "(then", "end", "\n",
        ]
        for round in 0..<Self.rounds {
            var text = corpus[below(corpus.count)]
            for _ in 0...below(3) {
                let position = below(text.count)
                switch below(6) {
                case 0: text[position] ^= 1 << UInt8(below(8))
                case 1: text[position] = UInt8(truncatingIfNeeded: generator.next())
                case 2: text.removeSubrange(position..<min(text.count, position + below(20)))
                case 3: text.insert(contentsOf: snippets[below(snippets.count)].utf8, at: position)
                case 4:
                    let other = corpus[below(corpus.count)]
                    let start = below(other.count)
                    text.insert(contentsOf: other[start..<min(other.count, start + below(60))], at: position)
                default: text.removeSubrange(position...)
                }
                if text.isEmpty { text = [0x28] }
            }
            do {
                for command in try WastScript.parse(text).commands {
                    if case .assertMalformed(let module, _) = command.kind { _ = try module.bytes() }
                }
            } catch {
                #expect(error.offset >= 0 && error.line >= 1 && error.column >= 1, "round \(round)")
            }
        }
    }
}
