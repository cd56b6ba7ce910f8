import Glibc
import ModuleSupport
import Synchronization
import Terrace
import Testing

@Suite struct GenerationTests {
    private static func text(functions: Int) -> String {
        var text = "(module\n"
        for index in 0..<functions {
            text += "(func $f\(index) (export \"f\(index)\") (param i32) (result i32) local.get 0"
            for step in 0..<10 { text += " i32.const \(index + step) i32.add" }
            if index % 3 == 0, index > 0 { text += " call $f\(index - 1)" }
            text += ")\n"
        }
        return text + ")"
    }

    private static func expected(_ index: Int, _ argument: Int32) -> Int32 {
        let value = argument + Int32(10 * index + 45)
        return index % 3 == 0 && index > 0 ? expected(index - 1, value) : value
    }

    @Test func lazyCompilationCompilesOnlyWhatIsCalled() throws {
        let module = try makeModule(Self.text(functions: 100))
        let instance = try Instance(try Store(sharedEngine), module)
        #expect(module.statistics.compiledFunctionCount == 0)
        #expect(try instance.i32("f30", .i32(1)) == Self.expected(30, 1))
        #expect(module.statistics.compiledFunctionCount == 2)
        #expect(try instance.i32("f30", .i32(2)) == Self.expected(30, 2))
        #expect(module.statistics.compiledFunctionCount == 2)
        #expect(module.statistics.functionCount == 100)
        try module.compileAll(jobs: 3)
        #expect(module.statistics.compiledFunctionCount == 100)
        #expect(try instance.i32("f99", .i32(3)) == Self.expected(99, 3))
    }

    @Test func eagerCompilationCompilesEverythingInFewBlocks() throws {
        var configuration = Configuration()
        configuration.compilation = .eager(jobs: 4)
        let engine = try Engine(configuration)
        let module = try makeModule(Self.text(functions: 500), engine: engine)
        #expect(module.statistics.compiledFunctionCount == 500)
        #expect(module.statistics.blockCount < 10)
        #expect(module.statistics.baselineCodeBytes > 0)
        let instance = try Instance(try Store(engine), module)
        for index in stride(from: 0, to: 500, by: 7) {
            #expect(try instance.i32("f\(index)", .i32(5)) == Self.expected(index, 5))
        }
    }

    @Test func threadsThatMeetAtOneFunctionAllGetItsCode() throws {
        // Half of the threads compile everything, half call functions one by one.
        for _ in 0..<5 {
            let module = try makeModule(Self.text(functions: 300))
            let failures = Atomic<Int>(0)
            withoutActuallyEscaping({ (worker: Int) in
                do {
                    if worker % 2 == 0 {
                        try module.compileAll(jobs: 2)
                    } else {
                        let instance = try Instance(try Store(sharedEngine), module)
                        for index in 0..<300 where try instance.i32("f\(index)", .i32(5)) != Self.expected(index, 5) {
                            failures.add(1, ordering: .relaxed)
                        }
                    }
                } catch {
                    failures.add(1, ordering: .relaxed)
                }
            }) { body in concurrently(8, body) }
            #expect(failures.load(ordering: .relaxed) == 0)
            #expect(module.statistics.compiledFunctionCount == 300)
        }
    }
}

/// Runs a body on several threads at once.
private func concurrently(_ count: Int, _ body: @escaping (Int) -> Void) {
    struct Work: @unchecked Sendable { let body: (Int) -> Void }
    final class Box: Sendable {
        let work: Work
        let index: Int
        init(_ work: Work, _ index: Int) { (self.work, self.index) = (work, index) }
    }
    let threads = (0..<count).map { index in
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                let box = Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue()
                box.work.body(box.index)
                return nil
            }, Unmanaged.passRetained(Box(Work(body: body), index)).toOpaque())
        return thread
    }
    for thread in threads { pthread_join(thread, nil) }
}
