"""`yushui serve [--port N] [--demo]`: open the house and serve it, with a worker for background jobs."""

from __future__ import annotations

import os
import socket
import sys
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from yushui.base import clock
from yushui.base.refusals import Refused
from yushui.workbench import house
from yushui.workbench.demo.staff import is_demo, show_accounts


class Command(BaseCommand):
    help = "启动网页服务和后台任务;按 Ctrl-C 停止"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址,缺省只有本机能访问")
        parser.add_argument("--port", type=int, default=8000, help="端口,缺省 8000")
        parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4), help="网页进程数")
        parser.add_argument("--demo", action="store_true", help="数据文件夹是空的时候先建示范县")

    def handle(self, *, host: str, port: int, workers: int, demo: bool, **options: object) -> None:
        need_free_port(host, port)
        try:
            house.prepare_house(at=clock.now(), say=self.say)
        except Refused as refused:
            raise CommandError("\n".join(str(problem) for problem in refused.problems)) from None
        if demo and house.is_empty():
            self.say("第一次启动,先建示范县(约一分钟)")
            call_command("demo", stdout=self.stdout)
        elif is_demo():
            self.stdout.write(f"示范账户:\n{show_accounts()}")
        connections.close_all()
        self.stdout.flush()
        # The settings and tables are not needed to watch over processes: a small program takes over.
        os.execv(sys.executable, [sys.executable, "-m", "config.supervise", host, str(port), str(workers)])

    def say(self, text: str) -> None:
        """One line of progress."""
        self.stdout.write(f"· {text}")
        self.stdout.flush()


def need_free_port(host: str, port: int) -> None:
    """A taken port is told at once, with the way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise CommandError(f"端口 {port} 已被占用:换一个端口,例如 PORT={port + 1} make run") from None
