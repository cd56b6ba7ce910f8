// Integer instructions against clang's assembler: forms × sizes × registers × addresses.

import Testing

@testable import TerraceAssembler

@Suite(.enabled(if: Toolchain.clang != nil, "no clang in PATH: encodings were not compared with its assembler"))
struct IntegerFormTests {
    static let wordAndUp: [OperandSize] = [.word, .dword, .qword]
    static let large: [OperandSize] = [.dword, .qword]
    typealias R = GeneralRegister

    /// Adds `name a, b` for the given sizes with registers in both places.
    private func pairs(
        _ c: inout Comparison, _ name: String, _ sizes: [OperandSize], all: Bool = false, suffix: String = "",
        _ emit: (inout Assembler, OperandSize, R, R) -> Void
    ) {
        for size in sizes {
            for (first, second) in all ? allRegisterPairs : registerPairs {
                let (a, b) = (R(rawValue: first), R(rawValue: second))
                c.add("\(name) \(a.text(size)), \(b.text(size))\(suffix)") { emit(&$0, size, a, b) }
            }
        }
    }

    /// Adds `name a, [m]` or `name [m], a`, registers in turn.
    private func memory(
        _ c: inout Comparison, _ name: String, _ sizes: [OperandSize], all: Bool = false, store: Bool = false,
        suffix: String = "", _ emit: (inout Assembler, OperandSize, R, MemoryOperand) -> Void
    ) {
        var turn: UInt8 = 1
        for size in sizes {
            for sample in all ? MemorySample.all : MemorySample.some {
                let register = R(rawValue: turn & 15)
                turn &+= 5
                let (r, m) = (register.text(size), sample.text(size))
                c.add("\(name) \(store ? "\(m), \(r)" : "\(r), \(m)")\(suffix)") {
                    emit(&$0, size, register, sample.operand)
                }
            }
        }
    }

    /// Adds `name a` and `name [m]`.
    private func unary(
        _ c: inout Comparison, _ name: String, _ sizes: [OperandSize], suffix: String = "",
        _ register: (inout Assembler, OperandSize, R) -> Void,
        _ memory: (inout Assembler, OperandSize, MemoryOperand) -> Void
    ) {
        for size in sizes {
            for r in R.all { c.add("\(name) \(r.text(size))\(suffix)") { register(&$0, size, r) } }
            for m in MemorySample.some {
                c.add("\(name) \(m.text(size))\(suffix)") { memory(&$0, size, m.operand) }
            }
        }
    }

    @Test func movesOfAllSizesWithAllRegistersAndAddresses() throws {
        var c = Comparison()
        pairs(&c, "mov", OperandSize.allCases, all: true) { $0.mov($1, $2, $3) }
        memory(&c, "mov", OperandSize.allCases, all: true) { $0.mov($1, $2, $3) }
        memory(&c, "mov", OperandSize.allCases, all: true, store: true) { $0.mov($1, $3, $2) }
        memory(&c, "lea", Self.large) { $0.lea($1, $2, $3) }
        for size in OperandSize.allCases {
            for sample in MemorySample.all {
                c.add("mov \(sample.text(size)), 0x12") { $0.movImmediate(size, sample.operand, 0x12) }
            }
        }
        try c.check()
    }

    @Test func immediateMovesTakeTheShortestForm() throws {
        var c = Comparison()
        for r in R.all {
            for value: UInt64 in [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] {
                c.add("mov \(r.text(.dword)), \(value)") { $0.movImmediate(r, value) }
            }
            for value: Int64 in [-1, -128, -0x8000_0000] {
                c.add("mov \(r.text(.qword)), \(value)") { $0.movImmediate(r, UInt64(bitPattern: value)) }
            }
            for value: UInt64 in [0x1_0000_0000, 0x1234_5678_9ABC_DEF0, 0xFFFF_FFFF_7FFF_FFFF] {
                c.add("movabs \(r.text(.qword)), \(value)") { $0.movImmediate(r, value) }
            }
            c.add("xor \(r.text(.dword)), \(r.text(.dword))") { $0.zero(r) }
        }
        for value: Int32 in [.min, -1, 0, 1, .max] {
            c.add("mov qword ptr [rax], \(value)") { $0.movImmediate(.qword, MemoryOperand(.rax), value) }
            c.add("mov dword ptr [rax], \(value)") { $0.movImmediate(.dword, MemoryOperand(.rax), value) }
            let word = Int16(truncatingIfNeeded: value)
            c.add("mov word ptr [r9], \(word)") { $0.movImmediate(.word, MemoryOperand(.r9), value) }
            let byte = Int8(truncatingIfNeeded: value)
            c.add("mov byte ptr [r9], \(byte)") { $0.movImmediate(.byte, MemoryOperand(.r9), value) }
        }
        try c.check()
    }

