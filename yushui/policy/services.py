"""Loading the law."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yushui.accounts.models import User
from yushui.audit.services import record
from yushui.base.refusals import Problem, Refused
from yushui.policy.models import LawText, LawVersion
from yushui.policy.permissions import check_load_law
from yushui.policy.rules.law_files import digest_of, parse_law


@transaction.atomic
def load_law(*, actor: User | None, at: datetime, folder: Path | None = None) -> LawVersion:
    """Read, check and keep all law files under a folder; the same files give the version they gave before.

    Without an actor the system itself loads (command line). Raises Refused with every problem of every file; nothing
    is kept then.
    """
    check_load_law(actor)
    texts = read_texts(folder or settings.LAW_DIR)
    law = parse_law(texts)
    newest = LawVersion.objects.order_by("-loaded_at", "-id").first()
    if newest is not None and newest.digest == law.digest:
        return newest
    version = LawVersion.objects.filter(digest=law.digest).first()
    if version is not None:  # an older state of the files is in force again
        version.loaded_at = at
        version.save(update_fields=["loaded_at"])
    else:
        name = actor.get_full_name() if actor else "系统"
        version = LawVersion.objects.create(digest=law.digest, loaded_at=at, loaded_by=name)
        LawText.objects.bulk_create([LawText(version=version, path=p, text=t) for p, t in sorted(texts.items())])
    record(actor=actor, action="policy.law.loaded", subject=version, at=at, digest=digest_of(texts), files=len(texts))
    return version


def read_texts(folder: Path) -> dict[str, str]:
    """All law files under a folder by relative path; examples (situations*.yaml) are not law."""
    if not folder.is_dir():
        raise Refused(Problem("找不到政策文件夹", str(folder)))
    texts, problems = {}, []
    for path in sorted(folder.rglob("*.y*ml")):
        name = path.relative_to(folder).as_posix()
        if path.name.startswith("situations"):
            continue
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            problems.append(Problem("不是 UTF-8 文字", name))
    if problems:
        raise Refused(*problems)
    if not texts:
        raise Refused(Problem("政策文件夹里没有文件", str(folder)))
    return texts
