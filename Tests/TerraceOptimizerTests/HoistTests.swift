// What leaves a loop, and what has to stay.

import Testing

@testable import TerraceOptimizer

@Suite struct HoistTests {
    /// A loop whose body is `body`, and what the block in front of it and the body hold afterwards.
    private func hoist(
        _ body: String, entry: String = "", limits: HoistLimits = HoistLimits(), end: String = "p9:i32"
    ) throws -> (entry: [String], body: [String]) {
        let graph = try GraphUnderTest(
            """
            b0:
            \(entry)
              jump b1(0)
            b1(i: i32):
              poll
            \(body)
              n = i32.add i, 1
              branch \(end) ? b2 : b3
            b2:
              jump b1(n)
            b3:
              return n
            """)
        try graph.hoist(limits)
        var parts: [[String]] = []
        for line in graph.text.split(separator: "\n") {
            if line.hasSuffix(":") { parts.append([]) } else { parts[parts.count - 1].append(line.trimmed) }
        }
        return (Array(parts[0].dropLast()), Array(parts[1].dropFirst().dropLast(2)))
    }

    @Test func invariantNodesMoveInFrontOfTheLoop() throws {
        let (entry, body) = try hoist(
            """
              a = i32.mul p0:i32, p1:i32
              b = i32.xor a, p2:i32
              c = i32.mul b, i
              i32.store mem[i+0], c
            """)
        #expect(entry == ["v0 = i32.mul p0:i32, p1:i32", "v1 = i32.xor v0, p2:i32"])
        #expect(body == ["v3 = i32.mul v1, v2", "i32.store mem[v2+0], v3"])
    }

    @Test func outOfTwoLoopsAtOnce() throws {
        let graph = try GraphUnderTest(
            """
            b0:
              jump b1(p0:i32)
            b1(v0: i32):
              poll
              jump b2(v0)
            b2(v1: i32):
              poll
              v2 = i32.mul p1:i32, p2:i32
              v3 = i32.mul v0, v2
              v4 = i32.add v1, v3
              branch v4 ? b3 : b4
            b3:
              jump b2(v4)
            b4:
              branch v3 ? b5 : b6
            b5:
              jump b1(v3)
            b6:
              return v4
            """)
        try graph.hoist()
        expectText(
            graph,
            """
            b0:
              v0 = i32.mul p1:i32, p2:i32
              jump b1(p0:i32)
            b1(v1: i32):
              poll
              v2 = i32.mul v1, v0
              jump b2(v1)
            b2(v3: i32):
              poll
              v4 = i32.add v3, v2
              branch v4 ? b3 : b4
            b3:
              jump b2(v4)
            b4:
              branch v2 ? b5 : b6
            b5:
              jump b1(v2)
            b6:
              return v4
            """)
    }

    @Test func laterResultsGoWithTheirOperator() throws {
        let (entry, body) = try hoist(
            """
              a = i64.mul_wide_u p0:i64, p1:i64
              b = result 1 of a: i64
              i64.store mem[i+0], b
            """)
        #expect(entry == ["v0 = i64.mul_wide_u p0:i64, p1:i64", "v1 = result 1 of v0: i64"])
        #expect(body == ["i64.store mem[v2+0], v1"])
    }

    @Test func aLoadThatRunsFirstInEveryRoundMoves() throws {
        let (entry, body) = try hoist(
            """
              a = i32.load mem[p0:i32+4]
              b = i32.load mem[i+0]
              c = i32.load mem[p1:i32+4]
              d = i32.add a, b
              e = i32.add c, d
              check e or castFailure
            """)
        // `c` would trap before `b` does.
        #expect(entry == ["v0 = i32.load mem[p0:i32+4]"])
        #expect(body.first == "v2 = i32.load mem[v1+0]")
        #expect(body.count == 5)
    }

