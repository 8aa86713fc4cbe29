"""Rules of the register: identity numbers (GB 11643), facts a kind requires. Plain values in, problems out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from yushui.base.days import Span, age_on, months_after
from yushui.base.refusals import Problem
from yushui.people.types import (
    AGENT_NAMES,
    CAUSE_NAMES,
    CODE_NAMES,
    GRADE_NAMES,
    GROUP_NAMES,
    KIND_NAMES,
    MOST_RHYTHM_MONTHS,
    REQUIRED_COLUMNS,
    SEX_NAMES,
    STATUS_COLUMN_NAMES,
    VOID_STATES,
)

# Surnames read otherwise than the common reading of their character, as far as the first letter differs.
SURNAME_INITIALS = {"单": "s", "仇": "q", "解": "x", "曾": "z", "查": "z", "朴": "p", "盖": "g", "繁": "p", "种": "c"}
KEY_LENGTH = 20
OLDEST = 130
YOUNGEST_SOLDIER = 14
FULL_WIDTH = {**{0xFF10 + digit: str(digit) for digit in range(10)}, 0xFF38: "X", 0xFF58: "X"}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


@dataclass(frozen=True)
class RhythmFacts:
    """How often a group is to be contacted; `reach` is the code of the area that set it, empty for the catalogue."""

    code: str
    name: str
    group: str
    age: int | None
    status_kind: str
    months: int
    place: int
    area_code: str = ""

    @property
    def reach(self) -> str:
        """The significant digits of the area: the longer, the nearer."""
        return self.area_code.rstrip("0")


def check_digit(first17: str) -> str:
    """The eighteenth character of an identity number (GB 11643: weighted sum mod 11)."""
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def eighteen(number: str) -> str:
    """A fifteen-digit number of old in its eighteen-digit form: 19 is put before the year, the check digit appended."""
    if len(number) == 15 and number.isdigit():
        longer = f"{number[:6]}19{number[6:]}"
        return longer + check_digit(longer)
    return number


def born_on_of(number: str) -> date | None:
    """The birth date inside an eighteen-digit number; None when there is none."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """M when the seventeenth digit is odd, else F."""
    return "M" if int(number[16]) % 2 else "F"


def problem_of_number(number: str) -> str | None:
    """What is wrong with an eighteen-digit identity number, in a clerk's words; None when it holds."""
    if len(number) != 18:
        return f"身份证号应为 18 位,这里是 {len(number)} 位"
    if not number[:17].isdigit() or number[17] not in "0123456789X":
        return "身份证号只能有数字,最后一位可以是 X"
    if born_on_of(number) is None:
        return "身份证号中的出生日期不存在"
    if check_digit(number[:17]) != number[17]:
        return "身份证号校验位不对,请核对是否抄错"
    return None


@lru_cache(maxsize=8192)
def initial_of(character: str) -> str:
    """The pinyin initial of one character; a Latin letter is itself, a dot or space nothing."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    spelled = lazy_pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    return spelled[0][:1] if spelled else ""


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Pinyin initials for search: `张三丰` → `zsf`, `单大山` → `sds`."""
    if not name:
        return ""
    first = SURNAME_INITIALS.get(name[0]) or initial_of(name[0])
    return (first + "".join(initial_of(each) for each in name[1:]))[:KEY_LENGTH]


def plain_number(text: str) -> str:
    """An identity number as typed, without spaces, in half-width and with a capital X."""
    return "".join(text.split()).translate(FULL_WIDTH).upper()


def search_key(text: str) -> tuple[str, str]:
    """What a clerk typed into the search box: (number | tail | phone | initials | name, the value to look for)."""
    text = "".join(each for each in text if each.isprintable())  # PostgreSQL takes no NUL
    plain = plain_number(text)
    digits = plain.replace("-", "")
    if len(plain) in (15, 18) and plain[:-1].isdigit():
        return "number", eighteen(plain)
    if len(plain) == 4 and plain[:3].isdigit() and plain[3] in "0123456789X":
        return "tail", plain
    if digits.isdigit():
        return "phone", digits
    if plain.isascii() and plain.isalpha():
        return "initials", plain.lower()
    return "name", text.strip()


