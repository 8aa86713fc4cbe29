"""From request data to drafts. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

from django.http import QueryDict

from yushui.base.queries import area_of, whole_number
from yushui.cases.selectors.cases import CaseFilters
from yushui.cases.types.cases import TAB_NAMES, ActDraft, AidDraft, CaseDraft
from yushui.cases.types.kinds import CaseKindDraft, OutcomeDraft, StepDraft
from yushui.cases.types.needs import AssignDraft, ProjectDraft, ReceptionDraft
from yushui.cases.types.statements import Form, StatementDraft, StatementKindDraft


def chosen(text: str) -> int | None:
    """A row chosen; what is no number becomes one that no row has, so that the rule can say so."""
    return (whole_number(text) or -1) if text.strip() else None


def case_filters(query: QueryDict, usual: str) -> CaseFilters:
    """The search area of the list of cases."""
    tab = query.get("tab", usual)
    year = whole_number(query.get("year", ""))
    return CaseFilters(
        tab=tab if tab in TAB_NAMES else usual,
        kind=query.get("kind", "")[:40],
        area_code=area_of(query),
        text=query.get("text", "").strip()[:40],
        point_id=whole_number(query.get("point", "")),
        year=year if year is not None and 1949 <= year <= 2200 else None,
    )


def case_draft(data: QueryDict) -> CaseDraft:
    """The form of a case."""
    names = ("kind", "title", "text", "asker_name", "asker_phone", "client_key", "channel", "opened_on", "heads",
             "cause")  # fmt: skip
    return CaseDraft(
        **{name: data.get(name, "") for name in names},
        person_id=chosen(data.get("person", "")), unit_id=chosen(data.get("unit", "")), area_code=area_of(data),
        point_id=chosen(data.get("point", "")), urgent=data.get("urgent") == "1",
    )  # fmt: skip


def act_draft(data: QueryDict) -> ActDraft:
    """A decision. The reason's field carries its outcome, `refuse.same`, so that each outcome has its own list."""
    outcome = data.get("outcome", "")
    reason = data.get(f"reason_{outcome}", "")
    papers = tuple(number for text in data.getlist("papers") if (number := whole_number(text)) is not None)
    return ActDraft(
        outcome=outcome, reason=reason, papers=papers,
        **{name: data.get(name, "") for name in ("words", "reply", "way", "cause", "revision", "client_key")},
    )  # fmt: skip


def aid_draft(data: QueryDict) -> AidDraft:
    """Help given."""
    names = ("means", "what", "amount", "on", "source", "client_key", "payee")
    return AidDraft(**{name: data.get(name, "") for name in names}, fund_id=chosen(data.get("fund", "")))


def reception_draft(data: QueryDict) -> ReceptionDraft:
    """An appointment with a leader."""
    names = ("host_name", "planned_on", "place", "words", "client_key")
    return ReceptionDraft(**{name: data.get(name, "") for name in names}, host_id=chosen(data.get("host", "")))


def kind_draft(data: QueryDict) -> CaseKindDraft:
    """The form of a county's own kind: its steps stand in lines of fields of the same names."""
    columns = ("s_key", "s_name", "s_office", "s_days", "s_count", "s_papers", "s_refusals")
    lists = [data.getlist(name) for name in columns]
    count = min((len(values) for values in lists), default=0)
    rows = outcome_rows(data)
    steps = tuple(
        StepDraft(
            **{column.removeprefix("s_"): values[n] for column, values in zip(columns, lists, strict=True)},
            outcomes=rows.get(str(n + 1), ()),
        )
        for n in range(min(count, 20))
    )
    names = ("name", "family", "asker", "extension_days", "causes", "source")
    return CaseKindDraft(
        **{name: data.get(name, "") for name in names},
        is_sensitive=data.get("is_sensitive") == "1", once_per_cause=data.get("once_per_cause") == "1",
        papers_later=data.get("papers_later") == "1", gives_help=data.get("gives_help") == "1", steps=steps,
    )  # fmt: skip


def outcome_rows(data: QueryDict) -> dict[str, tuple[OutcomeDraft, ...]]:
    """The rows 结果 → 下一步 that are not empty, by the number of the step in which they stand."""
    lists = [data.getlist(name) for name in ("o_step", "o_name", "o_to", "o_reasons")]
    found: dict[str, list[OutcomeDraft]] = {}
    for step, name, to, reasons in list(zip(*lists, strict=False))[:200]:
        if name.strip() or to or reasons.strip():
            found.setdefault(step, []).append(OutcomeDraft(name, to, reasons))
    return {step: tuple(rows) for step, rows in found.items()}


def assign_draft(data: QueryDict) -> AssignDraft:
    """Who answers for a need."""
    names = ("due_on", "demand", "revision")
    return AssignDraft(unit_id=chosen(data.get("unit", "")), **{name: data.get(name, "") for name in names})


def project_draft(data: QueryDict) -> ProjectDraft:
    """A project of a year."""
    names = ("title", "year", "side", "budget", "money_source", "due_on", "note", "client_key")
    return ProjectDraft(
        **{name: data.get(name, "") for name in names},
        unit_id=chosen(data.get("unit", "")), case_id=chosen(data.get("case", "")),
    )  # fmt: skip


def statement_draft(data: QueryDict, form: Form, kinds: list[str]) -> StatementDraft:
    """What is stated for a period; the number of each kind stands in a field of its code."""
    return StatementDraft(
        **{name: data.get(name, "") for name in ("stater", "year", "number", "words")}, form=form,
        counts=tuple((code, data.get(f"n_{code}", "")) for code in kinds),
    )  # fmt: skip


def statement_kind_draft(data: QueryDict) -> StatementKindDraft:
    """The form of a kind of statement."""
    names = ("name", "measure", "meaning", "by", "rhythm")
    return StatementKindDraft(**{name: data.get(name, "") for name in names})