    @Test func aLoadThatCannotTrapMovesFromAnywhere() throws {
        // A constant address in the declared memory; a base of which more was loaded before; an index that is a byte.
        let (entry, body) = try hoist(
            """
              b = i32.load mem[i+0]
              a = i32.load mem[100+4]
              c = i32.load mem[p1:i32+8]
              d = i32.load mem[1000000+4]
              e = i32.load mem[p1:i32+16]
              f = i32.add a, b
              g = i32.add c, f
              h = i32.add d, g
              j = i32.add e, h
              check j or castFailure
            """, entry: "x = i32.load mem[p1:i32+12]", limits: HoistLimits(memoryBytes: 65536))
        #expect(
            entry == ["v0 = i32.load mem[p1:i32+12]", "v1 = i32.load mem[100+4]", "v2 = i32.load mem[p1:i32+8]"])
        #expect(body.count == 8)
    }

    @Test(arguments: ["i32.store mem[i+0], 1", "call f1()", "f64.store [p9:i64+0], 1.5d"])
    func loadsStayWhereMemoryIsWritten(_ effect: String) throws {
        let (entry, _) = try hoist(
            """
              a = i32.load mem[p0:i32+4]
              check a or castFailure
              \(effect)
            """)
        #expect(entry == [])
    }

    @Test func globalsStayWhereTheyAreWritten() throws {
        let (entry, body) = try hoist(
            """
              a = global.get 1: i32
              b = global.get 2: i32
              c = i32.add a, b
              global.set 2, c
            """)
        #expect(entry == ["v0 = global.get 1: i32"])
        #expect(body.count == 3)
        let (none, _) = try hoist(
            """
              a = global.get 1: i32
              global.set 3, a
              call f1()
            """)
        #expect(none == [])
    }

    @Test func sizesAndBasesStayWhereCallsAre() throws {
        let text = """
              a = memory.base 1
              b = memory.size 0: i32
              c = i64.load [a+0]
              d = i64.extend_i32_u b
              e = i64.add c, d
              i64.store mem[i+0], e
            """
        #expect(try hoist(text).entry == ["v0 = memory.base 1", "v1 = memory.size 0: i32"])
        #expect(try hoist(text + "\n  call f1()").entry == [])
    }

    @Test func divisionsMoveIfTheyCannotTrapOrRunFirst() throws {
        let (entry, body) = try hoist(
            """
              b = i32.load mem[i+0]
              a = i32.div_s p0:i32, p1:i32
              c = i32.div_s p0:i32, 7
              d = i32.div_s p0:i32, -1
              e = i32.rem_s p0:i32, -1
              f = i32.add a, b
              g = i32.add c, f
              h = i32.add d, g
              j = i32.add e, h
              check j or castFailure
            """)
        #expect(entry == ["v0 = i32.div_s p0:i32, 7", "v1 = i32.rem_s p0:i32, -1"])
        #expect(body.count == 8)
        let (first, _) = try hoist(
            """
              a = i32.div_s p0:i32, p1:i32
              check a or castFailure
            """)
        #expect(first == ["v0 = i32.div_s p0:i32, p1:i32"])
    }

    @Test func whatCostsNothingWhereItIsStays() throws {
        let (entry, body) = try hoist(
            """
              a = i32.lt_s p0:i32, p1:i32
              b = select i, 5, a
              c = i64.extend_i32_u p0:i32
              e = i32.and p2:i32, 255
              f = i32.add e, 64
              g = i32.load mem[f+0]
              h = i32.add b, g
              i64.store mem[h+0], c
            """)
        // The mask is worth a register, the sum is a displacement, the comparison is made by who chooses.
        #expect(entry == ["v0 = i32.and p2:i32, 255"])
        #expect(body.count == 7)
    }

    @Test func cheapNodesStayWhereRegistersAreFew() throws {
        let body = """
              a = i32.and p0:i32, 255
              b = i32.mul p1:i32, p2:i32
              c = i32.add a, b
              d = i32.add c, i
              i32.store mem[i+0], d
            """
        #expect(try hoist(body, limits: HoistLimits(general: 9)).entry.count == 3)
        #expect(try hoist(body, limits: HoistLimits(general: 2)).entry == ["v0 = i32.mul p1:i32, p2:i32"])
    }

    @Test func nothingMovesOutOfColdBlocksOrRareOnes() throws {
        let text = """
            b0:
              jump b1
            b1:
              poll
              branch p0:i32 ? b2 : b3
            b2:
              v0 = i32.mul p1:i32, p2:i32
              call f1(v0)
              trap unreachable
            b3:
              branch p3:i32 ? b4 : b5
            b4:
              jump b1
            b5:
              return
            """
        let graph = try GraphUnderTest(text)
        try graph.hoist()
        let lines = graph.text.split(separator: "\n")
        let place = try #require(lines.firstIndex { $0.contains("mul") })
        #expect(lines[place + 1].contains("call f1"), "\(graph.text)")
    }

    @Test func theSwitchAndTheLimitHold() throws {
        let text = """
            b0:
              jump b1
            b1:
              poll
              v0 = i32.mul p1:i32, p2:i32
              v1 = i32.mul v0, p2:i32
              i32.store mem[v1+0], v0
              branch p3:i32 ? b2 : b3
            b2:
              jump b1
            b3:
              return
            """
        var options = OptimizerOptions()
        options.optimizations.remove(.hoist)
        let same = try GraphUnderTest(text, options: options)
        try same.hoist()
        expectText(same, text)
        options = OptimizerOptions()
        options.limit = 1
        let one = try GraphUnderTest(text, options: options)
        try one.hoist()
        #expect(one.graph.blocks[0].end - one.graph.blocks[0].start == 1)
    }
}
