import TerraceABI
import TerraceAssembler
import Testing

@testable import TerraceCode

/// Runs `body` with the metadata of unlinked code, as a block would have it.
private func withBlock(_ compiled: CompiledCode, _ body: (UnmanagedCodeBlock) throws -> Void) throws {
    let pool = CodeBlockRecordPool()
    let record = try #require(pool.allocate())
    defer { pool.release(record) }
    var compiled = compiled
    try compiled.withView { record.pointee = try CodeBlockRecord(copying: $0, kind: .baseline) }
    record.pointee.base = 0x10000
    record.pointee.blockStart = 0x40
    try body(UnmanagedCodeBlock(record))
}

private func functionRanges(_ indices: [UInt32]) -> CompiledCode {
    var result = CompiledCode()
    result.bytes = [UInt8](repeating: 0x90, count: indices.count * 16)
    result.codeRanges = indices.enumerated().map {
        CodeRange(
            kind: .function, begin: BlockOffset($0.offset * 16), end: BlockOffset($0.offset * 16 + 9),
            functionIndex: $0.element)
    }
    return result
}

@Suite struct MetadataTests {
    @Test func placementConvertsBetweenTheThreeKindsOfAddress() {
        let placement = CodePlacement(
            segmentBase: CodeAddress(rawValue: 0x7000), blockStart: SegmentOffset(rawValue: 0x100), byteCount: 0x20)
        #expect(placement.base.rawValue == 0x7100)
        #expect(placement.address(of: 0x1F).rawValue == 0x711F)
        #expect(placement.segmentOffset(of: 0x1F).rawValue == 0x11F)
        #expect(placement.blockOffset(of: CodeAddress(rawValue: 0x7110)) == 0x10)
        #expect(placement.blockOffset(of: CodeAddress(rawValue: 0x7120)) == 0x20)
        #expect(placement.blockOffset(of: CodeAddress(rawValue: 0x7121)) == nil)
        #expect(placement.blockOffset(of: CodeAddress(rawValue: 0x70FF)) == nil)
    }

    @Test func contiguousFunctionsAreDenseInWhateverOrderTheirCodeStands() throws {
        try withBlock(functionRanges([7, 5, 6, 8])) { block in
            #expect(block.functionRanges.representation == .dense)
            #expect(block.functionRanges.count == 4)
            #expect(block.functionRanges[5]?.begin == 16)
            #expect(block.functionRanges[7]?.begin == 0)
            for absent: UInt32 in [0, 4, 9, UInt32.max] { #expect(block.functionRanges[absent] == nil) }
            var visited: [UInt32] = []
            block.functionRanges.forEach { visited.append($0.functionIndex) }
            #expect(visited == [5, 6, 7, 8])
        }
    }

    @Test func scatteredFunctionsAreSparse() throws {
        let indices: [UInt32] = [900, 3, 77, 12, 4_000_000]
        try withBlock(functionRanges(indices)) { block in
            #expect(block.functionRanges.representation == .sparse)
            for (position, index) in indices.enumerated() {
                #expect(block.functionRanges[index]?.begin == BlockOffset(position * 16))
            }
            for absent: UInt32 in [0, 4, 13, 901, UInt32.max] { #expect(block.functionRanges[absent] == nil) }
            var visited: [UInt32] = []
            block.functionRanges.forEach { visited.append($0.functionIndex) }
            #expect(visited == indices.sorted())
        }
    }

    @Test func aBlockWithoutFunctionsHoldsNone() throws {
        try withBlock(compiledStub(.trapExit, CodeRange.none, 0)) { block in
            #expect(block.functionRanges.count == 0)
            #expect(block.functionRanges[0] == nil)
            block.functionRanges.forEach { _ in Issue.record("there is no function") }
        }
    }

    @Test func codeRangesAreFoundByOffsetAndGapsAreNot() throws {
        try withBlock(functionRanges([1, 2, 3])) { block in
            #expect(block.codeRange(at: BlockOffset(0))?.functionIndex == 1)
            #expect(block.codeRange(at: BlockOffset(24))?.functionIndex == 2)
            #expect(block.codeRange(at: BlockOffset(25)) == nil)
            #expect(block.codeRange(at: BlockOffset(47)) == nil)
            #expect(block.codeRange(at: CodeAddress(rawValue: 0x10000 + 33))?.functionIndex == 3)
            #expect(block.codeRange(at: CodeAddress(rawValue: 0x10000 - 1)) == nil)
        }
    }

    @Test func sitesAreFoundByExactAddress() throws {
        var compiled = functionRanges([0])
        compiled.trapSites = (0..<100).map {
            TrapSite(offset: BlockOffset($0 * 3), kind: .unreachable, bytecodeOffset: UInt32($0))
        }
        compiled.callSites = (1..<100).map {
            CallSite(returnOffset: BlockOffset($0 * 3), bytecodeOffset: UInt32($0), kind: .indirect)
        }
        compiled.bytes = [UInt8](repeating: 0, count: 297)
        try withBlock(compiled) { block in
            for offset in 0...300 {
                let address = CodeAddress(rawValue: 0x10000 + UInt(offset))
                let index = offset % 3 == 0 ? UInt32(offset / 3) : nil
                #expect(
                    block.trapSite(at: address)?.bytecodeOffset
                        == index.flatMap { $0 < 100 && offset <= 297 ? $0 : nil })
                #expect(
                    block.callSite(returningTo: address)?.bytecodeOffset
                        == index.flatMap { $0 > 0 && $0 < 100 ? $0 : nil })
            }
        }
    }

