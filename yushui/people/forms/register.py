"""What a browser may send about people. Parsing, and the rules that need no register; the verbs check again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from yushui.base import cipher
from yushui.base.area_codes import CUTS
from yushui.base.refusals import Problem
from yushui.people import rules, types
from yushui.people.services.register import REVEALED, PersonFacts
from yushui.people.types import StatusFacts

Choices = Sequence[tuple[str, Any]]
DAY_FORMATS = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"]
NUMBER_KINDS = frozenset({"number", "tail", "phone"})
BLIND = re.compile(r"(number|tail|phone):[0-9a-f]{32}")


class RegisterForm(forms.Form):
    """A form of the register: says every problem at once, also those its rules find, each at its field."""

    use_required_attribute = False  # the browser would stop at the first empty field; the page lists all

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"没有填写{field.label}"

    def mark(self, problems: Iterable[Problem]) -> None:
        """Put problems at the fields they speak of, as far as a field has none yet; the rest stands above the form."""
        names = {str(field.label): name for name, field in self.fields.items()}
        for problem in problems:
            name = names.get(problem.where)
            step = f"({problem.next_step})" if problem.next_step else ""
            if name is None:
                self.add_error(None, f"{problem.where}:{problem.what}{step}" if problem.where else problem.what + step)
            elif name not in self.errors:
                self.add_error(name, f"{problem.what}{step}")

    def problems(self) -> tuple[Problem, ...]:
        """Every error of the form, as problems for the list above it."""
        return tuple(
            Problem(str(message), where=str(self.fields[name].label) if name in self.fields else "")
            for name in (*self.fields, "__all__")
            for message in self.errors.get(name, ())
        )


def day_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """A day; typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    messages = {"invalid": "日期不存在或写法不对,应为 2024-08-01"}
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=widget, input_formats=DAY_FORMATS,
        error_messages=messages,
    )  # fmt: skip


def code_field(label: str, names: Mapping[Any, str], *, required: bool = False) -> forms.CharField:
    """One code of a table, chosen by its words. A code outside the table is left to the rules, which name it."""
    return forms.CharField(
        label=label, required=required, max_length=40, widget=forms.Select(choices=[("", "请选择"), *names.items()])
    )


def word_field(label: str, words: Sequence[str]) -> forms.CharField:
    """A word of a customary list; what an import brought in stays choosable (see PersonForm)."""
    choices = [("", "未填"), *((word, word) for word in words)]
    return forms.CharField(label=label, required=False, max_length=20, widget=forms.Select(choices=choices))


