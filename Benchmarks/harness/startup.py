"""`run.py startup`: from process start to exit, and peak resident memory, of small and of large modules little used."""
import os

from . import measure, report
from .compile import last_json
from .engines import HERE, WORK
from .programs import Program

CASES = [
    Program("hello", "startup", [], wasm=os.path.join(HERE, "..", "Tests", "Programs", "hello.wasm")),
    Program("big", "startup", []),
    Program("lua-version", "startup", ["-v"], wasm="lua.wasm"),
]


def startup(engines, options):
    """Runs every case `repeat` times (30 unless told), engines in turn, and prints medians."""
    repeats = max(options.repeat, 30) if not options.quick else 10
    results = []
    for case in CASES:
        if not os.path.exists(os.path.join(WORK, "wasm", case.wasm)):
            continue
        names = [name for name in engines if name != "native"]
        runs = {name: [] for name in names}
        for _ in range(repeats):
            for name in names:
                if len(runs[name]) >= 3 and sum(run.wall for run in runs[name]) > 5:
                    continue  # what takes so long needs no more repetitions
                runs[name].append(measure.run(engines[name].command(case, "/tmp"), options.limit))
        entry = {"case": case.name, "wall": {}, "resident": {}, "failed": {}}
        rows = []
        for name in names:
            bad = [run for run in runs[name] if run.code != 0]
            if bad:
                entry["failed"][name] = bad[0].errors.decode(errors="replace").strip()[:200]
                rows.append([name, "failed", "", ""])
                continue
            wall = report.median([run.wall for run in runs[name]])
            entry["wall"][name] = wall
            entry["resident"][name] = report.median([run.resident for run in runs[name]])
            best = min(run.wall for run in runs[name])
            rows.append([name, "%.1f" % (wall * 1e3), "%.1f" % (best * 1e3), "%.1f" % (entry["resident"][name] / 1024)])
        print("\n%s: median and best of %d\n" % (case.name, repeats))
        report.table(["engine", "ms", "best ms", "peak MiB"], rows)
        for name, why in entry["failed"].items():
            print("%s FAILED: %s" % (name, why))
        if "terrace" in entry["wall"]:
            for name in names:
                if name in entry["wall"] and not name.startswith("terrace"):
                    print("terrace / %s: %.2f" % (name, entry["wall"]["terrace"] / entry["wall"][name]))
            command = engines["terrace"].command(case, "/tmp")
            command.insert(2, "--stats")
            entry["statistics"] = last_json(measure.run(command, options.limit).errors.decode(errors="replace"))
            print("statistics: %s" % entry["statistics"])
        results.append(entry)
    return {"results": results}
