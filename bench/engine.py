"""Yushui's engine against OpenFisca-core and against an ORM+Decimal loop: same register, same rules, same run, same
fen.

    python -m bench.engine [--sizes 20000,100000,1000000] [--orm 100000] [--repeat 3]

Each engine answers the same two questions: what the year is due, and what August to October were due as known in
October. Each runs in a fresh process, one after the other. Times are of the calculation alone, from columns in memory
(rows in SQLite for the loop) to results in memory: without import, without making the register, without reading rule
files; OpenFisca's includes building its simulations, Yushui's feeding its columns. Seconds are the median of the
repeats, the loop runs once. CPU seconds count both cores. Peak memory is of the whole process. Exits 1 when totals
differ or a target is missed.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.engine_register import ARREARS, END, FIRST, KNOWN_NOW, KNOWN_THEN, bench_law, make_facts, simple_columns

TARGETS = {("openfisca", 1_000_000): 4.5, ("orm", 100_000): 300}  # times as fast as the peer
NAMES = {"yushui": "Yushui (columns, spans)", "openfisca": "OpenFisca-core", "orm": "ORM + Decimal loop"}


def run_yushui(persons: int) -> Callable[[], dict[str, int]]:
    from yushui.policy.engine import Question, compute_each  # noqa: PLC0415 each process imports one engine

    law, facts = bench_law(), make_facts(persons)
    questions = [Question(FIRST, END, KNOWN_NOW), Question(*ARREARS, KNOWN_THEN)]

    def run() -> dict[str, int]:
        totals: dict[str, int] = {}
        for name, found in zip(("now", "then"), compute_each(law, facts, questions), strict=True):
            c = found.columns
            fen = c["fen"] * (c["end_month"] - c["first_month"]) * (c["verdict"] == 0)
            sums = np.zeros(16, np.int64)
            np.add.at(sums, c["benefit"], fen)
            totals |= {f"{name}:{b}": int(sums[b]) for b in np.flatnonzero(sums)}
        return totals

    return run


def run_openfisca(persons: int) -> Callable[[], dict[str, int]]:
    from bench import engine_openfisca  # noqa: PLC0415

    columns = simple_columns(make_facts(persons))
    systems = engine_openfisca.both_systems(bench_law())
    return lambda: engine_openfisca.run(systems, columns, persons)


def run_orm(persons: int) -> Callable[[], dict[str, int]]:
    from bench import engine_orm  # noqa: PLC0415

    models = engine_orm.make_models()
    engine_orm.fill(models, bench_law(), simple_columns(make_facts(persons)), persons)
    return lambda: engine_orm.run(models)


RUNS = {"yushui": run_yushui, "openfisca": run_openfisca, "orm": run_orm}


def measure(engine: str, persons: int, repeat: int) -> dict[str, Any]:
    """In this process: seconds of each repeat, totals, peak memory."""
    run = RUNS[engine](persons)
    seconds, totals, cpu = [], {}, []
    for _ in range(1 if engine == "orm" else repeat):
        start, used = time.perf_counter(), time.process_time()
        totals = run()
        seconds.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": seconds, "cpu": cpu, "totals": totals, "peak_mb": peak}


def measure_apart(engine: str, persons: int, repeat: int) -> dict[str, Any]:
    """In a fresh process."""
    command = [
        sys.executable,
        "-m",
        "bench.engine",
        "--child",
        engine,
        "--sizes",
        str(persons),
        "--repeat",
        str(repeat),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{engine} {persons}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(persons: int, engines: list[str], repeat: int) -> bool:
    """A line for each engine; whether totals are equal and targets are reached."""
    results = {e: measure_apart(e, persons, repeat) for e in engines}
    ours = results["yushui"]
    reached = True
    for engine, found in results.items():
        seconds, cpu = statistics.median(found["seconds"]), statistics.median(found["cpu"])
        times = seconds / statistics.median(ours["seconds"])
        same = found["totals"] == ours["totals"]
        target = TARGETS.get((engine, persons), 0)
        reached &= same and times >= target
        total = sum(v for k, v in found["totals"].items() if k.startswith("now"))
        note = "" if same else "  DIFFERS"
        if target:
            note += f"  target {target}: {'reached' if times >= target else 'MISSED'}"
        print(f"{persons:>9,}  {NAMES[engine]:<24} {seconds:>8.2f} {cpu:>8.2f} {persons / seconds:>11,.0f}"
              f" {found['peak_mb']:>8,} {times:>8.1f} {cpu / statistics.median(ours['cpu']):>8.1f}"
              f"  {total:,}{note}", flush=True)  # fmt: skip
    return reached


def main() -> int:
    """Run the sizes asked for, or measure one engine in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20000,100000,1000000")
    parser.add_argument("--orm", type=int, default=100_000, help="the one size the loop is run on")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--child", choices=list(RUNS))
    asked = parser.parse_args()
    sizes = [int(s) for s in asked.sizes.split(",")]
    if asked.child:
        print(json.dumps(measure(asked.child, sizes[0], asked.repeat)))
        return 0
    print(f"{'persons':>9}  {'engine':<24} {'seconds':>8} {'CPU s':>8} {'persons/s':>11} {'peak MB':>8} "
          f"{'× ours':>8} {'× CPU':>8}  fen due in the year")  # fmt: skip
    reached = True
    for persons in sizes:
        reached &= compare(persons, ["yushui", "openfisca"] + ["orm"] * (persons == asked.orm), asked.repeat)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
