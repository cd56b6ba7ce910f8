#!/bin/bash
# fuzz-binaryen.sh [COUNT] [SEED]: modules that Binaryen's fuzzer makes, as they are and optimised, in baseline code and in
# every way to come to optimized code; all must do the same. With Node.js 22 or newer (NODE, or the path) V8 runs them too.
#
# Needs Binaryen: Debian's package of that name, for wasm-opt. Exits 1 if runs differ; the modules are in .build/fuzz-binaryen
# then.
set -euo pipefail
count=${1:-100}
seed=${2:-$(date +%s)}
root=$(cd "$(dirname "$0")/.." && pwd)
node=${NODE:-node}
modes=${FUZZ_MODES:-"lazy-checked eager lazy-required optimized-checked optimized-required-checked atonce-checked loops-checked
    innermost-checked soon-checked"}
command -v wasm-opt >/dev/null || { echo "no wasm-opt: apt-get install binaryen" >&2; exit 2; }
if [ -z "${FUZZ_RUNNER:-}" ]; then
    swift build -c release --package-path "$root" --product terrace-fuzz
    FUZZ_RUNNER=$(swift build -c release --package-path "$root" --show-bin-path)/terrace-fuzz
fi
work=$root/.build/fuzz-binaryen
mkdir -p "$work"
rm -f "$work"/*.wasm
export SWIFT_BACKTRACE=enable=no
features=(--enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int --enable-simd
    --enable-bulk-memory --enable-multivalue)
optimizations=("" "-O1" "-O3 --flatten -O2")
hasNode=$("$node" -p 'parseInt(process.versions.node) >= 22' 2>/dev/null || true)
chunk=50
total=0
failed=0

# Runs the modules of a chunk in a mode, one process for all; where it dies, again with those behind.
run() {
    local modules=("${@:2}") rest done
    : >"$work/actual"
    while [ ${#modules[@]} -gt 0 ]; do
        "$FUZZ_RUNNER" invokers "$1" "${modules[@]}" >"$work/part" 2>"$work/error" && break
        cat "$work/part" >>"$work/actual"
        echo "crashed" >>"$work/actual"
        done=$(grep -c '^module ' "$work/part" || true)
        modules=("${modules[@]:$((done > 0 ? done : 1))}")
        : >"$work/part"
    done
    cat "$work/part" >>"$work/actual"
}

while [ $total -lt "$count" ]; do
    rm -f "$work/chunk"/*.wasm
    mkdir -p "$work/chunk"
    last=$((seed + (count - total < chunk ? count - total : chunk) - 1))
    for number in $(seq "$seed" "$last"); do
        # As many pseudo-random bytes as the seed says are what Binaryen makes a module of.
        size=$((2000 + number * 7919 % 50000))
        openssl enc -aes-128-ctr -pass "pass:$number" -nosalt -pbkdf2 </dev/zero 2>/dev/null | head -c $size >"$work/input" ||
            true
        # shellcheck disable=SC2086
        timeout 20 wasm-opt "$work/input" --translate-to-fuzz --denan "${features[@]}" \
            ${optimizations[$((number % 3))]} -o "$work/chunk/$number.wasm" 2>/dev/null || rm -f "$work/chunk/$number.wasm"
    done
    total=$((total + last - seed + 1))
    seed=$((last + 1))
    modules=("$work/chunk"/*.wasm)
    [ -e "${modules[0]}" ] || continue
    if [ "$hasNode" = true ]; then
        "$node" "$root/scripts/fuzz-oracle.mjs" --invokers "${modules[@]}" >"$work/expected"
    else
        run lazy "${modules[@]}"
        cp "$work/actual" "$work/expected"
    fi
    for mode in $modes; do
        run "$mode" "${modules[@]}"
        for module in $(awk '
            FNR == 1 { file++ }
            $1 == "module" { name = $2; seen[name] = 1; next }
            { text[file, name] = text[file, name] $0 "\n" }
            END { for (name in seen) if (text[1, name] != text[2, name]) print name }' "$work/expected" "$work/actual"); do
            echo "$module differs in mode $mode" >&2
            cp "$work/chunk/${module##*/}" "$work/"
            failed=$((failed + 1))
        done
    done
done
echo "$total modules, $failed differences, next seed $seed"
[ "$failed" -eq 0 ]
