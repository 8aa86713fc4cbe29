"""What a roster writes for a village: a code of 12, 9 or 6 digits, or a name; inside the area of the import."""

from __future__ import annotations

from dataclasses import dataclass, field

from yushui.base.area_codes import AreaLevel, full_code, level_of, lies_in


@dataclass
class AreaBook:
    """The areas inside the import's own. While no village of it is registered, any code inside is taken on trust."""

    area_code: str
    names: dict[str, str]
    codes: dict[str, list[str]] = field(default_factory=dict)
    has_villages: bool = False
    answers: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code, name in self.names.items():
            for known in {name, name.removesuffix("村民委员会"), name.removesuffix("社区居委会"), bare_name(name)}:
                self.codes.setdefault(known, []).append(code)
        self.has_villages = any(level_of(code) == AreaLevel.VILLAGE for code in self.names)

    def find(self, text: str) -> tuple[str, str]:
        """(code, problem) of what a cell says."""
        if text not in self.answers:
            self.answers[text] = self.by_code(text) if text.isascii() and text.isdigit() else self.by_name(text)
        return self.answers[text]

    def by_code(self, digits: str) -> tuple[str, str]:
        """A code must be of a known length, inside the area and, when villages are known, on the list."""
        try:
            code = full_code(digits)
        except ValueError:
            return "", f"区划代码应为 12 位数字,这里是 {len(digits)} 位;请核对"
        if not lies_in(code, self.area_code):
            return "", f"区划代码 {code} 不属于本次导入的区域;请核对,或由所属地区导入"
        if code not in self.names and self.has_villages:
            return "", f"区划代码 {code} 不在登记的行政区划中;请核对,或先登记该村(社区)"
        return code, ""

    def by_name(self, name: str) -> tuple[str, str]:
        """A name must mean one area; 石桥镇北洲村 says more than 北洲村."""
        found = self.codes.get(name) or self.codes.get(bare_name(name)) or self.by_path(name)
        if not found:
            return "", f"“{name[:20]}”不是本次导入区域内登记的村(社区);请核对名称,或填写 12 位区划代码"
        if len(found) > 1:
            return "", f"有 {len(found)} 个“{name[:20]}”,分不清是哪一个;请写明乡镇,或填写 12 位区划代码"
        return found[0], ""

    def by_path(self, name: str) -> list[str]:
        """Villages whose name ends the text, under a town whose name stands before it."""
        found = [
            code
            for known, codes in self.codes.items()
            if len(known) > 1 and name.endswith(known)
            for code in codes
            if self.names.get(code[:9].ljust(12, "0"), "\0") in name
        ]
        longest = max((len(self.names[code]) for code in found), default=0)
        return sorted({code for code in found if len(self.names[code]) == longest})


def bare_name(name: str) -> str:
    """北洲村委会 and 北洲村 → 北洲; names of two letters or less stay."""
    for ending in ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村"):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name
