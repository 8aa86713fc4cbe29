#!/bin/bash
# House rules that a machine can hold. All of them run, so that one call shows everything.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
YUSHUI_HOME=$(mktemp -d -t yushui-check-XXXXXX)
export YUSHUI_HOME
trap 'rm -rf "$YUSHUI_HOME"' EXIT
failed=()
step() {
    local name=$1
    shift
    printf '\n── %s\n' "$name"
    "$@" || failed+=("$name")
}

step "ruff: rules" ruff check .
step "ruff: layout" ruff format --check .
step "mypy: types" mypy
step "import-linter: layers" lint-imports
step "migrations follow the models" yushui makemigrations --check --dry-run

if [ ${#failed[@]} -gt 0 ]; then
    printf '\n✗ make check failed: %s\n' "$(IFS=';'; echo "${failed[*]}")"
    exit 1
fi
printf '\n✓ make check: all held\n'
