"""Units of the county and who leads them: leading groups at every level, member units, stations with their five things,
garrisons, volunteer teams; and the changes of two years. Garrison units carry open names that say nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from yushui.accounts.models import User
from yushui.places import services as places
from yushui.places.models import Post, UnitKind
from yushui.places.services.takeover import PastPost, PastUnit
from yushui.places.types import (
    FIVE_NAMES,
    LIAISON,
    LIAISON_LEADER,
    MODEL,
    VOLUNTEER,
    PostDraft,
    PostMove,
    TransferDraft,
    UnitDraft,
)
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.staff import FIXED
from yushui.workbench.demo.towns import COUNTY, list_towns, list_villages

GROUP, OFFICE, BUREAU = "云川县双拥工作领导小组", "云川县双拥工作领导小组办公室", "云川县退役军人事务局"
TEAM = "云川县老兵志愿服务队"
MEMBERS = (
    "县委办公室", "县政府办公室", "县委组织部", "县委宣传部", "县人民武装部", "县发展和改革局", "县教育局", "县公安局",
    "县民政局", "县司法局", "县财政局", "县人力资源和社会保障局", "县自然资源局", "县住房和城乡建设局", "县交通运输局",
    "县农业农村局", "县商务局", "县文化和旅游局", "县卫生健康局", "县应急管理局", "县医疗保障局", "县总工会", "团县委",
    "县妇女联合会", "县工商业联合会",
)  # fmt: skip
# (kind, name, village or town, leader of the county who keeps contact with it)
GARRISONS = (
    ("驻云川某部", "县委常委、组织部部长"), ("县人民武装部机关", "县委常委、办公室主任"),
    ("武警云川中队", "县委常委、政法委书记"), ("县消防救援大队", "县政府党组成员"),
)  # fmt: skip
LEGAL_POINTS = ("县法院涉军维权合议庭", "县法律援助中心军人军属工作站", "县退役军人服务中心维权工作站")
OTHERS = (
    (UnitKind.ENTERPRISE, "云川县农商银行"), (UnitKind.ENTERPRISE, "云川纺织有限公司"),
    (UnitKind.ENTERPRISE, "清溪食品有限公司"), (UnitKind.SCHOOL, "云川县第一中学"), (UnitKind.SCHOOL, "石桥镇中心小学"),
    (UnitKind.HOSPITAL, "云川县人民医院"), (UnitKind.HOSPITAL, "云川县中医医院"),
    (UnitKind.TRANSPORT, "云川汽车客运总站"), *((UnitKind.LEGAL_POINT, name) for name in LEGAL_POINTS),
)  # fmt: skip
HOMES = ((UnitKind.HONOUR_HOME, "云川县光荣院"), (UnitKind.CARE_HOSPITAL, "云川县优抚医院"))
# Units of every kind with a leading group of their own: (unit, what its head is called).
GROUPS_IN_UNITS = (
    (BUREAU, "局长"), ("县教育局", "局长"), ("县妇女联合会", "主席"), ("云川纺织有限公司", "总经理"),
    ("云川汽车客运总站", "站长"), ("云川县第一中学", "校长"), ("云川县人民医院", "院长"),
)  # fmt: skip
COUNTY_SEATS = (
    ("组长", "县委书记"), ("常务副组长", "县委副书记、县长"), ("副组长", "县委常委、人武部政委"),
    ("副组长", "县委副书记"), ("副组长", "副县长"),
)  # fmt: skip
TOWN_SEATS = (
    ("组长", "党委书记"), ("副组长", "镇长"), ("副组长", "人武部部长"), ("成员", "宣传委员"), ("成员", "民政办主任"),
    ("成员", "派出所所长"), ("成员", "卫生院院长"), ("办公室主任", "退役军人服务站站长"),
)  # fmt: skip
STREET = {"党委书记": "党工委书记", "镇长": "办事处主任"}


@dataclass
class Cast:
    """Invented people: leaders and volunteers bear names that nobody else in the county's offices bears."""

    rng: Random
    since: date
    taken: set[str] = field(default_factory=set)
    accounts: dict[str, tuple[int, str]] = field(default_factory=dict)  # unit → account of its own person
    heads: dict[str, str] = field(default_factory=dict)  # unit → who leads it

    def name(self, born: int = 1975) -> str:
        """A name not given before."""
        name = invent_name(self.rng, self.rng.choice("MMF"), born)
        while name in self.taken:
            name = invent_name(self.rng, self.rng.choice("MMF"), born)
        self.taken.add(name)
        return name

    def phone(self) -> str:
        """Eleven digits that begin with 120: no carrier has them."""
        return f"120{self.rng.randrange(10**8):08d}"

    def post(self, title: str, office: str = "", *, name: str = "", user_id: int | None = None) -> PastPost:
        """A post held since the county keeps this list."""
        return PastPost(title, name or self.name(), self.since, office, user_id=user_id)

    def own(self, unit: str, title: str, office: str = "") -> PastPost:
        """A post of the person whose account names this unit, or of somebody invented."""
        user_id, name = self.accounts.get(unit, (None, ""))
        return self.post(title, office, name=name, user_id=user_id)

    def unit(self, name: str, kind: UnitKind, area: str, **more: object) -> PastUnit:
        """A unit with contact and phone."""
        posts: tuple[PastPost, ...] = more.get("posts", ())  # type: ignore[assignment]
        contact = next((p.holder_name for p in posts if p.title == LIAISON), posts[0].holder_name if posts else "")
        has_contact = bool(contact) and kind != UnitKind.LEADING_GROUP
        draft = UnitDraft(
            name, kind, area, starts_on=self.since.isoformat(), contact_name=contact if has_contact else "",
            phone=self.phone() if has_contact else "",
        )  # fmt: skip
        return PastUnit(draft, **more)  # type: ignore[arg-type]


