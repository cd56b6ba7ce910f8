// The compiler reads every operator's immediates in the operator's own code; the prescan passes over them by the table.
// Here the compiler checks, where it checks itself, that both came to the same place and saw the same.

import TerraceCompilation
import WasmFormat

extension BaselineCompiler {
    /// Whether the operators from the present one up to the reader, one or more if some were compiled together, end
    /// where their rows say, and the prescan has seen them: the local that is read, the indirect call that is numbered.
    func agreesWithPrescan() -> Bool {
        var walk = reader
        walk.offset = operatorOffset
        while walk.cursor < reader.cursor {
            let offset = walk.offset
            let opcode = walk.readOpcode()
            let row = walk.row(of: opcode).pointee
            let start = walk
            walk.skip(row.immediates)
            if row.effects.contains(.callsIndirectly), prescan.indirectCallNumber(at: offset) == nil { return false }
            if opcode == .localGet {
                var index = start
                let local = Int(index.readU32())
                if local < FunctionPrescan.trackedLocals, prescan.lastRead[local] < offset { return false }
            }
        }
        return walk.cursor == reader.cursor
    }
}
