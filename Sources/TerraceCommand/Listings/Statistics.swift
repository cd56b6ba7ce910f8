// Figures about a module's code as JSON.
import Terrace

/// A JSON object, written by hand so that a command that starts in milliseconds needs no Foundation.
struct JSONObject {
    private(set) var members: [String] = []

    mutating func add(_ name: String, _ value: Int) { members.append("\"\(name)\":\(value)") }
    mutating func add(_ name: String, _ value: String) { members.append("\"\(name)\":\(Self.quoted(value))") }
    mutating func add(_ name: String, _ values: [JSONObject]) {
        members.append("\"\(name)\":[\(values.map(\.text).joined(separator: ","))]")
    }

    /// A string of JSON.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
    mutating func add(_ name: String, _ value: JSONObject) { members.append("\"\(name)\":\(value.text)") }

    /// Adds a number with six decimals; a value that is not finite becomes 0.
    mutating func add(_ name: String, _ value: Double) {
        let millionths = Int((value.isFinite ? value : 0) * 1e6 + 0.5)
        let decimals = String(millionths % 1_000_000)
        members.append(
            "\"\(name)\":\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - decimals.count))\(decimals)")
    }

    var text: String { "{\(members.joined(separator: ","))}" }
}

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
        optimized.add("failures", optimizationFailureCount)
        optimized.add("compileSeconds", optimizationSeconds)
        tiers.add("optimized", optimized)
        object.add("tiers", tiers)
        var code = JSONObject()
        code.add("liveBytes", liveCodeBytes)
        code.add("retiredBytes", retiredCodeBytes)
        code.add("freedBytes", freedCodeBytes)
        code.add("evictedFunctions", evictedFunctionCount)
        object.add("code", code)
        var lock = JSONObject()
        lock.add("count", commitLockCount)
        lock.add("nanoseconds99", commitLockNanoseconds)
        lock.add("nanosecondsMost", longestCommitLockNanoseconds)
        object.add("commitLock", lock)
        object.add("metadataBytes", metadataBytes)
        object.add("compileSeconds", compileSeconds)
        object.add("blocks", blockCount)
        object.add("stubs", stubCount)
        return object
    }

    var json: String { jsonObject.text }
}
