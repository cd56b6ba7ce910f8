// A quick look over a function's bytes before it is compiled: how often each local is used, where it is used last,
// and what each loop touches. It decides which locals get registers and what must be in them at loop headers.

import WasmFormat

/// What a loop does, as far as register assignment is concerned. Bit i of a mask is local i; locals from 64 on are
/// not tracked and never get a register.
@frozen public struct LoopSummary: BitwiseCopyable, Sendable {
    /// Byte offset of the `loop` opcode.
    public var offset: Int
    public var used: UInt64
    public var written: UInt64
    /// Whether something in the loop clobbers all registers.
    public var hasCall: Bool
}

/// How an opcode's immediates are skipped by the prescan.
private enum ScanClass: UInt8 {
    case plain, one, block, loop, end, localGet, localWrite, call, callIndirect, branchTable, f32, f64, selectTyped
    case prefixFB, prefixFC, prefixFD, prefixFE, tryTable, memory, elseOperator
}

/// Results of the scan; its buffers are reused across functions.
public struct FunctionPrescan: ~Copyable {
    /// Locals with smaller indices are watched.
    @inlinable public static var trackedLocals: Int { 64 }
    /// By the place of the `loop` operator.
    public var loops = RawStack<LoopSummary>(capacity: 64)
    /// Weighted number of accesses by local.
    public let weights = UnsafeMutablePointer<UInt32>.allocate(capacity: trackedLocals)
    /// Byte offset behind which a local's value is not read any more.
    public let lastRead = UnsafeMutablePointer<Int>.allocate(capacity: trackedLocals)
    private var open = RawStack<Int32>(capacity: 64)
    private let classes: UnsafeMutablePointer<ScanClass>

    public init() {
        classes = .allocate(capacity: 256)
        classes.initialize(repeating: .plain, count: 256)
        func set(_ value: ScanClass, _ codes: ClosedRange<Int>) { for code in codes { classes[code] = value } }
        set(.block, 0x02...0x02)
        set(.loop, 0x03...0x03)
        set(.block, 0x04...0x04)
        set(.elseOperator, 0x05...0x05)
        set(.one, 0x08...0x08)
        set(.end, 0x0B...0x0B)
        set(.one, 0x0C...0x0D)
        set(.branchTable, 0x0E...0x0E)
        set(.call, 0x10...0x10)
        set(.callIndirect, 0x11...0x11)
        set(.call, 0x12...0x12)
        set(.callIndirect, 0x13...0x13)
        set(.call, 0x14...0x15)
        set(.selectTyped, 0x1C...0x1C)
        set(.tryTable, 0x1F...0x1F)
        set(.localGet, 0x20...0x20)
        set(.localWrite, 0x21...0x22)
        set(.one, 0x23...0x26)
        set(.memory, 0x28...0x3E)
        set(.one, 0x3F...0x3F)
        set(.call, 0x40...0x40)
        set(.one, 0x41...0x42)
        set(.f32, 0x43...0x43)
        set(.f64, 0x44...0x44)
        set(.one, 0xD0...0xD0)
        set(.call, 0xD2...0xD2)
        set(.one, 0xD5...0xD6)
        set(.prefixFB, 0xFB...0xFB)
        set(.prefixFC, 0xFC...0xFC)
        set(.prefixFD, 0xFD...0xFD)
        set(.prefixFE, 0xFE...0xFE)
    }

    deinit {
        weights.deallocate()
        lastRead.deallocate()
        classes.deallocate()
    }

