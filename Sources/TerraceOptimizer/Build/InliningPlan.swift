// Which calls are replaced by their callees' bodies: decided before anything is built, by the sizes of callees and how often
// calls seem to run. The builder follows the plan.

import TerraceABI
import TerraceCompilation
import WasmFormat

/// A direct call that may be replaced, or a call through a reference of which the callee is guessed.
struct PlannedCall: BitwiseCopyable {
    static var none: UInt32 { UInt32.max }

    /// Where the operator stands, in the module's bytes.
    var offset: UInt32
    var function: UInt32
    /// The replaced call in whose body it stands, or ``none``.
    var parent: UInt32
    /// Calls around it that are replaced.
    var depth: UInt32
    /// Estimated executions for one of the function's.
    var weight: Float
    /// What it is worth, for its size.
    var score: Float
    var isInlined = false
    /// Of a call through a reference, whose callee is guessed: the guess hardly ever fails.
    var isNearlyAlways = false
    // Of a call that is replaced.
    /// Where the callee's declarations of locals stand.
    var bodyOffset: UInt32 = 0
    /// Position of the body's own construct.
    var construct: UInt32 = 0
    /// The calls in its body that may be replaced, in the order of their bytes.
    var firstCall: UInt32 = 0
    var endOfCalls: UInt32 = 0
}

/// A body that was scanned for inlining.
struct PlannedBody: BitwiseCopyable {
    var construct: UInt32
    /// Its calls in ``ConstructScan/calls``.
    var firstCall: UInt32
    var endOfCalls: UInt32
}

/// The calls of one function that may be replaced, and which of them are.
///
/// Calls of very small functions are always replaced. Others are, in the order of what they are worth, until the function
/// has grown by as much as it may: calls in loops of small functions without loops, and calls that a function makes of
/// itself, which are replaced once.
struct InliningPlan: ~Copyable {
    /// Callees of so many bytes are always inlined, as long as there is room at all.
    static var tiny: Int { 16 }
    /// Callees of more bytes are inlined only where they are called in loops.
    static var small: Int { 32 }
    /// Callees of more bytes are never inlined.
    static var largest: Int { 200 }
    /// In functions of more bytes, such as interpreters, each call runs less often than the loops around it tell: callees have to be
    /// the smaller the larger they are.
    static var largeFunction: Int { 1000 }
    /// Bytes that a function may grow by, whatever its size, and at most.
    static var smallestGrowth: Int { 200 }
    static var largestGrowth: Int { 6000 }
    static var mostNested: UInt32 { 6 }
    /// How much more often a loop runs than what is around it.
    static var loopWeight: Float { 8 }
    static var largestWeight: Float { 32768 }

    /// The function's own calls come first.
    var calls = RawStack<PlannedCall>(capacity: 32)
    var bodies = RawStack<PlannedBody>(capacity: 16)
    /// A heap of calls that wait, the best one first.
    private var heap = RawStack<UInt32>(capacity: 32)
    /// Of the present plan; marks what is known of callees.
    private(set) var number: UInt32 = 0
    /// The function's own calls in `calls`.
    var ownCount = 0
    /// Callees of more bytes are not inlined in the function, even where they are called in loops.
    private(set) var largest = 0

    init() {}

    /// Begins with a function of so many bytes.
    mutating func reset(byteCount: Int) {
        largest = max(Self.small, Self.largest &* Self.largeFunction / max(byteCount, Self.largeFunction))
        calls.count = 0
        bodies.count = 0
        heap.count = 0
        ownCount = 0
        number &+= 1
    }

    mutating func shrink() {
        calls.shrink()
        bodies.shrink()
        heap.shrink()
    }

    // MARK: the heap

    private mutating func precedes(_ a: UInt32, _ b: UInt32) -> Bool {
        let (left, right) = (calls[Int(a)].score, calls[Int(b)].score)
        return left != right ? left > right : a < b
    }

    /// Adds a call to those that wait.
    mutating func wait(_ call: UInt32) {
        heap.append(call)
        var child = heap.count &- 1
        while child > 0 {
            let parent = (child &- 1) / 2
            guard precedes(heap[child], heap[parent]) else { return }
            heap.swapElements(child, parent)
            child = parent
        }
    }

    /// Takes the best call that waits.
    mutating func takeBest() -> UInt32? {
        guard heap.count > 0 else { return nil }
        let best = heap[0]
        let last = heap.removeLast()
        guard heap.count > 0 else { return best }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 &* parent &+ 1
            guard child < heap.count else { return best }
            if child &+ 1 < heap.count, precedes(heap[child &+ 1], heap[child]) { child &+= 1 }
            guard precedes(heap[child], heap[parent]) else { return best }
            heap.swapElements(child, parent)
            parent = child
        }
    }
}

extension RawStack {
    @inline(__always) fileprivate func swapElements(_ a: Int, _ b: Int) {
        let element = self[a]
        self[a] = self[b]
        self[b] = element
    }
}

