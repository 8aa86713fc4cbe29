"""What must hold of a row by itself, before the register is asked. Every check adds its words to the cell it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from yushui.base.days import age_on
from yushui.people.rules import born_on_of, sex_of
from yushui.people.types import GRADE_NAMES, KIND_NAMES
from yushui.rosters.rules.areas import AreaBook
from yushui.rosters.rules.values import PartialDay
from yushui.rosters.types import Form, Head, Row

YOUNGEST_SOLDIER = 12
OLDEST = 130
DAYS = {
    "status.approved_on": "批准日期",
    "status.starts_on": "开始日期",
    "status.service_starts_on": "入伍(服役开始)时间",
    "status.service_ends_on": "退伍(服役结束)时间",
}


@dataclass
class Checker:
    """One file's checks: its form, its columns, the day, the areas, and the numbers seen so far."""

    head: Head
    areas: AreaBook
    on: date

    def __post_init__(self) -> None:
        self.form: Form = self.head.form
        self.columns: dict[str, int] = {}
        for place, field in sorted(self.head.fields.items()):
            self.columns.setdefault(field, place)
        self.kinds = self.form.kinds | ({name: code for code, name in KIND_NAMES.items()} if self.form.any_kind else {})
        self.seen: dict[tuple[str, str], int] = {}
        self.lacking: dict[str, int] = {}

    def check(self, row: Row) -> None:
        """All checks at once; a check whose facts are missing or already wrong stays silent."""
        for check in CHECKS:
            check(self, row)

    def blame(self, row: Row, field: str, problem: str) -> None:
        """Put a problem on the cell of a field; the first problem of a cell stands. A field without a column counts
        against its row only: the missing column itself is named once, at the head."""
        place = self.columns.get(field, -1)
        if place < 0:
            self.lacking[field] = self.lacking.get(field, 0) + 1
        row.problems.setdefault(place, problem)

    def is_blamed(self, row: Row, field: str) -> bool:
        """Whether the cell of a field is already wrong."""
        return self.columns.get(field, -2) in row.problems


def check_identity(checker: Checker, row: Row) -> None:
    """Number and name must be there; number and kind must not come twice."""
    number = str(row.values.get("person.id_number") or "")
    if not number and not checker.is_blamed(row, "person.id_number"):
        checker.blame(row, "person.id_number", "缺身份证号;请补上")
    if not row.values.get("person.name") and not checker.is_blamed(row, "person.name"):
        checker.blame(row, "person.name", "缺姓名;请补上")


def check_kind(checker: Checker, row: Row) -> None:
    """The status kind, from the form itself or from its column."""
    text = row.values.pop("status.kind", None)
    if checker.form.kind:
        row.values["status.kind"] = checker.form.kind
    elif text:
        kind = checker.kinds.get(str(text)) or checker.kinds.get(str(text).replace(",", ","))
        if kind:
            row.values["status.kind"] = kind
        else:
            choices = "、".join(dict.fromkeys(KIND_NAMES.get(k, k) for k in checker.kinds.values()))
            checker.blame(row, "status.kind", f"“{str(text)[:20]}”不是可选的身份类别;请改为:{choices}"[:200])


def check_twice(checker: Checker, row: Row) -> None:
    """The same person and kind twice in one file."""
    number = str(row.values.get("person.id_number") or "")
    if not number:
        return
    key = (number, str(row.values.get("status.kind", "")))
    first = checker.seen.setdefault(key, row.number)
    if first != row.number:
        checker.blame(row, "person.id_number", f"与第 {first} 行的身份证号重复;请删去多余的一行或改正号码")


