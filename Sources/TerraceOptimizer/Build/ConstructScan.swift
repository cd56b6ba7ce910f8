// A look over a body before it is built: for each construct the locals that are assigned in it, and what a builder has to
// know where the construct begins. It reads operators by their rows.

import TerraceCompilation
import WasmFormat

/// A `block`, `loop`, `if` or `try_table`, or the function's body itself, which is construct 0.
struct Construct: BitwiseCopyable {
    /// The locals that are assigned in it: `assignedStart ..< assignedStart + assignedCount` of ``ConstructScan/assigned``.
    var assignedStart: UInt32 = 0
    var assignedCount: UInt32 = 0
    /// Where the operator that opens it stands, in the module's bytes; of construct 0, the first operator.
    var offset: UInt32
    /// Where its `else` stands, or 0.
    var alternative: UInt32 = 0
    /// Where its `end` stands.
    var end: UInt32 = 0
    /// Branches to its label; one `br_table` counts once.
    var branchCount: UInt32 = 0
    /// First of its part of the pending locals while it is open.
    var pendingStart: UInt32
    /// Where the operator of the last counted branch to its label stands.
    var lastBranch: UInt32 = 0
    /// Lanes of ``Versions`` that something in it changes.
    var writes: UInt16 = 0
    var isLoop: Bool
    /// Whether some branch names the label.
    var isTargeted: Bool { branchCount > 0 }
}

/// A call of a function that the scan met.
struct ScannedCall: BitwiseCopyable {
    /// Where the operator stands, in the module's bytes.
    var offset: UInt32
    /// Of an indirect call, its number among the function's (``FunctionPrescan/indirectCalls``).
    var function: UInt32
    /// Loops around it in its body.
    var loopDepth: UInt16
    /// Whether nothing but a trap comes behind it.
    var isCold: Bool
    var isIndirect = false
}

/// Scans bodies. Its results of several bodies stand one behind the other, for a function and what is inlined in it.
struct ConstructScan: ~Copyable {
    /// The first in ``constructs``: no construct, nothing is assigned in it.
    static var nothingAssigned: UInt32 { 0 }

    /// Behind ``nothingAssigned``, in the order of their bytes, those in unreachable code too.
    var constructs = RawStack<Construct>(capacity: 64)
    /// Locals, construct after construct. In each construct each local stands once.
    var assigned = RawStack<UInt32>(capacity: 256)
    /// Body after body, in the order of their bytes.
    var calls = RawStack<ScannedCall>(capacity: 64)
    var callees = Callees()
    /// Steps taken, for tests of growth.
    private(set) var steps = 0
    /// What all branches of the last body pass at most: for each label the locals that its construct assigns.
    private(set) var passedCount = 0
    /// By local: 0 if it is a value. Empty if all are.
    var frameLocals = RawStack<UInt32>(capacity: 1)

    /// Open constructs, innermost last.
    private var open = RawStack<UInt32>(capacity: 64)
    /// The locals seen in open constructs, outermost first; in each construct's part each local stands once.
    var pending = RawStack<PendingLocal>(capacity: 256)
    /// By local, where it stands in `pending` last, or -1.
    private var positions = RawStack<Int32>(capacity: 64)
    private var lanes = VersionLanes()
    /// Loops among the open constructs.
    private var loopDepth: UInt16 = 0
    private var indirectCallCount: UInt32 = 0
    private let classes = OperatorClass.byByte

    struct PendingLocal: BitwiseCopyable {
        var local: UInt32
        /// Where it stands in the part of a construct further out, or -1.
        var outer: Int32
    }

    init() {}

    mutating func reset() {
        frameLocals.count = 0
        constructs.count = 0
        constructs.append(Construct(offset: 0, pendingStart: 0, isLoop: false))
        assigned.count = 0
        calls.count = 0
        steps = 0
    }

    mutating func shrink() {
        constructs.shrink()
        assigned.shrink()
        calls.shrink()
        open.shrink()
        pending.shrink()
        positions.shrink()
        frameLocals.shrink()
    }

