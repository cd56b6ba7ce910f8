// What is known of functions that others call: whether they may be inlined, and what they change. Found when it is first asked
// for, from the callee's bytes; it does not depend on who asks.

import TerraceABI
import TerraceCompilation
import WasmFormat

/// What is known of one function as a callee.
struct CalleeFacts: BitwiseCopyable {
    enum Kind: UInt8 { case unknown, refused, inlinable }

    var kind = Kind.unknown
    var hasLoop = false
    /// Whether ``writesAsLeaf`` is known.
    var isLeafKnown = false
    /// Bytes of its operators, if it may be inlined.
    var byteCount: UInt16 = 0
    /// Lanes of ``Versions`` that a call of it may change.
    var writes = VersionLanes.all
    /// The same if it calls nothing; all lanes otherwise.
    var writesAsLeaf = VersionLanes.all
    /// Its place in ``InliningPlan/bodies``, if the plan's number is ``plan``.
    var body: UInt32 = 0
    var plan: UInt32 = 0
}

/// The functions of a module as callees.
struct Callees: ~Copyable {
    /// Functions of more bytes are not looked into.
    static var largest: Int { 512 }
    /// Functions with more locals are not inlined.
    static var mostLocals: Int { 64 }

    private var facts = RawStack<CalleeFacts>(capacity: 16)
    private var environment: ModuleEnvironment?
    private var lanes = VersionLanes()

    init() {}

    /// Goes on with functions of another module, or of the same one.
    mutating func use(_ environment: ModuleEnvironment, _ lanes: VersionLanes) {
        if self.environment === environment { return }
        self.environment = environment
        self.lanes = lanes
        facts.count = 0
    }

    mutating func forget() {
        environment = nil
        facts.shrink()
    }

    /// The facts of a function, valid until the next call.
    mutating func element(_ function: UInt32) -> UnsafeMutablePointer<CalleeFacts> {
        let environment = environment.unsafelyUnwrapped
        if _slowPath(facts.count == 0) { facts.refill(count: environment.functionCount, with: CalleeFacts()) }
        let element = facts.element(Int(function))
        if element.pointee.kind == .unknown { look(into: function) }
        return element
    }

    /// Lanes of ``Versions`` that a call of a function may change.
    @inline(__always) mutating func writes(of function: UInt32) -> UInt16 { element(function).pointee.writes }

    /// The body of a function that is worth a look, with a reader at its first operator.
    private mutating func body(_ function: UInt32) -> (reader: TrustedReader, byteCount: Int, isInlinable: Bool)? {
        let environment = environment.unsafelyUnwrapped
        guard Int(function) >= environment.importedFunctionCount else { return nil }
        let body = environment.module.bodies[Int(function) - environment.importedFunctionCount]
        guard body.bytes.count <= Self.largest else { return nil }
        var reader = TrustedReader(environment.module.bytes, at: body.bytes.lowerBound)
        let signature = environment.signatures[Int(environment.functionTypes[Int(function)])]
        var locals = UInt64(signature.parameterCount)
        for _ in 0..<reader.readU32() {
            locals &+= UInt64(reader.readU32())
            reader.skipType()
        }
        return (reader, body.bytes.upperBound - reader.offset, locals <= UInt64(Self.mostLocals))
    }

    private mutating func look(into function: UInt32) {
        let element = facts.element(Int(function))
        guard var (reader, byteCount, isInlinable) = body(function) else {
            element.pointee.kind = .refused
            element.pointee.isLeafKnown = true
            return
        }
        var own: UInt16 = 0
        var called: UInt16 = 0
        var hasCall = false
        let end = reader.offset + byteCount
        while reader.offset < end {
            let opcode = reader.readOpcode()
            let row = reader.row(of: opcode)
            switch opcode {
            case .call:
                hasCall = true
                called |= writesAsLeaf(reader.readU32())
                continue
            case .globalSet:
                own |= 1 &<< UInt16(lanes.global(reader.readU32()))
                continue
            case .loop: element.pointee.hasLoop = true
            // They leave the frame that they stand in.
            case .returnCall, .returnCallIndirect, .returnCallRef:
                isInlinable = false
                own = VersionLanes.all
            default: break
            }
            switch row.pointee.feature {
            case .gc, .exceptions, .legacyExceptions, .threads: isInlinable = false
            default: break
            }
            own |= writes(row, reader)
            reader.skip(row.pointee.immediates)
        }
        element.pointee.byteCount = UInt16(truncatingIfNeeded: byteCount)
        element.pointee.writes = own | called
        element.pointee.writesAsLeaf = hasCall ? VersionLanes.all : own
        element.pointee.isLeafKnown = true
        element.pointee.kind = isInlinable ? .inlinable : .refused
    }

    /// What a function changes, if it calls nothing.
    private mutating func writesAsLeaf(_ function: UInt32) -> UInt16 {
        let element = facts.element(Int(function))
        if element.pointee.isLeafKnown { return element.pointee.writesAsLeaf }
        element.pointee.isLeafKnown = true
        guard var (reader, byteCount, _) = body(function) else { return VersionLanes.all }
        var writes: UInt16 = 0
        let end = reader.offset + byteCount
        while reader.offset < end, writes != VersionLanes.all {
            let opcode = reader.readOpcode()
            let row = reader.row(of: opcode)
            switch opcode {
            case .call, .returnCall, .returnCallIndirect, .returnCallRef: writes = VersionLanes.all
            case .globalSet:
                writes |= 1 &<< UInt16(lanes.global(reader.readU32()))
                continue
            default: writes |= self.writes(row, reader)
            }
            reader.skip(row.pointee.immediates)
        }
        element.pointee.writesAsLeaf = writes
        return writes
    }

    /// The lanes that an operator changes, its immediates at the reader.
    private mutating func writes(_ row: UnsafePointer<OpcodeInfo>, _ reader: TrustedReader) -> UInt16 {
        if row.pointee.immediates.shape == .memoryArgument, !row.pointee.effects.contains(.callsOut),
            row.pointee.effects.contains(.writesMemory)
        {
            var reader = reader
            let flags = reader.readU32()
            return 1 &<< UInt16(lanes.memory(flags & 0x40 != 0 ? reader.readU32() : 0))
        }
        return VersionLanes.lanes(changedBy: row)
    }
}
