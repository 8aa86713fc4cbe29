"""The staff home: what waits for the actor, what is coming, what is missing in the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.core.cache import cache

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may
from yushui.activities.models import Campaign
from yushui.activities.selectors import activities, campaigns
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import AreaLevel, level_of
from yushui.base.days import age_on, birthday, first_day, month_of, show_month_zh
from yushui.base.money import show_wan
from yushui.base.workdays import UNPUBLISHED, add_workdays, is_published
from yushui.benefits.models import Run
from yushui.cases.rules.statements import period_words
from yushui.cases.selectors import cases, needs, statements
from yushui.cases.selectors.receptions import receptions_waiting
from yushui.cases.types.statements import BY_NAMES
from yushui.merging.selectors import count_waiting as count_merges
from yushui.payments import selectors as payments
from yushui.payments.selectors import failed as failed_payments
from yushui.payments.types import ACTION_NAMES, Action
from yushui.people.permissions import visible_people
from yushui.people.selectors import count_people
from yushui.people.selectors.exports import count_waiting
from yushui.people.types import GAP_NAMES, PeopleFilters
from yushui.places.selectors import path_names
from yushui.rosters.models import ImportState, RosterImport
from yushui.workbench.addresses import address_of
from yushui.workbench.selectors.badges import COUNT_LIFE, count_key, waiting_batches
from yushui.workbench.selectors.figures import key_figures
from yushui.workbench.selectors.plans import plan_tasks
from yushui.workbench.types import ROUND_AGES, Counter, Doing, Home, Jubilee, Payment, Progress, Task

MOST_TASKS, MOST_JUBILEES, MOST_PAYMENTS, MOST_DOINGS = 12, 6, 4, 8


def get_home(*, actor: User, on: date) -> Home:
    """Everything on the home page that this actor may see."""
    return until_next_act(f"home:{actor.pk}:{on}", lambda: count_home(actor, on))


def count_home(actor: User, on: date) -> Home:
    """The home page, counted afresh."""
    tasks = [*batch_tasks(actor, on), *run_tasks(actor, on), *failed_tasks(actor), *import_tasks(actor)]
    tasks += export_tasks(actor) + merge_tasks(actor) + case_tasks(actor, on)
    running = open_campaigns(actor) if may(actor, "activities.view") else []
    tasks += visit_tasks(actor, on, running)
    tasks += plan_tasks(actor, on)
    tasks.sort(key=lambda task: (task.days_left is None, task.days_left or 0))
    sees_people = may(actor, "people.view")
    sizes, shares = key_figures(actor, on)
    return Home(
        tasks=tuple(tasks[:MOST_TASKS]),
        counters=register_counters(actor, on) if sees_people else (),
        gaps=gap_counters(actor, on) if sees_people else (),
        turning=turning_counters(actor, on) if sees_people else (),
        jubilees=jubilees(actor, on) if sees_people else (),
        progress=tuple(progress_of(campaign, standing) for campaign, standing in running if standing.listed),
        payments=latest_payments(actor),
        doings=latest_activities(actor),
        acts=quick_acts(actor),
        sizes=sizes,
        shares=shares,
    )


def quick_acts(actor: User) -> tuple[tuple[str, str], ...]:
    """The buttons beside the heading: what this post does most."""
    offered = (
        ("登记走访", "phone-home", "activities.visit"),
        ("记一次活动", "record-activity", "activities.record"),
        ("导入花名册", "start-import", "rosters.import"),
    )
    pairs = [(label, address_of(name)) for label, name, right in offered if may(actor, right)]
    return tuple((label, url) for label, url in pairs if url)


def batch_tasks(actor: User, on: date) -> list[Task]:
    """Payment batches that wait for the actor; the money should go out within its month."""
    tasks = []
    for batch, step in waiting_batches(actor):
        url = address_of("show-batch", batch.pk)
        note = f"{show_month_zh(batch.month)} · {show_wan(batch.total_fen)} 万元"
        due_on = None if step == Action.SETTLE else last_workday(batch.month)
        label, extent = f"{ACTION_NAMES[step]}:{batch.title}", f"{batch.line_count:,} 笔"
        days_left = (due_on - on).days if due_on else None
        tasks.append(Task(label, url, note, extent, "发放", due_on, days_left, caution_of(due_on)))
    return tasks


def last_workday(month: int) -> date:
    """The last day of a month on which offices work."""
    return add_workdays(first_day(month + 1), -1)


def caution_of(day: date | None) -> str:
    """What to say beside a working day that was reckoned without the yearly notice."""
    return "" if day is None or is_published(day) else UNPUBLISHED


def run_tasks(actor: User, on: date) -> list[Task]:
    """The calculation of this month, while nobody has started it."""
    if not may(actor, "benefits.run") or level_of(actor.area_code) != AreaLevel.COUNTY:
        return []
    month = month_of(on)
    if Run.objects.filter(area_code=actor.area_code, month=month, is_abandoned=False).exists():
        return []
    due_on = last_workday(month)
    label = f"测算{show_month_zh(month)}待遇"
    days_left = (due_on - on).days
    return [Task(label, address_of("list-runs"), "本月还没有测算", "", "发放", due_on, days_left, caution_of(due_on))]


def latest_payments(actor: User) -> tuple[Payment, ...]:
    """The last batches of the actor's area, as they stand."""
    if not may(actor, "payments.view"):
        return ()
    return tuple(
        Payment(
            batch.title, address_of("show-batch", batch.pk), batch.get_state_display(), batch.state == "SETTLED",
            batch.line_count, batch.total_fen,
        )
        for batch in payments.list_batches(actor=actor).exclude(state="WITHDRAWN")[:MOST_PAYMENTS]
    )  # fmt: skip


