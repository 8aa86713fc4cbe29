"""`yushui work`: run background jobs. `--once` ends when the queue is empty."""

from __future__ import annotations

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from yushui.base import jobs


class Command(BaseCommand):
    help = "处理后台任务"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="做完排队的任务就退出")

    def handle(self, *, once: bool, **options: object) -> None:
        if once:
            jobs.run_all()
            return
        while True:
            if not jobs.run_next():
                time.sleep(0.3)
