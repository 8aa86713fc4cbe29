"""How the house says no. A refusal carries every problem at once, each with its place and the next step."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: what (in a clerk's words), where (a cell, a field, a line), and what to do; `link` is
    the path of the page that shows why."""

    what: str
    where: str = ""
    next_step: str = ""
    link: str = ""
    link_words: str = ""

    def __str__(self) -> str:
        place = f"{self.where}:" if self.where else ""
        step = f"({self.next_step})" if self.next_step else ""
        return f"{place}{self.what}{step}"


class Refused(Exception):
    """The act is not allowed or the input is not right. Pages show all problems; nothing was written."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(p if isinstance(p, Problem) else Problem(p) for p in problems)
        super().__init__("; ".join(str(p) for p in self.problems))


class NotFound(Exception):
    """The row does not exist for this actor: absent, or outside scope. The two are told apart to nobody."""