    @Test func recordsAndSitesAreCompact() {
        #expect(MemoryLayout<TrapSite>.stride == 12)
        #expect(MemoryLayout<CallSite>.stride == 12)
        #expect(MemoryLayout<CodeRange>.stride == 16)
        #expect(MemoryLayout<StackMap>.stride == 16)
        #expect(MemoryLayout<HandlerRange>.stride == 20)
        #expect(MemoryLayout<InlineRange>.stride == 8)
        #expect(MemoryLayout<CodeBlockRecord>.stride <= 192)
    }

    @Test func stackMapsTellReferenceSlotsAndShareWords() throws {
        var builder = StackMapBuilder()
        builder.add(offset: 8, referenceSlots: [1, 40])
        builder.add(offset: 12, referenceSlots: [1, 40])
        builder.add(offset: 20, referenceSlots: [])
        builder.add(offset: 24, referenceSlots: [31, 32, 63])
        #expect(builder.words.count == 4)
        var compiled = functionRanges([0, 1])
        compiled.stackMaps = builder.maps
        compiled.stackMapWords = builder.words
        try withBlock(compiled) { block in
            func map(_ offset: UInt) -> StackMapBits? {
                block.stackMap(returningTo: CodeAddress(rawValue: 0x10000 + offset))
            }
            #expect(map(8).map(Array.init) == [1, 40])
            #expect(map(12).map(Array.init) == [1, 40])
            #expect(map(20).map(Array.init) == [])
            #expect(map(24).map(Array.init) == [31, 32, 63])
            #expect(map(9) == nil)
            #expect(map(8)?.contains(40) == true)
            #expect(map(8)?.contains(39) == false)
            #expect(map(8)?.contains(41) == false)
            #expect(map(8)?.contains(-1) == false)
        }
    }

    @Test func stackMapsNameIncomingStackArguments() throws {
        let (first, third, hundredth) = (
            StackMap.incomingArgument(0), StackMap.incomingArgument(2), StackMap.incomingArgument(99)
        )
        #expect((first, third) == (-3, -5))
        var builder = StackMapBuilder()
        builder.add(offset: 8, referenceSlots: [first, 1, third])
        builder.add(offset: 12, referenceSlots: [hundredth])
        builder.add(offset: 20, referenceSlots: [40, hundredth, first])
        var compiled = functionRanges([0, 1])
        compiled.stackMaps = builder.maps
        compiled.stackMapWords = builder.words
        // Joined to code in front of it: offsets move, slots do not.
        var joined = functionRanges([5])
        compiled.withView { joined.append($0) }
        try withBlock(joined) { block in
            let shift = block.codeRanges[1].begin.rawValue
            func map(_ offset: UInt32) -> StackMapBits? {
                block.stackMap(returningTo: CodeAddress(rawValue: 0x10000 + UInt(shift + offset)))
            }
            #expect(map(8).map(Array.init) == [third, first, 1])
            #expect(map(12).map(Array.init) == [hundredth])
            #expect(map(20).map(Array.init) == [hundredth, first, 40])
            #expect(map(8)?.contains(first) == true && map(8)?.contains(-4) == false)
            #expect(map(8)?.contains(0) == false && map(8)?.contains(-6) == false && map(8)?.contains(2) == false)
        }
    }

    @Test func handlersAreFoundInnermostFirst() throws {
        func range(_ begin: Int, _ end: Int, _ index: UInt32) -> HandlerRange {
            HandlerRange(
                begin: BlockOffset(begin), end: BlockOffset(end), landing: BlockOffset(end), handlerIndex: index)
        }
        var ranges = [
            range(12, 14, 3), range(0, 10, 0), range(2, 4, 1), range(5, 9, 2), range(6, 7, 5), range(12, 30, 4),
            range(10, 40, 6),
        ]
        HandlerRange.link(&ranges)
        var compiled = functionRanges([0, 1, 2])
        compiled.handlerRanges = ranges
        try withBlock(compiled) { block in
            func handlers(_ offset: Int) -> [UInt32] { block.handlers(at: BlockOffset(offset)).map(\.handlerIndex) }
            #expect(handlers(0) == [0])
            #expect(handlers(3) == [1, 0])
            #expect(handlers(4) == [0])
            #expect(handlers(6) == [5, 2, 0])
            #expect(handlers(8) == [2, 0])
            #expect(handlers(10) == [6])
            #expect(handlers(13) == [3, 4, 6])
            #expect(handlers(20) == [4, 6])
            #expect(handlers(39) == [6])
            #expect(handlers(40) == [])
        }
    }

