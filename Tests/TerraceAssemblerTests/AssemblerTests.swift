// The assembler apart from encodings: growth, reuse, constants, relocations, data, operands, processor features.

import Testing

@testable import TerraceAssembler

@Suite struct AssemblerTests {
    private let kind = RelocationKind(rawValue: 9)

    @Test func codeGrowsPastItsInitialCapacity() {
        var a = Assembler(capacity: 256)
        for index: UInt64 in 0..<100_000 { a.movImmediate(.r10, 0x1234_5678_0000_0000 + index) }
        #expect(a.offset == 1_000_000)
        for index in 0..<100_000 {
            #expect(a.bytes.loadUnaligned(fromByteOffset: index * 10, as: UInt16.self) == 0xBA49)
            let value = a.bytes.loadUnaligned(fromByteOffset: index * 10 + 2, as: UInt64.self)
            #expect(value == 0x1234_5678_0000_0000 + UInt64(index))
        }
    }

    @Test func largeDataGrowsTheBuffer() {
        var a = Assembler(capacity: 256)
        let data = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        a.emit8(1)
        a.emitBytes(data)
        a.emitBytes([])
        a.align(to: 65536, with: .trap)
        a.nop(1000)
        a.ret()
        #expect(a.offset == 131_072 + 1001)
        #expect(a.bytes[1..<100_001].elementsEqual(data))
        #expect(a.bytes[100_001..<131_072].allSatisfy { $0 == 0xCC })
        #expect(a.bytes[132_072] == 0xC3)
    }

    @Test func resetKeepsTheMemoryAndForgetsEverythingElse() {
        var a = Assembler(capacity: 256)
        for round: UInt64 in 0..<3 {
            let label = a.newLabel()
            #expect(label.index == 0)
            for _ in 0..<1000 { a.jmp(label) }
            a.movsd(.xmm0, a.constant64(round))
            a.callRelative(kind, 1)
            a.bind(label)
            a.finish()
            #expect(a.relocations.count == 1)
            #expect(a.bytes.loadUnaligned(fromByteOffset: Int(a.offset) - 8, as: UInt64.self) == round)
            let base = a.bytes.baseAddress
            a.reset()
            #expect(a.offset == 0 && a.labelCount == 0 && a.relocations.isEmpty && a.bytes.baseAddress == base)
        }
    }

    @Test func equalConstantsShareAPlace() {
        var a = Assembler()
        a.movss(.xmm0, a.constant32(7))  // 8 bytes each
        a.movsd(.xmm1, a.constant64(7))
        a.movsd(.xmm2, a.constant64(7))
        a.sse(.andps, .xmm3, a.constant128(7, 0))  // 7 bytes
        a.sse(.roundsd, .xmm3, a.constant64(8), immediate: 3)  // 10 bytes, one behind the field
        a.ret()
        a.finish()
        // 42 bytes of code; then, largest first: the 16-byte constant at 48, 8-byte ones at 64 and 72, 4 bytes at 80.
        #expect(a.offset == 84)
        #expect(a.read32(at: 4) == 80 - 8)
        #expect(a.read32(at: 12) == 64 - 16)
        #expect(a.read32(at: 20) == 64 - 24)
        #expect(a.read32(at: 27) == 48 - 31)
        #expect(a.read32(at: 36) == 72 - 41)
        #expect(a.bytes[42..<48].allSatisfy { $0 == 0xCC })
        #expect(a.read32(at: 48) == 7 && a.read32(at: 64) == 7 && a.read32(at: 72) == 8 && a.read32(at: 80) == 7)
    }

    @Test func aPlacedConstantIsUsedAgain() {
        var a = Assembler()
        let constant = a.constant64(0x1122_3344_5566_7788)
        a.movsd(.xmm0, constant)
        a.emitConstantPool()
        #expect(a.offset == 16)
        a.movsd(.xmm0, constant)
        a.movsd(.xmm0, a.constant64(0x1122_3344_5566_7788))
        a.alu(.cmp, .dword, constant, immediate: 1)
        a.finish()
        #expect(a.offset == 39)
        #expect(a.read32(at: 4) == 0 && a.read32(at: 20) == -16 && a.read32(at: 28) == -24 && a.read32(at: 34) == -31)
    }

    @Test func manyConstantsAreKeptApart() {
        var a = Assembler()
        for round in 0..<2 {
            for value: UInt64 in 0..<5000 {
                a.movsd(.xmm0, a.constant64(value << 40 | value))
                a.movss(.xmm0, a.constant32(UInt32(value)))
                if round == 0 { a.sse(.pand, .xmm0, a.constant128(value, ~value)) }
            }
        }
        a.finish()
        for value in 0..<5000 {
            // 8 bytes each for movsd, movss and pand.
            let field = value * 24 + 4
            let place = Int(a.read32(at: Int32(field))) + field + 4
            let bits = a.bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            #expect(bits == UInt64(value) << 40 | UInt64(value))
            let wide = field + 16
            let widePlace = Int(a.read32(at: Int32(wide))) + wide + 4
            #expect(widePlace % 16 == 0)
            #expect(a.bytes.loadUnaligned(fromByteOffset: widePlace + 8, as: UInt64.self) == ~UInt64(value))
        }
        let code = 5000 * 24 + 5000 * 16
        #expect(Int(a.offset) == (code + 15) / 16 * 16 + 5000 * (16 + 8 + 4))
    }

