"""Campaigns: kinds, the rule of a list, a campaign as typed, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

CAMPAIGN_NAMES: dict[str, str] = {
    "SPRING_FESTIVAL": "春节慰问",
    "ARMY_DAY": "八一慰问",
    "NEW_YEAR": "元旦慰问",
    "MID_AUTUMN": "中秋慰问",
    "QINGMING": "清明走访",
    "MARTYRS_DAY": "烈士纪念日走访",
    "MERIT_FAMILY": "立功受奖官兵家庭走访",
    "BORDER_FAMILY": "边海防官兵家庭走访",
    "FRONT_SUPPORT": "支援前线·关爱亲属",
    "SUMMER_HARVEST": "三夏帮扶",
    "AUTUMN_HARVEST": "三秋帮扶",
    "RETURN": "老兵返乡",
    "BIRTHDAY": "生日祝福",
    "HARDSHIP": "困难专项走访",
    "OTHER": "其他走访",
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
class ListRule:
    """Who is put on the list of a campaign: kinds of status, hardships, an age; any of them, or all at once."""

    kinds: tuple[str, ...] = ()
    hardships: tuple[str, ...] = ()
    least_age: int | None = None
    every: bool = False  # True: all conditions must hold; False: one is enough

    def as_text(self) -> str:
        """The rule as one line that `from_text` reads back."""
        pairs = [("kind", k) for k in self.kinds] + [("hardship", h) for h in self.hardships]
        pairs += [("age", str(self.least_age))] if self.least_age is not None else []
        return urlencode(pairs + ([("every", "1")] if self.every else []))

    @staticmethod
    def from_text(text: str) -> ListRule:
        """The rule that `as_text` wrote."""
        found = parse_qs(text)
        age = found.get("age", [""])[0]
        return ListRule(
            kinds=tuple(found.get("kind", ())),
            hardships=tuple(found.get("hardship", ())),
            least_age=int(age) if age.isdigit() else None,
            every=found.get("every") == ["1"],
        )


@dataclass(frozen=True)
class CampaignDraft:
    """A campaign as typed on a form; rules.campaigns.read_campaign turns it into facts or problems."""

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
