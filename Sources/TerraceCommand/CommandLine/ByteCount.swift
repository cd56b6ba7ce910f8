// Sizes on the command line.
import ArgumentParser

/// A number of bytes as people write it: `65536`, `64K`, `8M`, `1G`, also `64KiB`. The letters mean powers of 1024.
struct ByteCount: Hashable {
    let count: Int

    init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        var unit = text[digits.endIndex...].uppercased()
        if unit.count > 1, unit.hasSuffix("IB") { unit.removeLast(2) }
        let shifts = ["": 0, "K": 10, "M": 20, "G": 30]
        guard let number = Int(digits), let shift = shifts[unit] else { return nil }
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: 1 << shift)
        guard !isTooLarge else { return nil }
        count = product
    }
}

extension ByteCount: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }

    /// For the option that both `run` and `wast` have.
    static var help: ArgumentHelp {
        ArgumentHelp("Room for the frames of WebAssembly functions: bytes, or with K, M or G.", valueName: "SIZE")
    }
}
