// The one error of decoding and validation.

/// Why a string of bytes is not a module that can be used.
public struct ModuleError: Error, Hashable, Sendable {
    public enum Category: UInt8, Hashable, Sendable {
        /// Not in the binary format.
        case malformed
        /// In the binary format, but against a rule of validation.
        case invalid
        /// Uses a feature that is unknown or switched off.
        case unsupported
        /// Exceeds a limit of the implementation.
        case limit
    }

    public var category: Category
    /// What is wrong; begins with the words of the specification's test suite where it has some.
    public var message: String
    /// Where, in bytes from the beginning of the module.
    public var offset: Int
    /// In which function (imports counted), if inside a function's body.
    public var functionIndex: UInt32?

    public init(_ category: Category, _ message: String, offset: Int, functionIndex: UInt32? = nil) {
        self.category = category
        self.message = message
        self.offset = offset
        self.functionIndex = functionIndex
    }
}

extension ModuleError {
    /// What to say of a component, and what to do with it.
    package static let isComponent = """
        this is a component, not a core module; compile the program for 'wasm32-wasip1', or take the component's core \
        modules out of it with 'wasm-tools component unbundle'
        """
}

extension ModuleError: CustomStringConvertible {
    public var description: String {
        var text = message
        switch category {
        case .malformed: text = "malformed module: " + text
        case .invalid: text = "invalid module: " + text
        case .unsupported: text = "unsupported module: " + text
        case .limit: text = "module exceeds a limit: " + text
        }
        text += " (at offset 0x" + String(offset, radix: 16)
        if let functionIndex { text += ", in function \(functionIndex)" }
        return text + ")"
    }
}
