#!/usr/bin/env python3
"""modules.py FOLDER: writes generated-500.wasm, generated-20000.wasm and big.wasm (5 MB).

The modules are WASI commands made of functions of one kind: locals of all number types, expressions, loads and stores,
branches, counted loops, calls to other functions while there is fuel. `_start` calls a handful of them, so that
of big.wasm little is ever run. The same input gives the same bytes. Function sizes do not depend on their number, so the
cost of compiling per byte can be compared between 500 and 20,000.
"""
import os
import random
import struct
import sys

I32, I64, F32, F64 = 0x7F, 0x7E, 0x7D, 0x7C
TYPES = (I32, I64, F32, F64)
MASK = 0xFFF8  # addresses are masked to the first page


def unsigned(value):
    out = bytearray()
    while True:
        byte = value & 0x7F
        value >>= 7
        if value == 0:
            out.append(byte)
            return bytes(out)
        out.append(byte | 0x80)


def signed(value):
    out = bytearray()
    while True:
        byte = value & 0x7F
        value >>= 7
        if (value == 0 and not byte & 0x40) or (value == -1 and byte & 0x40):
            out.append(byte)
            return bytes(out)
        out.append(byte | 0x80)


def section(number, content):
    return bytes([number]) + unsigned(len(content)) + content


def vector(items):
    return unsigned(len(items)) + b"".join(items)


# Binary and unary operators by type: opcodes that neither trap nor differ between engines.
BINARY = {
    I32: [0x6A, 0x6B, 0x6C, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78],
    I64: [0x7C, 0x7D, 0x7E, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A],
    F32: [0x92, 0x93, 0x94, 0x96, 0x97],
    F64: [0xA0, 0xA1, 0xA2, 0xA4, 0xA5],
}
COMPARE = {I32: range(0x46, 0x50), I64: range(0x51, 0x5B), F32: range(0x5B, 0x61), F64: range(0x61, 0x67)}
UNARY = {I32: [0x67, 0x68, 0x69, 0xC0, 0xC1], I64: [0x79, 0x7A, 0x7B, 0xC2, 0xC4], F32: [0x8B, 0x8C, 0x8D, 0x91], F64: [0x99, 0x9A, 0x9B, 0x9F]}
CONVERT = {
    I32: [(0xA7, I64), (0xBC, F32)],
    I64: [(0xAC, I32), (0xAD, I32), (0xBD, F64)],
    F32: [(0xB2, I32), (0xB6, F64), (0xBE, I32)],
    F64: [(0xB7, I32), (0xB9, I64), (0xBB, F32)],
}
LOAD = {I32: [(0x28, 2), (0x2C, 0), (0x2D, 0), (0x2F, 1)], I64: [(0x29, 3), (0x30, 0), (0x35, 2)], F32: [(0x2A, 2)], F64: [(0x2B, 3)]}
STORE = {I32: [(0x36, 2), (0x3A, 0), (0x3B, 1)], I64: [(0x37, 3), (0x3E, 2)], F32: [(0x38, 2)], F64: [(0x39, 3)]}


