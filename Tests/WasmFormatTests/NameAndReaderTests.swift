import Testing

@testable import WasmFormat

@Suite struct NameSectionTests {
    private func names(_ parts: [[UInt8]]) throws -> WasmModule {
        try ModuleBuilder.function([]).custom("name", parts.flatMap { $0 }).decode()
    }

    private func part(_ id: UInt8, _ contents: [UInt8]) -> [UInt8] { [id] + leb(contents.count) + contents }

    @Test func namesAreRead() throws {
        let module = try names([
            part(0, wasmName("calc")), part(1, [1, 0] + wasmName("run")),
            part(2, [1, 0, 2, 0] + wasmName("x") + [1] + wasmName("y")),
        ])
        #expect(module.moduleName == "calc")
        #expect(module.functionName(0) == "run")
        #expect(module.functionName(1) == nil)
        #expect(module.localName(1, ofFunction: 0) == "y")
    }

    @Test func malformedNamesAreLeftOut() throws {
        let module = try names([part(0, [5, 0x61]), part(1, [1, 0] + wasmName("run")), [1, 0xFF]])
        #expect(module.moduleName == nil)
        #expect(module.functionName(0) == "run")
        #expect(try ModuleBuilder().decode().moduleName == nil)
    }
}

@Suite struct TrustedReaderTests {
    @Test func operatorsAndImmediatesAreRead() {
        let bytes: [UInt8] = [
            0x6A, 0xFD, 0x93, 0x02, 0x28, 0x42, 3, 0x80, 0x01, 0x02, 0x40, 0x02, 0x7E, 0x02, 0x05, 0x02, 0x64, 0x6E,
            0x02,
            0x80, 0x01, 0x44, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F,
        ]
        let module = ModuleBytes(bytes)
        defer { withExtendedLifetime(module) {} }
        var reader = TrustedReader(module, at: 0)
        let opcodes = [reader.readOpcode(), reader.readOpcode(), reader.readOpcode()]
        #expect(opcodes == [.i32Add, .i32x4RelaxedDotI8x16I7x16AddS, .i32Load])
        let argument = reader.readMemoryArgument()
        #expect(argument == MemoryArgument(alignment: 2, memory: 3, offset: 128))
        var blocks: [BlockType] = []
        for _ in 0..<5 {
            _ = reader.readOpcode()
            blocks.append(reader.readBlockType())
        }
        #expect(
            blocks == [
                .empty, .value(.i64), .function(typeIndex: 5), .value(.ref(.any, nullable: false)),
                .function(typeIndex: 128),
            ])
        let last = reader.readOpcode()
        #expect(last == .f64Const)
        let bits = reader.readF64Bits()
        #expect(Double(bitPattern: bits) == 1)
        #expect(reader.offset == bytes.count)
    }

    @Test func localDeclarationsAreNormalised() throws {
        let module = try ModuleBuilder().vector(.type, [[0x60, 0, 0], [0x60, 0, 0]]).vector(.function, [[1]])
            .code([[2, 3, 0x7E, 1, 0x63, 1, 0x0B]]).decode()
        #expect(
            module.localDeclarations(of: module.bodies[0]) == [
                LocalDeclaration(count: 3, type: .i64),
                LocalDeclaration(count: 1, type: .ref(.concrete(0), nullable: true)),
            ])
        #expect(module.bodies[0].code.count == 1)
    }
}
