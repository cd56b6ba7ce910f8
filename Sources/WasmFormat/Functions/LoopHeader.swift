// What stands on the operand stack at a loop's header: what another compiler must know to enter the function there.

/// The state of the operand stack at a loop's header.
public struct LoopHeader: Hashable, Sendable {
    /// Where the `loop` operator stands, in the module's bytes.
    public let offset: Int
    /// Types of the operands below the loop's parameters, deepest first. They are as the code left them: a reference's
    /// type is that of the value, not of what will use it.
    public let operands: [ValueType]
    /// What a branch to the loop carries, deepest first.
    public let parameters: [ValueType]
    /// How many operands stand below the parameters of each construct around the loop, outermost first. The first is the
    /// function's body.
    public let heights: [Int]
    /// Whether validation takes it that the loop can be reached. If not, operands may be missing behind it.
    public let isReachable: Bool
}

extension WasmModule {
    /// Describes the header of a loop. A pure function of the bytecode: every compiler gets the same answer.
    ///
    /// The types come from the validator, which walks the function again: ask for the loop that is to be entered, not
    /// for all of them. In code that cannot be reached the operands are whatever validation makes of them.
    ///
    /// - Parameters:
    ///   - number: the loop's number in the function: loops count from 0 in the order of their bytes, those in
    ///     unreachable code too.
    ///   - functionIndex: a defined function, counted with imports.
    /// - Returns: `nil` if the function has no such loop.
    /// - Throws: what the validator throws, if the function is not valid.
    public func loopHeader(_ number: Int, inFunction functionIndex: Int) throws(ModuleError) -> LoopHeader? {
        var validator = FunctionValidator(self)
        validator.recording = LoopRecording(remaining: number)
        try validator.validate(functionIndex)
        return validator.recording?.header
    }
}

/// A validator's note of the loop whose header is asked for.
struct LoopRecording {
    /// Loops before that one that are still to come; negative once it has been met.
    var remaining: Int
    var header: LoopHeader?
}

extension FunctionValidator {
    /// Notes a loop that was just entered, if it is the one that is asked for.
    @inline(never)
    mutating func recordLoop() {
        guard let remaining = recording?.remaining else { return }
        recording?.remaining = remaining - 1
        guard remaining == 0 else { return }
        let frame = frames[frameCount - 1]
        recording?.header = LoopHeader(
            offset: opcodeStart - reader.base,
            operands: Array(UnsafeBufferPointer(start: operands, count: frame.height)),
            parameters: (0..<frame.parameters.count).map { frame.parameters[$0] },
            heights: (0..<frameCount - 1).map { frames[$0].height },
            isReachable: !(0..<frameCount - 1).contains { frames[$0].isUnreachable })
    }
}
