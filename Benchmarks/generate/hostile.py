"""Modules that are legal and meant to be slow to decode, validate or compile; `run.py hostile` measures what they cost.

Each shape gives the bytes of a module of some hundred kilobytes (some less, where few bytes stand for much).
"""
from .modules import I32, I64, section, signed, unsigned, vector

END = b"\x0B"
DROP = b"\x1A"
GET = b"\x20\x00"
WIDE = 1000  # the most parameters or results that a type may have


def kinds(kind, number):
    return unsigned(number) + bytes([kind]) * number


VOID = b"\x60\x00\x00"
TAKES_I32 = b"\x60\x01\x7F\x00"
GIVES_WIDE = b"\x60\x00" + kinds(I64, WIDE)
PASSES_WIDE = b"\x60" + kinds(I64, WIDE) + kinds(I64, WIDE)
TAKES_WIDE = b"\x60" + kinds(I64, WIDE) + b"\x00"
TYPES = [VOID, TAKES_I32, GIVES_WIDE, PASSES_WIDE, TAKES_WIDE]
THOUSAND = b"\x42\x05" * WIDE


def body(code, local_groups=b"\x00"):
    code = local_groups + code + END
    return unsigned(len(code)) + code


def module(functions, types=TYPES, more=b"", late=b""):
    """functions: pairs of type index and code, or (type index, code, declarations of locals)."""
    return b"".join(
        (
            b"\x00asm\x01\x00\x00\x00",
            section(1, vector(types)),
            section(3, vector([unsigned(function[0]) for function in functions])),
            section(4, vector([b"\x70\x00\x01"])),
            section(5, vector([b"\x00\x01"])),
            more,
            section(10, vector([body(*function[1:]) for function in functions])),
            late,
        )
    )


def one(code, locals_=b"\x00"):
    return module([(1, code, locals_)])


def crafted_constants(number=30000):
    """Constants that meet in one place of a hash table which multiplies by 2^64 / golden ratio."""
    inverse = pow(0x9E3779B97F4A7C15, -1, 1 << 64)
    out = []
    for i in range(number):
        value = ((i & 0xFFFF | i >> 16 << 33) * inverse) % (1 << 64) ^ 8
        out.append(b"\x44" + value.to_bytes(8, "little") + b"\x9F\x1A")
    return one(b"".join(out))


def giant_and_dwarfs():
    giant = b"".join(b"\x44" + (i * 7 + 1).to_bytes(8, "little") + b"\x9F\x1A" for i in range(20000))
    return module([(1, giant)] + [(1, b"\x44" + i.to_bytes(8, "little") + b"\x9F\x1A") for i in range(20000)])


def high_stack():
    test = GET + b"\x45"
    return one(test * 60000 + DROP * 60000)


def high_stack_of_two_kinds():
    return one(GET + b"\xB2" + (GET + b"\x45") * 60000 + DROP * 60001)


def blocks_under_high_stack():
    return one(GET * 50000 + b"\x02\x40\x0B" * 50000 + DROP * 50000)


def calls_under_high_stack():
    return one(GET * 40000 + (GET + b"\x40\x00\x1A") * 30000 + DROP * 40000)


def locals_under_high_stack():
    number = 30000
    reads = b"".join(b"\x20" + unsigned(i) for i in range(number))
    writes = b"".join(b"\x41\x00\x21" + unsigned(i) for i in range(number))
    return one(reads + b"\x41\x00" * 50000 + writes + DROP * (number + 50000), b"\x01" + unsigned(number) + b"\x7F")


def reads_before_writes():
    return one((GET * 60 + b"\x41\x01\x21\x00" + DROP * 60) * 1500)


def loops_in_blocks():
    number = 40000
    return one(b"\x03\x40" + b"\x02\x40" * number + b"\x03\x40\x0B" * number + END * (number + 1))


def nested_loops():
    return one(b"\x03\x40" * 40000 + GET * 1 + DROP + END * 40000)


def nested_conditionals():
    return one((GET + b"\x04\x40") * 30000 + (b"\x05" + END) * 30000)


def branch_table_with_values():
    number = 40000
    table = b"".join(unsigned(i % number) for i in range(number + 1))
    return one(b"\x02\x7F" * number + b"\x41\x01" + GET + b"\x0E" + unsigned(number) + table + END * number + DROP)


def branch_table_of_one_label():
    return one(b"\x02\x40" + GET + b"\x0E" + unsigned(200000) + b"\x00" * 200001 + END)


