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

    /// A destination for a general result, allocated anew if it is not a local's.
    @inline(__always) mutating func generalDestination() -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        return Destination(local: -1, register: allocateGeneral().rawValue)
    }

    /// A destination for a result that may take over a popped operand's temporary.
    @inline(__always) mutating func generalDestination(reusing operand: Operand) -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        if operand.kind == .general, operand.isOwned { return Destination(local: -1, register: operand.register) }
        return Destination(local: -1, register: allocateGeneral().rawValue)
    }

    @inline(__always) mutating func vectorDestination() -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        return Destination(local: -1, register: allocateVector().rawValue)
    }

    @inline(__always) mutating func vectorDestination(reusing operand: Operand) -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        if operand.kind == .vector, operand.isOwned { return Destination(local: -1, register: operand.register) }
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
        case .vector: assembler.contradict("a vector is no integer source")
        }
    }

    @inline(__always) func isRegister(_ operand: Operand, _ register: UInt8) -> Bool {
        operand.kind == .general && operand.register == register
    }
}
