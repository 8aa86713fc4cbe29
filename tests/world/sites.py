"""A shop of the village with an agreement, a check that found something and a photo."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.sites.models import SiteEvidence
from yushui.sites.services import checks, kinds, places
from yushui.sites.types import AgreementDraft, CheckDraft, KindDraft, SiteDraft


def build(*, village: str, photo: StoredFile, today: date, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk = User.objects.get(username="desk")
    kind = kinds.set_kind(actor=desk, draft=KindDraft(name="拥军加油站", group="OFFER", signed=True), at=at)
    draft = SiteDraft(kind="SHOP", name="北洲理发店", area_code=village, client_key="of-the-world")
    site = places.add_site(actor=desk, draft=draft, at=at)
    agreement = AgreementDraft(today.isoformat(), f"{today.year + 1}-12-31", "", "凭优待证九折", "of-the-world")
    places.sign_agreement(actor=desk, site_id=site.pk, draft=agreement, at=at)
    seen = CheckDraft(today.isoformat(), "FOUND", "陈秀兰", "标识牌脱落", "of-the-world")
    check = checks.check_site(actor=desk, site_id=site.pk, draft=seen, at=at)
    piece = SiteEvidence.objects.create(site=site, file=photo, title="门头.jpg", added_at=at)
    return {
        "site_id": site.pk, "check_id": check.pk, "site_piece_id": piece.pk, "site_kind_code": kind.pk,
    }  # fmt: skip
