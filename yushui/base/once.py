"""A form that is sent twice records once: every form carries a key (base/queries.py), its row keeps it, unique."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from yushui.base.refusals import Problem, Refused

USED = Problem("这张表单已经用过", next_step="请重新打开这一页再填")


@contextmanager
def once() -> Iterator[None]:
    """Around the writing of one row: a key that another row holds (somebody else's, or two at once) is refused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(USED) from error
