// A generated module in several engines and in the reference interpreter, step by step: results, kinds of traps, and after
// each call all memories, globals and tables.

import FuzzSupport
import ReferenceInterpreter
import Synchronization
import Terrace
import TerraceTiering
import WasmFormat

/// Compares engines with the reference interpreter.
public final class OracleComparison {
    /// What came of a module.
    public enum Verdict: Hashable, Sendable {
        /// No engine differs; this many calls were compared.
        case same(calls: Int)
        /// The first difference, in words.
        case different(String)
        /// The interpreter had to stop: out of fuel, out of stack, or something it does not know.
        case inconclusive(String)
    }

    /// The operators that the interpreter has carried out at least once.
    public private(set) var executedOperators: Set<Opcode> = []
    private let engines: [(name: String, engine: Engine)]
    private let mistakes = CompilerMistakes()

    /// How an engine is set up.
    private struct Setup {
        var name: String
        var tiering: TieringMode
        var isEager = false
        var usesOptional = true
        /// In `tiered` mode functions move at once.
        var sites = TierUpSites.callsAndLoops
    }

    private static let setups = [
        Setup(name: "lazy", tiering: .baseline),
        Setup(name: "eager-required", tiering: .baseline, isEager: true, usesOptional: false),
        Setup(name: "optimized", tiering: .optimized),
        Setup(name: "optimized-required", tiering: .optimized, usesOptional: false),
        Setup(name: "tiered", tiering: .tiered),
        Setup(name: "tiered-loops", tiering: .tiered, sites: .loops),
        Setup(name: "tiered-innermost-required", tiering: .tiered, usesOptional: false, sites: .innermostLoops),
    ]

    /// Engines of both tiers, which compile lazily and eagerly, with and without optional instructions, and such as let functions
    /// move at once, at calls and at loops; the optimizing compiler checks itself. Relaxed vector operators have the results of the deterministic profile, which are the
    /// interpreter's too.
    public init() {
        var engines: [(name: String, engine: Engine)] = []
        for setup in Self.setups {
            var configuration = Configuration()
            configuration.tiering = setup.tiering
            configuration.compilation = setup.isEager ? .eager(jobs: 1) : .lazy
            configuration.usesOptionalInstructions = setup.usesOptional
            configuration.verifiesGeneratedCode = setup.tiering != .baseline
            configuration.tierUpThreshold = 0
            configuration.tierUpSites = setup.sites
            configuration.deterministicTiering = true
            configuration.deterministicRelaxedVectors = true
            configuration.validationJobs = 1
            configuration.nestedHostStackBytes = 4 << 20
            configuration.maximumTableElements = Self.bounds.tableElements
            configuration.maximumMemoryBytes = Self.bounds.memoryBytes
            let engine = try! Engine(configuration)
            mistakes.observe(engine)
            engines.append((setup.name, engine))
        }
        self.engines = engines
    }

    private static var bounds: Machine.Bounds {
        var bounds = Machine.Bounds()
        bounds.tableElements = 10_000
        return bounds
    }

    /// Runs all drivers of a module. A thread needs 8 MiB of stack for that.
    public func run(_ generated: GeneratedModule) -> Verdict {
        let verdict = compare(generated)
        // What the second tier gives up the first one runs, so results alone would not tell.
        if let mistake = mistakes.takeFirst() { return .different(mistake) }
        return verdict
    }

    private func compare(_ generated: GeneratedModule) -> Verdict {
        let reference = OracleReference(bounds: Self.bounds)
        defer { executedOperators.formUnion(reference.machine.executedOperators) }
        let subjects = engines.map { OracleSubject($0.name, $0.engine) }
        let expected = reference.instantiate(generated)
        if let reason = reference.reasonToStop { return .inconclusive(reason) }
        for subject in subjects {
            let actual = subject.instantiate(generated)
            guard actual == expected else {
                return .different("\(subject.name): instantiation: \(actual ?? "done"), expected \(expected ?? "done")")
            }
            if let text = subject.differences(from: reference).first {
                return .different("\(subject.name): after instantiation: \(text)")
            }
        }
        guard expected == nil else { return .same(calls: 0) }
        for (number, driver) in generated.drivers.enumerated() {
            let instance = number % generated.instanceCount
            let expected = reference.call(driver, ofInstance: instance)
            if let reason = reference.reasonToStop { return .inconclusive(reason) }
            for subject in subjects {
                if let text = difference(subject, subject.call(driver, ofInstance: instance), expected) {
                    return .different("\(subject.name): \(driver): \(text)")
                }
                if let text = subject.differences(from: reference).first {
                    return .different("\(subject.name): after \(driver): \(text)")
                }
            }
        }
        return .same(calls: generated.drivers.count)
    }

    private func difference(
        _ subject: OracleSubject, _ actual: Result<[Terrace.Value], OracleTrap>,
        _ expected: Result<[ReferenceInterpreter.Value], OracleTrap>
    ) -> String? {
        switch (actual, expected) {
        case (.success(let values), .success(let others))
        where values.count == others.count && zip(values, others).allSatisfy { subject.isSame($0, $1) }:
            nil
        case (.failure(let trap), .failure(let other)) where trap == other: nil
        default: "\(actual), expected \(expected)"
        }
    }
}

/// What compilers found out to be wrong with themselves.
private final class CompilerMistakes: Sendable {
    private let found = Mutex<[String]>([])

    func observe(_ engine: Engine) {
        _ = engine.storage.tiering.events.observe { [weak self] event in
            guard let failure = event.failure, failure.contains("internal error") else { return }
            self?.found.withLock { $0.append("function \(event.functionIndex): \(failure)") }
        }
    }

    func takeFirst() -> String? {
        found.withLock { found in
            defer { found = [] }
            return found.first
        }
    }
}
