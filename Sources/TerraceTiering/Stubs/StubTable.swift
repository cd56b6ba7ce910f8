// All stubs of the process. None depends on a module or a tier: stubs are made for machine signatures, and load what they
// call from the records that they are given.

import Synchronization
import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceThreads

/// The process's stubs: the shared ones and those of the first signatures, which stay, and those made on demand later, which
/// go with the last who uses them (``StubBank``, ``ThunkRun``). Usable from any thread.
public final class StubTable: Sendable {
    /// Holds the shared stubs, those of the first bank and the thunks that are kept; later banks and thunks have codes of their
    /// own. It has no functions.
    public let code: Code
    /// Where the fault handler continues after a trap.
    public let trapExit: CodeAddress
    /// What instances point to, as ``BuiltinStubTable`` says; valid while this table lives.
    public nonisolated(unsafe) let builtinStubs: UnsafePointer<UInt>  // never written after `init`
    /// What a host function's cell points to when there is no room for a stub of its signature: traps.
    public let unavailableHostCallStub: CodeAddress
    private let lazyCompileStub: CodeAddress
    private let signatures = SignatureStubs()
    private let firstBank: StubBank
    private let thunks = Guarded<[ThunkSlot]>([])

    /// Makes the shared stubs.
    public init(reservation: CodeReservation) throws(CodeError) {
        let code = try Code(importedFunctionCount: 0, functionCount: 0, reservation: reservation)
        self.code = code
        firstBank = StubBank(code: code, stubs: nil, serial: 0)
        var assembler = Assembler()
        var ranges: [CodeRange] = []
        func emit(_ kind: CodeRangeKind, _ number: UInt32 = CodeRange.none, _ body: (inout Assembler) -> Void) {
            assembler.align(to: 16, with: .trap)
            let begin = BlockOffset(assembler.offset)
            body(&assembler)
            let end = BlockOffset(assembler.offset)
            ranges.append(CodeRange(kind: kind, begin: begin, end: end, functionIndex: number))
        }
        emit(.trapExit) { $0.emitTrapExit() }
        emit(.hostCallStub) { $0.emitUnavailableHostCallStub() }
        emit(.lazyCompileStub) { $0.emitLazyCompileStub() }
        for builtin in Builtin.allCases {
            emit(.builtinStub, UInt32(builtin.rawValue)) {
                switch builtin {
                case .tierUpCall: $0.emitTierUpCallStub()
                case .tierUpLoop: $0.emitTierUpLoopStub()
                case .memoryCopy, .memoryFill:
                    if builtin == .memoryCopy { $0.emitShortMemoryCopy() } else { $0.emitShortMemoryFill() }
                    $0.emitBuiltinStub(builtin)
                default: $0.emitBuiltinStub(builtin)
                }
            }
        }
        emit(.tailCallReturn) { $0.emitTailCallReturn() }
        emit(.callTargetStub) { $0.emitRecordCallTarget() }
        assembler.finish()
        try code.commit(CompiledCode(bytes: assembler.bytes, codeRanges: ranges), kind: .sharedStubs)

        func address(_ stub: StubID) throws(CodeError) -> CodeAddress {
            guard let address = code.stub(stub) else { throw .contradiction("a shared stub is missing") }
            return address
        }
        var table: [UInt] = []
        for builtin in Builtin.allCases { table.append(try address(StubID(builtin: builtin)).rawValue) }
        table.append(try address(StubID(.tailCallReturn)).rawValue)
        table.append(try address(StubID(.callTargetStub)).rawValue)
        trapExit = try address(StubID(.trapExit))
        unavailableHostCallStub = try address(StubID(.hostCallStub))
        lazyCompileStub = try address(StubID(.lazyCompileStub))
        let stubs = UnsafeMutablePointer<UInt>.allocate(capacity: BuiltinStubTable.count)
        stubs.initialize(from: table, count: BuiltinStubTable.count)
        builtinStubs = UnsafePointer(stubs)
    }

    deinit { builtinStubs.deallocate() }

    /// A stub's address, and what keeps the stub.
    public struct Stub: Sendable {
        public let address: CodeAddress
        public let bank: StubBank
    }

    /// Tells a profiler of all stubs that are there and of all that will come.
    public func announce(to profiler: any CodeProfiler) {
        // What is made from now on is announced to whom `code` announces; then comes what was made before.
        code.announce(to: profiler) { _ in nil }
        let made = signatures.banks.map { $0.code } + thunks.withLock { $0.compactMap { $0.run } }.map { $0.owner }
        for other in made { other.announce(to: profiler) { _ in nil } }
    }

    /// Code for stubs that may go before the process does.
    private func makeCode() throws(CodeError) -> Code {
        let other = try Code(importedFunctionCount: 0, functionCount: 0, reservation: code.reservation)
        other.announce(as: code)
        return other
    }