    /// Scans a valid body from its first operator, at which the reader stands.
    ///
    /// - Returns: the position of the body's own construct, behind which those inside follow; nil, and nothing is scanned, if
    ///   branches would pass more than `limit` locals.
    mutating func scan(_ start: TrustedReader, localCount: Int, _ lanes: VersionLanes, limit: Int) -> Int? {
        let assignedBefore = assigned.count
        let callsBefore = calls.count
        passedCount = 0
        self.lanes = lanes
        let first = constructs.count
        positions.refill(count: localCount, with: -1)
        pending.count = 0
        open.count = 0
        loopDepth = 0
        indirectCallCount = 0
        var reader = start
        openConstruct(at: reader.offset, isLoop: false)
        let classes = classes
        while true {
            let offset = reader.cursor
            switch classes[Int(offset.pointee)] {
            case .plain: reader.cursor += 1
            case .number:
                reader.cursor += 1
                reader.skipLEB()
            case .memoryArgument:
                reader.cursor += 1
                reader.skipMemoryArgument()
            case .store:
                reader.cursor += 1
                let flags = reader.readU32InPlace()
                let memory = flags & 0x40 != 0 ? reader.readU32InPlace() : 0
                reader.skipLEB()
                note(1 &<< UInt16(lanes.memory(memory)))
            case .globalSet:
                reader.cursor += 1
                note(1 &<< UInt16(lanes.global(reader.readU32InPlace())))
            case .assignment:
                reader.cursor += 1
                assign(reader.readU32InPlace())
            case .branch:
                reader.cursor += 1
                branch(reader.readU32InPlace(), at: offset - reader.base)
            case .call:
                reader.cursor += 1
                let function = reader.readU32InPlace()
                noteCall(function, at: offset - reader.base, isCold: reader.cursor.pointee == Self.unreachable)
            case .end:
                reader.cursor += 1
                closeConstruct(at: offset - reader.base)
                if passedCount > limit {
                    constructs.count = first
                    assigned.count = assignedBefore
                    calls.count = callsBefore
                    return nil
                }
                if open.count == 0 { return first }
            case .byRow: reader.cursor = scanByRow(reader)
            }
        }
    }

    /// Scans an operator of which the row says what to note, and returns where it ends.
    @inline(never) private mutating func scanByRow(_ start: TrustedReader) -> UnsafePointer<UInt8> {
        var reader = start
        let offset = start.offset
        let opcode = reader.readOpcode()
        let row = reader.row(of: opcode)
        switch opcode {
        case .else: constructs.element(innermost).pointee.alternative = UInt32(truncatingIfNeeded: offset)
        case .brTable:
            let count = reader.readU32InPlace()
            for _ in 0...count { branch(reader.readU32InPlace(), at: offset) }
            steps &+= Int(count)
            return reader.cursor
        case .brOnNull, .brOnNonNull:
            branch(reader.readU32InPlace(), at: offset)
            return reader.cursor
        case .brOnCast, .brOnCastFail:
            var label = reader
            label.cursor += 1
            branch(label.readU32InPlace(), at: offset)
        default: break
        }
        reader.skip(row.pointee.immediates)
        note(VersionLanes.lanes(changedBy: row))
        if row.pointee.effects.contains(.callsIndirectly) {
            noteIndirectCall(at: offset, isCold: reader.cursor.pointee == Self.unreachable)
        }
        if row.pointee.opensBlock { openConstruct(at: offset, isLoop: opcode == .loop) }
        return reader.cursor
    }

    private var innermost: Int { Int(open[open.count &- 1]) }

    @inline(__always) private mutating func note(_ writes: UInt16) {
        constructs.element(innermost).pointee.writes |= writes
    }

    private static var unreachable: UInt8 { UInt8(truncatingIfNeeded: Opcode.unreachable.code) }

    @inline(never) private mutating func noteCall(_ function: UInt32, at offset: Int, isCold: Bool) {
        note(callees.writes(of: function))
        calls.append(
            ScannedCall(
                offset: UInt32(truncatingIfNeeded: offset), function: function, loopDepth: loopDepth, isCold: isCold))
    }

    private mutating func noteIndirectCall(at offset: Int, isCold: Bool) {
        calls.append(
            ScannedCall(
                offset: UInt32(truncatingIfNeeded: offset), function: indirectCallCount, loopDepth: loopDepth,
                isCold: isCold, isIndirect: true))
        indirectCallCount &+= 1
    }

