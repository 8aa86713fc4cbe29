"""Reading a bank's return and putting each row into exactly one class. Plain values in, plain values out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence

from yushui.base.money import parse_yuan
from yushui.base.refusals import Problem, Refused
from yushui.payments.types import Answer, Classed, FileField, Profile

MOST_PROBLEMS = 100
LARGEST_FEN = 10**13  # more than a county pays in a year; a larger number is a misread column
DIGITS = re.compile(r"[0-9]{1,15}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_return(content: bytes, profile: Profile) -> list[Answer]:
    """The answers of a return file. Raises Refused with every fault, each with its line; then nothing is taken over."""
    lines = lines_of(decode(content))
    problems: list[Problem] = []
    head, rows = split_lines(lines, profile, problems)
    answers = [answer for number, texts in rows if (answer := read_answer(number, texts, profile, problems))]
    if head is not None:
        check_head(head, rows, answers, profile, problems)
    elif not problems:
        problems.append(Problem("回单没有首行(笔数与金额合计)", where="第 1 行", next_step="请向银行重新索取完整回单"))
    if not rows and not problems:
        problems.append(Problem("回单中没有一笔结果", next_step="请向银行重新索取完整回单"))
    if problems:
        raise Refused(*shortened(problems))
    return answers


def shortened(problems: Sequence[Problem]) -> list[Problem]:
    """At most MOST_PROBLEMS, the rest as a number."""
    if len(problems) <= MOST_PROBLEMS:
        return list(problems)
    return [*problems[:MOST_PROBLEMS], Problem(f"还有 {len(problems) - MOST_PROBLEMS} 处同类问题未列出")]


def decode(content: bytes) -> str:
    """The text of a return: UTF-8 (with or without BOM) or GBK. Raises Refused for anything else."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Refused(Problem("回单文件是空的", next_step="请向银行重新索取"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(text):
            break
        return text
    raise Refused(Problem("这不是文本格式的回单", next_step="请选择银行给的 csv 或 txt 回单文件"))


def lines_of(text: str) -> list[tuple[int, str]]:
    """Numbered lines that are not blank; the numbers are those an editor shows."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [(number, line) for number, line in enumerate(lines, start=1) if line.strip(" \t,")]


Row = tuple[int, list[str]]


def split_lines(
    lines: Iterable[tuple[int, str]], profile: Profile, problems: list[Problem]
) -> tuple[Row | None, list[Row]]:
    """The head row and the payee rows as texts. A line with the wrong shape is a problem of its own."""
    head: Row | None = None
    rows: list[Row] = []
    titles = [field.title for field in profile.answer.payee]
    for number, line in lines:
        texts = cut(line, profile, is_head=head is None)
        if texts is None:
            problems.append(
                Problem("这一行长度不对", where=f"第 {number} 行", next_step="文件可能被截断或改动,请重新索取")
            )
        elif texts == titles:
            continue
        elif head is None and not rows and texts[0] == profile.answer.head[0].text:
            if len(texts) == len(profile.answer.head):
                head = number, texts
            else:
                problems.append(wrong_count(number, len(profile.answer.head), len(texts)))
                head = number, []
        elif len(texts) != len(profile.answer.payee):
            problems.append(wrong_count(number, len(profile.answer.payee), len(texts)))
        else:
            rows.append((number, texts))
    return head, rows


def wrong_count(number: int, expected: int, found: int) -> Problem:
    """A line with too many or too few columns."""
    return Problem(
        f"应有 {expected} 列,这里是 {found} 列", where=f"第 {number} 行", next_step="请核对回单格式,或重新索取"
    )


def cut(line: str, profile: Profile, *, is_head: bool) -> list[str] | None:
    """The texts of one line; None when a fixed-width line has not the length of any layout."""
    if profile.layout == "csv":
        try:
            return [text.strip() for text in next(csv.reader([line]))]
        except (csv.Error, StopIteration):
            return None
    layouts = [profile.answer.payee]
    if is_head:
        layouts.insert(0, profile.answer.head)
    body = line.encode("gb18030")
    for fields in layouts:
        texts = cut_fixed(body, fields)
        if texts is not None and (not fields[0].text or texts[0] == fields[0].text):
            return texts
    return None


def cut_fixed(body: bytes, fields: Sequence[FileField]) -> list[str] | None:
    """Slice a line by widths in bytes; trailing blanks may have been trimmed by a mail program or an editor."""
    width = sum(field.width for field in fields)
    shortest = width - fields[-1].width if fields[-1].pad == " " and fields[-1].align == "left" else width
    if not shortest <= len(body.rstrip(b" ")) <= width:
        return None
    texts = []
    place = 0
    padded = body.ljust(width)
    for field in fields:
        try:
            texts.append(padded[place : place + field.width].decode("gb18030").strip())
        except UnicodeDecodeError:
            return None
        place += field.width
    return texts


def read_amount(text: str, unit: str) -> int:
    """Fen of an amount in the bank's unit. Raises ValueError for letters, signs, or more than two decimals."""
    if unit == "fen":
        if not DIGITS.fullmatch(text):
            raise ValueError("金额应为以分计的整数")
        fen = int(text)
    else:
        fen = parse_yuan(text)
    if not 0 <= fen < LARGEST_FEN:
        raise ValueError("金额超出范围")
    return fen


