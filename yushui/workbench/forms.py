"""What a browser may ask of the log and of a year."""

from __future__ import annotations

from django import forms

from yushui.workbench.audit_words import ACTIONS


class LogFilterForm(forms.Form):
    """Actor, action and day; nothing means all."""

    who = forms.CharField(label="经办人", required=False, max_length=40)
    action = forms.ChoiceField(label="操作", required=False, choices=[("", "全部"), *ACTIONS.items()])
    day = forms.DateField(label="日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class YearForm(forms.Form):
    """An area and a year; nothing means the own area and this year."""

    area = forms.RegexField(r"^\d{12}$", required=False)
    year = forms.IntegerField(min_value=1949, max_value=2200, required=False)
