// The bytes of lazy thunks: written by hand, because there may be a million.

import TerraceCode

/// What the entry cell of a function without code points to: loads the function's index and goes to the lazy-compile stub.
enum LazyThunk {
    /// Bytes from one thunk to the next.
    static let stride = 16
    private static let farJumpBytes = 16

    /// Thunks of functions with consecutive indices. Behind them stands one jump to the shared stub, which all of them reach.
    static func bytes(indices: Range<Int>, stub: CodeAddress) -> [UInt8] {
        let jump = indices.count * stride
        return [UInt8](unsafeUninitializedCapacity: jump + farJumpBytes) { bytes, length in
            bytes.initialize(repeating: CodeSegment.trapByte)
            let base = UnsafeMutableRawPointer(bytes.baseAddress!)
            for number in 0..<indices.count {
                // mov r11d, index; jmp
                let thunk = base + number * stride
                thunk.storeBytes(of: 0xBB41, as: UInt16.self)
                (thunk + 2).storeBytes(of: UInt32(indices.lowerBound + number), as: UInt32.self)
                (thunk + 6).storeBytes(of: 0xE9, as: UInt8.self)
                (thunk + 7).storeBytes(of: Int32(jump - (number * stride + 11)), as: Int32.self)
            }
            // jmp [rip + 0]; the stub's address
            let far = base + jump
            far.storeBytes(of: 0x25FF, as: UInt16.self)
            (far + 2).storeBytes(of: 0, as: Int32.self)
            (far + 6).storeBytes(of: stub.rawValue, as: UInt.self)
            length = jump + farJumpBytes
        }
    }
}