def add_units(*, actor: User, rng: Random, today: date, at: datetime) -> dict[str, int]:
    """Insert all units with their posts, then let the changes of two years happen; ids by name."""
    cast = Cast(rng, date(today.year - 4, 3, 1), {name for _, name, *_ in FIXED})
    users = User.objects.exclude(unit_name="").order_by("-id").values_list("unit_name", "id", "full_name")
    cast.accounts = {unit: (pk, name) for unit, pk, name in users}
    cast.taken |= {name for _, name in cast.accounts.values()}
    units = [*county_units(cast), *town_units(cast), *station_units(cast), *groups_in_units(cast)]
    units += [cast.unit(name, kind, COUNTY[0], posts=(cast.post("院长"), cast.post(LIAISON))) for kind, name in HOMES]
    ids = places.take_over_units(actor=actor, units=units, at=at)
    change_posts(actor, cast, ids, today, at)
    return ids


def county_units(cast: Cast) -> list[PastUnit]:
    """Member units, bureau, garrisons, others, the volunteers, and last the county's group with its office."""
    county = COUNTY[0]
    found = [
        cast.unit(name, UnitKind.MEMBER, county, posts=(
            cast.post("分管领导", "副职领导"), cast.own(name, LIAISON, "办公室工作人员"),
        )) for name in MEMBERS
    ]  # fmt: skip
    fixed = {name: (title, pk) for pk, name, title in fixed_people(BUREAU)}
    bureau = [cast.post(title, name=name, user_id=pk) for name, (title, pk) in fixed.items()]
    found.append(cast.unit(BUREAU, UnitKind.BUREAU, county, posts=tuple(bureau)))
    for name, leader in GARRISONS:
        posts = (cast.post(LIAISON_LEADER, leader), cast.post(LIAISON, "部队联络员"))
        found.append(cast.unit(name, UnitKind.GARRISON, county, posts=posts))
    found += [cast.unit(name, kind, county, posts=(cast.post(LIAISON),)) for kind, name in OTHERS]
    team = [cast.post("队长", "退役军人"), *(cast.post(VOLUNTEER, "退役军人") for _ in range(29))]
    found.append(cast.unit(TEAM, UnitKind.VOLUNTEERS, county, parent=BUREAU, posts=tuple(team)))
    seats = [cast.post(title, office) for title, office in COUNTY_SEATS]
    cast.heads |= {name: cast.name() for name in MEMBERS[:16]} | {BUREAU: "沈国栋"}
    seats += [cast.post("成员", f"{name}主要负责人", name=cast.heads[name]) for name in MEMBERS[:16]]
    seats.append(cast.post("办公室主任", f"{BUREAU}局长", name="沈国栋"))
    found.append(cast.unit(GROUP, UnitKind.LEADING_GROUP, county, posts=tuple(seats), members=(*MEMBERS, BUREAU)))
    office = (cast.post("主任", f"{BUREAU}局长", name="沈国栋"), cast.post("副主任"), cast.post(LIAISON))
    found.append(cast.unit(OFFICE, UnitKind.OFFICE, county, parent=GROUP, posts=office))
    return found


def fixed_people(unit: str) -> list[tuple[int, str, str]]:
    """(id, name, title) of the fixed accounts of a unit, but for the administrator."""
    rows = User.objects.filter(unit_name=unit, username__in=[row[0] for row in FIXED]).exclude(username="admin")
    return list(rows.order_by("id").values_list("id", "full_name", "title"))


def town_units(cast: Cast) -> list[PastUnit]:
    """A leading group and a volunteer team in each town; groups in the first two villages of every third town."""
    found = []
    villages = list_villages()
    for number, (code, town) in enumerate(list_towns()):
        name = town.removesuffix("街道").removesuffix("镇").removesuffix("乡")
        offices = STREET if town.endswith("街道") else {}
        seats = tuple(cast.post(title, f"{town}{offices.get(office, office)}") for title, office in TOWN_SEATS)
        found.append(cast.unit(f"{town}双拥工作领导小组", UnitKind.LEADING_GROUP, code, posts=seats))
        size = cast.rng.randint(8, 14)
        team = (cast.post("队长", f"{name}退役军人"), *(cast.post(VOLUNTEER) for _ in range(size)))
        found.append(cast.unit(f"{town}拥军志愿服务队", UnitKind.VOLUNTEERS, code, posts=team))
        if number % 3 == 0:
            for village in [each for each in villages if each.code[:9] == code[:9]][:2]:
                seats = (
                    cast.post("组长", "党支部书记"), cast.post("副组长", "村委会副主任"), cast.post("成员", "民兵连长"),
                    cast.post("成员", "妇联主席"),
                )  # fmt: skip
                group = f"{village.name}双拥工作小组"
                found.append(cast.unit(group, UnitKind.LEADING_GROUP, village.code, posts=seats))
    return found


