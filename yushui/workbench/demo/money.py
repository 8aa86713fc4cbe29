"""Two years of payments: what the engine says was due by month, then last month as this house works it."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from yushui.accounts.models import User
from yushui.base.days import first_day, month_of
from yushui.benefits.selectors.inputs import facts_with_values
from yushui.benefits.services.batches import submit_batch
from yushui.benefits.services.local_values import set_local_value
from yushui.benefits.services.runs import start_run
from yushui.payments.services.bank_files import make_bank_file, take_bank_file
from yushui.payments.services.batches import approve_batch, review_batch
from yushui.payments.services.history import take_over_history
from yushui.payments.services.returns import take_return
from yushui.policy import engine
from yushui.policy.selectors import current_law
from yushui.policy.types import Verdict
from yushui.workbench.demo.drafts import moment
from yushui.workbench.demo.towns import COUNTY

MONTHS = 24  # with the running one, whose run is left to the user
WORKED = 1  # of them paid through runs and batches of this house
SLOW_BANK = "农业银行"  # its half of the return is still awaited
PROFILE = "rural_bank_csv"
WAGES = {-4: 8_316_000, -3: 8_652_000, -2: 8_988_000, -1: 9_276_000}  # 平均工资 by year before this one, fen
REFUSED = ("账号不存在", "户名与账号不符", "账户已销户", "账户已冻结")


def enter_local_values(*, desk: User, today: date) -> None:
    """Average and minimum wages, which the law leaves to the place; entered each July for the year before."""
    for back, fen in WAGES.items():
        year = today.year + back
        at = moment(date(year + 1, 7, 6))
        set_local_value(
            actor=desk, area_code=COUNTY[0], name="average_wage", year=year, fen=fen, at=at,
            document=f"云川县{year}年统计公报(虚构)",
        )  # fmt: skip
        set_local_value(
            actor=desk, area_code=COUNTY[0], name="minimum_wage", year=year, fen=(1_880 + 60 * (back + 4)) * 100, at=at,
            document=f"示例省{year}年最低工资标准通知(虚构)",
        )  # fmt: skip


def take_over_ledger(*, desk: User, today: date) -> None:
    """The months before this house was used: due as known on the day of the first run, so that it begins settled."""
    end_month = month_of(today) - WORKED
    first_month = month_of(today) - MONTHS
    known_at = run_moment(end_month)
    _, law = current_law()
    facts = facts_with_values(actor=desk, area_code=COUNTY[0], known_at=known_at)
    rows: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    due: dict[tuple[int, str, int], int] = defaultdict(int)
    for span in engine.compute(law, facts, first_month=first_month, end_month=end_month, known_on=known_at.date()):
        if span.verdict == Verdict.GRANT:
            for month in range(max(span.first_month, first_month), min(span.end_month, end_month)):
                due[span.person_id, span.benefit, month] += span.fen
    for (person, benefit, month), fen in due.items():
        if fen > 0:
            rows[month].append((person, benefit, fen))
    for month in range(first_month, end_month):
        paid_on = first_day(month) + timedelta(days=14)
        take_over_history(actor=desk, area_code=COUNTY[0], month=month, rows=rows[month], at=known_at, paid_on=paid_on)


def run_moment(month: int) -> datetime:
    """The run of a month is made on its eighth day."""
    return moment(first_day(month) + timedelta(days=7))


def work_months(*, staff: dict[str, User], rng: Random, today: date) -> None:
    """Run, three signatures, bank file, return. Of one bank the return has not come, so the batch is not settled."""
    for month in range(month_of(today) - WORKED, month_of(today)):
        at = run_moment(month)
        run = start_run(actor=staff["desk"], area_code=COUNTY[0], month=month, at=at)
        batch = submit_batch(actor=staff["desk"], run_id=run.pk, at=at + timedelta(hours=1))
        review_batch(actor=staff["review"], batch_id=batch.pk, at=at + timedelta(hours=3))
        approve_batch(actor=staff["approve"], batch_id=batch.pk, at=at + timedelta(days=1))
        make_bank_file(
            actor=staff["desk"], batch_id=batch.pk, profile_key=PROFILE, at=at + timedelta(days=1, hours=1),
            rare_agreed=True,
        )  # fmt: skip
        sent, _ = take_bank_file(actor=staff["desk"], batch_id=batch.pk, at=at + timedelta(days=1, hours=1))
        answer = answer_of_bank(sent, rng)
        take_return(
            actor=staff["desk"], batch_id=batch.pk, content=answer, name=f"回单{batch.pk}.csv",
            at=at + timedelta(days=4),
        )  # fmt: skip


def answer_of_bank(sent: bytes, rng: Random, *, slow: str = SLOW_BANK, failing: float = 1 / 700) -> bytes:
    """The bank's return to a file of PROFILE, without the payees of a slow bank: one in seven hundred comes back."""
    rows = list(csv.reader(io.StringIO(sent.decode("gbk"))))
    place = {name: rows[1].index(name) for name in ("流水号", "账号", "户名", "金额")}
    bank = rows[1].index("开户行")
    payees = [[row[n] for n in place.values()] for row in rows[2:] if not (slow and row[bank].startswith(slow))]
    answer = io.StringIO()
    out = csv.writer(answer)
    total = sum(Decimal(payee[-1]) for payee in payees)
    out.writerow(["H", rows[0][1], len(payees), f"{total:.2f}"])
    out.writerow([*place, "结果", "原因"])
    for payee in payees:
        failed = rng.random() < failing
        out.writerow([*payee, "失败" if failed else "成功", rng.choice(REFUSED) if failed else ""])
    return answer.getvalue().encode("gbk")