def text_field(label: str, length: int, *, required: bool = False, help_text: str = "") -> forms.CharField:
    """A line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=length, help_text=help_text, widget=widget)


class PersonForm(RegisterForm):
    """Basic facts of a person. Sex and birth date are taken from the identity number when left empty."""

    name = text_field("姓名", 40, required=True)
    id_number = text_field("身份证号", 30, required=True, help_text="18 位;15 位旧号会自动补全")
    sex = code_field("性别", types.SEX_NAMES)
    born_on = day_field("出生日期")
    area_code = forms.CharField(label="户籍村(社区)", max_length=12)
    phone = text_field("联系电话", 20)
    ethnicity = text_field("民族", 20)
    household_kind = code_field("户籍类别", types.HOUSEHOLD_NAMES)
    address = text_field("户籍地址", 200)
    living_address = text_field("居住地址", 200)
    marriage = word_field("婚姻状况", types.CHOICES["marriage"])
    schooling = word_field("文化程度", types.CHOICES["schooling"])
    health = word_field("健康状况", types.CHOICES["health"])
    political_status = word_field("政治面貌", types.CHOICES["political_status"])
    employment = word_field("就业状况", types.CHOICES["employment"])
    employer = text_field("工作单位", 80)
    medical_scheme = word_field("医疗保障方式", types.CHOICES["medical_scheme"])
    pension_scheme = word_field("养老保障方式", types.CHOICES["pension_scheme"])
    support_kind = word_field("供养方式", types.CHOICES["support_kind"])
    work_ability = word_field("劳动能力", types.CHOICES["work_ability"])
    self_care = word_field("生活能力", types.CHOICES["self_care"])
    archive_box = text_field("档案盒号", 40)
    note = text_field("备注", 500)
    is_lone_elder = forms.BooleanField(label="孤老", required=False)
    has_mental_illness = forms.BooleanField(label="精神病", required=False)

    def __init__(self, *args: Any, areas: Choices, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        if areas:
            self.fields["area_code"].widget = forms.Select(choices=[("", "请选择"), *areas])
        else:
            self.fields["area_code"].help_text = "12 位区划代码"
        for name in types.CHOICES:
            kept = self.initial.get(name)
            if kept and name in self.fields and kept not in types.CHOICES[name]:
                widget = self.fields[name].widget
                widget.choices = [*widget.choices, (kept, kept)]

    def clean_id_number(self) -> str:
        return rules.eighteen(rules.plain_number(self.cleaned_data["id_number"]))

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        number = kept.get("id_number", "")
        if number and rules.problem_of_number(number) is None:
            kept["born_on"] = kept.get("born_on") or (
                rules.born_on_of(number) if "born_on" not in self.errors else None
            )
            kept["sex"] = kept.get("sex") or rules.sex_of(number)
        self.mark(
            rules.problems_of_person(
                name=kept.get("name", ""), sex=kept.get("sex", ""), born_on=kept.get("born_on"),
                id_number=number, phone=rules.plain_account(kept.get("phone", "")), on=self.on,
            )
        )  # fmt: skip
        return kept

    def facts(self) -> PersonFacts:
        """The cleaned input for the verb."""
        return PersonFacts(**self.cleaned_data)


class ChangePersonForm(PersonForm):
    """The same, with the reason of the change."""

    reason = text_field("修改原因", 120, help_text="例如“本人来电”“户口簿”")

    def facts(self) -> PersonFacts:
        return PersonFacts(**{name: value for name, value in self.cleaned_data.items() if name != "reason"})


def status_fields(kind: str) -> dict[str, forms.Field]:
    """The fields that a status of this kind has, required ones first."""
    names = types.STATUS_COLUMN_NAMES
    fields: dict[str, forms.Field] = {
        "starts_on": day_field(names["starts_on"], required=True, help_text="享受待遇的第一天"),
        "state": code_field(names["state"], types.ENTRY_STATES, required=True),
    }
    required = types.REQUIRED_COLUMNS.get(kind, ())
    for column in types.COLUMNS_OF_KIND.get(kind, types.COLUMNS_OF_OTHER_KINDS):
        must = column in required
        if column == "grade":
            grades = {str(grade): name for grade, name in types.GRADE_NAMES.items()}
            fields[column] = code_field(names[column], grades, required=must)
        elif column in types.CODE_NAMES:
            fields[column] = code_field(names[column], types.CODE_NAMES[column], required=must)
        elif column.endswith("_on"):
            fields[column] = day_field(names[column], required=must)
        elif column == "draws_pension":
            fields[column] = code_field(names[column], {"yes": "是", "no": "否"})
        else:
            fields[column] = text_field(names[column], 40, required=must)
    fields["ends_on"] = day_field(names["ends_on"], help_text="第一个不再享受的日子;仍享受的不填")
    fields["certificate_number"] = text_field(names["certificate_number"], 40)
    fields["note"] = text_field(names["note"], 500)
    return fields


class StatusForm(RegisterForm):
    """A status of one kind: only the columns this kind has."""

    def __init__(
        self, *args: Any, kind: str, born_on: date, on: date, with_reason: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.born_on, self.on = kind, born_on, on
        self.fields.update(status_fields(kind))
        if with_reason:
            self.fields["state"] = code_field(types.STATUS_COLUMN_NAMES["state"], types.STATE_NAMES, required=True)
            self.fields["reason"] = text_field("原因", 120, required=True, help_text="为什么更正,例如“证件日期抄错”")
        for field in self.fields.values():
            field.error_messages["required"] = f"没有填写{field.label}"

    def clean_grade(self) -> int | None:
        grade = self.cleaned_data["grade"]
        return int(grade) if str(grade).isdigit() else None

    def clean_draws_pension(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["draws_pension"])

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        self.mark(rules.problems_of_status(self.kind, kept, born_on=self.born_on, on=self.on))
        return kept

    def facts(self, **others: Any) -> StatusFacts:
        """The cleaned input for the verb; `others` are columns the form does not show and that stay as they were."""
        kept = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return StatusFacts(**{**others, **kept, "kind": self.kind})


def status_initial(facts: StatusFacts) -> dict[str, Any]:
    """A stored status as the form's first values."""
    values = {name: getattr(facts, name) for name in types.STATUS_COLUMN_NAMES}
    values["draws_pension"] = {True: "yes", False: "no"}.get(facts.draws_pension, "")  # type: ignore[arg-type]
    return values


class EndStatusForm(RegisterForm):
    """Ending a status."""

    state = code_field("状态", {code: types.STATE_NAMES[code] for code in types.ENDING_STATES}, required=True)
    ends_on = day_field("结束日期", required=True, help_text="第一个不再享受的日子")
    reason = text_field("原因", 120, required=True)


class EventForm(RegisterForm):
    """An event in a person's life that bears on what is due."""

    what = code_field("事件", types.RECORDED_EVENTS, required=True)
    on = day_field("日期", required=True)
    detail = code_field("去世原因", types.DEATH_CAUSES)
    note = text_field("说明", 300)


class WithdrawForm(RegisterForm):
    """Taking back a wrong entry."""

    reason = text_field("原因", 120, required=True)


class ConfirmForm(RegisterForm):
    """The yearly confirmation."""

    way = code_field("方式", types.CONFIRM_WAYS, required=True)
    on = day_field("日期", required=True)
    note = text_field("说明", 300)


