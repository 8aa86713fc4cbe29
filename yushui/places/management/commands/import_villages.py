"""`yushui import-villages FILE --user NAME`: a county's own list of villages, as CSV lines of code and name."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from yushui.accounts.models import User
from yushui.base import clock
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.places.services import add_villages


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "导入村(社区)名单:CSV,每行“12 位区划代码,名称”,UTF-8 或 GBK"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="名单文件(.csv)")
        parser.add_argument("--user", required=True, help="以哪个用户的名义办理(登录名)")

    def handle(self, *, file: str, user: str, **options: object) -> None:
        try:
            actor = User.objects.get(username=user)
            added = add_villages(
                actor=actor, rows=rows_of(Path(file)), at=clock.now(), source=f"县级名单 {Path(file).name}"
            )
        except User.DoesNotExist:
            raise CommandError("没有这个用户") from None
        except OSError as error:
            raise CommandError(f"文件打不开:{error.strerror or error}") from None
        except NotFound:
            raise CommandError("名单里有不在该用户工作范围内的村") from None
        except Refused as refused:
            raise CommandError("\n".join(str(problem) for problem in refused.problems)) from None
        self.stdout.write(f"新增 {added} 个村(社区)")


def rows_of(path: Path) -> list[tuple[str, str]]:
    """(code, name) of each line; a head line without a code is passed over. Refused with every bad line at once."""
    rows, problems = [], []
    for number, line in enumerate(csv.reader(text_of(path).splitlines()), start=1):
        cells = [cell.strip() for cell in line]
        if not any(cells) or (number == 1 and not cells[0].isdigit()):
            continue
        if len(cells) < 2 or not cells[0].isdigit() or len(cells[0]) != 12 or not cells[1]:
            problems.append(Problem("应是“12 位区划代码,名称”", where=f"第 {number} 行", next_step="请改正后重新导入"))
            continue
        rows.append((cells[0], cells[1]))
    if problems:
        raise Refused(*problems)
    return rows


def text_of(path: Path) -> str:
    """The file as text, whichever of the two encodings an office uses."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")
