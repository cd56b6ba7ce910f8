// The final moves: those of instructions as the scan noted them, without the stores that turned out to be needless, and those
// of edges, which happen at once, in an order that loses nothing.

import TerraceABI
import TerraceCompilation

extension Allocator {
    /// Fills in the function's moves and the places of operands in slots.
    mutating func finishMoves() {
        var number = 0
        while number < slotOperands.count {
            let operand = Int(slotOperands.base[number])
            machine.pointee.locations[operand] = memory(of: machine.pointee.operands.base[operand].register)
            number += 1
        }
        places.refill(count: 64 + slots.count, with: PlaceState())
        placesRound = 0
        number = 0
        while number < blocks.count {
            let block = blocks.base[number]
            var move = Int(block.moveStart)
            while move < Int(block.moveEnd) {
                finish(pending.base[move])
                move += 1
            }
            if block.edgeStart != block.edgeEnd {
                let position = Int32(truncatingIfNeeded: machine.pointee.blocks.base[number].end) &- 1
                finishEdge(Int(block.edgeStart), Int(block.edgeEnd), position)
            }
            number += 1
        }
    }

    /// Where a value is that is in no register.
    private mutating func memory(of register: VirtualRegister) -> Location {
        let value = values.base + register.position
        if value.pointee.flags.contains(.isConstant) { return .constant }
        let info = machine.pointee.registers.base + register.position
        if info.pointee.origin == .frameSlot { return .slot(Int32(bitPattern: info.pointee.payload)) }
        assert(value.pointee.slot != AllocatorValue.noSlot, "no slot for \(register)")
        return .slot(slots[Int(value.pointee.slot)].offset)
    }

    private mutating func emit(
        _ position: Int32, _ register: VirtualRegister, _ from: Location, _ to: Location,
        _ kind: InsertedMove.Kind = .move
    ) {
        machine.pointee.moves.append(
            InsertedMove(
                position: UInt32(truncatingIfNeeded: position), kind: kind,
                type: values.base[register.position].type, register: register, from: from, to: to))
        if to.isSlot {
            statistics.spills += 1
        } else if from.isRegister {
            statistics.copies += 1
        } else if from == .constant {
            statistics.remadeConstants += 1
        } else {
            statistics.reloads += 1
        }
    }

    @inline(__always) private mutating func finish(_ move: PendingMove) {
        let flags = values.base[move.value.position].flags
        let from = Location(rawValue: UInt32(move.from))
        let to = Location(rawValue: UInt32(move.to))
        switch move.kind {
        case .definitionStore:
            guard flags.contains(.storesAtDefinition) else { return }
            emit(move.position, move.value, from, memory(of: move.value))
        case .evictionStore:
            guard !flags.contains(.storesAtDefinition) else { return }
            emit(move.position, move.value, from, memory(of: move.value))
        case .copy: emit(move.position, move.value, from, to)
        case .exchange: emit(move.position, move.value, from, to, .exchange)
        case .reload: emit(move.position, move.value, memory(of: move.value), to)
        }
    }

    // MARK: edges

    private mutating func finishEdge(_ start: Int, _ end: Int, _ position: Int32) {
        placesRound &+= 1
        transfers.count = 0
        var number = start
        while number < end {
            let move = edgeMoves.base[number]
            number += 1
            let from =
                move.from == Self.noRegister ? memory(of: move.source) : Location(rawValue: UInt32(move.from))
            if move.isStore {
                if !values.base[move.source.position].flags.contains(.storesAtDefinition) {
                    emit(position, move.source, from, memory(of: move.source))
                }
                continue
            }
            let to = move.to == Self.noRegister ? memory(of: move.target) : Location(rawValue: UInt32(move.to))
            if from != to { addTransfer(move, from, to) }
        }
        order(position)
    }

    private mutating func addTransfer(_ move: EdgeMove, _ from: Location, _ to: Location) {
        let number = UInt32(truncatingIfNeeded: transfers.count)
        let toPlace = place(move.to, move.target)
        let fromPlace = place(move.from, move.source)
        transfers.append(
            Transfer(value: move.source, from: from, to: to, fromPlace: fromPlace, toPlace: toPlace))
        touch(toPlace).pointee.writer = number
        if fromPlace != UInt32.max { touch(fromPlace).pointee.readers &+= 1 }
    }

