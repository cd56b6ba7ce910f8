// The record that a function reference points to.

import TerraceCode

/// A function as references name it; the fields stand as ``FunctionReferenceLayout`` says. Records are never moved and
/// live as long as their store, so that a function's record is its identity.
@frozen public struct FunctionRecord: BitwiseCopyable {
    /// Address of the function's entry cell.
    public var cell: UInt
    /// Data of the function's instance, or a host function's record.
    public var instance: UInt
    /// Canonical id of the function's type.
    public var typeID: UInt32
    /// In its module; `UInt32.max` for host functions.
    public var functionIndex: UInt32
    private var reserved: UInt = 0

    init(cell: UInt, instance: UInt, typeID: UInt32, functionIndex: UInt32) {
        self.cell = cell
        self.instance = instance
        self.typeID = typeID
        self.functionIndex = functionIndex
    }
}

/// Pointer to a function's record: an unowned handle, valid while the store lives.
public typealias FunctionPointer = UnsafeMutablePointer<FunctionRecord>
