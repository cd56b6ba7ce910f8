// Baseline compilers that are free for reuse: their buffers have grown to what functions need.

import TerraceBaseline
import TerraceCode
import TerraceCompilation
import TerraceThreads

/// A compiler that one thread at a time uses.
final class CompilerBox: @unchecked Sendable {
    // Owned by exactly one place: the pool's list, or the thread that took it.
    var compiler: BaselineCompiler

    init(_ environment: ModuleEnvironment) { compiler = BaselineCompiler(environment: environment) }

    /// Calls `body` with what the compiler made of a function.
    func withResult<Failure: Error>(
        _ functionIndex: UInt32, _ body: (CompiledCodeView) throws(Failure) -> Void
    ) throws(Failure) {
        var view = CompiledCodeView(
            bytes: UnsafeMutableRawBufferPointer(mutating: compiler.bytes),
            codeRanges: UnsafeBufferPointer<CodeRange>(start: nil, count: 0))
        view.callSites = compiler.callSites
        view.trapSites = compiler.trapSites
        try compiler.relocations.withUnsafeBufferPointer { (relocations) throws(Failure) in
            view.relocations = relocations
            try view.withCodeRange(.function, functionIndex, body)
        }
    }
}

/// Free compilers. They belong to no module: a process that has loaded many keeps a few compilers all the same.
final class CompilerPool: Sendable {
    static let process = CompilerPool()

    private let free = Guarded<[CompilerBox]>([])
    private static let capacity = 8

    /// A compiler for functions of a module.
    func take(for environment: ModuleEnvironment) -> CompilerBox {
        guard let box = free.withLock({ $0.popLast() }) else { return CompilerBox(environment) }
        box.compiler.use(environment)
        return box
    }

    func give(_ box: CompilerBox) {
        box.compiler.forgetFunction()
        free.withLock { if $0.count < Self.capacity { $0.append(box) } }
    }
}
