// Places of values as one word.

import Testing

@testable import TerraceOptimizer

@Suite struct LocationTests {
    @Test(arguments: [Int32(0), -8, -40, 16, 24, 1 << 29, -(1 << 29)])
    func slotsKeepTheirOffsets(_ offset: Int32) {
        let location = Location.slot(offset)
        #expect(location.offset == offset)
        #expect(location.isSlot)
        #expect(!location.isRegister)
        #expect(location != .none && location != .constant)
    }

    @Test func registersKeepTheirNumbersAndClasses() {
        for number in UInt8(0)..<32 {
            let general = Location.register(.general, number)
            let vector = Location.register(.vector, number)
            #expect(general == .general(number) && vector == .vector(number))
            #expect(general.number == number && vector.number == number)
            #expect(general.isRegister && vector.isRegister)
            #expect(!general.isVector && vector.isVector)
            #expect(!general.isSlot && !vector.isSlot)
        }
    }
}
