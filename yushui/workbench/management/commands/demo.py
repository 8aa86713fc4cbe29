"""`yushui demo [--people N] [--seed S]`: build the invented county 云川县 in an empty house."""

from __future__ import annotations

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from yushui.base import clock
from yushui.base.refusals import Refused
from yushui.workbench import house
from yushui.workbench.demo.build import PEOPLE, SEED, build_county
from yushui.workbench.demo.staff import show_accounts


class Command(BaseCommand):
    help = "在空的数据文件夹里建示范县(云川县,全部虚构)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=PEOPLE, help="优抚对象人数,缺省 12000")
        parser.add_argument("--veterans", type=int, help="其他退役军人人数,缺省为优抚对象的 2.5 倍")
        parser.add_argument("--seed", type=int, default=SEED, help="随机种子;同一种子、同一天得到同一个县")

    def handle(self, *, people: int, veterans: int | None, seed: int, **options: object) -> None:
        began = time.monotonic()
        try:
            house.prepare_house(at=clock.now(), say=self.say)
            build_county(people=people, veterans=veterans, seed=seed, today=clock.today(), at=clock.now(), say=self.say)
        except Refused as refused:
            raise CommandError("\n".join(str(problem) for problem in refused.problems)) from None
        self.stdout.write(f"示范县已建好,用时 {time.monotonic() - began:.1f} 秒。可用账户:\n{show_accounts()}")

    def say(self, text: str) -> None:
        """One line of progress."""
        self.stdout.write(f"· {text}")
