// The fields of instructions that the linker fills in: whole bytes, lowest first.

enum LinkedField {
    /// 32 bits, relative to the field. Both ends lie in the reservation, which is no larger than a displacement reaches.
    @inline(__always)
    static func storeDistance(to target: UInt, from address: UInt, _ addend: Int32, in field: UnsafeMutableRawPointer) {
        let distance = Int(bitPattern: target &- address) &+ Int(addend)
        field.storeBytes(of: Int32(distance), as: Int32.self)
    }

    /// 32 bits, absolute.
    @inline(__always)
    static func store(_ value: Int32, in field: UnsafeMutableRawPointer) {
        field.storeBytes(of: value, as: Int32.self)
    }

    /// 64 bits, absolute.
    @inline(__always)
    static func store(_ address: UInt, _ addend: Int32, in field: UnsafeMutableRawPointer) {
        field.storeBytes(of: address &+ UInt(bitPattern: Int(addend)), as: UInt.self)
    }
}
