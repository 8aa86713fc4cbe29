"""Forms of 包联: handing over by village, rhythms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from yushui.base.queries import whole_number
from yushui.people import types
from yushui.people.forms.register import RegisterForm, code_field, day_field, text_field


class HandOverForm(forms.Form):
    """Who takes over: one for all, or another for a village (`to-` and its code)."""

    on = day_field("从哪天起", required=True)

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes

    def given(self) -> dict[str, int]:
        """The user for each village that somebody was chosen for."""
        everywhere = whole_number(self.data.get("all", ""))
        chosen = {code: whole_number(self.data.get(f"to-{code}", "")) or everywhere for code in self.codes}
        return {code: user_id for code, user_id in chosen.items() if user_id is not None}


class RhythmForm(RegisterForm):
    """How often the persons of a group are to be contacted."""

    name = text_field("名称", 40, required=True)
    group = code_field("适用于", types.GROUP_NAMES, required=True)
    age = forms.IntegerField(label="年满", required=False, help_text="周岁;“达到年龄的”才填")
    status_kind = code_field("身份", types.KIND_NAMES)
    months = forms.IntegerField(label="几个月一次", help_text="3 是每季度,6 是每半年,12 是每年")
    source = text_field("依据", 200, required=True, help_text="文件名称和条目")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status_kind"].help_text = "“某种身份的”才选"
        for name in ("age", "months"):
            self.fields[name].error_messages["invalid"] = "应为整数"
