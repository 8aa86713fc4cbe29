"""The paper that appoints a leading group (关于调整…组成人员的通知), as a Word file in the layout of all papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base.word import BODY, add_closing, add_line, add_names, bytes_of, new_paper


@dataclass(frozen=True)
class Appointment:
    """What the paper says. `people` are (title, names with offices) in rank; `issuer` signs it."""

    group: str
    issuer: str
    number: str
    reason: str
    on: date
    is_first: bool
    people: tuple[tuple[str, tuple[str, ...]], ...]
    left: tuple[str, ...]  # 张三同志的组长职务
    members: tuple[str, ...]
    office: str

    @property
    def title(self) -> str:
        """成立 the first time, 调整 ever after."""
        return f"关于{'成立' if self.is_first else '调整'}{self.group}{'' if self.is_first else '组成人员'}的通知"

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs before the names."""
        verb = "成立" if self.is_first else "调整"
        object_ = self.group if self.is_first else f"{self.group}组成人员"
        return (f"因{self.reason}，经研究，决定{verb}{object_}，自{self.day}起施行。现将组成人员通知如下：",)

    @property
    def closing(self) -> tuple[str, ...]:
        """The paragraphs after the names."""
        found: tuple[str, ...] = ()
        if self.left:
            found = (f"免去{'、'.join(self.left)}。",)
        if self.members:
            found = (
                *found,
                f"成员单位：{'、'.join(self.members)}。",
            )
        if self.office:
            found = (*found, f"领导小组办公室设在{self.office}，承担日常工作。")
        return found

    @property
    def day(self) -> str:
        """2026年3月1日"""
        return f"{self.on.year}年{self.on.month}月{self.on.day}日"


def make_appointment(paper: Appointment) -> bytes:
    """The .docx."""
    doc = new_paper(paper.title)
    if paper.number:
        line = add_line(doc, paper.number, BODY)
        line.alignment, line.paragraph_format.first_line_indent = 1, 0  # centred under the title
    add_line(doc, "各有关单位：", BODY).paragraph_format.first_line_indent = 0
    for line in paper.lines:
        add_line(doc, line, BODY)
    for title, names in paper.people:
        add_names(doc, spread(title), names)
    for line in paper.closing:
        add_line(doc, line, BODY)
    add_closing(doc, paper.issuer, paper.on)
    for paragraph in doc.paragraphs[-4:-1]:  # who issues it and when never stand alone on a page
        paragraph.paragraph_format.keep_with_next = True
    return bytes_of(doc)


def spread(words: str) -> str:
    """Two characters stand as wide as three: 成　员, 周　明."""
    return f"{words[0]}\u3000{words[1]}" if len(words) == 2 else words
