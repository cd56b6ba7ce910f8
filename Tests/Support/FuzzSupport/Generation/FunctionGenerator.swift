// State of the generation of one function's body, and the small pieces of code that everything else is made of.

import WasmFormat

/// Writes one function body. Every method that writes an expression leaves exactly one more value on the operand
/// stack; every method that writes a statement leaves the stack as it was.
struct FunctionGenerator {
    /// A branch target.
    struct Label {
        var types: [ValueKind]
        /// Whether generated branches may go there: they may not to the header of a loop that counts by itself.
        var isTarget: Bool
    }

    var plan: ModulePlan
    var code: [UInt8] = []
    /// Parameters, then declared locals.
    var locals: [ValueKind]
    /// Locals from here on are not for generated code to write: counters and scratch.
    let writableLocals: Int
    let firstCounter: Int
    let firstScratch: Int
    var labels: [Label]
    var counters = 0
    let signature: Signature

    static let counterCount = 4

    init(plan: ModulePlan, signature: Signature, random: inout SeededRandom) {
        self.plan = plan
        self.signature = signature
        var locals = signature.parameters
        let bound = [4, 12, 24, 90, 200][random.pick(weights: [35, 35, 15, 10, 5])]
        for _ in 0..<random.below(bound) { locals.append(plan.kind(&random)) }
        writableLocals = locals.count
        firstCounter = locals.count
        locals += Array(repeating: .i32, count: Self.counterCount)
        firstScratch = locals.count
        locals += [.f32, .f64]
        if plan.options.vectors { locals.append(.v128) }
        self.locals = locals
        labels = [Label(types: signature.results, isTarget: true)]
    }

    /// For a function that is not random: all locals are scratch, behind the parameters. The last three are for NaNs.
    init(plan: ModulePlan, signature: Signature, locals: [ValueKind]) {
        self.plan = plan
        self.signature = signature
        self.locals = signature.parameters + locals + [.f32, .f64] + (plan.options.vectors ? [.v128] : [])
        writableLocals = 0
        firstCounter = 0
        firstScratch = signature.parameters.count + locals.count
        labels = [Label(types: signature.results, isTarget: true)]
    }

    /// Writes the body: `size` says how much.
    mutating func writeBody(size: Int, _ random: inout SeededRandom) {
        spendFuel()
        statements(size: size * 2 / 3, &random)
        for kind in signature.results {
            expression(kind, size: size / 3 / max(1, signature.results.count), &random)
        }
        emit(.end)
    }

    /// The body as the code section has it, without its length.
    var body: [UInt8] {
        var groups: [(Int, ValueKind)] = []
        for kind in locals[signature.parameters.count...] {
            if let last = groups.last, last.1 == kind {
                groups[groups.count - 1].0 += 1
            } else {
                groups.append((1, kind))
            }
        }
        var bytes: [UInt8] = []
        bytes.appendUnsigned(groups.count)
        for (count, kind) in groups {
            bytes.appendUnsigned(count)
            bytes.append(kind.code)
        }
        return bytes + code
    }

    // MARK: emission

    mutating func emit(_ opcode: Opcode) {
        if opcode.page == .single { return code.append(UInt8(opcode.code)) }
        code.append(opcode.page.rawValue)
        code.appendUnsigned(UInt64(opcode.code))
    }

    mutating func emit(_ opcode: Opcode, _ index: Int) {
        emit(opcode)
        code.appendUnsigned(index)
    }

    mutating func emit(_ opcode: Opcode, _ index: Int, _ other: Int) {
        emit(opcode, index)
        code.appendUnsigned(other)
    }

    mutating func constant(i32 value: Int32) {
        emit(.i32Const)
        code.appendSigned(Int64(value))
    }

    mutating func constant(i64 value: Int64) {
        emit(.i64Const)
        code.appendSigned(value)
    }

    mutating func constant(f32 bits: UInt32) {
        emit(.f32Const)
        code.appendLittleEndian(bits)
    }

    mutating func constant(f64 bits: UInt64) {
        emit(.f64Const)
        code.appendLittleEndian(bits)
    }

    mutating func constant(v128 low: UInt64, _ high: UInt64) {
        emit(.v128Const)
        code.appendLittleEndian(low)
        code.appendLittleEndian(high)
    }

    /// An index or a length of the table.
    mutating func tableConstant(_ value: Int) {
        if plan.tableIs64 { constant(i64: Int64(value)) } else { constant(i32: Int32(value)) }
    }

    /// The zero of a type.
    mutating func zero(_ kind: ValueKind) {
        switch kind {
        case .i32: constant(i32: 0)
        case .i64: constant(i64: 0)
        case .f32: constant(f32: 0)
        case .f64: constant(f64: 0)
        case .v128: constant(v128: 0, 0)
        case .funcref, .externref:
            emit(.refNull)
            code.append(kind.code)
        }
    }