extension Builder {
    /// Decides which calls of the function, which was scanned, are replaced.
    ///
    /// - Parameter first: where the code begins that is built, in the module's bytes.
    mutating func planInlining(_ function: UInt32, byteCount: Int, from first: Int) {
        plan.reset(byteCount: byteCount)
        guard scan.calls.count > 0, scan.frameLocals.count == 0 else { return }
        let own = scan.calls.count
        let mayInline = allowance.isEnabled(.inlining)
        for index in 0..<own where Int(scan.calls[index].offset) >= first {
            let call = scan.calls[index]
            if call.isIndirect {
                addGuess(call, root: function)
            } else if mayInline {
                addCandidate(call, parent: PlannedCall.none, root: function)
            }
        }
        plan.ownCount = plan.calls.count
        var room = min(max(2 * byteCount, InliningPlan.smallestGrowth), InliningPlan.largestGrowth)
        while let index = plan.takeBest() {
            let call = plan.calls[Int(index)]
            let size = Int(scan.callees.element(call.function).pointee.byteCount)
            guard size <= room else { continue }
            guard allowance.allows(.inlining) else { return }
            room &-= size
            replace(index, root: function)
        }
    }

    /// Adds a call through a reference to the plan, if it is known whom it calls.
    private mutating func addGuess(_ call: ScannedCall, root: UInt32) {
        guard allowance.isEnabled(.guesses), !call.isCold,
            let callee = likelyCallee(at: call.offset, number: call.function), allowance.allows(.guesses)
        else { return }
        var direct = call
        direct.function = callee.function
        let index = plan.calls.count
        if allowance.isEnabled(.inlining) { addCandidate(direct, parent: PlannedCall.none, root: root) }
        if plan.calls.count == index {
            plan.calls.append(
                PlannedCall(
                    offset: call.offset, function: callee.function, parent: PlannedCall.none, depth: 0, weight: 0,
                    score: 0))
        }
        plan.calls.element(index).pointee.isNearlyAlways = callee.isNearlyAlways
    }

    /// Adds a call to the plan, if it may be replaced.
    private mutating func addCandidate(_ call: ScannedCall, parent: UInt32, root: UInt32) {
        guard !call.isCold else { return }
        let callee = scan.callees.element(call.function)
        let size = Int(callee.pointee.byteCount)
        guard callee.pointee.kind == .inlinable, size <= plan.largest else { return }
        var planned = PlannedCall(
            offset: call.offset, function: call.function, parent: parent, depth: 0, weight: 1, score: 0)
        if parent != PlannedCall.none {
            let outer = plan.calls[Int(parent)]
            planned.depth = outer.depth &+ 1
            planned.weight = outer.weight
        }
        for _ in 0..<min(call.loopDepth, 4) { planned.weight *= InliningPlan.loopWeight }
        guard planned.depth < InliningPlan.mostNested else { return }
        if call.function == root {
            // Once more than it is there.
            guard !isInside(call.function, planned) else { return }
            planned.weight *= InliningPlan.loopWeight
        } else if isInside(call.function, planned) {
            return
        }
        planned.weight = min(planned.weight, InliningPlan.largestWeight)
        let isTiny = size <= InliningPlan.tiny && !callee.pointee.hasLoop
        if !isTiny {
            guard !callee.pointee.hasLoop, size <= InliningPlan.small || planned.weight > 1 else { return }
        }
        planned.score = isTiny ? .infinity : planned.weight / Float(size &+ 16)
        plan.calls.append(planned)
        plan.wait(UInt32(truncatingIfNeeded: plan.calls.count &- 1))
    }

    /// Whether a call stands in the body of a replaced call of a function.
    private mutating func isInside(_ function: UInt32, _ call: PlannedCall) -> Bool {
        var parent = call.parent
        while parent != PlannedCall.none {
            let outer = plan.calls[Int(parent)]
            if outer.function == function { return true }
            parent = outer.parent
        }
        return false
    }

    /// Marks a call as replaced, and adds the calls in its body.
    private mutating func replace(_ index: UInt32, root: UInt32) {
        let function = plan.calls[Int(index)].function
        let environment = environment.unsafelyUnwrapped
        let module = environment.module
        let bytes = module.bodies[Int(function) - environment.importedFunctionCount].bytes
        let callee = scan.callees.element(function)
        if callee.pointee.plan != plan.number {
            callee.pointee.plan = plan.number
            callee.pointee.body = UInt32(truncatingIfNeeded: plan.bodies.count)
            plan.bodies.append(scanInlined(function, at: bytes.lowerBound))
        }
        let body = plan.bodies[Int(scan.callees.element(function).pointee.body)]
        let firstCall = UInt32(truncatingIfNeeded: plan.calls.count)
        for position in Int(body.firstCall)..<Int(body.endOfCalls) where !scan.calls[position].isIndirect {
            addCandidate(scan.calls[position], parent: index, root: root)
        }
        let call = plan.calls.element(Int(index))
        call.pointee.isInlined = true
        call.pointee.bodyOffset = UInt32(truncatingIfNeeded: bytes.lowerBound)
        call.pointee.construct = body.construct
        call.pointee.firstCall = firstCall
        call.pointee.endOfCalls = UInt32(truncatingIfNeeded: plan.calls.count)
    }

    /// Scans a body that is to be inlined.
    private mutating func scanInlined(_ function: UInt32, at offset: Int) -> PlannedBody {
        var reader = reader
        reader.offset = offset
        var localCount = Int(signatures[Int(functionTypes[Int(function)])].parameterCount)
        for _ in 0..<reader.readU32() {
            localCount &+= Int(reader.readU32())
            reader.skipType()
        }
        let firstCall = scan.calls.count
        let construct = scan.scan(reader, localCount: localCount, lanes, limit: Int.max).unsafelyUnwrapped
        return PlannedBody(
            construct: UInt32(truncatingIfNeeded: construct), firstCall: UInt32(truncatingIfNeeded: firstCall),
            endOfCalls: UInt32(truncatingIfNeeded: scan.calls.count))
    }
}
