"""`run.py hostile`: what modules cost that are made to be slow, per byte and compared with ordinary code."""
import os

from generate import hostile as shapes
from generate import modules

from . import measure, report
from .compile import last_json
from .engines import WORK

# Times the cost of a byte of ordinary code that a byte of any module may cost.
LIMIT = 5.0
# A call of two bytes moves a thousand values, and so does the prologue of a function of four, by a loop of its own in the
# machine code: ten times as much code as other bytes become. These are held to what a byte of module and code together costs.
OF_MUCH_CODE = ("wide_calls", "wide_calls_over_an_operand", "wide_functions")


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
        per_byte, with_code = seconds / size, seconds / (size + code)
        ordinary = ordinary or (per_byte, with_code)
        entry["ratio"] = with_code / ordinary[1] if name in OF_MUCH_CODE else per_byte / ordinary[0]
        if entry["ratio"] > LIMIT:
            entry["failed"] = {"terrace": "%.1f times as dear as ordinary code" % entry["ratio"]}
        rows.append(
            [name, str(size), "%.0f" % (per_byte * 1e9), "%.1f" % (code / size), "%.2f" % entry["ratio"]]
        )
    print("Processor time to decode, validate and compile a byte, on one core\n")
    report.table(["module", "bytes", "ns/byte", "code/byte", "ordinary = 1"], rows)
    print("\nof module and code together: " + ", ".join(OF_MUCH_CODE))
    dear = [entry["module"] for entry in results if "failed" in entry]
    print("\nbeyond %.0f times ordinary code: %s" % (LIMIT, ", ".join(dear) or "none"))
    return {"results": results}
