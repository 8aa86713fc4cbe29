"""`yushui verify-audit`: walk the chain of the log from its first entry to its last."""

from __future__ import annotations

import json as writer
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from yushui.audit import selectors

MOST_SHOWN = 100


class Command(BaseCommand):
    help = "核对操作记录的链条;有断点时退出码为 1"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *, json: bool, **options: object) -> None:
        """Print how many entries there are, the head of the chain and every break; exit 1 when there is one."""
        found = selectors.verify()
        if json:
            self.stdout.write(as_json(found))
        else:
            self.stdout.write(f"记录 {found.entries} 条")
            self.stdout.write(f"链头 {found.head}")
            for one in found.breaks[:MOST_SHOWN]:
                self.stdout.write(f"断点 第 {one.entry_id} 条:{one.why}")
            self.stdout.write("链条完整" if not found.breaks else f"共 {len(found.breaks)} 处断点")
        if found.breaks:
            raise SystemExit(1)


def as_json(found: selectors.Verified) -> str:
    """The same for programs."""
    breaks = [{"entry": one.entry_id, "why": one.why} for one in found.breaks]
    return writer.dumps({"entries": found.entries, "head": found.head, "breaks": breaks}, ensure_ascii=False)
