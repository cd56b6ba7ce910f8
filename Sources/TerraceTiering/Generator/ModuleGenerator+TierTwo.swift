// Better code for functions that run already: requests, and what becomes of them.
//
// A request begins with a claim: in the function's state word for calls, in the function's hotness for loops. It ends with a
// commit, or for want of memory as if it had never been made, or because the tier cannot compile the function, which is noted
// for that tier and entry alone. In each case the code that runs is not concerned.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import TerraceThreads
import WasmFormat

extension ModuleGenerator {
    /// Asks for better code, unless somebody has, or it has failed. Compiles it here and now if tiering is deterministic.
    ///
    /// - Returns: whether there is a request, or was.
    @discardableResult
    func request(_ function: UInt32, _ entry: CodeEntry, reason: TierEvent.Reason) -> Bool {
        // The claim and what serves it are one step for a fork.
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        switch entry {
        case .call:
            guard code.claim(Int(function), for: .optimized) else {
                tiering.queue.raise(weakSelf, function, entry)
                return code.state(of: Int(function)).isInFlight
            }
        case .loop(let loop):
            guard hotness.withLock({ $0[function].claim(loop: Int32(loop)) }) else {
                tiering.queue.raise(weakSelf, function, entry)
                return true
            }
        }
        let request = CompileRequest(
            module: weakSelf, function: function, entry: entry, bodyBytes: bodyBytes(function),
            hotness: UInt32(clamping: tiering.policy.threshold), time: monotonicNanoseconds())
        switch tiering.isDeterministic ? .serveYourself : tiering.queue.add(request) {
        case .accepted: return true
        case .serveYourself:
            compileForTierTwo([request])
            return true
        case .refused:
            // There is no thread for it: the function stays where it is.
            giveUp(function, entry)
            return false
        }
    }

    /// Drops a claim.
    func giveUp(_ function: UInt32, _ entry: CodeEntry) {
        switch entry {
        case .call: code.abandon(Int(function), for: .optimized)
        case .loop(let loop): hotness.withLock { $0[function].abandon(loop: Int32(loop)) }
        }
    }

    /// Ends a claim because the tier cannot compile the function for that entry.
    private func fail(_ function: UInt32, _ entry: CodeEntry) {
        switch entry {
        case .call: code.fail(Int(function), for: .optimized)
        case .loop(let loop):
            hotness.withLock { $0[function].fail(loop: Int32(loop)) }
            // Other loops of the function may have more luck.
            let record = code.tieringRecords + Int(function)
            let installment = tiering.policy.installment(bodyBytes: bodyBytes(function))
            record.pointee.loops.store(installment, ordering: .relaxed)
            record.pointee.outerLoops.store(installment, ordering: .relaxed)
        }
    }

    private func begin(_ function: UInt32, _ entry: CodeEntry) -> Bool {
        switch entry {
        case .call: code.beginCompiling(Int(function), for: .optimized)
        case .loop(let loop): hotness.withLock { $0[function].beginCompiling(loop: Int32(loop)) }
        }
    }

    /// Says that nobody needs better code of this module any more: what is requested is forgotten, what is being compiled ends
    /// soon. For the module's end.
    public func cancelRequests() {
        cancellation.cancel()
        tiering.queue.removeAll(of: weakSelf)
    }

    /// A function that was compiled and is not published yet.
    struct TierTwoResult {
        var request: CompileRequest
        var start: UInt64
        var end: UInt64
        var codeBytes: Int
    }

    /// Compiles what was requested and claimed, and publishes it as one block.
    func compileForTierTwo(_ requests: [CompileRequest]) {
        guard let tierTwo = tiering.tierTwo else {
            for request in requests { giveUp(request.function, request.entry) }
            return
        }
        tierTwo.withCompiler { compiler in
            var joined = CompiledCode()
            var results: [TierTwoResult] = []
            for request in requests {
                if let result = compile(request, compiler, &joined) { results.append(result) }
            }
            guard !results.isEmpty else { return }
            SyncPoint.tierUpBeforeCommit.reach(in: ObjectIdentifier(code))
            publish(joined, results)
        }
    }

    /// Compiles one function and appends it.
    private func compile(
        _ request: CompileRequest, _ compiler: any TierTwoCompiler, _ joined: inout CompiledCode
    ) -> TierTwoResult? {
        let (function, entry) = (request.function, request.entry)
        guard begin(function, entry) else { return nil }
        let start = monotonicNanoseconds()
        do throws(CompileError) {
            if cancellation.isCancelled { throw .cancelled }
            try compiler.compile(
                functionIndex: function, entry: entry, profile: profile(function), cancellation: cancellation,
                in: environment)
        } catch {
            if case .cancelled = error { giveUp(function, entry) } else { fail(function, entry) }
            let end = monotonicNanoseconds()
            post(TierTwoResult(request: request, start: start, end: end, codeBytes: 0), failure: "\(error)")
            return nil
        }
        do throws(CodeError) {
            try FailureInjection.check(ObjectIdentifier(code), .outOfMemory)
            var codeBytes = 0
            try compiler.withCode { view in
                codeBytes = view.bytes.count
                let kind: CodeRangeKind = entry == .call ? .function : .loopEntry
                view.withCodeRange(kind, function) { joined.append($0) }
            }
            return TierTwoResult(request: request, start: start, end: monotonicNanoseconds(), codeBytes: codeBytes)
        } catch {
            giveUp(function, entry)
            let end = monotonicNanoseconds()
            post(TierTwoResult(request: request, start: start, end: end, codeBytes: 0), failure: "\(error)")
            return nil
        }
    }