    private func place(of signature: StubSignature) throws(CodeError) -> (bank: StubBank, number: UInt32) {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        return try signatures.place(of: signature, first: firstBank) { (serial) throws(CodeError) in
            StubBank(
                code: try makeCode(), stubs: signatures, serial: serial)
        }
    }

    /// The stub through which the host calls functions of a signature.
    public func entryStub(_ signature: StubSignature) throws(CodeError) -> Stub {
        guard signature.slotCount <= StubSignature.maximumSlotCount else { throw .blockTooLarge }
        let (bank, number) = try place(of: signature)
        let address = try bank.code.stub(StubID(.entryStub, number)) { () throws(CodeError) in
            var assembler = Assembler()
            assembler.emitEntryStub(signature)
            assembler.finish()
            return Self.compiled(assembler, .entryStub, number, [])
        }
        return Stub(address: address, bank: bank)
    }

    /// The stub through which wasm code calls host functions of a signature.
    public func hostCallStub(_ signature: StubSignature) throws(CodeError) -> Stub {
        guard signature.slotCount <= StubSignature.maximumSlotCount else { throw .blockTooLarge }
        let (bank, number) = try place(of: signature)
        let address = try bank.code.stub(StubID(.hostCallStub, number)) { () throws(CodeError) in
            var assembler = Assembler()
            let sites = assembler.emitHostCallStub(signature)
            assembler.finish()
            return Self.compiled(assembler, .hostCallStub, number, sites)
        }
        return Stub(address: address, bank: bank)
    }

    /// Signatures that have stubs now.
    public var signatureCount: Int { signatures.signatureCount }

    private static func compiled(
        _ assembler: borrowing Assembler, _ kind: CodeRangeKind, _ number: UInt32, _ sites: [TrapSite]
    ) -> CompiledCode {
        let end = BlockOffset(assembler.offset)
        let range = CodeRange(kind: kind, begin: 0, end: end, functionIndex: number)
        return CompiledCode(bytes: assembler.bytes, codeRanges: [range], trapSites: sites)
    }

    /// Points the cells of all of a module's defined functions at their lazy thunks. Before anybody uses the code.
    ///
    /// - Returns: the thunks, which live as long as somebody keeps them.
    func pointCellsAtThunks(_ target: Code) throws(CodeError) -> [ThunkRun] {
        let runs = try thunkRuns(upTo: target.functionCount)
        for run in runs where run.firstIndex < target.functionCount {
            let end = min(run.firstIndex + run.count, target.functionCount)
            target.setCells(of: run.firstIndex..<end, toThunksAt: run.address, stride: LazyThunk.stride)
        }
        return runs
    }

    /// Thunks for all functions with indices below a number. Thunk i loads i and goes to the lazy-compile stub; it fits
    /// every module. Each run is as long as all before it together; the table keeps the first ones only, so that the thunks of
    /// a giant go with it.
    private func thunkRuns(upTo count: Int) throws(CodeError) -> [ThunkRun] {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        return try thunks.withLock { (slots) throws(CodeError) in
            var runs: [ThunkRun] = []
            var covered = 0
            while covered < count {
                if runs.count == slots.count { slots.append(ThunkSlot()) }
                let slot = runs.count
                let run: ThunkRun
                if let existing = slots[slot].run {
                    run = existing
                } else {
                    run = try makeThunks(from: covered, count: max(512, covered))
                    slots[slot].run = run
                    if covered + run.count <= Self.keptThunks { slots[slot].kept = run }
                }
                runs.append(run)
                covered += run.count
            }
            return runs
        }
    }

    /// Functions whose thunks are always kept.
    private static let keptThunks = 16384

    private struct ThunkSlot {
        weak var run: ThunkRun?
        var kept: ThunkRun?
    }

    /// Thunks that exist now.
    var thunkCount: Int { thunks.withLock { $0.reduce(0) { $0 + ($1.run?.count ?? 0) } } }

    private func makeThunks(from first: Int, count: Int) throws(CodeError) -> ThunkRun {
        var compiled = CompiledCode()
        compiled.bytes = LazyThunk.bytes(indices: first..<first + count, stub: lazyCompileStub)
        let end = BlockOffset(compiled.bytes.count)
        compiled.codeRanges = [
            CodeRange(
                kind: .lazyThunk, begin: 0, end: end, functionIndex: UInt32(truncatingIfNeeded: first) & 0xFF_FFFF)
        ]
        let isKept = first + count <= Self.keptThunks
        let owner = isKept ? code : try makeCode()
        let address = try owner.commit(compiled, kind: .lazyStubs).placement.base
        return ThunkRun(firstIndex: first, count: count, address: address, owner: owner)
    }
}

/// Lazy thunks of functions with consecutive indices. Whoever may run in them keeps them.
final class ThunkRun: Sendable {
    let firstIndex: Int
    let count: Int
    let address: CodeAddress
    let owner: Code

    init(firstIndex: Int, count: Int, address: CodeAddress, owner: Code) {
        self.firstIndex = firstIndex
        self.count = count
        self.address = address
        self.owner = owner
    }
}