def latest_activities(actor: User) -> tuple[Doing, ...]:
    """What was done last, for posts that look after no persons."""
    if not may(actor, "activities.view") or may(actor, "people.view"):
        return ()
    rows = activities.list_activities(actor=actor, filters=activities.ActivityFilters())
    return tuple(
        Doing(row.title, address_of("show-activity", row.pk), row.kind.name, row.area.name, row.on)
        for row in rows[:MOST_DOINGS]
    )


def export_tasks(actor: User) -> list[Task]:
    """Lists with whole numbers that others ask to take out of the house."""
    count = count_waiting(actor=actor)
    note = "含完整号码的名单,同意后才能下载"
    return [Task("导出申请待审批", address_of("list-exports"), note, f"{count} 份", source="人员")] if count else []


def merge_tasks(actor: User) -> list[Task]:
    """Doubles that an officer asks to make one entry."""
    count = count_merges(actor=actor)
    note = "一个人登记了两份,核对后确认"
    return [Task("并档待确认", address_of("list-merges"), note, f"{count} 件", source="人员")] if count else []


def case_tasks(actor: User, on: date) -> list[Task]:
    """Cases that wait for the actor, as one line with the nearest day; receptions; what is not stated yet."""
    tasks = []
    waiting, late = cases.todo_count(actor=actor, on=on)
    if waiting:
        due_on = cases.next_due(actor=actor, on=on)
        note = f"其中超期 {late} 件" if late else ""
        days_left = (due_on - on).days if due_on else None
        tasks.append(Task("办件待办", address_of("list-cases"), note, f"{waiting:,} 件", "办件", due_on, days_left))
    asked, day, case_id = receptions_waiting(actor=actor)
    if asked and day is not None:
        days_left = (day - on).days
        note = "约您接访;点开看来访人和事由"
        tasks.append(Task("领导接访", address_of("show-case", case_id), note, f"{asked} 件", "办件", day, days_left))
    for kind, count in needs.count_to_answer(actor=actor, on=on).items():
        note = "任务已验收;核对结果,答复提出单位并办结"
        url = address_of("list-needs", kind=kind, when="answer")
        tasks.append(Task("需求待答复", url, note, f"{count} 件", "办件"))
    for owed in statements.owed_now(actor=actor, on=on) if may(actor, "cases.open") else []:
        label = f"零报告:{period_words(owed.form.rhythm, owed.year, owed.number)}"
        url = address_of("list-statements", form=owed.form.key, owing=1)
        extent = f"{owed.count:,} 个{BY_NAMES[owed.form.by]}"
        tasks.append(Task(label, url, "没报的不算没有", extent, "办件"))
    return tasks


def failed_tasks(actor: User) -> list[Task]:
    """Payments that the bank refused and that wait for a corrected account."""
    if not may(actor, "payments.view"):
        return []
    heads = failed_payments.count_failed(actor=actor)
    note = "改正账户后随下月补发"
    return [Task("银行退回待更正", address_of("list-failed"), note, f"{heads:,} 人", source="发放")] if heads else []


def import_tasks(actor: User) -> list[Task]:
    """Roster files that were checked and wait for the decision to write them."""
    if not may(actor, "rosters.import"):
        return []
    waiting = in_scope(RosterImport.objects.filter(state=ImportState.CHECKED), actor, "area_code").order_by("-id")[:5]
    return [
        Task(
            f"确认导入:{roster.file_name}", address_of("show-import", roster.pk),
            f"新增 {roster.new:,},变更 {roster.changed:,},有误 {roster.bad_cells:,} 处", f"{roster.rows:,} 行", "导入",
        )
        for roster in waiting
    ]  # fmt: skip


def open_campaigns(actor: User) -> list[tuple[Campaign, campaigns.Standing]]:
    """Campaigns that still run, with how far each has come in the actor's area."""
    found = list(campaigns.list_campaigns(actor=actor, is_open=True)[:6])
    standing = campaigns.standing_of(actor=actor, campaign_ids=[campaign.pk for campaign in found])
    return [(campaign, standing[campaign.pk]) for campaign in found]


