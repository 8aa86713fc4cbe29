"""The law in force as loaded, rebuilt from the stored texts; and the tables that the law pages show."""

from __future__ import annotations

from functools import lru_cache

from yushui.accounts.models import User
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.policy.models import LawText, LawVersion
from yushui.policy.permissions import check_view_law
from yushui.policy.rules.law_files import parse_law
from yushui.policy.rules.sheets import LawSheet, sheet_of
from yushui.policy.types import Law


def current_law() -> tuple[LawVersion, Law]:
    """The version loaded last and its Law. Refused when none is loaded."""
    version = LawVersion.objects.order_by("-loaded_at", "-id").first()
    if version is None:
        raise Refused(Problem("还没有装入政策标准", next_step="请系统管理员运行 yushui load-law"))
    return version, law_of(version)


def law_of(version: LawVersion) -> Law:
    """The Law of a version, from its own texts, so that an old decision can be repeated word for word."""
    return _law_by_digest(version.digest)


@lru_cache(maxsize=4)
def _law_by_digest(digest: str) -> Law:
    texts = dict(LawText.objects.filter(version__digest=digest).values_list("path", "text"))
    return parse_law(texts)


def list_law(*, actor: User, area_code: str = "") -> list[LawSheet]:
    """The benefits of the law as loaded, each with the newest standard known; for who may look at the law."""
    check_view_law(actor)
    _, law = current_law()
    layer = law.layer_of(area_code or actor.area_code)
    return [sheet_of(layer, rule) for rule in layer.rules.values()]


def show_law(*, actor: User, benefit: str) -> tuple[LawVersion, LawSheet]:
    """One benefit with its tables by year. NotFound when the law has no such benefit."""
    check_view_law(actor)
    version, law = current_law()
    layer = law.layer_of(actor.area_code)
    if benefit not in layer.rules:
        raise NotFound
    return version, sheet_of(layer, layer.rules[benefit], law)
