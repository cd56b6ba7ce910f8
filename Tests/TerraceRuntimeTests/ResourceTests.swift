// What happens where the system gives no more: an error that says what could not be had, and a host that lives on. Each
// test runs in a process of its own, whose limits it sets.

import CTestSupport
import Glibc
import ModuleSupport
import Terrace
import Testing

/// The process's address space in bytes.
private func addressSpace() -> UInt {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var pages: UInt = 0
    while case let byte = fgetc(file), byte >= 48, byte < 58 { pages = pages * 10 + UInt(byte - 48) }
    return pages * 4096
}

/// Allows the process so many bytes of address space more than it has.
private func limitAddressSpace(more bytes: UInt) {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    limit.rlim_cur = addressSpace() + bytes
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
}

/// Leaves room in the heap, so that what a test itself allocates under a limit needs no more address space.
private func makeRoomInHeap() {
    let blocks = (0..<4000).map { _ in malloc(240) }
    for block in blocks.dropLast() { free(block) }
}

private func liftLimit() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
}

/// The error of an operation as text, if it is of a type.
private func message<Failure: Error>(_ type: Failure.Type, _ body: () throws -> Void) -> String? {
    do { try body() } catch let error as Failure { return "\(error)" } catch {}
    return nil
}

@Suite struct ResourceTests {
    @Test func anEngineWithoutAddressSpaceIsAnError() async {
        await #expect(processExitsWith: .exitCode(17)) {
            limitAddressSpace(more: 4 << 20)
            let text = message(ResourceLimitError.self) { _ = try Engine() }
            guard let text, text.contains("no engine can be made"), text.contains("machine code") else { exit(1) }
            // Still so the second time; and when the system has more to give, the next attempt succeeds.
            guard message(ResourceLimitError.self, { _ = try Engine() }) != nil else { exit(2) }
            liftLimit()
            guard let engine = try? Engine(), let store = try? Store(engine),
                let instance = try? makeInstance(
                    "(module (func (export \"f\") unreachable))", store: store),
                (try? catchTrap { try instance.call("f") })?.kind == .unreachable
            else { exit(3) }
            exit(17)
        }
    }

    @Test func anEngineMakesDoWithLittleAddressSpace() async {
        await #expect(processExitsWith: .exitCode(17)) {
            limitAddressSpace(more: 192 << 20)
            guard let engine = try? Engine(), let store = try? Store(engine) else { exit(1) }
            guard
                let instance = try? makeInstance(
                    "(module (func (export \"f\") (result i32) i32.const 6))", store: store)
            else { exit(2) }
            guard (try? instance.i32("f")) == 6 else { exit(3) }
            // A memory reserves more than there is.
            let text = message(InstantiationError.self) { _ = try makeInstance("(module (memory 1))", store: store) }
            exit(text?.contains("no room for a memory of 1 pages") == true ? 17 : 4)
        }
    }

    @Test func aStoreWithoutAddressSpaceIsAnErrorAndWorksLater() async {
        await #expect(processExitsWith: .exitCode(17)) {
            guard let engine = try? Engine() else { exit(1) }
            limitAddressSpace(more: 2 << 20)
            let text = message(ResourceLimitError.self) { _ = try Store(engine) }
            guard let text, text.contains("stack of 8388608 bytes"), text.contains("Cannot allocate memory") else {
                exit(2)
            }
            liftLimit()
            exit((try? Store(engine)) == nil ? 3 : 17)
        }
    }

    @Test func aDeadlineThatNobodyCanWatchIsAnError() async {
        await #expect(processExitsWith: .exitCode(17)) {
            guard let engine = try? Engine(), let store = try? Store(engine),
                let instance = try? makeInstance("(module (func (export \"f\") loop end))", store: store)
            else { exit(1) }
            makeRoomInHeap()
            limitAddressSpace(more: 0)
            let text = message(ResourceLimitError.self) { try store.setDeadline(after: .seconds(1000)) }
            guard let text, text.contains("cannot start the thread that watches deadlines") else { exit(2) }
            guard (try? instance.call("f")) != nil else { exit(3) }
            liftLimit()
            guard (try? store.setDeadline(after: .seconds(1000))) != nil else { exit(4) }
            exit(17)
        }
    }

    @Test func standardStreamsThatAreClosedAreNotUsedForImages() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let text = "(module (memory (export \"memory\") 1) (data (i32.const 8) \"contents\"))"
            guard let module = try? makeModule(text) else { exit(1) }
            close(0)
            close(1)
            for _ in 0..<4 {
                guard let store = try? Store(sharedEngine), let instance = try? Instance(store, module),
                    let memory = instance.memory(), (try? memory.readString(at: 8, count: 8)) == "contents"
                else { exit(2) }
            }
            exit((0...2).contains { test_is_engine_file($0) != 0 } ? 3 : 17)
        }
    }

    @Test func nobodyWhoFindsAnImagesDescriptorCanChangeIt() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let text = "(module (memory (export \"memory\") 1) (data (i32.const 8) \"contents\"))"
            guard let module = try? makeModule(text), let store = try? Store(sharedEngine) else { exit(1) }
            let instances = (0..<4).compactMap { _ in try? Instance(store, module) }
            let getSeals: Int32 = 1034
            let images = (3..<256 as Range<Int32>).filter { test_is_engine_file($0) != 0 && fcntl($0, getSeals) == 15 }
            guard images.count == 1, ftruncate(images[0], 0) < 0 else { exit(2) }
            var byte: UInt8 = 7
            guard pwrite(images[0], &byte, 1, 8) < 0, errno == EPERM else { exit(3) }
            guard
                mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, images[0], 0)
                    == UnsafeMutableRawPointer(bitPattern: -1)
            else { exit(4) }
            // Each instance's memory is its own to write.
            guard let memory = instances.last?.memory(), (try? memory.write(UInt8(9), at: 8)) != nil,
                let second = (try? Instance(store, module))?.memory(),
                (try? second.readString(at: 8, count: 8)) == "contents"
            else { exit(5) }
            exit(17)
        }
    }

    @Test func imagesBeyondTheFileSizeLimitAreDoneWithout() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let text = """
                (module (memory (export "memory") 2) (data (i32.const 8) "contents") (data (i32.const 70000) "more"))
                """
            guard let module = try? makeModule(text) else { exit(1) }
            // Writing beyond it would be a SIGXFSZ.
            var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(2) }
            for _ in 0..<4 {
                guard let store = try? Store(sharedEngine), let instance = try? Instance(store, module),
                    let memory = instance.memory(), (try? memory.readString(at: 70000, count: 4)) == "more"
                else { exit(3) }
            }
            exit(17)
        }
    }
}
