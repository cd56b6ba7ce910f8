import Testing

@testable import WasmFormat

@Suite struct ValidatorTests {
    private func message(_ code: [UInt8], type: [UInt8] = [0x60, 0, 0], locals: [UInt8] = [0]) -> String? {
        ModuleBuilder.function(type: type, locals: locals, code).error()?.message
    }

    @Test func plainOperatorsTakeAndLeaveTheirTypes() {
        #expect(message([0x41, 1, 0x41, 2, 0x6A, 0x1A]) == nil)
        #expect(message([0x41, 1, 0x42, 2, 0x6A, 0x1A]) == "type mismatch: expected i32, found i64")
        #expect(message([0x41, 1, 0x6A, 0x1A]) == "type mismatch: expected i32, found nothing")
        // i64.add128
        #expect(message([0x42, 0, 0x42, 0, 0x42, 0, 0x42, 0, 0xFC, 19, 0x1A, 0x1A]) == nil)
    }

    @Test func everyPlainOperatorAcceptsItsOperands() {
        for opcode in Opcode.allCases where opcode.info.signature.isPlain {
            let info = opcode.info
            var code: [UInt8] = []
            for operand in info.signature.operands() {
                switch operand.kind {
                case .i32: code += [0x41, 0]
                case .i64: code += [0x42, 0]
                case .f32: code += [0x43, 0, 0, 0, 0]
                case .f64: code += [0x44, 0, 0, 0, 0, 0, 0, 0, 0]
                case .v128: code += [0xFD, 12] + Array(repeating: 0, count: 16)
                case .ref: Issue.record("plain operators have no references")
                }
            }
            code += opcode.page == .single ? [UInt8(opcode.code)] : [opcode.page.rawValue] + leb(Int(opcode.code))
            switch info.immediates {
            case .memoryArgument: code += [info.naturalAlignment, 0]
            case .memoryArgumentLane: code += [info.naturalAlignment, 0, 0]
            case .lane, .fence, .i32Const, .i64Const, .elementIndex, .dataIndex: code += [0]
            case .f32Const: code += [0, 0, 0, 0]
            case .f64Const: code += [0, 0, 0, 0, 0, 0, 0, 0]
            case .v128Const, .shuffle: code += Array(repeating: 0, count: 16)
            default: break
            }
            code += Array(repeating: 0x1A, count: info.signature.resultCount)
            let module = ModuleBuilder().vector(.type, [[0x60, 0, 0]]).vector(.function, [[0]]).vector(
                .memory, [[0, 1]]
            )
            .vector(.element, [[1, 0, 0]]).section(.dataCount, [1]).code([[0] + code + [0x0B]])
            .vector(.data, [[1, 0]])
            #expect(module.error() == nil, "\(opcode)")
        }
    }

    @Test func blocksKeepTheirResults() {
        #expect(message([0x02, 0x7F, 0x41, 1, 0x0B, 0x1A]) == nil)
        #expect(message([0x02, 0x7F, 0x0B, 0x1A])?.hasPrefix("type mismatch") == true)
        #expect(message([0x02, 0x40, 0x41, 1, 0x0B])?.hasPrefix("type mismatch") == true)
        // if without else must not change the stack
        #expect(message([0x41, 1, 0x04, 0x7F, 0x41, 1, 0x0B, 0x1A])?.hasPrefix("type mismatch") == true)
        #expect(message([0x41, 1, 0x04, 0x7F, 0x41, 1, 0x05, 0x41, 2, 0x0B, 0x1A]) == nil)
        #expect(message([0x05])?.hasPrefix("illegal opcode 05") == true)
    }

    @Test func unreachableCodeTakesAnything() {
        #expect(message([0x00, 0x6A, 0x1A]) == nil)
        #expect(message([0x00, 0x42, 0, 0x6A, 0x1A])?.hasPrefix("type mismatch") == true)
        #expect(message([0x0F, 0x1B, 0x1A]) == nil)
        #expect(message([0x00, 0xD1, 0x1A]) == nil)
    }

