// Which room selects a node, by its kind and operator.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat

/// Which operators work on floating-point numbers or vectors.
enum VectorOperators {
    /// By ordinal. Never written after its initialisation and never freed.
    nonisolated(unsafe) static let byOpcode: UnsafePointer<Bool> = {
        let table = UnsafeMutablePointer<Bool>.allocate(capacity: Opcode.allCases.count)
        table.initialize(repeating: false, count: Opcode.allCases.count)
        for opcode in Opcode.allCases {
            let signature = opcode.info.signature
            guard signature.isPlain else { continue }
            let types = signature.operands() + signature.results
            table[opcode.ordinal] = types.contains { !MachineType($0).isGeneral }
        }
        return UnsafePointer(table)
    }()
}

extension Selector {
    /// Whether an operator is selected with the floating-point numbers and vectors.
    @inline(__always) func isVector(_ node: Node) -> Bool {
        switch node.opcode {
        case .select, .selectTyped: !node.type.machine.isGeneral
        default: VectorOperators.byOpcode[node.opcode.ordinal]
        }
    }

    /// Selects instructions for a node that is wanted or has effects.
    mutating func selectNode(_ value: Value, _ node: Node) {
        switch node.kind {
        case .pure:
            if isVector(node) { selectVector(value, node) } else { selectInteger(value, node) }
        case .pureMany: selectPair(value, node)
        case .result: selectResult(value, node)
        case .trapping:
            if isVector(node) { selectVector(value, node) } else { selectDivision(value, node) }
        case .load, .loadAbsolute:
            if isVector(node) { selectVector(value, node) } else { selectLoad(value, node) }
        case .store, .storeAbsolute:
            if isVector(node) { selectVector(value, node) } else { selectStore(node) }
        case .functionTest: selectSet(value, node)
        case .memoryBase: selectMemoryBase(value, node)
        case .globalGet: selectGlobalGet(value, node)
        case .globalSet: selectGlobalSet(node)
        case .tableGet: selectTableGet(value, node)
        case .tableSet: selectTableSet(node)
        case .tableSize: selectTableSize(value, node)
        case .memorySize: selectMemorySize(value, node)
        case .boundsCheck: selectBoundsCheck(node)
        case .signatureCheck: selectSignatureCheck(node)
        case .nullCheck: selectNullCheck(node)
        case .trapUnless: selectTrapUnless(node)
        case .call: selectCall(value, node)
        case .interruptCheck:
            begin(.interruptCheck)
            finish()
        case .localGet: selectLocalGet(value, node)
        case .localSet: selectLocalSet(node)
        case .constant, .vectorConstant, .typeIdentifier, .parameter, .frameSlot, .blockParameter:
            fail("a node that is never placed")
        }
    }
}
