#!/bin/bash
# run.sh TERRACE: what the command line promises: exit codes, messages, statistics, and what bad input gives.
#
#   Tests/Command/run.sh .build/release/terrace
#
# Prints `ok WHAT` or `FAIL WHAT: why` for each case and last `N passed, N failed`; exits 1 if any failed.
set -u
here=$(cd "$(dirname "$0")" && pwd)
programs=$here/../Programs
[ $# -eq 1 ] || { sed -n '2,6p' "$0"; exit 2; }
terrace=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
passed=0
failed=0

report() { # what, why (empty: passed)
    if [ -z "$2" ]; then
        echo "ok $1"
        passed=$((passed + 1))
    else
        echo "FAIL $1: $2 [exit $got; stdout: $(head -c 150 out | tr '\n' ' ') stderr: $(head -c 250 err | tr '\n' ' ')]"
        failed=$((failed + 1))
    fi
}

# run ARGUMENT...: leaves its exit code in `got` and its output in the files out and err.
run() {
    got=0
    timeout 60 "$terrace" "$@" <"${input:-/dev/null}" >out 2>err || got=$?
}

# expect WHAT CODES [TEXT-IN-STDERR...]: the exit code is one of CODES (separated by |), standard error has all texts.
expect() {
    local what=$1 codes=$2 why= text
    shift 2
    [[ "|$codes|" == *"|$got|"* ]] || why="exit code $got, not $codes"
    for text in "$@"; do
        grep -qiF -- "$text" err || why="${why:+$why; }standard error lacks '$text'"
    done
    report "$what" "$why"
}

same() { # WHAT EXPECTED-STDOUT
    local why=
    [ "$got" -eq 0 ] || why="exit code $got"
    [ "$(cat out)" = "$2" ] || why="${why:+$why; }stdout is not '$2'"
    report "$1" "$why"
}

module() { printf '\0asm\1\0\0\0'"$2" >"$1"; }

# (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add), then "div" likewise with i32.div_s
module math.wasm '\1\7\1\x60\2\x7f\x7f\1\x7f\3\3\2\0\0\7\x0d\2\3add\0\0\3div\0\1\x0a\x11\2\7\0\x20\0\x20\1\x6a\x0b\7\0\x20\0\x20\1\x6d\x0b'
# (import "nowhere" "nothing" (func)) (func (export "_start"))
module missing.wasm '\1\4\1\x60\0\0\2\x13\1\7nowhere\7nothing\0\0\3\2\1\0\7\x0a\1\6_start\0\1\x0a\4\1\2\0\x0b'
# (import "wasi_snapshot_preview1" "fd_write" (func)) (func (export "_start"))
module mistyped.wasm '\1\4\1\x60\0\0\2\x23\1\x16wasi_snapshot_preview1\x08fd_write\0\0\3\2\1\0\7\x0a\1\6_start\0\1\x0a\4\1\2\0\x0b'
# (func (export "_start") (drop (i32.add (i32.const 1) (i64.const 2)))): does not validate
module illtyped.wasm '\1\4\1\x60\0\0\3\2\1\0\7\x0a\1\6_start\0\0\x0a\x0a\1\x8\0\x41\1\x42\2\x6a\x1a\x0b'
# a memory of 65537 pages
module huge.wasm '\5\5\1\0\x81\x80\4'
# (func (export "_start") (loop (br 0)))
module forever.wasm '\1\4\1\x60\0\0\3\2\1\0\7\x0a\1\6_start\0\0\x0a\x09\1\7\0\x03\x40\x0c\0\x0b\x0b'
head -c 1000 "$programs/hello.wasm" >cut.wasm
printf 'this is no module at all' >text.wasm
: >empty.wasm
mkdir folder

run run "$programs/hello.wasm"
same "run prints what the program prints" "Hello, world!"
run run --eager "$programs/hello.wasm"
same "run --eager does the same" "Hello, world!"
run run --tier baseline "$programs/hello.wasm"
same "run --tier baseline does the same" "Hello, world!"
run run --tier tiered --tier-up-threshold 1 --deterministic-tiering --tier-report report.json "$programs/hello.wasm"
same "run --tier tiered does the same" "Hello, world!"
grep -q '"reason":"firstCall"' report.json || report "--tier-report says why functions were compiled" "no reason"
rm -f report.json
run run --tier-up-threshold=-1 "$programs/hello.wasm"
expect "a threshold is a number" "1|2|64" "-1"
run run "$programs/exitcode.wasm"
expect "the program's exit code is the command's" 42
run run "$programs/arguments.wasm" --env --dir=x -h
expect "arguments after the file are the program's" 0
grep -qxF '[--dir=x]' out && grep -qxF '[-h]' out || report "all of them arrive" "not in its output"
run run --env A=1 --env GREETING=hi "$programs/arguments.wasm"
expect "--env is given to the program" 0
grep -qxF 'GREETING=hi' out || report "the variable arrives" "not in its output"

run run --invoke add math.wasm 40 2
same "--invoke calls an export and prints its result" 42
run run --invoke add math.wasm -- -5 2
same "negative arguments come after --" -3
run run --invoke absent math.wasm
expect "--invoke of what is not there names it" "1|2" absent
run run --invoke div math.wasm 1 0
expect "a trap in an invoked export exits 134" 134 "integer divide by zero"

run run "$programs/unreachable.wasm"
expect "a trap prints its kind and a backtrace with names" 134 unreachable main
run run "$programs/overflow.wasm"
lines=$(wc -l <err)
expect "a stack overflow is a trap" 134 "call stack exhausted" descend
report "its backtrace is capped" "$([ "$lines" -le 120 ] || echo "$lines lines")"

run run --stats "$programs/hello.wasm"
same "--stats leaves standard output alone" "Hello, world!"
why=
if command -v python3 >/dev/null; then
    python3 -c 'import json,sys; d=json.load(open("err")); sys.exit(not isinstance(d, dict) or len(d) < 4)' 2>/dev/null || why="no JSON object"
fi
report "and prints one JSON object on standard error" "$why"

run run absent.wasm
expect "an absent file is named" "1|2" absent.wasm
run run folder
expect "a folder is no module" "1|2" folder
for file in empty text cut; do
    run run $file.wasm
    expect "$file.wasm is no module" "1|2" $file.wasm
    report "nothing was printed" "$([ ! -s out ] || echo "something was")"
done
run run cut.wasm
expect "an error of decoding names an offset" "1|2" offset
run run illtyped.wasm
expect "an error of validation names an offset" "1|2" offset
run run missing.wasm
expect "a missing import is named" "1|2" nowhere nothing
run run mistyped.wasm
expect "a mistyped import is named" "1|2" wasi_snapshot_preview1 fd_write
run run huge.wasm
expect "too large a memory is an error" "1|2"
run run --dir absent "$programs/hello.wasm"
expect "an absent directory is named" "1|2" absent
run run --dir math.wasm "$programs/hello.wasm"
expect "a file given as directory is named" "1|2" math.wasm
run run --no-such-flag "$programs/hello.wasm"
expect "an unknown flag is named" "1|2|64" no-such-flag
run
expect "without arguments, help" "0|2|64"

got=0
timeout 2 "$terrace" run forever.wasm >out 2>err || got=$?
expect "an endless loop can be ended by a signal" "124|143"
got=0
"$terrace" run "$programs/numbers.wasm" <"$programs/numbers.stdin" 2>err | head -c 1 >out
report "a reader that goes away does no harm" "$(grep -qiE 'fatal|crash|core dumped' err && echo "crashed")"
chmod 000 empty.wasm
if ! cat empty.wasm >/dev/null 2>&1; then
    run run empty.wasm
    expect "a file that may not be read is named" "1|2" empty.wasm
fi

run validate "$programs/hello.wasm" math.wasm
expect "validate accepts valid modules" 0
run validate math.wasm illtyped.wasm
expect "validate refuses one that is not, by name and offset" 1 illtyped.wasm offset
run validate text.wasm absent.wasm
expect "validate names what it cannot read" "1|2" absent.wasm
run compile --tier baseline --stats math.wasm
expect "compile --stats compiles every function" 0
grep -qE '[0-9]' out err || report "and says how fast" "no figures"
run compile --tier baseline --stats --jobs 1 "$programs/files.wasm"
expect "compile --jobs 1" 0
run compile --tier baseline cut.wasm
expect "compile refuses what is no module" "1|2" cut.wasm
run --version
expect "--version" 0

cat >answer.wat <<'TEXT'
(module (func (export "answer") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 6))))
TEXT
run run --invoke answer answer.wat 7
same "run takes text as well" 42
run wat2wasm answer.wat -o answer.wasm
expect "wat2wasm writes a binary" 0
run run --invoke answer answer.wasm 7
same "which runs" 42
printf '(module\n  (func (result i32)\n    i32.cons 1))\n' >wrong.wat
run wat2wasm wrong.wat -o wrong.wasm
expect "an error in text has line, column and an excerpt" "1|2" "wrong.wat:3:5" "i32.cons 1" "^"
report "and no file is written" "$([ ! -e wrong.wasm ] || echo "there is one")"
for name in hello files vectors switches.O0; do
    run wasm2wat "$programs/$name.wasm" -o $name.wat
    expect "wasm2wat $name" 0
    run wat2wasm $name.wat -o $name.wasm
    expect "its text turns into a binary" 0
    run run --dir "$work/folder::/sandbox" $name.wasm
    same "which does what $name does" "$(cat "$programs/${name%.O0}.expected")"
