// Instructions, plain and folded, without recursion: what is open stands on a stack of frames, and a folded
// instruction whose operands come after it waits, encoded, in `pending`.

import WasmFormat

/// Something that is open while instructions are read.
struct InstructionFrame {
    enum Kind {
        // Closed by `end`
        case plainBlock, plainIf, plainElse
        /// A legacy `try` before its first `catch`, behind it, and behind its `catch_all`.
        case plainTry, plainCatch, plainCatchAll
        // Closed by a parenthesis
        /// A folded plain instruction, whose operands are being read.
        case operands
        case foldedBlock
        /// `(if …` before its `then`: operands only.
        case foldedCondition
        /// `(if …` behind its `then`: at most an `else` may come.
        case foldedAfterThen
        /// `(if …` behind its `else`, `(try …` behind its `catch_all`.
        case foldedComplete
        /// `(then …`, `(else …`, `(do …`, `(catch …`
        case clause
        /// `(try …` before its `do`, behind it, behind a `catch`, and behind a `delegate`, which ended it.
        case foldedTry, foldedAfterDo, foldedAfterCatch, foldedDelegated
    }
    var kind: Kind
    /// Symbol of the label, or 0, and what it meant outside.
    var label: UInt32 = 0
    var shadowed: UInt32?
    /// Where the waiting instruction begins in `pending`.
    var pendingStart = 0
    /// Branch hint of the waiting instruction.
    var hint: UInt8?
    /// Index of the token that opened it, for messages.
    var token: Int
}

/// A branch hint: a function, the offset of an instruction from the start of its body, the value.
struct BranchHint {
    var function: UInt32
    var offset: Int
    var value: UInt8
}

extension ModuleParser {
    /// What to read: all instructions up to a closing parenthesis that is not theirs, or one folded instruction.
    enum InstructionExtent { case sequence, oneFolded }

    /// Reads instructions and appends them to `body`, without the final `end`.
    mutating func parseInstructions(_ extent: InstructionExtent) throws(SyntaxError) {
        let floor = frames.count
        let shapes = InstructionShape.all
        while true {
            let token = tokens[cursor]
            switch token.kind {
            case .instruction:
                if let frame = frames.last, frames.count > floor, !allowsPlain(frame.kind) { throw unexpected() }
                cursor &+= 1
                try parsePlain(shapes + Int(token.code), floor)
            case .leftParenthesis:
                let next = tokens[cursor &+ 1]
                if next.kind == .instruction {
                    cursor &+= 2
                    try parseFolded(shapes + Int(next.code), floor)
                } else {
                    try parseClause(floor)
                }
            case .rightParenthesis:
                if frames.count == floor { return }
                try closeFolded()
                if extent == .oneFolded, frames.count == floor { return }
                continue
            case .word where isWord(token, .catch) || isWord(token, .catchAll):
                try parsePlainCatch(floor)
            default:
                throw unexpected()
            }
            if extent == .oneFolded, frames.count == floor { return }
        }
    }

    @inline(__always)
    private func allowsPlain(_ kind: InstructionFrame.Kind) -> Bool {
        switch kind {
        case .plainBlock, .plainIf, .plainElse, .plainTry, .plainCatch, .plainCatchAll, .foldedBlock, .clause: true
        default: false
        }
    }

    // MARK: Labels

    private mutating func pushLabel(_ symbol: UInt32) -> UInt32? {
        labelDepth += 1
        let ordinal = labelOrdinal
        labelOrdinal += 1
        guard symbol != 0 else { return nil }
        labelNames.append((currentFunction, EntityName(index: ordinal, symbol: symbol, annotation: -1)))
        let shadowed = labels[symbol]
        labels[symbol] = labelDepth
        return shadowed
    }

    private mutating func popLabel(_ frame: InstructionFrame) {
        labelDepth -= 1
        if frame.label != 0 { labels[frame.label] = frame.shadowed }
    }

    /// The relative depth of a label.
    @inline(__always)
    mutating func readLabel() throws(SyntaxError) -> UInt32 {
        let token = token
        if token.kind == .identifier {
            guard let depth = labels[token.link] else { throw unknown("label") }
            cursor &+= 1
            return labelDepth &- depth
        }
        return UInt32(truncatingIfNeeded: try readUnsigned(bits: 32))
    }

    // MARK: Plain instructions

