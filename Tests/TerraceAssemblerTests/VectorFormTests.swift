// Every vector operation of the catalog against clang's assembler, in legacy and VEX forms, 128 and 256 bits.

import Testing

@testable import TerraceAssembler

@Suite(.enabled(if: Toolchain.clang != nil, "no clang in PATH: encodings were not compared with its assembler"))
struct VectorFormTests {
    typealias V = VectorRegister
    typealias R = GeneralRegister
    typealias Entry = VectorOperationEntry

    private func v(_ number: UInt8) -> V { V(rawValue: number & 15) }
    private func r(_ number: UInt8) -> R { R(rawValue: number & 15) }
    private let general: [OperandSize] = [.dword, .qword]

    /// Sizes of the general operand that an operation is tested with.
    private func sizes(_ entry: Entry) -> [OperandSize] {
        switch entry.shape {
        case .toGeneral, .fromGeneral, .moveGeneral, .moveQuad: general
        default: entry.operation.has(.wide64) ? [.qword] : [.dword]
        }
    }

    /// `movd` is called `movq` when it moves 64 bits.
    private func name(_ entry: Entry, _ size: OperandSize) -> String {
        entry.shape == .moveGeneral && size == .qword ? "movq" : entry.mnemonic
    }

    /// The size in memory of an operand that may also be a general register.
    private func bits(_ entry: Entry, _ size: OperandSize) -> Int {
        switch entry.shape {
        case .fromGeneral, .moveGeneral: 8 * size.byteCount
        default: entry.memoryBits
        }
    }

    @Test func allLegacyForms() throws {
        var c = Comparison()
        for entry in VectorOperation.catalog where entry.hasLegacyForm { addLegacy(&c, entry) }
        for sample in MemorySample.all {
            c.add("movups xmm9, \(sample.text(bits: 128))") { $0.movups(.xmm9, sample.operand) }
            c.add("movsd \(sample.text(bits: 64)), xmm3") { $0.movsd(sample.operand, .xmm3) }
            c.add("roundsd xmm3, \(sample.text(bits: 64)), 11") { $0.roundsd(.xmm3, sample.operand, 11) }
        }
        for sample in MemorySample.some {
            c.add("ldmxcsr \(sample.text(bits: 32))") { $0.ldmxcsr(sample.operand) }
            c.add("stmxcsr \(sample.text(bits: 32))") { $0.stmxcsr(sample.operand) }
        }
        for (a, b) in allRegisterPairs {
            c.add("addsd \(v(a).text()), \(v(b).text())") { $0.sse(.addsd, v(a), v(b)) }
            c.add("pshufb \(v(a).text()), \(v(b).text())") { $0.sse(.pshufb, v(a), v(b)) }
            c.add("movq \(r(a).text(.qword)), \(v(b).text())") { $0.movq(r(a), v(b)) }
            c.add("cvtsi2sd \(v(a).text()), \(r(b).text(.qword))") { $0.sse(.cvtsi2sd, v(a), r(b), .qword) }
        }
        try c.check()
    }

