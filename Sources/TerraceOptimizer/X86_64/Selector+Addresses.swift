// Addresses: which parts of an index become base, scale and displacement, and which loads become operands.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat

extension Selector {
    // MARK: constants

    @inline(__always) func isConstant(_ value: Value) -> Bool {
        graph.pointee.nodes[value.position].kind == .constant
    }

    /// A constant that fits an instruction's immediate, which is sign-extended to the size of its operands.
    @inline(__always) func immediate(_ value: Value) -> Int32? {
        let node = graph.pointee.nodes[value.position]
        guard node.kind == .constant else { return nil }
        if node.type == .i32 { return Int32(bitPattern: node.a) }
        let bits = Int64(bitPattern: node.bits)
        return bits == Int64(Int32(truncatingIfNeeded: bits)) ? Int32(truncatingIfNeeded: bits) : nil
    }

    // MARK: widths

    /// So many low bits of a value may be other than 0.
    func upperBits(_ value: Value, depth: Int = 4) -> Int {
        let node = graph.pointee.nodes[value.position]
        let width = node.type == .i32 ? 32 : 64
        switch node.kind {
        case .constant: return 64 &- (node.type == .i32 ? UInt64(node.a) : node.bits).leadingZeroBitCount
        case .load, .loadAbsolute:
            switch node.opcode {
            case .i32Load8U, .i64Load8U: return 8
            case .i32Load16U, .i64Load16U: return 16
            case .i64Load32U: return 32
            default: return width
            }
        case .memorySize:
            // At most 2^32 bytes, in pages.
            return node.type == .i32 ? min(32, 33 &- Int(tables.memories[Int(node.a)].pageSizeLog2)) : width
        case .pure:
            if depth == 0 { return width }
            switch node.opcode {
            case .i32And, .i64And:
                return min(upperBits(Value(node.a), depth: depth &- 1), upperBits(Value(node.b), depth: depth &- 1))
            case .i32Or, .i64Or, .i32Xor, .i64Xor:
                return max(upperBits(Value(node.a), depth: depth &- 1), upperBits(Value(node.b), depth: depth &- 1))
            case .i32Add, .i64Add:
                let most = max(
                    upperBits(Value(node.a), depth: depth &- 1), upperBits(Value(node.b), depth: depth &- 1))
                return min(width, most &+ 1)
            case .i32ShrU, .i64ShrU:
                guard let count = immediate(Value(node.b)) else { return width }
                return max(0, upperBits(Value(node.a), depth: depth &- 1) &- Int(count) & (width &- 1))
            case .i32Shl, .i64Shl:
                guard let count = immediate(Value(node.b)) else { return width }
                return min(width, upperBits(Value(node.a), depth: depth &- 1) &+ Int(count) & (width &- 1))
            case .i64ExtendI32U: return upperBits(Value(node.a), depth: depth &- 1)
            case .i32WrapI64: return min(32, upperBits(Value(node.a), depth: depth &- 1))
            case .select, .selectTyped:
                return max(upperBits(Value(node.a), depth: depth &- 1), upperBits(Value(node.b), depth: depth &- 1))
            case .i32DivU, .i64DivU: return upperBits(Value(node.a), depth: depth &- 1)
            case .i32Clz, .i32Ctz, .i32Popcnt: return 6
            case .i64Clz, .i64Ctz, .i64Popcnt: return 7
            case .i32Eqz, .i64Eqz, .refIsNull, .refEq: return 1
            default: return IntegerComparisons.condition(node.opcode) != nil ? 1 : width
            }
        default: return width
        }
    }

    // MARK: addresses

    /// The address that a load or store accesses. May emit instructions in front of the one that is to have it.
    mutating func memoryAddress(_ access: Value) -> Address {
        let node = graph.pointee.nodes[access.position]
        var address: Address
        if node.kind == .load || node.kind == .store {
            address = guardedAddress(Value(node.a), node.b)
        } else {
            address = absoluteAddress(Value(node.a))
            address.displacement = Int32(bitPattern: node.b)
        }
        address.node = access
        return address
    }

