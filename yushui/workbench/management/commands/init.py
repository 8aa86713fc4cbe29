"""`yushui init [--admin NAME]`: an empty house with areas, law and catalogue, and its first administrator."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from yushui.accounts import services as accounts
from yushui.base import clock
from yushui.base.refusals import Refused
from yushui.workbench import house


class Command(BaseCommand):
    help = "准备一个空的系统:数据表、区划、政策、目录,和第一位系统管理员"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--admin", default="admin", help="系统管理员的登录名,缺省 admin")

    def handle(self, *, admin: str, **options: object) -> None:
        password = secrets.token_urlsafe(12)
        try:
            house.prepare_house(at=clock.now(), say=self.say)
            accounts.add_first_administrator(username=admin, password=password, at=clock.now())
        except Refused as refused:
            raise CommandError("\n".join(str(problem) for problem in refused.problems)) from None
        self.stdout.write(f"系统已就绪。管理员 {admin},初始密码 {password}(只显示这一次,首次登录须修改)")
        self.stdout.write("用 yushui serve 启动")

    def say(self, text: str) -> None:
        """One line of progress."""
        self.stdout.write(f"· {text}")