    private func addLegacy(_ c: inout Comparison, _ entry: Entry) {
        let op = entry.operation
        let tail = entry.immediate ? ", 5" : entry.shape == .blend ? ", xmm0" : ""

        func registers() {
            for (a, b) in registerPairs {
                c.add("\(entry.mnemonic) \(v(a).text()), \(v(b).text())\(tail)") {
                    if entry.immediate { $0.sse(op, v(a), v(b), immediate: 5) } else { $0.sse(op, v(a), v(b)) }
                }
            }
        }
        func loads() {
            for (turn, m) in MemorySample.some.enumerated() {
                let a = v(UInt8(turn * 5))
                c.add("\(entry.mnemonic) \(a.text()), \(m.text(bits: entry.memoryBits))\(tail)") {
                    if entry.immediate { $0.sse(op, a, m.operand, immediate: 5) } else { $0.sse(op, a, m.operand) }
                }
            }
        }
        func stores(_ bits: Int) {
            for (turn, m) in MemorySample.some.enumerated() {
                let a = v(UInt8(turn * 5))
                c.add("\(entry.mnemonic) \(m.text(bits: bits)), \(a.text())\(tail)") {
                    if entry.immediate {
                        $0.sseStore(op, m.operand, a, immediate: 5)
                    } else {
                        $0.sseStore(op, m.operand, a)
                    }
                }
            }
        }
        func shiftImmediates() {
            for a in V.all { c.add("\(entry.mnemonic) \(a.text()), 9") { $0.sse(op, a, immediate: 9) } }
        }
        func toGeneral(_ size: OperandSize) {
            for (a, b) in registerPairs {
                c.add("\(name(entry, size)) \(r(a).text(size)), \(v(b).text())\(tail)") {
                    if entry.immediate {
                        $0.sse(op, r(a), v(b), size, immediate: 5)
                    } else {
                        $0.sse(op, r(a), v(b), size)
                    }
                }
            }
        }
        func fromGeneral(_ size: OperandSize) {
            for (a, b) in registerPairs {
                c.add("\(name(entry, size)) \(v(a).text()), \(r(b).text(size))\(tail)") {
                    if entry.immediate {
                        $0.sse(op, v(a), r(b), size, immediate: 5)
                    } else {
                        $0.sse(op, v(a), r(b), size)
                    }
                }
            }
        }

        switch entry.shape {
        case .vector, .blend: registers(); loads()
        case .registers: registers()
        case .load: loads()
        case .store: stores(entry.memoryBits)
        case .move, .moveScalar, .moveQuad: registers(); loads(); stores(entry.memoryBits)
        case .moveHalf: loads(); stores(entry.memoryBits)
        case .shift: registers(); loads(); shiftImmediates()
        case .shiftBytes: shiftImmediates()
        case .moveGeneral:
            for size in general {
                fromGeneral(size)
                toGeneral(size)
                for m in MemorySample.some where size == .dword {
                    c.add("movd xmm9, \(m.text(size))") { $0.sse(op, .xmm9, m.operand, size) }
                    c.add("movd \(m.text(size)), xmm9") { $0.sseStore(op, m.operand, .xmm9) }
                }
            }
        case .toGeneral:
            for size in general {
                toGeneral(size)
                for m in MemorySample.some {
                    c.add("\(entry.mnemonic) \(R.r9.text(size)), \(m.text(bits: entry.memoryBits))") {
                        $0.sse(op, .r9, m.operand, size)
                    }
                }
            }
        case .toGeneralRegister: toGeneral(.dword)
        case .fromGeneral:
            for size in general {
                fromGeneral(size)
                for m in MemorySample.some {
                    c.add("\(entry.mnemonic) xmm9, \(m.text(size))") { $0.sse(op, .xmm9, m.operand, size) }
                }
            }
        case .insert: fromGeneral(sizes(entry)[0]); loads()
        case .extract, .extractWord: toGeneral(sizes(entry)[0]); stores(entry.memoryBits)
        case .broadcast, .insertHalf, .extractHalf, .storeHalf: break
        }
    }

    @Test func allVEXForms() throws {
        var c = Comparison()
        for entry in VectorOperation.catalog where entry.hasVEXForm {
            if entry.wide != .only { addVEX(&c, entry, wide: false) }
            if entry.wide != .none { addVEX(&c, entry, wide: true) }
        }
        for sample in MemorySample.all {
            c.add("vmovups ymm9, \(sample.text(bits: 256))") { $0.avx(.movups, .xmm9, sample.operand, wide: true) }
            c.add("vaddsd xmm1, xmm11, \(sample.text(bits: 64))") { $0.avx(.addsd, .xmm1, .xmm11, sample.operand) }
            c.add("vroundsd xmm1, xmm11, \(sample.text(bits: 64)), 11") {
                $0.avx(.roundsd, .xmm1, .xmm11, sample.operand, immediate: 11)
            }
        }
        try c.check()
    }

