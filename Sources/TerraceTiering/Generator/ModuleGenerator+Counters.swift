// What happens when a counter of a module's code has run out, and what counting code needs before it can run.

import Synchronization
import TerraceABI
import TerraceCode
import TerraceCompilation
import TerraceThreads
import WasmFormat

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is known of a module's functions. Behind the generator's lock.
struct ModuleHotness {
    var functions: [UInt32: Hotness] = [:]

    subscript(function: UInt32) -> Hotness {
        get { functions[function] ?? Hotness() }
        _modify { yield &functions[function, default: Hotness()] }
    }
}

/// Memory for what counting code records of indirect calls. Lives as long as the generator.
struct CallSiteProfiles: @unchecked Sendable {
    // Written by code as it runs, read by compilers: counts that are a little off harm nothing. The list is behind a lock.
    private var tables: [UInt32: UnsafeMutableBufferPointer<CallSiteProfile>] = [:]

    /// The profiles of a function's calls, empty at first; nil if there is no memory.
    mutating func make(_ function: UInt32, count: Int) -> UInt? {
        if let table = tables[function] { return UInt(bitPattern: table.baseAddress) }
        guard let memory = malloc(count * MemoryLayout<CallSiteProfile>.stride) else { return nil }
        let table = UnsafeMutableBufferPointer(
            start: memory.bindMemory(to: CallSiteProfile.self, capacity: count), count: count)
        table.initialize(repeating: CallSiteProfile())
        tables[function] = table
        return UInt(bitPattern: table.baseAddress)
    }

    /// What has been recorded of a function's calls.
    func read(_ function: UInt32) -> [CallSiteProfile] { tables[function].map { Array($0) } ?? [] }

    func deallocate() {
        for table in tables.values { free(table.baseAddress) }
    }
}

extension ModuleGenerator {
    /// Bytes of a function's body.
    func bodyBytes(_ function: UInt32) -> Int {
        module.bodies[Int(function) - module.importedFunctionCount].bytes.count
    }

    /// Before a function's counting code is published: its counters get the first installment, and what it records a place.
    func prepareCounting(_ function: UInt32, recordedCalls: Int) throws(CodeError) {
        let record = code.tieringRecords + Int(function)
        if recordedCalls > 0 {
            try FailureInjection.check(ObjectIdentifier(code), .outOfMemory)
            guard let address = profiles.withLock({ $0.make(function, count: recordedCalls) }) else {
                throw .outOfMemory
            }
            record.pointee.callSites.store(address, ordering: .relaxed)
        }
        let installment = tiering.policy.installment(bodyBytes: bodyBytes(function))
        record.pointee.calls.store(installment, ordering: .relaxed)
        record.pointee.loops.store(installment, ordering: .relaxed)
        record.pointee.outerLoops.store(installment, ordering: .relaxed)
    }

    /// What is known of a function's past.
    func profile(_ function: UInt32) -> FunctionProfile {
        var profile = FunctionProfile()
        profile.callSites = profiles.withLock { $0.read(function) }
        return profile
    }

    // MARK: counters that have run out

    /// A call has brought the function's counter below zero.
    ///
    /// - Returns: the better code where it shall go instead, or nil if it shall go on where it is.
    public func callsExpired(_ function: UInt32) -> CodeAddress? {
        // Also keeps this thread's claims from a child of a fork.
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let calls = code.tieringRecords + Int(function)
        if let entry = optimizedEntry(function) {
            calls.pointee.calls.store(TieringPolicy.rest, ordering: .relaxed)
            return entry
        }
        let decision = hotness.withLock {
            $0[function].callsExpired(tiering.policy, bodyBytes: bodyBytes(function))
        }
        guard decision == .compileForCalls else {
            let isOff = decision == .rest
            calls.pointee.calls.store(isOff ? TieringPolicy.rest : installment(function), ordering: .relaxed)
            return nil
        }
        let isAsked = request(function, .call, reason: .calls)
        if let entry = optimizedEntry(function) { return entry }
        let wait = isAsked && tiering.policy.threshold == 0 ? 0 : TieringPolicy.rest
        calls.pointee.calls.store(wait, ordering: .relaxed)
        return nil
    }

