#!/bin/bash
# Resolve requirements*.in for the oldest Python we take. Hashes in, addresses out; dev follows the runtime's pins.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() { .venv/bin/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 "$@"; }
lock requirements.in -o requirements.txt
lock requirements-dev.in -c requirements.txt -o requirements-dev.txt
lock requirements-tools.in -o requirements-tools.txt
if grep -nE 'https?://' requirements*.txt; then
    echo "✗ an address got into a lock file" >&2
    exit 1
fi
