import Testing

@testable import WasmFormat

@Suite struct OpcodeTests {
    @Test func everyOperatorHasItsRow() {
        for (ordinal, opcode) in Opcode.allCases.enumerated() {
            #expect(opcode.ordinal == ordinal)
            #expect(opcode.info.opcode == opcode)
            #expect(opcode.rawValue < opcode.page.base + UInt16(opcode.page.capacity))
        }
        #expect(Opcode.allCases.count == Opcode.count)
    }

    @Test func pagesDoNotOverlap() {
        let pages = OpcodePage.allCases.sorted { $0.base < $1.base }
        for (page, next) in zip(pages, pages.dropFirst()) { #expect(page.base + UInt16(page.capacity) <= next.base) }
    }

    @Test func effectsFollowFromEachOther() {
        for opcode in Opcode.allCases {
            let info = opcode.info
            if info.effects.contains(.callsIndirectly) { #expect(info.effects.isSuperset(of: [.callsOut, .mayTrap])) }
            // What accesses a memory can miss it.
            switch info.immediates {
            case .memoryArgument, .memoryArgumentLane: #expect(info.effects.contains(.mayTrap))
            default: break
            }
        }
        let sites = Opcode.allCases.filter { $0.info.effects.contains(.callsIndirectly) }
        #expect(sites == [.callIndirect, .returnCallIndirect, .callRef, .returnCallRef])
    }

    @Test func everyOperatorIsDecodedFromItsPageAndCode() {
        for opcode in Opcode.allCases {
            #expect(opcode.page.base + UInt16(opcode.code) == opcode.rawValue)
            #expect(Opcode.decode(opcode.page, opcode.code) == opcode)
            #expect(Opcode(rawValue: opcode.rawValue) == opcode)
            if opcode.page == .single { #expect(Opcode.decode(UInt8(opcode.code)) == opcode) }
        }
    }

    @Test func unusedCodesDecodeToNothing() {
        let used = Set(Opcode.allCases.map(\.rawValue))
        for page in OpcodePage.allCases {
            for code in UInt32(0)..<300 where !(page == .single && code > 255) {
                let isUsed =
                    used.contains(page.base &+ UInt16(code)) && (page != .single || code < 256)
                    && (page == .vector || code < 256)
                #expect((Opcode.decode(page, code) != nil) == isUsed)
            }
            #expect(Opcode.decode(page, UInt32.max) == nil)
        }
    }

    @Test func caseNamesFollowTextNames() {
        let exceptions: [Opcode: String] = [
            .selectTyped: "selectTyped", .refTestNull: "refTestNull", .refCastNull: "refCastNull",
        ]
        for opcode in Opcode.allCases {
            var expected = ""
            var capital = false
            for character in opcode.textName {
                if character == "." || character == "_" || character == "/" {
                    capital = true
                } else {
                    expected += capital ? String(character).uppercased() : String(character)
                    capital = false
                }
            }
            #expect("\(opcode)" == exceptions[opcode] ?? expected)
        }
    }

    @Test func vectorPageHoldsAllVectorOperators() {
        let vector = Opcode.allCases.filter { $0.page == .vector }
        #expect(vector.count { $0.info.feature == .simd } == 236)
        #expect(vector.count { $0.info.feature == .relaxedSIMD } == 20)
    }

    @Test func signaturesUnpack() {
        #expect(Opcode.i32Add.info.signature.operands() == [.i32, .i32])
        #expect(Opcode.i32Add.info.signature.results == [.i32])
        #expect(Opcode.f64Store.info.signature.operands(addressType: .i64) == [.i64, .f64])
        #expect(Opcode.i64Add128.info.signature.results == [.i64, .i64])
        #expect(Opcode.v128Load16Lane.info.naturalAlignment == 1)
        #expect(!Opcode.call.info.signature.isPlain)
    }
}
