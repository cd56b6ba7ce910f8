import TerraceABI
import TerraceCompilation
import Testing

/// The frame's layout is what one tier's code hands to another's, so its offsets are written down here.
@Suite struct FrameLayoutTests {
    @Test func localsStandInIndexOrderBelowTheInstance() {
        var layout = FrameLayout()
        #expect(layout.byteCount == 8)
        #expect(layout.addLocal(.i32) == -16)
        #expect(layout.addLocal(.v128) == -32)
        #expect(layout.addLocal(.f32) == -40)
        #expect(layout.addLocal(.ref) == -48)
        #expect(layout.addResultsArea() == -56)
        #expect(layout.byteCount == 56)
    }

    @Test func aMemoryThatIsNotCheckedIsReservedAsFarAsAnAccessReaches() {
        #expect(MemoryGuard.reachableBytes <= MemoryGuard.reservedBytes)
    }

    @Test func builtinsTakeNoMoreOperandsThanThereAreRegistersForThem() {
        for builtin in Builtin.allCases {
            #expect(builtin.row.operands.count <= 5, "\(builtin)")
            #expect(builtin.row.operands.allSatisfy { $0.isGeneral }, "\(builtin)")
        }
    }
}