    @Test func extensions() throws {
        var c = Comparison()
        for from: OperandSize in [.byte, .word] {
            for (first, second) in allRegisterPairs {
                let (a, b) = (R(rawValue: first), R(rawValue: second))
                c.add("movzx \(a.text(.dword)), \(b.text(from))") { $0.movzx(from: from, a, b) }
            }
            for m in MemorySample.some {
                c.add("movzx r10d, \(m.text(from))") { $0.movzx(from: from, .r10, m.operand) }
            }
        }
        for from: OperandSize in [.byte, .word, .dword] {
            for to in Self.large where from != to {
                let name = from == .dword ? "movsxd" : "movsx"
                for (first, second) in allRegisterPairs {
                    let (a, b) = (R(rawValue: first), R(rawValue: second))
                    c.add("\(name) \(a.text(to)), \(b.text(from))") { $0.movsx(from: from, to: to, a, b) }
                }
                for m in MemorySample.some {
                    c.add("\(name) \(R.rsi.text(to)), \(m.text(from))") {
                        $0.movsx(from: from, to: to, .rsi, m.operand)
                    }
                }
            }
        }
        try c.check()
    }

    @Test func theEightOperations() throws {
        var c = Comparison()
        for op in ArithmeticOperation.allCases {
            pairs(&c, "\(op)", OperandSize.allCases) { $0.alu(op, $1, $2, $3) }
            memory(&c, "\(op)", OperandSize.allCases, all: op == .cmp) { $0.alu(op, $1, $2, $3) }
            memory(&c, "\(op)", OperandSize.allCases, store: true) { $0.alu(op, $1, $3, $2) }
            for value: Int32 in [0, 1, -1, 127, -128, 128, -129, 0x7FFF, 0x1234_5678, .min, .max] {
                for size in OperandSize.allCases {
                    let bits = 8 * size.byteCount
                    if bits < 32 && (value >= 1 << (bits - 1) || value < -1 << (bits - 1)) { continue }
                    unary(
                        &c, "\(op)", [size], suffix: ", \(value)", { $0.alu(op, $1, $2, immediate: value) },
                        { $0.alu(op, $1, $2, immediate: value) })
                }
            }
        }
        for m in MemorySample.all {
            c.add("cmp \(m.text(.dword)), 0x1234567") { $0.alu(.cmp, .dword, m.operand, immediate: 0x123_4567) }
            c.add("add \(m.text(.word)), 0x1234") { $0.alu(.add, .word, m.operand, immediate: 0x1234) }
        }
        try c.check()
    }

    @Test func tests() throws {
        var c = Comparison()
        pairs(&c, "test", OperandSize.allCases) { $0.test($1, $2, $3) }
        memory(&c, "test", OperandSize.allCases, store: true) { $0.test($1, $3, $2) }
        unary(
            &c, "test", OperandSize.allCases, suffix: ", 0x41", { $0.test($1, $2, immediate: 0x41) },
            { $0.test($1, $2, immediate: 0x41) })
        try c.check()
    }

