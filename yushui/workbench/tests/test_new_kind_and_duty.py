"""A new kind and a new duty without code, by the steps of docs/how-to/add-a-kind-and-a-duty.md, through the forms."""

from __future__ import annotations

import pytest
from django.test import Client

from yushui.activities.models import Activity, ActivityKind
from yushui.indicators.selectors.values import values_of
from yushui.people.tests.factories import COUNTY, TOWN
from yushui.places.models import Unit
from yushui.plans.models import DutyKind
from yushui.plans.selectors.counters import get_grid
from yushui.plans.tests.factories import TODAY, clerk, desk, key, make_office

Units = dict[str, Unit]


@pytest.fixture
def units(db: None, monkeypatch: pytest.MonkeyPatch) -> Units:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-10")
    return make_office()


def test_a_new_kind_and_a_new_duty_count_everywhere_at_once(units: Units, client: Client) -> None:
    # step 1: the kind
    client.force_login(desk())
    typed = {
        "name": "双拥工作例会", "chapter": "ORGANISATION", "direction": "LOCAL", "measure": "人次", "words": "例会",
        "m_key": [""], "m_name": [""], "m_unit": [""], "m_decimals": ["0"],
    }  # fmt: skip
    client.post("/kinds/set-kind/", typed)
    kind = ActivityKind.objects.get(area_code=COUNTY)
    # step 2: the duty
    assert "双拥工作例会" in client.get("/duties/set-duty/").content.decode()
    asked = {
        "name": "乡镇每季度例会", "owes": "TOWN", "rhythm": "QUARTER", "times": "1", "measure": "次", "by": "ACTIVITY",
        "reach": "OWN", "kinds": [kind.pk], "source": "县双拥办〔2026〕3号",
    }  # fmt: skip
    client.post("/duties/set-duty/", asked)
    duty = DutyKind.objects.get(area_code=COUNTY)
    # step 3: a town records one, and holds one as a meeting, for the name says 会
    client.force_login(clerk())
    assert "双拥工作例会" in client.get("/activities/record-activity/?find=例会", follow=True).content.decode()
    client.post(
        "/activities/record-activity/", {"kind": kind.pk, "on": "2026-02-03", "heads": "20", "client_key": key()}
    )
    assert "双拥工作例会" in client.get("/meetings/plan-meeting/").content.decode()
    page = client.post("/meetings/plan-meeting/", {"kind": kind.pk, "on": "2026-07-06", "client_key": key()})[
        "Location"
    ]
    client.post(f"{page}hold-meeting/", {"on": "2026-07-06", "heads": "18", "revision": "1", "client_key": key()})
    # step 4: it stands in lists, counters and figures
    assert Activity.objects.filter(kind=kind, area_id=TOWN).count() == 2
    assert client.get(f"/activities/?kind={kind.pk}").content.decode().count("双拥工作例会</a>") == 2
    standing = get_grid(actor=desk(), owes="TOWN", year=2026, on=TODAY).cells[duty.pk, TOWN].standing
    assert (standing.done, standing.missed, standing.left) == (2, 1, 0)
    shown = client.get(f"/duties/{duty.pk}/?year=2026&ower={TOWN}").content.decode()
    assert "乡镇每季度例会" in shown
    assert shown.count("双拥工作例会</a>") == 2
    figures = values_of(actor=desk(), area_code=COUNTY, year=2026, on=TODAY)
    own = [value for name, value in figures.items() if kind.pk.lower() in name.lower()]
    assert sorted(value.number or 0 for value in own) == [2, 38]
    assert figures["meetings_held"].number == 1
