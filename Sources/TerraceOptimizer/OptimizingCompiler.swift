// Tier 2: a function through all passes, and what comes out. One pass, one file; this one calls them in their order.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat

/// The optimizing compiler. Reusable: one value compiles any number of functions, one at a time, and reuses its memory. Not
/// shared between threads.
public struct OptimizingCompiler: ~Copyable {
    public let options: OptimizerOptions
    /// Nil between modules. Whoever compiles keeps it alive; a free compiler keeps no module.
    private var environment: ModuleEnvironment?
    /// Copied to a constant before something in it is changed: for ThreadSanitizer, Swift 6.3 takes the first field of this
    /// structure for the address of what is changed through a stored pointer, and then fails.
    private let rooms: UnsafeMutablePointer<Rooms>
    /// Whether ``notes`` will be wanted of the next functions: texts between passes, and what the code is made of.
    public var keepsNotes = false
    /// Of the last compilation, as far as it came.
    public private(set) var notes: CompilationNotes?

    /// What the passes work in. Behind a pointer, for they hold pointers to each other's.
    struct Rooms: ~Copyable {
        let graph: UnsafeMutablePointer<Graph>
        let machine: UnsafeMutablePointer<MachineFunction>
        var builder: Builder
        var passes = Passes()
        var selector: Selector
        var allocator = Allocator()
        var slotAllocator = SlotAllocator(.x86_64)
        var emitter: Emitter

        init(_ environment: ModuleEnvironment) {
            graph = .allocate(capacity: 1)
            graph.initialize(to: Graph())
            machine = .allocate(capacity: 1)
            machine.initialize(to: MachineFunction())
            let tables = ModuleTables(environment)
            builder = Builder(environment: environment)
            selector = Selector(graph: graph, machine: machine, tables: tables)
            emitter = Emitter(graph: graph, machine: machine, tables: tables)
        }

        deinit {
            graph.deinitialize(count: 1)
            graph.deallocate()
            machine.deinitialize(count: 1)
            machine.deallocate()
        }
    }

    /// A compiler for functions of a module.
    public init(environment: ModuleEnvironment, options: OptimizerOptions = OptimizerOptions()) {
        self.options = options
        self.environment = environment
        rooms = .allocate(capacity: 1)
        rooms.initialize(to: Rooms(environment))
    }

    deinit {
        rooms.deinitialize(count: 1)
        rooms.deallocate()
    }

    /// Goes on with functions of another module.
    public mutating func use(_ environment: ModuleEnvironment) {
        self.environment = environment
        let tables = ModuleTables(environment)
        let rooms = self.rooms
        rooms.pointee.builder.use(environment)
        rooms.pointee.selector.tables = tables
        rooms.pointee.emitter.tables = tables
    }

    /// Lets go of the module and of the last result; ``use(_:)`` comes before the next compilation. What a giant made of the
    /// buffers is given back.
    public mutating func forgetFunction() {
        environment = nil
        let rooms = self.rooms
        rooms.pointee.builder.forgetFunction()
        rooms.pointee.graph.pointee.shrink()
        rooms.pointee.passes.shrink()
        rooms.pointee.machine.pointee.shrink()
        rooms.pointee.selector.shrink()
        rooms.pointee.allocator.shrink()
        rooms.pointee.emitter.shrink()
    }

    /// Bytes of the largest body that is compiled. The passes together need up to 200 bytes of memory for each of its bytes.
    public static var largestBody: Int { 2 << 20 }

    // MARK: results of the last compilation

    /// Machine code; the function begins at offset 0 and wants 16-byte alignment. Valid until the next compilation.
    public var bytes: UnsafeRawBufferPointer { rooms.pointee.emitter.assembler.bytes }
    /// Whether the function makes no frame: its return address is where the stack pointer points, wherever it traps.
    public var isFrameless: Bool { rooms.pointee.emitter.isFrameless }
    public var trapSites: UnsafeBufferPointer<TrapSite> { rooms.pointee.emitter.traps.buffer }
    public var callSites: UnsafeBufferPointer<CallSite> { rooms.pointee.emitter.calls.buffer }
    public var relocations: [Relocation] { rooms.pointee.emitter.assembler.relocations }
    /// Calls that were replaced by their callees' bodies, and which code belongs to them.
    public var inlineNodes: UnsafeBufferPointer<InlineNode> { rooms.pointee.graph.pointee.inlined.buffer }
    public var inlineRanges: UnsafeBufferPointer<InlineRange> { rooms.pointee.emitter.inlineRanges.buffer }

