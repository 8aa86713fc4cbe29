"""`make bench`: engine, import and pages, each in a process of its own so that memory is its own.

`python -m bench engine` runs one of them. A part ends with 0 when it reached its targets.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys

PARTS = {
    "engine": "engine against OpenFisca-core and an ORM loop: at least 4.5× at 1M, 300× at 100k",
    "imports": "roster of 100,000 rows: at most 60 s and 500 MB",
    "pages": "list, search, person with 100,000 persons, 20 users: p95 at most 300 ms",
    "work": "200,000 activities, 500,000 visits, 50,000 cases, 20,000 sites: p95 at most 300 ms; home 2 s, 300 KB",
}


def main() -> int:
    """Run the parts asked for; 1 when one missed its target or broke."""
    wanted = sys.argv[1:] or list(PARTS)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", flush=True)
    missed = []
    for part in wanted:
        print(f"\n══ {part}: {PARTS[part]}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{part}"], check=False).returncode:
            missed.append(part)
    print("\n══ " + (f"missed: {', '.join(missed)}" if missed else "all targets reached"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