done
run objdump "$programs/hello.wasm"
expect "objdump lists a module" 0
grep -qi 'fd_write' out || report "with its imports" "fd_write is not in its output"
run objdump --code ackermann "$programs/recursion.wasm"
expect "objdump --code shows a function" 0
grep -q 'call' out || report "with its instructions" "no call in it"
cat >script.wast <<'TEXT'
(module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
(assert_return (invoke "add" (i32.const 1) (i32.const 2)) (i32.const 3))
TEXT
run wast script.wast
expect "wast runs a script" 0
tail -1 out | grep -qxE "[1-9][0-9]* passed, 0 failed" || report "and counts" "last line is '$(tail -1 out)'"
printf '(assert_return (invoke "add" (i32.const 2) (i32.const 2)) (i32.const 5))\n' >>script.wast
run wast script.wast
expect "wast fails when an assertion does" 1

cat >math.wat <<'TEXT'
(module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "third") (param f64) (result f64 i64) (f64.div (local.get 0) (f64.const 3)) (i64.const -1)))
TEXT
run run --invoke add math.wat 0xffffffff 2
same "text runs like a binary" 1
run run --invoke third math.wat 1
same "results are printed one a line" "0.3333333333333333
-1"
run run --invoke add math.wat 1 2.5
expect "an argument of the wrong type is named" 2 2.5 i32
run run --invoke add math.wat 1
expect "a missing argument is an error" 2 "2 arguments"
run wat2wasm math.wat -o assembled.wasm
expect "wat2wasm writes a binary" 0
run run --invoke add assembled.wasm 40 2
same "which runs" 42
run wat2wasm text.wasm -o assembled.wasm
expect "wat2wasm names line and column" 1 text.wasm:1:1
run objdump "$programs/hello.wasm"
expect "objdump shows a module" 0
grep -qF '"fd_write": function of type' out && grep -qE '^  code +0x' out || report "its sections and imports" "not in its output"
run objdump --code add math.wat
expect "objdump --code shows machine code" 0
grep -qF 'i32.add' out && grep -qF '55 48 89 e5' out || report "beside its instructions" "not in its output"
run objdump --code nothing math.wat
expect "objdump names a function that is not there" 1 nothing
cat >script.wast <<'TEXT'
(module (func (export "one") (result i32) (i32.const 1)))
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "one") (i32.const 2))
TEXT
run wast script.wast
expect "wast names a failing assertion's line and both values" 1 "line 3" "expected" "2" "1"
grep -qE '^script: [0-9]+ passed, 1 failed$' out || report "and counts" "not in its output"
rm math.wat script.wast