    @Test func multiplicationAndDivision() throws {
        var c = Comparison()
        pairs(&c, "imul", Self.wordAndUp) { $0.imul($1, $2, $3) }
        memory(&c, "imul", Self.wordAndUp) { $0.imul($1, $2, $3) }
        for value: Int32 in [3, -128, 1000] {
            pairs(&c, "imul", Self.wordAndUp, suffix: ", \(value)") { $0.imul($1, $2, $3, immediate: value) }
            memory(&c, "imul", Self.wordAndUp, suffix: ", \(value)") { $0.imul($1, $2, $3, immediate: value) }
        }
        unary(&c, "mul", OperandSize.allCases, { $0.mul($1, $2) }, { $0.mul($1, $2) })
        unary(&c, "imul", OperandSize.allCases, { $0.imulWide($1, $2) }, { $0.imulWide($1, $2) })
        unary(&c, "div", OperandSize.allCases, { $0.div($1, $2) }, { $0.div($1, $2) })
        unary(&c, "idiv", OperandSize.allCases, { $0.idiv($1, $2) }, { $0.idiv($1, $2) })
        unary(&c, "neg", OperandSize.allCases, { $0.neg($1, $2) }, { $0.neg($1, $2) })
        unary(&c, "not", OperandSize.allCases, { $0.not($1, $2) }, { $0.not($1, $2) })
        unary(&c, "inc", OperandSize.allCases, { $0.inc($1, $2) }, { $0.inc($1, $2) })
        unary(&c, "dec", OperandSize.allCases, { $0.dec($1, $2) }, { $0.dec($1, $2) })
        c.add("cdq") { $0.cdq() }
        c.add("cqo") { $0.cqo() }
        try c.check()
    }

    @Test func conditions() throws {
        var c = Comparison()
        for condition in Condition.allCases {
            pairs(&c, "cmov\(condition)", Self.wordAndUp) { $0.cmov(condition, $1, $2, $3) }
            memory(&c, "cmov\(condition)", Self.wordAndUp) { $0.cmov(condition, $1, $2, $3) }
            unary(&c, "set\(condition)", [.byte], { $0.setcc(condition, $2) }, { $0.setcc(condition, $2) })
        }
        try c.check()
    }

    @Test func shiftsAndRotations() throws {
        var c = Comparison()
        for op in ShiftOperation.allCases {
            for count: UInt8 in [1, 2, 7] {
                unary(
                    &c, "\(op)", OperandSize.allCases, suffix: ", \(count)",
                    { $0.shift(op, $1, $2, immediate: count) }, { $0.shift(op, $1, $2, immediate: count) })
            }
            unary(
                &c, "\(op)", OperandSize.allCases, suffix: ", cl", { $0.shiftByCL(op, $1, $2) },
                { $0.shiftByCL(op, $1, $2) })
        }
        pairs(&c, "shld", Self.wordAndUp, suffix: ", 5") { $0.shld($1, $2, $3, immediate: 5) }
        pairs(&c, "shrd", Self.wordAndUp, suffix: ", 5") { $0.shrd($1, $2, $3, immediate: 5) }
        pairs(&c, "shld", Self.wordAndUp, suffix: ", cl") { $0.shldByCL($1, $2, $3) }
        pairs(&c, "shrd", Self.wordAndUp, suffix: ", cl") { $0.shrdByCL($1, $2, $3) }
        try c.check()
    }

