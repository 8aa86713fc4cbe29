"""Page times of the work: 200,000 activities, 500,000 visits, 50,000 cases, 20,000 sites, 20 users at once,
and one who records.

    .venv/bin/python -m bench.work

The demo county's own rows are taken again and again with other days and places until there are so many, then the real
server answers users who signed in by the form (bench/users.py). Last, the home page is opened in a Chromium that has
nothing of ours in its cache. A data folder made before is used again when BENCH_HOME names it.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Response, sync_playwright

from bench.users import PASSWORD, Browser, Paths, ask_all, free_port, serve
from tests.browser import CHROMIUM, FLAGS

ROWS = {"activities_activity": 200_000, "activities_visit": 500_000, "cases_case": 50_000, "sites_site": 20_000}
NEW_KEY = "lower(hex(randomblob(16)))"
OTHER_DAY = "date((SELECT max(\"on\") FROM activities_activity), '-' || (abs(random()) % 730) || ' days')"  # two years
OTHER_PLACE = "(SELECT code FROM temp.village WHERE n = 1 + abs(random()) % (SELECT count(*) FROM temp.village))"
OWN = {  # what a copy has of its own
    "activities_activity": {"client_key": "NULL", "on": OTHER_DAY, "ends_on": "NULL", "area_id": OTHER_PLACE},
    "activities_visit": {"client_key": NEW_KEY, "on": OTHER_DAY},
    "cases_case": {"client_key": NEW_KEY, "number": NEW_KEY, "area_code": OTHER_PLACE, "area_id": OTHER_PLACE},
    "sites_site": {"client_key": NEW_KEY, "name": f"t.name || {NEW_KEY}", "area_id": OTHER_PLACE},
}
COLD_SECONDS, COLD_KB = 2.0, 300


def prepare(home: Path) -> dict[str, int]:
    """A demo county with so many rows; how many of each there are."""
    database = home / "yushui.sqlite3"
    if not database.exists():
        subprocess.run(
            [sys.executable, "-m", "config.cli", "demo"], check=True, stdout=subprocess.DEVNULL,
            env={**os.environ, "YUSHUI_HOME": str(home)},
        )  # fmt: skip
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TEMP TABLE village (n INTEGER PRIMARY KEY, code TEXT)")
        connection.execute(
            "INSERT INTO temp.village (code) SELECT code FROM places_area WHERE code LIKE '990101%' AND level = 5"
        )
        counts = {table: multiply(connection, table, wanted) for table, wanted in ROWS.items()}
        connection.execute("ANALYZE")
    return counts


def count_of(connection: sqlite3.Connection, table: str) -> int:
    """Rows of a table."""
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 a name of ours


def multiply(connection: sqlite3.Connection, table: str, wanted: int) -> int:
    """Copy rows of a table until there are so many; how many there are."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
    own = OWN[table]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(own.get(name, f't."{name}"') for name in columns)
    count = count_of(connection, table)
    while 0 < count < wanted:
        copies = f"SELECT {values} FROM {table} t ORDER BY id LIMIT ?"  # noqa: S608 names of ours
        connection.execute(f"INSERT INTO {table} ({names}) {copies}", [wanted - count])  # noqa: S608
        count = count_of(connection, table)
    return count


def draw_place_and_time(rng: random.Random) -> tuple[str, int, int]:
    """A town, a year, a month."""
    year, month = rng.choice([(2025, rng.randint(1, 12)), (2026, rng.randint(1, 11))])
    return f"990101{rng.randint(1, 15):03d}000", year, month


