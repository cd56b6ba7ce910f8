import TerraceAssembler
import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceBaseline

/// A compiler that has begun the first defined function of a module, so that tests can call what operators are made of.
final class CompilerUnderTest {
    let module: WasmModule
    var compiler: BaselineCompiler

    init(_ text: String, features: CPUFeatures = .listings) throws {
        let module = try WasmModule.decode(ModuleBytes(try WatParser.parse(text)))
        try module.validate(jobs: 1)
        self.module = module
        compiler = BaselineCompiler(environment: ModuleEnvironment(module: module, features: features))
        _ = try compiler.begin(UInt32(module.importedFunctionCount))
    }
}

extension CPUFeatures {
    /// A processor that has everything the compiler asks for, so that what it emits is the same on every machine.
    static var listings: CPUFeatures {
        var features = CPUFeatures.required
        features.sse42 = true
        features.popcnt = true
        features.lzcnt = true
        features.bmi1 = true
        features.bmi2 = true
        features.avx = true
        features.avx2 = true
        features.fma = true
        return features
    }
}

extension BaselineCompiler {
    /// The entries' kinds, for comparison.
    var kinds: [EntryKind] { (0..<stack.count).map { stack[$0].kind } }
}
