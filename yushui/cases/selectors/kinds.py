"""Kinds of cases as an actor may choose and change them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.audit.selectors import until_next_act
from yushui.base.kinds import get_added_in, kinds_for, reachable_kinds
from yushui.base.refusals import NotFound
from yushui.cases.models import CaseKind, KindChoice, KindOutcome, KindStep
from yushui.cases.rules.kind_form import as_typed
from yushui.cases.rules.kinds import Named, OutcomeFacts, StepFacts
from yushui.cases.types.kinds import FAMILY_NAMES, CaseKindDraft


def list_case_kinds(*, actor: User) -> list[CaseKind]:
    """The kinds in use in the actor's area that one can open (reviews are opened by an appeal)."""
    kinds = list(kinds_for(CaseKind, actor.area_code))
    heard = {kind.appeal_to for kind in kinds}
    return [kind for kind in kinds if kind.pk not in heard]


def kinds_in_reach(actor: User) -> QuerySet[CaseKind]:
    """Kinds that cases of the actor's area may have, retired ones and those of areas below included."""
    need(actor, "cases.view")
    return reachable_kinds(CaseKind, actor.area_code)


def list_filter_kinds(*, actor: User) -> list[tuple[str, str]]:
    """(code, name) of the same, to narrow a list to."""
    rows = kinds_in_reach(actor).values_list("pk", "name")
    return until_next_act(f"filter-case-kinds:{actor.area_code}", lambda: list(rows))


def by_family(kinds: list[CaseKind]) -> list[tuple[str, list[CaseKind]]]:
    """Kinds under the names of their families, in the order of the catalogue."""
    pairs = [(name, [kind for kind in kinds if kind.family == code]) for code, name in FAMILY_NAMES.items()]
    return [(name, rows) for name, rows in pairs if rows]


def causes_of(kind_code: str) -> list[KindChoice]:
    """Causes (事由) that cases of a kind may name."""
    return list(KindChoice.objects.filter(kind=kind_code, retired=False).order_by("place"))


@dataclass(frozen=True)
class StepLine:
    """A step with its papers and outcomes, for pages and the picture of the flow."""

    step: KindStep
    papers: tuple[str, ...]
    outcomes: tuple[KindOutcome, ...]


def step_lines(kind_code: str) -> list[StepLine]:
    """The steps of a kind in order, retired ones left out."""
    rows = KindStep.objects.filter(kind=kind_code, retired=False).order_by("place")
    rows = rows.prefetch_related("papers", "outcomes__to", "outcomes__reasons")
    return [
        StepLine(
            step,
            tuple(p.name for p in sorted(step.papers.all(), key=lambda p: p.place) if not p.retired),
            tuple(o for o in sorted(step.outcomes.all(), key=lambda o: o.place) if not o.retired),
        )
        for step in rows
    ]


def step_facts(kind_code: str) -> list[StepFacts]:
    """The steps of a kind as the rules know them."""

    def outcome(row: KindOutcome) -> OutcomeFacts:
        reasons = sorted((r for r in row.reasons.all() if not r.retired), key=lambda r: r.place)
        return OutcomeFacts(
            row.key, row.name, row.to.key if row.to else "", row.result, row.is_back, row.asks_words, row.article,
            tuple(Named(r.key, r.name, r.article) for r in reasons),
        )  # fmt: skip

    return [
        StepFacts(
            line.step.key, line.step.name, line.step.role, line.step.level, line.step.days, line.step.count,
            line.step.article, tuple(Named("", name) for name in line.papers), tuple(map(outcome, line.outcomes)),
        )
        for line in step_lines(kind_code)
    ]  # fmt: skip


def get_kind(*, actor: User, code: str) -> CaseKind:
    """A kind of the actor's reach; NotFound otherwise."""
    need(actor, "cases.view")
    kind = kinds_in_reach(actor).filter(pk=code).first()
    if kind is None:
        raise NotFound
    return kind


def get_own_kind(*, actor: User, code: str) -> CaseKind:
    """A kind that the actor may change; NotFound for others, the catalogue's included."""
    need(actor, "cases.set_kind")
    return get_added_in(actor.area_code, CaseKind, code)


def kind_as_typed(*, actor: User, code: str) -> CaseKindDraft:
    """An own kind as its form would have it."""
    kind = get_own_kind(actor=actor, code=code)
    return CaseKindDraft(
        name=kind.name, family=kind.family, asker=kind.asker, is_sensitive=kind.is_sensitive,
        once_per_cause=kind.once_per_cause, papers_later=kind.papers_later, gives_help=kind.gives_help,
        extension_days=str(kind.extension_days or ""), source=kind.source, steps=as_typed(step_facts(kind.pk)),
        causes="、".join(choice.name for choice in causes_of(kind.pk)),
    )  # fmt: skip