    /// Memory 0: the memory base, a 32-bit index and an offset.
    private mutating func guardedAddress(_ index: Value, _ offset: UInt32) -> Address {
        var address = Address()
        address.base = .memory
        var index = index
        var offset = UInt64(offset)
        while true {
            let node = graph.pointee.nodes[index.position]
            if node.kind == .constant {
                let place = offset &+ UInt64(node.a)
                if place <= UInt64(Int32.max) {
                    address.displacement = Int32(place)
                    return address
                }
                break
            }
            guard node.kind == .pure, blockOfNode[index.position] == block else { break }
            if node.opcode == .i32Add, let addend = immediate(Value(node.b)), addend >= 0,
                offset &+ UInt64(addend) <= UInt64(Int32.max),
                1 << UInt64(upperBits(Value(node.a))) &+ UInt64(addend) <= 1 << 32
            {
                takePart(index)
                index = Value(node.a)
                offset &+= UInt64(addend)
                continue
            }
            if node.opcode == .i32Shl, let count = immediate(Value(node.b)), count >= 1, count <= 3,
                upperBits(Value(node.a)) &+ Int(count) <= 32
            {
                takePart(index)
                index = Value(node.a)
                address.scaleLog2 = UInt8(count)
            } else if let scaled = scaledField(index, node), offset <= UInt64(Int32.max) {
                address.indexRegister = scaled.register
                address.scaleLog2 = scaled.scaleLog2
                address.displacement = Int32(offset)
                return address
            }
            break
        }
        if offset <= UInt64(Int32.max) {
            address.indexRegister = register(index)
            address.displacement = Int32(offset)
            return address
        }
        let sum = newRegister(.i64)
        let source = register(index)
        begin(.addUnsigned, .qword)
        define(sum)
        use(source)
        current.immediate = Int32(truncatingIfNeeded: offset)
        finish()
        address.indexRegister = sum
        return address
    }

    /// Of `x >> s & m`, where the mask only clears the lowest few bits: `x` shifted further, and the scale that shifts it back.
    private mutating func scaledField(_ index: Value, _ node: Node) -> (register: VirtualRegister, scaleLog2: UInt8)? {
        guard node.opcode == .i32And, isConstant(Value(node.b)), canCover(index), canCover(Value(node.a)) else {
            return nil
        }
        let mask = graph.pointee.nodes[Int(node.b)].a
        let shift = graph.pointee.nodes[Int(node.a)]
        let scale = mask.trailingZeroBitCount
        guard shift.kind == .pure, shift.opcode == .i32ShrU, let count = immediate(Value(shift.b)),
            scale >= 1, scale <= 3, count >= 1, Int(count) &+ scale < 32,
            mask == UInt32.max >> UInt32(count) & ~((1 << UInt32(scale)) &- 1), allowance.allows(.addresses)
        else { return nil }
        cover(index)
        cover(Value(node.a))
        let result = newRegister(.i32)
        let source = register(Value(shift.a))
        begin(.shiftImmediate, .dword)
        define(result, hint: 1)
        current.payload = UInt32(ShiftOperation.shr.rawValue)
        current.immediate = count &+ Int32(scale)
        use(source)
        finish()
        return (result, UInt8(scale))
    }

    /// Any other memory: 64-bit sums.
    private mutating func absoluteAddress(_ sum: Value) -> Address {
        var address = Address()
        address.base = .register
        let node = graph.pointee.nodes[sum.position]
        if node.kind == .pure, node.opcode == .i64Add, blockOfNode[sum.position] == block, !isConstant(Value(node.b)) {
            takePart(sum)
            address.baseRegister = register(Value(node.a))
            address.indexRegister = register(Value(node.b))
        } else {
            address.baseRegister = register(sum)
        }
        return address
    }

    /// A part of an address is free, so it is made again for each of its users; with one, it is covered.
    @inline(__always) private mutating func takePart(_ value: Value) { if canCover(value) { cover(value) } }

    // MARK: loads as operands

    /// Covers a load of exactly `size` bytes that may become an operand of the present node, and returns its address.
    @inline(__always) mutating func coverableLoad(_ value: Value, _ size: OperandSize) -> Address? {
        let node = graph.pointee.nodes[value.position]
        switch node.kind {
        case .load, .loadAbsolute:
            guard node.opcode == (size == .qword ? .i64Load : .i32Load), size.rawValue >= OperandSize.dword.rawValue
            else { return nil }
        case .globalGet:
            guard node.type == (size == .qword ? .i64 : .i32), !tables.globals[Int(node.a)].isIndirect else {
                return nil
            }
        default: return nil
        }
        return canCoverLoad(value) ? takeLoad(value) : nil
    }

    /// Covers a load (or the read of a global), and returns its address.
    @inline(__always) mutating func takeLoad(_ value: Value) -> Address {
        cover(value)
        let node = graph.pointee.nodes[value.position]
        return node.kind == .globalGet ? globalAddress(node.a) : memoryAddress(value)
    }

    /// The place of a global that the instance itself holds.
    @inline(__always) func globalAddress(_ index: UInt32) -> Address {
        var address = Address()
        address.base = .instance
        address.displacement = tables.globals[Int(index)].offset
        return address
    }
}
