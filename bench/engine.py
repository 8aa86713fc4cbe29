"""Yushui's engine against OpenFisca-core and against an ORM+Decimal loop: same register, same rules, same run, same
fen.

    python -m bench.engine --sizes 20000,1000000 [--orm 20000] [--repeat 3]

Each engine runs in a fresh process, one after the other. Times are of the calculation alone: without import, without
making
the register, without reading rule files; OpenFisca's includes building its simulations, Yushui's feeding its columns.
Peak memory is of the whole process. Exits 1 when totals differ.
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

NAMES = {"yushui": "Yushui (DuckDB, spans)", "openfisca": "OpenFisca-core", "orm": "ORM + Decimal loop"}


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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20000,1000000")
    parser.add_argument("--orm", type=int, default=20_000, help="largest register the loop is run on")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--child", choices=list(RUNS))
    asked = parser.parse_args()
    sizes = [int(s) for s in asked.sizes.split(",")]
    if asked.child:
        print(json.dumps(measure(asked.child, sizes[0], asked.repeat)))
        return 0
    differ = False
    sizes = sorted({*sizes, asked.orm} if asked.orm else set(sizes))
    print(
        f"{'persons':>9}  {'engine':<24} {'seconds':>9} {'persons/s':>11} {'peak MB':>8}  "
        f"{'times Yushui':>12}  total fen"
    )
    for persons in sizes:
        engines = ["yushui", "openfisca"] + (["orm"] if persons <= asked.orm else [])
        results = {e: measure_apart(e, persons, asked.repeat) for e in engines}
        base = statistics.median(results["yushui"]["seconds"])
        for engine, found in results.items():
            seconds = statistics.median(found["seconds"])
            same = found["totals"] == results["yushui"]["totals"]
            differ |= not same
            total = sum(v for k, v in found["totals"].items() if k.startswith("now"))
            print(f"{persons:>9,}  {NAMES[engine]:<24} {seconds:>9.2f} {persons / seconds:>11,.0f}"
                  f" {found['peak_mb']:>8,}"
                  f"  {seconds / base:>12.1f}  {total:,}{'' if same else '  DIFFERS'}")  # fmt: skip
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
