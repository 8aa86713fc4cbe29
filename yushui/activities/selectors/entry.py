"""The forms of an activity in one call: choosing a kind, what is prefilled, correcting one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import Activity, ActivityKind
from yushui.activities.permissions import check_change_activity
from yushui.activities.rules.activities import Extra, show_scaled
from yushui.activities.selectors import activities
from yushui.activities.selectors.areas import list_choices
from yushui.activities.selectors.kinds import extras_of, find_kinds, kinds_in_reach, list_kinds, usual_kinds
from yushui.activities.selectors.units import list_hosts
from yushui.activities.types import CHAPTER_NAMES, ActivityDraft
from yushui.base.refusals import NotFound
from yushui.base.texts import typed_yuan
from yushui.places.models import Area, Unit


@dataclass(frozen=True)
class KindsSheet:
    """The choice of a kind: what was looked for, those the actor records most, then all by chapter."""

    usual: tuple[ActivityKind, ...]
    chapters: tuple[tuple[str, tuple[ActivityKind, ...]], ...]
    text: str = ""
    found: tuple[ActivityKind, ...] = ()


def kinds_sheet(*, actor: User, text: str = "") -> KindsSheet:
    """The kinds to choose from; with a text, those that fit it."""
    need(actor, "activities.record")
    kinds = list_kinds(actor=actor)
    by_chapter = [(name, tuple(k for k in kinds if k.chapter == code)) for code, name in CHAPTER_NAMES.items()]
    chapters = tuple(pair for pair in by_chapter if pair[1])
    found = tuple(find_kinds(actor=actor, text=text))
    return KindsSheet(tuple(usual_kinds(actor=actor)), chapters, text.strip(), found)


@dataclass(frozen=True)
class ActivitySheet:
    """The form of one activity: prefilled as far as one may guess."""

    kind: ActivityKind | None  # None: a pasted message did not say, so the form asks
    draft: ActivityDraft
    last: Activity | None
    areas: tuple[tuple[str, str], ...]
    units: tuple[Unit, ...]
    extras: tuple[Extra, ...]
    activity: Activity | None = None  # of a correction
    same_day: tuple[Activity, ...] = ()  # of this kind, recorded for the day already
    kinds: tuple[ActivityKind, ...] = ()  # to choose from, where the kind may be wrong

    @property
    def numbers(self) -> tuple[tuple[Extra, str], ...]:
        """The further numbers with what is typed."""
        typed = dict(self.draft.measures)
        return tuple((extra, typed.get(extra.key, "")) for extra in self.extras)

    @property
    def opens_more(self) -> bool:
        """Whether the folded part holds something, so that it is drawn open."""
        draft = self.draft
        plain = draft.title in {"", self.kind.name if self.kind else ""}
        return not plain or bool(draft.last_day or draft.leaders or draft.speakers or draft.volunteers or draft.hours)


def activity_sheet(
    *, actor: User, kind: str, copy_id: int | None = None, on: date, typed: ActivityDraft | None = None
) -> ActivitySheet:
    """The form of a new activity. Place, host and partners come from the last one of its kind; a copy takes all but
    the day; `typed` (a pasted message, or a form refused) is kept as it is."""
    need(actor, "activities.record")
    copied = activities.get_activity(actor=actor, activity_id=copy_id) if copy_id is not None else None
    code = copied.kind_id if copied else kind
    found = kinds_in_reach(actor).filter(pk=code).first()
    if typed is None and (found is None or found.retired):
        raise NotFound
    last = copied or activities.last_of_kind(actor=actor, kind=code)
    if typed is not None:
        draft = typed
    elif copied is not None:
        draft = draft_of(copied, on=on)
    else:
        assert found is not None
        draft = ActivityDraft(
            kind=code, on=on.isoformat(), area_code=last.area_id if last else actor.area_code, title=found.name,
            place=last.place if last else "", host_id=str(last.host_id or "") if last else "",
            host=last.host.name if last and last.host else "", partners=partners_line(last) if last else "",
        )  # fmt: skip
    return ActivitySheet(
        found, draft, last, choices_with(actor, draft.area_code), tuple(list_hosts(actor=actor)),
        tuple(extras_of(code)), same_day=same_day_as(actor, draft),
        kinds=tuple(list_kinds(actor=actor)) if typed is not None else (),
    )  # fmt: skip


def change_sheet(*, actor: User, activity_id: int, typed: ActivityDraft | None = None) -> ActivitySheet:
    """The form that corrects an activity, as it stands or as typed. Refused for whom may not."""
    activity = activities.get_activity(actor=actor, activity_id=activity_id)
    check_change_activity(actor, activity)
    draft = typed or draft_of(activity, on=activity.on)
    return ActivitySheet(
        activity.kind, draft, None, choices_with(actor, draft.area_code), tuple(list_hosts(actor=actor)),
        tuple(extras_of(activity.kind_id)), activity=activity,
    )  # fmt: skip


def choices_with(actor: User, area_code: str) -> tuple[tuple[str, str], ...]:
    """The areas to choose from, the one that stands there included: a county corrects a village's activity too."""
    areas = list_choices(actor=actor)
    if area_code and area_code not in dict(areas):
        areas += Area.objects.filter(pk=area_code).values_list("code", "name")
    return tuple(areas)


