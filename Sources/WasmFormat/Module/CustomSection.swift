// Custom sections, kept by position.

/// A custom section.
public struct CustomSection: Hashable, Sendable {
    public var name: String
    /// The contents after the name, in the module's bytes.
    public var bytes: Range<Int>
    /// Number of the last non-custom section before this one; 0 if there is none.
    public var precedingSection: UInt8

    public init(name: String, bytes: Range<Int>, precedingSection: UInt8) {
        self.name = name
        self.bytes = bytes
        self.precedingSection = precedingSection
    }
}

/// Numbers of sections in the binary format.
public enum SectionID: UInt8, Sendable, CaseIterable {
    case custom = 0
    case type = 1
    case `import` = 2
    case function = 3
    case table = 4
    case memory = 5
    case global = 6
    case export = 7
    case start = 8
    case element = 9
    case code = 10
    case data = 11
    case dataCount = 12
    case tag = 13

    /// The place in the prescribed order of sections.
    var order: Int {
        switch self {
        case .custom: 0
        case .type: 1
        case .import: 2
        case .function: 3
        case .table: 4
        case .memory: 5
        case .tag: 6
        case .global: 7
        case .export: 8
        case .start: 9
        case .element: 10
        case .dataCount: 11
        case .code: 12
        case .data: 13
        }
    }
}
