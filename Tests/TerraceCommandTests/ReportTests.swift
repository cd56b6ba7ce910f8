// The page of `terrace report` and the JSON in it: nothing that a module says can get out of its string.
import Terrace
import TerraceWASI
import Testing
import WasmText

@testable import TerraceCommand

@Suite struct ReportTests {
    /// Names as somebody might choose them who wants to get at a reader of the page.
    private static let hostile = [
        "</script><script>alert(1)</script>", "<!--", "<!--<script>", "]]>", "\"};alert(1);//", "\\", "\\\"",
        "a\u{0}b\n\t\u{1B}[2J",
        "\u{2028}\u{2029}\u{202E}evil", "<\u{338}/script>", "&lt;/script&gt;", "${1}`",
        String(repeating: "n", count: 100_000),
    ]

    private func module(_ name: String) -> [UInt8] {
        // (module (func) (export "_start" (func 0))) with a name section: the module and its function have the name.
        func leb(_ number: Int) -> [UInt8] {
            number < 128 ? [UInt8(number)] : [UInt8(number & 127) | 128] + leb(number >> 7)
        }
        func sized(_ bytes: [UInt8]) -> [UInt8] { leb(bytes.count) + bytes }
        let text = sized(Array(name.utf8))
        let names = sized(Array("name".utf8)) + [0] + sized(text) + [1] + sized([1, 0] + text)
        return [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0] + [1, 4, 1, 0x60, 0, 0] + [3, 2, 1, 0] + [7, 10, 1, 6]
            + Array("_start".utf8) + [0, 0] + [10, 4, 1, 2, 0, 0x0B] + [0] + sized(names)
    }

    private func page(_ name: String) throws -> String {
        var configuration = Configuration()
        configuration.tiering = .tiered
        configuration.tierUpThreshold = 0
        configuration.deterministicTiering = true
        let engine = try Engine(configuration)
        let report = TierReport(of: engine)
        let module = try Module(engine, bytes: module(name))
        let instance = try Instance(Store(engine), module, imports: Imports())
        try instance.function("_start")!()
        let file = SystemString(bytes: Array(name.utf8))
        return ReportPage.html(data: ReportData(module, report).json(file: file, command: name))
    }

    /// What stands between the tags of the data's element.
    private func data(_ page: String) throws -> Substring {
        let start = try #require(page.firstRange(of: "<script id=\"data\" type=\"application/json\">")).upperBound
        let end = try #require(page[start...].firstRange(of: "</script>")).lowerBound
        return page[start..<end]
    }

    @Test(arguments: hostile) func namesStayInTheirStrings(_ name: String) throws {
        let page = try page(name)
        // The page is the same but for the data, and the data has none of what a parser of HTML looks for.
        let data = try data(page)
        #expect(!data.unicodeScalars.contains("<"))
        #expect(page.ranges(of: "<script").count == 2 && page.ranges(of: "</script").count == 2)
        #expect(page.hasSuffix("</html>"))
        // As JSON it says what the module said.
        var parser = JSONReader(String(data))
        let value = try parser.read()
        let moduleName = try #require(value["module"]?.string)
        #expect(moduleName.unicodeScalars.elementsEqual(name.unicodeScalars))
        let function = try #require(value["functions"]?.array?.first)
        #expect(function["name"]?.string.map { $0.unicodeScalars.elementsEqual(name.unicodeScalars) } == true)
    }

    @Test func functionsHaveTheirListings() throws {
        var parser = JSONReader(String(try data(page("m"))))
        let value = try parser.read()
        #expect(value["functionCount"]?.number == 1)
        let function = try #require(value["functions"]?.array?.first)
        #expect(function["moves"]?.array?.map { $0["to"]?.string } == ["baseline", "optimized"])
        let listing = try #require(function["listing"])
        #expect(listing["wasm"]?.array?.last?.array?.last?.string == "end")
        let baseline = listing["baseline"]?.array?.compactMap { $0.array?.last?.string } ?? []
        #expect(baseline.contains { $0.hasSuffix("push rbp") } && baseline.contains { $0.hasSuffix("  ret") })
        let version = try #require(listing["versions"]?.array?.first)
        #expect(version["title"]?.string == "entered by calls")
        #expect(version["ir"]?.array?.last?.array?.last?.string == "  return")
        #expect(version["code"]?.array?.last?.array?.last?.string?.hasSuffix("  ret") == true)
    }

    @Test func reportsOptionsAreThoseOfRun() throws {
        let line: [SystemString] = ["report", "--dir", "a", "f.wasm", "1", "2", "-o", "p.html", "--", "-x"]
        let options = try #require(try TerraceCommand.parseAsRoot(line.map(\.escaped)) as? Report).options
        #expect(options.file == "f.wasm" && options.arguments == ["1", "2", "-x"] && options.page == "p.html")
        #expect(options.directories == ["a"] && options.tiers.mode == .tiered)
        let short = try #require(try TerraceCommand.parseAsRoot(["report", "a/f.wasm"]) as? Report).options
        #expect(short.page == "a/f.html")
    }
}