def visit_tasks(actor: User, on: date, running: list[tuple[Campaign, campaigns.Standing]]) -> list[Task]:
    """Visits to finish: the actor's own people, and for who plans them whole campaigns."""
    tasks = []
    if may(actor, "activities.visit"):
        for mine in campaigns.my_rounds(actor=actor):
            left, ends_on = mine.listed - mine.seen, mine.campaign.ends_on
            if left:
                note = "、".join(village.name for village in mine.villages if village.left)
                tasks.append(
                    Task(f"走访:{mine.campaign.title}", address_of("phone-home"), note, f"{left:,} 人", "分派给我",
                         ends_on, (ends_on - on).days)
                )  # fmt: skip
    if may(actor, "activities.plan_campaign"):
        for campaign, standing in running:
            if standing.left:
                url, ends_on = address_of("show-campaign", campaign.pk), campaign.ends_on
                note = f"已走访 {standing.seen:,} / {standing.listed:,} 人"
                tasks.append(
                    Task(campaign.title, url, note, f"{standing.left:,} 人", "走访", ends_on, (ends_on - on).days)
                )
    return tasks


def progress_of(campaign: Campaign, standing: campaigns.Standing) -> Progress:
    """A campaign as a bar."""
    url = address_of("show-campaign", campaign.pk)
    return Progress(campaign.title, url, standing.seen, standing.listed, standing.percent)


def count(actor: User, key: str, filters: PeopleFilters) -> int:
    """A count over the register, at most COUNT_LIFE seconds old."""
    return kept_count(actor, filters.on, key, lambda: count_people(actor=actor, filters=filters))


def kept_count(actor: User, on: date, key: str, make: Callable[[], int]) -> int:
    """A count of the actor's area, at most COUNT_LIFE seconds old."""
    name = count_key(actor, on, key)
    known: int | None = cache.get(name)
    if known is None:
        known = make()
        cache.set(name, known, COUNT_LIFE)
    return known


def register_counters(actor: User, on: date) -> tuple[Counter, ...]:
    """What the register says is coming or late; each opens its list."""
    unconfirmed = count(actor, "confirm", PeopleFilters(on=on, confirm="missing"))
    dead = count(actor, "dead", PeopleFilters(on=on, suspected_dead=True, life="all"))
    week = count(actor, "week", PeopleFilters(on=on, birthday="week"))
    sixty = count(actor, "60", PeopleFilters(on=on, turning=60))
    overdue = kept_count(actor, on, "cases-overdue", lambda: cases.count_overdue(actor=actor, on=on))
    return (
        Counter("疑似去世仍在发", dead, address_of("list-people", suspected_dead="yes", life="all"), "late"),
        Counter("今年未确认", unconfirmed, address_of("list-people", confirm="missing"), "due"),
        Counter("三个月内满 60 周岁", sixty, address_of("list-people", turning=60)),
        Counter("七天内过生日", week, address_of("list-people", birthday="week")),
        Counter("辖区办件超期", overdue, address_of("list-cases", tab="overdue"), "late"),
    )


def gap_counters(actor: User, on: date) -> tuple[Counter, ...]:
    """Gaps in the data that stop a payment or a call."""
    return tuple(
        Counter(name, count(actor, gap, PeopleFilters(on=on, gap=gap)), address_of("list-people", gap=gap), "due")
        for gap, name in sorted(GAP_NAMES.items(), key=lambda pair: pair[0] == "no_phone")
    )


def turning_counters(actor: User, on: date) -> tuple[Counter, ...]:
    """Who is about to reach an age at which something starts, ends or must be shown."""
    meant = ((18, "遗属子女满 18 周岁"), (22, "遗属子女满 22 周岁"), (55, "女性满 55 周岁"), (60, "满 60 周岁"))
    return tuple(
        Counter(
            label, count(actor, str(age), PeopleFilters(on=on, turning=age)), address_of("list-people", turning=age)
        )
        for age, label in meant
    )


def jubilees(actor: User, on: date) -> tuple[Jubilee, ...]:
    """Round birthdays (80, 90, 100) of the living within seven days."""
    days = {birthday(on + timedelta(days=n), -age): on + timedelta(days=n) for n in range(7) for age in ROUND_AGES}
    rows = visible_people(actor).filter(born_on__in=list(days), died_on=None)
    found = list(rows.order_by("born_on", "id").values_list("id", "name", "area_id", "born_on")[:MOST_JUBILEES])
    places = path_names(code for _, _, code, _ in found)
    return tuple(
        Jubilee(
            person_id, name, places[code], age_on(born_on, days[born_on]), days[born_on],
            address_of("show-person", person_id),
        )
        for person_id, name, code, born_on in found
    )  # fmt: skip
