"""A shop of the village with an agreement, a check that found something and a photo; a boundary."""

from __future__ import annotations

import json
from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.sites.models import SiteEvidence
from yushui.sites.services import boundaries, checks, kinds, places
from yushui.sites.types import AgreementDraft, CheckDraft, KindDraft, SiteDraft

RING = [[118.0, 30.0], [119.0, 30.0], [119.0, 31.0], [118.0, 31.0], [118.0, 30.0]]
SHAPE = {"type": "Feature", "properties": {"name": "石桥镇"}, "geometry": {"type": "Polygon", "coordinates": [RING]}}
BOUNDARY = json.dumps({"type": "FeatureCollection", "features": [SHAPE]})  # invented


def build(*, village: str, photo: StoredFile, today: date, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk = User.objects.get(username="desk")
    kind = kinds.set_kind(actor=desk, draft=KindDraft(name="拥军茶馆", group="OFFER", signed=True), at=at)
    draft = SiteDraft(kind="SHOP", name="北洲理发店", area_code=village, point="118.5,30.5", client_key="of-the-world")
    site = places.add_site(actor=desk, draft=draft, at=at)
    agreement = AgreementDraft(today.isoformat(), f"{today.year + 1}-12-31", "", "凭优待证九折", "of-the-world")
    places.sign_agreement(actor=desk, site_id=site.pk, draft=agreement, at=at)
    seen = CheckDraft(today.isoformat(), "FOUND", "陈秀兰", "标识牌脱落", "of-the-world")
    check = checks.check_site(actor=desk, site_id=site.pk, draft=seen, at=at)
    piece = SiteEvidence.objects.create(site=site, file=photo, title="门头.jpg", added_at=at)
    boundaries.set_boundary(
        actor=desk, content=BOUNDARY.encode(), name="边界.geojson", approver="市自然资源局", number="示例 1 号",
        approved_on=today.isoformat(), at=at,
    )  # fmt: skip
    return {
        "site_id": site.pk, "check_id": check.pk, "site_piece_id": piece.pk, "site_kind_code": kind.pk,
    }  # fmt: skip
