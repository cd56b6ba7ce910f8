import CTestSupport
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
    /// Writes `mov eax, value; ret` into a segment.
    private func write(_ value: Int32, to segment: CodeSegment) throws -> CodeAddress {
        let start = try #require(segment.reserve(byteCount: 6, alignment: 16)).start
        try returning(value).withUnsafeBytes { try segment.write($0, at: start) }
        return CodeAddress(rawValue: segment.base.rawValue + UInt(start.rawValue))
    }

    @Test func runningCodeIsAppendedTo() throws {
        let reservation = try makeReservation()
        let segment = try CodeSegment(byteCount: 6, capacity: 100, in: reservation)
        #expect(segment.isAppendable)
        let first = try write(42, to: segment)
        #expect(call(first) == 42)
        let second = try write(43, to: segment)
        #expect(second.rawValue == first.rawValue + 64)
        #expect(call(first) == 42 && call(second) == 43)
        #expect(try access(segment.base.rawValue) == "r-xs")
    }

    /// The commits of three blocks, stopped at each point: the first makes the open segment, the second is appended to it
    /// while its code runs, the third is large.
    @Test(
        arguments: [
            SyncPoint.commitBeforeReserve, .segmentAfterMaking, .commitBeforeWrite, .commitBeforeLock,
            .commitAfterAppend,
            .mapAfterEntry, .commitAfterMapInsert, .commitAfterState, .commitBeforeCellStore, .commitAfterCell,
        ], [true, false])
    func noCodeIsWritableAtAnyPointOfACommit(_ point: SyncPoint, usesFile: Bool) throws {
        let reservation = try CodeReservation(byteCount: 64 << 20, usesFile: usesFile)
        let code = try makeCode(reservation, functions: 20_000)
        for functions in [0..<1, 1..<2, 2..<20_000] as [Range<UInt32>] {
            // Only the first needs a new segment to append to; without a file each block has its own.
            if point == .segmentAfterMaking, usesFile, functions != 0..<1 { continue }
            if point == .segmentAfterMaking, functions == 2..<20_000 { continue }
            let armed = point.arm(in: code)
            let thread = TestThread {
                _ = try? code.commit(compiled(functions.map { ($0, Int32($0)) }), kind: .baseline)
            }
            armed.waitUntilReached()
            #expect(test_writable_code_bytes() == 0)
            // Private pages are nobody's file: code grows from the reservation's start, and none there is writable.
            for page in stride(from: 0, to: reservation.usage.codeBytes, by: CodeReservation.pageSize) {
                let rights = try access(reservation.base.rawValue + UInt(page))
                #expect(["r-xs", "r-xp", "---p"].contains(rights))
                if functions == 2..<20_000, page > 64 << 10 { break }
            }
            if functions != 0..<1 { #expect(call(through: code, 0) == 0) }
            armed.release()
            thread.join()
            #expect(call(through: code, Int(functions.upperBound) - 1) == Int32(functions.upperBound) - 1)
        }
        #expect(test_writable_code_bytes() == 0)
    }

    @Test func withoutAFileABlockGetsPagesThatAreExecutableOnceItIsWritten() throws {
        let reservation = try CodeReservation(byteCount: 64 << 20, usesFile: false)
        let segment = try CodeSegment(byteCount: 6, capacity: 16 << 10, in: reservation)
        #expect(segment.capacity == 4096 && !segment.isAppendable)
        #expect(try access(segment.base.rawValue) == "---p")
        #expect(call(try write(42, to: segment)) == 42)
        #expect(try access(segment.base.rawValue) == "r-xp")
        let bytes = UnsafeRawBufferPointer(start: segment.base.pointer, count: 4096)
        #expect(bytes[6...].allSatisfy { $0 == CodeSegment.trapByte })
    }

    @Test func aFileThatCannotBeHadLeavesPrivatePages() throws {
        let reservation = try makeReservation()
        FailureInjection.arm(failing: 1, in: reservation)
        let segment = try CodeSegment(byteCount: 6, capacity: 100, in: reservation)
        FailureInjection.disarm(in: reservation)
        #expect(!segment.isAppendable)
        #expect(call(try write(7, to: segment)) == 7)
    }

    @Test func aModuleWithoutAFileRunsAndGivesItsMemoryBack() throws {
        let reservation = try CodeReservation(byteCount: 64 << 20, usesFile: false)
        for _ in 0..<3 {
            let code = try makeCode(reservation, functions: 5100)
            for function in 0..<100 {
                try code.commit(compiled([(UInt32(function), Int32(function))]), kind: .baseline)
            }
            try code.commit(compiled((100..<5100).map { ($0, Int32($0)) }), kind: .baseline)
            for function in 0..<5100 { #expect(call(through: code, function) == function) }
            #expect(code.statistics.segmentCount == 101)
            #expect(code.statistics.mappedBytes == reservation.usage.codeBytes)
            #expect(try access(reservation.base.rawValue) == "r-xp")
        }
        #expect(reservation.usage.codeBytes == 0)
        #expect(try access(reservation.base.rawValue) == "---p")
    }

    @Test func aDescriptorThatTheHostClosedIsNotWrittenTo() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let reservation = try makeReservation()
            let code = try makeCode(reservation)
            try code.commit(compiled([(0, 1)]), kind: .baseline)
            // As a daemon does: what is open goes, and other files take the numbers. (Not those of the test's own runtime.)
            for descriptor in Int32(3)..<100 {
                var target = [CChar](repeating: 0, count: 200)
                guard readlink("/proc/self/fd/\(descriptor)", &target, 199) > 0 else { continue }
                if strstr(target, "terrace-code") != nil { close(descriptor) }
            }
            let path = "/tmp/terrace-closed-\(getpid())"
            let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
            unlink(path)
            for _ in 0..<20 { _ = dup(file) }
            try code.commit(compiled([(1, 2)]), kind: .baseline)
            try code.commit(compiled([(2, 3)]), kind: .baseline)
            var status = stat()
            guard (0..<3).map({ call(through: code, $0) }) == [1, 2, 3], fstat(file, &status) == 0,
                status.st_size == 0
            else { exit(1) }
            exit(17)
        }
    }

    @Test func codeMayBeAskedToLieInNoFile() throws {
        let reservation = try makeReservation()
        let code = try makeCode(reservation)
        #expect(try code.commit(compiled([(0, 1)]), kind: .baseline).segment.isAppendable)
        reservation.usePrivatePages()
        let fresh = try makeCode(reservation)
        #expect(try !fresh.commit(compiled([(0, 2)]), kind: .baseline).segment.isAppendable)
        #expect(call(through: code, 0) == 1 && call(through: fresh, 0) == 2)
    }

    @Test func standardStreamsThatAreClosedAreNotUsedForCode() async {
        await #expect(processExitsWith: .exitCode(17)) {
            close(0)
            close(1)
            let code = try makeCode(makeReservation())
            try code.commit(compiled([(0, 1)]), kind: .baseline)
            guard call(through: code, 0) == 1, !(0...2).contains(where: { test_is_engine_file($0) != 0 }) else {
                exit(1)
            }
            exit(17)
        }
    }

    @Test func aLimitOnFilesEndsNothing() async {
        // Before the reservation, and when code is there already.
        await #expect(processExitsWith: .exitCode(17)) {
            func limitFiles(_ bytes: UInt) {
                var limit = rlimit(rlim_cur: bytes, rlim_max: rlim_t.max)
                setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            }
            // The test's process ignores or blocks what ordinary ones die of.
            signal(SIGXFSZ, SIG_DFL)
            var none = sigset_t()
            sigemptyset(&none)
            pthread_sigmask(SIG_SETMASK, &none, nil)
            let before = try makeCode(makeReservation())
            try before.commit(compiled([(0, 1)]), kind: .baseline)
            limitFiles(64)
            try before.commit(compiled([(1, 2)]), kind: .baseline)
            for function in 2..<16 { try before.commit(compiled([(UInt32(function), 3)]), kind: .baseline) }
            limitFiles(0)
            let after = try makeCode(makeReservation())
            try after.commit(compiled([(0, 4)]), kind: .baseline)
            guard call(through: before, 0) == 1, call(through: before, 1) == 2, call(through: before, 15) == 3,
                call(through: after, 0) == 4
            else { exit(1) }
            exit(17)
        }
    }

    @Test func whatTheSystemRefusesIsAnErrorThatSaysWhatAndWhy() async {
        await #expect(processExitsWith: .exitCode(17)) {
            var limit = rlimit(rlim_cur: 1 << 30, rlim_max: 1 << 30)
            setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
            do throws(CodeError) {
                _ = try CodeReservation(byteCount: 2 << 30)
            } catch {
                guard error == .refused(.addressSpace(2 << 30), errno: ENOMEM), error.isTemporary,
                    error.description.contains("2147483648 bytes of address space"),
                    error.description.contains("Cannot allocate memory")
                else { exit(2) }
                exit(17)
            }
        }
    }

    @Test func unusedBytesTrap() throws {
        let reservation = try makeReservation()
        let segment = try CodeSegment(byteCount: 1, capacity: 300_000, in: reservation)
        #expect(segment.capacity == 303_104)
        let bytes = UnsafeRawBufferPointer(start: segment.base.pointer, count: segment.capacity)
        #expect(bytes.allSatisfy { $0 == CodeSegment.trapByte })
        let own = try CodeSegment(byteCount: 5000, in: reservation)
        let tail = UnsafeRawBufferPointer(start: own.base.pointer, count: 8192)[5000...]
        #expect(tail.allSatisfy { $0 == CodeSegment.trapByte })
    }

    @Test func addressSpaceThatNobodyUsesIsInaccessible() throws {
        let reservation = try makeReservation()
        #expect(try access(reservation.base.rawValue) == "---p")
        let segment = try CodeSegment(byteCount: 4096, in: reservation)
        #expect(try access(segment.base.rawValue + 4096) == "---p")
        do {
            let other = try CodeSegment(byteCount: 4096, in: reservation)
            #expect(try access(other.base.rawValue) == "r-xs")
        }
        #expect(try access(segment.base.rawValue + 4096) == "---p")
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
            let segment = try CodeSegment(byteCount: 900 << 10, in: reservation)
            #expect(segment.base == reservation.base, "round \(round)")
            #expect(reservation.usage.codeBytes == 900 << 10)
        }
        #expect(reservation.usage.codeBytes == 0)
    }

    @Test func exhaustionIsAnErrorAndPasses() throws {
        let reservation = try makeReservation(1)
        #expect(throws: CodeError.codeMemoryExhausted) { try CodeSegment(byteCount: 2 << 20, in: reservation) }
        var segments: [CodeSegment] = []
        #expect(throws: CodeError.codeMemoryExhausted) {
            while true { segments.append(try CodeSegment(byteCount: 64 << 10, in: reservation)) }
        }
        #expect(segments.count == 16)
        #expect(throws: CodeError.codeMemoryExhausted) { try reservation.allocateData(byteCount: 1) }
        segments.removeLast()
        let data = try reservation.allocateData(byteCount: 1)
        reservation.releaseData(data, byteCount: 1)
    }

    @Test func segmentsHandOutAlignedRoomUntilTheyAreFull() throws {
        let reservation = try makeReservation()
        let segment = try CodeSegment(byteCount: 1, capacity: 4096, in: reservation)
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
        var extents = Extents(start: 0, count: 200)
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
            #expect(extents.totalCount == model.count { $0 })
            for (a, b) in zip(extents.extents, extents.extents.dropFirst()) { #expect(a.end < b.start) }
        }
    }
}
