// What profilers and debuggers are told: the forms of their files, and that every block is announced once and taken back.

import CTerrace
import TerraceABI
import TerraceThreads
import Testing

@testable import TerraceCode

#if canImport(Glibc)
    import Glibc
#endif

@Suite(.serialized) struct ProfilerTests {
    /// Keeps what it is told.
    final class Recorder: CodeProfiler {
        let added = Guarded<[(base: CodeAddress, symbols: [NamedCode.Symbol])]>([])
        let removed = Guarded<[CodeAddress]>([])

        func add(_ code: NamedCode) { added.withLock { $0.append((code.base, code.symbols)) } }
        func remove(at base: CodeAddress) { removed.withLock { $0.append(base) } }

        var names: [String] { added.withLock { $0.flatMap { $0.symbols.map(\.name) } } }
    }

    private static func temporaryFolder() -> String {
        var template = Array("/tmp/terrace-profiler-XXXXXX".utf8CString)
        return String(cString: mkdtemp(&template)!)
    }

    private static func contents(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return result }
            result += buffer[..<count]
        }
    }

    private static func name(_ index: UInt32) -> String? { index == 1 ? "one" : nil }

    @Test func everyBlockIsAnnouncedOnceWithNamesAndTiersAndTakenBack() throws {
        let recorder = Recorder()
        var bases: [CodeAddress] = []
        do {
            let code = try makeCode(makeReservation())
            bases.append(try code.commit(compiled([(0, 1), (1, 2)]), kind: .baseline).base)
            code.announce(to: recorder, functionName: Self.name)
            code.announce(to: recorder, functionName: Self.name)
            bases.append(try code.commit(compiled([(1, 3)]), kind: .optimized).base)
            bases.append(try code.commit(compiledStub(.entryStub, 3, 4), kind: .lazyStubs).base)
            bases.append(try code.commit(compiledStub(.builtinStub, 1, 4), kind: .sharedStubs).base)
            #expect(recorder.removed.withLock { $0.isEmpty })
        }
        #expect(recorder.added.withLock { $0.map(\.base) } == bases)
        #expect(
            recorder.names == [
                "wasm::baseline::function_0", "wasm::baseline::one", "wasm::optimized::one", "wasm::stub::entryStub::3",
                "wasm::stub::builtinStub::\(Builtin(rawValue: 1)!)",
            ])
        #expect(recorder.removed.withLock { $0 } == bases)
    }

    @Test func aBlockIsAnnouncedBeforeAnybodyCanRunIt() throws {
        let code = try makeCode(makeReservation())
        let recorder = Recorder()
        code.announce(to: recorder, functionName: Self.name)
        // Late and early, nobody is forgotten while a commit stands in a window.
        let late = Recorder()
        for (function, point) in [SyncPoint.commitBeforeLock, .commitAfterAppend, .mapAfterEntry].enumerated() {
            let armed = point.arm(in: code)
            let thread = TestThread { _ = try? code.commit(compiled([(UInt32(function), 1)]), kind: .baseline) }
            armed.waitUntilReached()
            #expect(code.functionEntry(function) == nil)
            #expect(recorder.names.count == (point == .mapAfterEntry ? function + 1 : function))
            code.announce(to: late, functionName: Self.name)
            armed.release()
            thread.join()
        }
        #expect(recorder.names.count == 3 && late.names.sorted() == recorder.names.sorted())
    }

    @Test func namesFromModulesCannotForgeEntries() throws {
        let recorder = Recorder()
        let code = try makeCode(makeReservation())
        code.announce(to: recorder) { _ in "evil\n0 ffffffff everything\0" + String(repeating: "é", count: 500) }
        try code.commit(compiled([(0, 1)]), kind: .baseline)
        let name = try #require(recorder.names.first)
        #expect(name.hasPrefix("wasm::baseline::evil?0 ffffffff everything?éé"))
        #expect(name.utf8.count <= NamedCode.longestName && name.utf8.count > NamedCode.longestName - 2)
    }

    @Test func thePerfMapHasALinePerFunction() throws {
        let folder = Self.temporaryFolder()
        let path = "\(folder)/perf.map"
        let code = try makeCode(makeReservation())
        code.announce(to: try PerfMap(path: path), functionName: Self.name)
        let block = try code.commit(compiled([(1, 1), (2, 2)]), kind: .baseline)
        let start = String(block.base.rawValue, radix: 16)
        let second = String(block.entry(ofFunction: 2)!.rawValue, radix: 16)
        #expect(
            String(decoding: Self.contents(path), as: UTF8.self)
                == "\(start) 6 wasm::baseline::one\n\(second) 6 wasm::baseline::function_2\n")
        unlink(path)
        rmdir(folder)
    }

    @Test func theJitDumpHoldsCodeNamesAndTimesInOrder() throws {
        let folder = Self.temporaryFolder()
        let code = try makeCode(makeReservation())
        let dump = try JitDump(folder: folder)
        code.announce(to: dump, functionName: Self.name)
        let blocks = [
            try code.commit(compiled([(1, 1), (2, 2)]), kind: .baseline),
            try code.commit(compiled([(1, 3)]), kind: .optimized),
        ]
        let path = "\(folder)/jit-\(getpid()).dump"
        let bytes = Self.contents(path)
        // A mapping that can be executed tells `perf record` of the file.
        let maps = String(decoding: Self.contents("/proc/self/maps"), as: UTF8.self)
        #expect(maps.split(separator: "\n").contains { $0.hasSuffix(path) && $0.contains("r-xp") })

        var offset = 0
        func read<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
            defer { offset += MemoryLayout<Number>.size }
            return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
        }
        #expect(Array(bytes[..<4]) == [0x44, 0x54, 0x69, 0x4A])
        offset = 4
        #expect(read(UInt32.self) == 1 && read(UInt32.self) == 40 && read(UInt32.self) == 62)
        #expect(read(UInt32.self) == 0 && read(UInt32.self) == getpid())
        var time = read(UInt64.self)
        #expect(read(UInt64.self) == 0)
        var found: [(name: String, address: UInt64, code: [UInt8])] = []
        var numbers: [UInt64] = []
        while offset < bytes.count {
            let start = offset
            #expect(read(UInt32.self) == 0)
            let size = Int(read(UInt32.self))
            let now = read(UInt64.self)
            #expect(now >= time && now < time + 60_000_000_000)
            time = now
            #expect(read(UInt32.self) == getpid() && read(UInt32.self) == UInt32(terrace_thread_id()))
            let address = read(UInt64.self)
            #expect(read(UInt64.self) == address)
            let count = Int(read(UInt64.self))
            numbers.append(read(UInt64.self))
            let end = bytes[offset...].firstIndex(of: 0)!
            let name = String(decoding: bytes[offset..<end], as: UTF8.self)
            found.append((name, address, Array(bytes[(end + 1)..<(end + 1 + count)])))
            offset = start + size
            #expect(end + 1 + count == offset)
        }
        #expect(found.map(\.name) == ["wasm::baseline::one", "wasm::baseline::function_2", "wasm::optimized::one"])
        #expect(found.map(\.code) == [returning(1), returning(2), returning(3)])
        #expect(found[0].address == blocks[0].base.rawValue && found[2].address == blocks[1].base.rawValue)
        #expect(numbers == [0, 1, 2])
        unlink(path)
        rmdir(folder)
    }

    @Test func filesThatCannotBeMadeAreErrorsAndForeignOnesAreLeftAlone() throws {
        let folder = Self.temporaryFolder()
        #expect(throws: ProfilerError.self) { try PerfMap(path: "\(folder)/missing/perf.map") }
        #expect(throws: ProfilerError.self) { try JitDump(folder: "\(folder)/missing") }
        let target = "\(folder)/precious"
        let precious = fopen(target, "w")
        fputs("data", precious)
        fclose(precious)
        link(target, "\(folder)/name")
        symlink(target, "\(folder)/link")
        mkfifo("\(folder)/pipe", 0o600)
        #expect(throws: ProfilerError.self) { try ProfilerFile(path: "\(folder)/link") }
        #expect(throws: ProfilerError.self) { try ProfilerFile(path: "\(folder)/pipe") }
        #expect(throws: ProfilerError.self) { try ProfilerFile(path: "\(folder)/name") }
        #expect(Self.contents(target).count == 4)
        for name in ["precious", "link", "name", "pipe"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    @Test func standardStreamsThatAreClosedAreNotUsedForFiles() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let folder = ProfilerTests.temporaryFolder()
            let path = "\(folder)/perf.map"
            for descriptor in 0...2 as ClosedRange<Int32> { close(descriptor) }
            let numbers = (0..<3).map { _ in (try? ProfilerFile(path: path))?.withDescriptor { $0 } ?? -1 }
            unlink(path)
            rmdir(folder)
            exit(numbers.allSatisfy { $0 > 2 } ? 17 : 1)
        }
    }

    @Test func aFullDiskEndsTheFileAtItsLastRecordAndNothingElse() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let folder = ProfilerTests.temporaryFolder()
            let path = "\(folder)/perf.map"
            guard let code = try? makeCode(makeReservation()), let file = try? ProfilerFile(path: path) else { exit(1) }
            final class Lines: CodeProfiler {
                let file: ProfilerFile
                init(_ file: ProfilerFile) { self.file = file }
                func add(_ code: NamedCode) { file.append { $0 += "0123456789\n".utf8 } }
                func remove(at base: CodeAddress) {}
            }
            code.announce(to: Lines(file)) { _ in nil }
            // Beyond this limit the system sends a signal that ends the process.
            var limit = rlimit(rlim_cur: 40, rlim_max: 40)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            for function in 0..<10 as Range<UInt32> {
                guard (try? code.commit(compiled([(function, 7)]), kind: .baseline)) != nil else { exit(2) }
            }
            guard file.isClosed, ProfilerTests.contents(path).count == 33 else { exit(3) }
            guard call(through: code, 9) == 7 else { exit(4) }
            unlink(path)
            rmdir(folder)
            exit(17)
        }
    }

    @Test func theDebuggerHasAnObjectFilePerBlockUntilItsEnd() throws {
        let debugger = DebuggerInterface()
        do {
            let code = try makeCode(makeReservation())
            code.announce(to: debugger, functionName: Self.name)
            let block = try code.commit(compiled([(1, 1), (2, 2)]), kind: .optimized)
            try code.commit(compiled([(3, 1)]), kind: .baseline)
            #expect(debugger.count == 2)
            let object = try #require(debugger.object(at: block.base))
            let sections = Self.sections(object)
            #expect(sections.map(\.name) == ["", ".text", ".eh_frame", ".symtab", ".strtab", ".shstrtab"])
            #expect(sections[1].address == UInt64(block.base.rawValue) && sections[1].size == UInt64(block.byteCount))
            let symbols = sections[3]
            var names: [String] = []
            for entry in stride(from: symbols.offset + 24, to: symbols.offset + symbols.size, by: 24) {
                let name = Int(Self.number(object, Int(entry), 4)) + Int(sections[4].offset)
                names.append(String(decoding: object[name...].prefix { $0 != 0 }, as: UTF8.self))
                let value = UInt64(block.base.rawValue) + Self.number(object, Int(entry) + 8, 8)
                let function: UInt32 = names.count == 1 ? 1 : 2
                #expect(value == UInt64(block.entry(ofFunction: function)!.rawValue))
                #expect(Self.number(object, Int(entry) + 16, 8) == 6)
            }
            #expect(names == ["wasm::optimized::one", "wasm::optimized::function_2"])
        }
        #expect(debugger.count == 0)
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func sections(
        _ object: [UInt8]
    ) -> [(name: String, address: UInt64, offset: UInt64, size: UInt64)] {
        let table = Int(number(object, 40, 8))
        let count = Int(number(object, 60, 2))
        let names = Int(number(object, table + 64 * Int(number(object, 62, 2)) + 24, 8))
        return (0..<count).map { index in
            let header = table + 64 * index
            let name = names + Int(number(object, header, 4))
            return (
                String(decoding: object[name...].prefix { $0 != 0 }, as: UTF8.self), number(object, header + 16, 8),
                number(object, header + 24, 8), number(object, header + 32, 8)
            )
        }
    }
}
