"""Everything a run is calculated from, gathered in one pass per table, and its digest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from django.db.models import Q, Sum
from django.utils import timezone

from yushui.accounts.models import User
from yushui.base.area_codes import ancestors_of, code_range
from yushui.base.days import month_of
from yushui.base.digest import sm3
from yushui.benefits.models import Hold, LocalValue, Run, RunLine, WrittenOff
from yushui.benefits.rules import LONGEST_LOOK_BACK
from yushui.benefits.types import Key, PayFacts
from yushui.payments.models import BatchState, Line, LineResult
from yushui.payments.selectors.ledger import Ledger, first_paid_month, ledger_of
from yushui.people import selectors as people
from yushui.people.models import BankAccount, Person, PersonEvent
from yushui.people.selectors.merged import merged_entries, of_area
from yushui.people.types import AGENT_NAMES
from yushui.policy import selectors as policy
from yushui.policy.models import LawVersion
from yushui.policy.types import Facts, Law

CHUNK = 20_000


@dataclass(frozen=True)
class Inputs:
    """What a run stands on. The same inputs always give the same lines."""

    law_version: LawVersion
    law: Law
    facts: Facts
    people: dict[int, PayFacts]
    ledger: Ledger
    last: dict[tuple[int, str], int]
    failed: frozenset[Key]
    written_off: dict[Key, int]
    first_month: int
    month: int

    def digest(self) -> str:
        """SM3 over law, facts, accounts, holds and what was paid."""
        parts = [self.law_version.digest.encode(), repr((self.first_month, self.month)).encode()]
        for table in (self.facts.persons, self.facts.statuses, self.facts.events):
            parts += [table[name].tobytes() for name in sorted(table)]
        parts.append(repr((list(self.facts.words), self.facts.local_values)).encode())
        parts.append(self.ledger.raw())
        parts.append(repr(sorted(self.last.items())).encode())
        if self.written_off:
            parts.append(repr(sorted(self.written_off.items())).encode())
        parts.append(repr([tuple(vars(facts).values()) for _, facts in sorted(self.people.items())]).encode())
        return sm3(b"\0".join(sm3(part).encode() for part in parts))


def gather(*, actor: User, area_code: str, month: int, known_at: datetime) -> Inputs:
    """Law, facts as known, accounts, and what was paid from the first open month on."""
    version, law = policy.current_law()
    facts = facts_with_values(actor=actor, area_code=area_code, known_at=known_at, kinds=paid_kinds(law))
    first_month = first_open_month(area_code, month)
    ledger = ledger_of(area_code=area_code, first_month=first_month, end_month=month + 1)
    last = last_month(area_code, month, ledger)
    payable = payable_people(law, facts) | set(ledger.person.tolist()) | {person_id for person_id, _ in last}
    return Inputs(
        law_version=version,
        law=law,
        facts=facts,
        people=pay_facts(area_code, payable, timezone.localtime(known_at).date()),
        ledger=ledger,
        last=last,
        failed=failed_keys(area_code, first_month, month + 1),
        written_off=written_off_of(area_code, first_month, month + 1),
        first_month=first_month,
        month=month,
    )


def facts_with_values(
    *,
    actor: User,
    area_code: str,
    known_at: datetime,
    person_ids: Collection[int] | None = None,
    kinds: Collection[str] | None = None,
) -> Facts:
    """Facts of the people of an area, with the values the place has entered, as known at a moment."""
    facts = people.facts_of(actor=actor, area_code=area_code, known_at=known_at, person_ids=person_ids, kinds=kinds)
    return replace(facts, local_values=local_values(area_code, known_at))


def local_values(area_code: str, known_at: datetime) -> tuple[tuple[str, str, int, int], ...]:
    """Values entered for an area, those above it and those inside it: (area, name, year, fen)."""
    low, high = code_range(area_code)
    known = Q(recorded_at__lte=known_at) & (Q(superseded_at=None) | Q(superseded_at__gt=known_at))
    there = Q(area_code__gte=low, area_code__lt=high) | Q(area_code__in=ancestors_of(area_code))
    rows = LocalValue.objects.filter(known, there).order_by("area_code", "name", "year")
    return tuple(rows.values_list("area_code", "name", "year", "fen"))


def first_open_month(area_code: str, month: int) -> int:
    """From which month a run looks back: the first month ever paid here, at most LONGEST_LOOK_BACK before."""
    first = first_paid_month(area_code)
    return month if first is None else min(max(first, month - LONGEST_LOOK_BACK), month)


def paid_kinds(law: Law) -> set[str]:
    """The kinds of status that some benefit is paid for."""
    return {kind for layer in law.layers.values() for rule in layer.rules.values() for kind in rule.kinds}


def payable_people(law: Law, facts: Facts) -> set[int]:
    """Persons who hold a status of a kind that some benefit is paid for."""
    kinds = paid_kinds(law)
    codes = [number for number, word in enumerate(facts.words) if word in kinds]
    held = np.isin(facts.statuses["kind"], codes)
    return set(facts.statuses["person_id"][held].tolist())


def last_month(area_code: str, month: int, ledger: Ledger) -> dict[tuple[int, str], int]:
    """The month before by (person, benefit): what its own run found due, or what the ledger says was paid."""
    run = (  # its own, or one of an area around it
        Run.objects.filter(area_code__in=[area_code, *ancestors_of(area_code)], month=month - 1, is_abandoned=False)
        .exclude(batch=None)
        .exclude(batch__state=BatchState.WITHDRAWN)
        .order_by("-id")
        .first()
    )
    if run is None:
        paid: dict[tuple[int, str], int] = defaultdict(int)
        then = ledger.month == month - 1
        columns = (ledger.entry[then].tolist(), ledger.benefit[then].tolist(), ledger.fen[then].tolist())
        for person_id, number, fen in zip(*columns, strict=True):
            paid[person_id, ledger.benefits[number]] += fen
        return {key: fen for key, fen in paid.items() if fen}
    low, high = code_range(area_code)
    rows = RunLine.objects.filter(
        run=run, month=month - 1, due_fen__gt=0, person__area_id__gte=low, person__area_id__lt=high
    )
    return {
        (person_id, benefit): fen for person_id, benefit, fen in rows.values_list("person_id", "benefit", "due_fen")
    }


def failed_keys(area_code: str, first_month: int, end_month: int) -> frozenset[Key]:
    """Months that the bank once refused."""
    rows = Line.objects.filter(
        of_area(area_code), result=LineResult.FAILED, month__gte=first_month, month__lt=end_month
    )
    whole = merged_entries()
    found = rows.values_list("person_id", "benefit", "month")
    return frozenset((whole.get(person_id, person_id), benefit, month) for person_id, benefit, month in found)


def written_off_of(area_code: str, first_month: int, end_month: int) -> dict[Key, int]:
    """Overpayments that were given up, by (person, benefit, month)."""
    rows = WrittenOff.objects.filter(of_area(area_code), month__gte=first_month, month__lt=end_month)
    sums = rows.values_list("person_id", "benefit", "month").annotate(given_up=Sum("fen"))
    whole, found = merged_entries(), Counter[Key]()
    for person_id, benefit, month, fen in sums:
        found[whole.get(person_id, person_id), benefit, month] += fen
    return dict(found)


def pay_facts(area_code: str, wanted: set[int], on: date) -> dict[int, PayFacts]:
    """What the checks before payment look at, for the persons wanted of an area."""
    low, high = code_range(area_code)
    of_area = {"person__area_id__gte": low, "person__area_id__lt": high}
    accounts = {
        row[0]: row[1:]
        for row in BankAccount.objects.filter(superseded_at=None, **of_area).values_list(
            "person_id", "id", "holder_name", "is_confirmed", "problem", "number_index", "holder_relation"
        )
    }
    # A guardian or a home collects for several: only accounts in the person's own name may not be shared.
    used = Counter(account[4] for account in accounts.values() if not account[5])
    holds = dict(Hold.objects.filter(released_at=None, **of_area).values_list("person_id", "reason"))
    noticed, confirmed = latest_events(of_area, on)
    everybody = Person.every.filter(area_id__gte=low, area_id__lt=high)
    columns = everybody.values_list("id", "name", "area_id", "born_on", "died_on", "merged_into_id").iterator(CHUNK)
    rows = [row for row in columns if row[0] in wanted]
    alike = Counter((name, area, born_on) for _, name, area, born_on, died_on, kept in rows if not (died_on or kept))
    found = {}
    for person_id, name, area, born_on, died_on, kept in rows:
        account = accounts.get(person_id, (None, "", True, "", "", ""))
        seen = confirmed.get(person_id)
        notice = noticed.get(person_id)
        found[person_id] = PayFacts(
            person_id=person_id,
            name=name,
            area_code=area,
            born_on=born_on,
            died_on=died_on,
            account_id=account[0],
            holder_name=account[1],
            is_confirmed=account[2],
            account_problem=account[3],
            holder_relation=AGENT_NAMES.get(account[5], ""),
            is_shared=not account[5] and used[account[4]] > 1,
            hold_reason=holds.get(person_id, ""),
            is_notice_open=notice is not None and (seen is None or seen < notice),
            is_confirmed_this_year=seen is not None and seen.year >= on.year,
            has_twin=alike[name, area, born_on] > 1,
            is_merged=kept is not None,
        )
    return found


def latest_events(of_area: dict[str, str], on: date) -> tuple[dict[int, date], dict[int, date]]:
    """Latest day of the notice and of the confirmation, by person."""
    noticed: dict[int, date] = {}
    confirmed: dict[int, date] = {}
    rows = PersonEvent.objects.filter(
        superseded_at=None, what__in=["CONFIRMED", "UNCONFIRMED_NOTICE"], on__gte=date(on.year - 1, 1, 1), **of_area
    )
    for person_id, what, day in rows.values_list("person_id", "what", "on"):
        kept = confirmed if what == "CONFIRMED" else noticed
        if person_id not in kept or kept[person_id] < day:
            kept[person_id] = day
    return noticed, confirmed


def months_back(at: datetime) -> int:
    """The month a moment lies in, on the office's calendar."""
    return month_of(timezone.localtime(at).date())
