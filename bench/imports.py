"""Import of a county's roster: 100,000 rows of the real 62-column form, all checks, and the marked workbook back.

    .venv/bin/python bench/imports.py [ROWS]

Half of the people are in the register already, some with other values; two rows in a hundred are bad. The workbook is
made in one process, the check runs in another, so that its peak memory is its own. Prints seconds, rows per second and
MB; ends with 1 when a target (60 s, 500 MB at 100,000 rows) is missed.
"""

# ruff: noqa: PLC0415  Django is set up for a data folder of its own before anything of the house is imported

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 100_000
MOST_SECONDS, MOST_MB = 60, 500
COUNTY = "990101000000"


def prepare(rows: int, home: Path) -> None:
    """The workbook, and a register that knows every second person of it."""
    import django

    django.setup()
    from django.core.management import call_command

    from yushui.base import clock
    from yushui.people.services import bulk
    from yushui.places.services import write_areas
    from yushui.policy.services import load_law
    from yushui.rosters.tests import messy

    call_command("migrate", verbosity=0)
    load_law(actor=None, at=clock.now())
    write_areas(
        [("990000000000", "示例省"), ("990100000000", "示例市"), (COUNTY, "云川县"), ("990101001000", "石桥镇"),
         ("990101001001", "北洲村"), ("990101001002", "柳湾村")], source="bench",
    )  # fmt: skip
    roster = messy.make("rural_veteran_60", rows)
    heads = roster.heads
    number, name, born = heads.index("60岁退役士兵身份证号"), heads.index("姓名"), heads.index("出生日期")
    known = [
        {"name": row[name], "id_number": row[number], "born_on": messy.date.fromisoformat(str(row[born])),
         "sex": "M" if int(str(row[number])[16]) % 2 else "F", "area": messy.VILLAGES[0], "ethnicity": "汉族"}
        for row in roster.rows[::2]
    ]  # fmt: skip
    ids = bulk.add_people(people=known, at=clock.now())
    status = {"kind": "RURAL_VETERAN_60", "state": "RECEIVING", "starts_on": messy.date(2012, 3, 1)}
    bulk.add_statuses(rows=[(pk, status) for pk in ids], source="bench", recorded_by=None, at=clock.now())
    for place in range(0, rows, 50):
        row = roster.rows[place]
        if place % 100:
            row[born] = "1999-09-09"
        else:
            row[number] = float(str(row[number])[:15] + "000")
    messy.write_xlsx(roster, home / "roster.xlsx")


def check(rows: int, home: Path) -> None:
    """The check as the job runs it; prints its measures as JSON."""
    import django

    django.setup()
    from yushui.base import clock
    from yushui.rosters.services.imports import start_import
    from yushui.rosters.services.preview import check_import

    began, used = time.perf_counter(), time.process_time()
    content = (home / "roster.xlsx").read_bytes()
    size = len(content)
    roster = start_import(
        actor=None, content=content, file_name="roster.xlsx", area_code=COUNTY, at=clock.now(), in_background=False
    )
    del content
    steps: list[tuple[float, str]] = []

    def told(done: int, total: int, message: str) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        steps.append((time.process_time() - used, f"{message} ({peak} MB)"))

    roster = check_import(import_id=roster.pk, at=clock.now(), progress=told)
    seconds = time.perf_counter() - began
    print(json.dumps({
        "seconds": seconds, "cpu": time.process_time() - used, "rows": roster.rows,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "new": roster.new, "changed": roster.changed, "bad": roster.bad_rows, "bad_cells": roster.bad_cells,
        "file_mb": size / 1e6, "annotated_mb": roster.annotated.size / 1e6 if roster.annotated else 0,
        "steps": [(round(at, 1), text) for at, text in steps if not text.startswith("已检查") or "00000 行" in text],
    }))  # fmt: skip


def main() -> int:
    """Run both parts and compare with the targets."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else ROWS
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "YUSHUI_HOME": home,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        environment.pop("DATABASE_URL", None)
        for part in ("prepare", "check"):
            done = subprocess.run(
                [sys.executable, __file__, part, str(rows), home],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                print(done.stderr[-3000:])
                return 1
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"rows {found['rows']:,}  new {found['new']:,}  changed {found['changed']:,}  bad {found['bad']:,}")
    print(f"file {found['file_mb']:.1f} MB, marked copy {found['annotated_mb']:.1f} MB")
    print(
        f"{found['seconds']:.1f} s ({found['cpu']:.1f} s of CPU)  {found['rows'] / found['seconds']:,.0f} rows/s  "
        f"peak {found['mb']:.0f} MB"
    )
    print("steps:", found["steps"])
    reached = found["seconds"] <= MOST_SECONDS and found["mb"] <= MOST_MB
    print(f"target {MOST_SECONDS} s, {MOST_MB} MB at {ROWS:,} rows: {'reached' if reached else 'MISSED'}")
    return 0 if reached else 1


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] in {"prepare", "check"}:
        {"prepare": prepare, "check": check}[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main())