    private mutating func parsePlain(_ shape: UnsafePointer<InstructionShape>, _ floor: Int) throws(SyntaxError) {
        let start = cursor - 1
        switch shape.pointee.form {
        case .plain:
            if shape.pointee.opcode == .brIf { recordHint(try takeHint(before: start), at: body.count) }
            try writeInstruction(shape)
        case .block, .if, .tryTable, .legacyTry:
            if shape.pointee.form == .if { recordHint(try takeHint(before: start), at: body.count) }
            let label = takeIdentifier()
            body.opcode(shape.pointee)
            try writeBlockType()
            if shape.pointee.form == .tryTable { try writeCatches() }
            let kind: InstructionFrame.Kind =
                switch shape.pointee.form {
                case .if: .plainIf
                case .legacyTry: .plainTry
                default: .plainBlock
                }
            let shadowed = pushLabel(label)
            frames.append(InstructionFrame(kind: kind, label: label, shadowed: shadowed, token: start))
        case .else:
            guard frames.count > floor, frames[frames.count - 1].kind == .plainIf else {
                throw unexpected(at: start)
            }
            try checkLabel(frames[frames.count - 1])
            frames[frames.count - 1].kind = .plainElse
            body.opcode(shape.pointee)
        case .end, .delegate:
            guard frames.count > floor, let frame = frames.last else { throw unexpected(at: start) }
            switch frame.kind {
            case .plainTry: break
            case .plainBlock, .plainIf, .plainElse, .plainCatch, .plainCatchAll:
                if shape.pointee.form == .delegate { throw unexpected(at: start) }
            default: throw unexpected(at: start)
            }
            frames.removeLast()
            popLabel(frame)
            body.opcode(shape.pointee)
            if shape.pointee.form == .delegate {
                body.unsigned(try readLabel())
            } else {
                try checkLabel(frame)
            }
        }
    }

    /// Reads the label that may be repeated at `else` and `end`.
    private mutating func checkLabel(_ frame: InstructionFrame) throws(SyntaxError) {
        guard token.kind == .identifier else { return }
        if token.link != frame.label {
            throw SyntaxError("mismatching label \(text(of: token))", at: Int(token.start))
        }
        cursor += 1
    }

    /// `catch x` and `catch_all` of the legacy exceptions, in plain form.
    private mutating func parsePlainCatch(_ floor: Int) throws(SyntaxError) {
        let top = frames.count - 1
        guard frames.count > floor, frames[top].kind == .plainTry || frames[top].kind == .plainCatch else {
            throw unexpected()
        }
        frames[top].kind = try writeCatch() ? .plainCatchAll : .plainCatch
    }

    /// True if it was `catch_all`.
    private mutating func writeCatch() throws(SyntaxError) -> Bool {
        if takeWord(.catch) {
            body.opcode(.of(.catch))
            body.unsigned(try readIndex(.tag))
            return false
        }
        try expectWord(.catchAll)
        body.opcode(.of(.catchAll))
        return true
    }

    // MARK: Folded instructions

    /// The cursor is behind `(` and the instruction's name.
    private mutating func parseFolded(_ shape: UnsafePointer<InstructionShape>, _ floor: Int) throws(SyntaxError) {
        let start = cursor - 2
        if frames.count > floor {
            switch frames[frames.count - 1].kind {
            case .plainBlock, .plainIf, .plainElse, .plainTry, .plainCatch, .plainCatchAll, .operands, .foldedBlock,
                .foldedCondition, .clause:
                break
            case .foldedAfterThen where shape.pointee.form == .else: break
            case .foldedAfterDo where shape.pointee.form == .delegate: break
            default: throw unexpected(at: start)
            }
        }
        switch shape.pointee.form {
        case .plain:
            let hint = shape.pointee.opcode == .brIf ? try takeHint(before: start) : nil
            let instructionStart = body.count
            try writeInstruction(shape)
            if tokens[cursor].kind == .rightParenthesis {
                cursor &+= 1
                recordHint(hint, at: instructionStart)
                return
            }
            let pendingStart = moveToPending(from: instructionStart)
            frames.append(InstructionFrame(kind: .operands, pendingStart: pendingStart, hint: hint, token: start))
        case .block, .tryTable:
            let label = takeIdentifier()
            body.opcode(shape.pointee)
            try writeBlockType()
            if shape.pointee.form == .tryTable { try writeCatches() }
            let shadowed = pushLabel(label)
            frames.append(InstructionFrame(kind: .foldedBlock, label: label, shadowed: shadowed, token: start))
        case .if:
            let hint = try takeHint(before: start)
            let label = takeIdentifier()
            let instructionStart = body.count
            body.opcode(shape.pointee)
            try writeBlockType()
            let pendingStart = moveToPending(from: instructionStart)
            frames.append(
                InstructionFrame(
                    kind: .foldedCondition, label: label, pendingStart: pendingStart, hint: hint, token: start))
        case .legacyTry:
            let label = takeIdentifier()
            body.opcode(shape.pointee)
            try writeBlockType()
            let shadowed = pushLabel(label)
            frames.append(InstructionFrame(kind: .foldedTry, label: label, shadowed: shadowed, token: start))
        case .else:
            guard frames.count > floor, frames[frames.count - 1].kind == .foldedAfterThen else {
                throw unexpected(at: start + 1)
            }
            body.opcode(shape.pointee)
            frames[frames.count - 1].kind = .foldedComplete
            frames.append(InstructionFrame(kind: .clause, token: start))
        case .delegate:
            guard frames.count > floor, frames[frames.count - 1].kind == .foldedAfterDo else {
                throw unexpected(at: start + 1)
            }
            popLabel(frames[frames.count - 1])
            frames[frames.count - 1].kind = .foldedDelegated
            body.opcode(shape.pointee)
            body.unsigned(try readLabel())
            try expectClose()
        case .end:
            throw unexpected(at: start + 1)
        }
    }