    /// A round of a loop has brought a counter below zero.
    ///
    /// - Parameters:
    ///   - loop: the loop's number, or -1 if it cannot be entered elsewhere.
    ///   - frame: the frame pointer.
    /// - Returns: the code for entry at that loop, to go there, or nil to go on.
    public func loopExpired(_ function: UInt32, loop: Int32, frame: UInt) -> CodeAddress? {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let record = code.tieringRecords + Int(function)
        func decide() -> Hotness.Decision {
            hotness.withLock { hotness in
                if hotness[function].loopParents == nil { hotness[function].loopParents = loopParents(function) }
                return hotness[function].loopExpired(
                    loop, frame: frame, calls: record.pointee.calls.load(ordering: .relaxed),
                    hasOptimizedCalls: optimizedEntry(function) != nil, tiering.policy,
                    bodyBytes: bodyBytes(function))
            }
        }
        var decision = decide()
        // What a request leads to may come at once, and then sets a counter: so they are set before.
        setLoopCounters(decision, function)
        switch decision {
        case .enter(let address): return address
        case .compileForCalls: request(function, .call, reason: .calls)
        case .compileForLoop:
            request(function, .loop(UInt32(loop)), reason: .loop(Int(loop)))
            guard tiering.isDeterministic else { break }
            decision = decide()
            setLoopCounters(decision, function)
            if case .enter(let address) = decision { return address }
        case .rest where loop >= 0: tiering.queue.raise(weakSelf, function, .loop(UInt32(loop)))
        default: break
        }
        return nil
    }

    /// Gives the counters of loops what they get after a decision.
    private func setLoopCounters(_ decision: Hotness.Decision, _ function: UInt32) {
        let record = code.tieringRecords + Int(function)
        let installment = installment(function)
        func set(_ value: Int32) {
            record.pointee.loops.store(value, ordering: .relaxed)
            record.pointee.outerLoops.store(value, ordering: .relaxed)
        }
        switch decision {
        case .goOn(let awaitsOuterLoop):
            // One of the two has run out; the other goes on counting.
            if record.pointee.loops.load(ordering: .relaxed) < 0 {
                record.pointee.loops.store(installment, ordering: .relaxed)
            }
            if awaitsOuterLoop {
                record.pointee.outerLoops.store(0, ordering: .relaxed)
            } else if record.pointee.outerLoops.load(ordering: .relaxed) < 0 {
                record.pointee.outerLoops.store(installment, ordering: .relaxed)
            }
        case .compileForCalls: set(max(installment, 1))
        // Whoever comes next finds what there is sooner.
        case .enter, .lookSoon: set(min(installment, TieringPolicy.soon))
        case .tryOthers(containsLoops: true): record.pointee.outerLoops.store(TieringPolicy.soon, ordering: .relaxed)
        case .tryOthers: record.pointee.loops.store(TieringPolicy.soon, ordering: .relaxed)
        case .compileForLoop, .rest: set(TieringPolicy.rest)
        }
    }

    private func installment(_ function: UInt32) -> Int32 {
        tiering.policy.installment(bodyBytes: bodyBytes(function))
    }

    /// Where calls of a function go if they go to optimized code.
    private func optimizedEntry(_ function: UInt32) -> CodeAddress? {
        code.state(of: Int(function)).tier == .optimized ? code.functionEntry(Int(function)) : nil
    }

    /// The loop around each loop of a function, or -1.
    private func loopParents(_ function: UInt32) -> [Int32] {
        let body = module.bodies[Int(function) - module.importedFunctionCount]
        let reader = TrustedReader(module.bytes, at: body.codeOffset)
        var prescan = FunctionPrescan()
        prescan.scan(reader, to: body.bytes.upperBound)
        return prescan.loops.buffer.map(\.parent)
    }
}
