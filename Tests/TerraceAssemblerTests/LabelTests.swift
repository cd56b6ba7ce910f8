// Labels, jumps, and fields that wait for labels.

import Testing

@testable import TerraceAssembler

@Suite struct LabelTests {
    /// The code of a whole assembler.
    private func finish(_ a: inout Assembler) -> [UInt8] {
        a.finish()
        return Array(a.bytes)
    }

    @Test func aForwardJumpHasAFourByteDistance() {
        var a = Assembler()
        let label = a.newLabel()
        a.jmp(label)
        a.jcc(.e, label)
        a.nop(3)
        #expect(!a.isBound(label) && a.isAwaited(label))
        a.bind(label)
        #expect(a.isBound(label) && a.offset(of: label) == 14)
        #expect(hex(finish(&a)) == "e9 09 00 00 00 0f 84 03 00 00 00 0f 1f 00")
    }

    @Test(arguments: [(0, true), (126, true), (127, false), (1000, false)])
    func aBackwardJumpIsAsShortAsTheDistanceAllows(gap: Int, short: Bool) {
        var a = Assembler()
        let label = a.newLabel()
        a.bind(label)
        for _ in 0..<gap { a.int3() }
        let start = a.offset
        a.jmp(label)
        #expect(a.offset - start == (short ? 2 : 5))
        let bytes = Array(a.bytes)[Int(start)...]
        #expect(short ? hex(bytes) == "eb \(hex([UInt8(truncatingIfNeeded: -gap - 2)]))" : bytes.first == 0xE9)
        if !short { #expect(a.read32(at: start + 1) == -a.offset) }
    }

    @Test func aBackwardConditionalJumpIsAsShortAsTheDistanceAllows() {
        var a = Assembler()
        let label = a.newBoundLabel()
        a.jcc(.g, label)
        #expect(hex(a.bytes) == "7f fe")
        for _ in 0..<200 { a.int3() }
        a.jcc(.g, label)
        #expect(a.read32(at: 204) == -208)
        #expect(hex(Array(a.bytes)[202..<204]) == "0f 8f")
    }

    @Test func shortForwardJumpsToOneLabelAreAllResolved() {
        var a = Assembler()
        let label = a.newLabel()
        a.jmpShort(label)
        a.jccShort(.ne, label)
        for _ in 0..<100 { a.int3() }
        a.jmpShort(label)
        a.bind(label)
        a.jmpShort(label)
        let bytes = finish(&a)
        #expect(bytes[1] == 104 && bytes[3] == 102 && bytes[105] == 0 && bytes[107] == 0xFE)
    }

    @Test func shortAndLongJumpsToOneLabelDoNotMix() {
        var a = Assembler()
        let label = a.newLabel()
        a.jmpShort(label)
        a.jmp(label)
        a.jccShort(.s, label)
        a.call(label)
        a.bind(label)
        #expect(hex(finish(&a)) == "eb 0c e9 07 00 00 00 78 05 e8 00 00 00 00")
    }

    @Test func manyJumpsToOneLabelAreAllResolved() {
        var a = Assembler(capacity: 256)
        let label = a.newLabel()
        for _ in 0..<10_000 { a.jmp(label) }
        a.bind(label)
        let end = a.offset
        #expect(end == 50_000)
        for index: Int32 in 0..<10_000 { #expect(a.read32(at: index * 5 + 1) == end - (index + 1) * 5) }
    }

    @Test func anAddressRelativeToTheProgramCounterCountsFromTheInstructionsEnd() {
        var a = Assembler()
        let before = a.newBoundLabel()
        let behind = a.newLabel()
        a.lea(.qword, .rax, .ripRelative(behind))  // 7 bytes
        a.alu(.cmp, .dword, .ripRelative(behind), immediate: 1)  // 7, one of them behind the field
        a.alu(.cmp, .dword, .ripRelative(behind), immediate: 1000)  // 10, four behind
        a.movImmediate(.word, .ripRelative(before), 7)  // 9, two behind
        a.sse(.pshufd, .xmm1, .ripRelative(before), immediate: 0)  // 9, one behind
        a.mov(.qword, .ripRelative(before), .r9)  // 7
        a.bind(behind)
        a.finish()
        #expect(a.read32(at: 3) == 49 - 7)
        #expect(a.read32(at: 9) == 49 - 14)
        #expect(a.read32(at: 16) == 49 - 24)
        #expect(a.read32(at: 27) == -33)
        #expect(a.read32(at: 37) == -42)
        #expect(a.read32(at: 45) == -49)
    }

    @Test func aJumpTableHoldsDistancesOfLabels() {
        var a = Assembler()
        let table = a.newLabel()
        let targets = (0..<3).map { _ in a.newLabel() }
        a.bind(targets[0])
        a.nop(5)
        a.align(to: 4, with: .trap)
        a.bind(table)
        for label in targets { a.jumpTableEntry(label, relativeTo: table) }
        for label in targets.dropFirst() {
            a.nop(2)
            a.bind(label)
        }
        a.finish()
        #expect(a.offset(of: table) == 8)
        #expect(a.read32(at: 8) == -8)
        #expect(a.read32(at: 12) == 14)
        #expect(a.read32(at: 16) == 16)
    }

    @Test func aJumpTableMayStandInFrontOfItsOrigin() {
        var a = Assembler()
        let (origin, target) = (a.newLabel(), a.newLabel())
        a.jumpTableEntry(target, relativeTo: origin)
        a.nop(4)
        a.bind(origin)
        a.nop(4)
        a.bind(target)
        a.finish()
        #expect(a.read32(at: 0) == 4)
    }

    @Test func labelsOfAFinishedFunctionCanBeForgotten() {
        var a = Assembler()
        let outer = a.newLabel()
        let count = a.labelCount
        for _ in 0..<3 {
            let inner = a.newLabel()
            a.jmp(inner)
            a.alu(.add, .byte, .ripRelative(inner), immediate: 1)
            a.bind(inner)
            a.jmp(outer)
            a.removeLabels(downTo: count)
            #expect(a.labelCount == count)
        }
        a.bind(outer)
        a.finish()
        #expect(a.read32(at: 1) == 7 && a.read32(at: 7) == 0 && a.read32(at: 13) == 34)
    }
}

/// Misuse stops a debug build; in others it is noted, so that a compiler can throw instead of handing out the code.
@Suite struct MisuseTests {
    private static func jumpTooFar() -> StaticString? {
        var a = Assembler()
        let label = a.newLabel()
        a.jmpShort(label)
        for _ in 0..<128 { a.int3() }
        a.bind(label)
        a.finish()
        return a.contradiction
    }

    private static func jumpTooFarBack() -> StaticString? {
        var a = Assembler()
        let label = a.newBoundLabel()
        for _ in 0..<128 { a.int3() }
        a.jmpShort(label)
        return a.contradiction
    }

    private static func chainTooLong() -> StaticString? {
        var a = Assembler()
        let label = a.newLabel()
        a.jmpShort(label)
        for _ in 0..<200 { a.int3() }
        a.jmpShort(label)
        a.bind(label)
        return a.contradiction
    }

    private static func useUnbound() -> StaticString? {
        var a = Assembler()
        let label = a.newLabel()
        a.jmp(label)
        a.finish()
        return a.contradiction
    }

    private static func bindTwice() -> StaticString? {
        var a = Assembler()
        let label = a.newBoundLabel()
        a.bind(label)
        return a.contradiction
    }

    private static func stackPointerAsIndex() -> StaticString? {
        var a = Assembler()
        a.mov(.qword, .rax, MemoryOperand(.rax, .rsp, 1, 0))
        return a.contradiction
    }

    private static func displacedConstant() -> StaticString? {
        var a = Assembler()
        let label = a.newLabel()
        a.mov(.qword, .rax, MemoryOperand.ripRelative(label).advanced(by: 8))
        return a.contradiction
    }

    private static let misuses: [@Sendable () -> StaticString?] = [
        { jumpTooFar() }, { jumpTooFarBack() }, { chainTooLong() }, { useUnbound() }, { bindTwice() },
        { stackPointerAsIndex() }, { displacedConstant() },
    ]

    @Test(arguments: 0..<7) func misuseIsNoticed(_ number: Int) async {
        #expect(Self.misuses.count == 7)
        #if DEBUG
            await #expect(processExitsWith: .failure) { [number] in _ = MisuseTests.misuses[number]() }
        #else
            #expect(Self.misuses[number]() != nil)
        #endif
    }

    @Test func soundCodeHasNoContradictionAlsoAfterUnsoundCode() {
        var a = Assembler()
        #if !DEBUG
            let twice = a.newBoundLabel()
            a.bind(twice)
            #expect(a.contradiction != nil)
            a.reset()
        #endif
        let label = a.newLabel()
        a.jmpShort(label)
        a.bind(label)
        a.finish()
        #expect(a.contradiction == nil)
    }
}
