// What a byte of a module may cost, whatever the module is: at most five times what a byte of ordinary code costs.

import Foundation
import Terrace
import Testing

@Suite(.serialized) struct HostileModuleTests {
    /// What it took to decode, validate and compile, on this thread.
    private struct Cost {
        var nanoseconds = 0.0
        var moduleBytes = 0
        var codeBytes = 0

        /// Of a byte of the module, or of a byte of module and machine code together.
        func perByte(withCode: Bool) -> Double { nanoseconds / Double(moduleBytes + (withCode ? codeBytes : 0)) }
    }

    private static func cost(_ bytes: [UInt8]) throws -> Cost {
        var configuration = Configuration()
        configuration.compilation = .eager(jobs: 1)
        configuration.validationJobs = 1
        configuration.tiering = .baseline
        let engine = try Engine(configuration)
        let start = threadTime()
        let module = try Module(engine, bytes: bytes)
        let time = (threadTime() - start).components
        return Cost(
            nanoseconds: Double(time.attoseconds) * 1e-9 + Double(time.seconds) * 1e9, moduleBytes: bytes.count,
            codeBytes: module.statistics.baselineCodeBytes)
    }

    /// Shapes that must become many times as much machine code as ordinary bytes do: a call of two bytes moves a thousand values,
    /// and so does the prologue of a function of four, by a loop of its own; that comes to twenty bytes of code for each of the
    /// module's. They are held to what a byte of module and code together costs.
    private static let shapesOfMuchCode: Set<HostileModule> = [.wideCalls, .wideCallsOverAnOperand, .wideFunctions]

    /// C programs as a compiler optimized them.
    private static let ordinary: [[UInt8]] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Programs")
        let names = ["interpreter", "formatting", "sorting", "digests", "numbers", "files", "structs", "bits"]
        return names.map { [UInt8]((try? Data(contentsOf: folder.appendingPathComponent("\($0).wasm"))) ?? Data()) }
    }()

    private static func ordinaryCost() throws -> Cost {
        var result = Cost()
        for bytes in ordinary {
            let one = try cost(bytes)
            result.nanoseconds += one.nanoseconds
            result.moduleBytes += one.moduleBytes
            result.codeBytes += one.codeBytes
        }
        try #require(result.moduleBytes > 100_000)
        return result
    }

    /// Time is that of the thread on its processor, and whatever disturbs adds to it: so the least of some rounds counts, and
    /// there are more rounds only if those before were too slow.
    @Test(arguments: HostileModule.allCases)
    func aByteCostsAtMostFiveTimesAnOrdinaryOne(_ shape: HostileModule) throws {
        #if DEBUG
            let bytes = shape.bytes(scale: 20)
            // Debug builds check themselves, which costs what it costs; but not the square of anything.
            #expect(try Self.cost(bytes).nanoseconds < 20e9)
        #else
            let bytes = shape.bytes(scale: 1)
            let withCode = Self.shapesOfMuchCode.contains(shape)
            var least = Double.infinity
            var ordinary = Double.infinity
            for round in 0..<12 {
                ordinary = min(ordinary, try Self.ordinaryCost().perByte(withCode: withCode))
                least = min(least, try Self.cost(bytes).perByte(withCode: withCode))
                if round >= 1, least < 4 * ordinary { break }
            }
            #expect(least < 5 * ordinary, "\(least) ns a byte, ordinary \(ordinary)")
        #endif
    }
}