    @Test func labelsMustExist() {
        #expect(message([0x0C, 0]) == nil)
        #expect(message([0x0C, 1]) == "unknown label 1")
        #expect(message([0x41, 0, 0x0E, 1, 0, 2]) == "unknown label 2")
        // A table that claims more labels than bytes remain.
        #expect(message([0x41, 0, 0x0E, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0])?.hasPrefix("unexpected end") == true)
    }

    @Test func bodiesEndWithTheirLastEnd() {
        let open = ModuleBuilder().vector(.type, [[0x60, 0, 0]]).vector(.function, [[0], [0]])
            .code([[0, 0x02, 0x40, 0x0B], [0, 0x0B]])
        #expect(open.error()?.message == "END opcode expected")
        #expect(message([0x0B])?.hasPrefix("section size mismatch") == true)
        let last = ModuleBuilder().vector(.type, [[0x60, 0, 0]]).vector(.function, [[0]]).code([[0, 0x02, 0x40, 0x0B]])
        #expect(last.error()?.message == "unexpected end of section or function")
    }

    @Test func memoryArgumentsAreChecked() {
        #expect(message([0x41, 0, 0x28, 3, 0, 0x1A]) == "alignment must not be larger than natural")
        #expect(message([0x41, 0, 0x28, 0x42, 1, 0, 0x1A]) == "unknown memory 1")
        #expect(message([0x41, 0, 0x28, 0x42, 0, 0, 0x1A]) == nil)
        #expect(message([0x41, 0, 0x28, 0x80, 1, 0, 0x1A]) == "malformed memop flags")
        #expect(message([0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x10, 0x1A]) == "offset out of range")
        #expect(message([0x41, 0, 0xFE, 0x10, 1, 0, 0x1A])?.hasPrefix("atomic alignment") == true)
    }

