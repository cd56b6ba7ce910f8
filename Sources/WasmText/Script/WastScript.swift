// The script language of the official test suite, as data: commands, actions, values and expected results.

/// A script: modules, calls into them, and assertions about both.
public struct WastScript: Sendable {
    /// The commands in the order of the text.
    public var commands: [WastCommand]

    /// Parses a script. Modules given as text are translated right away; quoted ones are kept as text, because their
    /// errors are what a script asks for. A text that only holds the fields of a module is a script with that module.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(TextError) -> WastScript {
        do throws(SyntaxError) {
            let stream = try Lexer.tokenize(text)
            var parser = ScriptParser(stream)
            return WastScript(commands: try parser.parseScript())
        } catch {
            throw TextError(error, in: text)
        }
    }

    /// Parses a script; see the other form.
    public static func parse(_ text: [UInt8]) throws(TextError) -> WastScript {
        try text.withUnsafeBufferPointer { (text) throws(TextError) in try parse(text) }
    }
}

/// A command of a script.
public struct WastCommand: Sendable {
    /// The line on which it begins, counted from 1.
    public var line: Int
    /// What it does.
    public var kind: Kind

    /// What a command does.
    public enum Kind: Sendable {
        /// Instantiates a module, which becomes the current one.
        case module(WastModule)
        /// Defines a module without instantiating it.
        case moduleDefinition(WastModule)
        /// Instantiates a definition (the last one if none is named).
        case moduleInstance(name: String?, definition: String?)
        /// Makes the exports of an instance (the current one if none is named) importable under a module name.
        case register(as: String, module: String?)
        case action(WastAction)
        case assertReturn(WastAction, [WastResult])
        case assertTrap(WastAction, message: String)
        /// Instantiating the module traps.
        case assertModuleTrap(WastModule, message: String)
        case assertExhaustion(WastAction, message: String)
        case assertException(WastAction)
        case assertInvalid(WastModule, message: String)
        case assertMalformed(WastModule, message: String)
        case assertUnlinkable(WastModule, message: String)
        /// A custom section (or annotation) does not fit its module.
        case assertInvalidCustom(WastModule, message: String)
        /// A custom section (or annotation) is malformed.
        case assertMalformedCustom(WastModule, message: String)
    }
}

/// A module in a script.
public struct WastModule: Sendable {
    /// Where its bytes come from.
    public enum Source: Sendable {
        /// Given as bytes.
        case binary([UInt8])
        /// Given as text; these are the bytes of its translation.
        case text([UInt8])
        /// Quoted text, not yet parsed.
        case quote([UInt8])
        /// Text which the parser refused, under a command that expects a bad annotation.
        case rejected(TextError)
    }

    /// Its identifier, without the `$`.
    public var name: String?
    public var source: Source

    /// The module in the binary format; parses quoted text.
    public func bytes() throws(TextError) -> [UInt8] {
        switch source {
        case .binary(let bytes), .text(let bytes): return bytes
        case .quote(let text): return try WatParser.parse(text)
        case .rejected(let error): throw error
        }
    }
}

/// Something that yields results.
public enum WastAction: Sendable {
    /// Calls an exported function of an instance (the current one if none is named).
    case invoke(module: String?, field: String, arguments: [WastValue])
    /// Reads an exported global.
    case get(module: String?, field: String)
}

/// An argument.
public enum WastValue: Sendable, Hashable {
    case i32(Int32)
    case i64(Int64)
    case f32(bits: UInt32)
    case f64(bits: UInt64)
    case v128(low: UInt64, high: UInt64)
    /// A null reference of a heap type, given by its name in the text.
    case refNull(String)
    /// The external reference with a number.
    case refExtern(UInt32)
    /// The host's object with a number, inside the `any` hierarchy.
    case refHost(UInt32)
}

/// A floating-point result: exact bits, or one of two sets of NaNs.
public enum WastFloat: Sendable, Hashable {
    case bits(UInt64)
    /// Any sign, only the most significant bit of the payload set.
    case canonicalNaN
    /// Any sign, the most significant bit of the payload set.
    case arithmeticNaN

    /// Whether the bits of an `f32` are as expected.
    public func matches(f32 bits: UInt32) -> Bool {
        switch self {
        case .bits(let expected): UInt64(bits) == expected
        case .canonicalNaN: bits & 0x7FFF_FFFF == 0x7FC0_0000
        case .arithmeticNaN: bits & 0x7FC0_0000 == 0x7FC0_0000
        }
    }

    /// Whether the bits of an `f64` are as expected.
    public func matches(f64 bits: UInt64) -> Bool {
        switch self {
        case .bits(let expected): bits == expected
        case .canonicalNaN: bits & 0x7FFF_FFFF_FFFF_FFFF == 0x7FF8_0000_0000_0000
        case .arithmeticNaN: bits & 0x7FF8_0000_0000_0000 == 0x7FF8_0000_0000_0000
        }
    }
}

/// An expected vector.
public enum WastVector: Sendable, Hashable {
    case bits(low: UInt64, high: UInt64)
    /// Four lanes.
    case f32x4([WastFloat])
    /// Two lanes.
    case f64x2([WastFloat])

    /// Whether a vector is as expected.
    public func matches(low: UInt64, high: UInt64) -> Bool {
        switch self {
        case .bits(let expectedLow, let expectedHigh): low == expectedLow && high == expectedHigh
        case .f32x4(let lanes):
            lanes[0].matches(f32: UInt32(truncatingIfNeeded: low)) && lanes[1].matches(f32: UInt32(low >> 32))
                && lanes[2].matches(f32: UInt32(truncatingIfNeeded: high)) && lanes[3].matches(f32: UInt32(high >> 32))
        case .f64x2(let lanes): lanes[0].matches(f64: low) && lanes[1].matches(f64: high)
        }
    }
}

/// An expected result.
public enum WastResult: Sendable, Hashable {
    case i32(Int32)
    case i64(Int64)
    case f32(WastFloat)
    case f64(WastFloat)
    case v128(WastVector)
    /// A null reference; the heap type is `nil` where none is given.
    case refNull(String?)
    /// A function reference that is not null.
    case refFunc
    /// An external reference: the one with a number, or any that is not null.
    case refExtern(UInt32?)
    /// The host's object with a number.
    case refHost(UInt32)
    case refAny, refEq, refI31, refStruct, refArray
    /// An exception reference that is not null.
    case refExn
    /// One of several.
    case either([WastResult])
}
