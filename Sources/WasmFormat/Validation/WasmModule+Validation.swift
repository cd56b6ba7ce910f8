// Validating all function bodies of a module, on several threads.

import Synchronization
import TerraceThreads

extension WasmModule {
    /// Validates all function bodies.
    ///
    /// Of several errors the one with the lowest offset is thrown, whatever the number of threads.
    ///
    /// - Parameter jobs: how many threads may work, the calling one included. Small modules take one.
    public func validate(jobs: Int = 1) throws(ModuleError) {
        let codeBytes = codeSection?.count ?? 0
        // A thread is worth its start from about this much code on.
        let workers = min(jobs, codeBytes / (128 << 10))
        if workers <= 1 {
            var validator = FunctionValidator(self)
            for index in bodies.indices { try validator.validate(importedFunctionCount + index) }
            return
        }
        let progress = ValidationProgress(module: self, workers: workers)
        ParallelWork.run(workers: workers) { progress.work() }
        if let error = progress.error { throw error }
    }
}

/// Hands out runs of functions and keeps the first error.
private final class ValidationProgress: Sendable {
    private let module: WasmModule
    private let runLength: Int
    private let next = Atomic<Int>(0)
    /// Functions from here on need no validation: an earlier one failed.
    private let bound: Atomic<Int>
    private let firstError = Guarded<ModuleError?>(nil)

    var error: ModuleError? { firstError.withLock { $0 } }

    init(module: WasmModule, workers: Int) {
        self.module = module
        runLength = max(1, min(256, module.bodies.count / (workers * 8)))
        bound = Atomic(module.bodies.count)
    }

    func work() {
        var validator = FunctionValidator(module)
        while true {
            let start = next.wrappingAdd(runLength, ordering: .relaxed).oldValue
            for index in start..<(start + runLength) {
                guard index < bound.load(ordering: .relaxed) else { return }
                do throws(ModuleError) {
                    try validator.validate(module.importedFunctionCount + index)
                } catch {
                    firstError.withLock { first in
                        if first.map({ error.offset < $0.offset }) ?? true { first = error }
                    }
                    bound.min(index, ordering: .relaxed)
                    return
                }
            }
        }
    }
}
