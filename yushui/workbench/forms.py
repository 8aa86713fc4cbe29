"""What a browser may ask of the log."""

from __future__ import annotations

from django import forms

from yushui.workbench.audit_words import ACTIONS


class LogFilterForm(forms.Form):
    """Actor, action and day; nothing means all."""

    who = forms.CharField(label="经办人", required=False, max_length=40)
    action = forms.ChoiceField(label="操作", required=False, choices=[("", "全部"), *ACTIONS.items()])
    day = forms.DateField(label="日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
