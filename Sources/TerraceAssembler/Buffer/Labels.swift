// Labels, the fields that wait for them, and how both are resolved: distances of one and four bytes, as x86-64 has them. A
// machine whose fields are parts of a word brings its own.

/// A position in the code, known (bound) or yet to come. Belongs to the assembler that made it.
@frozen public struct Label: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline let index: Int32
    @inlinable init(index: Int32) { self.index = index }
}

/// What the assembler knows of a label.
@frozen @usableFromInline struct LabelState: BitwiseCopyable {
    /// Offset in the code; negative while the label is unbound.
    @usableFromInline var position: Int32
    /// Last of the 4-byte fields that wait for the label; each holds the offset of the one before it. Negative: none.
    @usableFromInline var farHead: Int32
    /// Last of the 1-byte fields that wait for the label; each holds the distance to the one before it, 0 in the first.
    @usableFromInline var nearHead: Int32

    @inlinable init() {
        position = -1
        farHead = -1
        nearHead = -1
    }

    /// Nothing waits for the label.
    @inlinable var isSettled: Bool { position >= 0 || (farHead < 0 && nearHead < 0) }
}

/// A 4-byte field that cannot be chained through the code, because more than its address matters.
@frozen @usableFromInline struct Fixup: BitwiseCopyable {
    @usableFromInline var field: Int32
    @usableFromInline var target: Int32
    /// The label from which the distance is measured; or, if negative, minus the distance from the field to the
    /// instruction's end, from which it is measured.
    @usableFromInline var origin: Int32

    @inlinable init(field: Int32, target: Int32, origin: Int32) {
        self.field = field
        self.target = target
        self.origin = origin
    }
}

extension Assembler {
    /// Makes a label that is not bound yet.
    @inlinable public mutating func newLabel() -> Label {
        let index = labels.count
        labels.append(LabelState())
        return Label(index: Int32(truncatingIfNeeded: index))
    }

    /// Makes a label for the current position.
    @inlinable public mutating func newBoundLabel() -> Label {
        let label = newLabel()
        labels.start[Int(label.index)].position = offset
        return label
    }

    /// Whether the label has a position.
    @inlinable public func isBound(_ label: Label) -> Bool { labels[Int(label.index)].position >= 0 }

    /// Offset of a bound label in the code; of others a negative number.
    @inlinable public func position(of label: Label) -> Int32 { labels[Int(label.index)].position }

    /// Whether anything emitted so far waits for the label.
    @inlinable public func isAwaited(_ label: Label) -> Bool { !labels[Int(label.index)].isSettled }

    /// The position of a bound label.
    @inlinable public func offset(of label: Label) -> Int32 {
        let position = labels[Int(label.index)].position
        precondition(position >= 0, "the label is not bound")
        return position
    }

    /// Gives a label the current position. A label is bound once.
    @inlinable public mutating func bind(_ label: Label) {
        let position = offset
        var state = labels[Int(label.index)]
        guard state.position < 0 else { return contradict("a label is bound twice") }
        state.position = position
        if state.nearHead >= 0 { resolveNear(state.nearHead, position) }
        while state.farHead >= 0 {
            let field = base + Int(state.farHead)
            let next = field.loadUnaligned(as: Int32.self)
            field.storeBytes(of: position &- (state.farHead &+ 4), as: Int32.self)
            state.farHead = next
        }
        labels[Int(label.index)] = state
    }

    @usableFromInline mutating func resolveNear(_ head: Int32, _ position: Int32) {
        var offset = head
        while true {
            let field = base + Int(offset)
            let back = field.load(as: UInt8.self)
            let distance = position - (offset + 1)
            if distance > 127 { contradict("a short jump does not reach its label") }
            field.storeBytes(of: UInt8(truncatingIfNeeded: distance), as: UInt8.self)
            if back == 0 { return }
            offset -= Int32(back)
        }
    }

    /// Emits a 4-byte field that will hold the distance from its end to the label.
    @inlinable mutating func emitFar(_ label: Label) {
        let state = labels[Int(label.index)]
        let field = offset
        if state.position >= 0 {
            cursor.storeBytes(of: state.position &- (field &+ 4), as: Int32.self)
        } else {
            cursor.storeBytes(of: state.farHead, as: Int32.self)
            labels.start[Int(label.index)].farHead = field
        }
        cursor += 4
    }

    /// Emits a 1-byte field that will hold the distance from its end to a label in front.
    @inlinable mutating func emitNear(_ label: Label) {
        let head = labels[Int(label.index)].nearHead
        let field = offset
        var back: Int32 = 0
        if head >= 0 {
            back = field &- head
            if back > 127 {
                contradict("a short jump does not reach its label")
                back = 0
            }
        }
        cursor.storeBytes(of: UInt8(truncatingIfNeeded: back), as: UInt8.self)
        labels.start[Int(label.index)].nearHead = field
        cursor += 1
    }

    /// Resolves the fields that were kept in a list; all labels they name must be bound. ``finish()`` does this.
    public mutating func resolveFixups() {
        for index in 0..<fixups.count {
            let fixup = fixups[index]
            let target = labels[Int(fixup.target)].position
            let origin = fixup.origin < 0 ? fixup.field - fixup.origin : labels[Int(fixup.origin)].position
            guard target >= 0 && origin >= 0 else {
                contradict("a label was used but never bound")
                continue
            }
            patch32(at: fixup.field, target - origin)
        }
        fixups.count = 0
    }

    /// Number of labels made so far.
    @inlinable public var labelCount: Int { labels.count }

    /// Forgets the labels made since there were `count`, all of which must be bound or unused; resolves fix-ups first.
    /// A compiler that puts many functions into one assembler calls this after each.
    public mutating func removeLabels(downTo count: Int) {
        resolveFixups()
        checkLabels(from: count)
        labels.count = count
    }

    /// Nothing may wait for a label once the code is complete.
    mutating func checkLabels(from first: Int) {
        for index in first..<labels.count where !labels[index].isSettled {
            contradict("a label was used but never bound")
        }
    }
}
