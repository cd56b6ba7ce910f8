// A quick look over a function's bytes before it is compiled: how often each local is used, where it is used last,
// what each loop touches, and where callees are known at run time only. It decides which locals get registers and what
// must be in them at loop headers. It knows operators from their rows alone, and passes over their immediates as all do.

import WasmFormat

/// What a loop does, as far as register assignment and counting are concerned. Bit i of a mask is local i; locals from 64 on are
/// not tracked and never get a register.
@frozen public struct LoopSummary: BitwiseCopyable, Sendable {
    /// Byte offset of the `loop` opcode.
    public var offset: Int
    public var used: UInt64
    public var written: UInt64
    /// Whether something in the loop clobbers all registers.
    public var hasCall: Bool
    /// Whether something in the loop takes time without bound and runs no code that checks for interrupts at its start.
    public var hasBulkOperator = false
    /// Whether there are loops in the loop.
    public var containsLoops = false
    /// Number of the innermost loop around this one, or -1.
    public var parent: Int32 = -1
    /// Bytes of the loop that are in no loop inside it.
    public var ownBytes: Int32 = 0
    /// Jumps among them that are always taken: their number is about that of the ways through the loop.
    public var ownJumps: Int32 = 0
    /// About how many bytes one round executes, loops inside not counted: of the many ways through an interpreter's loop a
    /// round takes one.
    public var bytesPerRound: Int { Int(ownBytes) / max(1, Int(ownJumps)) }
}

/// How the scan treats an operator. Computed from the operator's row; there is no list of operators here.
enum ScanClass: UInt8 {
    /// Nothing follows the opcode, and nothing is to be noted.
    case plain
    /// One number follows.
    case number
    /// A constant of four or eight bytes follows.
    case fourBytes, eightBytes
    case memoryArgument
    /// One number follows, and something is called.
    case call
    case localGet, localWrite, block, loop, end
    /// Control goes elsewhere: nothing follows the opcode, or one number does.
    case leave, jump
    /// The row says what follows and what to note.
    case byRow
    /// A byte that opens a page, or encodes nothing.
    case prefix

    init(_ row: OpcodeInfo) {
        switch row.opcode {
        case .localGet: self = .localGet
        case .localSet, .localTee: self = .localWrite
        case .loop: self = .loop
        case .end: self = .end
        case .return: self = .leave
        case .br: self = .jump
        default:
            let calls = row.effects.intersection([.callsOut, .callsIndirectly])
            let isNoted = !calls.isEmpty
            switch row.immediates.shape {
            case .nothing where !isNoted: self = .plain
            case .number where !isNoted: self = .number
            case .number where calls == .callsOut && !row.opensBlock: self = .call
            case .fourBytes where !isNoted: self = .fourBytes
            case .eightBytes where !isNoted: self = .eightBytes
            case .memoryArgument where !isNoted: self = .memoryArgument
            case .type where !isNoted: self = row.opensBlock ? .block : .byRow
            default: self = .byRow
            }
        }
    }

    /// The class of each byte that may begin an operator. Never written after its initialisation and never freed.
    nonisolated(unsafe) static let byByte: UnsafePointer<ScanClass> = {
        let table = UnsafeMutablePointer<ScanClass>.allocate(capacity: 256)
        for byte in 0...255 {
            (table + byte).initialize(to: Opcode.decode(UInt8(byte)).map { ScanClass($0.info) } ?? .prefix)
        }
        return UnsafePointer(table)
    }()
}

/// Results of the scan; its buffers are reused across functions.
public struct FunctionPrescan: ~Copyable {
    /// Locals with smaller indices are watched.
    @inlinable public static var trackedLocals: Int { 64 }
    /// All loops in the order of their bytes, those in unreachable code too: a loop's number is its position here.
    public var loops = RawStack<LoopSummary>(capacity: 64)
    /// Byte offsets of the operators whose callee is known at run time only, in their order, those in unreachable code
    /// too: a site's number is its position here.
    public var indirectCalls = RawStack<Int>(capacity: 16)
    /// Accessed locals with high indices, once for each access: of a function that declares many, most may not be used.
    public var highLocals = RawStack<UInt32>(capacity: 16)
    /// Weighted number of accesses by local.
    public let weights = UnsafeMutablePointer<UInt32>.allocate(capacity: trackedLocals)
    /// Byte offset behind which a local's value is not read any more.
    public let lastRead = UnsafeMutablePointer<Int>.allocate(capacity: trackedLocals)
    /// Whether the scan ended with the body's last byte and the function's own `end`. If not, it did not see the
    /// operators that the validator saw, and nothing it says may be believed.
    public private(set) var isComplete = false
    /// Bytes of the outermost loops.
    public private(set) var loopBytes = 0
    /// Locals with any access: bit i is local i.
    public private(set) var accessed: UInt64 = 0
    /// Jumps outside of loops that are always taken.
    private var jumpsOutsideLoops = 0
    /// Weighted number of operators that call something, as ``weights`` counts accesses.
    public private(set) var callWeight: UInt32 = 0
    private var open = RawStack<Int32>(capacity: 64)
    private var loopDepth = 0
    /// What an access to a local weighs here.
    private var weight: UInt32 = 1
    /// What was seen since the innermost open loop began, or since a loop inside it ended.
    private var used: UInt64 = 0
    private var written: UInt64 = 0
    private var hasCall = false
    private var hasBulkOperator = false
    /// Jumps since the innermost open loop began, or since a loop inside it ended.
    private var jumps = 0
    /// How often the function's own `end` was met.
    private var ends = 0
    private let classes = ScanClass.byByte

