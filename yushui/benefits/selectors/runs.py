"""Runs, their roll-forward sheet, and the names behind each figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound
from yushui.benefits.models import Cause, Change, Run, RunLine, RunQuestion
from yushui.benefits.rules import CHECKS, months_in_words
from yushui.benefits.types import BenefitSum, Check, DifferenceRow, Figure, Sheet
from yushui.payments.models import BatchState
from yushui.payments.selectors import places_of
from yushui.people.models import Person
from yushui.policy.types import BENEFIT_NAMES

TO_PAY = F("due_fen") - F("paid_fen")
OVERPAID_FEN = F("paid_fen") - F("due_fen") - F("written_off_fen")
PAYS = Q(due_fen__gt=F("paid_fen"))


def get_run(*, actor: User, run_id: int, lock: bool = False) -> Run:
    """A run of the actor's area. A clerk of a town sees the county's run, narrowed to the own area by its lists."""
    need(actor, "benefits.view")
    rows = Run.objects.filter(pk=run_id)
    if lock:
        rows = rows.select_for_update()
    run = rows.first()
    if run is None or not (is_inside(run.area_code, actor.area_code) or is_inside(actor.area_code, run.area_code)):
        raise NotFound
    return run


def is_inside(code: str, outer: str) -> bool:
    """Whether a code lies in the range of another."""
    low, high = code_range(outer)
    return low <= code < high


def list_runs(*, actor: User) -> QuerySet[Run]:
    """Runs of the actor's area, the newest first, without those put aside."""
    need(actor, "benefits.view")
    rows = in_scope(Run.objects.filter(is_abandoned=False), actor, "area_code")
    return rows.select_related("batch").order_by("-month", "-id")


def is_newest(run: Run) -> bool:
    """Whether no later run of the same area and month exists."""
    return not Run.objects.filter(area_code=run.area_code, month=run.month, pk__gt=run.pk).exists()


def lines_of(actor: User, run: Run) -> QuerySet[RunLine]:
    """Lines of a run inside the actor's area."""
    return in_scope(RunLine.objects.filter(run=run), actor, "area_code")


def figure(rows: QuerySet[RunLine], amount: Any) -> Figure:
    """Heads and fen of some lines."""
    found = rows.aggregate(heads=Count("person_id", distinct=True), fen=Sum(amount))
    return Figure(found["heads"] or 0, found["fen"] or 0)


def sheet_of(*, actor: User, run: Run) -> Sheet:
    """The roll-forward. Each cell is counted from the lines, so it opens exactly the lines it shows."""
    lines = lines_of(actor, run)
    current = lines.filter(month=run.month)
    by_change = {
        row["change"]: Figure(row["heads"], abs(row["more"]) if row["change"] == Change.STOPPED else row["more"])
        for row in current.values("change").annotate(
            heads=Count("person_id", distinct=True), more=Sum(F("due_fen") - F("last_fen"))
        )
    }
    arrears = figure(lines.filter(month__lt=run.month).filter(PAYS), TO_PAY)
    now = figure(current.filter(due_fen__gt=0), F("due_fen"))
    everybody = lines.filter(Q(month=run.month, due_fen__gt=0) | (Q(month__lt=run.month) & PAYS))
    return Sheet(
        last=figure(current.filter(last_fen__gt=0), F("last_fen")),
        new=by_change.get(Change.NEW, Figure()),
        stopped=by_change.get(Change.STOPPED, Figure()),
        changed=by_change.get(Change.CHANGED, Figure()),
        current=now,
        arrears=arrears,
        due=Figure(everybody.aggregate(n=Count("person_id", distinct=True))["n"] or 0, now.fen + arrears.fen),
        paid_before=figure(current.filter(paid_fen__gt=0, due_fen__gt=0), F("paid_fen")),
        held=figure(lines.filter(PAYS).exclude(held=""), TO_PAY),
        to_pay=figure(lines.filter(PAYS, held=""), TO_PAY),
        overpaid=figure(lines.filter(cause=Cause.OVERPAID), OVERPAID_FEN),
        asked=questions_of(actor, run).aggregate(n=Count("person_id", distinct=True))["n"] or 0,
        noted=lines.filter(PAYS).exclude(noted="").aggregate(n=Count("person_id", distinct=True))["n"] or 0,
    )


