#!/bin/bash
# fuzz-record.sh: writes anew what the tests expect of random modules, as V8 runs them. Needed whenever the generator
# changes, and never because Terrace's results changed. Needs Node.js 22 or newer: NODE or the path.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
node=${NODE:-node}
if [ -z "${FUZZ_RUNNER:-}" ]; then
    swift build -c release --package-path "$root" --product terrace-fuzz
    FUZZ_RUNNER=$(swift build -c release --package-path "$root" --show-bin-path)/terrace-fuzz
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$FUZZ_RUNNER" generate "$work" 1 120
"$node" "$root/scripts/fuzz-oracle.mjs" --hashes "$work"/*.wasm | sort -n >"$work/recorded"
cp "$work/recorded" "$root/Tests/TerraceBaselineTests/GeneratedModules.txt"
