#!/bin/bash
# Every test, in three runs side by side: all without a browser on SQLite, the same and the whole path on a real
# PostgreSQL, and those that open pages in Chromium, on SQLite: how a page looks does not depend on the database. Tests
# whose processes are killed make SQLite databases of their own, so they run once.
# Nothing is skipped in silence: a missing tool is an error, and the closing lines say what ran where.
# Arguments go to pytest, e.g. scripts/test.sh yushui/payments -k reversal
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" PYTHONDONTWRITEBYTECODE=1

# Debian packages that the tests use, each with a file that shows it is there.
need_packages() {
    local missing=()
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
    [ -n "$(fc-list :lang=zh 2>/dev/null | head -1)" ] || missing+=(fonts-noto-cjk fontconfig)
    command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
    command -v pdftotext >/dev/null || missing+=(poppler-utils)
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        printf '✗ Tests need programs that are missing here. Run this once, then try again:\n  sudo apt-get install -y --no-install-recommends %s\n' "${missing[*]}"
        exit 1
    fi
    echo "· installing ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get update -qq \
        && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null \
        || { echo "✗ apt-get could not install ${missing[*]}"; exit 1; }
}
need_packages

work=$(mktemp -d -t yushui-test-XXXXXX)
trap 'rm -rf "$work"' EXIT

# start NAME COMMAND…: run pytest in the background, each with a data folder of its own.
start() {
    local name=$1
    shift
    (
        YUSHUI_HOME="$work/home-$name" "$@" >"$work/$name" 2>&1
        echo $? >"$work/$name.code"
    ) &
}

# finish NAME PID: wait, show what it said, keep its last line for the summary. Where arguments choose some tests, a run
# may have none of them (5), but not all three.
status=0
ran=0
summary=()
finish() {
    local name=$1 code
    wait "$2"
    code=$(cat "$work/$name.code" 2>/dev/null || echo 1)
    [ "$code" -eq 5 ] && [ -n "$chosen" ] && code=0 || ran=1
    printf '\n══ %s\n' "$name"
    cat "$work/$name"
    [ "$code" -eq 0 ] || status=1
    summary+=("$([ "$code" -eq 0 ] && echo ✓ || echo ✗) $name: $(grep -E '(passed|failed|error|no tests ran)' "$work/$name" | tail -1 | tr -d '=' | xargs -0)")
}
unset DATABASE_URL
chosen=$*
echo "· three runs side by side; what they say follows when each is done"
start SQLite pytest -ra -m "not browser" "$@"
sqlite=$!
start PostgreSQL python scripts/with_postgres.py pytest -ra -m "(not browser or whole_path) and not own_house" "$@"
postgres=$!
start Chromium pytest -ra -m browser "$@"
chromium=$!
finish SQLite $sqlite
finish PostgreSQL $postgres
finish Chromium $chromium
[ $ran -eq 1 ] || status=5

printf '\n══ make test\n'
printf '%s\n' "${summary[@]}"
exit $status