def questions_of(actor: User, run: Run) -> QuerySet[RunQuestion]:
    """What the engine asked, inside the actor's area."""
    return in_scope(RunQuestion.objects.filter(run=run), actor, "area_code")


def sums_by_benefit(*, actor: User, run: Run) -> list[BenefitSum]:
    """Heads, current, arrears, held and to pay by benefit, in the order of the law."""
    rows = (
        lines_of(actor, run)
        .values("benefit")
        .annotate(
            heads=Count("person_id", distinct=True, filter=Q(due_fen__gt=0)),
            now_fen=Sum("due_fen", filter=Q(month=run.month)),
            arrears_fen=Sum(TO_PAY, filter=Q(month__lt=run.month) & PAYS),
            held_fen=Sum(TO_PAY, filter=PAYS & ~Q(held="")),
            pay_fen=Sum(TO_PAY, filter=PAYS & Q(held="")),
        )
    )
    order = list(BENEFIT_NAMES)
    made = [
        BenefitSum(
            row["benefit"], BENEFIT_NAMES.get(row["benefit"], row["benefit"]), row["heads"], row["now_fen"] or 0,
            row["arrears_fen"] or 0, row["held_fen"] or 0, row["pay_fen"] or 0,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(made, key=lambda row: order.index(row.benefit) if row.benefit in order else len(order))


def check_counts(*, actor: User, run: Run) -> list[tuple[Check, int]]:
    """Each check before payment with the persons it strikes, all at once, also those that found nobody."""
    pays = lines_of(actor, run).filter(PAYS)
    struck: dict[str, set[int]] = {check.key: set() for check in CHECKS}
    for person_id, held, noted in pays.exclude(held="", noted="").values_list("person_id", "held", "noted").distinct():
        text = f"{held};{noted}"
        for check in CHECKS:
            if check.words in text:
                struck[check.key].add(person_id)
    return [(check, len(struck[check.key])) for check in CHECKS]


def condition_of(run: Run, show: str) -> Q:
    """Which lines are behind a figure of the sheet or a check; an unknown word means all."""
    current = Q(month=run.month)
    conditions = {
        "last": current & Q(last_fen__gt=0),
        "new": current & Q(change=Change.NEW),
        "stopped": current & Q(change=Change.STOPPED),
        "changed": current & Q(change=Change.CHANGED) & ~Q(due_fen=F("last_fen")),
        "arrears": Q(month__lt=run.month) & PAYS,
        "held": PAYS & ~Q(held=""),
        "noted": PAYS & ~Q(noted=""),
        "overpaid": Q(cause=Cause.OVERPAID),
        "to_pay": PAYS & Q(held=""),
        "differs": (current & ~Q(due_fen=F("last_fen"))) | (Q(month__lt=run.month) & ~Q(due_fen=F("paid_fen"))),
    }
    check = next((check for check in CHECKS if check.key == show), None)
    if check is not None:
        return PAYS & (Q(held__contains=check.words) | Q(noted__contains=check.words))
    return conditions.get(show, Q(run=run))


def list_run_lines(
    *, actor: User, run: Run, show: str = "", benefit: str = "", area_code: str = "", name: str = ""
) -> QuerySet[Any]:
    """Names and cause behind a figure: one row per person and benefit with such a line, by village; the amounts of the
    row are those of all its months, so it tells the whole story."""
    lines = lines_of(actor, run)
    if benefit:
        lines = lines.filter(benefit=benefit)
    if area_code:
        low, high = code_range(area_code)
        lines = lines.filter(area_code__gte=low, area_code__lt=high)
    if name:
        lines = lines.filter(person__name__startswith=name)
    return (
        lines.values("area_code", "person_id", "person__name", "benefit")
        .annotate(
            seen=Count("id", filter=condition_of(run, show)),
            last=Sum("last_fen"),
            now=Sum("due_fen", filter=Q(month=run.month)),
            arrears=Sum(TO_PAY, filter=Q(month__lt=run.month) & PAYS),
            overpaid=Sum(OVERPAID_FEN, filter=Q(cause=Cause.OVERPAID)),
            to_pay=Sum(TO_PAY, filter=PAYS),
            first_month=Min("month"),
            last_month=Max("month"),
            first_arrears=Min("month", filter=Q(month__lt=run.month)),
            last_arrears=Max("month", filter=Q(month__lt=run.month)),
            change_seen=Max("change"),
            reason_now=Max("reason", filter=Q(month=run.month)),
            reason_before=Min("reason", filter=Q(month__lt=run.month)),
            reason_also=Max("reason", filter=Q(month__lt=run.month)),
            held_words=Max("held"),
            noted_words=Max("noted"),
        )
        .filter(seen__gt=0)
        .order_by("area_code", "person_id", "benefit")
    )


def difference_rows(rows: Iterable[dict[str, Any]]) -> list[DifferenceRow]:
    """Rows of list_run_lines as the page shows them: village in words, tags with reasons."""
    kept = list(rows)
    places = places_of(row["area_code"] for row in kept)
    return [
        DifferenceRow(
            person_id=row["person_id"],
            name=row["person__name"],
            place=places[row["area_code"]],
            benefit=row["benefit"],
            benefit_name=BENEFIT_NAMES.get(row["benefit"], row["benefit"]),
            last_fen=row["last"] or 0,
            now_fen=(row["now"] or 0) + (row["arrears"] or 0),
            change=row["change_seen"] or "",
            reasons=tags_of(row),
            held=row["held_words"] or "",
            noted=row["noted_words"] or "",
        )
        for row in kept
    ]


def tags_of(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(class, tag, words) of each cause of a row: change of the month, arrears, overpayment, hold."""
    tags = []
    if row["change_seen"] and row["change_seen"] != Change.SAME and row["reason_now"]:
        label = "新增" if not row["last"] else "停发" if not row["now"] else "变动"
        kind = {"新增": "info", "停发": "due", "变动": ""}[label]
        tags.append((kind, label, row["reason_now"]))
    if row["arrears"]:
        span = months_in_words(row["first_arrears"], row["last_arrears"])
        words = "、".join(dict.fromkeys((row["reason_before"], row["reason_also"])))
        tags.append(("", "补发", f"{words}({span})"))
    if row["overpaid"]:
        tags.append(("bad", "多发", row["reason_before"] or row["reason_now"] or ""))
    if row["held_words"]:
        tags.append(("bad", "暂缓", row["held_words"]))
    return tags


def list_questions(*, actor: User, run: Run) -> QuerySet[RunQuestion]:
    """What must be found out before it can be paid, by question."""
    return questions_of(actor, run).select_related("person").order_by("ask", "area_code", "person_id", "benefit", "id")


def suggested_months(*, actor: User, newest: int) -> list[tuple[int, bool]]:
    """Months offered for a new run, the newest first, each with whether a batch of it is under way or done."""
    need(actor, "benefits.view")
    low, high = code_range(actor.area_code)
    taken = set(
        Run.objects.filter(area_code__gte=low, area_code__lt=high)
        .exclude(batch=None)
        .exclude(batch__state=BatchState.WITHDRAWN)
        .values_list("month", flat=True)
    )
    return [(month, month in taken) for month in range(newest, newest - 6, -1)]


def names_by_id(person_ids: Iterable[int]) -> dict[int, str]:
    """Names of persons, for lists already inside the actor's area."""
    return dict(Person.every.filter(pk__in=set(person_ids)).values_list("pk", "name"))
