// Types with canonical ids in place of a module's type indices: equal for equal types in all modules of an engine.

import TerraceCode
import TerraceTiering
import WasmFormat

extension EngineStorage {
    /// The function type with a canonical id, which is that of a function's record, a tag or an import: they get theirs from
    /// types that are known to be function types (validation, or a ``FunctionType``), and stores keep their numbers.
    public func functionType(canonicalID: UInt32) -> FunctionType {
        guard case .function(let type) = types.type(of: canonicalID).composite else {
            preconditionFailure("type \(canonicalID) is not a function type")
        }
        return type
    }

    /// Whether values of one type are values of another.
    func isSubtype(_ type: ValueType, _ other: ValueType) -> Bool {
        if type == other { return true }
        guard type.isReference, other.isReference, other.isNullable || !type.isNullable else { return false }
        return types.isSubtype(type.heapType, of: other.heapType)
    }

    /// Whether a function is a value of a heap type.
    public func isFunction(_ function: FunctionPointer, of type: HeapType) -> Bool {
        if type == .func { return true }
        guard type.isConcrete else { return false }
        return function.pointee.typeID == type.typeIndex || types.isSubtype(function.pointee.typeID, type.typeIndex)
    }
}
