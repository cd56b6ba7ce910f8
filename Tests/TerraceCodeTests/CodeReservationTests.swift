import Foundation
import FuzzSupport
import Synchronization
import Testing

@testable import TerraceCode

/// The process's mappings. The kernel gives a page of text at a time, which readers of whole files take for the end.
private func mappings() throws -> String {
    let descriptor = open("/proc/self/maps", O_RDONLY)
    defer { close(descriptor) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return String(decoding: text, as: UTF8.self) }
        text += buffer[..<count]
    }
}

/// Access rights of the mapping that holds an address, as the kernel tells them ("r-xs").
private func access(_ address: UInt) throws -> String? {
    for line in try mappings().split(separator: "\n") {
        let fields = line.split(separator: " ")
        let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        if bounds[0] <= address && address < bounds[1] { return String(fields[1]) }
    }
    return nil
}

@Suite struct CodeReservationTests {
    @Test func codeIsWrittenThroughOneViewAndRunThroughAnother() throws {
        let reservation = try makeReservation()
        let segment = try CodeSegment(capacity: 100, in: reservation)
        let start = try #require(segment.reserve(byteCount: 6, alignment: 16)).start
        returning(42).withUnsafeBytes { segment.writable(start).copyMemory(from: $0.baseAddress!, byteCount: 6) }
        #expect(call(segment.base) == 42)
        #expect(try access(segment.base.rawValue) == "r-xs")
        #expect(try access(UInt(bitPattern: segment.writable(start))) == "rw-s")
    }

    @Test func unusedBytesTrap() throws {
        let reservation = try makeReservation()
        let segment = try CodeSegment(capacity: 5000, in: reservation)
        #expect(segment.capacity == 8192)
        let bytes = UnsafeRawBufferPointer(start: segment.base.pointer, count: segment.capacity)
        #expect(bytes.allSatisfy { $0 == CodeSegment.trapByte })
    }

    @Test func addressSpaceThatNobodyUsesIsInaccessible() throws {
        let reservation = try makeReservation()
        #expect(try access(reservation.base.rawValue) == "---s")
        let segment = try CodeSegment(capacity: 4096, in: reservation)
        let (code, writable) = (segment.base, UInt(bitPattern: segment.writable(SegmentOffset(rawValue: 0))))
        #expect(try access(code.rawValue + 4096) == "---s")
        reservation.releaseCode(try reservation.allocateCode(byteCount: 4096), byteCount: 4096)
        #expect(try access(code.rawValue + 4096) == "---s")
        #expect(try access(writable + 4096) == "---s")
    }

    @Test func dataPagesAreZeroReachableAndNeverExecutable() throws {
        let reservation = try makeReservation()
        let data = try reservation.allocateData(byteCount: 10_000)
        #expect(try access(UInt(bitPattern: data)) == "rw-p")
        #expect(reservation.contains(CodeAddress(data)))
        #expect(UnsafeRawBufferPointer(start: data, count: 12288).allSatisfy { $0 == 0 })
        data.storeBytes(of: 7, as: Int.self)
        reservation.releaseData(data, byteCount: 10_000)
        let again = try reservation.allocateData(byteCount: 10_000)
        #expect(again == data)
        #expect(again.load(as: Int.self) == 0)
        reservation.releaseData(again, byteCount: 10_000)
    }

    @Test func whatIsReleasedIsUsedAgain() throws {
        let reservation = try makeReservation(1)
        for round in 0..<100 {
            let segment = try CodeSegment(capacity: 900 << 10, in: reservation)
            #expect(segment.base == reservation.base, "round \(round)")
            #expect(reservation.usage.codeBytes == 900 << 10)
        }
        #expect(reservation.usage.codeBytes == 0)
    }

    @Test func exhaustionIsAnErrorAndPasses() throws {
        let reservation = try makeReservation(1)
        #expect(throws: CodeError.codeMemoryExhausted) { try CodeSegment(capacity: 2 << 20, in: reservation) }
        var segments: [CodeSegment] = []
        #expect(throws: CodeError.codeMemoryExhausted) {
            while true { segments.append(try CodeSegment(capacity: 64 << 10, in: reservation)) }
        }
        #expect(segments.count == 16)
        #expect(throws: CodeError.codeMemoryExhausted) { try reservation.allocateData(byteCount: 1) }
        segments.removeLast()
        let data = try reservation.allocateData(byteCount: 1)
        reservation.releaseData(data, byteCount: 1)
    }

    @Test func segmentsHandOutAlignedRoomUntilTheyAreFull() throws {
        let reservation = try makeReservation()
        let segment = try CodeSegment(capacity: 4096, in: reservation)
        #expect(segment.reserve(byteCount: 1, alignment: 1)?.start.rawValue == 0)
        #expect(segment.reserve(byteCount: 64, alignment: 1)?.start.rawValue == 64)
        #expect(segment.reserve(byteCount: 10, alignment: 256)?.start.rawValue == 256)
        #expect(segment.reserve(byteCount: 4096 - 320 + 1, alignment: 1) == nil)
        let used = segment.usedByteCount
        let last = try #require(segment.reserve(byteCount: 4096 - 320, alignment: 1))
        #expect(segment.reserve(byteCount: 0, alignment: 1) == nil)
        segment.cancel(last)
        #expect(segment.usedByteCount == used)
        #expect(segment.reserve(byteCount: 1, alignment: 1)?.start == last.start)
        segment.seal()
        #expect(segment.reserve(byteCount: 1, alignment: 1) == nil)
    }

    @Test func theProcessHasOneReservation() throws {
        let reservation = try CodeReservation.process()
        #expect(reservation === (try CodeReservation.process()))
        #expect(CodeBlockMap.process.root == reservation.map.root)
        #expect(CodeBlockMap.process.lookup(CodeAddress(rawValue: 0x1000)) == nil)
    }

    @Test func pageExtentsAgreeWithAModel() {
        var generator = SeededRandom(seed: 1)
        var extents = PageExtents(start: 0, count: 200)
        var model = [Bool](repeating: true, count: 200)
        var taken: [(Int, Int)] = []
        for _ in 0..<5000 {
            if Bool.random(using: &generator), let index = taken.indices.randomElement(using: &generator) {
                let (start, count) = taken.remove(at: index)
                extents.insert(start: start, count: count)
                for page in start..<start + count { model[page] = true }
            } else {
                let count = Int.random(in: 1...20, using: &generator)
                let lowest = Bool.random(using: &generator)
                let positions = (0...200 - count).filter { start in model[start..<start + count].allSatisfy { $0 } }
                let expected = lowest ? positions.first : positions.last
                let got = lowest ? extents.takeLowest(count) : extents.takeHighest(count)
                #expect(got == expected)
                if let got {
                    for page in got..<got + count { model[page] = false }
                    taken.append((got, count))
                }
            }
            #expect(extents.pageCount == model.count { $0 })
            for (a, b) in zip(extents.extents, extents.extents.dropFirst()) { #expect(a.end < b.start) }
        }
    }
}
