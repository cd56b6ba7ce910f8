"""The engines that are compared, and how each one's command line runs a WASI program."""
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.environ.get("BENCH_WORK", os.path.join(HERE, "work"))
LIFTOFF = ["--liftoff", "--no-wasm-tier-up"]
LIFTOFF_EAGER = LIFTOFF + ["--no-wasm-lazy-compilation", "--wasm-num-compilation-tasks=1"]


def find(name):
    """A peer's program: what `run.py setup` put into work/bin, else what the path has, else None."""
    ours = os.path.join(WORK, "bin", name)
    return ours if os.path.exists(ours) else shutil.which(name)


class Engine:
    """An engine with its flags. `command` gives the argument vector of one run."""

    def __init__(self, name, program, flags=(), style="wasmtime"):
        self.name, self.program, self.flags, self.style = name, program, list(flags), style

    @property
    def available(self):
        return self.style == "native" or bool(self.program and os.path.exists(self.program))

    def command(self, program, directory):
        """`program`: harness.programs.Program; `directory`: host folder that stands for {dir} in its arguments."""
        guest = directory if self.style in ("native", "wasmkit") else "/data"
        arguments = [argument.replace("{dir}", guest) for argument in program.arguments]
        if self.style == "native":
            return [os.path.join(WORK, "native", program.native)] + arguments
        head, wasm = [], os.path.join(WORK, "wasm", program.wasm)
        if program.directory:
            if self.style == "wasmkit":
                head = ["--dir", directory]
            else:
                head = ["--dir", directory + "::" + guest]
        if self.style == "node":
            script = os.path.join(HERE, "wasi-node.mjs")
            return [self.program] + self.flags + [script] + head + [wasm] + arguments
        if self.style == "precompiled":
            wasm = self.precompile(wasm)
        return [self.program, "run"] + self.flags + head + [wasm] + arguments

    def precompile(self, wasm):
        """The file that wasmtime made of a module before any run is timed."""
        compiled = os.path.join(WORK, "precompiled", os.path.basename(wasm) + ".cwasm")
        if not os.path.exists(compiled) or os.path.getmtime(compiled) < os.path.getmtime(wasm):
            os.makedirs(os.path.dirname(compiled), exist_ok=True)
            subprocess.run([self.program, "compile", "-o", compiled, wasm], check=True)
        return compiled


def all_engines(terrace):
    """Every engine by name, in the order in which tables show them. `terrace`: path of the binary, or None."""
    wasmtime, wasmkit, node = find("wasmtime"), find("wasmkit"), find("node")
    engines = [
        Engine("terrace", terrace),
        Engine("terrace-baseline", terrace, ["--tier", "baseline"]),
        Engine("terrace-optimized", terrace, ["--tier", "optimized"]),
        Engine("terrace-eager", terrace, ["--tier", "baseline", "--eager"]),
        # wasmtime keeps compiled modules between runs unless told not to; "cached" is what a second run costs.
        Engine("winch", wasmtime, ["-C", "cache=n,compiler=winch"]),
        Engine("wasmtime", wasmtime, ["-C", "cache=n"]),
        Engine("wasmtime-cached", wasmtime),
        # Compiled before any run: what its code is worth, without what compiling costs.
        Engine("wasmtime-precompiled", wasmtime, ["--allow-precompiled"], style="precompiled"),
        Engine("wasmkit", wasmkit, style="wasmkit"),
        Engine("liftoff", node, LIFTOFF, style="node"),
        Engine("node", node, style="node"),
        Engine("native", None, style="native"),
    ]
    return {engine.name: engine for engine in engines}
