// Jumps, calls, returns, traps.

extension Assembler {
    /// Jumps to a label: the shortest form backwards, 4-byte distance forwards.
    @inlinable public mutating func jmp(_ label: Label) {
        reserve()
        let position = labels[Int(label.index)].position
        if position >= 0 {
            let distance = position &- (offset &+ 2)
            if distance >= -128 {
                emitPair(0xEB, UInt8(truncatingIfNeeded: distance))
                return
            }
        }
        appendImmediate8(0xE9)
        emitFar(label)
    }

    /// Jumps to a label if the condition holds: the shortest form backwards, 4-byte distance forwards.
    @inlinable public mutating func jcc(_ condition: Condition, _ label: Label) {
        reserve()
        let position = labels[Int(label.index)].position
        if position >= 0 {
            let distance = position &- (offset &+ 2)
            if distance >= -128 {
                emitPair(0x70 | condition.rawValue, UInt8(truncatingIfNeeded: distance))
                return
            }
        }
        emitPair(0x0F, 0x80 | condition.rawValue)
        emitFar(label)
    }

    /// Jumps to a label at most 127 bytes in front; stops the process if that does not hold when the label is bound.
    @inlinable public mutating func jmpShort(_ label: Label) {
        reserve()
        appendImmediate8(0xEB)
        emitShortDistance(label)
    }

    /// As ``jmpShort(_:)``, if the condition holds.
    @inlinable public mutating func jccShort(_ condition: Condition, _ label: Label) {
        reserve()
        appendImmediate8(0x70 | condition.rawValue)
        emitShortDistance(label)
    }

    @inlinable mutating func emitShortDistance(_ label: Label) {
        let position = labels[Int(label.index)].position
        if position >= 0 {
            let distance = position &- (offset &+ 1)
            if distance < -128 { contradict("a short jump does not reach its label") }
            appendImmediate8(UInt8(truncatingIfNeeded: distance))
        } else {
            emitNear(label)
        }
    }

    @inlinable @inline(__always) mutating func emitPair(_ first: UInt8, _ second: UInt8) {
        cursor.storeBytes(of: UInt16(first) | UInt16(second) &<< 8, as: UInt16.self)
        cursor += 2
    }

    @inlinable public mutating func jmp(_ target: GeneralRegister) {
        emit(.init(0xFF), .dword, reg: 4, rm: target.rawValue)
    }

    @inlinable public mutating func jmp(_ target: MemoryOperand) {
        emit(.init(0xFF), .dword, reg: 4, target)
    }

    @inlinable public mutating func call(_ label: Label) {
        reserve()
        appendImmediate8(0xE8)
        emitFar(label)
    }

    @inlinable public mutating func call(_ target: GeneralRegister) {
        emit(.init(0xFF), .dword, reg: 2, rm: target.rawValue)
    }

    @inlinable public mutating func call(_ target: MemoryOperand) {
        emit(.init(0xFF), .dword, reg: 2, target)
    }

    /// Calls what the relocation names, through a 4-byte distance that the linker fills in.
    @inlinable public mutating func callRelative(_ kind: RelocationKind, _ payload: UInt32) {
        reserve()
        appendImmediate8(0xE8)
        appendImmediate(0, .dword)
        addRelocation(kind, payload, at: offset &- 4, addend: -4)
    }

    /// Jumps to what the relocation names, through a 4-byte distance that the linker fills in.
    @inlinable public mutating func jmpRelative(_ kind: RelocationKind, _ payload: UInt32) {
        reserve()
        appendImmediate8(0xE9)
        appendImmediate(0, .dword)
        addRelocation(kind, payload, at: offset &- 4, addend: -4)
    }

    /// As ``jmpRelative(_:_:)``, if the condition holds.
    @inlinable public mutating func jccRelative(_ condition: Condition, _ kind: RelocationKind, _ payload: UInt32) {
        reserve()
        emitPair(0x0F, 0x80 | condition.rawValue)
        appendImmediate(0, .dword)
        addRelocation(kind, payload, at: offset &- 4, addend: -4)
    }

    @inlinable public mutating func ret() { emit8(0xC3) }

    /// Returns and removes `pop` bytes of stack arguments.
    @inlinable public mutating func ret(pop: UInt16) {
        reserve()
        appendImmediate8(0xC2)
        cursor.storeBytes(of: pop, as: UInt16.self)
        cursor += 2
    }

    /// The two-byte instruction that always faults.
    @inlinable public mutating func ud2() {
        reserve()
        emitPair(0x0F, 0x0B)
    }

    @inlinable public mutating func int3() { emit8(0xCC) }

    /// Tells the processor that this is a spin loop.
    @inlinable public mutating func pause() {
        reserve()
        emitPair(0xF3, 0x90)
    }
}
