// Slots of the frame for what was spilled: one scan over the values in the order of their definitions, a slot is used again
// when its value has ended.

import TerraceABI
import TerraceCompilation

extension Allocator {
    /// Gives each value that needs one a slot, and decides where it is stored.
    mutating func colourSlots() {
        slots.count = 0
        slotHeap.count = 0
        freeSlots.count = 0
        freeWideSlots.count = 0
        parkingSlot = AllocatorValue.noSlot
        machine.pointee.frameBytes = machine.pointee.frameStartBytes
        var number = 0
        while number < definitionOrder.count {
            let value = values.base + definitionOrder.base[number].position
            number += 1
            guard value.pointee.flags.contains(.needsSlot), value.pointee.slot == AllocatorValue.noSlot else {
                continue
            }
            // One store at the definition, or those where the value leaves its registers.
            if value.pointee.evictionWeight > 0, value.pointee.evictionWeight >= value.pointee.definitionFrequency {
                value.pointee.flags.insert(.storesAtDefinition)
            }
            freeEndedSlots(before: value.pointee.begin)
            let slot = takeSlot(value)
            value.pointee.slot = slot
            push(SIMD2(value.pointee.end, Int32(truncatingIfNeeded: slot)))
            let parameter = value.pointee.argumentOf
            if !parameter.isNone { values.base[parameter.position].slotWish = slot }
        }
    }

    private mutating func freeEndedSlots(before begin: Int32) {
        while slotHeap.count > 0, slotHeap.base[0].x < begin {
            let slot = UInt32(truncatingIfNeeded: slotHeap.base[0].y)
            popFirst()
            slots.base[Int(slot)].isFree = true
            if slots.base[Int(slot)].isWide { freeWideSlots.append(slot) } else { freeSlots.append(slot) }
        }
    }

    private mutating func takeSlot(_ value: UnsafeMutablePointer<AllocatorValue>) -> UInt32 {
        let isWide = value.pointee.type == .v128
        var wish = value.pointee.slotWish
        if wish == AllocatorValue.noSlot, !value.pointee.argumentOf.isNone {
            let parameter = values.base + value.pointee.argumentOf.position
            wish = parameter.pointee.slot == AllocatorValue.noSlot ? parameter.pointee.slotWish : parameter.pointee.slot
        }
        if wish != AllocatorValue.noSlot, slots.base[Int(wish)].isFree, slots.base[Int(wish)].isWide == isWide {
            slots.base[Int(wish)].isFree = false
            return wish
        }
        while isWide ? freeWideSlots.count > 0 : freeSlots.count > 0 {
            let slot = isWide ? freeWideSlots.removeLast() : freeSlots.removeLast()
            // Some were taken by wish since they were freed.
            if slots.base[Int(slot)].isFree {
                slots.base[Int(slot)].isFree = false
                return slot
            }
        }
        return newSlot(isWide: isWide)
    }

    mutating func newSlot(isWide: Bool) -> UInt32 {
        var end = Int64(machine.pointee.frameBytes) + (isWide ? 16 : 8)
        if isWide { end = (end + 15) & ~15 }
        if end > 1 << 28 {
            if failure == nil { failure = .tooLarge }
            end = 16
        }
        machine.pointee.frameBytes = Int32(truncatingIfNeeded: end)
        slots.append(AllocatorSlot(offset: 0 &- machine.pointee.frameBytes, isWide: isWide))
        return UInt32(truncatingIfNeeded: slots.count - 1)
    }

    // MARK: a heap of slots by the ends of their values

    private mutating func push(_ entry: SIMD2<Int32>) {
        slotHeap.append(entry)
        var child = slotHeap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if slotHeap.base[parent].x <= slotHeap.base[child].x { break }
            let other = slotHeap.base[parent]
            slotHeap.base[parent] = slotHeap.base[child]
            slotHeap.base[child] = other
            child = parent
        }
    }

    private mutating func popFirst() {
        let last = slotHeap.removeLast()
        guard slotHeap.count > 0 else { return }
        var parent = 0
        while true {
            var child = 2 * parent + 1
            if child >= slotHeap.count { break }
            if child + 1 < slotHeap.count, slotHeap.base[child + 1].x < slotHeap.base[child].x { child += 1 }
            if slotHeap.base[child].x >= last.x { break }
            slotHeap.base[parent] = slotHeap.base[child]
            parent = child
        }
        slotHeap.base[parent] = last
    }
}
