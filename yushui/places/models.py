"""Areas with life spans, and units that stand in them with posts by date."""

from __future__ import annotations

from django.db import models

from yushui.base.area_codes import AreaLevel


class Area(models.Model):
    """A division (行政区划). The twelve-digit code is the path (base/area_codes.py)."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(choices=[(v.value, v.name) for v in AreaLevel])
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    source = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["level", "code"]), models.Index(fields=["name"])]


class UnitKind(models.TextChoices):
    OFFICE = "OFFICE", "双拥办"
    BUREAU = "BUREAU", "退役军人事务局"
    STATION = "STATION", "退役军人服务站"
    LEADING_GROUP = "LEADING_GROUP", "双拥工作领导小组"
    MEMBER = "MEMBER", "成员单位"
    GARRISON = "GARRISON", "驻军单位"
    ENTERPRISE = "ENTERPRISE", "企业"
    SCHOOL = "SCHOOL", "学校"
    HOSPITAL = "HOSPITAL", "医院"
    VOLUNTEERS = "VOLUNTEERS", "志愿服务队"


class Unit(models.Model):
    """A unit (单位) in an area. Garrison units carry only the open name the county itself uses."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=UnitKind)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "kind", "name"], name="one_unit_by_name")]


class Post(models.Model):
    """A post (职务) in a unit, held by someone from a day to a day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=40)
    user_id = models.BigIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")), name="post_span_forward"
            )
        ]
