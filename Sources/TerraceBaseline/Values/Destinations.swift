// Where results go: a temporary, or at once the register of the local that the next operator sets.

import TerraceABI
import TerraceAssembler
import TerraceCode
import WasmFormat

/// Where an operator's result goes: a new temporary, or the register of the local that the next operator sets.
struct Destination: BitwiseCopyable {
    /// The local, or -1.
    var local: Int
    var register: UInt8

    @inline(__always) var isLocal: Bool { local >= 0 }
    @inline(__always) var general: GeneralRegister { GeneralRegister(rawValue: register) }
    @inline(__always) var vector: VectorRegister { VectorRegister(rawValue: register) }
}

extension BaselineCompiler {
    // MARK: destinations

    /// The local whose register the result may go to directly: the next operator is `local.set` or `local.tee` of it,
    /// and no operand waits for its old value. The popped operands may still be in that register. -1 if there is none.
    @inline(__always) func nextLocal() -> Int {
        let code = reader.peekByte()
        guard code == 0x21 || code == 0x22 else { return -1 }
        let index = reader.cursor[1]
        guard index < 0x80, homes[Int(index)].isPinned, pendingReads[Int(index)] == 0 else { return -1 }
        return Int(index)
    }

    /// A destination for a general result: the local's register, or a popped operand's temporary, or a new one.
    ///
    /// - Parameters:
    ///   - first, second: operands whose temporary the result may take over, the first preferred.
    ///   - condition: whether the second's may be taken at all.
    @inline(__always) mutating func generalDestination(
        reusing first: Operand? = nil, or second: Operand? = nil, if condition: Bool = true
    ) -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        if let first, first.kind == .general, first.isOwned { return Destination(local: -1, register: first.register) }
        if let second, condition, second.kind == .general, second.isOwned {
            return Destination(local: -1, register: second.register)
        }
        return Destination(local: -1, register: allocateGeneral().rawValue)
    }

    /// A destination for a floating-point or vector result; as ``generalDestination(reusing:or:if:)``.
    @inline(__always) mutating func vectorDestination(
        reusing first: Operand? = nil, or second: Operand? = nil, if condition: Bool = true
    ) -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        if let first, first.kind == .vector, first.isOwned { return Destination(local: -1, register: first.register) }
        if let second, condition, second.kind == .vector, second.isOwned {
            return Destination(local: -1, register: second.register)
        }
        return Destination(local: -1, register: allocateVector().rawValue)
    }

    /// Notes that the destination holds a result of a type: pushes it, or consumes the `local.set` or `local.tee`.
    @inline(__always) mutating func finish(_ destination: Destination, _ type: MachineType) {
        if destination.isLocal {
            let isTee = reader.peekByte() == 0x22
            reader.cursor += 2
            noteWritten(homes[destination.local])
            if isTee { getLocal(destination.local) }
        } else {
            push(.register, type, register: destination.register)
        }
    }

    /// Frees a popped operand's temporary unless the result took it.
    @inline(__always) mutating func free(_ operand: Operand, unless destination: Destination) {
        guard operand.isOwned else { return }
        if !destination.isLocal, operand.register == destination.register { return }
        free(operand)
    }

    // MARK: moves of sources

    @inline(__always) mutating func move(_ source: Operand, to register: GeneralRegister) {
        switch source.kind {
        case .general:
            if source.register != register.rawValue { assembler.mov(size(source.type), register, source.general) }
        case .memory: assembler.mov(size(source.type), register, frame(source.offset))
        case .immediate:
            assembler.movImmediate(
                register,
                source.type == .i32
                    ? UInt64(UInt32(truncatingIfNeeded: source.value)) : UInt64(bitPattern: source.value))
        case .vector: noteContradiction("a vector is no integer source")
        }
    }

    @inline(__always) func isRegister(_ operand: Operand, _ register: UInt8) -> Bool {
        operand.kind == .general && operand.register == register
    }
}
