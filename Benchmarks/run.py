#!/usr/bin/env python3
"""Times engines in turn, in one run, and prints ratios. See README.md beside this file.

    run.py setup                                  installs peers, builds programs (once)
    run.py speed   --terrace .build/release/terrace
    run.py compile --terrace .build/release/terrace
    run.py startup --terrace .build/release/terrace
    run.py hostile --terrace .build/release/terrace   modules made to be slow: fails beyond 5 times ordinary code
"""
import argparse
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from harness import compile as compiling  # noqa: E402
from harness import engines as engine_table  # noqa: E402
from harness import hostile, measure, setup, speed, startup  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["setup", "speed", "compile", "startup", "hostile"])
    parser.add_argument("programs", nargs="*", help="only programs (or modules) whose name contains one of these")
    parser.add_argument("--terrace", help="path of the terrace binary (release build)")
    parser.add_argument("--engines", help="comma separated: %s" % ",".join(engine_table.all_engines(None)))
    parser.add_argument("--groups", help="speed: comma separated: compute, vector, real")
    parser.add_argument("--repeat", type=int, default=3, help="repetitions, of which the median counts (3)")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a run has failed (300)")
    parser.add_argument("--metric", choices=["wall", "cpu"], default="wall", help="speed, compile: which time counts (cpu: on a busy machine)")
    parser.add_argument("--quick", action="store_true", help="small sizes, fewer repetitions")
    parser.add_argument("--json", help="file to which all figures are written")
    options = parser.parse_intermixed_args()
    options.groups = options.groups.split(",") if options.groups else []
    if options.terrace:
        options.terrace = os.path.abspath(options.terrace)
        if not os.access(options.terrace, os.X_OK):
            parser.error("no program %s" % options.terrace)
    return options


def chosen(options):
    """The engines that were asked for (or the usual ones) and are installed."""
    table = engine_table.all_engines(options.terrace)
    default = "terrace,terrace-eager,winch,wasmtime,wasmkit,liftoff,node,native"
    if options.command == "startup":
        default = "terrace,wasmtime,wasmtime-cached,winch,liftoff,node"
    names = (options.engines or default).split(",")
    unknown = [name for name in names if name not in table]
    if unknown:
        sys.exit("run.py: unknown engine %s" % ", ".join(unknown))
    absent = [name for name in names if not table[name].available]
    if absent:
        print("left out, not installed: %s" % ", ".join(absent))
    return {name: table[name] for name in names if table[name].available}


def main():
    options = arguments()
    if options.command == "setup":
        setup.setup()
        return
    engines = chosen(options) if options.command not in ("compile", "hostile") else {}
    versions = {name: measure.version([engine.program]) for name, engine in engines.items() if engine.program}
    for name, text in versions.items():
        print("%-16s %s" % (name, text))
    if options.command == "speed":
        result = speed.speed(engines, options)
    elif options.command == "compile":
        result = compiling.compile_speed(options.terrace, options)
    elif options.command == "hostile":
        result = hostile.hostile(options.terrace, options)
    else:
        result = startup.startup(engines, options)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"command": options.command, "versions": versions, **result}, file, indent=1)
    broken = [entry for entry in result["results"] if any(name.startswith("terrace") for name in entry.get("failed", {}))]
    sys.exit(1 if broken else 0)


main()
