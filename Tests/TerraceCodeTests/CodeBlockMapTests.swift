import Foundation
import FuzzSupport
import Synchronization
import Testing

@testable import TerraceCode

/// Records that stand for blocks somewhere in a map's range; no code is behind them.
private final class FakeBlocks {
    let pool = CodeBlockRecordPool()
    let base: UInt = 0x10_0000_0000

    func make(_ start: UInt, _ byteCount: UInt32) -> UnmanagedCodeBlock {
        let record = pool.allocate()!
        record.pointee.base = base + start
        record.pointee.byteCount = byteCount
        return UnmanagedCodeBlock(record)
    }

    func makeMap(_ byteCount: Int = 2 << 30) -> CodeBlockMap {
        CodeBlockMap(base: CodeAddress(rawValue: base), byteCount: byteCount)!
    }
}

extension CodeBlockMap {
    fileprivate func add(_ block: UnmanagedCodeBlock) {
        #expect(reserve(block.base))
        insert(block)
    }
}

@Suite struct CodeBlockMapTests {
    @Test func aBlockIsFoundAtEachOfItsBytesAndNowhereElse() {
        let blocks = FakeBlocks()
        let map = blocks.makeMap()
        defer { map.destroy() }
        #expect(map.lookup(CodeAddress(rawValue: blocks.base)) == nil)
        let block = blocks.make(0x1000, 100)
        map.add(block)
        // Up to the end of its last 64 bytes.
        for offset in 0..<128 as Range<UInt> {
            #expect(map.lookup(CodeAddress(rawValue: block.base.rawValue + offset)) == block)
        }
        for offset in [-1, 128, 129, 1 << 20, 1 << 30] {
            #expect(map.lookup(CodeAddress(rawValue: UInt(Int(block.base.rawValue) + offset))) == nil)
        }
        for address: UInt in [0, blocks.base - 1, blocks.base + 2 << 30, UInt.max] {
            #expect(map.lookup(CodeAddress(rawValue: address)) == nil)
        }
        #expect(map.lookup(returnAddress: CodeAddress(rawValue: block.base.rawValue + 128)) == block)
        #expect(map.lookup(returnAddress: block.base) == nil)
    }

    @Test func aHugeBlockIsFoundFromItsLastByte() {
        let blocks = FakeBlocks()
        for size in [63, 4096, 1 << 18, 1 << 24, 1 << 28, 1 << 30] as [UInt32] {
            for start in [0, 64, 4032, 0x3FFC0, 0xFFFFC0, 0x3FFF_FFC0] as [UInt] {
                let map = blocks.makeMap()
                defer { map.destroy() }
                let block = blocks.make(start, size)
                map.add(block)
                let end = block.base.rawValue + UInt(size)
                #expect(map.lookup(CodeAddress(rawValue: end - 1)) == block)
                #expect(map.lookup(CodeAddress(rawValue: block.base.rawValue + UInt(size) / 2)) == block)
                #expect(map.lookup(CodeAddress(rawValue: (end + 63) & ~63)) == nil)
            }
        }
    }

    @Test func aMapWithRandomBlocksAgreesWithAModel() {
        let blocks = FakeBlocks()
        let map = blocks.makeMap()
        defer { map.destroy() }
        var generator = SeededRandom(seed: 2)
        // 64 slots of 32 MiB hold at most one block each, at a random place and of a random size.
        var model = [UnmanagedCodeBlock?](repeating: nil, count: 64)
        for _ in 0..<20_000 {
            let slot = Int.random(in: 0..<64, using: &generator)
            if let old = model[slot] {
                map.remove(old)
                blocks.pool.release(old.record)
                model[slot] = nil
            } else {
                let room = 32 << 20
                let start =
                    Int.random(in: 0..<room, using: &generator) >> Int.random(in: 0...19, using: &generator) & ~63
                let size =
                    1 + Int.random(in: 0..<room - start, using: &generator) >> Int.random(in: 0...24, using: &generator)
                let block = blocks.make(UInt(slot * room + start), UInt32(size))
                map.add(block)
                model[slot] = block
            }
            let probe = blocks.base + UInt.random(in: 0..<2 << 30, using: &generator)
            let expected = model[Int(probe - blocks.base) >> 25].flatMap {
                probe >= $0.base.rawValue && probe < ($0.base.rawValue + UInt($0.byteCount) + 63) & ~63 ? $0 : nil
            }
            #expect(map.lookup(CodeAddress(rawValue: probe)) == expected)
            if let block = model[slot] {
                #expect(map.lookup(CodeAddress(rawValue: block.base.rawValue + UInt(block.byteCount) - 1)) == block)
            }
        }
        #expect(map.count == model.count { $0 != nil })
    }