    private mutating func moveToPending(from start: Int) -> Int {
        let pendingStart = pending.count
        pending.append(body.base + start, body.count - start)
        body.truncate(to: start)
        return pendingStart
    }

    private mutating func releasePending(_ frame: InstructionFrame) {
        recordHint(frame.hint, at: body.count)
        body.append(pending.base + frame.pendingStart, pending.count - frame.pendingStart)
        pending.truncate(to: frame.pendingStart)
    }

    /// The cursor is at the parenthesis of something that is no instruction: a clause of an open `if` or `try`.
    private mutating func parseClause(_ floor: Int) throws(SyntaxError) {
        guard frames.count > floor, let word = word(of: peek(1)) else { throw unexpected(at: cursor + 1) }
        let top = frames.count - 1
        let start = cursor
        switch (word, frames[top].kind) {
        case (.then, .foldedCondition):
            cursor += 2
            releasePending(frames[top])
            frames[top].kind = .foldedAfterThen
            frames[top].shadowed = pushLabel(frames[top].label)
            frames.append(InstructionFrame(kind: .clause, token: start))
        case (.do, .foldedTry):
            cursor += 2
            frames[top].kind = .foldedAfterDo
            frames.append(InstructionFrame(kind: .clause, token: start))
        case (.catch, .foldedAfterDo), (.catchAll, .foldedAfterDo), (.catch, .foldedAfterCatch),
            (.catchAll, .foldedAfterCatch):
            cursor += 1
            frames[top].kind = try writeCatch() ? .foldedComplete : .foldedAfterCatch
            frames.append(InstructionFrame(kind: .clause, token: start))
        default:
            throw unexpected(at: cursor + 1)
        }
    }

    /// The cursor is at the parenthesis that closes the top frame.
    private mutating func closeFolded() throws(SyntaxError) {
        let frame = frames[frames.count - 1]
        switch frame.kind {
        case .operands:
            releasePending(frame)
        case .foldedBlock, .foldedAfterThen, .foldedComplete, .foldedAfterDo, .foldedAfterCatch:
            body.byte(0x0B)
            popLabel(frame)
        case .clause, .foldedDelegated:
            break
        case .plainBlock, .plainIf, .plainElse, .plainTry, .plainCatch, .plainCatchAll, .foldedCondition, .foldedTry:
            throw unexpected()
        }
        frames.removeLast()
        cursor &+= 1
    }

    // MARK: Hints

    /// The value of the branch hint that stands before the token.
    @inline(__always)
    private mutating func takeHint(before index: Int) throws(SyntaxError) -> UInt8? {
        stream.annotations.isEmpty || !isInFunction ? nil : try readHint(before: index)
    }

    @inline(never)
    private mutating func readHint(before index: Int) throws(SyntaxError) -> UInt8? {
        let taken = takeAnnotation(.branchHint, before: index)
        guard taken >= 0 else { return nil }
        let annotation = stream.annotations[Int(taken)]
        func error(_ words: String) -> SyntaxError {
            SyntaxError("@metadata.code.branch_hint annotation: \(words)", at: Int(annotation.start))
        }
        if takeAnnotation(.branchHint, before: index) >= 0 { throw error("duplicate annotation") }
        let contents = annotation.contents
        guard contents.count == 1 else { throw error("unexpected token") }
        let token = stream.annotationTokens.base[contents.lowerBound]
        guard token.kind == .string else { throw error("unexpected token") }
        string.removeAll()
        StringLiteral.decode(base, Int(token.start), Int(token.link), hasEscapes: token.hasEscapes, into: &string)
        guard string.count == 1, string.base[0] <= 1 else { throw error("invalid value") }
        return string.base[0]
    }

    private mutating func recordHint(_ value: UInt8?, at offset: Int) {
        guard let value else { return }
        branchHints.append(BranchHint(function: currentFunction, offset: offset, value: value))
    }
}
