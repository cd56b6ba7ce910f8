import TerraceABI
import TerraceCompilation
import Testing

/// The frame's layout is what one tier's code hands to another's, so its offsets are written down here.
@Suite struct FrameLayoutTests {
    @Test func localsStandInIndexOrderBelowTheHeader() {
        var layout = FrameLayout()
        #expect(layout.byteCount == 32)
        #expect(layout.addLocal(.i32) == -40)
        #expect(layout.addLocal(.v128) == -56)
        #expect(layout.addLocal(.f32) == -64)
        #expect(layout.addLocal(.ref) == -72)
        #expect(layout.addResultsArea() == -80)
        #expect(layout.byteCount == 80)
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
