"""`yushui import-roster FILE [--area CODE] [--commit] [--json] [--user NAME] [--annotated OUT]`: the page's services.

Without --commit it only previews. Exit code 0: checked (and written); 1: refused; 2: the file cannot be read.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yushui.base import clock, files
from yushui.base.area_codes import full_code
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.rosters.models import ImportState, RosterImport
from yushui.rosters.selectors import bad_cells_of, default_area, importer_named
from yushui.rosters.services.imports import commit_import, start_import
from yushui.rosters.services.preview import check_import
from yushui.rosters.services.writing import write_import
from yushui.rosters.types import OUTCOME_NAMES

UNREADABLE = 2


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # a file is checked, not the pages
    help = "导入名册:缺省只检查和预览,加 --commit 才写入"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="名册文件(.xlsx、.xls、.csv)")
        parser.add_argument("--area", default="", help="导入到哪个县或乡镇(区划代码);缺省为登记册所在的县")
        parser.add_argument("--commit", action="store_true", help="写入没有问题的行")
        parser.add_argument("--json", action="store_true", dest="as_json", help="以 JSON 输出检查结果")
        parser.add_argument("--user", default="", help="以哪个用户的名义办理(登录名);缺省为本县经办")
        parser.add_argument("--annotated", default="", help="把标注了问题的工作簿存到这里")

    def handle(self, **options: Any) -> None:
        try:
            roster = self.run(options)
        except Refused as refused:
            self.fail(options, [*refused.problems], 1)
        except NotFound:
            self.fail(options, [Problem("没有这个用户,或这个区域不在其工作范围内")], 1)
        except OSError as error:
            self.fail(options, [Problem(f"文件打不开:{error.strerror or error}", next_step="请检查路径")], UNREADABLE)
        else:
            self.finish(roster, options)

    def run(self, options: dict[str, Any]) -> RosterImport:
        """The services in order; the same as the page and its jobs walk."""
        path = Path(options["file"])
        content = path.read_bytes()
        at = clock.now()
        try:
            area = full_code(options["area"]) if options["area"] else default_area()
        except ValueError as error:
            raise Refused(Problem(str(error), where="--area")) from error
        actor = importer_named(options["user"], area)
        if not content:
            raise OSError(0, "文件是空的")
        roster = start_import(
            actor=actor, content=content, file_name=path.name, area_code=area, at=at, in_background=False
        )
        roster = check_import(import_id=roster.pk, at=at, progress=quiet)
        if options["commit"] and roster.state == ImportState.CHECKED and (roster.new or roster.changed):
            commit_import(actor=actor, import_id=roster.pk, at=at, in_background=False)
            roster = write_import(actor=actor, import_id=roster.pk, at=at, progress=quiet)
        if options["annotated"] and roster.annotated:
            Path(options["annotated"]).write_bytes(files.read(roster.annotated))
        return roster

    def fail(self, options: dict[str, Any], problems: list[Problem], code: int) -> None:
        """Say what is wrong, in the form asked for, and end."""
        if options["as_json"]:
            bad = [{"cell": problem.where, "problem": str(problem)} for problem in problems]
            self.stdout.write(json.dumps(empty_answer(bad), ensure_ascii=False))
        error = CommandError("\n".join(str(problem) for problem in problems))
        error.returncode = code
        raise error

    def finish(self, roster: RosterImport, options: dict[str, Any]) -> None:
        """The result."""
        if roster.state == ImportState.FAILED:
            self.fail(options, [Problem(roster.message)], UNREADABLE)
        if options["as_json"]:
            self.stdout.write(json.dumps(answer_of(roster), ensure_ascii=False))
            return
        self.stdout.write(f"工作表“{roster.sheet}”,表式:{roster.summary['form_title']}")
        numbers = {"NEW": roster.new, "CHANGED": roster.changed, "SAME": roster.same}
        counts = ",".join(f"{OUTCOME_NAMES[key]} {number}" for key, number in numbers.items())
        self.stdout.write(f"共 {roster.rows} 行:{counts},有问题 {roster.bad_rows};名册中没有的 {roster.missing} 人")
        for cell in bad_cells_of(roster.pk):
            self.stdout.write(f"  {cell.cell} {cell.problem}")
        for heading in roster.summary["ignored_columns"]:
            self.stdout.write(f"  未识别的列(原样保留):{heading}")
        self.stdout.write(
            "已写入登记册" if roster.state == ImportState.COMMITTED else "只是预览,没有写入;加 --commit 写入"
        )
        if roster.message:
            self.stdout.write(roster.message)


def quiet(done: int, total: int, message: str) -> None:
    """Progress nobody watches."""


def empty_answer(bad: list[dict[str, str]]) -> dict[str, object]:
    """The shape of the answer when there is no sheet to speak of."""
    return {
        "sheet": "", "rows": 0, "good": 0, "new": 0, "changed": 0, "same": 0, "bad": bad, "ignored_columns": [],
        "committed": False,
    }  # fmt: skip


def answer_of(roster: RosterImport) -> dict[str, object]:
    """The answer in the words of the issue, with a little more."""
    return {
        "sheet": roster.sheet,
        "rows": roster.rows,
        "good": roster.good,
        "new": roster.new,
        "changed": roster.changed,
        "same": roster.same,
        "bad": [{"cell": cell.cell, "problem": cell.problem} for cell in bad_cells_of(roster.pk)],
        "ignored_columns": roster.summary["ignored_columns"],
        "missing": roster.missing,
        "form": roster.form,
        "import": roster.pk,
        "committed": roster.state == ImportState.COMMITTED,
    }
