import Foundation
import Testing

/// The listings in the folder Listings explain the tier by example, and say what it makes of each: the code must be the
/// same, byte by byte. After a change that is meant to change them, `TERRACE_UPDATE_LISTINGS=1 swift test --filter
/// ListingTests` writes them anew; then read the difference.
@Suite struct ListingTests {
    private static let updates = ProcessInfo.processInfo.environment["TERRACE_UPDATE_LISTINGS"] != nil

    @Test func thereAreListings() { #expect(ListingFile.names.count >= 40) }

    @Test(.enabled(if: !updates), arguments: ListingFile.names)
    func codeIsWhatTheListingSays(_ name: String) throws {
        let file = try ListingFile(name)
        let actual = Listing.parts(of: try Listing(file).lines)
        let expected = Listing.parts(of: file.expected)
        guard actual != expected else { return }
        let count = zip(actual, expected).prefix { $0 == $1 }.count
        let context = actual[..<count].last { $0.hasPrefix("function") } ?? ""
        Issue.record(
            """
            \(name) differs in \(context), behind \(actual[..<count].last ?? "its beginning"):
              expected \(count < expected.count ? expected[count] : "nothing more")
              got      \(count < actual.count ? actual[count] : "nothing more")
            If that is meant, write the listings anew with TERRACE_UPDATE_LISTINGS=1.
            """)
    }

    @Test(.enabled(if: updates)) func writeListings() throws {
        for name in ListingFile.names {
            let file = try ListingFile(name)
            try file.write(try Listing(file))
        }
    }
}
