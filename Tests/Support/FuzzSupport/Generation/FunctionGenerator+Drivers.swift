// The functions that are not random: those that call the random ones and make a checksum of what came of it.

import WasmFormat

extension FunctionGenerator {
    private static let hash = 0
    private static let address = 1
    private static let wideAddress = 2
    private static let vector = 3

    /// Locals of drivers: the hash, addresses of both widths, a vector.
    private static func locals(_ plan: ModulePlan) -> [ValueKind] {
        [.i64, .i32, .i64] + (plan.options.vectors ? [.v128] : [])
    }

    /// A function that calls another with constants and returns a hash of its results.
    static func driver(
        plan: ModulePlan, calling function: Int, fuel: Int, _ random: inout SeededRandom
    ) -> Self {
        var generator = Self(plan: plan, signature: Signature([], [.i64]), locals: locals(plan))
        let callee = plan.functions[function]
        generator.constant(i32: Int32(fuel))
        generator.emit(.globalSet, plan.fuelGlobal)
        for kind in callee.parameters { generator.constant(kind, &random) }
        generator.emit(.call, plan.index(ofFunction: function))
        for kind in callee.results.reversed() { generator.addToHash(kind) }
        generator.emit(.localGet, hash)
        generator.emit(.end)
        return generator
    }

    /// A function that calls another with constants, and forgets its results.
    static func start(plan: ModulePlan, calling function: Int, _ random: inout SeededRandom) -> Self {
        var generator = Self(plan: plan, signature: Signature([], []), locals: [])
        let callee = plan.functions[function]
        generator.constant(i32: 40)
        generator.emit(.globalSet, plan.fuelGlobal)
        for kind in callee.parameters { generator.constant(kind, &random) }
        generator.emit(.call, plan.index(ofFunction: function))
        for _ in callee.results { generator.emit(.drop) }
        generator.emit(.end)
        return generator
    }

    /// A function that returns a hash of everything that outlives calls.
    static func checksum(plan: ModulePlan) -> Self {
        var generator = Self(plan: plan, signature: Signature([], [.i64]), locals: locals(plan))
        for index in plan.globals.indices {
            generator.emit(.globalGet, index)
            generator.addToHash(plan.globals[index].kind)
        }
        for index in plan.memories.indices { generator.hashMemory(index) }
        generator.hashTable()
        if !plan.imports.isEmpty {
            generator.emit(.call, plan.libraryChecksum)
            generator.addToHash(.i64)
        }
        generator.emit(.localGet, hash)
        generator.emit(.end)
        return generator
    }

    /// Takes the value on top of the stack into the hash.
    private mutating func addToHash(_ kind: ValueKind) {
        switch kind {
        case .i32: emit(.i64ExtendI32U)
        case .i64: break
        case .f32:
            canonicalize(.f32)
            emit(.i32ReinterpretF32)
            emit(.i64ExtendI32U)
        case .f64:
            canonicalize(.f64)
            emit(.i64ReinterpretF64)
        case .v128:
            emit(.localTee, Self.vector)
            emit(.i64x2ExtractLane)
            code.append(0)
            emit(.localGet, Self.vector)
            emit(.i64x2ExtractLane)
            code.append(1)
            constant(i64: 31)
            emit(.i64Rotl)
            emit(.i64Xor)
        case .funcref, .externref:
            emit(.refIsNull)
            emit(.i64ExtendI32U)
        }
        emit(.localGet, Self.hash)
        constant(i64: 5)
        emit(.i64Rotl)
        emit(.i64Xor)
        constant(i64: 0x0000_0100_0000_01B3)
        emit(.i64Mul)
        emit(.localSet, Self.hash)
    }

    private mutating func hashMemory(_ index: Int) {
        let is64 = plan.memories[index].is64
        let local = is64 ? Self.wideAddress : Self.address
        if is64 { constant(i64: 0) } else { constant(i32: 0) }
        emit(.localSet, local)
        emit(.loop)
        code.append(0x40)
        emit(.localGet, local)
        emit(.i64Load)
        if index == 0 {
            code.append(0)
        } else {
            code.append(0x40)
            code.appendUnsigned(index)
        }
        code.append(0)
        addToHash(.i64)
        emit(.localGet, local)
        if is64 { constant(i64: 8) } else { constant(i32: 8) }
        emit(is64 ? .i64Add : .i32Add)
        emit(.localTee, local)
        if plan.memories[index].isPlain {
            emit(.memorySize, index)
            if is64 { constant(i64: 16) } else { constant(i32: 16) }
            emit(is64 ? .i64Shl : .i32Shl)
        } else {
            // The oracle looks at all bytes without this help.
            if is64 { constant(i64: 256) } else { constant(i32: 256) }
        }
        emit(is64 ? .i64LtU : .i32LtU)
        emit(.brIf, 0)
        emit(.end)
    }

    private mutating func hashTable() {
        let local = plan.tableIs64 ? Self.wideAddress : Self.address
        tableConstant(0)
        emit(.localSet, local)
        emit(.loop)
        code.append(0x40)
        emit(.localGet, local)
        emit(.tableGet, 0)
        addToHash(.funcref)
        emit(.localGet, local)
        tableConstant(1)
        emit(plan.tableIs64 ? .i64Add : .i32Add)
        emit(.localTee, local)
        emit(.tableSize, 0)
        emit(plan.tableIs64 ? .i64LtU : .i32LtU)
        emit(.brIf, 0)
        emit(.end)
    }
}