    @Test func theInlineTreeGivesSourceFramesInnermostFirst() throws {
        var compiled = functionRanges([10, 11])
        compiled.inlineNodes = [
            InlineNode(parent: InlineNode.none, functionIndex: 20, callBytecodeOffset: 100),
            InlineNode(parent: 0, functionIndex: 21, callBytecodeOffset: 200),
        ]
        compiled.inlineRanges = [
            InlineRange(begin: 2, node: 0), InlineRange(begin: 4, node: 1),
            InlineRange(begin: 6, node: InlineNode.none),
        ]
        try withBlock(compiled) { block in
            func frames(_ offset: Int) -> [SourceFrame]? {
                block.sourceFrames(at: BlockOffset(offset), bytecodeOffset: 7).map(Array.init)
            }
            let root = SourceFrame(functionIndex: 10, bytecodeOffset: 7)
            #expect(frames(0) == [root])
            #expect(
                frames(3) == [
                    SourceFrame(functionIndex: 20, bytecodeOffset: 7),
                    SourceFrame(functionIndex: 10, bytecodeOffset: 100),
                ])
            #expect(
                frames(5) == [
                    SourceFrame(functionIndex: 21, bytecodeOffset: 7),
                    SourceFrame(functionIndex: 20, bytecodeOffset: 200),
                    SourceFrame(functionIndex: 10, bytecodeOffset: 100),
                ])
            #expect(frames(6) == [root])
            #expect(frames(16) == [SourceFrame(functionIndex: 11, bytecodeOffset: 7)])
            #expect(frames(12) == nil)
        }
    }

    @Test func appendedCodeKeepsItsMetadata() throws {
        var first = functionRanges([1])
        first.inlineNodes = [InlineNode(parent: InlineNode.none, functionIndex: 50, callBytecodeOffset: 5)]
        first.inlineRanges = [InlineRange(begin: 4, node: 0)]
        first.handlerRanges = [HandlerRange(begin: 0, end: 8, landing: 8, handlerIndex: 0)]
        first.stackMaps = [StackMap(offset: 4, firstWord: 0, slotCount: 2)]
        first.stackMapWords = [2]
        first.bytes.removeLast(5)
        var second = first
        second.codeRanges[0].functionIndex = 2
        second.trapSites = [TrapSite(offset: 3, kind: .integerOverflow, bytecodeOffset: 9)]
        second.callSites = [CallSite(returnOffset: 4, bytecodeOffset: 9, kind: .direct)]
        second.relocations = [
            Relocation(offset: 5, kind: .entryCell, payload: 1, addend: -4),
            Relocation(offset: 1, kind: .absolute64, payload: 2),
        ]
        second.handlerRanges.append(HandlerRange(begin: 1, end: 2, landing: 2, parent: 0, handlerIndex: 1))
        second.stackMapWords = [1]
        var both = CompiledCode()
        first.withView { both.append($0) }
        second.withView { both.append($0) }
        #expect(both.bytes.count == 27)
        #expect(both.bytes[11] == CodeSegment.trapByte && both.bytes[15] == CodeSegment.trapByte)
        #expect(both.codeRanges[1] == CodeRange(kind: .function, begin: 16, end: 25, functionIndex: 2))
        #expect(both.trapSites[0].offset == 19 && both.callSites[0].returnOffset == 20)
        #expect(both.relocations[0].offset == 21 && both.relocations[0].payload == 1)
        #expect(both.relocations[1].offset == 17 && both.relocations[1].payload == 18)
        #expect(both.handlerRanges[2].parent == 1 && both.handlerRanges[2].begin == 17)
        try withBlock(both) { block in
            #expect(block.stackMap(returningTo: CodeAddress(rawValue: 0x10014)).map(Array.init) == [0])
            #expect(block.stackMap(returningTo: CodeAddress(rawValue: 0x10004)).map(Array.init) == [1])
            let at17 = try #require(block.sourceFrames(at: BlockOffset(17), bytecodeOffset: 1))
            #expect(Array(at17).count == 1)
            let at21 = try #require(block.sourceFrames(at: BlockOffset(21), bytecodeOffset: 1))
            #expect(Array(at21).map(\.functionIndex) == [50, 2])
        }
    }
}
