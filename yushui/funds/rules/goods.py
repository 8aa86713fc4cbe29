"""What an item, a move and a count of goods must hold. Drafts as typed go in; facts or every problem come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.funds.types.goods import FORM_WAYS, IN_WAYS, CountDraft, ItemDraft, MoveDraft, Way

MOST_PIECES = 1_000_000
MOST_WORTH_FEN = 100_000_00  # a piece
PARTY_WORDS = {"BOUGHT": "供货单位", "DONATED": "捐赠人", "ALLOTTED": "下拨单位", "GIVEN": "发给谁"}


@dataclass(frozen=True)
class ItemFacts:
    """An item that can be stored."""

    name: str
    unit: str
    worth_fen: int


def read_item(draft: ItemDraft, taken: frozenset[str]) -> tuple[ItemFacts | None, list[Problem]]:
    """Facts of an item, or None with all problems. `taken` are the names already there."""
    problems: list[Problem] = []
    name = texts.read_line(" ".join(draft.name.split()), "名称", problems, longest=40)
    unit = texts.read_line(draft.unit, "单位", problems, longest=10)
    worth = texts.read_yuan(draft.worth, "单价", problems, most_fen=MOST_WORTH_FEN)
    if not name:
        problems.append(Problem("请写名称", where="名称", next_step="例如:大米 10kg"))
    elif any(mark in name for mark in "、,,;;/+×*"):
        problems.append(Problem("名称里不能有、,;/+×", where="名称", next_step="一样东西一个品种,规格写在名称里"))
    elif name in taken:
        problems.append(Problem("已有同名的品种", where="名称", next_step="请直接用已有的,或在名称里写明规格"))
    if not unit:
        problems.append(Problem("请写单位", where="单位", next_step="例如:袋、桶、床"))
    if problems:
        return None, problems
    return ItemFacts(name, unit, worth or 0), []


@dataclass(frozen=True)
class MoveGround:
    """What is known before a move: today, units of the items and names of the stores the actor may use, and how much
    of an item lies in a store."""

    today: date
    items: Mapping[int, str]
    places: Mapping[int, str]
    left: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class MoveFacts:
    """A move that can be stored; `worth_fen` None means what the item says."""

    way: Way
    item_id: int
    from_place_id: int | None
    to_place_id: int | None
    pieces: int
    worth_fen: int | None
    on: date
    party: str
    note: str
    client_key: str


def read_move(draft: MoveDraft, ground: MoveGround) -> tuple[MoveFacts | None, list[Problem]]:
    """Facts of a move between stores and outside, or None with all problems."""
    problems: list[Problem] = []
    if draft.way not in FORM_WAYS:
        problems.append(Problem("请选择是入库还是出库", where="方式"))
    item = chosen(draft.item_id, ground.items, "品种", problems)
    place = chosen(draft.place_id, ground.places, "库房", problems)
    other = chosen(draft.to_place_id, ground.places, "调入库房", problems) if draft.way == Way.CARRIED else None
    if place is not None and place == other:
        problems.append(Problem("调出和调入是同一个库房", where="调入库房"))
    pieces = read_pieces(draft.pieces, "数量", problems)
    worth = texts.read_yuan(draft.worth, "单价", problems, most_fen=MOST_WORTH_FEN)
    on = texts.read_day(draft.on, "日期", problems, latest=ground.today)
    where = PARTY_WORDS.get(draft.way, "对方")
    party = texts.read_line(draft.party, where, problems, longest=80)
    if not party and draft.way in {Way.DONATED, Way.GIVEN}:
        problems.append(Problem(f"请写{where}", where=where, next_step="单位写全称,个人写姓名"))
    note = texts.read_line(draft.note, "说明", problems, longest=120)
    if not note and draft.way == Way.SCRAPPED:
        problems.append(Problem("请写明报损原因", where="说明", next_step="例如:过期、受潮"))
    key = texts.read_key(draft.client_key, problems)
    goes_in = draft.way in IN_WAYS
    if item is not None and place is not None and pieces and not goes_in:
        problems += short_of(ground.left.get((item, place), 0), pieces, ground.items[item], ground.places[place])
    if problems or item is None or place is None or pieces is None or on is None:
        return None, problems
    source, target = (None, place) if goes_in else (place, other)
    return MoveFacts(Way(draft.way), item, source, target, pieces, worth, on, party, note, key), []


def chosen(text: str, among: Mapping[int, str], where: str, problems: list[Problem]) -> int | None:
    """The row chosen in a form; anything else is refused."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
    if number is None or number not in among:
        problems.append(Problem(f"请选择{where}", where=where))
        return None
    return number


def read_pieces(text: str, where: str, problems: list[Problem]) -> int | None:
    """A number of pieces, at least one."""
    before = len(problems)
    pieces = texts.read_count(text, where, problems, most=MOST_PIECES)
    if len(problems) == before and not pieces:
        problems.append(Problem("请写数量", where=where, next_step="至少为 1"))
        return None
    return pieces


def short_of(left: int, wanted: int, unit: str, place: str, where: str = "数量") -> list[Problem]:
    """Nobody takes more than there is."""
    if wanted <= left:
        return []
    step = "请核对数量;如果实物更多,请先补登入库或盘点"
    return [Problem(f"{place}现有 {left:,} {unit},不够 {wanted:,} {unit}", where=where, next_step=step)]


@dataclass(frozen=True)
class CountedFacts:
    """What was found of one item."""

    item_id: int
    expected: int
    found: int
    reason: str

    @property
    def difference(self) -> int:
        """Found less what the books say."""
        return self.found - self.expected


@dataclass(frozen=True)
class CountFacts:
    """A count that can be stored."""

    on: date
    note: str
    client_key: str
    lines: tuple[CountedFacts, ...]


def read_goods_count(
    draft: CountDraft, *, today: date, names: Mapping[int, str], books: Mapping[int, int]
) -> tuple[CountFacts | None, list[Problem]]:
    """Facts of a count, or None with all problems. `books` is what lies there by the books now, by item.

    An item left empty was not counted. A difference needs its reason; a book that has moved since the form was drawn
    must be counted again.
    """
    problems: list[Problem] = []
    on = texts.read_day(draft.on, "日期", problems, latest=today)
    note = texts.read_line(draft.note, "说明", problems, longest=200)
    key = texts.read_key(draft.client_key, problems)
    lines = []
    for line in draft.lines:
        where = names.get(line.item_id, "")
        if not where or not line.found.strip():
            continue
        before = len(problems)
        found = texts.read_count(line.found, where, problems, most=MOST_PIECES)
        reason = texts.read_line(line.reason, where, problems, longest=120)
        book = books.get(line.item_id, 0)
        if line.expected != str(book):
            step = "账面刚有变动,请按新的账面再核对这一样"
            problems.append(Problem(f"账面现在是 {book:,}", where=where, next_step=step))
        elif found is not None and found != book and not reason:
            problems.append(Problem(f"与账面 {book:,} 不符,请写明原因", where=where, next_step="例如:破损、登记漏了"))
        if len(problems) == before and found is not None:
            lines.append(CountedFacts(line.item_id, book, found, reason if found != book else ""))
    if not lines and not problems:
        problems.append(Problem("还没有填实有数", where="实有数", next_step="数了哪样填哪样"))
    if problems or on is None:
        return None, problems
    return CountFacts(on, note, key, tuple(lines)), []
