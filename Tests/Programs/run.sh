#!/bin/bash
# run.sh TERRACE [FLAG...]: runs every program of this folder with `TERRACE run FLAG... FILE.wasm` and compares.
#
#   Tests/Programs/run.sh .build/release/terrace
#   Tests/Programs/run.sh .build/release/terrace --eager
#   PROGRAMS="files floats" Tests/Programs/run.sh .build/debug/terrace
#   Tests/Programs/run.sh wasmtime -C compiler=winch
#
# For NAME.wasm (and NAME.O0.wasm, the same program unoptimized) there stand beside it:
#   NAME.expected   standard output of the native build; has to be equal
#   NAME.args       command line arguments, one a line
#   NAME.env        environment variables, NAME=VALUE, one a line
#   NAME.stdin      standard input (otherwise empty)
#   NAME.dir        the guest path under which an empty temporary directory is preopened
#   NAME.exit       the exit code, if not 0 (a trap exits 134)
#   NAME.stderr     texts, one a line, each of which has to occur in standard error
#
# Prints `ok NAME` or `FAIL NAME: why` for each and last `N passed, N failed`; exits 1 if any failed.
# A program that runs longer than LIMIT seconds (60) has failed.
set -u
cd_back=$PWD
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { sed -n '2,20p' "$0"; exit 2; }
engine=$1
shift
case $engine in
    /*) ;;
    */*) engine=$cd_back/$engine ;;
esac
command -v "$engine" >/dev/null || { echo "run.sh: no program $engine" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # wasm file, name, label
    local name=$2 base=$here/$2 line want=0 got=0 input=/dev/null why=
    local -a command=("$engine" run "${flags[@]}") arguments=()
    if [ -f "$base.dir" ]; then
        rm -rf "$work/directory"
        mkdir "$work/directory"
        command+=(--dir "$work/directory::$(cat "$base.dir")")
    fi
    if [ -f "$base.env" ]; then
        while IFS= read -r line; do command+=(--env "$line"); done <"$base.env"
    fi
    if [ -f "$base.args" ]; then
        while IFS= read -r line; do arguments+=("$line"); done <"$base.args"
    fi
    [ ! -f "$base.stdin" ] || input=$base.stdin
    [ ! -f "$base.exit" ] || want=$(cat "$base.exit")
    timeout "${LIMIT:-60}" "${command[@]}" "$1" ${arguments[@]+"${arguments[@]}"} <"$input" >"$work/out" 2>"$work/err" || got=$?
    if [ "$got" -ne "$want" ]; then
        why="exit code $got, not $want; $(head -c 300 "$work/err" | tr '\n' ' ')"
    elif ! cmp -s "$base.expected" "$work/out"; then
        why="output differs: $(diff "$base.expected" "$work/out" 2>&1 | head -3 | cut -c1-160 | tr '\n' ' ')"
    elif [ -f "$base.stderr" ]; then
        while IFS= read -r line; do
            grep -qF -- "$line" "$work/err" || why="standard error lacks '$line': $(head -c 200 "$work/err" | tr '\n' ' ')"
        done <"$base.stderr"
    fi
    if [ -z "$why" ]; then
        echo "ok $3"
        passed=$((passed + 1))
    else
        echo "FAIL $3: $why"
        failed=$((failed + 1))
    fi
}

flags=("$@")
for source in "$here"/*.c; do
    name=$(basename "$source" .c)
    [ -z "${PROGRAMS:-}" ] || [[ " $PROGRAMS " == *" $name "* ]] || continue
    check "$here/$name.wasm" "$name" "$name"
    [ ! -f "$here/$name.O0.wasm" ] || check "$here/$name.O0.wasm" "$name" "$name (unoptimized)"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
