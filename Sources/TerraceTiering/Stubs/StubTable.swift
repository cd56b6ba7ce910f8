// All stubs of an engine. None depends on a module or a tier: stubs are made for machine signatures, and load what they
// call from the records that they are given.

import Synchronization
import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceThreads

/// An engine's stubs: the shared ones, made at once, and those made on demand. Usable from any thread.
public final class StubTable: Sendable {
    /// Bytes from one lazy thunk to the next.
    static let thunkStride = 16

    /// Holds the blocks of all stubs; it has no functions.
    public let code: Code
    /// Where the fault handler continues after a trap.
    public let trapExit: CodeAddress
    /// What instances point to, as ``BuiltinStubTable`` says; valid while this table lives.
    public nonisolated(unsafe) let builtinStubs: UnsafePointer<UInt>  // never written after `init`
    /// What a host function's cell points to when there is no room for a stub of its signature: traps.
    public let unavailableHostCallStub: CodeAddress
    private let lazyCompileStub: CodeAddress
    private let lists = Guarded(Lists())

    private struct Lists {
        /// Signatures in the order of their first use; their places number the stubs.
        var signatures: [StubSignature: UInt32] = [:]
        var thunks: [ThunkRun] = []
    }

    /// Lazy thunks of functions with consecutive indices.
    private struct ThunkRun {
        var firstIndex: Int
        var count: Int
        var address: CodeAddress
    }

    /// Makes the shared stubs.
    public init(reservation: CodeReservation) throws(CodeError) {
        let code = try Code(importedFunctionCount: 0, functionCount: 0, reservation: reservation)
        self.code = code
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
            emit(.builtinStub, UInt32(builtin.rawValue)) { $0.emitBuiltinStub(builtin) }
        }
        emit(.tailCallReturn) { $0.emitTailCallReturn() }
        assembler.finish()
        try code.commit(CompiledCode(bytes: assembler.bytes, codeRanges: ranges), kind: .sharedStubs)

        func address(_ stub: StubID) -> CodeAddress {
            guard let address = code.stub(stub) else { preconditionFailure("a shared stub is missing") }
            return address
        }
        trapExit = address(StubID(.trapExit))
        unavailableHostCallStub = address(StubID(.hostCallStub))
        lazyCompileStub = address(StubID(.lazyCompileStub))
        let table = UnsafeMutablePointer<UInt>.allocate(capacity: BuiltinStubTable.count)
        for builtin in Builtin.allCases { table[builtin.rawValue] = address(StubID(builtin: builtin)).rawValue }
        table[BuiltinStubTable.tailCallReturn] = address(StubID(.tailCallReturn)).rawValue
        builtinStubs = UnsafePointer(table)
    }

    deinit { builtinStubs.deallocate() }

    private func number(of signature: StubSignature) -> UInt32 {
        lists.withLock { lists in
            if let number = lists.signatures[signature] { return number }
            let number = UInt32(lists.signatures.count)
            lists.signatures[signature] = number
            return number
        }
    }

    /// The stub through which the host calls functions of a signature.
    public func entryStub(_ signature: StubSignature) throws(CodeError) -> CodeAddress {
        let number = number(of: signature)
        return try code.stub(StubID(.entryStub, number)) { () throws(CodeError) in
            var assembler = Assembler()
            assembler.emitEntryStub(signature)
            assembler.finish()
            return Self.compiled(assembler, .entryStub, number, [])
        }
    }

    /// The stub through which wasm code calls host functions of a signature.
    public func hostCallStub(_ signature: StubSignature) throws(CodeError) -> CodeAddress {
        let number = number(of: signature)
        return try code.stub(StubID(.hostCallStub, number)) { () throws(CodeError) in
            var assembler = Assembler()
            let sites = assembler.emitHostCallStub(signature)
            assembler.finish()
            return Self.compiled(assembler, .hostCallStub, number, sites)
        }
    }

    private static func compiled(
        _ assembler: borrowing Assembler, _ kind: CodeRangeKind, _ number: UInt32, _ sites: [TrapSite]
    ) -> CompiledCode {
        let end = BlockOffset(assembler.offset)
        let range = CodeRange(kind: kind, begin: 0, end: end, functionIndex: number)
        return CompiledCode(bytes: assembler.bytes, codeRanges: [range], trapSites: sites)
    }

    /// Points the cells of all of a module's defined functions at their lazy thunks. Before anybody uses the code.
    public func pointCellsAtThunks(_ target: Code) throws(CodeError) {
        let runs = try thunkRuns(upTo: target.functionCount)
        for run in runs {
            let first = max(run.firstIndex, target.importedFunctionCount)
            let end = min(run.firstIndex + run.count, target.functionCount)
            guard first < end else { continue }
            var address = run.address.rawValue + UInt((first - run.firstIndex) * Self.thunkStride)
            for index in first..<end {
                target.cells[index].store(address, ordering: .relaxed)
                address += UInt(Self.thunkStride)
            }
        }
        atomicMemoryFence(ordering: .sequentiallyConsistent)
    }

    /// Thunks for all functions with indices below a number. Thunk i loads i and goes to the lazy-compile stub; it fits
    /// every module.
    private func thunkRuns(upTo count: Int) throws(CodeError) -> [ThunkRun] {
        try lists.withLock { (lists) throws(CodeError) in
            var covered = lists.thunks.last.map { $0.firstIndex + $0.count } ?? 0
            while covered < count {
                let run = max(512, covered)
                let address = try makeThunks(from: covered, count: run)
                lists.thunks.append(ThunkRun(firstIndex: covered, count: run, address: address))
                covered += run
            }
            return lists.thunks
        }
    }

    private func makeThunks(from first: Int, count: Int) throws(CodeError) -> CodeAddress {
        let stride = Self.thunkStride
        var compiled = CompiledCode()
        // Behind the thunks stands one jump to the shared stub, which all of them reach.
        let jump = count * stride
        compiled.bytes = [UInt8](unsafeUninitializedCapacity: jump + 16) { bytes, length in
            bytes.initialize(repeating: CodeSegment.trapByte)
            let base = UnsafeMutableRawPointer(bytes.baseAddress!)
            for index in 0..<count {
                // mov r11d, index; jmp
                let thunk = base + index * stride
                thunk.storeBytes(of: 0xBB41, as: UInt16.self)
                (thunk + 2).storeBytes(of: UInt32(first + index), as: UInt32.self)
                (thunk + 6).storeBytes(of: 0xE9, as: UInt8.self)
                (thunk + 7).storeBytes(of: Int32(jump - (index * stride + 11)), as: Int32.self)
            }
            // jmp [rip + 0]; the stub's address
            let far = base + jump
            far.storeBytes(of: 0x25FF, as: UInt16.self)
            (far + 2).storeBytes(of: 0, as: Int32.self)
            (far + 6).storeBytes(of: lazyCompileStub.rawValue, as: UInt.self)
            length = jump + 16
        }
        let end = BlockOffset(compiled.bytes.count)
        compiled.codeRanges = [
            CodeRange(
                kind: .lazyThunk, begin: 0, end: end, functionIndex: UInt32(truncatingIfNeeded: first) & 0xFF_FFFF)
        ]
        return try code.commit(compiled, kind: .lazyStubs).placement.base
    }
}
