"""A small batch and the bank's answer to it, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.days import month_at
from yushui.payments import selectors
from yushui.payments.models import Batch
from yushui.payments.rules.files import fixed_line
from yushui.payments.services import bank_files, batches
from yushui.payments.types import NewLine, Payee, Profile
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, make_account, make_person

AT = datetime(2024, 11, 21, 2, 0, tzinfo=UTC)
MONTH = month_at("2024-11")
CSV = "rural_bank_csv"
FIXED = "postal_bank_fixed"
WAR = "war_veteran_stipend"


def maker() -> User:
    return make_user(Role.DESK_OFFICER, username="zhouming", full_name="周明")


def reviewer() -> User:
    return make_user(Role.REVIEWER, username="linxiaoyan", full_name="林晓燕")


def approver() -> User:
    return make_user(Role.APPROVER, username="zhaoguoqiang", full_name="赵国强")


def make_payees(count: int) -> list[Person]:
    """People with an account each."""
    people = [make_person(name=f"陈{'一二三四五六七八九十'[n % 10]}") for n in range(count)]
    for person in people:
        make_account(person)
    return people


def line_for(person: Person, *, fen: int = 88_200, benefit: str = WAR, month: int = MONTH, turn: int = 0) -> NewLine:
    account = person.accounts.get(superseded_at=None)
    return NewLine(person.pk, person.area_id, benefit, month, turn, fen, account.pk)


def submitted(lines: Sequence[NewLine]) -> Batch:
    return batches.open_batch(
        actor=maker(), title="2024年11月抚恤补助", area_code=COUNTY, month=MONTH, lines=lines, origin="", at=AT
    )


def approved(lines: Sequence[NewLine]) -> Batch:
    batch = submitted(lines)
    batches.review_batch(actor=reviewer(), batch_id=batch.pk, at=AT)
    return batches.approve_batch(actor=approver(), batch_id=batch.pk, at=AT)


def sent(lines: Sequence[NewLine], profile: str = CSV) -> Batch:
    batch = approved(lines)
    return bank_files.make_bank_file(actor=maker(), batch_id=batch.pk, profile_key=profile, at=AT)


def write_answer(
    payees: Sequence[Payee],
    profile: Profile,
    *,
    failed: Mapping[int, str] = {},  # noqa: B006  person → the bank's reason (CSV) or code (fixed)
    paid: Mapping[int, int] = {},  # noqa: B006  person → fen the bank says it paid
) -> bytes:
    """The bank's return as its profile says; everybody is paid as asked unless said otherwise."""
    total = sum(paid.get(p.person_id, p.fen) for p in payees)
    if profile.layout == "fixed":
        head = ["8", "0" * 8, str(len(payees)), str(total)]
        lines = [fixed_line(profile.answer.head, head, "gbk")]
        for p in payees:
            code = failed.get(p.person_id, "0000")
            texts = ["9", p.reference, p.account, str(paid.get(p.person_id, p.fen)), code, ""]
            lines.append(fixed_line(profile.answer.payee, texts, "gbk"))
        return b"\r\n".join(lines)
    rows = [f"H,1,{len(payees)},{total / 100:.2f}", "流水号,账号,户名,金额,结果,原因"]
    for p in payees:
        reason = failed.get(p.person_id, "")
        fen = paid.get(p.person_id, p.fen)
        rows.append(f"{p.reference},{p.account},{p.holder},{fen / 100:.2f},{'失败' if reason else '成功'},{reason}")
    return "\r\n".join(rows).encode("gbk")


def answer_to(batch: Batch, **said: Mapping[int, int] | Mapping[int, str]) -> bytes:
    """The bank's return to a batch that was sent."""
    return write_answer(selectors.payees_of(batch), selectors.get_profile(batch.bank_profile), **said)  # type: ignore[arg-type]
