"""What a browser may send about runs, recoveries and local values. Parsing only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from yushui.base.days import month_at
from yushui.base.money import parse_yuan
from yushui.base.queries import whole_number
from yushui.benefits.selectors.claims import ClaimFilters
from yushui.benefits.types import CLAIM_STATES, VALUE_NAMES
from yushui.policy.types import ONE_OFF


class YuanField(forms.CharField):
    """An amount in yuan, kept as fen."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yuan(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class MonthField(forms.CharField):
    """A month as `2024-08`, kept as an integer."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return month_at(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def claim_filters(query: QueryDict) -> ClaimFilters:
    """The search area of the list of one-off sums."""
    state, benefit = query.get("state", "TO_PAY"), query.get("benefit", "")
    return ClaimFilters(
        state=state if state in {*CLAIM_STATES, ""} else "TO_PAY",
        benefit=benefit if benefit in ONE_OFF else "",
        batch=whole_number(query.get("batch", "")),
        text=query.get("text", "").strip()[:20],
    )


class RunForm(forms.Form):
    """Which month to run, and for which area (the actor's own when left out)."""

    month = MonthField(label="月份", max_length=7)
    area = forms.RegexField(r"^[0-9]{12}$", required=False)


class RecoveredForm(forms.Form):
    """Money that came back."""

    fen = YuanField(label="追回金额(元)", max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    on = forms.DateField(label="到账日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label="说明", max_length=120, required=False)


class WriteOffForm(forms.Form):
    """Money to be given up, and why."""

    fen = YuanField(label="核销金额(元)", max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    reason = forms.CharField(label="理由", max_length=200, help_text="依据的文件、死亡且无遗产、追缴无望的事实")


class InstalmentsForm(forms.Form):
    """How what is left comes back."""

    first_on = forms.DateField(
        label="第一期日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="以后每月同一天",
    )
    number = forms.IntegerField(label="期数", min_value=1, max_value=60, help_text="每月一期,金额自动均分")


class LocalValueForm(forms.Form):
    """A value of the place for a year, with its document."""

    name = forms.ChoiceField(label="项目", choices=list(VALUE_NAMES.items()))
    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    fen = YuanField(label="数值(元)", max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    document = forms.CharField(label="依据文件", max_length=120, help_text="文件名称和文号,例如统计公报。")

    @staticmethod
    def for_year(on: date) -> LocalValueForm:
        """An empty form for the year before, which is the one the law asks for."""
        return LocalValueForm(initial={"year": on.year - 1})
