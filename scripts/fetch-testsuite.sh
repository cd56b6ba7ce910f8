#!/bin/bash
# Fetches the official WebAssembly test suite into .testsuite, where the tests look for it when neither
# TERRACE_TESTSUITE nor ../shared/testsuite is there. The revision is the last one before a fixed day (or REVISION, if
# that is set), so that the expectations in Tests/TerraceScriptTests/SuiteStatus.txt fit.
set -euo pipefail
repository=https://github.com/WebAssembly/testsuite
before=2026-07-01T00:00:00Z
target=$(cd "$(dirname "$0")/.." && pwd)/.testsuite

[ -d "$target/.git" ] || git clone --quiet --filter=blob:none --no-checkout "$repository" "$target"
revision=${REVISION:-$(git -C "$target" rev-list -1 --before="$before" origin/HEAD)}
git -C "$target" checkout --quiet --detach "$revision"
git -C "$target" log -1 --format='official test suite at %h of %cs'
