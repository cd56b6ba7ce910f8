// The text of graphs says all that they hold: what is read from it prints as the same text.

import Testing

@testable import TerraceOptimizer

@Suite struct GraphPrinterTests {
    static let everything = """
        b0:
          v0 = i32.add p0:i32, -5
          v1 = i64.extend_i32_u v0
          v2 = f32.add p1:f32, 1.5f
          v3 = f64.mul p2:f64, f64:0x7ff8000000000001
          v4 = i8x16.shuffle p3:v128, v128:0x000102030405060708090a0b0c0d0e0f pattern v128:0x1f1e1d1c1b1a19180706050403020100
          v5 = i32x4.extract_lane v4 lane 3
          v6 = i32x4.replace_lane v4, v5 lane 1
          v7 = i64.mul_wide_u v1, 7L
          v8 = result 1 of v7: i64
          v9 = i32.div_s v0, v5
          v10 = i32.load8_u mem[v9+16]
          v11 = memory.base 1
          v12 = i64.add v11, v8
          v13 = i64.load [v12+8]
          v14 = global.get 2: i64
          v15 = table.get 0[v10]
          v16 = table.size 0: i32
          v17 = memory.size 0: i32
          v18 = select v9, v10, v16
          i32.store mem[v18+4], v17
          f64.store [v12+0], v3
          global.set 2, v14
          table.set 0[v18], v15
          check bounds v18+24 in memory 1
          check signature v15 is 3
          check null v15
          check v18 or castFailure
          v19 = call f4(v0, v13): i32
          v20 = result 1 of v19: f32
          call import f1(v2)
          v21 = call ref v15 unchecked indirect type 3(v19, null): i64
          v22 = call memoryGrow(0L, v21): i64
          v23 = ref.is_null v15
          v24 = i32.eq type:3, v23
          branch v24 ? b1 : b2
        b1:
          trap unreachable
        b2:
          jump b3(v0, v13)
        b3(v25: i32, v26: i64):
          poll
          v27 = i32.sub v25, 1
          v28 = i64.add v26, v26
          branch v27 ? b4 : b5
        b4:
          jump b3(v27, v28)
        b5:
          table v25 [b6 b6 b7 b8]
        b6:
          return v28, v20
        b7:
          return v26, 0.0f
        b8:
          tailcall ref v15 type 9(v27)
        """

    @Test func whatIsPrintedReadsAsTheSame() throws {
        let graph = try GraphUnderTest(Self.everything)
        expectText(graph, Self.everything)
    }

    @Test func slotsOfAnotherFrame() throws {
        let text = """
            loop entry, frame 96
            b0:
              v0 = i64.add frame[-40]:i64, frame[-48]:i64
              return v0
            """
        let graph = try GraphUnderTest(text)
        expectText(graph, text)
    }

    @Test func annotationsSayLoopFrequencyAndPredecessors() throws {
        let graph = try GraphUnderTest(Self.everything)
        Frequencies.estimate(&graph.graph)
        var printer = GraphPrinter()
        let text = printer.print(graph.graph)
        #expect(text.contains("b3(v25: i32, v26: i64):                 ; loop 0, ×7.877, from b2 b4\n"), "\(text)")
        #expect(text.contains("b1 cold:                                ; ×0.015, from b0\n"), "\(text)")
    }
}