    @Test func neighboursAreToldApart() {
        let blocks = FakeBlocks()
        let map = blocks.makeMap()
        defer { map.destroy() }
        let all = (0..<10_000).map { blocks.make(UInt($0) * 64, 64) }
        for index in all.indices.shuffled() { map.add(all[index]) }
        for block in all {
            #expect(map.lookup(block.base) == block)
            #expect(map.lookup(CodeAddress(rawValue: block.base.rawValue + 63)) == block)
        }
        for index in stride(from: 0, to: all.count, by: 2) { map.remove(all[index]) }
        for (index, block) in all.enumerated() {
            #expect(map.lookup(block.base) == (index % 2 == 0 ? nil : block))
        }
    }

    @Test func lookupsGoOnWhileOthersInsertAndRemove() {
        let blocks = FakeBlocks()
        let map = blocks.makeMap()
        defer { map.destroy() }
        // Fixed blocks, with room between them in which others come and go; blocks of every size, near and far.
        let fixed = (0..<200).map { blocks.make(UInt($0) << 20 + 4096, $0 % 3 == 0 ? 600_000 : 100) }
        for block in fixed { map.add(block) }
        let shared = Counters()
        let readers = (0..<2).map { seed in
            TestThread {
                var generator = SeededRandom(seed: UInt64(seed))
                while !shared.stop.load(ordering: .relaxed) {
                    let block = fixed[Int.random(in: 0..<fixed.count, using: &generator)]
                    let offset = UInt.random(in: 0..<UInt(block.byteCount), using: &generator)
                    if map.lookup(CodeAddress(rawValue: block.base.rawValue + offset)) != block {
                        shared.failures.add(1, ordering: .relaxed)
                    }
                }
            }
        }
        var generator = SeededRandom(seed: 9)
        for _ in 0..<200 {
            let near = UInt.random(in: 0..<200, using: &generator) << 20
            let moving = (0..<50).map { blocks.make(near + 0xB_0000 + $0 * 512, 300) }
            for block in moving { map.add(block) }
            for block in moving.shuffled(using: &generator) {
                map.remove(block)
                blocks.pool.release(block.record)
            }
        }
        shared.stop.store(true, ordering: .relaxed)
        for reader in readers { reader.join() }
        #expect(shared.failures.load(ordering: .relaxed) == 0)
        #expect(map.count == fixed.count)
    }

    @Test func removalOfAllLeavesAnEmptyMapThatFindsNothing() {
        let blocks = FakeBlocks()
        let map = blocks.makeMap()
        defer { map.destroy() }
        let all = (0..<1000).map { blocks.make(UInt($0) * 0x1F_FFC0, 200) }
        for block in all { map.add(block) }
        for block in all { map.remove(block) }
        #expect(map.count == 0)
        for block in all { #expect(map.lookup(block.base) == nil) }
        // What was removed leaves nothing behind that hides a larger block.
        let huge = blocks.make(0, 1 << 30)
        map.add(huge)
        for block in all where block.base.rawValue < blocks.base + 1 << 30 {
            #expect(map.lookup(CodeAddress(rawValue: block.base.rawValue + 5)) == huge)
        }
    }
}
