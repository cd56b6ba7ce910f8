// What is known to stand in memory: loads that were made before are not made again, and what was stored is not loaded.

import TerraceABI
import TerraceCompilation
import WasmFormat

/// Some bytes of a memory that a value's low bytes are known to equal.
struct KnownAccess: BitwiseCopyable {
    /// How many are kept.
    static var kept: Int { 8 }

    var base: UInt32 = UInt32.max
    var offset: UInt32 = 0
    var value: UInt32 = 0
    /// The version of the memory in which it is known; 0 if it is not known any more.
    var version: UInt32 = 0
    var block: BlockIndex = 0
    var byteCount: UInt32 = 0
    var kind = NodeKind.load
    /// The operator that loaded it, or would load what was stored. A store of a part has no such operator.
    var opcode = Opcode.nop
    var isStored = false
}

extension Builder {
    // MARK: other reads

    /// A read that effects of one lane may change, or the value that it is known to have.
    mutating func read(_ node: Node) -> Value {
        let entry = table.find(node)
        if table.isUsed(entry), isKnown(entry), allowance.allows(.loads) { return resolve(Value(entry.pointee.value)) }
        let value = place(node)
        table.set(entry, node, value, block)
        return value
    }

    /// Notes the value that a read would have.
    mutating func remember(_ node: Node, _ value: Value) {
        guard allowance.isEnabled(.forwarding) else { return }
        table.set(table.find(node), node, value, block)
    }

    // MARK: memory

    /// A load, or the value that it is known to have.
    mutating func load(_ node: Node, _ shape: OperatorShape) -> Value {
        let entry = table.find(node)
        if table.isUsed(entry), isKnown(entry), allowance.allows(.loads) { return resolve(Value(entry.pointee.value)) }
        let byteCount: UInt32 = 1 &<< UInt32(shape.widthLog2)
        if allowance.isEnabled(.forwarding) {
            let value = forwarded(node, byteCount)
            if !value.isNone { return value }
        }
        let value = place(node, upperBits: possibleBits(node))
        // Finding what to forward may have changed the table.
        table.set(table.find(node), node, value, block)
        note(node, byteCount, value, isStored: false)
        return value
    }

    /// Makes a load from what is known of the same bytes.
    private mutating func forwarded(_ node: Node, _ byteCount: UInt32) -> Value {
        for index in 0..<KnownAccess.kept {
            let access = accesses[index]
            guard access.base == node.a, access.offset == node.b, access.version == node.c, access.kind == node.kind,
                access.byteCount >= byteCount, access.block == block || graph.dominates(access.block, block)
            else { continue }
            let value = resolve(Value(access.value))
            guard let opcode = Self.conversion(type(value), access.byteCount, node, byteCount) else { continue }
            guard allowance.allows(access.isStored ? .forwarding : .loads) else { return .none }
            switch opcode {
            case .nop: return value
            case .i32And, .i64And:
                let mask = constant(node.type, (1 &<< UInt64(byteCount &* 8)) &- 1)
                return pure(opcode, node.type, value, mask.index)
            default: return pure(opcode, node.type, value)
            }
        }
        return .none
    }

    /// The operator that makes a load's result of a value whose low bytes are the loaded ones; `nop` if it is the value itself,
    /// nil if it takes more than one.
    private static func conversion(
        _ type: ResultType, _ known: UInt32, _ node: Node, _ byteCount: UInt32
    ) -> Opcode? {
        switch (node.opcode, type) {
        case (.i32Load, .i32), (.i64Load, .i64), (.f32Load, .f32), (.f64Load, .f64), (.v128Load, .v128): .nop
        case (.i32Load, .i64): .i32WrapI64
        case (.i32Load, .f32): .i32ReinterpretF32
        case (.f32Load, .i32): .f32ReinterpretI32
        case (.i64Load, .f64): .i64ReinterpretF64
        case (.f64Load, .i64): .f64ReinterpretI64
        case (.i32Load8U, .i32), (.i32Load16U, .i32): .i32And
        case (.i32Load8S, .i32): .i32Extend8S
        case (.i32Load16S, .i32): .i32Extend16S
        case (.i64Load8U, .i64), (.i64Load16U, .i64), (.i64Load32U, .i64): .i64And
        case (.i64Load8S, .i64): .i64Extend8S
        case (.i64Load16S, .i64): .i64Extend16S
        case (.i64Load32S, .i64): .i64Extend32S
        case (.i64Load32U, .i32): .i64ExtendI32U
        case (.i64Load32S, .i32): .i64ExtendI32S
        default: nil
        }
    }

    /// Notes what a load or store made known.
    private mutating func note(_ node: Node, _ byteCount: UInt32, _ value: Value, isStored: Bool) {
        var access = KnownAccess()
        access.base = node.a
        access.offset = node.b
        access.version = node.c
        access.value = value.index
        access.block = block
        access.byteCount = byteCount
        access.kind = node.kind
        access.opcode = node.opcode
        access.isStored = isStored
        accesses[nextAccess] = access
        nextAccess = (nextAccess &+ 1) & (KnownAccess.kept &- 1)
    }

    /// Notes a store, which has been placed: what is known of other bytes at the same base stays known.
    mutating func noteStore(
        _ kind: NodeKind, _ opcode: Opcode, _ address: (base: Value, offset: UInt32), _ value: Value, lane: Int,
        _ shape: OperatorShape
    ) {
        let before = versions[lane]
        change(lane: lane)
        let version = versions[lane]
        let byteCount: UInt32 = 1 &<< UInt32(shape.widthLog2)
        guard allowance.isEnabled(.loads) || allowance.isEnabled(.forwarding) else { return }
        let start = UInt64(address.offset)
        for index in 0..<KnownAccess.kept {
            let access = accesses.element(index)
            guard access.pointee.version == before, access.pointee.base == address.base.index,
                access.pointee.kind == kind
            else { continue }
            let known = UInt64(access.pointee.offset)
            guard known &+ UInt64(access.pointee.byteCount) <= start || start &+ UInt64(byteCount) <= known,
                access.pointee.block == block || graph.dominates(access.pointee.block, block)
            else { continue }
            access.pointee.version = version
            access.pointee.block = block
        }
        guard allowance.isEnabled(.forwarding) else { return }
        note(Node(kind, .none, opcode, address.base.index, address.offset, version), byteCount, value, isStored: true)
    }
}
