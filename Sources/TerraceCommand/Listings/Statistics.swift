// Figures about a module's code as JSON.
import Terrace

extension ModuleStatistics {
    var jsonObject: JSONObject {
        var object = JSONObject()
        object.add("moduleBytes", moduleBytes)
        object.add("functions", functionCount)
        object.add("importedFunctions", importedFunctionCount)
        object.add("functionsCompiled", compiledFunctionCount)
        var baseline = JSONObject()
        baseline.add("functions", baselineFunctionCount)
        baseline.add("wasmBytes", compiledWasmBytes)
        baseline.add("codeBytes", baselineCodeBytes)
        var tiers = JSONObject()
        tiers.add("baseline", baseline)
        var optimized = JSONObject()
        optimized.add("functions", optimizedFunctionCount)
        optimized.add("wasmBytes", optimizedWasmBytes)
        optimized.add("codeBytes", optimizedCodeBytes)
        optimized.add("loopEntries", loopEntryCount)
        optimized.add("inlinedCalls", inlinedCallCount)
        optimized.add("failures", optimizationFailureCount)
        optimized.add("compileSeconds", optimizationSeconds)
        optimized.add("waitSeconds", optimizationWaitSeconds)
        tiers.add("optimized", optimized)
        object.add("tiers", tiers)
        object.add("metadataBytes", metadataBytes)
        object.add("compileSeconds", compileSeconds)
        object.add("blocks", blockCount)
        object.add("stubs", stubCount)
        return object
    }

    var json: String { jsonObject.text }
}
