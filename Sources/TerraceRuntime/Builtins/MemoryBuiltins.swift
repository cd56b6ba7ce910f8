// Bulk operations on memories, as the specification defines them: checked first, then carried out in full.

import Glibc
import TerraceABI
import TerraceCode

extension BuiltinFunctions {
    /// Bytes handled between two looks at whether the store is to be interrupted: under a millisecond's work.
    private static let chunk = 4 << 20

    static func memoryGrow(_ data: UnsafeMutableRawPointer, _ memory: UInt64, _ delta: UInt64) -> Int64 {
        let memory = InstanceStorage.of(data).memories[Int(memory)]
        return size(memory.grow(by: delta), is64: memory.type.is64)
    }

    /// A size, or -1 for nil, as an operand of 64 or 32 bits; an i32 is zero-extended, like all in registers.
    static func size(_ size: UInt64?, is64: Bool) -> Int64 {
        let value = size.map { Int64(bitPattern: $0) } ?? -1
        return is64 ? value : Int64(UInt32(truncatingIfNeeded: value))
    }

    /// A memory as an instance's data leads to it: compiled code calls here often, so no object is touched.
    private struct View {
        let base: UInt
        let byteLength: UInt64

        @inline(__always) init(_ data: UnsafeMutableRawPointer, _ index: UInt64) {
            let pointer = data.load(
                fromByteOffset: Int(InstanceLayout.headerSize) &+ 8 &* Int(truncatingIfNeeded: index),
                as: UnsafeRawPointer.self)
            base = pointer.load(fromByteOffset: Int(MemoryRecordLayout.base), as: UInt.self)
            byteLength = pointer.load(fromByteOffset: Int(MemoryRecordLayout.byteLength), as: UInt64.self)
        }

        @inline(__always) func contains(_ offset: UInt64, _ length: UInt64) -> Bool {
            length <= byteLength && offset <= byteLength &- length
        }
    }

    /// Whether the store is to be interrupted.
    static func isInterrupted(_ data: UnsafeMutableRawPointer) -> Bool {
        let context = data.load(fromByteOffset: Int(InstanceLayout.context), as: UnsafeMutableRawPointer.self)
        return ActivationContext(base: context).isInterruptRequested
    }

    static func memoryFill(
        _ data: UnsafeMutableRawPointer, _ memory: UInt64, _ offset: UInt64, _ value: UInt64, _ length: UInt64
    ) -> Int64 {
        let memory = View(data, memory)
        guard memory.contains(offset, length) else { return trap(.memoryOutOfBounds) }
        var target = memory.base &+ UInt(offset)
        var remaining = Int(truncatingIfNeeded: length)
        while remaining > 0 {
            let count = min(remaining, chunk)
            memset(
                UnsafeMutableRawPointer(bitPattern: target).unsafelyUnwrapped,
                Int32(UInt8(truncatingIfNeeded: value)), count)
            target &+= UInt(bitPattern: count)
            remaining &-= count
            if remaining > 0, isInterrupted(data) { return trap(.interrupted) }
        }
        return 0
    }

    static func memoryCopy(
        _ data: UnsafeMutableRawPointer, _ memories: UInt64, _ to: UInt64, _ from: UInt64, _ length: UInt64
    ) -> Int64 {
        let target = View(data, memories & 0xFFFF_FFFF)
        let source = View(data, memories >> 32)
        guard source.contains(from, length), target.contains(to, length) else { return trap(.memoryOutOfBounds) }
        let (targetStart, sourceStart) = (target.base &+ UInt(to), source.base &+ UInt(from))
        // Overlapping areas: from the end downwards if the target lies higher.
        let isDownwards = targetStart > sourceStart
        var done = 0
        let total = Int(truncatingIfNeeded: length)
        while done < total {
            let count = min(total &- done, chunk)
            let position = UInt(bitPattern: isDownwards ? total &- done &- count : done)
            memmove(
                UnsafeMutableRawPointer(bitPattern: targetStart &+ position).unsafelyUnwrapped,
                UnsafeRawPointer(bitPattern: sourceStart &+ position).unsafelyUnwrapped, count)
            done &+= count
            if done < total, isInterrupted(data) { return trap(.interrupted) }
        }
        return 0
    }

    static func memoryInit(
        _ data: UnsafeMutableRawPointer, _ pair: UInt64, _ to: UInt64, _ from: UInt64, _ length: UInt64
    ) -> Int64 {
        let instance = InstanceStorage.of(data)
        let memory = instance.memories[Int(pair & 0xFFFF_FFFF)]
        let segment = Int(pair >> 32)
        let wasm = instance.module.module
        let bytes = wasm.dataSegments[segment].bytes
        let size = instance.droppedData[segment] ? 0 : UInt64(bytes.count)
        guard length <= size, from <= size - length, memory.contains(offset: to, length: length) else {
            return trap(.memoryOutOfBounds)
        }
        if length > 0 {
            memcpy(
                UnsafeMutableRawPointer(bitPattern: memory.base &+ UInt(to))!,
                wasm.bytes.base + bytes.lowerBound + Int(from), Int(length))
        }
        return 0
    }

    static func dataDrop(_ data: UnsafeMutableRawPointer, _ segment: UInt64) -> Int64 {
        InstanceStorage.of(data).droppedData[Int(segment)] = true
        return 0
    }
}
