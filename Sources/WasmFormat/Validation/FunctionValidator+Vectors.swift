// Operators behind 0xFD: nearly all are plain; some have lanes or memory arguments.

extension FunctionValidator {
    mutating func validateVector(_ opcode: Opcode) throws(ModuleError) {
        let info = opcode.info
        switch info.immediates {
        case .memoryArgument:
            let addressType = try readMemoryArgument(naturalAlignment: info.naturalAlignment)
            try applyPlain(info.signature, addressType: addressType)
        case .memoryArgumentLane:
            let addressType = try readMemoryArgument(naturalAlignment: info.naturalAlignment)
            try readLane(below: 16 >> info.naturalAlignment)
            try applyPlain(info.signature, addressType: addressType)
        case .lane:
            try readLane(below: laneCount(opcode))
            try applyPlain(info.signature)
        case .shuffle:
            for _ in 0..<16 { try readLane(below: 32) }
            try applyPlain(info.signature)
        case .v128Const:
            _ = try reader.readRange(16)
            try push(.v128)
        default:
            try applyPlain(info.signature)
        }
    }

    private mutating func readLane(below count: UInt8) throws(ModuleError) {
        let lane = try reader.readByte()
        guard lane < count else { throw invalid("invalid lane index \(lane)") }
    }

    private func laneCount(_ opcode: Opcode) -> UInt8 {
        switch opcode {
        case .i8x16ExtractLaneS, .i8x16ExtractLaneU, .i8x16ReplaceLane: 16
        case .i16x8ExtractLaneS, .i16x8ExtractLaneU, .i16x8ReplaceLane: 8
        case .i32x4ExtractLane, .i32x4ReplaceLane, .f32x4ExtractLane, .f32x4ReplaceLane: 4
        default: 2
        }
    }
}
