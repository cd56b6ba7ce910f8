// Executable memory that holds linked code.
public final class CodeSegment { public static let trapByte: UInt8 = 0xCC }