def problems_of_person(
    *, name: str, sex: str, born_on: date | None, id_number: str, phone: str, on: date
) -> tuple[Problem, ...]:
    """Everything that is wrong with the basic facts of a person, all at once; `on` is the day of the entry."""
    problems = []
    if not name.strip():
        problems.append(Problem("没有填写姓名", where="姓名"))
    if sex not in SEX_NAMES:
        problems.append(Problem("请选择性别", where="性别"))
    wrong = problem_of_number(id_number) if id_number else "没有填写身份证号"
    if wrong:
        problems.append(Problem(wrong, where="身份证号"))
    elif sex in SEX_NAMES and sex_of(id_number) != sex:
        problems.append(Problem(f"性别为{SEX_NAMES[sex]},与身份证号不一致", where="性别", next_step="请核对户口簿"))
    if born_on is None:
        problems.append(Problem("没有填写出生日期", where="出生日期"))
    elif born_on > on:
        problems.append(Problem("出生日期在今天之后", where="出生日期"))
    elif age_on(born_on, on) > OLDEST:
        problems.append(Problem(f"年龄超过 {OLDEST} 周岁", where="出生日期"))
    elif not wrong and born_on_of(id_number) != born_on:
        problems.append(
            Problem(f"与身份证号中的 {born_on_of(id_number)} 不一致", where="出生日期", next_step="请核对户口簿")
        )
    return (*problems, *problems_of_phone(phone))


def problems_of_phone(phone: str) -> tuple[Problem, ...]:
    """What is wrong with a telephone number, if one is given."""
    digits = phone.replace("-", "")
    if not phone or (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 12):
        return ()
    return (Problem("电话应为 7 至 12 位数字,可带 -", where="联系电话"),)


def missing_columns(kind: str, values: Mapping[str, object]) -> list[str]:
    """Columns that a status of this kind must have and has not (docs/words.md)."""
    return [column for column in REQUIRED_COLUMNS.get(kind, ()) if values.get(column) in (None, "")]


def problems_of_status(kind: str, values: Mapping[str, object], *, born_on: date, on: date) -> tuple[Problem, ...]:
    """Everything that is wrong with a status, all at once.

    Grades 7-10 exist for 因战 and 因公 only: illness is compensated 1-6 (军人抚恤优待条例 2024, 第二十七条).
    """
    names = STATUS_COLUMN_NAMES
    problems = [Problem(f"没有填写{names[column]}", where=names[column]) for column in missing_columns(kind, values)]
    if kind not in KIND_NAMES and not kind.startswith("LOCAL_"):
        problems.append(Problem("没有这种身份", where=names["kind"]))
    for column, codes in CODE_NAMES.items():
        if values.get(column) and values[column] not in codes:
            problems.append(Problem(f"没有“{values[column]}”这一项", where=names[column]))
    grade = values.get("grade")
    if isinstance(grade, int) and grade not in GRADE_NAMES:
        problems.append(Problem("伤残等级只有一级至十级", where=names["grade"]))
    elif isinstance(grade, int) and grade > 6 and values.get("cause") == "ILLNESS":
        text = f"{GRADE_NAMES[grade]}没有{CAUSE_NAMES['ILLNESS']}:因病只评一级至六级"
        problems.append(Problem(text, where=names["cause"], next_step="请核对残疾军人证"))
    problems += problems_of_status_days(values, born_on=born_on, on=on)
    return tuple(problems)


def problems_of_status_days(values: Mapping[str, object], *, born_on: date, on: date) -> Iterable[Problem]:
    """Days of a status that cannot be: spans backwards, before birth, an approval still to come."""
    names = STATUS_COLUMN_NAMES
    starts_on = values.get("starts_on")
    if not isinstance(starts_on, date):
        yield Problem("没有填写开始日期", where=names["starts_on"])
    elif starts_on < born_on:
        yield Problem("早于出生日期", where=names["starts_on"])
    for first, last in (("starts_on", "ends_on"), ("service_starts_on", "service_ends_on")):
        begin, end = values.get(first), values.get(last)
        if isinstance(begin, date) and isinstance(end, date) and end <= begin:
            yield Problem(f"应晚于{names[first]}", where=names[last])
    approved_on = values.get("approved_on")
    if isinstance(approved_on, date) and approved_on > on:
        yield Problem("在今天之后", where=names["approved_on"])
    service = values.get("service_starts_on")
    if isinstance(service, date) and age_on(born_on, service) < YOUNGEST_SOLDIER:
        yield Problem(f"入伍时不满 {YOUNGEST_SOLDIER} 周岁", where=names["service_starts_on"])


def kind_words(kind: str, grade: int | None = None, cause: str = "") -> str:
    """A status in a few words: `残疾军人 六级因公`, `烈士遗属`."""
    detail = f" {GRADE_NAMES.get(grade, '')}{CAUSE_NAMES.get(cause, '')}" if grade else ""
    return f"{KIND_NAMES.get(kind, kind.removeprefix('LOCAL_'))}{detail}"


