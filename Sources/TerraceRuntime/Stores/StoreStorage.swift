// A store: the owner of everything that WebAssembly code can reach, and the state of the code that runs in it.

import TerraceABI
import TerraceCode
import TerraceTiering
import WasmFormat

/// Owns instances, memories, tables, globals and host functions: all live as long as the store. A store belongs to one
/// thread (or task) at a time.
public final class StoreStorage {
    public let engine: EngineStorage
    public let context: ActivationContext
    public let interruptState: InterruptState
    let stack: WasmStack
    /// What code knows of this store's activations.
    let runner: CodeRunner
    /// The embedding interface's object for this store (unretained).
    public var owner: UnsafeMutableRawPointer?

    /// What a host function (or the compiler, at a first call) threw, until the trap that it becomes is reported.
    var pendingError: (any Error)?
    /// Exits of the activations around the innermost one: where their wasm code called the host.
    var outerActivations: [(pc: UInt, fp: UInt)] = []
    /// Host stack pointer of the outermost activation, while there are nested ones.
    private var outermostHostStackPointer: UInt = 0
    private var hasDeadline = false
    private var hostStack = HostStack()

    // What the store keeps alive.
    private var instances: [InstanceStorage] = []
    private var memories: [MemoryStorage] = []
    private var tables: [TableStorage] = []
    private var globals: [GlobalStorage] = []
    private var tags: [TagStorage] = []
    private var hostFunctions: [HostFunctionStorage] = []
    private var hostObjects: Set<UInt> = []
    private var privateRecords: [FunctionPointer] = []
    var uses = StoreUses()

    /// Throws if there is no room for a stack.
    public init(engine: EngineStorage) throws(ResourceLimitError) {
        self.engine = engine
        stack = try engine.stackPool.take()
        context = ActivationContext.allocate()
        interruptState = InterruptState(context: context, stackLimit: stack.limit)
        runner = CodeRunner(context: context.base)
        context.record.pointee.wasmStackPointer = stack.top
        context.record.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        if hasDeadline { DeadlineTimer.shared.cancel(interruptState) }
        interruptState.close()
        runner.close()
        for object in hostObjects {
            Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(bitPattern: object)!).release()
        }
        for record in privateRecords { record.deallocate() }
        context.deallocate()
        engine.stackPool.give(stack)
    }

    /// Sets or replaces the time after which code must stop. Throws if nothing can watch the time; there is no deadline then.
    public func setDeadline(afterNanoseconds delay: UInt64) throws(ResourceLimitError) {
        let deadline = interruptState.renewDeadline()
        if delay == 0 {
            clearTimer()
            interruptState.deadlinePassed(deadline)
        } else {
            // Takes the place of an earlier one.
            try DeadlineTimer.shared.schedule(interruptState, deadline: deadline, afterNanoseconds: delay)
            hasDeadline = true
        }
    }

    /// Removes the deadline, passed or not.
    public func clearDeadline() {
        _ = interruptState.renewDeadline()
        clearTimer()
    }

    private func clearTimer() {
        if hasDeadline { DeadlineTimer.shared.cancel(interruptState) }
        hasDeadline = false
    }
}

// MARK: Owned entities

extension StoreStorage {
    func adopt(_ instance: InstanceStorage) { instances.append(instance) }
    func adopt(_ memory: MemoryStorage) { memories.append(memory) }
    func adopt(_ table: TableStorage) { tables.append(table) }
    func adopt(_ global: GlobalStorage) { globals.append(global) }
    func adopt(_ tag: TagStorage) { tags.append(tag) }
    func adopt(_ function: HostFunctionStorage) { hostFunctions.append(function) }

    func adoptRecord(_ record: FunctionPointer) { privateRecords.append(record) }

    /// A reference to a host object, which stays alive as long as the store. The same object gives the same reference.
    public func reference(to object: AnyObject) -> RawReference {
        let address = UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque())
        if hostObjects.insert(address).inserted { _ = Unmanaged.passRetained(object) }
        return address
    }

    /// The object that a non-null host reference of this store names.
    public func object(of reference: RawReference) -> AnyObject {
        Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(bitPattern: reference)!).takeUnretainedValue()
    }
}

// MARK: Calls

