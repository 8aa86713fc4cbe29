"""Units of the county and who leads them. Garrison units carry open names that say nothing."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from yushui.accounts.models import User
from yushui.places import services as places
from yushui.places.models import UnitKind
from yushui.places.types import PostDraft, UnitDraft
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.towns import COUNTY, list_towns

MEMBERS = (
    "县委宣传部", "县人民武装部", "县发展和改革局", "县教育局", "县公安局", "县民政局", "县司法局", "县财政局",
    "县人力资源和社会保障局", "县自然资源局", "县住房和城乡建设局", "县交通运输局", "县农业农村局", "县商务局",
    "县文化和旅游局", "县卫生健康局", "县应急管理局", "县医疗保障局", "县总工会", "团县委", "县妇女联合会",
)  # fmt: skip
OTHERS = (
    (UnitKind.OFFICE, "云川县双拥工作领导小组办公室"), (UnitKind.BUREAU, "云川县退役军人事务局"),
    (UnitKind.GARRISON, "驻云川某部"), (UnitKind.GARRISON, "县人民武装部机关"), (UnitKind.GARRISON, "武警云川中队"),
    (UnitKind.GARRISON, "县消防救援大队"), (UnitKind.ENTERPRISE, "云川县农商银行"),
    (UnitKind.ENTERPRISE, "云川纺织有限公司"),
    (UnitKind.ENTERPRISE, "清溪食品有限公司"), (UnitKind.SCHOOL, "云川县第一中学"), (UnitKind.SCHOOL, "石桥镇中心小学"),
    (UnitKind.HOSPITAL, "云川县人民医院"), (UnitKind.HOSPITAL, "云川县中医医院"),
    (UnitKind.VOLUNTEERS, "云川县老兵志愿服务队"),
    (UnitKind.VOLUNTEERS, "石桥镇拥军志愿服务队"),
)  # fmt: skip


def add_units(*, actor: User, rng: Random, today: date, at: datetime) -> dict[str, int]:
    """Insert all units with their posts; ids by name."""
    since = date(today.year - 4, 3, 1)
    found: dict[str, int] = {}

    def add(name: str, kind: UnitKind, area: str, parent: str = "") -> None:
        unit = places.add_unit(
            actor=actor,
            draft=UnitDraft(name, kind, area, str(found.get(parent, "")), starts_on=since.isoformat()),
            at=at,
        )
        found[name] = unit.pk

    group = "云川县双拥工作领导小组"
    add(group, UnitKind.LEADING_GROUP, COUNTY[0])
    for kind, name in OTHERS:
        add(name, kind, COUNTY[0], group if kind == UnitKind.OFFICE else "")
    for name in MEMBERS:
        add(name, UnitKind.MEMBER, COUNTY[0], group)
    for code, town in list_towns():
        add(f"{town}退役军人服务站", UnitKind.STATION, code, "云川县退役军人事务局")
    for title in ("组长", "副组长", "副组长", *("成员",) * 8):
        places.appoint(
            actor=actor,
            unit_id=found[group],
            draft=PostDraft(title, invent_name(rng, rng.choice("MMMF"), 1970), starts_on=since.isoformat()),
            at=at,
        )
    for name in MEMBERS:
        draft = PostDraft("联络员", invent_name(rng, rng.choice("MF"), 1980), starts_on=since.isoformat())
        places.appoint(actor=actor, unit_id=found[name], draft=draft, at=at)
    return found
