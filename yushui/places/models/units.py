"""Units that stand in areas, who holds their posts from when to when, and what they must have."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.base.revisions import Revised
from yushui.places import types
from yushui.places.models.areas import Area


class UnitKind(models.TextChoices):
    OFFICE = "OFFICE", "双拥办"
    BUREAU = "BUREAU", "退役军人事务局"
    STATION = "STATION", "退役军人服务站"
    LEADING_GROUP = "LEADING_GROUP", "双拥工作领导小组"
    MEMBER = "MEMBER", "成员单位"
    GARRISON = "GARRISON", "驻军单位"
    GOVERNMENT = "GOVERNMENT", "党委政府"
    COMMUNITY = "COMMUNITY", "村(社区)"
    FEDERATION = "FEDERATION", "群团组织"
    TRANSPORT = "TRANSPORT", "车站码头机场"
    ENTERPRISE = "ENTERPRISE", "企业"
    SCHOOL = "SCHOOL", "学校"
    HOSPITAL = "HOSPITAL", "医院"
    CARE_HOSPITAL = "CARE_HOSPITAL", "优抚医院"
    HONOUR_HOME = "HONOUR_HOME", "光荣院"
    VOLUNTEERS = "VOLUNTEERS", "志愿服务队"
    LEGAL_POINT = "LEGAL_POINT", "涉军维权站点"


class Unit(Revised):
    """A unit (单位) in an area. Garrison units carry only the open name the county itself uses.

    A leading group (领导小组) is a unit too; `parent` is the unit it was formed in, for a county's or town's own none.
    """

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=UnitKind)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "name"], name="one_unit_by_name"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="unit_span_forward"
            ),
        ]
        indexes = [models.Index(fields=["kind", "area"])]


class UnitDuty(models.Model):
    """What a member unit answers for (成员单位职责); the county's own words override the list it began with."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties")
    text = models.CharField(max_length=200)
    source = models.CharField(max_length=120, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "place"], name="one_duty_by_place")]


class PostChange(models.Model):
    """One change of posts in one or several units (人事调整): a day, a reason, a paper. All of it or nothing."""

    on = models.DateField()
    reason = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)  # of the paper (文号)
    client_key = models.CharField(max_length=36, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)


class ChangedUnit(models.Model):
    """A unit whose posts a change touched."""

    change = models.ForeignKey(PostChange, on_delete=models.PROTECT, related_name="touched")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="changes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "unit"], name="touched_once_by_a_change")]


class Post(models.Model):
    """A post (职务) in a unit, held by someone from a day to a day; `office` is what the holder is elsewhere."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    user_id = models.BigIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=120, blank=True)  # of leaving
    opened_by = models.ForeignKey(PostChange, on_delete=models.PROTECT, null=True, related_name="opened")
    closed_by = models.ForeignKey(PostChange, on_delete=models.PROTECT, null=True, related_name="closed")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="post_span_forward"),
            models.UniqueConstraint(
                fields=["unit", "title", "holder_name"], condition=Q(ends_on=None), name="post_held_once_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["holder_name"]), models.Index(fields=["user_id"])]


class GroupMember(models.Model):
    """A member unit (成员单位) of a leading group, from a day to a day."""

    group = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="member_span_forward"
            ),
            models.UniqueConstraint(fields=["group", "unit"], condition=Q(ends_on=None), name="member_once_at_a_time"),
        ]


class StationFact(models.Model):
    """Whether a service station had one of the five things (五有), or was a model one (示范型), from a day on; the
    newest answer holds."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="five")
    key = models.CharField(max_length=10, choices=list(types.STATION_NAMES.items()))
    holds = models.BooleanField()
    on = models.DateField()
    note = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_name = models.CharField(max_length=40, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], condition=Q(superseded_at=None), name="one_answer_in_force")
        ]
