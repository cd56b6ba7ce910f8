// Displacements relative to the program counter whose target is not known when they are emitted.

extension Assembler {
    /// Resolves the operand whose 4-byte displacement was just emitted and will be followed by `trailing` more bytes.
    @usableFromInline @inline(never) mutating func resolve(_ operand: MemoryOperand, trailing: Int32) {
        let field = offset - 4
        switch operand.target {
        case MemoryOperand.Target.label:
            let label = Label(index: Int32(bitPattern: operand.payload))
            if trailing == 0 {
                cursor -= 4
                emitFar(label)
            } else if labels[Int(label.index)].position >= 0 {
                patch32(at: field, labels[Int(label.index)].position - (field + 4 + trailing))
            } else {
                fixups.append(Fixup(field: field, target: label.index, origin: -4 - trailing))
            }
        case MemoryOperand.Target.relocation:
            let kind = RelocationKind(rawValue: UInt8(truncatingIfNeeded: operand.encoding >> 40))
            let addend = Int32(truncatingIfNeeded: operand.encoding >> 8)
            patch32(at: field, 0)
            addRelocation(kind, operand.payload, at: field, addend: addend - 4 - trailing)
        case MemoryOperand.Target.invalid: contradict("an operand that cannot be addressed")
        default:
            let position = pool.position(of: operand.payload)
            if position >= 0 {
                patch32(at: field, position - (field + 4 + trailing))
            } else {
                pool.uses.append(ConstantPool.Use(field: field, entry: operand.payload, distance: 4 + trailing))
            }
        }
    }
}
