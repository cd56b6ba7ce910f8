// The compilers of the second tier, as the generator sees them.

import TerraceCode
import TerraceCompilation
import TerraceThreads

/// A compiler of the second tier. Reusable: one thread at a time compiles any number of functions with it.
public protocol TierTwoCompiler: AnyObject {
    /// Compiles one function of a module.
    ///
    /// - Throws: `cancelled` soon after the flag says so.
    func compile(
        functionIndex: UInt32, entry: CodeEntry, profile: FunctionProfile, cancellation: CancellationFlag,
        in environment: ModuleEnvironment
    ) throws(CompileError)

    /// What the last compilation made. Its code is entered at offset 0; there are no code ranges. Valid during the call.
    func withCode(_ body: (CompiledCodeView) throws(CodeError) -> Void) throws(CodeError)

    /// Lets go of the module and of the last result.
    func forgetFunction()
}

/// Where an engine's compilers of the second tier come from. Usable from any thread.
public final class TierTwo: Sendable {
    // A compiler is owned by exactly one place: the list, or the thread that took it.
    private struct Free: @unchecked Sendable { var compilers: [any TierTwoCompiler] = [] }

    private let make: @Sendable () -> any TierTwoCompiler
    private let free = Guarded(Free())
    private static let capacity = 8

    /// - Parameter make: makes a compiler.
    public init(_ make: @escaping @Sendable () -> any TierTwoCompiler) { self.make = make }

    /// Calls `body` with a compiler.
    func withCompiler<Result>(_ body: (any TierTwoCompiler) -> Result) -> Result {
        let compiler =
            free.withLock { Free(compilers: $0.compilers.popLast().map { [$0] } ?? []) }.compilers.first ?? make()
        defer {
            compiler.forgetFunction()
            let box = Free(compilers: [compiler])
            free.withLock { if $0.compilers.count < Self.capacity { $0.compilers += box.compilers } }
        }
        return body(compiler)
    }
}
