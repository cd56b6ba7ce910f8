#!/bin/bash
# fuzz-csmith.sh [COUNT] [SEED]: random C programs through every way to come to code: native, baseline, optimized before it runs,
# and moved at once or soon. All must print the same checksums.
#
# Needs Debian's packages csmith, libcsmith-dev, wasi-libc, libclang-rt-dev-wasm32, a clang that knows wasm32 (CLANG, or the
# path; the Swift toolchain's does) and a release build of `terrace` (TERRACE, or one is built).
# Programs that differ are kept in .build/fuzz-csmith as SEED.c and SEED.wasm. Exits 1 if there were any.
set -euo pipefail
count=${1:-20}
seed=${2:-$(date +%s)}
root=$(cd "$(dirname "$0")/.." && pwd)
clang=${CLANG:-clang}
headers=$(dirname "$(ls /usr/include/csmith*/csmith.h /usr/include/csmith.h 2>/dev/null | head -1)")
builtins=$(ls /usr/lib/llvm-*/lib/clang/*/lib/wasi/libclang_rt.builtins-wasm32.a 2>/dev/null | tail -1 || true)
if ! command -v csmith >/dev/null || [ ! -e "$headers/csmith.h" ] || [ -z "$builtins" ] ||
    [ ! -d /usr/include/wasm32-wasi ]; then
    echo "apt-get install csmith libcsmith-dev wasi-libc libclang-rt-dev-wasm32" >&2
    exit 2
fi
if [ -z "${TERRACE:-}" ]; then
    swift build -c release --package-path "$root" --product terrace
    TERRACE=$(swift build -c release --package-path "$root" --show-bin-path)/terrace
fi
kept=$root/.build/fuzz-csmith
mkdir -p "$kept"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
levels=(-O2 -O1 -Os -O3 -O0)
# One line each: what `terrace run` is given.
modes=("--tier baseline" "--tier optimized" "--tier optimized --cpu-features required"
    "--tier tiered --tier-up-threshold 0 --deterministic-tiering" "--tier tiered --tier-up-threshold 200")
compared=0
skipped=0
failures=0
foreign=0

# native LEVEL FILE: runs the program natively, its output in a file.
native() {
    timeout 20 "$clang" -w "$1" -ffp-contract=off -I"$headers" "$work/p.c" -o "$work/native" -lm 2>/dev/null &&
        timeout 2 "$work/native" 1 >"$work/$2" 2>/dev/null
}

for number in $(seq "$seed" $((seed + count - 1))); do
    level=${levels[$((number % ${#levels[@]}))]}
    options=(--seed "$number" --concise)
    [ $((number % 3)) -ne 0 ] || options+=(--float)
    # It leaves a file where it runs.
    (cd "$work" && csmith "${options[@]}" -o p.c >/dev/null)
    # What the compiler does not manage in time, what runs too long, or means one thing unoptimized and another optimized,
    # says nothing about the engine.
    if ! native -O0 expected || ! native -O2 optimized || ! cmp -s "$work/expected" "$work/optimized" ||
        ! timeout 20 "$clang" -w --target=wasm32-wasi --no-wasm-opt --sysroot=/usr "$level" -ffp-contract=off \
            -I"$headers" "$work/p.c" -nodefaultlibs -lc "$builtins" -Wl,-z,stack-size=1048576 \
            -o "$work/p.wasm" 2>/dev/null; then
        skipped=$((skipped + 1))
        continue
    fi
    compared=$((compared + 1))
    cp "$work/expected" "$work/wanted"
    for mode in "${modes[@]}"; do
        code=0
        # shellcheck disable=SC2086
        timeout 120 "$TERRACE" run $mode "$work/p.wasm" 1 >"$work/actual" 2>&1 || code=$?
        if [ "$code" -eq 0 ] && [ "$mode" = "${modes[0]}" ] && ! cmp -s "$work/wanted" "$work/actual"; then
            # Sizes of pointers and layouts may be what differs: then all modes agree with each other.
            echo "seed $number ($level): native code prints something else"
            cp "$work/actual" "$work/wanted"
            foreign=$((foreign + 1))
        fi
        if [ "$code" -ne 0 ] || ! cmp -s "$work/wanted" "$work/actual"; then
            failures=$((failures + 1))
            cp "$work/p.c" "$kept/$number.c"
            cp "$work/p.wasm" "$kept/$number.wasm"
            echo "seed $number ($level) differs with $mode (exit code $code)"
        fi
    done
done
echo "$compared programs in ${#modes[@]} modes ($foreign of them different natively), $skipped skipped, $failures differences, next seed $((seed + count))"
[ "$failures" -eq 0 ]
