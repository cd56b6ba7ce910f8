#!/bin/bash
# Fetches Lua 5.4, SQLite, bzip2 and Duktape as Debian source packages and builds each for WASI and natively, from the same
# sources with the same drivers (real/). Nothing of them is committed; all of it lands in work/.
# Source entries are enabled in a private list only: the machine's own apt configuration stays as it is.
source "$(dirname "$0")/common.sh"

fetched=$work/sources
mkdir -p "$fetched/apt/parts" "$fetched/apt/lists/partial" "$fetched/apt/cache/archives/partial"
cd "$fetched"

if ! ls "$fetched"/lua5.4-*/ "$fetched"/sqlite3-*/ "$fetched"/bzip2-*/ "$fetched"/duktape-*/ >/dev/null 2>&1; then
    found=0
    for list in /etc/apt/sources.list.d/*.sources; do
        [ -f "$list" ] && grep -q debian.org "$list" || continue
        sed 's/^Types:.*/Types: deb-src/' "$list" >"apt/parts/$(basename "$list")"
        found=1
    done
    if [ $found -eq 0 ] && [ -f /etc/apt/sources.list ]; then
        sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >apt/parts/sources.list
    fi
    options=(-o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$fetched/apt/parts"
        -o "Dir::State::Lists=$fetched/apt/lists" -o "Dir::Cache=$fetched/apt/cache" -o APT::Sandbox::User=)
    apt-get -q "${options[@]}" update
    apt-get -q "${options[@]}" source --download-only lua5.4 sqlite3 bzip2 duktape
    for description in *.dsc; do
        package=${description%%_*} version=${description#*_}
        [ -d "$package-${version%%-*}" ] || dpkg-source --no-check -x "$description"
    done
fi

lua=$(echo "$fetched"/lua5.4-*/src)
echo "Lua from $lua"
sources=()
for source in "$lua"/*.c; do [ "$(basename "$source")" = luac.c ] || sources+=("$source"); done
flags=(-w -include "$here/real/wasi/lua-wasi.h" "-I$lua")
build_wasm lua "-I$here/real/wasi" "${flags[@]}" "${sources[@]}" "$here/real/lua-wasi.c"
build_native lua -DLUA_USE_POSIX -idirafter "$here/real/wasi" "${flags[@]}" "${sources[@]}" "$here/real/lua-wasi.c"

sqlite=$(echo "$fetched"/sqlite3-*/)
if [ ! -f "$fetched/amalgamation/sqlite3.c" ]; then
    echo "SQLite's amalgamation from $sqlite"
    mkdir -p "$fetched/amalgamation"
    (cd "$fetched/amalgamation" && "$sqlite/configure" >configure.log 2>&1 && make sqlite3.c >make.log 2>&1)
fi
flags=(-w "-I$fetched/amalgamation" -DSQLITE_OS_OTHER=1 -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION
    -DSQLITE_OMIT_WAL -DSQLITE_MAX_MMAP_SIZE=0 -DSQLITE_TEMP_STORE=3 -DSQLITE_OMIT_LOCALTIME
    -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE
    -DSQLITE_ENABLE_MATH_FUNCTIONS "$fetched/amalgamation/sqlite3.c" "$here/real/sqlite-vfs.c" "$here/real/sqlite-driver.c")
build_wasm sqlite "${flags[@]}"
build_native sqlite "${flags[@]}"

bzip2=$(echo "$fetched"/bzip2-*/)
echo "bzip2 from $bzip2"
flags=(-w -DBZ_NO_STDIO "-I$bzip2" "$here/real/bzip2-driver.c")
for part in blocksort huffman crctable randtable compress decompress bzlib; do flags+=("$bzip2/$part.c"); done
build_wasm bzip2 "${flags[@]}"
build_native bzip2 "${flags[@]}"
[ -f "$work/data/input.dat" ] || python3 "$here/generate/input.py" "$work/data/input.dat" 20000000

duktape=$(echo "$fetched"/duktape-*/src)
echo "Duktape from $duktape"
flags=(-w "-I$duktape" "$duktape/duktape.c" "$here/real/duktape-driver.c")
build_wasm duktape "-I$here/real/wasi-jumps" "${flags[@]}"
build_native duktape "${flags[@]}"
ls -l "$work"/wasm/{lua,sqlite,bzip2,duktape}.wasm