    public init() {}

    deinit {
        weights.deallocate()
        lastRead.deallocate()
    }

    /// The number of the indirect call at a byte offset, or `nil` if there is none.
    public func indirectCallNumber(at offset: Int) -> Int? {
        var low = 0
        var high = indirectCalls.count
        while low < high {
            let middle = (low + high) / 2
            if indirectCalls[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low < indirectCalls.count && indirectCalls[low] == offset ? low : nil
    }

    /// Scans a validated body from its first operator, at which the reader stands, to its end.
    /// - Parameter firstHighLocal: from which local on accesses are listed; not below ``trackedLocals``.
    public mutating func scan(_ start: TrustedReader, to end: Int, firstHighLocal: Int = .max) {
        weights.update(repeating: 0, count: Self.trackedLocals)
        lastRead.update(repeating: 0, count: Self.trackedLocals)
        loops.count = 0
        indirectCalls.count = 0
        highLocals.count = 0
        open.count = 0
        loopDepth = 0
        weight = 1
        used = 0
        written = 0
        hasCall = false
        hasBulkOperator = false
        loopBytes = 0
        jumpsOutsideLoops = 0
        jumps = 0
        callWeight = 0
        accessed = 0
        ends = 0
        var reader = start
        let limit = reader.base + end
        let classes = classes
        // What most operators need stays in registers; the others are left to a function that is not inlined.
        let weights = weights
        let lastRead = lastRead
        var weight = weight
        var used: UInt64 = 0
        var written: UInt64 = 0
        while reader.cursor < limit {
            let operatorStart = reader.cursor
            let scanClass = classes[Int(operatorStart.pointee)]
            switch scanClass {
            case .plain: reader.cursor += 1
            case .leave:
                reader.cursor += 1
                jumps &+= 1
            case .jump:
                reader.cursor += 1
                reader.skipLEB()
                jumps &+= 1
            case .number:
                reader.cursor += 1
                reader.skipLEB()
            case .fourBytes: reader.cursor += 5
            case .eightBytes: reader.cursor += 9
            case .memoryArgument:
                reader.cursor += 1
                reader.skipMemoryArgument()
            case .call:
                reader.cursor += 1
                reader.skipLEB()
                hasCall = true
                callWeight &+= weight
            case .localGet:
                reader.cursor += 1
                let index = Int(reader.readU32InPlace())
                if index < Self.trackedLocals {
                    weights[index] &+= weight
                    lastRead[index] = operatorStart - reader.base
                    used |= 1 << UInt64(index)
                } else if index >= firstHighLocal {
                    highLocals.append(UInt32(index))
                }
            case .localWrite:
                reader.cursor += 1
                let index = Int(reader.readU32InPlace())
                if index < Self.trackedLocals {
                    weights[index] &+= weight
                    used |= 1 << UInt64(index)
                    written |= 1 << UInt64(index)
                } else if index >= firstHighLocal {
                    highLocals.append(UInt32(index))
                }
            case .block:
                reader.cursor += 1
                reader.skipType()
                openBlock()
            case .end where open.count > 0 && open[open.count &- 1] < 0:
                // Of a construct that is no loop.
                reader.cursor += 1
                open.count &-= 1
            case .loop, .end, .byRow, .prefix:
                accessed |= used
                self.used |= used
                self.written |= written
                reader.cursor = scanStructure(scanClass, reader)
                weight = self.weight
                used = 0
                written = 0
            }
        }
        accessed |= used
        isComplete = reader.cursor == limit && ends == 1
    }

    /// Scans the operator at a reader, one of those that open and close or are noted by their row, and returns where it
    /// ends.
    @inline(never)
    private mutating func scanStructure(_ scanClass: ScanClass, _ start: TrustedReader) -> UnsafePointer<UInt8> {
        var reader = start
        switch scanClass {
        case .loop:
            reader.cursor += 1
            reader.skipType()
            openLoop(at: start.offset)
        case .end:
            reader.cursor += 1
            if open.count > 0 { closeLoop(at: start.offset) } else { ends += 1 }
        default:
            let row = reader.row(of: reader.readOpcode())
            reader.skip(row.pointee.immediates)
            if row.pointee.effects.contains(.callsOut) {
                hasCall = true
                hasBulkOperator = hasBulkOperator || Self.isBulk(row.pointee.opcode)
                callWeight &+= weight
            }
            if row.pointee.effects.contains(.callsIndirectly) { indirectCalls.append(start.offset) }
            if row.pointee.opensBlock { openBlock() }
            if row.pointee.opcode == .brTable { jumps &+= 1 }
        }
        return reader.cursor
    }

    /// Adds what was seen to a loop.
    @inline(__always) private mutating func park(in loop: Int) {
        loops.base[loop].used |= used
        loops.base[loop].written |= written
        loops.base[loop].hasCall = loops.base[loop].hasCall || hasCall
        loops.base[loop].hasBulkOperator = loops.base[loop].hasBulkOperator || hasBulkOperator
        loops.base[loop].ownJumps &+= Int32(truncatingIfNeeded: jumps)
        jumps = 0
    }

    /// Whether the runtime may be at an operator for as long as its operands say.
    private static func isBulk(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .memoryFill, .memoryCopy, .memoryInit, .memoryGrow, .tableFill, .tableCopy, .tableInit, .tableGrow: true
        default: false
        }
    }

    private mutating func openLoop(at offset: Int) {
        // What was seen so far belongs to the loop around this one.
        let parent = loopDepth > 0 ? enclosingLoop() : -1
        if parent >= 0 { park(in: parent) }
        jumpsOutsideLoops &+= jumps
        jumps = 0
        used = 0
        written = 0
        hasCall = false
        hasBulkOperator = false
        open.append(Int32(loops.count))
        loops.append(
            LoopSummary(
                offset: offset, used: 0, written: 0, hasCall: false, parent: Int32(truncatingIfNeeded: parent)))
        loopDepth += 1
        if loopDepth <= 6 { weight &*= 8 }
    }

    private mutating func closeLoop(at offset: Int) {
        let loop = Int(open.removeLast())
        park(in: loop)
        if loopDepth <= 6 { weight /= 8 }
        loopDepth -= 1
        let bytes = offset &- loops.base[loop].offset
        loops.base[loop].ownBytes &+= Int32(truncatingIfNeeded: bytes)
        if loopDepth > 0 {
            // The loop around this one did all that too.
            used = loops.base[loop].used
            written = loops.base[loop].written
            hasCall = loops.base[loop].hasCall
            hasBulkOperator = loops.base[loop].hasBulkOperator
            let parent = Int(loops.base[loop].parent)
            loops.base[parent].containsLoops = true
            loops.base[parent].ownBytes &-= Int32(truncatingIfNeeded: bytes)
            return
        }
        loopBytes &+= bytes
        // A value read anywhere in a loop may be read again in the next round.
        var rest = loops.base[loop].used
        while rest != 0 {
            let local = rest.trailingZeroBitCount
            rest &= rest &- 1
            lastRead[local] = max(lastRead[local], offset)
        }
        used = 0
        written = 0
        hasCall = false
        hasBulkOperator = false
    }

    /// About how many bytes of a body of so many a call executes, loops not counted.
    public func bytesPerCall(bodyBytes: Int) -> Int {
        max(1, bodyBytes &- loopBytes) / max(1, jumpsOutsideLoops &+ jumps)
    }

    /// Gives back what a very large function made of the buffers.
    public mutating func shrink() {
        loops.shrink()
        open.shrink()
        indirectCalls.shrink()
        highLocals.shrink()
    }

    /// Bytes of the buffers that grow, used or not.
    public var bufferBytes: Int {
        loops.byteCount + open.byteCount + indirectCalls.byteCount + highLocals.byteCount
    }

    /// The innermost open loop, or -1.
    @inline(__always) private func enclosingLoop() -> Int {
        guard open.count > 0 else { return -1 }
        let top = open[open.count - 1]
        return top >= 0 ? Int(top) : Int(-2 - top)
    }

    /// Opens a construct that is no loop; its entry remembers the loop around it.
    @inline(__always) private mutating func openBlock() { open.append(Int32(truncatingIfNeeded: -2 - enclosingLoop())) }
}