def same_day_as(actor: User, draft: ActivityDraft) -> tuple[Activity, ...]:
    """Activities of this kind, day and area that stand already; none when the day is no day."""
    try:
        on = date.fromisoformat(draft.on.strip())
    except ValueError:
        return ()
    rows = activities.visible_activities(actor).filter(kind_id=draft.kind, on=on, area_id=draft.area_code)
    return tuple(rows.select_related("kind", "area", "host").order_by("id")[:3])


def partners_line(activity: Activity) -> str:
    """The units that took part, as typed."""
    return "、".join(partner.name for partner in activities.partners_of(activity))


def draft_of(activity: Activity, *, on: date) -> ActivityDraft:
    """An activity as it would be typed, for the day `on`: to correct it, or to record the like."""
    people = activities.people_of(activity)
    by_role = {role: "、".join(p.name for p in people if p.role == role) for role in ("LEADER", "SPEAKER", "VOLUNTEER")}
    minutes = next((p.minutes for p in people if p.minutes), None)
    last_day = ""
    if activity.ends_on and on == activity.on:
        last_day = (activity.ends_on - timedelta(days=1)).isoformat()
    return ActivityDraft(
        kind=activity.kind_id, on=on.isoformat(), last_day=last_day, title=activity.title, area_code=activity.area_id,
        place=activity.place, host_id=str(activity.host_id or ""), host=activity.host.name if activity.host else "",
        partners=partners_line(activity), heads="" if activity.heads is None else str(activity.heads),
        amount=typed_yuan(activity.amount_fen), note=activity.note,
        measures=tuple((n.extra.key, n.text) for n in activities.numbers_of(activity)),
        leaders=by_role["LEADER"], speakers=by_role["SPEAKER"], volunteers=by_role["VOLUNTEER"],
        hours=show_scaled(round(minutes / 6), 1) if minutes else "",
    )  # fmt: skip


def compared(
    mine: ActivityDraft, stands: ActivityDraft, extras: tuple[Extra, ...], areas: dict[str, str]
) -> list[tuple[str, str, str]]:
    """Two versions of an activity side by side: field, what stands, what was typed; only where they differ."""
    lines = [
        ("日期", stands.on, mine.on), ("最后一天", stands.last_day, mine.last_day), ("标题", stands.title, mine.title),
        ("区域", areas.get(stands.area_code, ""), areas.get(mine.area_code, "")), ("地点", stands.place, mine.place),
        ("主办单位", stands.host, mine.host), ("参加单位", stands.partners, mine.partners),
        ("数量", stands.heads, mine.heads), ("金额(元)", stands.amount, mine.amount), ("情况", stands.note, mine.note),
        ("带队领导", stands.leaders, mine.leaders), ("主讲", stands.speakers, mine.speakers),
        ("志愿者", stands.volunteers, mine.volunteers), ("志愿时长", stands.hours, mine.hours),
    ]  # fmt: skip
    was, now = dict(stands.measures), dict(mine.measures)
    lines += [(extra.name, was.get(extra.key, ""), now.get(extra.key, "")) for extra in extras]
    return [line for line in lines if line[1].strip() != line[2].strip()]
