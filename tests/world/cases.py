"""A kind of the county's own and an open case of the village with a photo."""

from __future__ import annotations

from datetime import datetime

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.cases.models import CaseEvidence, Project, ProjectEvidence
from yushui.cases.services.cases import open_case
from yushui.cases.services.kinds import set_case_kind
from yushui.cases.services.needs import add_deed
from yushui.cases.services.statements import set_statement_kind
from yushui.cases.types import CaseDraft, CaseKindDraft, StepDraft
from yushui.cases.types.needs import ProjectDraft
from yushui.cases.types.statements import StatementKindDraft
from yushui.places.models import Unit


def build(*, village: str, photo: StoredFile, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk, beizhou = User.objects.get(username="desk"), User.objects.get(username="beizhou")
    steps = (
        StepDraft("", "入户核实", "TOWN_CLERK@TOWN", "5", "WORKDAY", "申请表、房屋照片", "不属实、已享受其他补助"),
        StepDraft("", "审批", "APPROVER@COUNTY", "10", "WORKDAY"),
        StepDraft("", "修缮验收", "DESK_OFFICER@COUNTY", "60", "DAY"),
    )
    draft = CaseKindDraft(name="优抚对象住房修缮", family="HELP", causes="屋顶漏雨、墙体开裂", steps=steps)
    kind = set_case_kind(actor=desk, draft=draft, at=at)
    form = CaseDraft(
        kind=kind.pk, title="老屋屋顶漏雨", asker_name="李建军", area_code=village, client_key="case-of-world",
        channel="VILLAGE",
    )  # fmt: skip
    case = open_case(actor=beizhou, draft=form, at=at)
    piece = CaseEvidence.objects.create(case=case, file=photo, title="屋顶.jpg", added_at=at)
    garrison = Unit.objects.filter(kind="GARRISON").earliest("pk")
    deed = add_deed(
        actor=desk,
        draft=ProjectDraft(
            title="修通训练场进场道路", year=str(at.year), side="FOR_ARMY", unit_id=garrison.pk, budget="300000",
            client_key="deed-of-world",
        ),
        at=at,
    )  # fmt: skip
    Project.objects.filter(pk=deed.pk).update(area_id=village)
    paper = ProjectEvidence.objects.create(project=deed, file=photo, title="验收单.jpg", added_at=at)
    stated = set_statement_kind(
        actor=desk, draft=StatementKindDraft("涉军舆情", "起", "经核实的负面信息", "UNIT", "MONTH"), at=at
    )
    return {
        "deed_id": deed.pk,
        "deed_file_id": paper.pk,
        "statement_kind": stated.pk,
        "case_id": case.pk,
        "case_kind": kind.pk,
        "case_form": "sheet",
        "case_file_id": piece.pk,
    }
