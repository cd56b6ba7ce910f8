// Where a compiled version of a function is entered.

/// How control comes into code of a function.
public enum CodeEntry: Hashable, Sendable, BitwiseCopyable {
    /// By a call.
    case call
    /// At the header of a running loop whose frame is taken over. Loops count from 0 in the order of their bytes, those in
    /// unreachable code too.
    case loop(UInt32)
}
