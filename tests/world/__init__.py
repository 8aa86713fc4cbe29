"""One of everything in a small demo county, so that every address leads somewhere. All rows stand in 北洲村."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.world import (
    archive,
    cases,
    goods,
    honours,
    merging,
    money,
    pairs,
    places,
    plans,
    rhythms,
    sites,
)
from yushui.accounts.models import User
from yushui.activities.models import Activity, ActivityEvidence, Campaign, CampaignTarget, Visit
from yushui.activities.services.kinds import set_kind
from yushui.activities.types import KindDraft
from yushui.base import files, jobs
from yushui.base.models import Job, StoredFile
from yushui.benefits.models import Recovery, Run
from yushui.benefits.services.orders import order_run
from yushui.benefits.services.runs import start_run
from yushui.benefits.services.write_offs import ask_write_off
from yushui.payments.models import Batch
from yushui.people.models import ExportRequest, Person, Status
from yushui.people.services.hardships import add_hardship
from yushui.reports.services import write_report
from yushui.rosters.services.imports import start_import
from yushui.rosters.tests import messy
from yushui.workbench import house
from yushui.workbench.demo.build import build_county

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
VILLAGE = "990101001001"
COUNTY = "990101000000"
WORDS = {"indicator_id": "entitled_heads", "benefit": "disability_pension", "form_key": "rural_veteran_60"}


def build(folder: Path, people: int = 200) -> dict[str, object]:
    """The county, and for each argument of an address a row of it."""
    house.prepare_house(at=NOW, say=lambda text: None)
    build_county(people=people, seed=1, today=TODAY, at=NOW, say=lambda text: None)
    desk = User.objects.get(username="desk")
    status = Status.objects.filter(
        person__area_id=VILLAGE, person__died_on=None, superseded_at=None, ends_on=None, state="RECEIVING",
        person__events__superseded_at=None, person__events__isnull=False,
    ).earliest("pk")  # fmt: skip
    person = status.person
    photo = files.store(
        content=b"\xff\xd8\xff\xe0 not looked at here", name="走访.jpg", media_type="image/jpeg", at=NOW
    )
    run = start_run(actor=desk, area_code=COUNTY, month=2026 * 12 + 10, at=NOW)
    return {
        **WORDS,
        "person_id": person.pk,
        "lineage": status.lineage,
        "event_id": person.events.latest("pk").pk,
        "hardship_id": add_hardship(actor=desk, person_id=person.pk, kind="LIVING", starts_on=TODAY, at=NOW).pk,
        "user_id": User.objects.get(username="member").pk,
        "import_id": roster(desk, folder),
        "job_id": Job.objects.latest("pk").pk,
        "run_id": run.pk,
        "order_id": order_run(actor=desk, area_code=COUNTY, month=2026 * 12 + 9, at=NOW).pk,
        "batch_id": Batch.objects.filter(is_history=False).latest("pk").pk,
        **recovery(run, person),
        "report_id": write_report(
            actor=desk, area_code=COUNTY, year=2026, outline_id="county_report", on=TODAY, at=NOW
        ).pk,
        "export_id": export(desk),
        **work(person, photo),
        **pairs.build(village=VILLAGE, person=person, photo=photo, at=NOW),
        **sites.build(village=VILLAGE, photo=photo, today=TODAY, at=NOW),
        **archive.build(village=VILLAGE, photo=photo, at=NOW),
        **honours.build(village=VILLAGE, person=person, photo=photo, today=TODAY, at=NOW),
        **places.build(village=VILLAGE, photo=photo, today=TODAY, at=NOW),
        **goods.build(village=VILLAGE, at=NOW),
        **rhythms.build(county=COUNTY),
        **merging.build(village=VILLAGE, at=NOW),
        **money.build(village=VILLAGE, person=person, photo=photo, today=TODAY, at=NOW),
        **goods.campaign(village=VILLAGE, at=NOW),
        **plans.build(village=VILLAGE, photo=photo, today=TODAY, at=NOW),
        **cases.build(village=VILLAGE, photo=photo, at=NOW),
    }


def roster(desk: User, folder: Path) -> int:
    """A checked import of the county with problems in it."""
    path = messy.write_xlsx(messy.mess(messy.make("rural_veteran_60", 12, first=8000)), folder / "名册.xlsx")
    found = start_import(actor=desk, content=path.read_bytes(), file_name=path.name, area_code=COUNTY, at=NOW)
    jobs.run_all()
    return int(found.pk)


def export(desk: User) -> int:
    """A list with whole numbers that the county's officer asked for and may take."""
    row = ExportRequest.objects.create(
        query="", purpose="医保参保核对", rows=12, area_code=COUNTY, asked_at=NOW, asked_by=desk.pk,
        asked_name=desk.full_name, state="APPROVED", decided_at=NOW, decided_name="李审批",
    )  # fmt: skip
    return int(row.pk)


def recovery(run: Run, person: Person) -> dict[str, object]:
    """An overpayment still open, and the request to give it up."""
    row = Recovery.objects.create(
        run=run, person=person, area_code=VILLAGE, benefit="rural_veteran_stipend", first_month=run.month - 1,
        end_month=run.month, fen=18_000, opened_at=NOW,
    )  # fmt: skip
    desk = User.objects.get(username="desk")
    asked = ask_write_off(actor=desk, recovery_id=row.pk, fen=8_000, reason="去世且无遗产", at=NOW)
    return {"recovery_id": row.pk, "write_off_id": asked.pk}


def work(person: Person, photo: StoredFile) -> dict[str, object]:
    """A campaign of the town with the person on it, a visit and an activity of the village, each with a photo."""
    beizhou = User.objects.get(username="beizhou")
    campaign = Campaign.objects.filter(area_id="990101001000", closed_at=None).latest("pk")
    target, _ = CampaignTarget.objects.get_or_create(
        campaign=campaign, person=person, defaults={"area_id": VILLAGE, "reason": "困难"}
    )
    visit = Visit.objects.create(
        person=person, area_id=VILLAGE, on=TODAY, way="HOME", visitor_name="陈秀兰", client_key="of-the-access-test",
        recorded_at=NOW, recorded_by=beizhou.pk, photo=photo,
    )  # fmt: skip
    activity = Activity.objects.latest("pk")
    Activity.objects.filter(pk=activity.pk).update(area_id=VILLAGE, recorded_by=beizhou.pk)
    evidence = ActivityEvidence.objects.create(activity=activity, file=photo, title="走访.jpg", added_at=NOW)
    desk = User.objects.get(username="desk")
    kind = set_kind(
        actor=desk,
        draft=KindDraft(name="国防书屋开放日", chapter="EDUCATION", direction="LOCAL", measure="人次"),
        at=NOW,
    )
    return {
        "campaign_id": campaign.pk,
        "target_id": target.pk,
        "visit_id": visit.pk,
        "activity_id": activity.pk,
        "evidence_id": evidence.pk,
        "kind_code": kind.pk,
    }