def station_units(cast: Cast) -> list[PastUnit]:
    """A station in every town and village; people and funds are wanting in some."""
    found = []
    sites = [*list_towns(), *((village.code, village.name) for village in list_villages())]
    for code, place in sites:
        name = f"{place}退役军人服务站"
        of_town = code.endswith("000")
        posts = (
            cast.post("站长", f"{place}{'副镇长' if of_town else '党支部书记'}"),
            cast.own(name, "工作人员" if of_town else LIAISON),
        )
        lacks = [key for key in FIVE_NAMES if cast.rng.random() < (0.02 if of_town else 0.05)]
        has = [key for key in FIVE_NAMES if key not in lacks]
        model = [MODEL] if not lacks and cast.rng.random() < (0.35 if of_town else 0.08) else []
        checked = date(cast.since.year + 3, cast.rng.randint(3, 11), cast.rng.randint(1, 28))
        found.append(cast.unit(
            name, UnitKind.STATION, code, parent=BUREAU if of_town else "", posts=posts, has=(*has, *model),
            five_on=checked,
        ))  # fmt: skip
    return found


def groups_in_units(cast: Cast) -> list[PastUnit]:
    """Leading groups inside a bureau, a company, a bus station, a women's federation, a school, a hospital."""
    found = []
    for unit, head in GROUPS_IN_UNITS:
        seats = (
            cast.post("组长", f"{unit}{head}", name=cast.heads.get(unit, "")), cast.post("副组长", f"{unit}副职领导"),
            *(cast.post("成员", "科室负责人") for _ in range(3)), cast.post(LIAISON, "办公室工作人员"),
        )  # fmt: skip
        found.append(cast.unit(f"{unit}双拥工作领导小组", UnitKind.LEADING_GROUP, COUNTY[0], parent=unit, posts=seats))
    return found


def change_posts(actor: User, cast: Cast, ids: dict[str, int], today: date, at: datetime) -> None:
    """What changed in two years: a new county head, a town's secretary who leaves three bodies at once, and more."""
    first, second = ids["汊河镇双拥工作领导小组"], ids["汊河镇拥军志愿服务队"]
    secretary = Post.objects.get(unit=first, title="组长", ends_on=None)
    for unit, title in ((second, "名誉队长"), (ids[GROUP], "成员")):
        draft = PostDraft(title, secretary.holder_name, "汊河镇党委书记", cast.since.isoformat())
        places.appoint(actor=actor, unit_id=unit, draft=draft, at=at)
    changes: list[tuple[int, str, str, list[tuple[str, str, str]]]] = [
        (620, "县委领导分工调整", "云双拥〔{year}〕2号", [(GROUP, "组长", ""), (GROUP, "副组长", "")]),
        (430, "换届", "", [("县妇女联合会双拥工作领导小组", "组长", "")]),
        (350, "人事变动", "石政发〔{year}〕11号", [("石桥镇双拥工作领导小组", "副组长", ""),
                                             ("石桥镇双拥工作领导小组", "成员", "")]),
        (150, "人事变动", "", [("云川纺织有限公司双拥工作领导小组", "副组长", "")]),
    ]  # fmt: skip
    for number, (days, reason, paper, seats) in enumerate(changes):
        posts = [one_in(ids[group], title) for group, title, _ in seats]
        moves = tuple(PostMove(post.pk, cast.name(), post.office) for post in posts)
        transfer(actor, at, today - timedelta(days=days), reason, paper, moves, number)
    for number, (days, name, reason, paper) in enumerate((
        (240, secretary.holder_name, "汊河镇党委书记调离", "云双拥〔{year}〕4号"),
        (75, cast.heads["县教育局"], "县教育局主要负责人调整", "云双拥〔{year}〕9号"),
    ), start=90):  # fmt: skip
        heir = cast.name()
        leaving = Post.objects.filter(holder_name=name, ends_on=None).order_by("id")
        moves = tuple(PostMove(post.pk, heir, post.office) for post in leaving)
        transfer(actor, at, today - timedelta(days=days), reason, paper, moves, number)


def one_in(unit: int, title: str) -> Post:
    """The last who holds this title in a unit."""
    return Post.objects.filter(unit=unit, title=title, ends_on=None).order_by("id").last()  # type: ignore[return-value]


def transfer(
    actor: User, at: datetime, on: date, reason: str, paper: str, moves: tuple[PostMove, ...], number: int
) -> None:
    """One change."""
    key, words = f"demo-change-{number:04d}", paper.format(year=on.year)
    draft = TransferDraft(on=on.isoformat(), reason=reason, number=words, moves=moves, client_key=key)
    places.transfer_posts(actor=actor, draft=draft, at=at)
