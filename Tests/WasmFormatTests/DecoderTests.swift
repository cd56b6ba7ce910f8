import Testing

@testable import WasmFormat

@Suite struct DecoderTests {
    @Test func emptyModuleIsValid() throws {
        let module = try ModuleBuilder().decode()
        #expect(module.functionCount == 0)
        #expect(module.exports.isEmpty)
    }

    @Test func headerIsChecked() {
        #expect(errorOf([])?.message == "unexpected end")
        #expect(errorOf([0x00, 0x61])?.offset == 2)
        #expect(errorOf([0x00, 0x61, 0x73, 0x6E, 1, 0, 0, 0])?.message == "magic header not detected")
        #expect(errorOf([0x00, 0x61, 0x73, 0x6D, 2, 0, 0, 0])?.message == "unknown binary version")
    }

    @Test func componentsAreToldFromModules() {
        let component = errorOf([0x00, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0])
        #expect(component?.category == .unsupported && component?.offset == 4)
        #expect(component?.message.hasPrefix("this is a component") == true)
        // Merely damaged versions are none.
        for version: [UInt8] in [[0x0D, 0, 0, 0], [1, 0, 1, 0], [0, 0, 1, 0], [0x0D, 0, 1, 1]] {
            #expect(errorOf([0x00, 0x61, 0x73, 0x6D] + version)?.message == "unknown binary version")
        }
    }

    @Test func messagesShortenNamesAndEscapeControlCharacters() {
        #expect(shortened("name") == "name")
        #expect(shortened("größer\u{1B}[2J\n\u{9B}") == "größer\\u{1b}[2J\\u{a}\\u{9b}")
        let limit = String(repeating: "é", count: 80)
        #expect(shortened(limit) == limit)
        #expect(shortened(limit + "é") == limit + "… (162 bytes)")
        let huge = String(repeating: "x", count: 100_000)
        let module = ModuleBuilder().vector(.memory, [[0, 0]]).vector(
            .export, [huge, huge].map { wasmName($0) + [2, 0] })
        #expect(module.error()?.message == "duplicate export name \"\(shortened(huge))\"")
    }

    @Test func sectionsComeOnceAndInOrder() {
        let duplicate = ModuleBuilder().vector(.type, []).vector(.type, [])
        #expect(duplicate.error()?.message == "unexpected content after last section")
        let late = ModuleBuilder().vector(.global, []).vector(.memory, [])
        #expect(late.error()?.message == "unexpected content after last section")
        #expect(late.error()?.offset == 11)
        // Tags stand between memories and globals, the data count between elements and code.
        let all = ModuleBuilder().vector(.memory, []).vector(.tag, []).vector(.global, []).vector(.element, [])
            .section(.dataCount, [0]).vector(.code, []).vector(.data, [])
        #expect(all.error() == nil)
    }

    @Test func sectionSizesMustMatchTheirContents() {
        #expect(ModuleBuilder().section(.type, [0, 0]).error()?.message == "section size mismatch")
        #expect(errorOf(ModuleBuilder().bytes + [1, 5, 0])?.message.hasPrefix("length out of bounds") == true)
        #expect(errorOf(ModuleBuilder().bytes + [14, 0])?.message == "malformed section id")
    }

    @Test func functionAndCodeCountsMustAgree() {
        let missing = ModuleBuilder().vector(.type, [[0x60, 0, 0]]).vector(.function, [[0]])
        #expect(missing.error()?.message == "function and code section have inconsistent lengths")
        #expect(ModuleBuilder().code([[0, 0x0B]]).error()?.category == .malformed)
    }

    @Test func dataCountMustAgreeWithDataSection() {
        let module = ModuleBuilder().section(.dataCount, [2]).vector(.data, [[1, 0]])
        #expect(module.error()?.message == "data count and data section have inconsistent lengths")
        #expect(ModuleBuilder().section(.dataCount, [1]).error()?.category == .malformed)
    }

    /// Calls a closure with a reader over bytes.
    private func withReader<Value>(
        _ bytes: [UInt8], _ body: (inout BinaryReader) throws(ModuleError) -> Value
    ) throws(ModuleError) -> Value {
        let copy = ModuleBytes(bytes)
        defer { withExtendedLifetime(copy) {} }
        var reader = BinaryReader(base: copy.base, range: 0..<copy.count)
        return try body(&reader)
    }

    private struct UnsignedCase: Sendable {
        var bytes: [UInt8]
        var message: String
    }