# Standard output that takes nothing, in every subcommand that writes to it.
cat >one.wat <<'TEXT'
(module (func (export "one") (result i32) (i32.const 1)))
TEXT
cat >one.wast <<'TEXT'
(module (func (export "one") (result i32) (i32.const 1)))
(assert_return (invoke "one") (i32.const 1))
TEXT
for command in "wasm2wat answer.wasm" "wat2wasm one.wat -o -" "objdump answer.wasm" "objdump --code 0 answer.wasm" \
    "compile answer.wasm" "wast one.wast" "run --invoke one one.wat" "--version" "--help" "help run" "wast --help" \
    "--generate-completion-script bash"; do
    got=0
    # shellcheck disable=SC2086
    "$terrace" $command >/dev/full 2>err || got=$?
    expect "'$command' to a full device is an error" 1 "standard output" "no space left"
    got=0
    # shellcheck disable=SC2086
    "$terrace" $command >&- 2>err || got=$?
    expect "'$command' without a standard output is an error" 1 "standard output" "closed"
done
got=0
"$terrace" validate answer.wasm >&- 2>err || got=$?
expect "a command that has nothing to say needs no standard output" 0
got=0
(trap '' PIPE; exec "$terrace" wasm2wat "$programs/sorting.wasm" 2>err) > >(exec head -c 1 >/dev/null) || got=$?
expect "where SIGPIPE is ignored a reader that went away is an error" 1 "standard output" "broken pipe"
got=0
(exec "$terrace" wasm2wat "$programs/sorting.wasm" 2>err) > >(exec head -c 1 >/dev/null) || got=$?
expect "and elsewhere ends the command silently" 141
report "it said nothing" "$([ ! -s err ] || echo "it did")"
got=0
"$terrace" compile --stats answer.wasm 2>/dev/full || got=$?
expect "figures that find no room are an error" 1
ln -s /dev/full full.wat
run wasm2wat answer.wasm -o full.wat
expect "a full output file is an error" 1 "full.wat" "no space left"
report "what is no regular file is not removed" "$([ -L full.wat ] || echo "it was")"
rm full.wat

