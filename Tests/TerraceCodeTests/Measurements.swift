// Figures that the design promises, printed on request: TERRACE_MEASURE=1 swift test -c release … --filter Measurements.
// Nothing is asserted about time here.

import Foundation
import FuzzSupport
import TerraceABI
import TerraceAssembler
import Testing

@testable import TerraceCode

#if canImport(Glibc)
    import Glibc
#endif

private func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

private let isOn = ProcessInfo.processInfo.environment["TERRACE_MEASURE"] != nil

@Suite(.serialized, .enabled(if: isOn)) struct Measurements {
    /// Addresses inside blocks of a map with `count` blocks of 200 bytes or so, as lazily compiled functions are.
    private func fill(_ map: CodeBlockMap, _ pool: CodeBlockRecordPool, _ base: UInt, _ count: Int) -> [UInt] {
        var generator = SeededRandom(seed: 3)
        var next = base
        var addresses: [UInt] = []
        for _ in 0..<count {
            let record = pool.allocate()!
            let size = UInt.random(in: 40...500, using: &generator)
            record.pointee.base = next
            record.pointee.byteCount = UInt32(size)
            addresses.append(next + UInt.random(in: 0..<size, using: &generator))
            next = (next + size + 63) & ~63
            _ = map.reserve(CodeAddress(rawValue: record.pointee.base))
            map.insert(UnmanagedCodeBlock(record))
        }
        return addresses
    }

    @Test func mapLookup() {
        for count in [100, 1000, 10_000, 100_000] {
            let base: UInt = 0x20_0000_0000
            let map = CodeBlockMap(base: CodeAddress(rawValue: base), byteCount: 2 << 30)!
            let pool = CodeBlockRecordPool()
            defer { map.destroy() }
            var addresses = fill(map, pool, base, count)
            var generator = SeededRandom(seed: 4)
            addresses.shuffle(using: &generator)
            var best = Double.infinity
            var found = 0
            for _ in 0..<7 {
                let start = nanoseconds()
                var done = 0
                while done < 1_000_000 {
                    for address in addresses where map.lookup(CodeAddress(rawValue: address)) != nil { found += 1 }
                    done += addresses.count
                }
                best = min(best, Double(nanoseconds() - start) / Double(done))
            }
            // The same with each lookup waiting for the one before: latency instead of throughput.
            var bestLatency = Double.infinity
            for _ in 0..<7 {
                let start = nanoseconds()
                var done = 0
                var carry: UInt = 0
                while done < 1_000_000 {
                    for address in addresses {
                        let block = map.lookup(CodeAddress(rawValue: address ^ carry))
                        carry = UInt(bitPattern: block?.record) >> 63
                    }
                    done += addresses.count
                }
                bestLatency = min(bestLatency, Double(nanoseconds() - start) / Double(done))
            }
            print("lookup among \(count) blocks: \(best) ns, in sequence \(bestLatency) ns (found \(found))")
        }
    }

    @Test func mapInsert() {
        let base: UInt = 0x20_0000_0000
        var atHundred = Double.infinity
        var atHundredThousand = Double.infinity
        for _ in 0..<5 {
            let map = CodeBlockMap(base: CodeAddress(rawValue: base), byteCount: 2 << 30)!
            let pool = CodeBlockRecordPool()
            defer { map.destroy() }
            var times: [UInt64] = []
            for k in 0..<100_100 {
                let record = pool.allocate()!
                record.pointee.base = base + UInt(k) * 256
                record.pointee.byteCount = 200
                let start = nanoseconds()
                _ = map.reserve(CodeAddress(rawValue: record.pointee.base))
                map.insert(UnmanagedCodeBlock(record))
                times.append(nanoseconds() - start)
            }
            let start = nanoseconds()
            for _ in 0..<100 { _ = nanoseconds() }
            let clock = Double(nanoseconds() - start) / 100
            atHundred = min(atHundred, Double(times[50..<150].reduce(0, +)) / 100 - clock)
            atHundredThousand = min(atHundredThousand, Double(times[99_950..<100_050].reduce(0, +)) / 100 - clock)
        }
        print("insert around the 100th block: \(atHundred) ns, around the 100,000th: \(atHundredThousand) ns")
    }

    @Test func codeCreation() throws {
        let reservation = try makeReservation(512)
        for functions in [10, 1000, 20_000] {
            var best = UInt64.max
            var bestWithCells = UInt64.max
            for _ in 0..<20 {
                let start = nanoseconds()
                let code = try makeCode(reservation, functions: functions)
                best = min(best, nanoseconds() - start)
                code.setCells(of: 0..<functions, toThunksAt: reservation.base, stride: 11)
                bestWithCells = min(bestWithCells, nanoseconds() - start)
            }
            print("Code of \(functions) functions: \(best) ns, with cells set: \(bestWithCells) ns")
        }
    }

    @Test func firstReservationAndSegment() throws {
        var best = (UInt64.max, UInt64.max)
        for _ in 0..<20 {
            let start = nanoseconds()
            let reservation = try CodeReservation(byteCount: 2 << 30)
            let middle = nanoseconds()
            let segment = try CodeSegment(byteCount: 100, capacity: 64 << 10, in: reservation)
            best = (min(best.0, middle - start), min(best.1, nanoseconds() - middle))
            withExtendedLifetime(segment) {}
        }
        print("reservation of 2 GB: \(best.0) ns, segment of 64 KB: \(best.1) ns")
    }

    @Test func commitOfOneFunction() throws {
        let reservation = try makeReservation(512)
        var bytes = [UInt8](repeating: 0x90, count: 400)
        let traps = (0..<12).map { TrapSite(offset: BlockOffset($0 * 30), kind: .unreachable, bytecodeOffset: 0) }
        let calls = (0..<8).map { CallSite(returnOffset: BlockOffset($0 * 40), bytecodeOffset: 0, kind: .direct) }
        let relocations = (0..<8).map { Relocation.entryCell(UInt32($0), offset: UInt32($0 * 40)) }
        var best = Double.infinity
        for _ in 0..<5 {
            let count = 50_000
            let code = try makeCode(reservation, functions: count)
            let start = nanoseconds()
            for function in 0..<count {
                let range = [CodeRange(kind: .function, begin: 0, end: 400, functionIndex: UInt32(function))]
                _ = code.claim(function)
                code.beginCompiling(function)
                try bytes.withUnsafeMutableBytes { bytes in
                    try range.withUnsafeBufferPointer { ranges in
                        try traps.withUnsafeBufferPointer { traps in
                            try calls.withUnsafeBufferPointer { calls in
                                try relocations.withUnsafeBufferPointer { relocations in
                                    var view = CompiledCodeView(bytes: bytes, codeRanges: ranges)
                                    view.trapSites = traps
                                    view.callSites = calls
                                    view.relocations = relocations
                                    _ = try code.commit(view, kind: .baseline)
                                }
                            }
                        }
                    }
                }
            }
            best = min(best, Double(nanoseconds() - start) / Double(count))
        }
        print("claim and commit of one function of 400 bytes: \(best) ns")
        let code = try makeCode(reservation, functions: 50_000)
        for function in 0..<50_000 {
            try code.commit(compiled([(UInt32(function), 1)]), kind: .baseline)
        }
        let start = nanoseconds()
        var blocks = 0
        blocks = code.statistics.blockCount
        withExtendedLifetime(code) {}
        print("statistics of \(blocks) blocks: \(nanoseconds() - start) ns, mapped \(code.statistics.mappedBytes)")
    }

    @Test func joiningFunctions() {
        var one = compiled([(0, 0)])
        one.bytes = [UInt8](repeating: 0x90, count: 400)
        one.trapSites = (0..<12).map { TrapSite(offset: BlockOffset($0 * 30), kind: .unreachable, bytecodeOffset: 0) }
        one.callSites = (0..<8).map { CallSite(returnOffset: BlockOffset($0 * 40), bytecodeOffset: 0, kind: .direct) }
        one.relocations = (0..<8).map { Relocation.entryCell(UInt32($0), offset: UInt32($0 * 40)) }
        var best = Double.infinity
        for _ in 0..<5 {
            let start = nanoseconds()
            var joined = CompiledCode()
            for _ in 0..<20_000 { one.withView { joined.append($0) } }
            best = min(best, Double(nanoseconds() - start) / 20_000)
        }
        print("joining a function of 400 bytes to others: \(best) ns")
    }

    @Test func commitOfACompleteTier() throws {
        let reservation = try makeReservation(512)
        let unit = compiled((0..<20_000).map { ($0, Int32($0)) })
        var best = UInt64.max
        for _ in 0..<5 {
            let code = try makeCode(reservation, functions: 20_000)
            let start = nanoseconds()
            try code.commit(unit, kind: .baseline)
            best = min(best, nanoseconds() - start)
        }
        print("commit of a tier of 20,000 functions: \(best) ns")
    }
}
