#!/bin/bash
# bisect-optimizer.sh TERRACE FILE.wasm [ARGUMENT...]: finds what the optimizing compiler does wrong to a program.
#
#   scripts/bisect-optimizer.sh .build/release/terrace program.wasm 10
#   FLAGS="--tier tiered --tier-up-threshold 0 --deterministic-tiering" scripts/bisect-optimizer.sh …
#   RUN="--dir /tmp::/ --env A=B" scripts/bisect-optimizer.sh …
#
# The program's exit code and standard output in baseline code are held for right; a run that takes longer than LIMIT
# seconds (60) is wrong. FLAGS (`--tier optimized`) is how the wrong run is made; RUN is what both need beside it. Prints the
# functions that have to be optimized for a wrong result, the number of the transformation with which it begins, and the
# groups without which that transformation does no harm. Exits 0 if it found a function, 1 if nothing is wrong.
set -u
[ $# -ge 2 ] || { sed -n '2,13p' "$0"; exit 2; }
terrace=$1
shift
program=("$@")
read -ra flags <<<"${FLAGS:---tier optimized}"
read -ra common <<<"${RUN:-}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SWIFT_BACKTRACE=enable=no
runs=0

# run NAME FLAG...: leaves the exit code and the output in a file.
run() {
    local name=$1 code=0
    shift
    timeout "${LIMIT:-60}" "$terrace" run ${common[@]+"${common[@]}"} "$@" "${program[@]}" \
        </dev/null >"$work/$name" 2>"$work/errors" || code=$?
    echo "exit code $code" >>"$work/$name"
}

# wrong FLAG...: whether the program goes wrong in optimized code with these options.
wrong() {
    runs=$((runs + 1))
    run actual "${flags[@]}" "$@"
    ! cmp -s "$work/expected" "$work/actual"
}

# least LOW HIGH COMMAND...: the least number for which `COMMAND NUMBER` is wrong; it is known to be for HIGH.
least() {
    local low=$1 high=$2 middle
    shift 2
    while [ "$low" -lt "$high" ]; do
        middle=$(((low + high) / 2))
        if "$@" $middle; then high=$middle; else low=$((middle + 1)); fi
    done
    found=$high
}
up_to() { wrong --opt-functions "0-$1"; }
# The mirror image: what remains of LAST functions when so many at the beginning are left out is right.
right_from() { ! wrong --opt-functions "$(($1 + 1))-$last"; }
with_limit() { wrong --opt-functions "$functions" --opt-limit "$1"; }

run expected --tier baseline --stats
count=$(sed -n 's/.*"functions":\([0-9]*\),"importedFunctions":\([0-9]*\).*/\1 \2/p' "$work/errors" | head -1)
[ -n "$count" ] || { echo "no statistics of a run in baseline code:" >&2; cat "$work/errors" >&2; exit 2; }
wrong || { echo "nothing is wrong: ${flags[*]} gives what baseline code gives"; exit 1; }
last=$((${count% *} + ${count#* } - 1))
up_to $last || { echo "wrong, but not with --opt-functions 0-$last: not the optimizing compiler's doing" >&2; exit 2; }

least 0 $last up_to
last=$found
least 0 $last right_from
functions=$found-$last
if [ "$found" -eq "$last" ]; then
    echo "function $last"
else
    echo "functions $functions, none of them alone"
fi

if with_limit 0; then
    echo "no optional transformation: it is wrong with --opt-limit 0 too"
    echo "($runs runs) again: $terrace run ${common[*]-} ${flags[*]} --opt-functions $functions --opt-limit 0 ${program[*]}"
    exit 0
fi
high=1
until with_limit $high; do
    high=$((high * 2))
    if [ $high -gt 1000000000 ]; then
        echo "every number of transformations is right: only without a limit is it wrong"
        exit 0
    fi
done
least $((high / 2 + 1)) $high with_limit
number=$found
echo "transformation $number"
groups=()
for group in $("$terrace" run --opt-passes '?' "${program[0]}" 2>&1 | sed -n 's/.*there are: //p' | tr -d ','); do
    wrong --opt-functions "$functions" --opt-limit "$number" "--opt-passes=-$group" || groups+=("$group")
done
echo "right without: ${groups[*]-none of the groups}"
echo "($runs runs) again: $terrace run ${common[*]-} ${flags[*]} --opt-functions $functions --opt-limit $number ${program[*]}"
