#!/bin/bash
# fuzz-binaryen.sh [COUNT] [SEED]: compares Terrace with V8 on modules that Binaryen's fuzzer makes, as they are and
# optimised. Needs Binaryen (Debian's package of that name) and Node.js 22 or newer (NODE, or the path). Exits 1 if runs
# differ; the modules are in .build/fuzz-binaryen then.
set -euo pipefail
count=${1:-100}
seed=${2:-$(date +%s)}
root=$(cd "$(dirname "$0")/.." && pwd)
node=${NODE:-node}
if [ -z "${FUZZ_RUNNER:-}" ]; then
    swift build -c release --package-path "$root" --product terrace-fuzz
    FUZZ_RUNNER=$(swift build -c release --package-path "$root" --show-bin-path)/terrace-fuzz
fi
work=$root/.build/fuzz-binaryen
rm -rf "$work"
mkdir -p "$work"
features=(--enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int --enable-simd
    --enable-bulk-memory --enable-multivalue)
optimizations=("" "-O1" "-O3 --flatten -O2")
for number in $(seq "$seed" $((seed + count - 1))); do
    # As many pseudo-random bytes as the seed says are what Binaryen makes a module of.
    size=$((2000 + number * 7919 % 50000))
    openssl enc -aes-128-ctr -pass "pass:$number" -nosalt -pbkdf2 </dev/zero 2>/dev/null | head -c $size >"$work/input" || true
    # shellcheck disable=SC2086
    timeout 20 wasm-opt "$work/input" --translate-to-fuzz --denan "${features[@]}" ${optimizations[$((number % 3))]} \
        -o "$work/$number.wasm" 2>/dev/null || rm -f "$work/$number.wasm"
done
"$node" "$root/scripts/fuzz-oracle.mjs" --invokers "$work"/*.wasm >"$work/expected"
for mode in lazy eager lazy-required; do
    "$FUZZ_RUNNER" invokers "$mode" "$work"/*.wasm >"$work/actual"
    diff "$work/expected" "$work/actual" || { echo "mode $mode differs" >&2; exit 1; }
done
echo "$(ls "$work"/*.wasm | wc -l) modules, no difference"
