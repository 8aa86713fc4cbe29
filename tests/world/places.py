"""A leading group of the village with a post, a member unit and a paper, so that a liaison may look at them."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.places import services
from yushui.places.models import PaperEvidence
from yushui.places.services.paper_kinds import set_paper_kind
from yushui.places.types import PaperDraft, PaperKindDraft, PostDraft, TransferDraft, UnitDraft


def build(*, village: str, photo: StoredFile, today: date, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk = User.objects.get(username="desk")
    day = today.isoformat()

    def unit(name: str, kind: str) -> int:
        draft = UnitDraft(name=name, kind=kind, area_code=village, starts_on="2024-01-01")
        return services.add_unit(actor=desk, draft=draft, at=at).pk

    group, committee = unit("北洲村拥军服务小组", "LEADING_GROUP"), unit("北洲村民兵连", "MEMBER")
    post = services.appoint(actor=desk, unit_id=group, draft=PostDraft("组长", "陈树生", "村支书", day), at=at)
    member = services.add_members(actor=desk, group_id=group, unit_ids=[committee], starts_on=day, at=at)[0]
    came = TransferDraft(
        on=day, reason="换届", client_key="change-of-the-world", unit_id=group, additions=(PostDraft("成员", "陈立新"),)
    )
    change = services.transfer_posts(actor=desk, draft=came, at=at)
    kind = set_paper_kind(actor=desk, draft=PaperKindDraft("双拥工作考核办法", "ASSESSMENT"), at=at)
    draft = PaperDraft(
        kind="RULE", unit_id=str(group), title="走访联系制度", issued_on=day, starts_on=day, client_key="of-the-world"
    )
    paper = services.add_paper(actor=desk, draft=draft, sent=(), at=at)
    piece = PaperEvidence.objects.create(paper=paper, file=photo, title="制度.jpg", added_at=at)
    return {
        "unit_id": group,
        "post_id": post.pk,
        "member_id": member.pk,
        "paper_id": paper.pk,
        "paper_kind": kind.pk,
        "piece_id": piece.pk,
        "change_id": change.pk,
    }