def read_answer(number: int, texts: list[str], profile: Profile, problems: list[Problem]) -> Answer | None:
    """One payee's line; faults are added to `problems`."""
    where = f"第 {number} 行"
    values = {field.source: text for field, text in zip(profile.answer.payee, texts, strict=True) if field.source}
    found: list[Problem] = []
    fen = 0
    try:
        fen = read_amount(values["amount"], profile.amount)
    except ValueError as error:
        found.append(Problem(f"金额读不出:{error}", where=where, next_step="请与银行核对这一笔"))
    code = values["result"]
    if code not in profile.answer.paid and code not in profile.answer.failed:
        shown = f"『{code[:10]}』" if code else "(空)"
        found.append(Problem(f"结果代码{shown}不在约定之内", where=where, next_step="请与银行核对代码的意思"))
    if not values["reference"]:
        found.append(Problem("缺少流水号", where=where, next_step="请与银行核对这一笔"))
    if found:
        problems += found
        return None
    reason = values.get("reason", "") or profile.answer.failed.get(code, "")
    return Answer(
        number=number, reference=values["reference"], fen=fen, is_paid=code in profile.answer.paid, reason=reason[:80]
    )


def check_head(head: Row, rows: list[Row], answers: list[Answer], profile: Profile, problems: list[Problem]) -> None:
    """The head's count and total must agree with the rows: a cut-off file shows here."""
    number, texts = head
    if not texts:
        return
    values = {field.source: text for field, text in zip(profile.answer.head, texts, strict=True) if field.source}
    where = f"第 {number} 行"
    if "count" in values:
        if not DIGITS.fullmatch(values["count"]):
            problems.append(Problem("笔数不是数字", where=where, next_step="请向银行重新索取"))
        elif int(values["count"]) != len(rows):
            problems.append(
                Problem(
                    f"首行写 {int(values['count'])} 笔,文件中读到 {len(rows)} 笔",
                    where=where,
                    next_step="文件可能不完整,请向银行重新索取",
                )
            )
    if "total" in values and len(answers) == len(rows):
        try:
            declared = read_amount(values["total"], profile.amount)
        except ValueError as error:
            problems.append(Problem(f"金额合计读不出:{error}", where=where, next_step="请向银行重新索取"))
        else:
            if declared != sum(answer.fen for answer in answers):
                problems.append(
                    Problem("首行的金额合计与各行之和不符", where=where, next_step="文件可能被改动,请向银行重新索取")
                )


def classify(
    answers: Iterable[Answer], asked: Mapping[str, tuple[int, int]], answered: frozenset[int]
) -> list[Classed]:
    """Each answer in exactly one class.

    `asked` maps reference → (person, fen asked for); `answered` are persons that an earlier return has settled.
    UNKNOWN: no such payee in the batch. DOUBLE: this payee was answered before. FAILED: the bank did not pay.
    DIFFERS: paid, but another amount. PAID: paid as asked.
    """
    seen = set(answered)
    classed = []
    for answer in answers:
        person_id, fen = asked.get(answer.reference, (None, 0))
        if person_id is None:
            classed.append(Classed(answer, "UNKNOWN", None, "流水号不在本批之内"))
        elif person_id in seen:
            classed.append(Classed(answer, "DOUBLE", person_id, "同一笔已有回单结果"))
        elif not answer.is_paid:
            classed.append(Classed(answer, "FAILED", person_id, answer.reason or "银行退回,未写明原因"))
        elif answer.fen == 0:
            classed.append(Classed(answer, "FAILED", person_id, "回单写成功而金额为零"))
        elif answer.fen != fen:
            classed.append(Classed(answer, "DIFFERS", person_id, answer.reason))
        else:
            classed.append(Classed(answer, "PAID", person_id))
        if person_id is not None:
            seen.add(person_id)
    return classed


def spread_shortfall(shortfall: int, lines: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Share what the bank paid too little over lines (id, fen), the last first: (id, fen) of each reversal."""
    shares = []
    for line_id, fen in reversed(lines):
        share = min(shortfall, fen)
        if share:
            shares.append((line_id, share))
            shortfall -= share
    return shares
