"""Page times of the register: lists, search, person with 100,000 persons in the database and 20 users at once.

    .venv/bin/python -m bench.pages

The real server with its real settings on a loopback port, SQLite, sessions of users who signed in by the form
(bench/users.py). A data folder made before is used again when BENCH_HOME names it.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from bench.users import ask_all

PERSONS = 100_000
SURNAMES = "王李张刘陈杨黄赵吴周"
KINDS = ("WAR_VETERAN", "RURAL_VETERAN_60", "DISABLED_SOLDIER", "VETERAN")


def prepare(home: Path) -> int:
    """A demo county with so many persons; how many there are."""
    database = home / "yushui.sqlite3"
    if not database.exists():
        veterans = PERSONS - 12_000
        command = [sys.executable, "-m", "config.cli", "demo", "--people", "12000", "--veterans", str(veterans)]
        subprocess.run(command, check=True, env={**os.environ, "YUSHUI_HOME": str(home)}, stdout=subprocess.DEVNULL)
    with sqlite3.connect(database) as connection:
        return int(connection.execute("SELECT count(*) FROM people_person").fetchone()[0])


def paths(rng: random.Random, last_id: int) -> list[tuple[str, str]]:
    """(kind of page, path) as an officer asks for them, mixed."""
    number = f"{rng.randint(0, 9999):04d}"
    return [
        ("list", f"/people/?page={rng.randint(1, 20)}"),
        ("list, by kind", f"/people/?kind={rng.choice(KINDS)}&page={rng.randint(1, 4)}"),
        ("list, one town", f"/people/?area=990101{rng.randint(1, 15):03d}000"),
        ("search by name", f"/people/?text={quote(rng.choice(SURNAMES))}"),
        ("search by last digits", f"POST /search/ {number}"),
        ("search box", f"/search/?q={quote(rng.choice(SURNAMES) + rng.choice('国建德文志秀'))}"),
        ("person", f"/people/{rng.randint(1, last_id)}/"),
        ("person", f"/people/{rng.randint(1, 12_000)}/"),
    ]


def main() -> int:
    """1 when a page was slower than the target or did not answer."""
    with tempfile.TemporaryDirectory(prefix="yushui-bench-") as folder:
        home = Path(os.environ.get("BENCH_HOME", folder))
        persons = prepare(home)
        print(f"{persons:,} persons, {(home / 'yushui.sqlite3').stat().st_size >> 20} MB on SQLite")
        reached = ask_all(home, lambda rng: paths(rng, persons), warm=("/people/", "/people/1/"))
        return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
