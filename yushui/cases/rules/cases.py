"""Cases as typed, and what must hold for each act."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.cases.types.cases import (
    CHANNEL_NAMES,
    MEANS_NAMES,
    MOST_HEADS,
    PAUSE_NAMES,
    RATING_NAMES,
    WAY_NAMES,
    ActDraft,
    AidDraft,
    CaseDraft,
)
from yushui.people.rules import plain_account, problems_of_phone

LONGEST = 1000


@dataclass(frozen=True)
class CaseFacts:
    """A case that can be stored."""

    title: str
    text: str
    asker_name: str
    channel: str
    opened_on: date
    heads: int
    client_key: str
    asker_phone: str = ""


def read_case(draft: CaseDraft, *, today: date, keyed: bool = True) -> tuple[CaseFacts | None, list[Problem]]:
    """A case as typed, or None with all problems."""
    problems: list[Problem] = []
    title = texts.read_line(draft.title, "事项", problems, longest=80)
    if not title:
        problems.append(Problem("请写一句话说明是什么事", where="事项", next_step="例如:反映优待金没有收到"))
    text = texts.read_line(draft.text, "详细情况", problems, longest=LONGEST)
    asker = texts.read_line(draft.asker_name, "申请人", problems, longest=40)
    if draft.channel not in CHANNEL_NAMES:
        problems.append(Problem("请选择怎么来的", where="来源"))
    on: date | None = today
    if draft.opened_on.strip():
        on = texts.read_day(draft.opened_on, "登记日期", problems, latest=today)
    heads = texts.read_count(draft.heads, "人数", problems, most=10_000)
    key = texts.read_key(draft.client_key, problems) if keyed else ""
    phone = read_phone(draft.asker_phone, problems)
    if problems or on is None:
        return None, problems
    return CaseFacts(title, text, asker, draft.channel, on, heads or 1, key, phone), []


def read_phone(typed: str, problems: list[Problem]) -> str:
    """A telephone number without spaces and dashes, in half-width; empty stays empty."""
    number = plain_account(typed).replace("-", "")
    problems += problems_of_phone(number)
    return number


def caution_of_heads(heads: int) -> str:
    """What to say when more came than may represent the others."""
    return f"多人走访应推选代表,不超过 {MOST_HEADS} 人" if heads > MOST_HEADS else ""


@dataclass(frozen=True)
class Choice:
    """An outcome as the rules see it: key, name, its reasons (key → name), whether it ends the case and how."""

    key: str
    name: str
    reasons: dict[str, str]
    result: str
    ends: bool
    is_back: bool
    asks_words: bool


@dataclass(frozen=True)
class Missing:
    """A paper not there yet: its id and name."""

    id: int
    name: str


def problems_of_act(
    draft: ActDraft, choices: Sequence[Choice], missing: Collection[Missing], *, papers_wait: bool, asks_reply: bool,
    has_reply: bool,
) -> list[Problem]:  # fmt: skip
    """Everything that speaks against a decision. `papers_wait`: help is urgent, papers may follow (先救助后补手续), but
    the case cannot be settled without them."""
    problems: list[Problem] = []
    choice = next((each for each in choices if each.key == draft.outcome), None)
    if choice is None:
        problems.append(Problem("请选择办理结果", where="结果"))
    words = texts.read_line(draft.words, "意见", problems, longest=LONGEST)
    texts.read_line(draft.reply, "答复内容", problems, longest=LONGEST)
    texts.read_key(draft.client_key, problems)
    if choice is None:
        return problems
    if choice.reasons and draft.reason not in choice.reasons:
        problems.append(Problem(f"“{choice.name}”要选理由", where="理由", next_step="请从这一结果的理由里选一条"))
    if choice.asks_words and not words:
        problems.append(Problem("请写办理意见", where="意见"))
    goes_on = not choice.is_back and choice.result in {"", "SETTLED"}
    still = [each.name for each in missing if each.id not in draft.papers]
    if goes_on and still and not (papers_wait and choice.result != "SETTLED"):
        step = "收到后勾选;办不齐的可以暂停计时等补充材料,或选别的结果"
        problems.append(Problem(f"还缺材料:{'、'.join(still)}", where="材料", next_step=step))
    if choice.ends and choice.result == "SETTLED" and asks_reply and not has_reply and not draft.reply.strip():
        problems.append(Problem("办结前要答复申请人", where="答复内容", next_step="请写答复内容"))
    if draft.reply.strip() and draft.way not in WAY_NAMES:
        problems.append(Problem("请选择怎么答复的", where="答复方式"))
    return problems


def read_pause(code: str, words: str, problems: list[Problem]) -> str:
    """Why the clock stops, in words."""
    if code not in PAUSE_NAMES:
        problems.append(Problem("请选择暂停原因", where="暂停原因"))
        return ""
    said = texts.read_line(words, "说明", problems, longest=300)
    return PAUSE_NAMES[code] + (f":{said}" if said else "")


def read_extension(typed: str, most: int, used: int, problems: list[Problem]) -> int:
    """Further days, at most what the kind allows in all."""
    days = texts.read_count(typed, "延长天数", problems, most=366)
    if not most:
        problems.append(Problem("这类办件不能延期", where="延长天数", next_step="等材料、等鉴定的,请用暂停计时"))
    elif not days:
        problems.append(Problem("请填写延长多少天", where="延长天数"))
    elif days + used > most:
        left = f",已延过 {used} 天" if used else ""
        problems.append(Problem(f"最多延长 {most} 天{left}", where="延长天数"))
    return days or 0


def read_rating(typed: str, problems: list[Problem]) -> int | None:
    """3 satisfied, 2 mostly, 1 not."""
    found = next((number for number in RATING_NAMES if typed == str(number)), None)
    if found is None:
        problems.append(Problem("请选择满意程度", where="满意程度"))
    return found


@dataclass(frozen=True)
class AidFacts:
    """Help that can be stored."""

    means: str
    what: str
    fen: int | None
    on: date
    source: str
    client_key: str
    payee: str = ""


def read_aid(draft: AidDraft, *, today: date, raises_money: bool = False) -> tuple[AidFacts | None, list[Problem]]:
    """Help as typed, or None with all problems. Money that was raised goes out of the ledger only, to someone named."""
    problems: list[Problem] = []
    if draft.means not in MEANS_NAMES:
        problems.append(Problem("请选择资金、实物或服务", where="帮扶方式"))
    what = texts.read_line(draft.what, "内容", problems, longest=120)
    fen = texts.read_yuan(draft.amount, "金额", problems)
    source = texts.read_line(draft.source, "资金来源", problems, longest=80)
    payee = texts.read_line(draft.payee, "收款方", problems, longest=60)
    on = texts.read_day(draft.on, "日期", problems, latest=today)
    key = texts.read_key(draft.client_key, problems)
    if draft.means == "CASH" and not fen:
        problems.append(Problem("请填写金额", where="金额"))
    if draft.means == "CASH" and raises_money:
        if draft.fund_id is None:
            step = "请选收捐赠的那笔资金;捐赠先在本页登记"
            problems.append(Problem("募捐款要从资金台账拨付", where="从哪笔资金付", next_step=step))
        if not payee:
            problems.append(Problem("请写拨给谁", where="收款方", next_step="例如:受助人姓名、医院、学校"))
    elif draft.means == "CASH" and not source and draft.fund_id is None:
        problems.append(Problem("请写清钱从哪里来", where="资金来源", next_step="例如:关爱基金、临时救助资金"))
    if draft.means != "CASH" and draft.fund_id is not None:
        problems.append(Problem("从资金里付的只能是资金", where="从哪笔资金付", next_step="实物、服务不选资金"))
    if draft.means in {"GOODS", "SERVICE"} and not what:
        problems.append(Problem("请写给了什么、做了什么", where="内容"))
    if problems or on is None:
        return None, problems
    return AidFacts(draft.means, what, fen, on, source, key, payee), []
