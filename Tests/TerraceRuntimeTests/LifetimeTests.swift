import Glibc
import ModuleSupport
import Terrace
import Testing

@Suite struct LifetimeTests {
    private static let text = """
        (module (memory (export "memory") 4) (table 100 funcref) (data (i32.const 70000) "contents")
          (func $f (export "f") (param i32) (result i32)
            local.get 0 local.get 0 i32.store local.get 0 i32.load i32.const 1 i32.add)
          (elem (i32.const 0) $f))
        """

    /// Size of the process's memory in pages: all of its address space, and what is resident.
    private func usage() -> (virtual: Int, resident: Int) {
        guard let file = fopen("/proc/self/statm", "r") else { return (0, 0) }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 256)
        guard fgets(&buffer, 256, file) != nil else { return (0, 0) }
        let fields = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .split(separator: " ")
        return (Int(fields[0]) ?? 0, Int(fields[1]) ?? 0)
    }

    @Test func storesGiveBackEverything() async {
        await #expect(processExitsWith: .success) {
            let tests = LifetimeTests()
            func round() throws {
                for _ in 0..<200 {
                    let module = try makeModule(Self.text)
                    for _ in 0..<5 {
                        let store = try Store(sharedEngine)
                        let function = Function(store) { (_: Caller, a: Int32) -> Int32 in a }
                        let instance = try Instance(store, module)
                        guard try instance.i32("f", .i32(80000)) == 80001, try function(.i32(1)).count == 1 else {
                            exit(1)
                        }
                    }
                }
            }
            try round()
            let before = tests.usage()
            for _ in 0..<10 { try round() }
            let after = tests.usage()
            // 2000 modules and 10,000 stores: each a page would show. Address space of the pool is bounded.
            if after.resident - before.resident > 1500 || after.virtual - before.virtual > 20_000 { exit(2) }
        }
    }

    @Test func handlesKeepTheirStoreAlive() throws {
        let (function, memory): (Function, Memory)
        do {
            let instance = try makeInstance(Self.text)
            function = try #require(instance.function("f"))
            memory = try #require(instance.memory())
        }
        #expect("\(try function(.i32(8)))" == "[i32:9]")
        #expect(try memory.read(Int32.self, at: 8) == 8)
    }

    @Test func manyStoresLiveAtOnce() throws {
        let module = try makeModule(Self.text)
        let instances = try (0..<100).map { _ in try Instance(try Store(sharedEngine), module) }
        for (index, instance) in instances.enumerated() {
            try #require(instance.memory()).write(Int32(index), at: 70000)
        }
        for (index, instance) in instances.enumerated() {
            #expect(try #require(instance.memory()).read(Int32.self, at: 70000) == Int32(index))
            #expect(try instance.i32("f", .i32(100)) == 101)
        }
    }

    @Test func aStoreMayMoveFromThreadToThread() throws {
        final class Box: @unchecked Sendable {
            // Used by one thread at a time.
            var instance: Instance?
            var sum: Int32 = 0
        }
        let box = Box()
        box.instance = try makeInstance(Self.text)
        for index in 0..<8 {
            box.sum += try box.instance?.i32("f", .i32(Int32(index))) ?? 0
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { argument in
                    let box = Unmanaged<Box>.fromOpaque(argument!).takeUnretainedValue()
                    box.sum += (try? box.instance?.i32("f", .i32(10))) ?? 0
                    _ = try? catchTrap { try box.instance?.call("f", .i32(-1)) }
                    return nil
                }, Unmanaged.passUnretained(box).toOpaque())
            pthread_join(thread, nil)
        }
        #expect(box.sum == 36 + 88)
    }
}
