"""Moving goods: in, out, between places, back. A move is never changed; a mistake is answered by a move back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.base.once import USED
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line
from yushui.funds.models import GoodsBalance, GoodsItem, GoodsMove, GoodsPlace
from yushui.funds.permissions.goods import check_hand_over_goods, check_move_goods
from yushui.funds.rules.goods import MoveFacts, MoveGround, read_move
from yushui.funds.selectors.goods import get_move, left_in, list_items, list_stores, namesakes
from yushui.funds.types.goods import MoveDraft, Way
from yushui.people.models import Person
from yushui.places.models import Unit
from yushui.places.selectors.units import find_unit_by_name

KEYS = {Way.COUNTED: "盘点差异请重新盘点", Way.HANDED: "请在走访台账撤回那条走访"}


@transaction.atomic
def move_goods(*, actor: User, draft: MoveDraft, at: datetime) -> GoodsMove:
    """Take goods in, give them out, carry them to another store, or write them off. The same form twice is one move.

    Raises Refused with all problems, also when there is less than wanted.
    """
    check_move_goods(actor)
    if (known := moved_before(actor, draft.client_key)) is not None:
        return known
    stores = {place.pk: place for place in list_stores(actor=actor)}
    units = dict(list_items(actor=actor).values_list("pk", "unit"))
    names = {pk: place.name for pk, place in stores.items()}
    ground = MoveGround(timezone.localtime(at).date(), units, names, left_in(stores))
    facts, problems = read_move(draft, ground)
    person, unit = receiver(actor, draft, problems)
    if facts is None or problems:
        raise Refused(*problems)
    keeper = stores[facts.from_place_id or facts.to_place_id or 0]
    worth = facts.worth_fen
    if worth is None or facts.from_place_id is not None:
        worth = GoodsItem.objects.values_list("worth_fen", flat=True).get(pk=facts.item_id)
    try:
        with transaction.atomic():
            move = post(actor, facts, worth, keeper.area_id, person=person, unit=unit, at=at)
    except IntegrityError:
        known = moved_before(actor, facts.client_key)
        if known is None:
            raise
        return known
    return move


def moved_before(actor: User, key: str) -> GoodsMove | None:
    """The move that a client key already made; somebody else's key is refused."""
    known = GoodsMove.objects.filter(client_key=key.strip()).first() if key.strip() else None
    if known is not None and known.recorded_by != actor.pk:
        raise Refused(USED)
    return known


def receiver(actor: User, draft: MoveDraft, problems: list[Problem]) -> tuple[Person | None, Unit | None]:
    """Who was given something, when the name is one of ours: a unit by its whole name, else the person of that name.

    Of several people of one name the form must say which.
    """
    if draft.way != Way.GIVEN or not draft.party.strip():
        return None, None
    unit = find_unit_by_name(actor=actor, name=draft.party)
    if unit is not None:
        return None, unit
    people = namesakes(actor=actor, name=draft.party)
    if len(people) > 1:
        people = [person for person in people if str(person.pk) == draft.person_id]
        if not people:
            problems.append(Problem("有几位同名的人", where="发给谁", next_step="请在下面选定是哪一位"))
    return (people[0] if people else None), None


def post(
    actor: User, facts: MoveFacts, worth_fen: int, area_code: str, *, person: Person | None = None,
    unit: Unit | None = None, reverses: GoodsMove | None = None, count_id: int | None = None, at: datetime,
) -> GoodsMove:  # fmt: skip
    """Write one move, its balances and its entry in the log. Balances are taken in one order, so that two never wait
    for each other."""
    changes = [(facts.from_place_id, -facts.pieces), (facts.to_place_id, facts.pieces)]
    for place_id, pieces in sorted((place, n) for place, n in changes if place is not None):
        change_balance(facts.item_id, place_id, pieces)
    move = GoodsMove.objects.create(
        way=facts.way, item_id=facts.item_id, pieces=facts.pieces, from_place_id=facts.from_place_id,
        to_place_id=facts.to_place_id, area_id=area_code, on=facts.on, worth_fen=worth_fen, party=facts.party,
        person=person, unit=unit, note=facts.note, count_id=count_id, reverses=reverses,
        client_key=facts.client_key or None, recorded_at=at, recorded_by=actor.pk, recorded_name=actor.get_full_name(),
    )  # fmt: skip
    audit.record(
        actor=actor, action="funds.goods.moved", subject=move, area_code=area_code, at=at,
        now={"way": move.way, "item": move.item_id, "pieces": move.pieces, "worth_fen": worth_fen},
    )  # fmt: skip
    return move


def change_balance(item_id: int, place_id: int, pieces: int) -> None:
    """Add pieces to what lies in a place; refuses to take more than there is. One statement decides, so of two who
    take at once the second finds what the first left."""
    rows = GoodsBalance.objects.filter(item_id=item_id, place_id=place_id)
    if pieces < 0:
        if rows.filter(pieces__gte=-pieces).update(pieces=F("pieces") + pieces) == 0:
            raise Refused(too_little(item_id, place_id, -pieces))
        return
    if rows.update(pieces=F("pieces") + pieces):
        return
    try:
        with transaction.atomic():
            GoodsBalance.objects.create(item_id=item_id, place_id=place_id, pieces=pieces)
    except IntegrityError:  # somebody was first
        rows.update(pieces=F("pieces") + pieces)


def too_little(item_id: int, place_id: int, wanted: int) -> Problem:
    """What there is, in words."""
    left = left_in([place_id]).get((item_id, place_id), 0)
    item = GoodsItem.objects.get(pk=item_id)
    place = GoodsPlace.objects.get(pk=place_id)
    where = f"“{place.name}”领出的{item.name}" if place.sort == "CAMPAIGN" else f"{place.name}的{item.name}"
    step = "请先领出再送,或核对数量" if place.sort == "CAMPAIGN" else "请核对数量"
    return Problem(f"{where}只剩 {left:,} {item.unit},不够 {wanted:,} {item.unit}", where="慰问品", next_step=step)


