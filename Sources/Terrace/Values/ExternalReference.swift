// Host objects that pass through WebAssembly code.

/// A host object as an `externref`. A store keeps every object that was passed into it alive until its own end.
public struct ExternalReference {
    public let object: AnyObject

    public init(_ object: AnyObject) { self.object = object }
}

extension ExternalReference: Equatable {
    /// Whether both name the same object.
    public static func == (a: ExternalReference, b: ExternalReference) -> Bool { a.object === b.object }
}