    private func addVEX(_ c: inout Comparison, _ entry: Entry, wide: Bool) {
        let op = entry.operation
        let mnemonic = entry.operation.has(.vexOnly) ? entry.mnemonic : "v" + entry.mnemonic
        let tail = entry.immediate ? ", 5" : ""
        // Where the last register is extended clang may swap operands or take the store's code for a shorter prefix.
        let prefix = "{vex3} "
        let three = entry.hasThreeOperands
        let wideSource = wide && entry.wide != .halfSource
        let wideDestination = wide && entry.wide != .halfDestination
        let memoryBits: Int =
            switch entry.shape {
            case .broadcast, .insertHalf, .extractHalf: entry.memoryBits
            case .load where entry.operation.has(.vexOnly): entry.memoryBits
            default: entry.mnemonic == "movddup" && wide ? 256 : wide ? 2 * entry.memoryBits : entry.memoryBits
            }

        func two(_ source: Bool, _ destination: Bool) {
            for (a, b) in registerPairs {
                c.add("\(b > 7 ? prefix : "")\(mnemonic) \(v(a).text(destination)), \(v(b).text(source))\(tail)") {
                    if entry.immediate {
                        $0.avx(op, v(a), v(b), immediate: 5, wide: wide)
                    } else {
                        $0.avx(op, v(a), v(b), wide: wide)
                    }
                }
            }
        }
        func threeRegisters(lastWide: Bool) {
            for (a, b, d) in registerTriples {
                let text = "\(v(a).text(wide)), \(v(b).text(wide)), \(v(d).text(lastWide))"
                c.add("\(d > 7 ? prefix : "")\(mnemonic) \(text)\(tail)") {
                    if entry.immediate {
                        $0.avx(op, v(a), v(b), v(d), immediate: 5, wide: wide)
                    } else {
                        $0.avx(op, v(a), v(b), v(d), wide: wide)
                    }
                }
            }
        }
        func registers() { three ? threeRegisters(lastWide: wide) : two(wideSource, wideDestination) }
        func loads(three: Bool) {
            for (turn, m) in MemorySample.some.enumerated() {
                let (a, b) = (v(UInt8(turn * 5)), v(UInt8(turn * 3 + 1)))
                let registers = three ? "\(a.text(wide)), \(b.text(wide))" : a.text(wideDestination)
                c.add("\(mnemonic) \(registers), \(m.text(bits: memoryBits))\(tail)") {
                    switch (three, entry.immediate) {
                    case (true, true): $0.avx(op, a, b, m.operand, immediate: 5, wide: wide)
                    case (true, false): $0.avx(op, a, b, m.operand, wide: wide)
                    case (false, true): $0.avx(op, a, m.operand, immediate: 5, wide: wide)
                    case (false, false): $0.avx(op, a, m.operand, wide: wide)
                    }
                }
            }
        }
        func stores() {
            for (turn, m) in MemorySample.some.enumerated() {
                let a = v(UInt8(turn * 5))
                c.add("\(mnemonic) \(m.text(bits: memoryBits)), \(a.text(wide))\(tail)") {
                    if entry.immediate {
                        $0.avxStore(op, m.operand, a, immediate: 5, wide: wide)
                    } else {
                        $0.avxStore(op, m.operand, a, wide: wide)
                    }
                }
            }
        }
        func halfStores() {
            for (a, b) in registerPairs {
                c.add("\(mnemonic) \(v(a).text()), \(v(b).text(wide)), 5") {
                    $0.avx(op, v(a), v(b), immediate: 5, wide: wide)
                }
            }
            stores()
        }
        func shiftImmediates() {
            for (a, b) in registerPairs {
                c.add("\(mnemonic) \(v(a).text(wide)), \(v(b).text(wide)), 9") {
                    $0.avx(op, v(a), v(b), immediate: 9, wide: wide)
                }
            }
        }
        func vexName(_ size: OperandSize) -> String { "v" + name(entry, size) }
        func toGeneral(_ size: OperandSize) {
            for (a, b) in registerPairs {
                c.add("\(vexName(size)) \(r(a).text(size)), \(v(b).text(wide))\(tail)") {
                    if entry.immediate {
                        $0.avx(op, r(a), v(b), size, immediate: 5)
                    } else {
                        $0.avx(op, r(a), v(b), size, wide: wide)
                    }
                }
            }
        }
        func fromGeneral(_ size: OperandSize) {
            for (a, b, d) in registerTriples {
                let middle = three ? ", \(v(b).text())" : ""
                c.add("\(vexName(size)) \(v(a).text())\(middle), \(r(d).text(size))\(tail)") {
                    switch (three, entry.immediate) {
                    case (true, true): $0.avx(op, v(a), v(b), r(d), size, immediate: 5)
                    case (true, false): $0.avx(op, v(a), v(b), r(d), size)
                    default: $0.avx(op, v(a), r(d), size)
                    }
                }
            }
        }

        switch entry.shape {
        case .vector: registers(); loads(three: three)
        case .registers: registers()
        case .load: loads(three: three)
        case .store: stores()
        case .move, .moveQuad: registers(); loads(three: false); stores()
        case .moveScalar: registers(); loads(three: false); stores()
        case .moveHalf: loads(three: true); stores()
        case .shift:
            threeRegisters(lastWide: false)
            for m in MemorySample.some {
                c.add("\(mnemonic) \(V.xmm9.text(wide)), \(V.xmm3.text(wide)), \(m.text(bits: 128))") {
                    $0.avx(op, .xmm9, .xmm3, m.operand, wide: wide)
                }
            }
            shiftImmediates()
        case .shiftBytes: shiftImmediates()
        case .moveGeneral:
            for size in general {
                fromGeneral(size)
                toGeneral(size)
                for m in MemorySample.some where size == .dword {
                    c.add("vmovd xmm9, \(m.text(size))") { $0.avx(op, .xmm9, m.operand, size) }
                    c.add("vmovd \(m.text(size)), xmm9") { $0.avxStore(op, m.operand, .xmm9) }
                }
            }
        case .toGeneral:
            for size in general {
                toGeneral(size)
                for m in MemorySample.some {
                    c.add("\(mnemonic) \(R.r9.text(size)), \(m.text(bits: entry.memoryBits))") {
                        $0.avx(op, .r9, m.operand, size)
                    }
                }
            }
        case .toGeneralRegister: toGeneral(.dword)
        case .fromGeneral:
            for size in general {
                fromGeneral(size)
                for m in MemorySample.some {
                    c.add("\(mnemonic) xmm9, xmm4, \(m.text(size))") { $0.avx(op, .xmm9, .xmm4, m.operand, size) }
                }
            }
        case .insert: fromGeneral(sizes(entry)[0]); loads(three: true)
        case .extract, .extractWord: toGeneral(sizes(entry)[0]); stores()
        case .blend:
            for (a, b, d) in registerTriples {
                let text = "\(v(a).text(wide)), \(v(b).text(wide)), \(v(d).text(wide)), \(v(a &+ b).text(wide))"
                c.add("\(mnemonic) \(text)") { $0.avxBlend(op, v(a), v(b), v(d), v(a &+ b), wide: wide) }
            }
            for m in MemorySample.some {
                let registers = "\(V.xmm9.text(wide)), \(V.xmm3.text(wide))"
                c.add("\(mnemonic) \(registers), \(m.text(bits: memoryBits)), \(V.xmm12.text(wide))") {
                    $0.avxBlend(op, .xmm9, .xmm3, m.operand, .xmm12, wide: wide)
                }
            }
        case .broadcast: two(false, wide); loads(three: false)
        case .insertHalf: threeRegisters(lastWide: false); loads(three: true)
        case .extractHalf, .storeHalf: halfStores()
        }
    }
}