def wide_branches():
    return one(b"\x02\x02\x41\x01" + THOUSAND + (GET + b"\x0D\x00") * 20000 + b"\x00" + END + b"\x00")


def wide_branches_with_a_change():
    return one(b"\x02\x02\x41\x01" + THOUSAND + (b"\x1A\x42\x03" + GET + b"\x0D\x00") * 20000 + b"\x00" + END + b"\x00")


def wide_returns():
    return module([(2, THOUSAND + b"\x41\x00\x0D\x00" * 20000)])


WIDE_FUNCTIONS = [(2, THOUSAND), (3, b"\x00"), (4, b"")]


def wide_calls():
    return module(WIDE_FUNCTIONS + [(1, b"\x10\x00\x10\x02" * 5000)])


def wide_calls_over_an_operand():
    return module(WIDE_FUNCTIONS + [(1, (GET + b"\x10\x00\x10\x02" + DROP) * 5000)])


def wide_functions():
    return module([(4, b"")] * 20000)


def wide_blocks():
    return module(WIDE_FUNCTIONS + [(1, b"\x10\x00" + b"\x02\x03\x0B" * 10000 + b"\x10\x02")])


def many_types():
    types = []
    for i in range(60000):
        spelled = [I32 if i >> k & 1 else I64 for k in range(16)]
        types.append(b"\x60" + vector([bytes([kind]) for kind in spelled]) + b"\x00")
    return module([(60000, b"")], types + [VOID])


def equal_groups():
    pair = lambda first: b"\x4E\x02\x60\x01\x63" + signed(first + 1) + b"\x00\x60\x01\x63" + signed(first) + b"\x00"
    return module([(0, b"", b"\x00")], [b"\x60\x00\x00"] + [pair(1 + 2 * i) for i in range(20000)])


def deep_types():
    types = []
    for chain in range(500):
        for depth in range(60):
            first = b"\x50\x00" if depth == 0 else b"\x50\x01" + unsigned(chain * 60 + depth - 1)
            types.append(first + b"\x5F\x00")
    return module([(30000, b"")], types + [VOID])


def many_exports():
    names = [b"the same long beginning of every name " + b"%d" % i for i in range(20000)]
    exports = section(7, vector([unsigned(len(name)) + name + b"\x00\x00" for name in names]))
    return module([(0, b"")], more=exports)


def many_names():
    names = b"".join(unsigned(i) + unsigned(8) + b"%08d" % i for i in range(30000))
    content = b"\x04name\x01" + unsigned(len(names) + len(unsigned(30000))) + unsigned(30000) + names
    return module([(0, b"")] * 30000, late=section(0, content))


def many_globals():
    return module([(0, b"")], more=section(6, vector([b"\x7F\x01\x41\x00\x0B"] * 60000)))


def many_functions():
    return module([(0, b"")] * 100000)


def many_locals_used():
    return module([(1, b"\x20\x00\x1A" * 40, b"\x01\x64\x7F")] * 3000)


def many_declared_locals():
    return module([(1, GET + DROP, b"\x01" + unsigned(49999) + b"\x7E")] * 20000)


def many_groups_of_locals():
    groups = vector([unsigned(55) + bytes([I32 if i % 2 == 0 else 0x7B]) for i in range(900)])
    code = b"".join(b"\x20" + unsigned(49000 - i * 117) + DROP for i in range(400))
    return module([(1, code, groups)] * 60)


def giant_of_locals_and_dwarfs():
    giant = b"".join(b"\x20" + unsigned(i) + DROP for i in range(40000))
    dwarfs = [(1, b"\x44" + i.to_bytes(8, "little") + b"\x9F\x1A") for i in range(20000)]
    return module([(1, giant, b"\x01" + unsigned(40000) + b"\x7F")] + dwarfs)


def many_segments():
    return module([(0, b"")], late=section(11, vector([b"\x01\x01x"] * 60000)))


SHAPES = [
    crafted_constants, giant_and_dwarfs, high_stack, high_stack_of_two_kinds, blocks_under_high_stack,
    calls_under_high_stack, locals_under_high_stack, reads_before_writes, loops_in_blocks, nested_loops,
    nested_conditionals, branch_table_with_values, branch_table_of_one_label, wide_branches,
    wide_branches_with_a_change, wide_returns, wide_calls, wide_calls_over_an_operand, wide_functions, wide_blocks,
    many_types, equal_groups, deep_types, many_exports, many_names, many_globals, many_functions, many_locals_used,
    many_declared_locals, many_groups_of_locals, giant_of_locals_and_dwarfs, many_segments,
]