def check_number(checker: Checker, row: Row) -> None:
    """Birth date and sex against the number. What is left blank is taken from the number."""
    number = row.values.get("person.id_number")
    if not isinstance(number, str):
        return
    born = born_on_of(number)
    assert born is not None  # the parser refused numbers without a day
    if born > checker.on or age_on(born, checker.on) > OLDEST:
        checker.blame(row, "person.id_number", "身份证号中的出生日期不合理;请核对号码")
    written = row.values.get("person.born_on", born)
    same = (
        (written.year, written.month) == (born.year, born.month) if isinstance(written, PartialDay) else written == born
    )
    if not same:
        checker.blame(row, "person.born_on", "出生日期与身份证号不一致;请核对哪一处写错")
    if row.values.setdefault("person.sex", sex_of(number)) != sex_of(number):
        checker.blame(row, "person.sex", "性别与身份证号不一致;请核对哪一处写错")
    row.values["person.born_on"] = born


def check_days(checker: Checker, row: Row) -> None:
    """Days of the status: months alone count from their first day; none lies ahead, before birth, or backwards."""
    born = row.values.get("person.born_on")
    for field, label in DAYS.items():
        value = row.values.get(field)
        if isinstance(value, PartialDay):
            value = row.values[field] = date(value.year, value.month, 1)
        if not isinstance(value, date):
            continue
        if value > checker.on:
            checker.blame(row, field, f"{label}晚于今天;请核对")
        elif isinstance(born, date) and value <= born:
            checker.blame(row, field, f"{label}早于出生日期;请核对")
    enlisted, left = row.values.get("status.service_starts_on"), row.values.get("status.service_ends_on")
    if (
        isinstance(enlisted, date)
        and isinstance(born, date)
        and born < enlisted
        and age_on(born, enlisted) < YOUNGEST_SOLDIER
    ):
        checker.blame(row, "status.service_starts_on", f"入伍时不满 {YOUNGEST_SOLDIER} 周岁;请核对")
    if isinstance(enlisted, date) and isinstance(left, date) and left <= enlisted:
        checker.blame(row, "status.service_ends_on", "退伍(结束)时间应晚于入伍(开始)时间;请核对")
    if "status.starts_on" not in row.values and "status.approved_on" in row.values:
        row.values["status.starts_on"] = row.values["status.approved_on"]


def check_grade(checker: Checker, row: Row) -> None:
    """Illness is compensated from grade 1 to 6 only (军人抚恤优待条例 第二十七条)."""
    grade = row.values.get("status.grade")
    if isinstance(grade, int) and grade > 6 and row.values.get("status.cause") == "ILLNESS":
        checker.blame(row, "status.cause", f"{GRADE_NAMES[grade]}没有因病评残(因病只评一级至六级);请核对等级和性质")


def check_age(checker: Checker, row: Row) -> None:
    """Forms for the old: 60 on the day of the import, and on the day of approval."""
    born, youngest = row.values.get("person.born_on"), checker.form.youngest
    if not youngest or not isinstance(born, date):
        return
    if age_on(born, checker.on) < youngest:
        field = "person.born_on" if "person.born_on" in checker.columns else "person.id_number"
        checker.blame(row, field, f"未满 {youngest} 周岁,不符合“{checker.form.title}”条件;请核对")


def check_state(checker: Checker, row: Row) -> None:
    """A death is registered with its day on the person's own page, not by a roster."""
    if row.values.get("status.state") == "DIED":
        checker.blame(row, "status.state", "去世人员不从名册导入;请在个人档案中登记去世日期")


def check_area(checker: Checker, row: Row) -> None:
    """The village, by code or name."""
    text = row.values.pop("person.area", None)
    if text is None:
        return
    code, problem = checker.areas.find(str(text))
    if problem:
        checker.blame(row, "person.area", problem)
    else:
        row.values["person.area"] = code


def check_account(checker: Checker, row: Row) -> None:
    """An account needs its bank."""
    is_silent = checker.is_blamed(row, "account.bank") or "account.bank" not in checker.columns
    if row.values.get("account.number") and not row.values.get("account.bank") and not is_silent:
        checker.blame(row, "account.bank", "有银行账号但没有开户银行;请补上")


CHECKS: tuple[Callable[[Checker, Row], None], ...] = (
    check_identity, check_kind, check_twice, check_number, check_days, check_grade, check_age, check_state, check_area,
    check_account,
)  # fmt: skip