extension StoreStorage {
    /// Calls a function through the entry stub of its signature. The slots hold the arguments, then the results.
    @inlinable @inline(__always)
    public func call(
        _ function: FunctionPointer, entry: EntryStub, slots: UnsafeMutableRawPointer
    ) throws(Trap) {
        if context.hostStackPointer == 0 {
            if entry(context.base, function, slots) != 0 { throw takeTrap() }
        } else {
            try callNested(function, entry: entry, slots: slots)
        }
    }

    /// Calls while wasm code of the store waits for a host function.
    @inline(never)
    public func callNested(
        _ function: FunctionPointer, entry: EntryStub, slots: UnsafeMutableRawPointer
    ) throws(Trap) {
        let here = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { UInt(bitPattern: $0.baseAddress!) }
        if outerActivations.isEmpty { outermostHostStackPointer = context.hostStackPointer }
        // The stack grows downwards; another thread's stack (which a fiber library might use) counts as far away.
        guard outermostHostStackPointer &- here < UInt(clamping: engine.configuration.nestedHostStackBytes),
            hostStack.hasRoom(at: here)
        else {
            throw makeTrap(TrapKind.stackExhausted)
        }
        let record = context.record
        let exit = (pc: record.pointee.exitPC, fp: record.pointee.exitFP)
        outerActivations.append(exit)
        let trapped = entry(context.base, function, slots) != 0
        let trap = trapped ? takeTrap() : nil
        outerActivations.removeLast()
        record.pointee.exitPC = exit.pc
        record.pointee.exitFP = exit.fp
        if let trap { throw trap }
    }

    /// The trap that the entry stub has just reported.
    @inline(never)
    public func takeTrap() -> Trap {
        SyncPoint.trapBeforeDescription.reach(in: nil)
        let trap = describeTrap()
        // From here on the code that trapped may go.
        context.trapKind = 0
        // Nobody is left who could swallow it.
        if trap.interrupted === interruptState, outerActivations.isEmpty { interruptState.interruptWasReported() }
        return trap
    }

    private func describeTrap() -> Trap {
        let kind = TrapKind(rawValue: UInt8(truncatingIfNeeded: context.trapKind)) ?? .unreachable
        let error = pendingError
        pendingError = nil
        if kind == .hostError || kind == .codeUnavailable, let error {
            if let error = error as? GenerationError { return makeTrap(.codeUnavailable, message: error.description) }
            guard let trap = error as? Trap else { return makeTrap(kind, hostError: error) }
            // A trap of inner wasm code already has its frames; one that a host function made up gets them here.
            if !trap.frames.isEmpty { return trap }
            return makeTrap(trap.kind, hostError: trap.hostError, interrupted: trap.interrupted)
        }
        return makeTrap(kind, interrupted: kind == .interrupted ? interruptState : nil)
    }

    private func makeTrap(
        _ kind: TrapKind, message: String? = nil, hostError: (any Error)? = nil, interrupted: InterruptState? = nil
    ) -> Trap {
        let backtrace = captureBacktrace()
        var faultAddress: UInt?
        let record = context.record
        if kind == .memoryOutOfBounds, record.pointee.faultAddress != 0 { faultAddress = record.pointee.faultAddress }
        record.pointee.faultAddress = 0
        return Trap(
            kind: kind, message: message ?? kind.message, frames: backtrace.frames,
            omittedFrameCount: backtrace.omitted,
            hostError: hostError, faultAddress: faultAddress,
            interrupted: interrupted)
    }
}

// MARK: Safepoints

extension StoreStorage {
    /// Looks at the stack for code that is to be freed, if somebody waits for that. To be called where wasm code has called
    /// out, by the thread that it runs on, before that thread gets hold of an entry address.
    @inline(__always)
    static func safepoint(_ data: UnsafeRawPointer) {
        let context = data.load(fromByteOffset: Int(InstanceLayout.context), as: UnsafeMutableRawPointer.self)
        let isScanRequested = ActivationContext(base: context).isScanRequested
        if _slowPath(isScanRequested) { scanStack(ActivationContext(base: context)) }
    }

    @inline(never)
    private static func scanStack(_ context: ActivationContext) {
        guard let owner = context.record.pointee.owner else { return }
        let store = Unmanaged<StoreStorage>.fromOpaque(owner).takeUnretainedValue()
        let top = context.record.pointee.wasmStackPointer
        store.runner.scan(store.stack.words(from: top))
    }
}