# A guest that exits with what fd_write answered: it is told what happened, and no file takes the stream's place.
cat >writes.wat <<'TEXT'
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1) (data (i32.const 0) "\10\00\00\00\04\00\00\00") (data (i32.const 16) "text")
  (func (export "_start")
    (call $exit (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
TEXT
run run writes.wat
expect "a guest's write succeeds" 0
got=0
"$terrace" run writes.wat >/dev/full 2>err || got=$?
expect "a guest's write to a full device fails with nospc" 51
got=0
"$terrace" run --dir folder writes.wat >&- 2>err || got=$?
expect "a guest's write to a closed stream fails with badf" 8
got=0
(trap '' PIPE; sleep 0.2; exec "$terrace" run writes.wat 2>err) > >(exec true) || got=$?
expect "a guest's write to a pipe without reader fails with pipe" 64
cat >opens.wat <<'TEXT'
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (memory (export "memory") 1) (data (i32.const 16) "created")
  (func $make (param $length i32)
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 16) (local.get $length) (i32.const 1) (i64.const 64)
      (i64.const 0) (i32.const 0) (i32.const 8))))
  (func (export "_start") (call $make (i32.const 5)) (call $make (i32.const 6)) (call $make (i32.const 7)) unreachable))
TEXT
mkdir folder/opened
got=0
"$terrace" run --dir folder/opened::/ opens.wat >&- 2>&- || got=$?
: >err
expect "without standard streams a trap still ends a guest" 134
report "and its message does not go into a file that the guest opened" \
    "$([ "$(cat folder/opened/* | wc -c)" -eq 0 ] && [ -e folder/opened/created ] || cat folder/opened/*)"
rm writes.wat opens.wat one.wat one.wast

# Arguments and paths that are not UTF-8.
odd=$'\xff\xc3o\xf4\x8f\xbf\xbf'
mkdir "folder/$odd" "folder/$odd/$odd"
cp "$programs/arguments.wasm" "folder/$odd/$odd.wasm"
run run --env "GREETING=$odd" "folder/$odd/$odd.wasm" "$odd" "größer"
expect "a file whose name is no text runs" 0
LC_ALL=C grep -qxF "[$odd]" out && grep -qxF "[größer]" out || report "its arguments arrive unchanged" "not in its output"
LC_ALL=C grep -qxF "GREETING=$odd" out || report "its environment arrives unchanged" "not in its output"
run run "--env=GREETING=$odd" "folder/$odd/$odd.wasm" "$odd"
expect "the same when ArgumentParser reads the line" 0
LC_ALL=C grep -qxF "[$odd]" out && LC_ALL=C grep -qxF "GREETING=$odd" out ||
    report "unchanged" "not in its output"
run run --dir "folder/$odd/$odd::/sandbox" "$programs/files.wasm"
same "a directory whose name is no text can be given" "$(cat "$programs/files.expected")"
run wasm2wat answer.wasm -o "folder/$odd.wat"
expect "an output file may have such a name" 0
run wat2wasm "folder/$odd.wat"
expect "and the name that is made from it" 0
report "they are there" "$([ -f "folder/$odd.wat" ] && [ -f "folder/$odd.wasm" ] || ls folder)"
run validate "$odd"
expect "a message shows such bytes" 1 '\xff\xc3o'
run "--$odd"
expect "ArgumentParser's messages too" 2 '\xff\xc3o'
run run --invoke "$odd" answer.wasm
expect "no export has such a name" 1 '\xff\xc3o'

# Messages: one offset, no huge names, components.
name=$(printf 'n%.0s' {1..100000})
printf '(module (func (export "%s")) (func (export "%s")))' "$name" "$name" >names.wat
run wat2wasm names.wat
run validate names.wasm
expect "an export that is there twice is named" 1 "duplicate export name" "nnnn… (100000 bytes)" "offset"
report "a huge name is shortened" "$([ "$(wc -c <err)" -lt 400 ] || echo "$(wc -c <err) bytes")"
printf '(module (import "%s" "%s" (func)) (func (export "_start")))' "$name" "$name" >names.wat
run run names.wat
expect "a missing import is named" 1 "unknown import" "nnnn… (100000 bytes)"
report "and shortened" "$([ "$(wc -c <err)" -lt 600 ] || echo "$(wc -c <err) bytes")"
printf '(module (func $%s (export "_start") unreachable))' "$name" >names.wat
run run names.wat
expect "a frame of a backtrace is named" 134 "nnnn… (100000 bytes)"
report "and shortened" "$([ "$(wc -c <err)" -lt 400 ] || echo "$(wc -c <err) bytes")"
run run --invoke "$name" answer.wasm
expect "an export that is not there is named" 1 "nnnn… (100000 bytes)"
printf '(module (tag $e) (func (export "_start") (block $b try_table (catch $e $b) end)))' >tag.wat
for how in "compile" "run --eager" "objdump --code 0"; do
    # shellcheck disable=SC2086
    run $how tag.wat
    if [ $got -ne 0 ]; then
        report "'$how' gives an offset once" "$([ "$(grep -o offset err | wc -l)" -eq 1 ] || cat err)"
    fi
done
printf '(module (func' >tag.wast
run wast tag.wast
expect "wast names line and column" 1 "line 1: column 9:"
rm tag.wast names.wat tag.wat
printf '\0asm\x0d\0\1\0' >component.wasm
printf '(component\n  (core module))\n' >component.wat
printf '(component)' >component.wast
for command in "run component.wasm" "validate component.wasm" "objdump component.wasm" "run component.wat" \
    "wat2wasm component.wat" "wast component.wast"; do
    # shellcheck disable=SC2086
    run $command
    expect "'$command' says what it is, and what to do" 1 "this is a component" "wasm32-wasip1"
done

report "nothing was left behind" "$(ls | grep -vxE 'out|err|folder|.*\.(wasm|wat|wast)' | tr '\n' ' ')"
cat >deep.wat <<'TEXT'
(module (func $f (export "deep") (param i32) (result i32)
  local.get 0 i32.eqz if (result i32) i32.const 7 else local.get 0 i32.const 1 i32.sub call $f end))
TEXT
run run --invoke deep deep.wat 30000
same 'the default stack holds 30,000 frames' 7
run run --max-wasm-stack 64K --invoke deep deep.wat 30000
expect '--max-wasm-stack makes the stack smaller' 134 'call stack exhausted'
run run --invoke deep --max-wasm-stack=64KiB deep.wat 30000
expect '--max-wasm-stack=SIZE means the same' 134 'call stack exhausted'
run run --max-wasm-stack 64M --invoke deep deep.wat 300000
same '--max-wasm-stack makes the stack larger' 7
run run --max-wasm-stack 100T --invoke deep deep.wat 1
expect 'a size that is none is misuse' 2 max-wasm-stack
run run --max-wasm-stack 9999999G --invoke deep deep.wat 1
expect 'a stack that cannot be had is an error' 1 'cannot be mapped'
printf '(module (func $f (export "f") call $f)) (assert_exhaustion (invoke "f") "call stack exhausted")' >deep.wast
run wast --max-wasm-stack 64K deep.wast
expect 'wast knows --max-wasm-stack' 0

# A command that does as ours does, but for a mistake in the fifth transformation of function 7, one of `compares`.
cat >mistaken <<EOF
#!/bin/bash
range=0-28 limit=100 passes=all tier=tiered
set_option() { case \$1 in --opt-functions) range=\$2 ;; --opt-limit) limit=\$2 ;; --opt-passes=*) passes=\${1#*=} ;; --tier) tier=\$2 ;; esac; }
for ((i = 2; i < \$#; i++)); do set_option "\${@:i:2}"; done
"$terrace" "\$@" || exit
[ \$tier = baseline ] || [ \$limit -lt 5 ] || [ \$passes = -compares ] || [ \${range%-*} -gt 7 ] || [ \${range#*-} -lt 7 ] || echo mistake
EOF
chmod +x mistaken
got=0
"$here/../../scripts/bisect-optimizer.sh" ./mistaken "$programs/hello.wasm" >out 2>err || got=$?
expect "bisect-optimizer.sh ends" 0
for text in "function 7" "transformation 5" "right without: compares"; do
    grep -qxF -- "$text" out || report "bisect-optimizer.sh finds: $text" "it does not"
done
got=0
"$here/../../scripts/bisect-optimizer.sh" "$terrace" "$programs/hello.wasm" >out 2>err || got=$?
expect "bisect-optimizer.sh says where nothing is wrong" 1
run run --tier optimized --opt-functions 9-11 --stats "$programs/hello.wasm"
grep -q '"optimized":{"functions":3,' err || report "--opt-functions leaves the others in baseline code" "it does not"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
