"""Kinds of honours: grades of merit, cards, honours of units, selections."""

from __future__ import annotations

from django.db import models

from yushui.base.kinds import Kind
from yushui.honours import types


class HonourKind(Kind):
    """A kind from catalogue/honour_kinds.yaml, or added by a county.

    Of a merit: who delivers the good news (`deliverers`, empty where the rule was not read) and within how many working
    days (`days`, none where no term is known).
    """

    group = models.CharField(max_length=10, choices=list(types.GROUP_NAMES.items()))
    deliverers = models.CharField(max_length=80, blank=True, default="")
    days = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["group", "place"])]
