#!/bin/bash
# Make .venv ready: `bootstrap.sh run` for the product, `bootstrap.sh dev` also for tests and checks.
# Needs python3 (3.11 or newer). What is already there and unchanged is left alone, so a second call takes no time.
set -euo pipefail
cd "$(dirname "$0")/.."
want=${1:?run or dev}

say() { printf '· %s\n' "$*" >&2; }
die() { printf '✗ %s\n' "$*" >&2; exit 1; }

# The system's own Python comes first where it can make a venv: distributions build it optimised, which a Python built
# by hand often is not; pages then cost a quarter more.
find_python() {
    local system=""
    /usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null && system=/usr/bin/python3
    for name in ${PYTHON:-} $system python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    die "Python 3.11 or newer is needed. On Debian 12 or Ubuntu 24.04: apt-get install -y python3"
}

# Debian splits venv and pip off python3.
need_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    [ -x .venv/bin/pip ] && return
    local package
    package=$("$1" -c 'import sys; print(f"python3.{sys.version_info.minor}-venv")')
    [ "$(readlink -f "$1")" = "$(readlink -f /usr/bin/python3 2>/dev/null)" ] && package=python3-venv
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        die "Python has no venv module here. Run this once, then try again:  sudo apt-get install -y $package"
    fi
    say "installing $package"
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >&2
}

digest_of() { cat "$@" | sha256sum | cut -c1-16; }

# install FILE: the locked packages, by uv when it can be had, else by pip. Both verify the hashes.
install() {
    if [ ! -x .venv/bin/uv ]; then
        .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-tools.txt 2>/dev/null \
            || say "uv cannot be had here, pip does it (slower)"
    fi
    if [ -x .venv/bin/uv ] && .venv/bin/uv pip install -q --compile-bytecode --python .venv/bin/python --require-hashes -r "$1"; then
        return
    fi
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$1"
}

python=""
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; then
    python=$(find_python)
    need_venv "$python"
    say "making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi

runtime=$(digest_of requirements.txt pyproject.toml)
if [ "$(cat .venv/installed-run 2>/dev/null)" != "$runtime" ]; then
    say "installing what the product needs"
    install requirements.txt
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    echo "$runtime" > .venv/installed-run
fi

# Compiled once, so that every start is quick even where Python is told to write no bytecode itself.
.venv/bin/python -m compileall -q config yushui >/dev/null || true

if [ "$want" = dev ]; then
    dev=$(digest_of requirements.txt requirements-dev.txt)
    if [ "$(cat .venv/installed-dev 2>/dev/null)" != "$dev" ]; then
        say "installing what tests and checks need"
        install requirements-dev.txt
        echo "$dev" > .venv/installed-dev
    fi
fi
