"""What the style page shows its parts with: invented, and plainly so."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from yushui.base.models import Job, JobState
from yushui.base.refusals import Problem


class SampleForm(forms.Form):
    """One field of each sort, one of them wrong."""

    name = forms.CharField(label="姓名", initial="张三")
    month = forms.CharField(label="月份", initial="2024-13", help_text="写成 2024-08")
    kind = forms.ChoiceField(
        label="身份类别", choices=[("", "请选择"), ("a", "残疾军人"), ("b", "参战退役军人")], required=False
    )
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_month(self) -> str:
        raise forms.ValidationError("没有 13 月")


@dataclass(frozen=True)
class SamplePage:
    """A page in the middle of a list."""

    rows: tuple[int, ...] = tuple(range(25))
    number: int = 2
    first: int = 26
    last: int = 50
    has_previous: bool = True
    has_next: bool = True


def samples() -> dict[str, object]:
    """The context of the style page."""
    form = SampleForm({"name": "张三", "month": "2024-13", "kind": "", "note": ""})
    form.is_valid()
    return {
        "form": form,
        "page": SamplePage(),
        "problems": [
            Problem("没有收款账户", where="张三 · 北洲村", next_step="请在人员页登记账户"),
            Problem("去世后仍在名册上", where="李四 · 柳湾村", next_step="请核对去世日期"),
        ],
        "one_problem": [Problem("您没有复核的权限", next_step="请由复核办理")],
        "done": Job(pk=0, state=JobState.DONE, message="共 1,000 行,写入 998 行"),
        "failed": Job(pk=0, state=JobState.FAILED, message="文件打不开,请另存为 xlsx 后再传"),
        "colours": (
            ("纸", "paper"), ("卡片", "card"), ("表头", "band"), ("选中", "chosen"), ("墨", "ink"), ("次要", "soft"),
            ("淡", "faint"), ("绿(操作)", "green"), ("印(名)", "seal"), ("红(危险)", "danger"), ("黄(将到期)", "due"),
            ("蓝(说明)", "info"),
        ),
    }  # fmt: skip
