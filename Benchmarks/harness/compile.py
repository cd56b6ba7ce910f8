"""`run.py compile`: megabytes of WebAssembly per second, decoded, validated and compiled on one core."""
import json
import os

from . import measure, report
from .engines import HERE, LIFTOFF_EAGER, WORK, find

MODULES = ["sqlite", "lua", "bzip2", "json", "generated-500", "generated-20000", "big"]


def last_json(text):
    """The last JSON object, on a line of its own or spread over lines, in a command's output."""
    decoder = json.JSONDecoder()
    found = None
    position = text.find("{")
    while position >= 0:
        try:
            value, end = decoder.raw_decode(text, position)
            if isinstance(value, dict):
                found = value
            position = text.find("{", end)
        except ValueError:
            position = text.find("{", position + 1)
    return found


def terrace_seconds(terrace, path, metric, jobs=1):
    """Seconds that `terrace compile --stats` reports, and the statistics.

    With metric cpu: processor seconds of its process, less those of a process that compiles a tiny module.
    """
    command = [terrace, "compile", "--tier", "baseline", "--stats", "--jobs", str(jobs), path]
    run = measure.run(command, 300)
    if run.code != 0:
        return None, run.errors.decode(errors="replace").strip()[:200]
    statistics = last_json((run.output + b"\n" + run.errors).decode(errors="replace")) or {}
    if metric == "wall":
        return statistics.get("seconds") or run.wall, statistics
    tiny = os.path.join(HERE, "..", "Tests", "Programs", "hello.wasm")
    start = measure.run(command[:-1] + [tiny], 300).cpu
    return max(run.cpu - start, 1e-6), statistics


def liftoff_seconds(path, repeats, metric):
    node = find("node")
    if not node:
        return []
    run = measure.run([node] + LIFTOFF_EAGER + [os.path.join(HERE, "compile-node.mjs"), path, str(repeats)], 300)
    return json.loads(run.output)["seconds" if metric == "wall" else "cpu"] if run.code == 0 else []


def winch_seconds(path, metric):
    """Time of `wasmtime compile` with Winch on one core (the process's start is in it)."""
    wasmtime = find("wasmtime")
    if not wasmtime:
        return None
    out = os.path.join(WORK, "compiled.cwasm")
    run = measure.run([wasmtime, "compile", "-C", "compiler=winch,parallel-compilation=n", "-o", out, path], 300)
    return (run.wall if metric == "wall" else run.cpu) if run.code == 0 else None


def compile_speed(terrace, options):
    """Prints and returns MB/s per module and peer; a MB is 1,000,000 bytes of the file."""
    results, rows = [], []
    for name in MODULES:
        path = os.path.join(WORK, "wasm", name + ".wasm")
        if not os.path.exists(path) or (options.programs and not any(part in name for part in options.programs)):
            continue
        megabytes = os.path.getsize(path) / 1e6
        times = {"terrace": [], "liftoff": [], "winch": []}
        statistics = None
        for _ in range(options.repeat):
            if terrace:
                seconds, statistics = terrace_seconds(terrace, path, options.metric)
                if seconds is None:
                    print("%s: terrace compile failed: %s" % (name, statistics))
                else:
                    times["terrace"].append(seconds)
            # A process of its own each time; its first compilation is cold, so the best three are its median's base.
            times["liftoff"] += sorted(liftoff_seconds(path, 5, options.metric))[:3]
            seconds = winch_seconds(path, options.metric)
            if seconds:
                times["winch"].append(seconds)
        speeds = {key: (megabytes / report.median(value) if value else None) for key, value in times.items()}
        entry = {"module": name, "megabytes": megabytes, "speed": speeds, "statistics": statistics}
        if terrace:
            all_cores, _ = terrace_seconds(terrace, path, "wall", os.cpu_count())
            entry["all_cores"] = megabytes / all_cores if all_cores else None
        results.append(entry)
        ours, theirs = speeds["terrace"], speeds["liftoff"]
        rows.append(
            [name, "%.2f" % megabytes]
            + [speeds[key] and "%.1f" % speeds[key] for key in ("terrace", "liftoff", "winch")]
            + [report.ratio(ours / theirs if ours and theirs else None)]
            + [entry.get("all_cores") and "%.1f" % entry["all_cores"]]
        )
    print("\n%s time" % options.metric)
    print("MB of WebAssembly per second on one core (winch: with the start of its process)\n")
    report.table(["module", "MB", "terrace", "liftoff", "winch", "terrace/liftoff", "terrace, all cores"], rows)
    speeds = {entry["module"]: entry["speed"]["terrace"] for entry in results}
    if speeds.get("generated-500") and speeds.get("generated-20000"):
        cost = speeds["generated-500"] / speeds["generated-20000"]
        print("\ncost per byte, 20,000 functions against 500: %.2f" % cost)
    return {"results": results}
