"""What the page of a new import takes in."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms


class StartImport(forms.Form):
    """A file and the area it is for."""

    file = forms.FileField(
        label="名册文件",
        help_text=".xlsx、.xls 或 .csv,原样上传即可:有标题行、合并表头、多个工作表都认得",
        error_messages={"required": "请选择名册文件", "empty": "文件是空的,请检查后重新选择"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"}),
    )
    area = forms.ChoiceField(label="导入到", help_text="名册里只能有这个区域的人")

    def __init__(self, *args: object, areas: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(areas)


class UndoImport(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label="撤销原因", max_length=200, error_messages={"required": "请写明为什么撤销"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