    private mutating func openConstruct(at offset: Int, isLoop: Bool) {
        if isLoop { loopDepth &+= 1 }
        open.append(UInt32(truncatingIfNeeded: constructs.count))
        constructs.append(
            Construct(
                offset: UInt32(truncatingIfNeeded: offset), pendingStart: UInt32(truncatingIfNeeded: pending.count),
                isLoop: isLoop))
        steps &+= 1
    }

    @inline(__always) private mutating func assign(_ local: UInt32) {
        if frameLocals.count > 0, frameLocals[Int(local)] != 0 { return }
        let position = positions[Int(local)]
        guard position < Int32(truncatingIfNeeded: constructs[innermost].pendingStart) else { return }
        positions[Int(local)] = Int32(truncatingIfNeeded: pending.count)
        pending.append(PendingLocal(local: local, outer: position))
    }

    private mutating func branch(_ depth: UInt32, at offset: Int) {
        let target = constructs.element(Int(open[open.count &- 1 &- Int(depth)]))
        let offset = UInt32(truncatingIfNeeded: offset)
        guard target.pointee.lastBranch != offset else { return }
        target.pointee.lastBranch = offset
        target.pointee.branchCount &+= 1
    }

    /// Writes down what is assigned in the innermost construct, and passes it on to the one around it.
    private mutating func closeConstruct(at offset: Int) {
        let closed = constructs.element(Int(open.removeLast()))
        let start = Int(closed.pointee.pendingStart)
        closed.pointee.end = UInt32(truncatingIfNeeded: offset)
        if closed.pointee.isLoop { loopDepth &-= 1 }
        closed.pointee.assignedStart = UInt32(truncatingIfNeeded: assigned.count)
        closed.pointee.assignedCount = UInt32(truncatingIfNeeded: pending.count &- start)
        steps &+= pending.count &- start
        passedCount &+= (pending.count &- start) &* (Int(closed.pointee.branchCount) &+ 1)
        guard open.count > 0 else {
            for index in start..<pending.count { assigned.append(pending[index].local) }
            return
        }
        let outer = constructs.element(innermost)
        outer.pointee.writes |= closed.pointee.writes
        let outerStart = Int32(truncatingIfNeeded: outer.pointee.pendingStart)
        var kept = start
        var index = start
        while index < pending.count {
            let entry = pending[index]
            assigned.append(entry.local)
            if entry.outer >= outerStart {
                positions[Int(entry.local)] = entry.outer
            } else {
                positions[Int(entry.local)] = Int32(truncatingIfNeeded: kept)
                pending[kept] = entry
                kept &+= 1
            }
            index &+= 1
        }
        pending.count = kept
    }
}

/// How the scan treats an operator that begins with a byte.
enum OperatorClass: UInt8 {
    /// Nothing follows the opcode, and nothing is to be noted.
    case plain
    /// One number follows.
    case number
    case memoryArgument
    case store
    case globalSet
    case assignment
    /// One label follows.
    case branch
    case call
    case end
    /// The row says what follows and what to note; or the byte opens a page.
    case byRow

    init(_ row: OpcodeInfo) {
        switch row.opcode {
        case .localSet, .localTee: self = .assignment
        case .br, .brIf: self = .branch
        case .call: self = .call
        case .globalSet: self = .globalSet
        case .tableSet: self = .byRow
        case .end: self = .end
        case .else, .brOnNull, .brOnNonNull: self = .byRow
        default:
            let writes = row.effects.contains(.writesMemory)
            let isNoted = writes || row.effects.contains(.callsOut)
            switch row.immediates.shape {
            case .nothing where !isNoted: self = .plain
            case .number where !isNoted: self = .number
            case .memoryArgument where !isNoted: self = .memoryArgument
            case .memoryArgument where !row.effects.contains(.callsOut): self = .store
            default: self = .byRow
            }
        }
    }

    /// Never written after its initialisation and never freed.
    nonisolated(unsafe) static let byByte: UnsafePointer<OperatorClass> = {
        let table = UnsafeMutablePointer<OperatorClass>.allocate(capacity: 256)
        for byte in 0...255 {
            (table + byte).initialize(to: Opcode.decode(UInt8(byte)).map { OperatorClass($0.info) } ?? .byRow)
        }
        return UnsafePointer(table)
    }()
}