class Function:
    """Writes one function's body."""

    def __init__(self, source, signatures, index, count):
        self.source, self.signatures, self.count = source, signatures, count
        parameters, self.results = signatures[index % len(signatures)]
        self.locals = list(parameters)
        extra = [(source.randint(1, 4), kind) for kind in source.sample(TYPES, source.randint(1, 3))]
        for number, kind in extra:
            self.locals += [kind] * number
        self.counter = len(self.locals)  # one i32 per nesting level of loops
        self.declared = extra + [(3, I32)]
        self.code = bytearray()
        self.loops = 0

    def emit(self, *parts):
        for part in parts:
            self.code += bytes([part]) if isinstance(part, int) else part

    def constant(self, kind):
        source = self.source
        if kind == I32:
            self.emit(0x41, signed(source.choice((source.randint(-64, 63), source.randint(-(2**31), 2**31 - 1)))))
        elif kind == I64:
            self.emit(0x42, signed(source.choice((source.randint(-64, 63), source.randint(-(2**63), 2**63 - 1)))))
        elif kind == F32:
            self.emit(0x43, struct.pack("<f", source.randint(-1000, 1000) / 8))
        else:
            self.emit(0x44, struct.pack("<d", source.randint(-100000, 100000) / 16))

    def local(self, kind):
        candidates = [i for i, k in enumerate(self.locals) if k == kind]
        return self.source.choice(candidates) if candidates else None

    def address(self, depth):
        self.expression(I32, depth - 1)
        self.emit(0x41, signed(MASK), 0x71)

    def expression(self, kind, depth):
        source = self.source
        roll = source.random()
        if depth <= 0 or roll < 0.25:
            index = self.local(kind)
            if index is not None and source.random() < 0.75:
                self.emit(0x20, unsigned(index))
            else:
                self.constant(kind)
        elif roll < 0.65:
            self.expression(kind, depth - 1)
            self.expression(kind, depth - 1)
            self.emit(source.choice(BINARY[kind]))
        elif roll < 0.72:
            self.expression(kind, depth - 1)
            self.emit(source.choice(UNARY[kind]))
        elif roll < 0.78:
            opcode, other = source.choice(CONVERT[kind])
            self.expression(other, depth - 1)
            self.emit(opcode)
        elif roll < 0.92:
            opcode, align = source.choice(LOAD[kind])
            self.address(depth)
            self.emit(opcode, unsigned(align), unsigned(source.randint(0, 200)))
        elif roll < 0.96:
            self.expression(kind, depth - 1)
            self.expression(kind, depth - 1)
            self.condition(depth - 1)
            self.emit(0x1B)
        elif kind == I32:
            self.condition(depth - 1)
        else:
            self.constant(kind)

    def condition(self, depth):
        kind = self.source.choice(TYPES)
        self.expression(kind, depth - 1)
        self.expression(kind, depth - 1)
        self.emit(self.source.choice(COMPARE[kind]))

    def statement(self, depth):
        source = self.source
        roll = source.random()
        if roll < 0.45:
            kind = source.choice(self.locals)
            self.expression(kind, 3)
            self.emit(0x21, unsigned(self.local(kind)))
        elif roll < 0.65:
            kind = source.choice(TYPES)
            opcode, align = source.choice(STORE[kind])
            self.address(2)
            self.expression(kind, 2)
            self.emit(opcode, unsigned(align), unsigned(source.randint(0, 200)))
        elif roll < 0.80:
            self.call()
        elif depth > 0 and roll < 0.93:
            self.condition(2)
            self.emit(0x04, 0x40)
            self.statements(source.randint(1, 3), depth - 1)
            if source.random() < 0.4:
                self.emit(0x05)
                self.statements(source.randint(1, 3), depth - 1)
            self.emit(0x0B)
        elif depth > 0 and self.loops < 3:
            counter = self.counter + self.loops
            self.loops += 1
            self.emit(0x41, signed(source.randint(1, 4)), 0x21, unsigned(counter), 0x02, 0x40, 0x03, 0x40)
            self.statements(source.randint(1, 2), depth - 1)
            if source.random() < 0.3:
                self.condition(2)
                self.emit(0x0D, unsigned(1))
            self.emit(0x20, unsigned(counter), 0x41, signed(1), 0x6B, 0x22, unsigned(counter), 0x0D, unsigned(0), 0x0B, 0x0B)
            self.loops -= 1

    def call(self):
        """Calls some function, and drops or keeps its result, if there is fuel left (global 0)."""
        target = self.source.randrange(self.count)
        parameters, results = self.signatures[target % len(self.signatures)]
        self.emit(0x23, unsigned(0), 0x04, 0x40, 0x23, unsigned(0), 0x41, signed(1), 0x6B, 0x24, unsigned(0))
        for kind in parameters:
            self.expression(kind, 1)
        self.emit(0x10, unsigned(target))
        for kind in results:
            index = self.local(kind)
            self.emit(*((0x1A,) if index is None else (0x21, unsigned(index))))
        self.emit(0x0B)

    def statements(self, number, depth):
        for _ in range(number):
            self.statement(depth)

    def body(self):
        self.statements(self.source.randint(4, 12), 2)
        for kind in self.results:
            self.expression(kind, 2)
        self.emit(0x0B)
        declared = vector([unsigned(number) + bytes([kind]) for number, kind in self.declared])
        return unsigned(len(declared) + len(self.code)) + declared + bytes(self.code)


def module(count, seed):
    source = random.Random(seed)
    signatures = []
    for _ in range(24):
        parameters = [source.choice((I32, I32, I32, I64, F32, F64)) for _ in range(source.randint(0, 6))]
        signatures.append((parameters, [source.choice((I32, I32, I64, F32, F64))] if source.random() < 0.7 else []))
    types = [b"\x60" + vector([bytes([k]) for k in p]) + vector([bytes([k]) for k in r]) for p, r in signatures]
    types.append(b"\x60\x00\x00")
    bodies = [Function(source, signatures, index, count).body() for index in range(count)]
    # _start: fuel for 40 calls, then sixteen functions from all over the module with zeros as arguments.
    code = bytearray(b"\x41" + signed(40) + b"\x24\x00")
    zero = {I32: b"\x41\x00", I64: b"\x42\x00", F32: b"\x43" + bytes(4), F64: b"\x44" + bytes(8)}
    for i in range(16):
        target = i * count // 16
        parameters, results = signatures[target % len(signatures)]
        code += b"".join(zero[kind] for kind in parameters) + b"\x10" + unsigned(target) + b"\x1A" * len(results)
    code += b"\x0B"
    bodies.append(unsigned(len(code) + 1) + b"\x00" + bytes(code))
    functions = [unsigned(index % len(signatures)) for index in range(count)] + [unsigned(len(signatures))]
    return b"".join(
        (
            b"\0asm\1\0\0\0",
            section(1, vector(types)),
            section(3, vector(functions)),
            section(5, vector([b"\x00\x02"])),
            section(6, vector([bytes([I32, 1]) + b"\x41\x00\x0B"])),
            section(7, vector([b"\x06memory\x02\x00", b"\x06_start\x00" + unsigned(count)])),
            section(10, vector(bodies)),
        )
    )


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    print("%s: %.2f MB" % (path, len(content) / 1e6))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    small = module(500, 7)
    write(folder, "generated-500.wasm", small)
    write(folder, "generated-20000.wasm", module(20000, 7))
    write(folder, "big.wasm", module(int(500 * 5e6 / len(small)), 11))


if __name__ == "__main__":
    main()
