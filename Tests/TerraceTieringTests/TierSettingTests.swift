// Programs do the same whichever way their functions move.

import FuzzRun
import FuzzSupport
import Terrace
import Testing
import TierSupport

@testable import TerraceRuntime
@testable import TerraceTiering

@Suite struct TierSettingTests {
    #if DEBUG
        private static let seeds: ClosedRange<UInt64> = 1...15
    #else
        private static let seeds: ClosedRange<UInt64> = 1...150
    #endif

    @Test(arguments: TierSetting.allCases)
    func randomModulesDoTheSameInBaselineCode(_ setting: TierSetting) throws {
        let baseline = try Engine(StandIn().configuration(.baseline))
        let standIn = StandIn()
        var checked = setting.configuration(standIn)
        checked.verifiesGeneratedCode = true
        let engines = [try Engine(setting.configuration(standIn)), try Engine(checked)]
        for seed in Self.seeds {
            let module = RandomModule.make(seed: seed)
            let expected = ModuleRun(of: module, in: baseline)
            for engine in engines { #expect(ModuleRun(of: module, in: engine) == expected, "seed \(seed)") }
        }
        let compiled = Set(standIn.compiled.map(\.entry))
        let loops = standIn.compiled.count { $0.entry != .call }
        switch setting {
        case .optimized, .atOnce: #expect(compiled == [.call])
        case .inLoops, .inInnermostLoops: #expect(loops > 20 && !compiled.contains(.call))
        case .soon: #expect(loops > 0 && compiled.contains(.call))
        case .background: break
        }
    }
}