@transaction.atomic
def carry_goods(
    *, actor: User, way: Way, item_id: int, pieces: int, store: GoodsPlace, hands: GoodsPlace, on: date, at: datetime
) -> GoodsMove:
    """From a store into the hands of a campaign (TAKEN), or back (BACK)."""
    check_move_goods(actor, store.area_id)
    source, target = (store, hands) if way == Way.TAKEN else (hands, store)
    facts = MoveFacts(way, item_id, source.pk, target.pk, pieces, None, on, hands.name, "", "")
    worth = GoodsItem.objects.values_list("worth_fen", flat=True).get(pk=item_id)
    return post(actor, facts, worth, store.area_id, at=at)


def shortages(hands: GoodsPlace, wanted: Iterable[tuple[int, int]]) -> list[Problem]:
    """What a campaign has too little of, for (item, pieces) each."""
    left = left_in([hands.pk])
    return [too_little(item, hands.pk, n) for item, n in wanted if left.get((item, hands.pk), 0) < n]


@transaction.atomic
def hand_over_goods(
    *, actor: User, hands: GoodsPlace, given: Iterable[tuple[int, int]], person: Person | None = None,
    unit: Unit | None = None, on: date, at: datetime,
) -> list[GoodsMove]:  # fmt: skip
    """Goods of a campaign reach somebody: (item, pieces) each. All of it or nothing; refuses more than there is."""
    check_hand_over_goods(actor)
    wanted = sorted(given)
    if short := shortages(hands, wanted):
        raise Refused(*short)
    worths = dict(GoodsItem.objects.filter(pk__in=[item for item, _ in wanted]).values_list("pk", "worth_fen"))
    party = person.name if person else (unit.name if unit else "")
    return [
        post(
            actor, MoveFacts(Way.HANDED, item, hands.pk, None, pieces, None, on, party, "", ""), worths[item],
            hands.area_id, person=person, unit=unit, at=at,
        )
        for item, pieces in wanted
    ]  # fmt: skip


@transaction.atomic
def reverse_move(*, actor: User, move_id: int, reason: str, at: datetime) -> GoodsMove:
    """Answer a mistaken move by one that goes back, with the reason. Once only; not when the goods have gone on."""
    move = get_move(actor=actor, move_id=move_id)
    check_move_goods(actor, move.area_id)
    problems: list[Problem] = []
    why = read_line(reason, "冲回原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明冲回原因", where="冲回原因", next_step="例如:数量登记错,已重新登记"))
    if move.way == Way.REVERSED:
        problems.append(Problem("冲回的不能再冲回", next_step="请重新登记正确的一笔"))
    if move.way in KEYS:
        problems.append(Problem("这一笔不能在这里冲回", next_step=KEYS[Way(move.way)]))
    if problems:
        raise Refused(*problems)
    return take_back(actor, move, why, at)


@transaction.atomic
def take_back_handed(*, actor: User, moves: Iterable[GoodsMove], reason: str, at: datetime) -> None:
    """The goods of a withdrawn visit lie in the campaign's hands again. The caller judged who may withdraw it."""
    check_hand_over_goods(actor)
    for move in moves:
        if not GoodsMove.objects.filter(reverses=move).exists():
            take_back(actor, move, reason, at)


def take_back(actor: User, move: GoodsMove, reason: str, at: datetime) -> GoodsMove:
    """The move back. The database lets a move be reversed once."""
    facts = MoveFacts(
        Way.REVERSED, move.item_id, move.to_place_id, move.from_place_id, move.pieces, None,
        timezone.localtime(at).date(), move.party, reason, "",
    )  # fmt: skip
    if GoodsMove.objects.filter(reverses=move).exists():
        raise Refused(Problem("这一笔已经冲回过"))
    try:
        with transaction.atomic():
            return post(
                actor, facts, move.worth_fen, move.area_id, person=move.person, unit=move.unit, reverses=move, at=at
            )
    except IntegrityError as error:
        raise Refused(Problem("这一笔刚刚被冲回")) from error


PAST_FIELDS = (
    "id", "way", "item", "pieces", "from_place", "to_place", "area", "on", "worth_fen", "party", "person", "unit",
    "note", "count", "reverses", "client_key", "recorded_at", "recorded_by", "recorded_name",
)  # fmt: skip


@transaction.atomic
def hand_over_many(
    *, actor: User, hands: GoodsPlace, given: Iterable[tuple[int, int, int, str, date]], at: datetime
) -> list[int]:
    """Handed over in many visits at once (work taken over): (item, pieces, person, name, day). Ids of the moves."""
    check_hand_over_goods(actor)
    rows = list(given)
    totals: dict[int, int] = {}
    for item, pieces, *_ in rows:
        totals[item] = totals.get(item, 0) + pieces
    for item, pieces in sorted(totals.items()):
        change_balance(item, hands.pk, -pieces)
    worths = dict(GoodsItem.objects.filter(pk__in=totals).values_list("pk", "worth_fen"))
    first, by = next_id(GoodsMove), (actor.pk, actor.get_full_name())
    common = (hands.pk, None, hands.area_id)
    insert_rows(
        GoodsMove, PAST_FIELDS,
        (
            (
                first + n, Way.HANDED.value, item, pieces, *common, on, worths[item], name, person, None, "", None,
                None, None, at, *by,
            )
            for n, (item, pieces, person, name, on) in enumerate(rows)
        ),
    )  # fmt: skip
    if rows:
        sync_ids(GoodsMove)
    return list(range(first, first + len(rows)))
