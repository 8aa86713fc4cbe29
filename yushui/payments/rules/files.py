"""Writing a bank file from a profile and payees. Plain values in, bytes out; every fault is listed first."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from yushui.base.days import show_month
from yushui.base.money import show_yuan
from yushui.base.refusals import Problem, Refused
from yushui.payments.types import FileField, Payee, Profile

ROOM_FOR_BATCH = 8
ROOM_FOR_PERSON = 12


def reference_of(batch_id: int, person_id: int) -> str:
    """The twenty digits that name one payment to the bank: eight of the batch, twelve of the person's row."""
    return f"{batch_id:0{ROOM_FOR_BATCH}d}{person_id:0{ROOM_FOR_PERSON}d}"


def amount_text(fen: int, unit: str) -> str:
    """Amount as the bank wants it: `4015.50` in yuan, or `401550` in fen."""
    return str(fen) if unit == "fen" else show_yuan(fen).replace(",", "")


def rare_characters(text: str, encoding: str) -> str:
    """The characters of a text that the encoding cannot write, each once."""
    return "".join(dict.fromkeys(sign for sign in text if not can_write(sign, encoding)))


def can_write(text: str, encoding: str) -> bool:
    """Whether an encoding has all characters of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def rare_names(payees: Sequence[Payee], profile: Profile) -> list[tuple[Payee, str]]:
    """Payees whose holder name has characters outside the bank's encoding, with those characters."""
    found = [(payee, rare_characters(payee.holder, profile.encoding)) for payee in payees]
    return [(payee, signs) for payee, signs in found if signs]


def written_name(name: str, profile: Profile) -> str:
    """The name as the file will carry it: each character the encoding lacks gives way to the agreed one."""
    return "".join(sign if can_write(sign, profile.encoding) else profile.rare_character for sign in name)


def head_values(
    *, batch_id: int, month: int, made_on: date, payees: Sequence[Payee], profile: Profile
) -> dict[str, str]:
    """Values of the head line: count and total bind the whole file."""
    return {
        "batch": f"{batch_id:0{ROOM_FOR_BATCH}d}",
        "month": show_month(month).replace("-", ""),
        "made_on": f"{made_on:%Y%m%d}",
        "count": str(len(payees)),
        "total": amount_text(sum(payee.fen for payee in payees), profile.amount),
    }


def payee_values(payee: Payee, profile: Profile) -> dict[str, str]:
    """Values of one payee's line."""
    return {
        "number": str(payee.number),
        "reference": payee.reference,
        "holder": written_name(payee.holder, profile),
        "account": payee.account,
        "bank": written_name(payee.bank, profile),
        "amount": amount_text(payee.fen, profile.amount),
    }


def texts_of(fields: Sequence[FileField], values: dict[str, str]) -> list[str]:
    """The texts of one line, field by field."""
    return [values[field.source] if field.source else field.text for field in fields]


def fixed_line(fields: Sequence[FileField], texts: Sequence[str], encoding: str) -> bytes:
    """One line of a fixed-width file; widths count bytes, so a Chinese character takes two."""
    parts = []
    for field, text in zip(fields, texts, strict=True):
        body = text.encode(encoding)
        filler = field.pad.encode("ascii") * (field.width - len(body))
        parts.append(filler + body if field.align == "right" else body + filler)
    return b"".join(parts)


def problems_of_widths(payees: Sequence[Payee], profile: Profile) -> list[Problem]:
    """Fields that do not fit a fixed-width layout; nothing is ever cut off."""
    if profile.layout != "fixed":
        return []
    problems = []
    for payee in payees:
        for field, text in zip(profile.payee, texts_of(profile.payee, payee_values(payee, profile)), strict=True):
            if len(text.encode(profile.encoding)) > field.width:
                problems.append(
                    Problem(
                        f"{field.title or field.source}超过银行文件的 {field.width} 字节",
                        where=payee.name,
                        next_step="请核对账户后退回重新测算,或换用另一种文件格式",
                    )
                )
    return problems


def write_file(*, batch_id: int, month: int, made_on: date, payees: Sequence[Payee], profile: Profile) -> bytes:
    """The bank file. Raises Refused when something does not fit; names are written by `written_name`."""
    problems = problems_of_widths(payees, profile)
    if problems:
        raise Refused(*problems)
    head = texts_of(
        profile.head,
        head_values(batch_id=batch_id, month=month, made_on=made_on, payees=payees, profile=profile),
    )
    rows = [texts_of(profile.payee, payee_values(payee, profile)) for payee in payees]
    if profile.layout == "fixed":
        lines = [fixed_line(profile.head, head, profile.encoding)]
        lines += [fixed_line(profile.payee, row, profile.encoding) for row in rows]
        return b"".join(line + b"\r\n" for line in lines)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    if profile.has_titles:
        writer.writerow([field.title for field in profile.payee])
    writer.writerows(rows)
    return out.getvalue().encode(profile.encoding)
