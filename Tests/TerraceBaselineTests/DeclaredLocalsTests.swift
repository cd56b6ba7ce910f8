// Functions that declare many more locals than their bodies have bytes: they are laid out only where they are used.

import Terrace
import Testing
import WasmText

@Suite struct DeclaredLocalsTests {
    private static let groups: [(type: String, count: Int)] = [
        ("i32", 500), ("v128", 500), ("f64", 500), ("i64", 500), ("f32", 500), ("v128", 500), ("i32", 1),
    ]

    private static func type(_ index: Int) -> String {
        var rest = index
        for group in groups {
            if rest < group.count { return group.type }
            rest -= group.count
        }
        return ""
    }

    /// A constant of a type, and the test whether a value of that type is it.
    private static func constant(_ type: String, _ number: Int) -> String {
        type == "v128" ? "(v128.const i64x2 \(number) \(number))" : "(\(type).const \(number))"
    }

    /// Compares a value, or what is on top of the stack if that is empty, with a constant.
    private static func isEqual(_ type: String, _ value: String, _ number: Int) -> String {
        let equal = type == "v128" ? "i8x16.eq i8x16.all_true" : "\(type).eq"
        return "\(value) \(constant(type, number)) \(equal)"
    }

    private func instance(_ text: String, checked: Bool = true) throws -> Instance {
        var configuration = Configuration()
        configuration.verifiesGeneratedCode = checked
        let engine = try Engine(configuration)
        return try Instance(try Store(engine), try Module(engine, bytes: try WatParser.parse(text)))
    }

    /// Leaves no zero where frames come to lie.
    private static let scribble = """
        (func $scribble (param i32) (local\(String(repeating: " i64", count: 100)))
          \((1...100).map { "(local.set \($0) (i64.const -1))" }.joined(separator: " "))
          (if (local.get 0) (then (call $scribble (i32.sub (local.get 0) (i32.const 1))))))
        """

    @Test(arguments: [
        0, 62, 63, 64, 65, 250, 498, 499, 500, 501, 998, 999, 1000, 1001, 1777, 2498, 2499, 2500, 2999, 3000,
    ])
    func aLocalIsZeroAndKeepsWhatIsWritten(_ index: Int) throws {
        let last = Self.groups.reduce(0) { $0 + $1.count } - 1
        let neighbours = [index - 2, index - 1, index + 1, index + 2].filter { (0...last).contains($0) }
        let type = Self.type(index)
        let declarations = Self.groups.map { "(local\(String(repeating: " \($0.type)", count: $0.count)))" }
            .joined(separator: " ")
        func zeros(_ locals: [Int]) -> String {
            locals.map { Self.isEqual(Self.type($0), "(local.get \($0))", 0) + " i32.and" }.joined(separator: " ")
        }
        // Whoever was written keeps that, whoever was read before keeps what was there, and the others are zero.
        let text = """
            (module \(Self.scribble)
              (func $f (result i32) \(declarations)
                (i32.const 1)
                \(zeros(neighbours + [index]))
                (local.get \(index))
                (local.set \(index) \(Self.constant(type, 77)))
                (drop (local.tee \(index) (local.get \(index))))
                \(Self.isEqual(type, "", 0)) i32.and
                \(Self.isEqual(type, "(local.get \(index))", 77)) i32.and
                \(zeros(neighbours)))
              (func (export "f") (result i32)
                (call $scribble (i32.const 100)) (call $f)))
            """
        for checked in [true, false] {
            let results = try #require(try instance(text, checked: checked).function("f")).call([])
            guard case .i32(1)? = results.first else {
                Issue.record("local \(index)")
                continue
            }
        }
    }

    @Test(arguments: [0, 5, 6, 63, 64, 65, 66, 127, 128, 200, 299])
    func aParameterIsWhereTheCallerPutIt(_ index: Int) throws {
        let patterns = [["i64"], ["i32", "v128", "f64"], ["f32", "i32"], ["v128"]]
        for pattern in patterns {
            let types = (0..<300).map { pattern[$0 % pattern.count] }
            let text = """
                (module
                  (func $f (param \(types.joined(separator: " "))) (result \(types[index])) (local.get \(index)))
                  (func (export "f") (result i32)
                    \(Self.isEqual(types[index], "(call $f \((0..<300).map { Self.constant(types[$0], $0 + 1) }.joined(separator: " ")))", index + 1))))
                """
            let results = try #require(try instance(text).function("f")).call([])
            guard case .i32(1)? = results.first else {
                Issue.record("parameter \(index) of \(pattern)")
                continue
            }
        }
    }

    /// Whether a local has a value is remembered for those that were looked at, and forgotten with the function.
    @Test(arguments: [(0, true), (1, false), (2, true), (3, false), (4, false), (5, true)])
    func aReferenceWithoutDefaultMustBeWrittenFirst(_ number: Int, isValid: Bool) throws {
        let code = [
            "(local.set 400 (ref.func $g)) (drop (local.get 400))", "(drop (local.get 400))",
            "(local.set 400 (ref.func $g)) (block (drop (local.get 400))) (drop (local.get 400))",
            "(block (local.set 400 (ref.func $g)) (drop (local.get 400))) (drop (local.get 400))",
            "(local.set 400 (ref.func $g)) (drop (local.get 401))", "(drop (local.tee 400 (ref.func $g)))",
        ][number]
        let locals = "(local\(String(repeating: " (ref func)", count: 1000)))"
        let text = """
            (module (elem declare func $g)
              (func $g \(locals) (local.set 400 (ref.func $g)) (local.set 401 (ref.func $g)) (drop (local.get 400)))
              (func \(locals) \(code)))
            """
        let engine = try Engine()
        let bytes = try WatParser.parse(text)
        if isValid {
            _ = try Module(engine, bytes: bytes)
        } else {
            let error = #expect(throws: (any Error).self) { try Module(engine, bytes: bytes) }
            #expect("\(try #require(error))".contains("uninitialized local"))
        }
    }

    @Test func whatOneFunctionDeclaredIsUnknownToTheNext() throws {
        // The same index is another type in each, spelled out in the third.
        let text = """
            (module
              (func (export "a") (result i64) (local\(String(repeating: " i64", count: 300))) (local.get 200))
              (func (export "b") (result f32) (local\(String(repeating: " f32", count: 300))) (local.get 200))
              (func (export "c") (result f64) (local\(String(repeating: " f64", count: 300)))
                \(String(repeating: "nop ", count: 400)) (local.get 200))
              (func (export "d") (result i32) (local\(String(repeating: " i32", count: 300))) (local.get 200)))
            """
        let instance = try instance(text)
        for name in ["a", "b", "c", "d"] {
            let results = try #require(instance.function(name)).call([])
            #expect("\(results)".contains("0"))
        }
        let engine = try Engine()
        let wrong = try WatParser.parse(
            """
            (module
              (func (result i64) (local\(String(repeating: " i64", count: 300))) (local.get 200))
              (func (result i64) (local\(String(repeating: " f32", count: 300))) (local.get 200)))
            """)
        #expect(throws: (any Error).self) { try Module(engine, bytes: wrong) }
    }
}
