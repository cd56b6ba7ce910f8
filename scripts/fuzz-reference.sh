#!/bin/bash
# fuzz-reference.sh [SECONDS] [SEED]: compares Terrace, lazily and eagerly compiled, with the reference interpreter of
# Tests/Support on random modules with all features, until the time is over. Needs nothing but the Swift toolchain.
#
# Modules that differ or crash are kept in .build/fuzz with the seed as their name; `fuzz-reduce.mjs` makes them small.
# Exits 1 if there were any.
set -euo pipefail
seconds=${1:-60}
seed=${2:-$(date +%s)}
root=$(cd "$(dirname "$0")/.." && pwd)
chunk=500
if [ -z "${FUZZ_RUNNER:-}" ]; then
    swift build -c release --package-path "$root" --product terrace-fuzz
    FUZZ_RUNNER=$(swift build -c release --package-path "$root" --show-bin-path)/terrace-fuzz
fi
kept=$root/.build/fuzz
output=$(mktemp)
export SWIFT_BACKTRACE=enable=no
trap 'rm -f "$output"' EXIT
mkdir -p "$kept"
total=0
failures=0
inconclusive=0

fail() {
    failures=$((failures + 1))
    FUZZ_FEATURES=all "$FUZZ_RUNNER" module "$kept/$1.wasm" "$1"
    echo "seed $1 $2"
}

while [ $SECONDS -lt "$seconds" ]; do
    end=$((seed + chunk))
    while [ "$seed" -lt $end ]; do
        "$FUZZ_RUNNER" oracle "$seed" $((end - seed)) >"$output" 2>&1 || true
        while read -r module text; do fail "${module%:}" "$text"; done < <(sed -n 's/^different //p' "$output")
        inconclusive=$((inconclusive + $(grep -c '^inconclusive' "$output" || true)))
        last=$(awk '$1 == "module" { seed = $2 } END { print seed }' "$output")
        [ -n "$last" ] || { cat "$output" >&2; exit 2; }
        # Without the summary the process has ended in the middle: note the module, and go on behind it.
        tail -n 1 "$output" | grep -q ' modules differ, ' || fail "$last" crashes
        total=$((total + last + 1 - seed))
        seed=$((last + 1))
    done
done
echo "$total modules, $failures failures, $inconclusive inconclusive, next seed $seed"
[ "$failures" -eq 0 ]
