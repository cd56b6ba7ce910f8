// Compiling a whole module on several threads.

import Synchronization
import TerraceBaseline
import TerraceCode
import TerraceCompilation
import TerraceThreads
import WasmFormat

extension ModuleGenerator {
    /// Bytes of bodies that become one block.
    private static let batchBytes = 128 << 10

    /// Compiles every function that has no code yet, on `jobs` threads, the calling one included: for the optimized tier if
    /// the engine has no other, and for the baseline tier what that cannot compile.
    ///
    /// Functions that other threads are compiling lazily are waited for. After an error the functions that could be
    /// compiled have code; the error is that of the lowest function index.
    public func compileAll(jobs: Int) throws(GenerationError) {
        let batches = makeBatches()
        let next = Atomic<Int>(0)
        let firstError = Guarded<GenerationError?>(nil)
        ParallelWork.run(workers: min(jobs, batches.count)) {
            let box = CompilerPool.process.take(for: self.environment)
            var joined = CompiledCode()
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < batches.count else { break }
                for error in self.compile(batches[number], box, &joined) {
                    firstError.withLock {
                        if error.functionIndex < $0?.functionIndex ?? .max { $0 = error }
                    }
                }
            }
            CompilerPool.process.give(box)
        }
        if let error = firstError.withLock({ $0 }) { throw error }
    }

    /// Runs of consecutive functions with about equal amounts of code.
    private func makeBatches() -> [Range<UInt32>] {
        var batches: [Range<UInt32>] = []
        var start = UInt32(module.importedFunctionCount)
        var end = start
        var bytes = 0
        // A block must fit the limit on code.
        let batchBytes = min(Self.batchBytes, code.maximumCodeBytes / 16)
        for body in module.bodies {
            end += 1
            bytes += body.bytes.count
            if bytes >= batchBytes {
                batches.append(start..<end)
                start = end
                bytes = 0
            }
        }
        if start < end { batches.append(start..<end) }
        return batches
    }

    /// Compiles the functions of a batch that nobody else has claimed, and publishes them as one block.
    private func compile(
        _ batch: Range<UInt32>, _ box: CompilerBox, _ joined: inout CompiledCode
    ) -> [GenerationError] {
        var errors: [GenerationError] = []
        var others: [UInt32] = []
        if tiering.mode == .optimized { compileForTierTwo(batch) }
        compile(batch, box, &joined, &errors, &others)
        for index in others where code.functionEntry(Int(index)) == nil {
            do throws(GenerationError) { _ = try entry(ofFunction: index) } catch { errors.append(error) }
        }
        return errors
    }

    /// Compiles what nobody else has claimed for the optimized tier.
    private func compileForTierTwo(_ batch: Range<UInt32>) {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let now = monotonicNanoseconds()
        compileForTierTwo(
            batch.compactMap { index in
                guard code.claim(Int(index), for: .optimized) else { return nil }
                return CompileRequest(
                    module: weakSelf, function: index, entry: .call, bodyBytes: bodyBytes(index), hotness: 0, time: now)
            })
    }

    /// Compiles what nobody else has claimed, and lists the others.
    private func compile(
        _ batch: Range<UInt32>, _ box: CompilerBox, _ joined: inout CompiledCode, _ errors: inout [GenerationError],
        _ others: inout [UInt32]
    ) {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let start = monotonicNanoseconds()
        var claimed: [UInt32] = []
        var work = Statistics()
        joined.removeAll()
        joined.reserve(bodyBytes: batch.reduce(0) { $0 + bodyBytes($1) })
        for index in batch {
            guard code.claim(Int(index)), code.beginCompiling(Int(index)) else {
                others.append(index)
                continue
            }
            let startOfOne = monotonicNanoseconds()
            do throws(CompileError) { try box.compiler.compile(functionIndex: index) } catch {
                let failure = GenerationError.compile(error, functionIndex: index)
                noteFailure(failure)
                code.fail(Int(index))
                errors.append(failure)
                postBaseline(index, .ahead, since: startOfOne, failure: "\(error)")
                continue
            }
            do throws(CodeError) {
                if environment.countsExecutions {
                    try prepareCounting(index, recordedCalls: box.compiler.recordedCallCount)
                }
                postBaseline(index, .ahead, since: startOfOne, codeBytes: box.compiler.bytes.count)
                box.withResult(index) { joined.append($0) }
                claimed.append(index)
                work.functionCount += 1
                work.wasmBytes += module.bodies[Int(index) - module.importedFunctionCount].bytes.count
            } catch {
                code.abandon(Int(index))
                errors.append(.code(error, functionIndex: index))
            }
        }
        if !claimed.isEmpty {
            do throws(CodeError) { try code.commit(&joined, kind: .baseline) } catch {
                // Whichever function is the cause: when it is asked for alone, that will show.
                for index in claimed { code.abandon(Int(index)) }
                errors.append(.code(error, functionIndex: claimed[0]))
                work = Statistics()
            }
        }
        work.nanoseconds = monotonicNanoseconds() - start
        note(work)
    }
}

extension CompiledCode {
    /// Makes room for the code that so many bytes of bodies become, usually, so that it is not moved while it grows.
    fileprivate mutating func reserve(bodyBytes: Int) { bytes.reserveCapacity(3 * bodyBytes) }

    /// Empties everything and keeps the memory.
    fileprivate mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        alignment = 16
        codeRanges.removeAll(keepingCapacity: true)
        callSites.removeAll(keepingCapacity: true)
        trapSites.removeAll(keepingCapacity: true)
        relocations.removeAll(keepingCapacity: true)
        stackMaps.removeAll(keepingCapacity: true)
        stackMapWords.removeAll(keepingCapacity: true)
        handlerRanges.removeAll(keepingCapacity: true)
        inlineNodes.removeAll(keepingCapacity: true)
        inlineRanges.removeAll(keepingCapacity: true)
    }
}
