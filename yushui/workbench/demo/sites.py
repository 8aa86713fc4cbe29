"""About a hundred and fifty sites, shops and firms: some agreements ran out, some checks found something, the bus
station counts its tickets. A stream of chance of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from yushui.accounts.models import User
from yushui.base.evidence import Sent
from yushui.places.models import Unit
from yushui.sites.models import Site
from yushui.sites.services.bulk import PastCheck, PastSite, take_over_sites
from yushui.sites.services.kinds import set_kind
from yushui.sites.services.places import add_site_evidence
from yushui.sites.types import KindDraft, NumberDraft
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.pictures import picture_of, scan_of
from yushui.workbench.demo.towns import COUNTY, list_towns, list_villages

FIRST_NAMES = ("永兴", "聚福", "清溪", "望江", "老兵", "云川", "同心", "家和", "兴隆", "惠民", "百姓", "红星")
TRADES = (
    ("理发店", "凭优待证理发半价"), ("早餐店", "现役军人、优待证九折"), ("超市", "优待证专柜,米油九五折"),
    ("药店", "凭优待证九折,免费量血压"), ("眼镜店", "配镜八折"), ("照相馆", "军人家庭全家福半价"),
    ("汽修店", "工时费八折"), ("宾馆", "凭证件八五折"), ("饭店", "凭优待证九折"), ("洗衣店", "军服免费清洗"),
)  # fmt: skip
FAULTS = ("标识牌脱落", "优待内容未公示", "牌面褪色", "无障碍通道被占", "宣传栏玻璃破损")
# kind, names, offer
COUNTY_SITES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("SQUARE", ("云川双拥广场",), ""), ("STREET", ("双拥路示范街", "建军街"), ""), ("PARK", ("云川双拥主题公园",), ""),
    ("MONUMENT", ("军民鱼水情标志碑", "渡江英雄碑"), ""), ("EXHIBITION", ("云川县双拥陈列室",), ""),
    ("DEFENCE_BASE", ("县民兵训练基地国防教育馆", "云川中学国防教育馆"), ""), ("PATRIOT_BASE", ("云川县革命史馆",), ""),
    ("MARTYRS_PARK", ("云川县烈士陵园",), ""), ("MEMORIAL_HALL", ("望江渡口纪念亭",), ""),
    ("HONOUR_HOME", ("云川县光荣院",), ""), ("CARE_HOSPITAL", ("云川县优抚医院",), ""),
    ("FIXED_HOSPITAL", ("云川县人民医院", "云川县中医院"), "一优二免八减半:优先就诊,免挂号费、注射费,八项检查减半"),
    ("CARE_CLINIC", ("县人民医院优抚门诊室", "县中医院优抚门诊室"), "优先就诊"),
    ("CARE_WARD", ("县人民医院优抚病房",), "床位费减半"),
    ("SCENIC", ("云台山景区", "清溪湿地公园"), "凭优待证免首道门票"),
    ("BANK_OFFER", ("云川农商银行总行营业部",), "优先叫号,免工本费"),
    ("BUS_LINE", ("1 路拥军公交", "6 路拥军公交", "城乡 2 线拥军公交"), "现役军人、残疾军人免费"),
    ("TICKET_WINDOW", ("云川汽车客运站军人优先窗口",), "残疾军人半价"),
    ("WAITING_ROOM", ("云川汽车客运站军人候车室",), ""),
)  # fmt: skip
NUMBERS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "MARTYRS_PARK": (("graves", 186, 186),), "MARTYRS_GRAVES": (("graves", 1, 6),),
    "HONOUR_HOME": (("beds", 60, 60), ("residents", 31, 44)), "CARE_WARD": (("beds", 6, 12),),
    "CARE_HOSPITAL": (("beds", 120, 120),),
    "BUS_LINE": (("buses", 8, 14),), "EXHIBITION": (("exhibits", 20, 60),),
}  # fmt: skip
MONTHLY = {"TICKET_WINDOW": ("disabled_tickets", 140, 230), "BUS_LINE": ("free_rides", 800, 2600)}
SIGNED = {"SHOP", "FIRM", "SCENIC", "BANK_OFFER", "FIXED_HOSPITAL", "CARE_CLINIC", "CARE_WARD", "BUS_LINE"}


def open_sites(*, actor: User, seed: int, today: date, at: datetime) -> None:
    """All sites of the county and its towns."""
    rng = Random(f"{seed}-sites")
    towns = list_towns()
    seat = next(code for code, name in towns if name == "城关街道")
    homes = dict(Unit.objects.filter(kind__in=("HONOUR_HOME", "CARE_HOSPITAL")).values_list("name", "pk"))
    sites = [
        drawn(
            rng, today, kind, name, seat if kind in {"SCENIC", "TICKET_WINDOW"} else COUNTY[0], offer, homes.get(name)
        )
        for kind, names, offer in COUNTY_SITES
        for name in names
    ]
    for code, town in towns:
        sites.append(drawn(rng, today, "SIGN_WINDOW", f"{town}便民服务中心军人优先窗口", code, "优先办理"))
        sites.append(drawn(rng, today, "CARE_CLINIC", f"{town}卫生院优抚门诊室", code, "优先就诊,免挂号费"))
        if rng.random() < 0.6:
            sites.append(drawn(rng, today, "SQUARE", f"{town}双拥小广场", code, ""))
    sites += shops(rng, today)
    firms = Unit.objects.filter(kind="ENTERPRISE", ends_on=None).order_by("pk").values_list("pk", "name", "area_id")
    sites += [
        drawn(rng, today, "FIRM", name, area, "退役军人优先招用,重大节日慰问驻军", unit_id=pk)
        for pk, name, area in firms
    ]
    sites += own_sites(actor, rng, today, at)
    take_over_sites(actor=actor, sites=sites, at=at)
    keep_scans(actor, at)


def own_sites(actor: User, rng: Random, today: date, at: datetime) -> list[PastSite]:
    """A kind that the county added itself, with a number by month."""
    numbers = (NumberDraft(name="优惠加油", unit="车次", monthly="1"),)
    kind = set_kind(actor=actor, draft=KindDraft("拥军加油站", "OFFER", True, "6", numbers), at=at)
    key, month = f"{kind.pk}_1".lower(), today.year * 12 + today.month - 1
    found = []
    for code, town in list_towns()[:3]:
        site = drawn(rng, today, kind.pk, f"{town}加油站", code, "凭优待证每升减两角", signed=True)
        counts = tuple((key, back, rng.randint(20, 90)) for back in range(month - 12, month))
        found.append(replace(site, numbers=counts))
    return found


def keep_scans(actor: User, at: datetime) -> None:
    """Scans of the newest agreements of some shops, photos of some squares; the others lack theirs."""
    standing = Site.objects.filter(ends_on=None).order_by("pk")
    for number, site in enumerate([*standing.filter(kind="SHOP")[:9], *standing.filter(kind="SQUARE")[:3]]):
        picture = scan_of(100 + number) if site.kind_id == "SHOP" else picture_of(100 + number)
        name = f"{site.name}{'协议' if site.kind_id == 'SHOP' else ''}.jpg"
        add_site_evidence(actor=actor, site_id=site.pk, sent=[Sent(content=picture, name=name)], at=at)


def shops(rng: Random, today: date) -> list[PastSite]:
    """Sixty-odd shops and some graves in villages; most of the shops in the county's seat."""
    villages = list_villages()
    seat = [village for village in villages if village.town == "城关街道"]
    found: list[PastSite] = []
    taken = set()
    while len(found) < 64:
        village = rng.choice(seat if rng.random() < 0.5 else villages)
        trade, offer = rng.choice(TRADES)
        name = f"{rng.choice(FIRST_NAMES)}{trade}"
        if (village.code, name) not in taken:
            taken.add((village.code, name))
            found.append(drawn(rng, today, "SHOP", name, village.code, offer))
    for village in rng.sample(villages, 14):
        found.append(drawn(rng, today, "MARTYRS_GRAVES", f"{village.name}烈士墓", village.code, ""))
    return found


