"""Overpayments of the last runs as an office works them: given up by three hands, paid back in parts, still asked for;
and a few people whose money a guardian collects."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from django.db.models import Sum
from django.utils.timezone import localtime

from yushui.accounts.models import User
from yushui.base.days import month_of
from yushui.benefits.models import Recovery
from yushui.benefits.selectors.recoveries import left_of, list_recoveries, overpaid_by_month
from yushui.benefits.services.instalments import agree_instalments
from yushui.benefits.services.recoveries import open_recoveries, record_recovered
from yushui.benefits.services.runs import start_run
from yushui.benefits.services.write_offs import ask_write_off, decide_write_off
from yushui.payments.models import Line
from yushui.people.selectors import list_people
from yushui.people.services.accounts import set_account
from yushui.people.services.events import record_event
from yushui.people.types import PeopleFilters
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.towns import list_towns

AGENTS = (
    ("GUARDIAN", "精神残疾,监护公证书存档"),
    ("CHILD", "卧床,本人书面委托存档"),
    ("HOME", "光荣院集中供养,由院方代领"),
    ("RELATIVE", "双目失明,本人书面委托存档"),
)


def name_agents(*, desk: User, seed: int, today: date, at: datetime) -> None:
    """Four of the oldest, each with somebody who collects for them."""
    rng = Random(f"{seed}-agents")
    eldest = list_people(actor=desk, filters=PeopleFilters(on=today, age_from=88, state="RECEIVING"))
    for person, (relation, reason) in zip(eldest[: len(AGENTS)], AGENTS, strict=False):
        holder = "云川县光荣院" if relation == "HOME" else invent_name(rng, "M", 1970)
        set_account(
            actor=desk, person_id=person.pk, bank="云川农村商业银行", number=f"9901{rng.randrange(10**13):013d}",
            holder_name=holder, holder_relation=relation, holder_reason=reason, source="示范县(虚构)", at=at,
        )  # fmt: skip


def work_recoveries(*, staff: dict[str, User], today: date, at: datetime) -> None:
    """Deaths of a town told two months late, found by a run of that town: one given up, one waiting for approval, one
    paid back in parts, one part come back."""
    desk = staff["desk"]
    town = list_towns()[3][0]
    late = PeopleFilters(on=today, area=town, age_from=72, kind="RURAL_VETERAN_60", state="RECEIVING")
    died_on, month = today - timedelta(days=75), month_of(today) - 1
    for person in list_people(actor=desk, filters=late)[:4]:
        record_event(actor=desk, person_id=person.pk, what="DIED", on=died_on, detail="ILLNESS", note="家属迟报", at=at)
    run = start_run(actor=desk, area_code=town, month=month, at=at)
    if not run.lines.filter(cause="OVERPAID").exists():
        return  # a county made very small may have nobody for it
    open_recoveries(actor=desk, run_id=run.pk, at=at)
    cases = list(list_recoveries(actor=desk)[:4])
    for place, case in enumerate(cases):
        fen = min(left_of(case), sum(overpaid_by_month(case).values()))
        if fen <= 0:
            continue
        if place < 2:
            reason = ("去世且无遗产,村委会证明在卷", "家属为低保户,无力退还,镇政府证明在卷")[place]
            asked = ask_write_off(actor=desk, recovery_id=case.pk, fen=fen, reason=reason, at=at)
            for hand in ("review", "approve")[: 2 - place]:
                decide_write_off(actor=staff[hand], write_off_id=asked.pk, agree=True, opinion="同意", at=at)
        elif place == 2:
            first_on = max(today - timedelta(days=40), localtime(case.opened_at).date())
            agree_instalments(actor=desk, recovery_id=case.pk, first_on=first_on, number=6, at=at)
        elif back := min(fen // 2, surely_paid(case)):
            record_recovered(actor=desk, recovery_id=case.pk, fen=back, on=today, reason="家属缴回", at=at)


def surely_paid(case: Recovery) -> int:
    """Fen of the overpaid months that the bank has answered for; a return may still be awaited."""
    months = {"month__gte": case.first_month, "month__lt": case.end_month}
    lines = Line.objects.filter(person=case.person_id, benefit=case.benefit, is_live=True, result="PAID", **months)
    return int(lines.aggregate(fen=Sum("fen"))["fen"] or 0)