    /// Compiles one function of the module.
    ///
    /// - Parameters:
    ///   - functionIndex: a defined function; imported ones have no body.
    ///   - entry: where control comes in.
    ///   - profile: what is known of its past.
    ///   - cancellation: looked at between passes, and every so often while the graph is built.
    /// - Throws: among others `excluded` if the options leave the function out, and `cancelled`.
    public mutating func compile(
        functionIndex: UInt32, entry: CodeEntry = .call, profile: FunctionProfile = FunctionProfile(),
        cancellation: CancellationFlag = .never
    ) throws(CompileError) {
        guard options.functions.contains(Int(functionIndex)) else { throw .excluded }
        let environment = self.environment.unsafelyUnwrapped
        let rooms = self.rooms
        let verifies = options.verifies || environment.verifiesGeneratedCode
        let typeIndex = Int(environment.functionTypes[Int(functionIndex)])
        let signature = environment.signatures[typeIndex]
        let body = environment.module.bodies[Int(functionIndex) - environment.importedFunctionCount].bytes
        guard body.count <= Self.largestBody else { throw .tooLarge }
        var allowance = Allowance(options)
        rooms.pointee.builder.profile = profile
        rooms.pointee.builder.cancellation = cancellation
        notes = keepsNotes ? CompilationNotes() : nil
        rooms.pointee.emitter.keepsNotes = keepsNotes
        try rooms.pointee.builder.build(
            functionIndex, entry: entry, allowance: &allowance, into: &rooms.pointee.graph.pointee)
        let verifier =
            verifies
            ? GraphVerifier(environment: environment, typeIndex: typeIndex, checksProgramOrder: entry == .call) : nil
        try rooms.pointee.passes.run(
            &rooms.pointee.graph.pointee, environment, functionIndex: Int(functionIndex), &allowance,
            HoistLimits(.x86_64), verifier: verifier, notes: &notes)
        try cancellation.check()
        rooms.pointee.selector.allowance = allowance
        rooms.pointee.selector.select(signature)
        allowance = rooms.pointee.selector.allowance
        if let failure = rooms.pointee.selector.failure {
            throw .unsupported("\(failure)", offset: rooms.pointee.selector.failureOffset)
        }
        notes?.add(.select, rooms.pointee.machine.pointee, rooms.pointee.graph.pointee)
        if verifies { try verifyMachine(body.lowerBound) }
        try cancellation.check()
        if allowance.isEnabled(.registers) {
            try rooms.pointee.allocator.allocate(&rooms.pointee.machine.pointee, .x86_64)
        } else {
            rooms.pointee.slotAllocator.allocate(rooms.pointee.machine)
        }
        notes?.add(.allocate, rooms.pointee.machine.pointee, rooms.pointee.graph.pointee)
        if verifies { try verifyAllocation(body.lowerBound) }
        try cancellation.check()
        rooms.pointee.emitter.allowance = allowance
        rooms.pointee.emitter.emit(
            functionIndex, signature, bodyOffset: UInt32(truncatingIfNeeded: body.lowerBound))
        if let failure = rooms.pointee.emitter.failure ?? rooms.pointee.emitter.assembler.contradiction {
            throw .contradiction("\(failure)", offset: body.lowerBound)
        }
        if keepsNotes { rooms.pointee.emitter.describeCode(&notes) }
    }

    // MARK: checks

    private func verifyMachine(_ offset: Int) throws(CompileError) {
        var verifier = MachineVerifier(file: .x86_64, names: .x86_64)
        do throws(VerifierMistake) { try verifier.verify(rooms.pointee.machine.pointee) } catch {
            throw .contradiction(error.message, offset: offset)
        }
    }

    private func verifyAllocation(_ offset: Int) throws(CompileError) {
        var checker = AllocationChecker(.x86_64)
        do throws(AllocationMistake) { try checker.check(rooms.pointee.machine.pointee) } catch {
            throw .contradiction("\(error)", offset: offset)
        }
    }
}
