"""Campaigns: kinds, the rule of a list, a campaign as typed, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urlencode

# The day that a kind of campaign follows; SEASON has first and last days of its own.
FOLLOW_NAMES: dict[str, str] = {
    "SPRING_FESTIVAL": "春节",
    "NEW_YEAR": "元旦",
    "QINGMING": "清明",
    "ARMY_DAY": "八一",
    "MID_AUTUMN": "中秋",
    "MARTYRS_DAY": "烈士纪念日",
    "SEASON": "每年固定的一段时间",
}
# What a clerk calls several kinds of status at once.
KIND_GROUPS: dict[str, tuple[str, ...]] = {
    "三属": ("SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS"),
    "残疾人员": (
        "DISABLED_SOLDIER",
        "DISABLED_OFFICIAL",
        "DISABLED_POLICE",
        "DISABLED_MILITIA",
        "DISABLED_CIVILIAN",
    ),
    "三红": ("RED_ARMY_VETERAN", "WEST_ROUTE_VETERAN", "RED_ARMY_SEPARATED"),
    "在乡复员和带病回乡": ("DEMOBILIZED", "ILL_VETERAN"),
    "两参": ("WAR_VETERAN", "NUCLEAR_TEST_VETERAN"),
}


@dataclass(frozen=True)
class Custom:
    """When campaigns of a kind usually run: around a day, or in a season (month × 100 + day)."""

    follows: str = ""
    days_before: int = 0
    days_after: int = 0
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class ListRule:
    """Who is put on the list of a campaign.

    Kinds of status, hardships, an age, a merit: any of them, or all at once (`every`). Besides, always all of: a
    birthday within the campaign, not visited since a day, certain areas. With these alone every entitled person counts.
    `unit_kinds` puts units on the list, whatever the people are.
    """

    kinds: tuple[str, ...] = ()
    hardships: tuple[str, ...] = ()
    least_age: int | None = None
    every: bool = False  # True: all conditions must hold; False: one is enough
    merits: tuple[str, ...] = ()
    birthday: bool = False
    not_since: date | None = None  # only those whom nobody visited on or after this day
    areas: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()

    @property
    def asks_people(self) -> bool:
        """Whether the rule chooses people at all."""
        asked = (self.kinds, self.hardships, self.merits, self.birthday, self.not_since)
        return any(asked) or self.least_age is not None

    def as_text(self) -> str:
        """The rule as one line that `from_text` reads back."""
        pairs = [("kind", k) for k in self.kinds] + [("hardship", h) for h in self.hardships]
        pairs += [("merit", m) for m in self.merits]
        pairs += [("age", str(self.least_age))] if self.least_age is not None else []
        pairs += [("every", "1")] if self.every else []
        pairs += [("birthday", "1")] if self.birthday else []
        pairs += [("since", self.not_since.isoformat())] if self.not_since else []
        return urlencode(pairs + [("area", a) for a in self.areas] + [("unit", u) for u in self.unit_kinds])

    @staticmethod
    def from_text(text: str) -> ListRule:
        """The rule that `as_text` wrote."""
        found = parse_qs(text)
        age, since = found.get("age", [""])[0], found.get("since", [""])[0]
        return ListRule(
            kinds=tuple(found.get("kind", ())),
            hardships=tuple(found.get("hardship", ())),
            least_age=int(age) if age.isdigit() else None,
            every=found.get("every") == ["1"],
            merits=tuple(found.get("merit", ())),
            birthday=found.get("birthday") == ["1"],
            not_since=date.fromisoformat(since) if since else None,
            areas=tuple(found.get("area", ())),
            unit_kinds=tuple(found.get("unit", ())),
        )


@dataclass(frozen=True)
class CampaignDraft:
    """A campaign as typed on a form; rules.campaigns.read_campaign turns it into facts or problems.

    `like_id` is the campaign it carries on, `by_hand` those of its hand-added people who are to come along.
    """

    title: str = ""
    kind: str = ""
    area_code: str = ""
    first_day: str = ""
    last_day: str = ""
    cash: str = ""
    goods: str = ""
    kinds: tuple[str, ...] = ()
    hardships: tuple[str, ...] = ()
    least_age: str = ""
    every: bool = False
    merits: tuple[str, ...] = ()
    birthday: bool = False
    not_since: str = ""
    areas: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    like_id: int | None = None
    by_hand: tuple[int, ...] = ()
    client_key: str = ""


@dataclass(frozen=True)
class CampaignKindDraft:
    """A kind of campaign as typed; season days as 5-20 or 05-20."""

    name: str = ""
    follows: str = ""
    days_before: str = ""
    days_after: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class VillageCoverage:
    """How far a campaign has come in one village: people listed, seen, money handed over in fen, who goes."""

    area_code: str
    name: str
    listed: int
    seen: int
    cash_fen: int
    liaisons: tuple[str, ...] = field(default=())
    unassigned: int = 0

    @property
    def left(self) -> int:
        """People not seen yet."""
        return self.listed - self.seen

    @property
    def percent(self) -> int:
        """Whole percent seen, rounded down, so that 100 means everybody."""
        return self.seen * 100 // self.listed if self.listed else 0
