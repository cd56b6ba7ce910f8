// Operators behind 0xFD: nearly all are plain; some have lanes or memory arguments.

extension FunctionValidator {
    mutating func validateVector(_ row: UnsafePointer<OpcodeInfo>) throws(ModuleError) {
        var addressType = ValueType.i32
        switch row.pointee.immediates {
        case .memoryArgument: addressType = try readMemoryArgument(naturalAlignment: row.pointee.naturalAlignment)
        case .memoryArgumentLane:
            addressType = try readMemoryArgument(naturalAlignment: row.pointee.naturalAlignment)
            try readLane(below: row.pointee.laneCount)
        case .lane: try readLane(below: row.pointee.laneCount)
        case .shuffle: for _ in 0..<16 { try readLane(below: 32) }
        case .v128Const: _ = try reader.readRange(16)
        default: break
        }
        try applyPlain(row.pointee.signature, addressType: addressType)
    }

    private mutating func readLane(below count: UInt8) throws(ModuleError) {
        let lane = try reader.readByte()
        guard lane < count else { throw invalid("invalid lane index \(lane)") }
    }
}
