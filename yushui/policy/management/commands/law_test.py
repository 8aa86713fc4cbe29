"""`yushui law-test PATH...`: run the examples of the law."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand

from yushui.base import clock
from yushui.base.plain_yaml import read_yaml
from yushui.base.refusals import Refused
from yushui.policy.rules.law_files import parse_documents
from yushui.policy.rules.situation_files import Situation, read_situation
from yushui.policy.rules.situations import Runner
from yushui.policy.services import read_texts


class Command(BaseCommand):
    help = "按政策例子(情形)逐条试算"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="例子文件或文件夹,默认是 law/")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [Path(p) for p in options["paths"]] or [Path(settings.LAW_DIR)]
        situations, faults = read_all(paths, clock.today())
        try:
            runner = Runner(parse_documents(read_texts(Path(settings.LAW_DIR))))
        except Refused as refused:
            for problem in refused.problems:
                self.stdout.write(str(problem))
            sys.exit(1)
        answers = runner.run(situations)
        for line in [*faults, *(line for n in sorted(answers) for line in answers[n])]:
            self.stdout.write(line)
        failed = len(faults) + sum(1 for lines in answers.values() if lines)
        self.stdout.write(f"{len(situations) + len(faults) - failed} passed, {failed} failed")
        if failed:
            sys.exit(1)


def read_all(paths: list[Path], today: date) -> tuple[list[Situation], list[str]]:
    """The situations of all files; files that cannot be read as such, one line each."""
    situations, faults = [], []
    for path in paths:
        given = path.is_file()
        files = [path] if given else sorted(p for p in path.rglob("*") if p.suffix in {".yaml", ".yml"})
        found = 0
        for file in files:
            try:
                content = read_yaml(file.read_text(encoding="utf-8"))
            except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
                faults.append(f"{file}: 不是正确的 YAML:{' '.join(str(error).split())}")
                found += 1
                continue
            if isinstance(content, list):
                situations += [read_situation(raw, str(file), n, today) for n, raw in enumerate(content, start=1)]
                found += len(content)
            elif given:
                faults.append(f"{file}: 应是例子的列表(- name: …)")
                found += 1
        if not found:
            faults.append(f"{path}: 没有找到例子" if path.exists() else f"{path}: 找不到文件或文件夹")
    return situations, faults
