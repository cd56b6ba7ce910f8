// The process's arguments as bytes, on their way through ArgumentParser, which knows Swift strings only.
import ArgumentParser
import Glibc
import TerraceWASI

extension SystemString {
    /// The arguments behind the process's name. `CommandLine.arguments` would put other bytes where they are not UTF-8.
    static var commandLine: [SystemString] {
        UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).dropFirst().compactMap {
            $0.map { SystemString(bytes: Array(UnsafeRawBufferPointer(start: $0, count: strlen($0)))) }
        }
    }

    /// The bytes as text, if they are UTF-8.
    var text: String? { String(validating: bytes, as: UTF8.self) }

    func hasPrefix(_ prefix: String) -> Bool { bytes.starts(with: prefix.utf8) }
    func hasSuffix(_ suffix: String) -> Bool { bytes.reversed().starts(with: suffix.utf8.reversed()) }
}

// A byte that is not part of UTF-8 becomes a scalar of the last private use area. Scalars of that range that were there
// before are taken for four such bytes, so that every string comes back as it was.
extension SystemString: ExpressibleByArgument {
    private static let escapes: ClosedRange<UInt32> = 0x10FF80...0x10FFFF

    /// A string from which `init(argument:)` makes these bytes.
    var escaped: String {
        var result = ""
        for part in parts {
            switch part {
            case .scalar(let scalar) where !Self.escapes.contains(scalar.value): result.unicodeScalars.append(scalar)
            case .scalar(let scalar):
                for byte in UTF8.encode(scalar)! { result.unicodeScalars.append(Self.escape(byte)) }
            case .byte(let byte): result.unicodeScalars.append(Self.escape(byte))
            }
        }
        return result
    }

    public init(argument: String) {
        var bytes: [UInt8] = []
        for scalar in argument.unicodeScalars {
            if Self.escapes.contains(scalar.value) {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar)!)
            }
        }
        self.init(bytes: bytes)
    }

    /// Text that has gone through ArgumentParser, such as its complaint about an argument, for people to read.
    static func readable(_ text: String) -> String {
        text.unicodeScalars.contains { escapes.contains($0.value) } ? SystemString(argument: text).description : text
    }

    private static func escape(_ byte: UInt8) -> Unicode.Scalar { Unicode.Scalar(0x10FF00 + UInt32(byte))! }
}
