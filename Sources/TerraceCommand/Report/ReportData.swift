// The data of a report's page: what happened to functions, and what they were compiled to.
import Terrace
import TerraceWASI
import WasmFormat

/// Collects the data of one run.
struct ReportData {
    /// Bytes of listings that a page may have; functions that became hot come first.
    private static let listingBytes = 12 << 20

    private let module: Module
    private let report: TierReport
    private var wasm: WasmModule { module.storage.module }

    init(_ module: Module, _ report: TierReport) {
        self.module = module
        self.report = report
    }

    /// The data as JSON.
    ///
    /// - Parameters:
    ///   - file: the module's path.
    ///   - command: how the program was started.
    func json(file: SystemString, command: String) -> String {
        let seconds = report.seconds
        var listings: [Int: JSONObject] = [:]
        var room = Self.listingBytes
        // What never left baseline code comes last.
        for wantsOptimized in [true, false] {
            _ = report.object(module) { function, moves, _ in
                let isOptimized = moves.contains { $0.to == .optimized }
                guard isOptimized == wantsOptimized, room > 0 else { return }
                let listing = self.listing(of: function, moves)
                room -= listing.text.utf8.count
                if room > 0 { listings[function] = listing }
            }
        }
        var object = report.object(module) { function, _, object in
            if let listing = listings[function] { object.add("listing", listing) }
        }
        object.add("file", file.description)
        object.add("command", command)
        object.add("seconds", seconds)
        object.add("functionCount", wasm.bodies.count)
        return object.text
    }

    /// A function's instructions, its baseline code, and each version that the optimizing compiler made.
    private func listing(of function: Int, _ moves: [TierEvent]) -> JSONObject {
        var listing = JSONObject()
        if let body = wasm.body(function) { listing.add("wasm", InstructionListing.lines(of: body, wasm)) }
        if moves.contains(where: { $0.to == .baseline && $0.failure == nil }),
            let code = try? module.machineCode(ofFunction: function)
        {
            listing.add("baseline", MachineListing(code, showsBytes: false).lines)
        }
        var versions: [JSONObject] = []
        for move in moves where move.to == .optimized && move.failure == nil {
            var loop: Int?
            if case .loop(let number) = move.reason { loop = number }
            guard let code = try? module.machineCode(ofFunction: function, tier: .optimized, loop: loop) else {
                continue
            }
            var version = JSONObject()
            version.add("title", loop.map { "entered at loop \($0)" } ?? "entered by calls")
            version.add("ir", code.passes.last { $0.name == "hoist" }?.lines ?? [])
            version.add("code", MachineListing(code, showsBytes: false).lines)
            versions.append(version)
        }
        listing.add("versions", versions)
        return listing
    }
}
