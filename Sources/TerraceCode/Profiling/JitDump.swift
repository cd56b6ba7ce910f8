// The dump file of `perf inject --jit`: code with its bytes, names and times, so that profiles can show instructions.
//
// The form is described in the Linux sources, tools/perf/Documentation/jitdump-specification.txt.

import CTerrace
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Writes `jit-PID.dump` in a folder. `perf record` must use the same clock: `perf record -k mono …`, then
/// `perf inject --jit -i perf.data -o perf.jit.data` and `perf report -i perf.jit.data`.
///
/// The form has no record for code that goes away; code loaded later at the same place replaces it, by its time.
final class JitDump: CodeProfiler {
    private static let magic: UInt32 = 0x4A69_5444
    private static let version: UInt32 = 1
    private static let headerBytes: UInt32 = 40
    private static let machine = UInt32(ObjectMachine.elf)
    /// The kind of record that says that code was loaded.
    private static let codeLoad: UInt32 = 0
    private static let codeLoadBytes = 56
    private static let markerBytes = 4096

    private let file: ProfilerFile
    private let process = UInt32(getpid())
    /// What tells `perf record` of the file: an executable mapping of it.
    private let marker: UInt
    private let loads = Atomic<Int>(0)

    /// - Parameter folder: must allow executable mappings of its files.
    init(folder: String = ".") throws(ProfilerError) {
        let path = "\(folder)/jit-\(getpid()).dump"
        let file = try ProfilerFile(path: path)
        file.append { bytes in
            bytes.append(Self.magic)
            bytes.append(Self.version)
            bytes.append(Self.headerBytes)
            bytes.append(Self.machine)
            bytes.append(0 as UInt32)
            bytes.append(UInt32(getpid()))
            bytes.append(Self.now())
            bytes.append(0 as UInt64)
        }
        let mapped = file.withDescriptor {
            terrace_mmap(0, Self.markerBytes, PROT_READ | PROT_EXEC, MAP_PRIVATE, $0, 0)
        }
        guard let mapped, mapped != UInt.max else { throw ProfilerError("cannot map", path, code: errno) }
        self.file = file
        marker = mapped
    }

    deinit { munmap(UnsafeMutableRawPointer(bitPattern: marker), Self.markerBytes) }

    func add(_ code: NamedCode) {
        let thread = UInt32(bitPattern: terrace_thread_id())
        file.append { bytes in
            let time = Self.now()
            for symbol in code.symbols {
                let name = Array(symbol.name.utf8)
                let address = UInt64(code.address(of: symbol))
                let begin = Int(symbol.begin.rawValue)
                bytes.append(Self.codeLoad)
                bytes.append(UInt32(Self.codeLoadBytes + name.count + 1 + symbol.byteCount))
                bytes.append(time)
                bytes.append(process)
                bytes.append(thread)
                bytes.append(address)
                bytes.append(address)
                bytes.append(UInt64(symbol.byteCount))
                // Names the load: `perf inject` makes a file of it.
                bytes.append(UInt64(loads.add(1, ordering: .relaxed).oldValue))
                bytes += name
                bytes.append(0)
                bytes += code.bytes[begin..<begin + symbol.byteCount]
            }
        }
    }

    func remove(at base: CodeAddress) {}

    /// The clock of `perf record -k mono`.
    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}

extension [UInt8] {
    /// Appends a number's bytes, lowest first.
    mutating func append(_ value: some FixedWidthInteger & UnsignedInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
