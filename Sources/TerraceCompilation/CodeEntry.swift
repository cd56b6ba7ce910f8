// Where code of a function is entered.

/// Where control enters the code that a compiler makes of a function.
@frozen public enum CodeEntry: Hashable, Sendable, BitwiseCopyable {
    /// At the function's start, by calls.
    case call
    /// At the header of the loop with that number in ``FunctionPrescan/loops``, over a frame of counting baseline code: the
    /// frame pointer is that frame's, all locals, the operands below the loop and its parameters are in the slots that
    /// ``FrameLayout`` gives them, the instance and memory-base registers are valid, the stack pointer is the frame's end, and
    /// the caller's values of all preserved registers are in the frame's header.
    case loop(UInt32)
}
