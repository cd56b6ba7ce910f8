"""`run.py speed`: running times of programs, engines in turn within each repetition."""
import os
import shutil
import tempfile

from . import measure, report
from .programs import all_programs


def outcome(engine, program, limit):
    """Runs one program in one engine, in a fresh directory."""
    directory = tempfile.mkdtemp(prefix="bench-")
    try:
        if program.prepare:
            program.prepare(directory)
        return measure.run(engine.command(program, directory), limit)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def speed(engines, options):
    programs = [
        program
        for program in all_programs(options.quick)
        if (not options.groups or program.group in options.groups)
        and (not options.programs or any(part in program.name for part in options.programs))
    ]
    results = []
    for program in programs:
        if not program.built:
            print("%s: not built (run.py setup)" % program.name)
            continue
        native = outcome(engines["native"], program, options.limit) if "native" in engines else None
        runs = {name: [] for name in engines}
        failed = {}
        for _ in range(options.repeat):
            for name, engine in engines.items():
                if name in failed or (name == "wasmkit" and runs[name]):
                    continue  # the interpreter is slow and steady: once is enough
                run = outcome(engine, program, options.limit)
                runs[name].append(run)
                if run.code != 0:
                    last = run.errors.decode(errors="replace").strip().splitlines()
                    failed[name] = "exit code %d%s" % (run.code, ": " + last[0][:120] if last else "")
                elif native and run.output != native.output:
                    failed[name] = "output differs from the native build's"
        entry = {"program": program.name, "group": program.group, "wall": {}, "cpu": {}, "resident": {}, "failed": failed}
        for name in engines:
            if name not in failed:
                entry["wall"][name] = report.median([run.wall for run in runs[name]])
                entry["cpu"][name] = report.median([run.cpu for run in runs[name]])
                entry["resident"][name] = report.median([run.resident for run in runs[name]])
        results.append(entry)
        print("%-16s %s" % (program.name, "  ".join("%s %.3f" % (n, entry[options.metric][n]) for n in entry["wall"])), flush=True)
        for name, why in failed.items():
            print("%-16s %s FAILED: %s" % (program.name, name, why), flush=True)
    summary = summarize(list(engines), results, options)
    return {"results": results, "geometric_means": summary}


def summarize(names, results, options):
    """The table of times, and for each engine the geometric mean of its ratios to every other engine."""
    metric = options.metric
    print("\n%s time in seconds, median of %d\n" % (metric, options.repeat))
    report.table(
        ["program"] + names,
        [[entry["program"]] + [report.seconds(entry[metric].get(name)) for name in names] for entry in results],
    )
    summary = {}
    for subject in [name for name in names if name.startswith("terrace")] or names[:1]:
        rows = []
        for entry in results + [None]:
            row = ["geometric mean" if entry is None else entry["program"]]
            for name in names:
                pairs = [
                    e[metric][subject] / e[metric][name]
                    for e in (results if entry is None else [entry])
                    if subject in e[metric] and name in e[metric]
                ]
                value = report.geometric_mean(pairs)
                row.append(report.ratio(value))
                if entry is None:
                    summary.setdefault(subject, {})[name] = value
            rows.append(row)
        for group in sorted({entry["group"] for entry in results}):
            row = ["  " + group]
            for name in names:
                pairs = [e[metric][subject] / e[metric][name] for e in results
                         if e["group"] == group and subject in e[metric] and name in e[metric]]
                value = report.geometric_mean(pairs)
                row.append(report.ratio(value))
                summary.setdefault(subject + ":" + group, {})[name] = value
            rows.append(row)
        print("\ntime of %s divided by that of\n" % subject)
        report.table(["program"] + names, rows)
    return summary