    private func publish(_ joined: CompiledCode, _ results: [TierTwoResult]) {
        let block: CodeBlock
        do throws(CodeError) { block = try code.commit(joined, kind: .optimized) } catch {
            // Of several functions one may be the cause, and then only that one fails when it is asked for again.
            let isTemporary = error.isTemporary || results.count > 1
            for result in results {
                let (function, entry) = (result.request.function, result.request.entry)
                if isTemporary { giveUp(function, entry) } else { fail(function, entry) }
                post(result, failure: "\(error)")
            }
            return
        }
        SyncPoint.loopEntryAfterCommit.reach(in: ObjectIdentifier(code))
        for range in block.codeRanges where range.kind == .loopEntry {
            guard let result = results.first(where: { $0.request.function == range.functionIndex }),
                case .loop(let loop) = result.request.entry
            else { continue }
            offer(range.functionIndex, Int32(loop), at: block.placement.address(of: range.begin))
        }
        for result in results {
            note(result)
            post(result, failure: nil)
        }
        hurryCallees(of: joined)
    }

    /// Publishes code for a loop: its header asks for it the next time.
    private func offer(_ function: UInt32, _ loop: Int32, at address: CodeAddress) {
        let containsLoops = hotness.withLock { hotness in
            hotness[function].publish(loop: loop, at: address)
            return hotness[function].containsLoops(loop)
        }
        let record = code.tieringRecords + Int(function)
        if containsLoops {
            record.pointee.outerLoops.store(0, ordering: .relaxed)
        } else {
            record.pointee.loops.store(0, ordering: .relaxed)
        }
    }

    /// What code calls that has just moved will be hot as well.
    private func hurryCallees(of joined: CompiledCode) {
        guard tiering.mode == .tiered else { return }
        hotness.withLock { hotness in
            for relocation in joined.relocations where relocation.kind == .entryCell {
                hotness[relocation.payload].calleeOfOptimized()
            }
        }
    }

    // MARK: what is told

    private func note(_ result: TierTwoResult) {
        var work = Statistics.TierTwo()
        if result.request.entry == .call {
            work.functionCount = 1
            work.wasmBytes = result.request.bodyBytes
        } else {
            work.loopEntryCount = 1
        }
        work.nanoseconds = result.end - result.start
        note(work)
    }

    private func post(_ result: TierTwoResult, failure: String?) {
        if failure != nil {
            var work = Statistics.TierTwo()
            work.failureCount = 1
            work.nanoseconds = result.end - result.start
            note(work)
        }
        let request = result.request
        let reason: TierEvent.Reason =
            switch request.entry {
            case .call: tiering.mode == .optimized ? .ahead : .calls
            case .loop(let loop): .loop(Int(loop))
            }
        post(
            request.function, to: .optimized, reason, asked: request.time, start: result.start, end: result.end,
            codeBytes: failure == nil ? result.codeBytes : 0, failure: failure)
    }

    /// Tells those who listen of a function that came to a tier, or did not.
    func post(
        _ function: UInt32, to tier: TierEvent.Tier, _ reason: TierEvent.Reason, asked: UInt64, start: UInt64,
        end: UInt64, codeBytes: Int, failure: String?
    ) {
        tiering.events.post { () -> TierEvent in
            let from: TierEvent.Tier? =
                tier == .optimized && tiering.mode == .tiered ? .baseline : nil
            return TierEvent(
                moduleName: module.moduleName, functionIndex: function,
                functionName: module.displayName(ofFunction: function), from: from, to: tier, reason: reason,
                queueTime: .nanoseconds(Int64(start - asked)), compileTime: .nanoseconds(Int64(end - start)),
                bytecodeBytes: bodyBytes(function), codeBytes: codeBytes, failure: failure,
                time: .nanoseconds(Int64(end)))
        }
    }
}

extension CompiledCodeView {
    /// Calls `body` with this code as one range.
    func withCodeRange<Failure: Error>(
        _ kind: CodeRangeKind, _ functionIndex: UInt32, _ body: (CompiledCodeView) throws(Failure) -> Void
    ) throws(Failure) {
        let range = CodeRange(
            kind: kind, begin: 0, end: BlockOffset(bytes.count), functionIndex: functionIndex, isFrameless: isFrameless)
        // An allocation, not a variable: commits copy whole strides.
        try withUnsafeTemporaryAllocation(of: CodeRange.self, capacity: 1) { (ranges) throws(Failure) in
            ranges.initialize(repeating: range)
            var view = self
            view.codeRanges = UnsafeBufferPointer(ranges)
            try body(view)
        }
    }
}

extension WasmModule {
    /// The name of a function for people: from the name section, or that of an export.
    public func displayName(ofFunction index: UInt32) -> String? {
        functionName(Int(index)) ?? exports.first { $0.kind == .function && $0.index == index }?.name
    }
}