    @Test func referencesWithoutDefaultMustBeSetFirst() {
        // (func (param (ref func)) (local (ref func)))
        let type: [UInt8] = [0x60, 1, 0x64, 0x70, 0]
        let locals: [UInt8] = [1, 1, 0x64, 0x70]
        #expect(message([0x20, 1, 0x1A], type: type, locals: locals) == "uninitialized local 1")
        #expect(message([0x20, 0, 0x21, 1, 0x20, 1, 0x1A], type: type, locals: locals) == nil)
        #expect(
            message([0x02, 0x40, 0x20, 0, 0x21, 1, 0x0B, 0x20, 1, 0x1A], type: type, locals: locals)
                == "uninitialized local 1")
        #expect(
            message([0x41, 0, 0x04, 0x40, 0x20, 0, 0x21, 1, 0x05, 0x20, 1, 0x1A, 0x0B], type: type, locals: locals)
                == "uninitialized local 1")
    }

    @Test func functionReferencesMustBeDeclared() {
        #expect(message([0xD2, 0, 0x1A]) == "undeclared function reference")
        #expect(message([0xD2, 1, 0x1A]) == "unknown function 1")
    }

    @Test func dataOperatorsNeedTheDataCount() {
        #expect(message([0xFC, 9, 0]) == "data count section required")
    }

    @Test func errorsNameOffsetAndFunction() throws {
        let module = ModuleBuilder().vector(.type, [[0x60, 0, 0]])
            .vector(.import, [wasmName("m") + wasmName("f") + [0, 0]]).vector(.function, [[0], [0]])
            .code([[0, 0x0B], [0, 0x01, 0x6A, 0x0B]])
        let error = try #require(module.error())
        #expect(error.functionIndex == 2)
        #expect(error.offset == module.bytes.count - 2)
        #expect(error.category == .invalid)
        #expect("\(error)".contains("in function 2"))
    }

    @Test func theLowestErrorWinsWithAnyNumberOfThreads() throws {
        // 400,000 bytes of code, so that several threads start; two functions are wrong.
        var bodies = Array(repeating: [UInt8(0)] + Array(repeating: 0x01, count: 400) + [0x0B], count: 1000)
        bodies[700] = [0, 0x1A, 0x0B]
        bodies[400] = [0, 0x41, 0, 0x0B]
        let module = ModuleBuilder().vector(.type, [[0x60, 0, 0]])
            .vector(.function, Array(repeating: [0], count: 1000)).code(bodies)
        let single = try #require(module.error(jobs: 1))
        #expect(single.functionIndex == 400)
        for jobs in 2...4 {
            for _ in 0..<5 { #expect(module.error(jobs: jobs) == single) }
        }
    }

    @Test func validatorsAreReusableAfterErrors() throws {
        let module = try ModuleBuilder().vector(.type, [[0x60, 0, 0]]).vector(.function, [[0], [0]])
            .code([[0, 0x02, 0x40, 0x41, 0, 0x6A, 0x0B, 0x0B], [0, 0x01, 0x0B]]).decode()
        var validator = FunctionValidator(module)
        for _ in 0..<3 {
            do throws(ModuleError) {
                try validator.validate(0)
                Issue.record("function 0 is invalid")
            } catch {
                #expect(error.functionIndex == 0)
            }
            try validator.validate(1)
        }
    }

    @Test func deepNestingCostsNoStack() {
        let depth = 200_000
        let code = Array(repeating: [UInt8](arrayLiteral: 0x02, 0x40), count: depth).flatMap { $0 }
        #expect(message(code + Array(repeating: 0x0B, count: depth)) == nil)
    }

    @Test func operandStackIsBounded() {
        // Each call leaves 1000 values.
        let type: [UInt8] = [0x60, 0] + leb(1000) + Array(repeating: 0x7F, count: 1000)
        let module = ModuleBuilder.function(
            type: type, Array(repeating: [UInt8](arrayLiteral: 0x10, 0), count: 10_000).flatMap { $0 })
        #expect(module.error()?.category == .limit)
    }

    @Test func skippingImmediatesReachesTheEndOfEveryBody() throws {
        for bytes in MutationTests.fixtures {
            let module = try WasmModule.decode(ModuleBytes(bytes))
            for body in module.bodies {
                var reader = TrustedReader(module.bytes, at: body.codeOffset)
                var last = Opcode.nop
                while reader.offset < body.bytes.upperBound {
                    last = reader.readOpcode()
                    reader.skipImmediates(of: last)
                }
                #expect(reader.offset == body.bytes.upperBound && last == .end)
            }
        }
    }

    @Test func unreachableAggregatesOfManyFieldsCostNoTime() {
        // A structure of 9,000 fields, made 400,000 times in unreachable code: seconds if each field were looked at.
        let structure: [UInt8] =
            [0x5F] + leb(9000) + Array(repeating: [UInt8](arrayLiteral: 0x7F, 0), count: 9000).flatMap { $0 }
        let code =
            [UInt8](arrayLiteral: 0x00)
            + Array(repeating: [UInt8](arrayLiteral: 0xFB, 0, 1, 0x1A), count: 400_000).flatMap { $0 }
        let module = ModuleBuilder().vector(.type, [[0x60, 0, 0], structure]).vector(.function, [[0]]).code([
            [0] + code + [0x0B]
        ])
        #expect(module.error() == nil)
    }

    @Test func legacyExceptionsAreUnsupported() {
        #expect(ModuleBuilder.function([0x06, 0x40, 0x0B]).error()?.category == .unsupported)
    }

    @Test func castsAndHandlersAreChecked() {
        let anyref: [UInt8] = [0x60, 1, 0x6E, 0]
        // br_on_cast to a type that is no subtype
        #expect(message([0xFB, 24, 3, 0, 0x6D, 0x6E], type: anyref)?.hasPrefix("type mismatch") == true)
        #expect(message([0x20, 0, 0xFB, 20, 0x6D, 0x1A], type: anyref) == nil)
        #expect(message([0x20, 0, 0xFB, 20, 0x70, 0x1A], type: anyref)?.hasPrefix("type mismatch") == true)
        // try_table with catch_all to the function's label
        #expect(message([0x1F, 0x40, 1, 2, 0, 0x0B]) == nil)
        #expect(message([0x1F, 0x40, 1, 3, 0, 0x0B])?.hasPrefix("type mismatch") == true)
        #expect(message([0x1F, 0x40, 1, 0, 0, 0, 0x0B]) == "unknown tag 0")
    }
}
