# Shared by the build scripts: where the compilers are, and one function each for a WebAssembly and a native build.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${BENCH_WORK:-$here/work}
clang=${CLANG:-clang}
sysroot=${WASI_SYSROOT:-/usr}
builtins=${WASI_BUILTINS:-$(ls /usr/lib/llvm-*/lib/clang/*/lib/wasi/libclang_rt.builtins-wasm32.a 2>/dev/null | tail -1)}
if [ -z "$builtins" ] || [ ! -d "$sysroot/include/wasm32-wasi" ]; then
    echo "The WASI C library is missing: apt-get install wasi-libc libclang-rt-dev-wasm32 (or run.py setup)" >&2
    exit 1
fi
mkdir -p "$work/wasm" "$work/native" "$work/data"

# build_wasm NAME SOURCE-OR-FLAG... writes work/wasm/NAME.wasm (function names kept, debug information not)
# (without wasm-opt, which clang would run if it happens to be installed: the same bytes everywhere)
build_wasm() {
    local name=$1
    shift
    "$clang" --target=wasm32-wasi --no-wasm-opt --sysroot="$sysroot" -O2 -ffp-contract=off "$@" \
        -nodefaultlibs -lc "$builtins" -Wl,--strip-debug -o "$work/wasm/$name.wasm"
}

# build_native NAME SOURCE-OR-FLAG... writes work/native/NAME
build_native() {
    local name=$1
    shift
    "$clang" -O2 -ffp-contract=off "$@" -lm -o "$work/native/$name"
}
