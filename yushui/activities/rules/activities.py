"""What a recorded activity must hold: a kind, a day not to come. Nothing else is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.activities.types import ActivityDraft
from yushui.base import texts
from yushui.base.refusals import Problem


@dataclass(frozen=True)
class ActivityFacts:
    """An activity that can be stored; the amount in fen."""

    kind: str
    on: date
    title: str
    area_code: str
    place: str
    host_id: int | None
    partners: str
    heads: int | None
    amount_fen: int | None
    note: str
    client_key: str | None


def read_activity(
    draft: ActivityDraft, *, kind_names: dict[str, str], today: date
) -> tuple[ActivityFacts | None, list[Problem]]:
    """Facts of an activity, or None with all problems. An empty title becomes the name of the kind."""
    problems: list[Problem] = []
    if draft.kind not in kind_names:
        problems.append(Problem("请选择活动类型", where="活动类型"))
    on = texts.read_day(draft.on, "日期", problems, latest=today)
    title = texts.read_line(draft.title, "标题", problems, longest=120) or kind_names.get(draft.kind, "")
    place = texts.read_line(draft.place, "地点", problems, longest=80)
    partners = texts.read_line(draft.partners, "参加单位", problems, longest=200)
    heads = texts.read_count(draft.heads, "数量", problems)
    amount = texts.read_yuan(draft.amount, "金额", problems)
    note = texts.read_line(draft.note, "情况", problems, longest=500)
    key = texts.read_key(draft.client_key, problems)
    host = texts.read_count(draft.host_id, "主办单位", problems, most=2**31)
    if problems or on is None:
        return None, problems
    return ActivityFacts(draft.kind, on, title, draft.area_code, place, host, partners, heads, amount, note, key), []