class AccountForm(RegisterForm):
    """A bank account."""

    bank = text_field("开户银行", 60, required=True)
    number = text_field("银行账号", 40, required=True)
    holder_name = text_field("开户名称", 40, required=True)
    holder_relation = code_field("代领人与本人关系", types.AGENT_NAMES)
    holder_reason = text_field("户名不同的原因", 120, help_text="户名不是本人时填写,例如“本人失能,有监护公证书”")
    is_checked = forms.BooleanField(label="已与卡折核对", required=False)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        self.mark(
            rules.problems_of_account(
                bank=kept.get("bank", ""), number=rules.plain_account(kept.get("number", "")),
                holder_name=kept.get("holder_name", ""), name=self.name,
                holder_reason=kept.get("holder_reason", ""), is_checked=kept.get("is_checked", False),
                holder_relation=kept.get("holder_relation", ""),
            )
        )  # fmt: skip
        return kept


class ContactForm(RegisterForm):
    """Who is to look after the chosen people."""

    user_id = forms.IntegerField(label="包联人", error_messages={"invalid": "请选择包联人"})
    on = day_field("日期", required=True, help_text="从这一天起")

    def __init__(self, *args: Any, users: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].widget = forms.Select(choices=[("", "请选择"), *users])


class HardshipForm(RegisterForm):
    """A difficulty found."""

    kind = code_field("困难类型", types.HARDSHIP_NAMES, required=True)
    starts_on = day_field("发现日期", required=True)
    note = text_field("说明", 300)


class EndHardshipForm(RegisterForm):
    """A difficulty left behind."""

    ends_on = day_field("解除日期", required=True)


class HouseholdForm(RegisterForm):
    """Into whose household a person belongs: the head is named by the identity number."""

    head_number = text_field("户主身份证号", 30, help_text="户主本人建户时不填")
    relation_to_head = word_field("与户主关系", types.CHOICES["relation_to_head"])

    def clean_head_number(self) -> str:
        return rules.eighteen(rules.plain_number(self.cleaned_data["head_number"]))


class RevealForm(RegisterForm):
    """Which number is to be shown in full, and what for."""

    which = code_field("号码", REVEALED, required=True)
    purpose = text_field("用途", 200, required=True)


def hidden_number(text: str) -> str:
    """A personal number typed into the search, as `kind:blind index`, so that it never stands in an address."""
    kind, value = rules.search_key(text)
    return f"{kind}:{cipher.blind(value, 'id' if kind == 'number' else 'id_tail' if kind == 'tail' else kind)}"


def search_query(sent: MultiValueDict[str, str]) -> dict[str, str]:
    """The search form as a query string's values: empty ones left out, numbers as blind indexes."""
    kept = {name: str(sent.get(name, "")).strip()[:40] for name in FILTER_NAMES}
    if kept["text"] and rules.search_key(kept["text"])[0] in NUMBER_KINDS:
        kept["found_by"], kept["text"] = hidden_number(kept["text"]), ""
    return {name: value for name, value in kept.items() if value}


FILTER_NAMES = (
    "text", "area", "kind", "state", "life", "age_from", "age_to", "hardship", "gap", "turning", "birthday", "confirm",
    "contact", "suspected_dead",
)  # fmt: skip


def filters_from(asked: Mapping[str, str], *, on: date) -> types.PeopleFilters:
    """What a query string asks for; values that make no sense are left out."""

    def word(name: str, allowed: Iterable[str]) -> str:
        value = asked.get(name, "")
        return value if value in set(allowed) else ""

    def number(name: str) -> int | None:
        value = asked.get(name, "")
        return int(value) if value.isdigit() and value.isascii() and len(value) < 10 else None

    area, found_by, kind = asked.get("area", ""), asked.get("found_by", ""), asked.get("kind", "")
    return types.PeopleFilters(
        on=on,
        area=area if area.isdigit() and area.isascii() and len(area) in CUTS else "",
        kind=kind if kind in types.KIND_NAMES or (kind.startswith("LOCAL_") and kind.isprintable()) else "",
        state=word("state", types.STATE_NAMES),
        age_from=number("age_from") if (number("age_from") or 0) <= rules.OLDEST else None,
        age_to=number("age_to") if (number("age_to") or 0) <= rules.OLDEST else None,
        hardship=word("hardship", types.HARDSHIP_NAMES),
        text="".join(each for each in asked.get("text", "") if each.isprintable()).strip()[:40],
        found_by=found_by if BLIND.fullmatch(found_by) else "",
        gap=word("gap", types.GAP_NAMES),
        turning=number("turning") if number("turning") in types.TURNING_AGES else None,
        birthday=word("birthday", ("week",)),
        confirm=word("confirm", ("missing",)),
        contact=number("contact"),
        life=word("life", types.LIFE_NAMES) or ("all" if found_by or asked.get("text") else "living"),
        suspected_dead=asked.get("suspected_dead", "") == "yes",
    )