    @Test func bitCountsAndBitTests() throws {
        var c = Comparison()
        pairs(&c, "bsf", Self.wordAndUp) { $0.bsf($1, $2, $3) }
        pairs(&c, "bsr", Self.wordAndUp) { $0.bsr($1, $2, $3) }
        pairs(&c, "lzcnt", Self.wordAndUp) { $0.lzcnt($1, $2, $3) }
        pairs(&c, "tzcnt", Self.wordAndUp) { $0.tzcnt($1, $2, $3) }
        pairs(&c, "popcnt", Self.wordAndUp) { $0.popcnt($1, $2, $3) }
        memory(&c, "bsf", Self.wordAndUp) { $0.bsf($1, $2, $3) }
        memory(&c, "bsr", Self.wordAndUp) { $0.bsr($1, $2, $3) }
        memory(&c, "lzcnt", Self.wordAndUp) { $0.lzcnt($1, $2, $3) }
        memory(&c, "tzcnt", Self.wordAndUp) { $0.tzcnt($1, $2, $3) }
        memory(&c, "popcnt", Self.wordAndUp) { $0.popcnt($1, $2, $3) }
        unary(&c, "bt", Self.wordAndUp, suffix: ", 9", { $0.bt($1, $2, 9) }, { $0.bt($1, $2, 9) })
        pairs(&c, "bt", Self.wordAndUp) { $0.bt($1, $2, $3) }
        for (name, op) in [("bts", BitTestOperation.set), ("btr", .reset), ("btc", .complement)] {
            unary(
                &c, name, Self.wordAndUp, suffix: ", 9", { $0.bitTest(op, $1, $2, immediate: 9) },
                { $0.bitTest(op, $1, $2, immediate: 9) })
            pairs(&c, name, Self.wordAndUp) { $0.bitTest(op, $1, $2, $3) }
        }
        for size in Self.large { for r in R.all { c.add("bswap \(r.text(size))") { $0.bswap(size, r) } } }
        for (first, second) in registerPairs {
            let (a, b) = (R(rawValue: first), R(rawValue: second))
            c.add("crc32 \(a.text(.dword)), \(b.text(.byte))") { $0.crc32(.byte, a, b) }
            c.add("crc32 \(a.text(.dword)), \(b.text(.dword))") { $0.crc32(.dword, a, b) }
            c.add("crc32 \(a.text(.qword)), \(b.text(.qword))") { $0.crc32(.qword, a, b) }
        }
        try c.check()
    }

    @Test func bitManipulationWithVEX() throws {
        var c = Comparison()
        for size in Self.large {
            for (first, second, third) in registerTriples {
                let (a, b, d) = (R(rawValue: first), R(rawValue: second), R(rawValue: third))
                let text = "\(a.text(size)), \(b.text(size)), \(d.text(size))"
                c.add("shlx \(text)") { $0.shlx(size, a, b, d) }
                c.add("shrx \(text)") { $0.shrx(size, a, b, d) }
                c.add("sarx \(text)") { $0.sarx(size, a, b, d) }
                c.add("andn \(text)") { $0.andn(size, a, b, d) }
                c.add("mulx \(text)") { $0.mulx(size, a, b, d) }
                c.add("bextr \(text)") { $0.bextr(size, a, b, d) }
                c.add("bzhi \(text)") { $0.bzhi(size, a, b, d) }
                c.add("pdep \(text)") { $0.pdep(size, a, b, d) }
                c.add("pext \(text)") { $0.pext(size, a, b, d) }
            }
            pairs(&c, "rorx", [size], suffix: ", 13") { $0.rorx($1, $2, $3, 13) }
            pairs(&c, "blsr", [size]) { $0.blsr($1, $2, $3) }
            pairs(&c, "blsi", [size]) { $0.blsi($1, $2, $3) }
            pairs(&c, "blsmsk", [size]) { $0.blsmsk($1, $2, $3) }
            let nine = R.r9.text(size)
            memory(&c, "shlx", [size], suffix: ", \(nine)") { $0.shlx($1, $2, $3, .r9) }
            memory(&c, "shrx", [size], suffix: ", \(nine)") { $0.shrx($1, $2, $3, .r9) }
            memory(&c, "sarx", [size], suffix: ", \(nine)") { $0.sarx($1, $2, $3, .r9) }
            memory(&c, "bextr", [size], suffix: ", \(nine)") { $0.bextr($1, $2, $3, .r9) }
            memory(&c, "rorx", [size], suffix: ", 13") { $0.rorx($1, $2, $3, 13) }
            memory(&c, "andn \(nine),", [size]) { $0.andn($1, .r9, $2, $3) }
            memory(&c, "mulx \(nine),", [size]) { $0.mulx($1, .r9, $2, $3) }
        }
        try c.check()
    }