    @Test func relocationsNameTheirFields() {
        var a = Assembler()
        a.callRelative(kind, 1)
        a.jmpRelative(kind, 2)
        a.jccRelative(.ne, kind, 3)
        a.call(.ripRelative(kind, 4))
        a.mov(.qword, .r8, .ripRelative(Relocation(kind: kind, payload: 5, addend: 4)))
        a.alu(.cmp, .dword, .ripRelative(kind, 6), immediate: 1)
        a.alu(.cmp, .dword, MemoryOperand(.rax, 16), relocated: kind, 7)
        a.alu(.cmp, .dword, .r9, relocated: kind, 8)
        a.movImmediate(.r9, relocated: kind, 9)
        a.movImmediate64(.r9, relocated: kind, 10, addend: 3)
        a.movImmediate(.rax, relocated: kind, 11)
        a.emit64(0)
        a.addRelocation(kind, 12, at: a.offset - 8, addend: 1)
        let fields = a.relocations.map { [Int($0.offset), Int($0.payload), Int($0.addend)] }
        #expect(
            fields == [
                [1, 1, -4], [6, 2, -4], [12, 3, -4], [18, 4, -4], [25, 5, 4], [31, 6, -5], [39, 7, 0], [46, 8, 0],
                [52, 9, 0], [58, 10, 3], [67, 11, 0], [71, 12, 1],
            ])
        #expect(a.relocations.allSatisfy { $0.kind == kind })
        #expect(
            hex(Array(a.bytes)[36...])
                == "81 78 10 00 00 00 00 41 81 f9 00 00 00 00 41 b9 00 00 00 00 49 b9 00 00 00 00 00 00 00 00 b8 00 00 00 00"
                + " 00 00 00 00 00 00 00 00")
    }

    @Test func aMemoryOperandKnowsItsParts() {
        for base in GeneralRegister.all {
            for displacement in MemorySample.displacements {
                let operand = MemoryOperand(base, displacement)
                #expect(operand.base == base && operand.index == nil && operand.displacement == displacement)
                #expect(operand.advanced(by: 8) == MemoryOperand(base, displacement &+ 8))
                for (index, scale) in [(GeneralRegister.rbp, 1), (.r12, 2), (.r13, 4), (.rdi, 8)] {
                    let operand = MemoryOperand(base, index, scale, displacement)
                    #expect(operand.base == base && operand.index == index && operand.scale == scale)
                    #expect(operand.displacement == displacement)
                    #expect(operand.advanced(by: -5) == MemoryOperand(base, index, scale, displacement &- 5))
                }
            }
        }
        let indexed = MemoryOperand(index: .r9, scale: 4, displacement: -3)
        #expect(indexed.base == nil && indexed.index == .r9 && indexed.scale == 4 && indexed.displacement == -3)
        #expect(MemoryOperand(absolute: 100).advanced(by: 1) == MemoryOperand(absolute: 101))
        #expect(
            MemoryOperand.ripRelative(kind, 3, addend: 4).advanced(by: -8) == .ripRelative(kind, 3, addend: -4))
    }

    @Test func conditionsInvertAndSwap() {
        for condition in Condition.allCases {
            #expect(condition.inverted.inverted == condition && condition.inverted != condition)
            #expect(condition.swapped.swapped == condition)
        }
        #expect(Condition.l.inverted == .ge && Condition.l.swapped == .g && Condition.b.swapped == .a)
        #expect(Condition.e.swapped == .e && Condition.p.inverted == .np)
    }

    @Test func theCatalogNamesEveryOperationOnce() {
        let names = VectorOperation.catalog.map(\.mnemonic)
        let operations = Set(VectorOperation.catalog.map(\.operation))
        #expect(operations.count == names.count)
        #expect(VectorOperation.pshufb.description == "pshufb")
        #expect(VectorOperation.catalog.allSatisfy { $0.hasLegacyForm || $0.hasVEXForm })
    }

    @Test func theHostHasWhatItsOwnInstructionsNeed() {
        let host = CPUFeatures.host
        #expect(!host.avx2 || host.avx)
        #expect(!host.fma || host.avx)
        #expect(!host.sse42 || host.sse41)
        #expect(host.has(.sse2) && host.has(.avx) == host.avx && host.has(.fma) == host.fma)
    }
}
