import TerraceCompilation
import Testing

@testable import TerraceBaseline

@Suite struct PrescanTests {
    /// Offset of the n-th byte `code` in the function's body that begins an operator, counted from the first operator.
    private func offset(_ test: CompilerUnderTest, of code: UInt8, number: Int = 0) -> Int {
        let body = test.module.bodies[0]
        var reader = test.compiler.reader
        reader.offset = body.code.lowerBound
        var found = -1
        while reader.offset < body.code.upperBound {
            let start = reader.offset
            let byte = reader.peekByte()
            reader.skipImmediates(of: reader.readOpcode())
            if byte == code {
                found += 1
                if found == number { return start }
            }
        }
        return -1
    }

    @Test func accessesWeighMoreInLoops() throws {
        let test = try CompilerUnderTest(
            """
            (module (func (param i32 i32 i32 i32)
              local.get 0
              drop
              (loop
                (local.set 1 (i32.const 1))
                (loop (drop (local.get 2)))
                (block (drop (local.get 1))))
              (drop (local.get 0))))
            """)
        let weights = test.compiler.prescan.weights
        #expect(weights[0] == 2)
        #expect(weights[1] == 16)
        #expect(weights[2] == 64)
        #expect(weights[3] == 0)
    }

    @Test func loopsKnowWhatTheyTouch() throws {
        let test = try CompilerUnderTest(
            """
            (module (func $f (param i32 i64 f32 f64)
              (loop
                (drop (local.get 0))
                (loop (local.set 1 (i64.const 0)))
                (block
                  (loop (call $f (i32.const 0) (i64.const 0) (f32.const 0) (f64.const 0)))))
              (loop (drop (local.tee 3 (f64.const 0))))))
            """)
        let count = test.compiler.prescan.loops.count
        #expect(count == 4)
        let loops = (0..<count).map { test.compiler.prescan.loops[$0] }
        #expect(loops[0].used == 0b0011 && loops[0].written == 0b0010 && loops[0].hasCall)
        #expect(loops[1].used == 0b0010 && loops[1].written == 0b0010 && !loops[1].hasCall)
        #expect(loops[2].used == 0 && loops[2].written == 0 && loops[2].hasCall)
        #expect(loops[3].used == 0b1000 && loops[3].written == 0b1000 && !loops[3].hasCall)
        for index in 0..<4 {
            let start = offset(test, of: 0x03, number: index)
            #expect(loops[index].offset == start)
        }
    }

    @Test func aRoundTakesOneOfTheWaysThroughItsLoop() throws {
        // An interpreter's loop of two handlers, each leaving by a jump, as the dispatch does; the loop inside is one straight way.
        let test = try CompilerUnderTest(
            """
            (module (func (param i32 i32)
              (if (local.get 1) (then return))
              (loop $next
                (block $b
                  (block $a (br_table $a $b (local.get 0)))
                  (loop $inner (local.set 1 (i32.const 1)) (br_if $inner (local.get 0)))
                  (br $next))
                (local.set 0 (i32.const 7))
                (br $next))))
            """)
        let loops = (0..<2).map { test.compiler.prescan.loops[$0] }
        #expect(loops[0].ownJumps == 3 && loops[1].ownJumps == 0)
        #expect(loops[0].bytesPerRound == Int(loops[0].ownBytes) / 3)
        #expect(loops[1].bytesPerRound == 10 && loops[1].ownBytes == 10)
        let bytes = test.module.bodies[0].code.count
        #expect(test.compiler.prescan.bytesPerCall(bodyBytes: bytes) == bytes - test.compiler.prescan.loopBytes)
    }

    @Test func aValueReadInALoopIsReadUntilTheLoopEnds() throws {
        let test = try CompilerUnderTest(
            """
            (module (func (param i32 i32 i32)
              (drop (local.get 0))
              (loop (loop (drop (local.get 1))))
              (local.set 2 (i32.const 0))))
            """)
        let lastRead = test.compiler.prescan.lastRead
        #expect(lastRead[0] == offset(test, of: 0x20))
        // The end of the outer loop is the second `end`.
        #expect(lastRead[1] == offset(test, of: 0x0B, number: 1))
        #expect(lastRead[2] == 0)
    }

    @Test func immediatesThatLookLikeOperatorsAreSkipped() throws {
        // 0x20 is `local.get`; here it stands in constants, offsets, labels and lanes.
        let test = try CompilerUnderTest(
            """
            (module (memory 1) (func (param i32)
              (drop (i32.const 0x20))
              (drop (i64.const 0x20))
              (drop (f32.const 0x1.404040p-63))
              (drop (f64.const 0x1.0202020202020p-509))
              (drop (i32.load offset=32 (i32.const 0)))
              (drop (v128.const i8x16 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32))
              (memory.fill (i32.const 32) (i32.const 32) (i32.const 32))))
            """)
        for local in 0..<FunctionPrescan.trackedLocals { #expect(test.compiler.prescan.weights[local] == 0) }
    }

    @Test func localsBeyondTheTrackedOnesAreIgnored() throws {
        let locals = String(repeating: "i32 ", count: 70)
        let test = try CompilerUnderTest("(module (func (local \(locals)) (local.set 69 (local.get 64))))")
        for local in 0..<FunctionPrescan.trackedLocals { #expect(test.compiler.prescan.weights[local] == 0) }
        #expect(!test.compiler.homes[64].isPinned && !test.compiler.homes[69].isPinned)
    }
}