def drawn(
    rng: Random,
    today: date,
    kind: str,
    name: str,
    area: str,
    offer: str,
    unit_id: int | None = None,
    signed: bool = False,
) -> PastSite:
    """One site with what happened to it."""
    since = date(2018, 3, 1) + timedelta(days=rng.randrange(1900))
    agreements: tuple[tuple[date, date], ...] = ()
    if signed or kind in SIGNED:
        end = today + timedelta(days=rng.randrange(-70, 640))  # about one in ten ran out
        agreements = ((end - timedelta(days=1460), end - timedelta(days=730)), (end - timedelta(days=730), end))
        agreements = agreements[rng.randrange(2) :]
        since = agreements[0][0]
    checks = []
    for back in sorted((rng.randrange(5, 400) for _ in range(rng.randrange(1, 4))), reverse=True):
        fault = rng.choice(FAULTS) if rng.random() < 0.14 else ""
        on = max(today - timedelta(days=back), since)
        mended = on + timedelta(days=rng.randrange(3, 30)) if fault and rng.random() < 0.6 else None
        mended = mended if mended and mended <= today else None
        checks.append(PastCheck(on, invent_name(rng, rng.choice("MF"), 1985), fault, mended))
    numbers = [(key, 0, rng.randint(low, high)) for key, low, high in NUMBERS.get(kind, ())]
    if kind in MONTHLY:
        key, low, high = MONTHLY[kind]
        month = today.year * 12 + today.month - 1
        numbers += [(key, back, rng.randint(low, high)) for back in range(month - 23, month)]
    return PastSite(
        kind=kind, name=name, area_code=area, since=since, offer=offer, unit_id=unit_id, agreements=agreements,
        contact_name=invent_name(rng, rng.choice("MF"), 1980) if kind in SIGNED else "",
        plate=f"云拥〔{since.year}〕{rng.randrange(1, 99):02d} 号" if kind in {"SHOP", "FIRM"} else "",
        checks=tuple(checks), numbers=tuple(numbers),
    )  # fmt: skip