    /// The block type of a signature, in the shortest form.
    mutating func blockType(_ parameters: [ValueKind], _ results: [ValueKind]) {
        if parameters.isEmpty, results.count <= 1 {
            code.append(results.first?.code ?? 0x40)
        } else {
            code.appendSigned(Int64(plan.typeIndex(Signature(parameters, results))))
        }
    }

    // MARK: parts

    /// Notes a part. Returns whether it is to be left out.
    mutating func omits(_ random: SeededRandom) -> Bool {
        plan.parts.append(random.state)
        return plan.options.omitted.contains(random.state)
    }

    // MARK: recurring pieces

    /// Takes one from the fuel; without any left the function returns zeros.
    mutating func spendFuel() {
        emit(.globalGet, plan.fuelGlobal)
        constant(i32: 1)
        emit(.i32Sub)
        emit(.globalSet, plan.fuelGlobal)
        emit(.globalGet, plan.fuelGlobal)
        constant(i32: 0)
        emit(.i32LtS)
        emit(.if)
        code.append(0x40)
        for kind in signature.results { zero(kind) }
        emit(.return)
        emit(.end)
    }

    /// Replaces a NaN on top of the stack by the canonical one, because its bits are about to be seen.
    mutating func canonicalize(_ kind: ValueKind) {
        guard kind == .f32 || kind == .f64 else { return }
        let scratch = firstScratch + (kind == .f32 ? 0 : 1)
        emit(.localTee, scratch)
        if kind == .f32 { constant(f32: 0x7FC0_0000) } else { constant(f64: 0x7FF8_0000_0000_0000) }
        emit(.localGet, scratch)
        emit(.localGet, scratch)
        emit(kind == .f32 ? .f32Eq : .f64Eq)
        emit(.select)
    }

    /// The same for the lanes of a vector.
    mutating func canonicalizeLanes(_ equality: Opcode) {
        let scratch = firstScratch + 2
        emit(.localTee, scratch)
        if equality == .f32x4Eq {
            constant(v128: 0x7FC0_0000_7FC0_0000, 0x7FC0_0000_7FC0_0000)
        } else {
            constant(v128: 0x7FF8_0000_0000_0000, 0x7FF8_0000_0000_0000)
        }
        emit(.localGet, scratch)
        emit(.localGet, scratch)
        emit(equality)
        emit(.v128Bitselect)
    }

    /// Indices of the locals of a type.
    func readableLocals(_ kind: ValueKind) -> [Int] {
        (0..<firstScratch).filter { locals[$0] == kind }
    }

    func writableLocals(_ kind: ValueKind) -> [Int] {
        (0..<writableLocals).filter { locals[$0] == kind }
    }

    func globals(_ kind: ValueKind, mutable: Bool) -> [Int] {
        plan.globals.indices.filter {
            $0 != plan.fuelGlobal && plan.globals[$0].kind == kind && (plan.globals[$0].isMutable || !mutable)
        }
    }

    /// Takes values of these types off the stack, the last first, into locals and globals, through operators, or to
    /// nowhere.
    mutating func consume(_ kinds: [ValueKind], _ random: inout SeededRandom) {
        var kinds = kinds
        while let kind = kinds.popLast() {
            if kinds.last == kind, random.chance(percent: 40), let opcode = combination(kind, &random) {
                emit(opcode)
                continue
            }
            let targets = writableLocals(kind)
            let globals = globals(kind, mutable: true)
            if !targets.isEmpty, random.chance(percent: 70) {
                emit(.localSet, random.pick(targets))
            } else if !globals.isEmpty, random.chance(percent: 60) {
                emit(.globalSet, random.pick(globals))
            } else {
                emit(.drop)
            }
        }
    }

    /// An operator that makes one value of two.
    private func combination(_ kind: ValueKind, _ random: inout SeededRandom) -> Opcode? {
        switch kind {
        case .i32: random.pick([.i32Add, .i32Sub, .i32Xor, .i32Mul, .i32Rotl, .i32ShrS])
        case .i64: random.pick([.i64Add, .i64Sub, .i64Xor, .i64Mul, .i64Rotr, .i64Shl])
        case .f32: random.pick([.f32Add, .f32Sub, .f32Mul, .f32Min])
        case .f64: random.pick([.f64Add, .f64Sub, .f64Mul, .f64Max])
        case .v128: random.pick([.v128Xor, .i32x4Add, .i8x16Sub, .i16x8Mul, .v128Andnot])
        case .funcref, .externref: nil
        }
    }
}