    @Test(arguments: [
        UnsignedCase(bytes: [0x80, 0x80, 0x80, 0x80, 0x80, 0x00], message: "integer representation too long"),
        UnsignedCase(bytes: [0x80, 0x80, 0x80, 0x80, 0x10], message: "integer too large"),
        UnsignedCase(bytes: [0x80, 0x80], message: "unexpected end of section or function"),
    ])
    private func unsignedNumbersObeyTheirBounds(example: UnsignedCase) {
        let error = #expect(throws: ModuleError.self) {
            try withReader(example.bytes) { r throws(ModuleError) in try r.readU32() }
        }
        #expect(error?.message == example.message)
    }

    private struct SignedCase: Sendable {
        var bytes: [UInt8]
        var value: Int32
    }

    @Test(arguments: [
        SignedCase(bytes: [0x7F], value: -1), SignedCase(bytes: [0xC0, 0x00], value: 64),
        SignedCase(bytes: [0x40], value: -64), SignedCase(bytes: [0x80, 0x80, 0x80, 0x80, 0x78], value: .min),
        SignedCase(bytes: [0xFF, 0xFF, 0xFF, 0xFF, 0x07], value: .max),
        SignedCase(bytes: [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], value: -1),
    ])
    private func signedNumbersAreExtended(example: SignedCase) throws {
        let value = try withReader(example.bytes) { r throws(ModuleError) in try r.readS32() }
        #expect(value == example.value)
        let bytes = ModuleBytes(example.bytes)
        withExtendedLifetime(bytes) {
            var trusted = TrustedReader(bytes, at: 0)
            let same = trusted.readS32()
            #expect(same == example.value)
        }
    }

    @Test func unusedBitsOfSignedNumbersMustEqualTheSign() {
        for last: UInt8 in [0x70, 0x0F, 0x08] {
            let error = #expect(throws: ModuleError.self) {
                try withReader([0x80, 0x80, 0x80, 0x80, last]) { r throws(ModuleError) in try r.readS32() }
            }
            #expect(error?.message == "integer too large")
        }
    }

    @Test func longNumbersReadToTheLastBit() throws {
        let signed = try withReader(Array(repeating: 0x80, count: 9) + [0x7F]) { r throws(ModuleError) in
            try r.readS64()
        }
        #expect(signed == .min)
        let unsigned = try withReader(Array(repeating: 0xFF, count: 9) + [0x01]) { r throws(ModuleError) in
            try r.readU64()
        }
        #expect(unsigned == .max)
    }

    @Test func textMustBeUTF8() {
        func isValid(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { isValidUTF8($0) } }
        #expect(isValid(Array("aé€😀".utf8)))
        for bad: [UInt8] in [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFE],
        ] { #expect(!isValid(bad)) }
        let export = ModuleBuilder().vector(.memory, [[0, 0]]).vector(.export, [[1, 0xFF, 2, 0]])
        #expect(export.error()?.message == "malformed UTF-8 encoding")
    }

    @Test func exportNamesAreUnique() {
        for count in [2, 40] {
            let names = (0..<count - 1).map { "n\($0)" } + ["n0"]
            let module = ModuleBuilder().vector(.memory, [[0, 0]])
                .vector(.export, names.map { wasmName($0) + [2, 0] })
            #expect(module.error()?.message == "duplicate export name \"n0\"")
        }
        // Names that only look alike are different.
        let lookalike = ModuleBuilder().vector(.memory, [[0, 0]])
            .vector(.export, ["\u{E9}", "e\u{301}"].map { wasmName($0) + [2, 0] })
        #expect(lookalike.error() == nil)
        let many = ModuleBuilder().vector(.memory, [[0, 0]])
            .vector(.export, (["\u{E9}", "e\u{301}"] + (0..<20).map { "x\($0)" }).map { wasmName($0) + [2, 0] })
        #expect(many.error() == nil)
    }

    @Test func hugeCountsFailBeforeAnythingIsReserved() {
        for id in [SectionID.type, .import, .function, .table, .memory, .global, .export, .element, .data] {
            let error = ModuleBuilder().section(id, [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]).error()
            #expect(error?.category == .limit || error?.category == .malformed)
        }
        #expect(ModuleBuilder().section(.export, [0xA0, 0x8D, 0x06]).error()?.category == .malformed)
    }

    @Test func localsAreLimitedWithoutBeingExpanded() {
        let module = ModuleBuilder.function(locals: [1, 0xFF, 0xFF, 0xFF, 0x7F, 0x7F], [])
        #expect(module.error()?.category == .limit)
        #expect(module.error()?.functionIndex == 0)
        let twice = ModuleBuilder.function(locals: [2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x7F, 1, 0x7F], [])
        #expect(twice.error()?.message == "too many locals")
    }

    @Test func memoriesHaveBounds() {
        func memory(_ bytes: [UInt8]) -> ModuleError? { ModuleBuilder().vector(.memory, [bytes]).error() }
        #expect(memory([1, 2, 1])?.message == "size minimum must not be greater than maximum")
        #expect(
            memory([0, 0x81, 0x80, 0x04])?.message.hasPrefix("memory size must be at most 65536 pages (4GiB)") == true)
        #expect(memory([2, 1])?.message == "shared memory must have maximum")
        #expect(memory([3, 1, 2]) == nil)
        #expect(memory([8, 1, 0]) == nil)
        #expect(memory([8, 1, 16]) == nil)
        #expect(memory([8, 1, 12])?.message == "invalid custom page size")
        #expect(memory([4, 0x81, 0x80, 0x04]) == nil)
        #expect(memory([16, 1])?.message == "malformed limits flags")
    }

    @Test func featuresThatAreOffAreRefused() {
        let vector = ModuleBuilder.function([0xFD, 12] + Array(repeating: 0, count: 16) + [0x1A])
        #expect(vector.error() == nil)
        let error = vector.error(features: Features.all.subtracting(Features(.simd)))
        #expect(error?.category == .unsupported)
        #expect(error?.message == "simd is not enabled")
        let two = ModuleBuilder().vector(.memory, [[0, 0], [0, 0]])
        #expect(
            two.error(features: Features.all.subtracting(Features(.multipleMemories)))?.message == "multiple memories")
    }

    @Test func constantExpressionsAreChecked() {
        func global(_ type: UInt8, _ code: [UInt8]) -> ModuleError? {
            ModuleBuilder().vector(.global, [[type, 0] + code + [0x0B]]).error()
        }
        #expect(global(0x7F, [0x41, 1, 0x41, 2, 0x6A]) == nil)
        #expect(global(0x7F, [0x41, 1, 0x41, 2, 0x6D])?.message.hasPrefix("constant expression required") == true)
        #expect(global(0x7F, [0x42, 1])?.message.hasPrefix("type mismatch") == true)
        #expect(global(0x7F, [])?.message.hasPrefix("type mismatch") == true)
        #expect(global(0x7F, [0x23, 0])?.message.hasPrefix("unknown global") == true)
        #expect(global(0x7F, [0xFF])?.message.hasPrefix("illegal opcode ff") == true)
    }

    @Test func segmentsAreDecoded() throws {
        let module = try ModuleBuilder()
            .vector(.type, [[0x60, 0, 0]]).vector(.function, [[0], [0]]).vector(.table, [[0x70, 0, 4]])
            .vector(.memory, [[0, 1]])
            .vector(.element, [[0, 0x41, 1, 0x0B, 2, 0, 1], [5, 0x70, 1, 0xD0, 0x70, 0x0B], [3, 0, 0]])
            .section(.dataCount, [2])
            .code([[0, 0x0B], [0, 0x0B]])
            .vector(.data, [[0, 0x41, 8, 0x0B, 3, 1, 2, 3], [1, 1, 9]]).decode()
        #expect(module.elementSegments.map(\.items.count) == [2, 1, 0])
        #expect(module.elementSegments[0].items == .functions([0, 1]))
        #expect(module.elementSegments[1].mode == .passive)
        #expect(module.elementSegments[2].mode == .declarative)
        #expect(module.escapingFunctions.count == 2)
        #expect(module.dataSegments[0].bytes.map { module.bytes.base[$0] } == [1, 2, 3])
        guard case .active(0, let offset) = module.dataSegments[0].mode else {
            Issue.record("data segment 0 is not active")
            return
        }
        #expect(offset.instructions == [.i32Const(8)])
    }

    @Test func customSectionsAreKept() throws {
        let module = try ModuleBuilder().custom("a", [1]).vector(.type, []).custom("b", [2, 3]).decode()
        #expect(module.customSections.map(\.name) == ["a", "b"])
        #expect(module.customSections.map(\.bytes.count) == [1, 2])
        #expect(module.customSections.map(\.precedingSection) == [0, 1])
    }

    @Test func filesAreReadWhole() throws {
        #expect(throws: ModuleFileError.self) { try ModuleBytes.contents(ofFile: "/nonexistent/module.wasm") }
        #expect(throws: ModuleFileError.self) { try ModuleBytes.contents(ofFile: "/") }
    }
}
