#!/bin/bash
# Builds the compute-bound programs of compute/ as WebAssembly and natively, and generates the big modules.
source "$(dirname "$0")/common.sh"
for source in "$here"/compute/*.c; do
    name=$(basename "$source" .c)
    echo "compute $name"
    build_wasm "$name" -Wall -Wextra "$source"
    build_native "$name" -Wall -Wextra "$source"
done
# The same kernels with vectors; the native builds have them anyway.
for name in sha256x4 matmul imagefilter; do
    echo "vector $name"
    build_wasm "$name-simd" -msimd128 "$here/compute/$name.c"
    cp "$work/native/$name" "$work/native/$name-simd"
done
echo "generated modules"
python3 "$here/generate/modules.py" "$work/wasm"
