// Resolves relocations: the only place where code learns addresses outside itself.

import TerraceABI
import TerraceAssembler

/// What the relocations of one block refer to.
struct CodeLinker {
    /// Entry cell of function 0.
    let cells: UnsafeRawPointer
    let functionCount: Int
    let canonicalTypeIDs: [UInt32]
    let functions: FunctionRanges
    /// Knows the stubs.
    let code: Code

    /// Checks that every relocation can be resolved, so that linking cannot fail.
    func check(_ relocations: UnsafeBufferPointer<Relocation>, byteCount: Int) throws(CodeError) {
        for index in 0..<relocations.count {
            let relocation = relocations[index]
            guard Int(relocation.offset) + relocation.kind.fieldSize <= byteCount, isKnown(relocation, byteCount) else {
                throw .unresolvedRelocation(index)
            }
        }
    }

    @inline(__always) private func isKnown(_ relocation: Relocation, _ byteCount: Int) -> Bool {
        switch relocation.kind {
        case .entryCell, .absoluteEntryCell64, .tieringRecord: relocation.payload < functionCount
        case .typeID: relocation.payload < canonicalTypeIDs.count
        case .blockFunction: functions.rangeIndex(of: relocation.payload) != nil
        case .stub: code.stub(StubID(rawValue: relocation.payload)) != nil
        case .absolute64: relocation.payload <= byteCount
        default: false
        }
    }

    /// Fills in the fields of bytes which will run at `placement`. Does not fail after ``check(_:byteCount:)``.
    func link(
        _ relocations: UnsafeBufferPointer<Relocation>, in bytes: UnsafeMutableRawBufferPointer,
        at placement: CodePlacement
    ) throws(CodeError) {
        guard let bytes = bytes.baseAddress else { return }
        let base = placement.base.rawValue
        for index in 0..<relocations.count {
            let relocation = relocations[index]
            let field = bytes + Int(relocation.offset)
            let target: UInt
            switch relocation.kind {
            case .entryCell: target = cell(relocation.payload)
            case .tieringRecord: target = tieringRecord(relocation.payload)
            case .blockFunction:
                guard let range = functions[relocation.payload] else { throw .unresolvedRelocation(index) }
                target = placement.address(of: range.begin).rawValue
            case .stub:
                guard let address = code.stub(StubID(rawValue: relocation.payload)) else {
                    throw .unresolvedRelocation(index)
                }
                target = address.rawValue
            case .typeID:
                let id = Int32(bitPattern: canonicalTypeIDs[Int(relocation.payload)])
                LinkedField.store(id &+ relocation.addend, in: field)
                continue
            case .absolute64, .absoluteEntryCell64:
                let address =
                    relocation.kind == .absolute64
                    ? placement.address(of: BlockOffset(rawValue: relocation.payload)).rawValue
                    : cell(relocation.payload)
                LinkedField.store(address, relocation.addend, in: field)
                continue
            default: throw .unresolvedRelocation(index)
            }
            LinkedField.storeDistance(to: target, from: base &+ UInt(relocation.offset), relocation.addend, in: field)
        }
    }

    private func tieringRecord(_ functionIndex: UInt32) -> UInt {
        let offset = CodeDataLayout(functionCount: functionCount).tieringRecordsOffset
        return UInt(bitPattern: cells + offset + TieringRecordLayout.size * Int(functionIndex))
    }

    private func cell(_ functionIndex: UInt32) -> UInt { UInt(bitPattern: cells + 8 * Int(functionIndex)) }
}
