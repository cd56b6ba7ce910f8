// A server that loads many foreign modules: what it accumulates.

import Terrace

#if canImport(Glibc)
    import Glibc
#endif

/// Loads modules of which no two have the same types, signatures or code; instantiates, calls and releases them.
public enum ModuleSoak {
    /// How much larger the process may be at the end than after a tenth of the modules: what the C library does not give
    /// back at once, and nothing that grows with the number of modules.
    private static let allowedGrowth = 8 << 20

    /// Runs, and prints the resident memory ten times. False if it grew.
    public static func run(count: Int) throws -> Bool {
        let engine = try Engine()
        var first = 0
        var last = 0
        for number in 0..<count {
            do { try use(number, in: engine) } catch {
                print("module \(number): \(error)")
                return false
            }
            if (number + 1) % max(count / 10, 1) == 0 {
                last = residentBytes()
                if first == 0 { first = last }
                print("\(number + 1) modules: \(last >> 10) KiB resident")
                fflush(nil)
            }
        }
        let isFlat = last - first <= allowedGrowth
        print(isFlat ? "flat" : "grew by \((last - first) >> 10) KiB")
        return isFlat
    }

    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var (size, resident) = (0, 0)
        let count = withUnsafeMutablePointer(to: &size) { size in
            withUnsafeMutablePointer(to: &resident) { resident in
                withVaList([size, resident]) { vfscanf(file, "%ld %ld", $0) }
            }
        }
        return count == 2 ? resident * 4096 : 0
    }

    private struct WrongResult: Error {}

    private static func use(_ number: Int, in engine: Engine) throws {
        let module = try Module(engine, bytes: bytes(number))
        let store = try Store(engine)
        var imports = Imports()
        for item in module.imports {
            guard case .function(let type) = item.type else { continue }
            imports.define(item.module, item.name, try Function(store, type: type) { _, _ in [.i32(Int32(number))] })
        }
        let instance = try Instance(store, module, imports: imports)
        let arguments = kinds(number).map { $0.value }
        guard case .i32(let result)? = try instance.function("f")?.call(arguments).first, result == Int32(number) else {
            throw WrongResult()
        }
    }

    /// Value types that spell the number.
    private static func kinds(_ number: Int) -> [(code: UInt8, value: Value)] {
        let all: [(UInt8, Value)] = [
            (0x7F, .i32(1)), (0x7E, .i64(2)), (0x7D, .f32(3)), (0x7C, .f64(4)), (0x7B, .v128(V128(low: 5, high: 6))),
        ]
        var rest = number
        var kinds: [(UInt8, Value)] = []
        repeat {
            kinds.append(all[rest % 5])
            rest /= 5
        } while rest > 0
        return kinds
    }

    /// A module with a structure and a function type of its own, an import, memory, table, a global, and a function that hands
    /// its arguments to the import.
    private static func bytes(_ number: Int) -> [UInt8] {
        let codes = kinds(number).map(\.code)
        let structure: [UInt8] = [0x5F] + leb(codes.count) + codes.flatMap { [$0, 1] }
        let function: [UInt8] = [0x60] + leb(codes.count) + codes + [1, 0x7F]
        let forward: [UInt8] = (0..<codes.count).flatMap { [0x20] + leb($0) }
        let body: [UInt8] = [0] + forward + [0x10, 0, 0x0B]
        var bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
        func section(_ id: UInt8, _ contents: [UInt8]) { bytes += [id] + leb(contents.count) + contents }
        section(1, [2] + structure + function)
        section(2, [1, 1, 0x68, 1, 0x66, 0, 1])
        section(3, [1, 1])
        section(4, [1, 0x63, 1, 0, 4])
        section(5, [1, 0, 1])
        section(6, [1, 0x63, 0, 1, 0xD0, 0, 0x0B])
        section(7, [1, 1, 0x66, 0, 1])
        section(10, [1] + leb(body.count) + body)
        section(11, [1, 0, 0x41, 0, 0x0B, 8] + (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
        return bytes
    }

    private static func leb(_ value: Int) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + leb(value >> 7)
    }
}
