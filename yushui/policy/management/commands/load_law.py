"""`yushui load-law [FOLDER]`: check and load the law files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yushui.base import clock
from yushui.base.refusals import Refused
from yushui.policy.services import load_law


class Command(BaseCommand):
    help = "检查并装入政策标准文件"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", help="政策文件夹,默认是 law/")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"]) if options["folder"] else None
        try:
            version = load_law(actor=None, at=clock.now(), folder=folder)
        except Refused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"没有装入:{len(refused.problems)} 处问题") from refused
        self.stdout.write(f"已装入,版本 {version.digest[:12]}")