    /// Number of a register or of a value's slot; none of what no move writes.
    private mutating func place(_ register: UInt8, _ value: VirtualRegister) -> UInt32 {
        if register != Self.noRegister { return UInt32(register) }
        let slot = values.base[value.position].slot
        return slot == AllocatorValue.noSlot ? UInt32.max : 64 &+ slot
    }

    @inline(__always) private func touch(_ place: UInt32) -> UnsafeMutablePointer<PlaceState> {
        let state = places.base + Int(place)
        if state.pointee.round != placesRound { state.pointee = PlaceState(round: placesRound) }
        return state
    }

    /// Emits all transfers: first those whose target nobody reads any more, at last the cycles that are left.
    private mutating func order(_ position: Int32) {
        ready.count = 0
        // Slots are written before registers are loaded where it does not matter: loads come last and hide behind jumps.
        var number = transfers.count
        while number > 0 {
            number -= 1
            let transfer = transfers.base[number]
            if !transfer.to.isSlot, touch(transfer.toPlace).pointee.readers == 0 {
                ready.append(UInt32(truncatingIfNeeded: number))
            }
        }
        number = transfers.count
        while number > 0 {
            number -= 1
            let transfer = transfers.base[number]
            if transfer.to.isSlot, touch(transfer.toPlace).pointee.readers == 0 {
                ready.append(UInt32(truncatingIfNeeded: number))
            }
        }
        drain(position)
        number = 0
        while number < transfers.count {
            if !transfers.base[number].isDone { breakCycle(number, position) }
            number += 1
        }
    }

    private mutating func drain(_ position: Int32) {
        while ready.count > 0 {
            let number = Int(ready.removeLast())
            let transfer = transfers.base[number]
            transfers.base[number].isDone = true
            emit(transfer, position)
            guard transfer.fromPlace != UInt32.max else { continue }
            let source = touch(transfer.fromPlace)
            source.pointee.readers &-= 1
            if source.pointee.readers == 0, source.pointee.writer != UInt32.max,
                !transfers.base[Int(source.pointee.writer)].isDone
            {
                ready.append(source.pointee.writer)
            }
        }
    }

    /// Moves, through a scratch register if neither end is a register.
    private mutating func emit(_ transfer: Transfer, _ position: Int32) {
        if transfer.from.isRegister || transfer.to.isRegister {
            emit(position, transfer.value, transfer.from, transfer.to)
        } else {
            let scratch = scratchLocation(values.base[transfer.value.position].flags.contains(.isVector))
            emit(position, transfer.value, transfer.from, scratch)
            emit(position, transfer.value, scratch, transfer.to)
        }
    }

    private mutating func scratchLocation(_ isVector: Bool) -> Location {
        isVector ? .vector(file.scratch[1]) : .general(file.scratch[0])
    }

    /// Every place of a cycle is read once and written once. Two general registers are exchanged; in other cycles one value is
    /// parked, in the scratch register if no slot is among the places, since moves between slots need it.
    private mutating func breakCycle(_ first: Int, _ position: Int32) {
        var hasSlot = false
        var length = 0
        // The value that stands in the first one's target is the one that waits; `reader` reads it.
        let waiting = transfers.base[first].to
        var reader = first
        var number = first
        repeat {
            reader = number
            length += 1
            if !transfers.base[number].to.isRegister { hasSlot = true }
            number = Int(touch(transfers.base[number].fromPlace).pointee.writer)
        } while number != first
        if length == 2, !hasSlot, !waiting.isVector {
            transfers.base[first].isDone = true
            transfers.base[reader].isDone = true
            let transfer = transfers.base[first]
            return emit(position, transfer.value, transfer.from, transfer.to, .exchange)
        }
        let parkedValue = transfers.base[reader].value
        var parked = scratchLocation(values.base[parkedValue.position].flags.contains(.isVector))
        if hasSlot {
            if parkingSlot == AllocatorValue.noSlot { parkingSlot = newSlot(isWide: true) }
            parked = .slot(slots[Int(parkingSlot)].offset)
        }
        emit(Transfer(value: parkedValue, from: waiting, to: parked, fromPlace: 0, toPlace: 0), position)
        number = first
        while number != reader {
            transfers.base[number].isDone = true
            emit(transfers.base[number], position)
            number = Int(touch(transfers.base[number].fromPlace).pointee.writer)
        }
        transfers.base[reader].isDone = true
        emit(
            Transfer(value: parkedValue, from: parked, to: transfers.base[reader].to, fromPlace: 0, toPlace: 0),
            position)
    }
}
