"""The programs that are timed. Sizes: `full` runs about half a second to two seconds natively, `quick` a fifth or less."""
import os
import shutil

from .engines import HERE, WORK


class Program:
    """One program with its arguments, of one group (compute, loops, vector, real)."""

    def __init__(self, name, group, arguments, wasm=None, native=None, directory=False, prepare=None):
        self.name, self.group, self.arguments = name, group, arguments
        self.wasm, self.native = wasm or name + ".wasm", native or name
        self.directory, self.prepare = directory, prepare

    @property
    def built(self):
        return os.path.exists(os.path.join(WORK, "wasm", self.wasm))


# name, quick size, full size (None: the program's own default)
COMPUTE = [
    ("bigint", "4", None),
    ("binarytrees", "16", None),
    ("calls", "2", None),
    ("crc32", "32", None),
    ("dct", "60", None),
    ("fannkuch", "9", "10"),
    ("hashtable", "2", None),
    ("imagefilter", "60", None),
    ("json", "30", None),
    ("lu", "800", None),
    ("lz", "6", None),
    ("mandelbrot", "700", None),
    ("matmul", "500", None),
    ("nbody", "3000000", None),
    ("nqueens", "13", "14"),
    ("quicksort", "1", None),
    ("raytrace", "1200", None),
    ("search", "10", None),
    ("sha256", "50", None),
    ("sieve", "60", None),
    ("spectralnorm", "1800", None),
    ("vm", "6", None),
]
VECTOR = [("sha256x4", "300", None), ("matmul", "700", "1400"), ("imagefilter", "150", "900")]
# One call of one function that loops for the whole run: what entering optimized code in the middle of a loop is for.
LOOPS = [("oneloop", "60", None), ("triplenest", "500", None)]
JAVASCRIPT = [("numeric", "40", "80"), ("richards", "10000", "60000"), ("strings", "8000", "40000")]
LUA = ["fib", "numeric", "objects", "sort", "strings"]


def copy_input(size):
    def prepare(directory):
        source = os.path.join(WORK, "data", "input.dat")
        with open(source, "rb") as file, open(os.path.join(directory, "input.dat"), "wb") as copy:
            copy.write(file.read(size))

    return prepare


def copy_scripts(language):
    def prepare(directory):
        scripts = os.path.join(HERE, "real", language)
        for name in os.listdir(scripts):
            shutil.copy(os.path.join(scripts, name), directory)

    return prepare


def all_programs(quick):
    """All programs in table order; with `quick`, in small sizes."""
    programs = []
    for name, small, full in COMPUTE:
        size = small if quick else full
        programs.append(Program(name, "compute", [size] if size else []))
    for name, small, full in LOOPS:
        size = small if quick else full
        programs.append(Program(name, "loops", [size] if size else []))
    for name, small, full in VECTOR:
        size = small if quick else full
        label = name + "-simd"
        programs.append(Program(label, "vector", [size] if size else [], wasm=label + ".wasm", native=name))
    for script in LUA:
        name = "lua-" + script
        programs.append(
            Program(name, "real", ["{dir}/%s.lua" % script], "lua.wasm", "lua", directory=True, prepare=copy_scripts("lua"))
        )
    for script, small, full in JAVASCRIPT:
        arguments = ["{dir}/%s.js" % script, small if quick else full]
        programs.append(
            Program("js-" + script, "real", arguments, "duktape.wasm", "duktape", directory=True,
                    prepare=copy_scripts("javascript"))
        )
    rows = "20000" if quick else "100000"
    programs.append(Program("sqlite-memory", "real", ["-", rows], "sqlite.wasm", "sqlite"))
    programs.append(Program("sqlite-file", "real", ["{dir}", rows], "sqlite.wasm", "sqlite", directory=True))
    size = 2_000_000 if quick else 20_000_000
    programs.append(
        Program("bzip2", "real", ["{dir}"], "bzip2.wasm", "bzip2", directory=True, prepare=copy_input(size))
    )
    return programs
