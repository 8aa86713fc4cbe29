"""Goods in stock (慰问物资): what there is, where it lies, how it got there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.base.revisions import Revised
from yushui.funds.types import goods as types
from yushui.people.models import Person
from yushui.places.models import Area, Unit


class GoodsItem(Revised):
    """A sort of goods, e.g. 大米(袋); `worth_fen` a piece is what the next move begins with. `area` keeps it."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=10)
    worth_fen = models.BigIntegerField(default=0)
    retired = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="one_item_by_name"),
            models.CheckConstraint(condition=Q(worth_fen__gte=0), name="item_worth_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class GoodsPlace(models.Model):
    """Where goods lie: a store (库房), or the hands of those who carry out a campaign, which points here."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)
    sort = models.CharField(max_length=10, choices=list(types.SORT_NAMES.items()))
    retired = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], condition=Q(sort="STORE"), name="one_store_by_name")
        ]
        indexes = [models.Index(fields=["sort", "area"])]

    def __str__(self) -> str:
        return self.name


class GoodsBalance(models.Model):
    """How many pieces of an item lie in a place now. The one number kept beside the moves: its check is what lets
    nobody take more than there is, also when two take at once. It changes with each move, in the same transaction."""

    item = models.ForeignKey(GoodsItem, on_delete=models.PROTECT, related_name="balances")
    place = models.ForeignKey(GoodsPlace, on_delete=models.PROTECT, related_name="balances")
    pieces = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="one_balance_by_place"),
            models.CheckConstraint(condition=Q(pieces__gte=0), name="balance_not_negative"),
        ]
        indexes = [models.Index(fields=["place", "item"])]


class GoodsCount(models.Model):
    """A count of a store (盘点): who counted on which day."""

    place = models.ForeignKey(GoodsPlace, on_delete=models.PROTECT, related_name="counts")
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    client_key = models.CharField(max_length=36, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place", "on"])]


class GoodsCountLine(models.Model):
    """What the books said and what was found of one item, and why they differ."""

    count = models.ForeignKey(GoodsCount, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(GoodsItem, on_delete=models.PROTECT)
    expected = models.BigIntegerField()
    found = models.BigIntegerField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "item"], name="counted_once"),
            models.CheckConstraint(condition=Q(found__gte=0), name="found_not_negative"),
            models.CheckConstraint(condition=Q(found=F("expected")) | ~Q(reason=""), name="difference_has_a_reason"),
        ]

    @property
    def difference(self) -> int:
        """Found less expected."""
        return self.found - self.expected


class GoodsMove(models.Model):
    """So many pieces of an item from a place to a place; None is outside. Never changed (triggers); a mistake is
    answered by a move back that names it. `worth_fen` is what a piece was worth then, `area` who keeps the stock."""

    way = models.CharField(max_length=10, choices=list(types.WAY_NAMES.items()))
    item = models.ForeignKey(GoodsItem, on_delete=models.PROTECT, related_name="moves")
    pieces = models.PositiveIntegerField()
    from_place = models.ForeignKey(GoodsPlace, on_delete=models.PROTECT, null=True, related_name="moves_out")
    to_place = models.ForeignKey(GoodsPlace, on_delete=models.PROTECT, null=True, related_name="moves_in")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    on = models.DateField()
    worth_fen = models.BigIntegerField(default=0)
    party = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="goods")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="goods")
    note = models.CharField(max_length=120, blank=True)
    count = models.ForeignKey(GoodsCount, on_delete=models.PROTECT, null=True, related_name="moves")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pieces__gt=0), name="move_of_something"),
            models.CheckConstraint(
                condition=Q(from_place__isnull=False) | Q(to_place__isnull=False), name="move_touches_a_place"
            ),
            models.CheckConstraint(
                condition=Q(from_place=None) | Q(to_place=None) | ~Q(from_place=F("to_place")), name="move_goes_away"
            ),
            models.CheckConstraint(condition=Q(worth_fen__gte=0), name="move_worth_not_negative"),
            models.CheckConstraint(
                condition=Q(way="REVERSED", reverses__isnull=False) | (~Q(way="REVERSED") & Q(reverses=None)),
                name="reversal_names_its_move",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "on"]),
            models.Index(fields=["on", "id"]),
            models.Index(fields=["item", "on"]),
            models.Index(fields=["from_place", "item"]),
            models.Index(fields=["to_place", "item"]),
            models.Index(fields=["way", "on"]),
        ]

    @property
    def total_fen(self) -> int:
        """What all pieces were worth."""
        return self.pieces * self.worth_fen