def shown_value(column: str, value: object) -> str:
    """A column of a status as the page shows it: codes in words, nothing as nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if column == "grade":
        return GRADE_NAMES.get(int(str(value)), str(value))
    if column == "kind":
        return kind_words(str(value))
    return CODE_NAMES.get(column, {}).get(str(value), str(value))


def ever_held(state: str, ends_on: date | None) -> bool:
    """Whether a status held at all: a refused one never did, a cancelled one only if it names the day it ended on."""
    return state not in VOID_STATES or (state == "CANCELLED" and ends_on is not None)


def problem_of_overlap(kind: str, span: Span, others: Iterable[tuple[str, str, date, date | None]]) -> Problem | None:
    """A person cannot hold the same kind twice on one day. `others` are (kind, state, starts_on, ends_on)."""
    for other_kind, state, starts_on, ends_on in others:
        if other_kind == kind and ever_held(state, ends_on) and span.meets(Span(starts_on, ends_on)):
            until = ends_on or "至今"
            return Problem(
                f"已有{KIND_NAMES.get(kind, kind)}身份({starts_on} 至 {until}),日期重叠".replace("至 至今", "至今"),
                where=STATUS_COLUMN_NAMES["starts_on"],
                next_step="请改正或结束原有身份,不要重复登记",
            )
    return None


def plain_account(text: str) -> str:
    """An account number as typed, without spaces and in half-width."""
    return "".join(text.split()).translate(FULL_WIDTH)


def passes_luhn(number: str) -> bool:
    """Whether the last digit of a card number is right (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def problems_of_account(
    *,
    bank: str,
    number: str,
    holder_name: str,
    name: str,
    holder_reason: str,
    is_checked: bool,
    holder_relation: str = "",
) -> tuple[Problem, ...]:
    """Everything that is wrong with a bank account; a card number whose last digit is off passes once checked."""
    problems = []
    if not bank.strip():
        problems.append(Problem("没有填写开户银行", where="开户银行"))
    if not number.isdigit() or not 8 <= len(number) <= 32:
        problems.append(Problem("银行账号应为 8 至 32 位数字", where="银行账号"))
    elif len(number) in (16, 19) and number.startswith("62") and not passes_luhn(number) and not is_checked:
        step = "请与卡片核对;确认无误后勾选“已与卡折核对”"
        problems.append(Problem("卡号最后一位对不上,可能抄错", where="银行账号", next_step=step))
    if not holder_name.strip():
        problems.append(Problem("没有填写开户名称", where="开户名称"))
    elif holder_name.strip() != name:
        if not holder_reason.strip():
            step = "请改为本人账户,或写明由他人代领的原因"
            problems.append(Problem("户名不是本人", where="开户名称", next_step=step))
        if holder_relation not in AGENT_NAMES:
            step = "请选代领人与本人的关系;由本人领取的请改为本人账户"
            problems.append(Problem("没有选代领人与本人的关系", where="代领人与本人关系", next_step=step))
    elif holder_relation:
        problems.append(Problem("户名就是本人,不用选", where="代领人与本人关系", next_step="请留空"))
    return tuple(problems)


def in_force(rows: Iterable[RhythmFacts]) -> list[RhythmFacts]:
    """The rhythms that hold among those of a place and the places above it, the catalogue's first: of two for the same
    group, age and kind the nearer one holds. The most frequent come first."""
    held = {(row.group, row.age, row.status_kind): row for row in sorted(rows, key=lambda row: len(row.reach))}
    return sorted(held.values(), key=lambda row: (row.months, row.place, row.code))


def next_contact(last_on: date | None, months: int, *, on: date) -> date:
    """The day by which somebody is to be contacted again; today when never contacted."""
    return on if last_on is None else months_after(last_on, months)


def lasting_since(on: date, months: int) -> date:
    """The first day on which a contact still lasts to a day: who was met before it is late by then."""
    day = months_after(on, -months)
    while months_after(day, months) < on:
        day += timedelta(days=1)
    while months_after(day - timedelta(days=1), months) >= on:
        day -= timedelta(days=1)
    return day


def problems_of_rhythm(
    *, name: str, group: str, age: int | None, status_kind: str, months: int | None, source: str
) -> tuple[Problem, ...]:
    """Everything that is wrong with a rhythm, all at once."""
    problems = []
    if not name.strip():
        problems.append(Problem("没有填写名称", where="名称"))
    if group not in GROUP_NAMES:
        problems.append(Problem("请选择适用于谁", where="适用于"))
    if group == "AGE" and (age is None or not 1 <= age <= OLDEST):
        problems.append(Problem(f"请填写 1 到 {OLDEST} 的周岁", where="年满"))
    if group == "KIND" and status_kind not in KIND_NAMES:
        problems.append(Problem("请选择身份", where="身份"))
    if months is None or not 1 <= months <= MOST_RHYTHM_MONTHS:
        problems.append(Problem(f"请填写 1 到 {MOST_RHYTHM_MONTHS} 的月数", where="几个月一次"))
    if not source.strip():
        problems.append(Problem("没有写依据", where="依据", next_step="例如本县《联系退役军人和优抚对象办法》第几条"))
    return tuple(problems)
