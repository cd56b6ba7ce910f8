// Bulk memory operations of few bytes, in line.
//
// No check is needed: all is read before anything is written, and the piece with the highest addresses is written first, so
// that whatever lies outside of the memory faults before the memory has changed.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat

extension Selector {
    private static var largestBulk: UInt64 { 128 }

    /// Selects `memory.copy` or `memory.fill` of few bytes in the guarded memory 0; false if it is no such call.
    mutating func selectBulk(_ call: CallInfo, _ builtin: Builtin) -> Bool {
        let arguments = graph.pointee.pool.base + Int(call.argumentStart)
        guard builtin == .memoryCopy || builtin == .memoryFill, isZero(arguments[0]),
            tables.memories[0].isBaseInRegister, isConstant(arguments[3])
        else { return false }
        let length = graph.pointee.nodes[arguments[3].position].bits
        guard length > 0, length <= Self.largestBulk else { return false }
        if builtin == .memoryFill, !isConstant(arguments[2]) { return false }
        guard allowance.allows(.bulk) else { return false }
        if builtin == .memoryCopy {
            copy(to: bulkAddress(arguments[1]), from: bulkAddress(arguments[2]), Int32(length))
        } else {
            let byte = UInt64(graph.pointee.nodes[arguments[2].position].a & 0xFF)
            fill(bulkAddress(arguments[1]), byte &* 0x0101_0101_0101_0101, Int32(length))
        }
        return true
    }

    private func isZero(_ value: Value) -> Bool { isConstant(value) && graph.pointee.nodes[value.position].bits == 0 }

    /// The address that an i64 made of an i32 means in memory 0.
    private mutating func bulkAddress(_ value: Value) -> Address {
        var address = Address()
        address.base = .memory
        address.node = node
        let index = graph.pointee.nodes[value.position]
        if index.kind == .constant, index.bits &+ Self.largestBulk <= UInt64(Int32.max) {
            address.displacement = Int32(index.bits)
        } else if index.kind == .pure, index.opcode == .i64ExtendI32U, canCover(value) {
            cover(value)
            address.indexRegister = register(Value(index.a))
        } else {
            address.indexRegister = register(value)
        }
        return address
    }

    /// The size of the piece that ends at `end` and where it begins; pieces may overlap those above them.
    private func piece(endingAt end: Int32, of length: Int32) -> (start: Int32, byteCount: Int32) {
        let byteCount: Int32 = length >= 16 ? 16 : length >= 8 ? 8 : length >= 4 ? 4 : length >= 2 ? 2 : 1
        return (max(0, end &- byteCount), byteCount)
    }

    private mutating func copy(to: Address, from: Address, _ length: Int32) {
        var pieces = InlineArray<9, VirtualRegister>(repeating: .none)
        var count = 0
        var end = length
        while end > 0 {
            let (start, byteCount) = piece(endingAt: end, of: length)
            var address = from
            address.displacement &+= start
            pieces[count] = newRegister(byteCount == 16 ? .v128 : byteCount == 8 ? .i64 : .i32)
            beginPiece(.load, .loadValue, byteCount)
            define(pieces[count])
            self.address(address)
            finish()
            count &+= 1
            end = start
        }
        count = 0
        end = length
        while end > 0 {
            let (start, byteCount) = piece(endingAt: end, of: length)
            var address = to
            address.displacement &+= start
            beginPiece(.store, .storeValue, byteCount)
            use(pieces[count])
            self.address(address)
            finish()
            count &+= 1
            end = start
        }
    }

    private mutating func beginPiece(_ integer: MachineOperation, _ vector: MachineOperation, _ byteCount: Int32) {
        if byteCount == 16 {
            begin(vector)
            current.payload = UInt32(MachineType.v128.rawValue)
        } else {
            begin(integer, OperandSize(rawValue: UInt8(byteCount.trailingZeroBitCount)).unsafelyUnwrapped)
        }
    }

    private mutating func fill(_ to: Address, _ pattern: UInt64, _ length: Int32) {
        var end = length
        while end > 0 {
            var (start, byteCount) = piece(endingAt: end, of: length)
            // No immediate has eight different bytes.
            if byteCount == 8, Int64(bitPattern: pattern) != Int64(Int32(truncatingIfNeeded: pattern)) {
                byteCount = 4
                start = max(0, end &- 4)
            }
            var address = to
            address.displacement &+= start
            if byteCount == 16 {
                let constant = constantRegister(pattern, pattern)
                beginPiece(.store, .storeValue, byteCount)
                use(constant)
            } else {
                beginPiece(.storeImmediate, .storeValue, byteCount)
                current.immediate = Int32(truncatingIfNeeded: pattern)
            }
            self.address(address)
            finish()
            end = start
        }
    }
}