    /// Scans a validated body from its first operator to its end; offsets are relative to `base`.
    public mutating func scan(base: UnsafePointer<UInt8>, from start: Int, to end: Int) {
        weights.update(repeating: 0, count: Self.trackedLocals)
        lastRead.update(repeating: 0, count: Self.trackedLocals)
        loops.count = 0
        open.count = 0
        var cursor = base + start
        let limit = base + end
        var weight: UInt32 = 1
        var loopDepth = 0
        // Masks of the innermost open loop, kept in locals while it is innermost.
        var used: UInt64 = 0
        var written: UInt64 = 0
        var hasCall = false
        let classes = UnsafePointer(classes)

        @inline(__always) func skipLEB() {
            while cursor.pointee & 0x80 != 0 { cursor += 1 }
            cursor += 1
        }
        @inline(__always) func readU32() -> Int {
            var result = Int(cursor.pointee & 0x7F)
            var shift = 7
            while cursor.pointee & 0x80 != 0 {
                cursor += 1
                result |= Int(cursor.pointee & 0x7F) << shift
                shift += 7
            }
            cursor += 1
            return result
        }
        @inline(__always) func skipMemoryArgument() {
            let flags = readU32()
            if flags & 0x40 != 0 { skipLEB() }
            skipLEB()
        }

        while cursor < limit {
            let operatorStart = cursor
            let code = cursor.pointee
            cursor += 1
            switch classes[Int(code)] {
            case .plain, .elseOperator: break
            case .one: skipLEB()
            case .memory: skipMemoryArgument()
            case .localGet:
                let index = readU32()
                if index < Self.trackedLocals {
                    weights[index] &+= weight
                    lastRead[index] = operatorStart - base
                    used |= 1 << UInt64(index)
                }
            case .localWrite:
                let index = readU32()
                if index < Self.trackedLocals {
                    weights[index] &+= weight
                    used |= 1 << UInt64(index)
                    written |= 1 << UInt64(index)
                }
            case .block:
                skipValueType()
                openBlock()
            case .loop:
                skipValueType()
                if loopDepth > 0 {
                    // The masks so far belong to the loop around this one: park them there.
                    let outer = enclosingLoop()
                    loops.base[outer].used |= used
                    loops.base[outer].written |= written
                    loops.base[outer].hasCall = loops.base[outer].hasCall || hasCall
                }
                used = 0
                written = 0
                hasCall = false
                open.append(Int32(loops.count))
                loops.append(LoopSummary(offset: operatorStart - base, used: 0, written: 0, hasCall: false))
                loopDepth += 1
                if loopDepth <= 6 { weight &*= 8 }
            case .end:
                guard open.count > 0 else { break }  // the function's own end
                let index = Int(open.removeLast())
                guard index >= 0 else { break }
                loops.base[index].used |= used
                loops.base[index].written |= written
                loops.base[index].hasCall = loops.base[index].hasCall || hasCall
                if loopDepth <= 6 { weight /= 8 }
                loopDepth -= 1
                used = loops.base[index].used
                written = loops.base[index].written
                hasCall = loops.base[index].hasCall
                if loopDepth == 0 {
                    // A value read anywhere in a loop may be read again in the next round.
                    var rest = used
                    while rest != 0 {
                        let local = rest.trailingZeroBitCount
                        rest &= rest &- 1
                        lastRead[local] = max(lastRead[local], operatorStart - base)
                    }
                    used = 0
                    written = 0
                    hasCall = false
                }
            case .call:
                hasCall = true
                skipLEB()
            case .callIndirect:
                hasCall = true
                skipLEB()
                skipLEB()
            case .branchTable:
                let count = readU32()
                for _ in 0...count { skipLEB() }
            case .f32: cursor += 4
            case .f64: cursor += 8
            case .selectTyped:
                let count = readU32()
                for _ in 0..<count { skipValueType() }
            case .tryTable:
                skipValueType()
                let count = readU32()
                for _ in 0..<count {
                    let kind = cursor.pointee
                    cursor += 1
                    if kind < 2 { skipLEB() }
                    skipLEB()
                }
                openBlock()
                hasCall = true
            case .prefixFC:
                let sub = readU32()
                switch sub {
                case 0...7: break
                case 8, 10, 12, 14:
                    skipLEB()
                    skipLEB()
                    hasCall = true
                case 9, 11, 13, 15, 17:
                    skipLEB()
                    hasCall = true
                case 16: skipLEB()
                default: break
                }
            case .prefixFD:
                let sub = readU32()
                switch sub {
                case 0...11, 92, 93: skipMemoryArgument()
                case 12, 13: cursor += 16
                case 21...34: cursor += 1
                case 84...91:
                    skipMemoryArgument()
                    cursor += 1
                default: break
                }
            case .prefixFE:
                let sub = readU32()
                if sub == 3 { cursor += 1 } else { skipMemoryArgument() }
                hasCall = true
            case .prefixFB:
                hasCall = true
                let sub = readU32()
                switch sub {
                case 0, 1, 6, 7, 11...14, 16: skipLEB()
                case 2...5, 8...10, 17...19:
                    skipLEB()
                    skipLEB()
                case 20...23: skipLEB()
                case 24, 25:
                    cursor += 1
                    skipLEB()
                    skipLEB()
                    skipLEB()
                default: break
                }
            }
        }

        @inline(__always) func skipValueType() {
            let code = cursor.pointee
            skipLEB()
            if code == 0x63 || code == 0x64 { skipLEB() }
        }
    }

    /// Gives back what a very large function made of the buffers.
    public mutating func shrink() {
        loops.shrink()
        open.shrink()
    }

    /// Bytes of the buffers that grow, used or not.
    public var bufferBytes: Int { loops.byteCount + open.byteCount }

    /// The innermost open loop, or -1.
    @inline(__always) private func enclosingLoop() -> Int {
        guard open.count > 0 else { return -1 }
        let top = open[open.count - 1]
        return top >= 0 ? Int(top) : Int(-2 - top)
    }

    /// Opens a construct that is no loop; its entry remembers the loop around it.
    @inline(__always) private mutating func openBlock() { open.append(Int32(truncatingIfNeeded: -2 - enclosingLoop())) }
}
