// Names of imports and exports as dictionary keys.

/// A name that equals another only if both have the same bytes. Swift's strings also equal each other when they are
/// canonically equivalent, which are different names in WebAssembly.
public struct ExactName: Hashable, Sendable {
    public let string: String

    public init(_ string: String) { self.string = string }

    public static func == (a: ExactName, b: ExactName) -> Bool { a.string.utf8.elementsEqual(b.string.utf8) }

    public func hash(into hasher: inout Hasher) {
        var string = string
        string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
