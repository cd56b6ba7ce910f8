"""`run.py hostile`: what modules cost that are made to be slow, per byte and compared with ordinary code."""
import os

from generate import hostile as shapes
from generate import modules

from . import measure, report
from .compile import last_json
from .engines import WORK

# Times the cost of a byte of ordinary code that a byte of any module may cost.
LIMIT = 5.0
# Where a byte or two stand for a thousand values, each of which somebody must look at: no engine does so within the limit.
# The code of such modules stays short all the same; `WideValueTests` counts it.
LIMITS = {"wide_calls": 40.0, "wide_functions": 40.0}


def cost(terrace, path, options):
    """Processor seconds (the least of the repetitions: noise only adds) and bytes of machine code; or what went wrong."""
    least, statistics = None, {}
    for _ in range(max(options.repeat, 1)):
        run = measure.run([terrace, "compile", "--tier", "baseline", "--stats", "--jobs", "1", path], options.limit)
        if run.code != 0:
            return None, run.errors.decode(errors="replace").strip()[:200]
        statistics = last_json((run.output + b"\n" + run.errors).decode(errors="replace")) or {}
        seconds = statistics["processorSeconds"]
        least = seconds if least is None else min(least, seconds)
    return least, statistics["tiers"]["baseline"]["codeBytes"]


def hostile(terrace, options):
    """Prints and returns the costs. What is beyond the limit has failed."""
    folder = os.path.join(WORK, "hostile")
    os.makedirs(folder, exist_ok=True)
    results, rows, ordinary = [], [], None
    for name, make in [("ordinary", lambda: modules.module(1000, 1))] + [(f.__name__, f) for f in shapes.SHAPES]:
        if ordinary and options.programs and not any(part in name for part in options.programs):
            continue
        path = os.path.join(folder, name + ".wasm")
        with open(path, "wb") as file:
            file.write(make())
        size = os.path.getsize(path)
        seconds, code = cost(terrace, path, options)
        entry = {"module": name, "bytes": size, "seconds": seconds}
        results.append(entry)
        if seconds is None:
            entry["failed"] = {"terrace": code}
            rows.append([name, str(size), None, None, "failed: " + code[:60]])
            continue
        per_byte = seconds / size
        ordinary = ordinary or per_byte
        entry["ratio"] = per_byte / ordinary
        limit = LIMITS.get(name, LIMIT)
        if entry["ratio"] > limit:
            entry["failed"] = {"terrace": "%.1f times as dear as ordinary code" % entry["ratio"]}
        rows.append(
            [name, str(size), "%.0f" % (per_byte * 1e9), "%.1f" % (code / size), "%.2f" % entry["ratio"]]
        )
    print("Processor time to decode, validate and compile a byte, on one core\n")
    report.table(["module", "bytes", "ns/byte", "code/byte", "ordinary = 1"], rows)
    dear = [entry["module"] for entry in results if "failed" in entry]
    print("\nbeyond %.0f times ordinary code (%s): %s" % (
        LIMIT, ", ".join("%s: %.0f" % item for item in LIMITS.items()), ", ".join(dear) or "none"))
    return {"results": results}