def lists(rng: random.Random) -> list[tuple[str, str]]:
    """(kind of page, path): lists and the calendar as officers ask for them, mixed."""
    town, year, month = draw_place_and_time(rng)
    return [
        ("activities", f"/activities/?page={rng.randint(1, 20)}"),
        ("activities, one town", f"/activities/?area={town}&year={year}"),
        ("activities, one kind", f"/activities/?kind={rng.choice(('DEFENCE_LESSON', 'VISIT_GARRISON'))}&year={year}"),
        ("visits", f"/visits/?page={rng.randint(1, 20)}"),
        ("visits, one town", f"/visits/?area={town}&year={year}"),
        ("not visited", "/not-visited/"),
        ("goods, moves", f"/goods/moves/?page={rng.randint(1, 20)}"),
        ("calendar", f"/calendar/?month={year}-{month:02d}"),
        ("tasks", "/tasks/"),
        ("meetings", "/meetings/"),
        ("cases", f"/cases/?page={rng.randint(1, 20)}"),
        ("cases, overdue", "/cases/?tab=overdue"),
        ("sites", f"/sites/?page={rng.randint(1, 20)}"),
        ("plaques", f"/plaques/?page={rng.randint(1, 20)}"),
    ]


def sums(rng: random.Random) -> list[tuple[str, str]]:
    """(kind of page, path): pages that count over all rows whenever they are opened."""
    _, year, _ = draw_place_and_time(rng)
    return [
        ("campaigns", "/campaigns/"),
        ("campaign", f"/campaigns/{rng.randint(1, 10)}/"),
        ("goods", "/goods/"),
        ("duties", "/duties/"),
        ("duties, towns", f"/duties/?owes=TOWN&year={year}"),
        ("contacts", "/contacts/"),
        ("home", "/"),
    ]


def addresses_of(pages: Paths) -> tuple[str, ...]:
    """One address of each kind of page, to open before anything is measured: processes run for weeks."""
    return tuple(path for _, path in pages(random.Random(0)))


def record(browser: Browser) -> bool:
    """Record an activity by the form; whether it was taken."""
    words = {
        "kind": "DEFENCE_LESSON", "on": "2026-10-09", "area": "990101001000", "title": "国防教育课", "heads": "40",
        "client_key": str(uuid.uuid4()), "csrfmiddlewaretoken": browser.cookies["csrftoken"],
    }  # fmt: skip
    return browser.ask("POST", "/activities/record-activity/", urlencode(words))[0] == 302


def open_cold(home: Path) -> bool:
    """The home page in a Chromium with an empty cache; whether it is light and quick enough."""
    port = free_port()
    server = serve(home, port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            context = browser.new_context(base_url=f"http://127.0.0.1:{port}", viewport={"width": 1366, "height": 768})
            page = context.new_page()
            page.goto("/login/")
            page.fill("[name=username]", "desk")
            page.fill("[name=password]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/")
            signed_in = context.storage_state()
            fresh = browser.new_context(
                base_url=f"http://127.0.0.1:{port}", viewport={"width": 1366, "height": 768}, storage_state=signed_in
            )
            return measure_cold(fresh.new_page())
    finally:
        server.terminate()
        server.wait(20)


def measure_cold(page: object) -> bool:
    """Open the home page, add up what came; print it."""
    sizes: list[int] = []

    def weigh(response: Response) -> None:
        sizes.append(response.request.sizes()["responseBodySize"])

    page.on("requestfinished", lambda request: weigh(request.response()))  # type: ignore[attr-defined]
    began = time.perf_counter()
    page.goto("/", wait_until="load")  # type: ignore[attr-defined]
    seconds = time.perf_counter() - began
    kilobytes = sum(sizes) / 1024
    reached = seconds <= COLD_SECONDS and kilobytes <= COLD_KB
    print(f"\nhome, cold in Chromium: {seconds:.2f} s, {kilobytes:.0f} KB in {len(sizes)} files "
          f"(target {COLD_SECONDS:.0f} s, {COLD_KB} KB: {'reached' if reached else 'MISSED'})")  # fmt: skip
    return reached


def main() -> int:
    """1 when a page was slower or heavier than the target or did not answer."""
    with tempfile.TemporaryDirectory(prefix="yushui-bench-") as folder:
        home = Path(os.environ.get("BENCH_HOME", folder))
        for table, count in prepare(home).items():
            print(f"{count:>9,} {table}")
        quick = [ask_all(home, pages, warm=addresses_of(pages), record=record) for pages in (lists, sums)]
        light = open_cold(home)
        return 0 if all(quick) and light else 1


if __name__ == "__main__":
    sys.exit(main())
