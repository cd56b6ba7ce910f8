// Callees' bodies in place of calls: the builder goes on in the callee's bytes and comes back at their end.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

/// What the builder goes on with when a body that is inlined ends.
struct SuspendedBody: BitwiseCopyable {
    var offset: Int
    var firstLocal: Int
    var nextConstruct: Int
    var nextCall: UInt32
    var endOfCalls: UInt32
    var functionFrame: Int
    var inlineNode: UInt32
}

extension Builder {
    /// The plan's call at the present operator.
    mutating func plannedCall() -> UInt32? {
        while nextCall < endOfCalls {
            let call = plan.calls[Int(nextCall)]
            if call.offset > origin.bytecodeOffset { return nil }
            nextCall &+= 1
            if call.offset == origin.bytecodeOffset { return nextCall &- 1 }
        }
        return nil
    }

    /// Goes on with the first operator of a callee, whose arguments are the top operands.
    mutating func beginInlined(_ index: UInt32) {
        let call = plan.calls[Int(index)]
        let callee = signatures[Int(functionTypes[Int(call.function)])]
        suspended.append(
            SuspendedBody(
                offset: reader.offset, firstLocal: firstLocal, nextConstruct: nextConstruct, nextCall: nextCall,
                endOfCalls: endOfCalls, functionFrame: functionFrame, inlineNode: origin.inlineNode))
        graph.inlined.append(
            InlineNode(
                parent: origin.inlineNode, functionIndex: call.function, callBytecodeOffset: origin.bytecodeOffset))
        origin.inlineNode = UInt32(truncatingIfNeeded: graph.inlined.count &- 1)
        firstLocal = locals.count
        let first = stack.count &- Int(callee.parameterCount)
        for position in first..<stack.count { locals.append(stack[position]) }
        stack.count = first
        reader.offset = Int(call.bodyOffset)
        declareLocals()
        nextConstruct = Int(call.construct)
        nextCall = call.firstCall
        endOfCalls = call.endOfCalls
        pushFunctionFrame(.inlined, resultCount: callee.resultCount)
    }

    /// Comes back to what calls the innermost inlined body, which has ended.
    mutating func endInlined() {
        locals.count = firstLocal
        let caller = suspended.removeLast()
        reader.offset = caller.offset
        firstLocal = caller.firstLocal
        nextConstruct = caller.nextConstruct
        nextCall = caller.nextCall
        endOfCalls = caller.endOfCalls
        functionFrame = caller.functionFrame
        origin.inlineNode = caller.inlineNode
    }

    /// `return`
    mutating func leaveBody() {
        if suspended.count == 0 { emitReturn() } else { jump(toFrame: functionFrame) }
    }
}