    @Test func exchangesAndLockedOperations() throws {
        var c = Comparison()
        // clang puts the size prefix in front of the lock prefix, we put it behind.
        let lock = ".byte 0xf0;"
        for size in OperandSize.allCases {
            // With rax clang takes a shorter form, which we do not.
            for (first, second) in registerPairs where (first != 0 && second != 0) || size == .byte {
                let (a, b) = (R(rawValue: first), R(rawValue: second))
                c.add("xchg \(a.text(size)), \(b.text(size))") { $0.xchg(size, a, b) }
            }
            for op in ArithmeticOperation.allCases where op != .cmp {
                memory(&c, "\(lock) \(op)", [size], store: true) { $0.lockAlu(op, $1, $3, $2) }
                for m in MemorySample.some {
                    c.add("\(lock) \(op) \(m.text(size)), 5") { $0.lockAlu(op, size, m.operand, immediate: 5) }
                }
            }
            for m in MemorySample.some {
                c.add("\(lock) inc \(m.text(size))") { $0.lockInc(size, m.operand) }
                c.add("\(lock) dec \(m.text(size))") { $0.lockDec(size, m.operand) }
                c.add("\(lock) not \(m.text(size))") { $0.lockNot(size, m.operand) }
                c.add("\(lock) neg \(m.text(size))") { $0.lockNeg(size, m.operand) }
            }
            memory(&c, "xchg", [size], store: true) { $0.xchg($1, $3, $2) }
            memory(&c, "\(lock) xadd", [size], store: true) { $0.lockXadd($1, $3, $2) }
            memory(&c, "\(lock) cmpxchg", [size], store: true) { $0.lockCmpxchg($1, $3, $2) }
        }
        memory(&c, "movbe", Self.wordAndUp) { $0.movbe($1, $2, $3) }
        memory(&c, "movbe", Self.wordAndUp, store: true) { $0.movbe($1, $3, $2) }
        for m in MemorySample.some {
            c.add("\(lock) cmpxchg16b \(m.text(bits: 128))") { $0.lockCmpxchg16b(m.operand) }
        }
        c.add("mfence") { $0.mfence() }
        c.add("lfence") { $0.lfence() }
        c.add("sfence") { $0.sfence() }
        try c.check()
    }

    @Test func stackAndControl() throws {
        var c = Comparison()
        for r in R.all {
            c.add("push \(r.text(.qword))") { $0.push(r) }
            c.add("pop \(r.text(.qword))") { $0.pop(r) }
            c.add("jmp \(r.text(.qword))") { $0.jmp(r) }
            c.add("call \(r.text(.qword))") { $0.call(r) }
        }
        for m in MemorySample.some {
            c.add("push \(m.text(.qword))") { $0.push(m.operand) }
            c.add("pop \(m.text(.qword))") { $0.pop(m.operand) }
            c.add("jmp \(m.text(.qword))") { $0.jmp(m.operand) }
            c.add("call \(m.text(.qword))") { $0.call(m.operand) }
        }
        for value: Int32 in [0, 127, -128, 128, .min, .max] { c.add("push \(value)") { $0.pushImmediate(value) } }
        c.add("ret") { $0.ret() }
        c.add("ret 0x1230") { $0.ret(pop: 0x1230) }
        c.add("leave") { $0.leave() }
        c.add("ud2") { $0.ud2() }
        c.add("int3") { $0.int3() }
        c.add("pause") { $0.pause() }
        c.add("rep movsb") { $0.repMovsb() }
        c.add("rep stosb") { $0.repStosb() }
        c.add("vzeroupper") { $0.vzeroupper() }
        let nops = [
            "nop", "xchg ax, ax", "nop dword ptr [rax]", ".byte 0x0f, 0x1f, 0x40, 0", ".byte 0x0f, 0x1f, 0x44, 0, 0",
            ".byte 0x66, 0x0f, 0x1f, 0x44, 0, 0", ".byte 0x0f, 0x1f, 0x80, 0, 0, 0, 0",
            ".byte 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0", ".byte 0x66, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0",
        ]
        for (index, text) in nops.enumerated() { c.add(text) { $0.nop(index + 1) } }
        try c.check()
    }
}
