"""A written report as text that is kept, and back: what was filed is shown as it was, whatever changes later."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from yushui.reports.types import Chart, Cite, Document, Frame, Missing, Paragraph, Piece, WrittenSection


def keep_document(document: Document) -> str:
    """The document as JSON."""
    return json.dumps(asdict(document), ensure_ascii=False, default=str)


def kept_document(text: str) -> Document:
    """The document out of JSON that `keep_document` wrote."""
    body = json.loads(text)
    frame = body["frame"] | {"on": date.fromisoformat(body["frame"]["on"])}
    return Document(
        title=body["title"],
        frame=Frame(**frame),
        sections=tuple(kept_section(each) for each in body["sections"]),
        cites=tuple(map(kept_cite, body["cites"])),
        missing=tuple(Missing(**each) for each in body["missing"]),
    )


def kept_section(body: dict[str, Any]) -> WrittenSection:
    """One section out of its kept form."""
    paragraphs = [Paragraph(tuple(map(kept_piece, each["pieces"])), each["by_hand"]) for each in body["paragraphs"]]
    charts = [Chart(each["id"], each["title"], tuple(map(kept_bar, each["bars"]))) for each in body["charts"]]
    return WrittenSection(body["id"], body["title"], body["number"], tuple(paragraphs), tuple(charts))


def kept_bar(body: list[Any]) -> tuple[Cite, str, int]:
    """One bar out of its kept form."""
    cite, label, number = body
    return kept_cite(cite), label, number


def kept_piece(body: dict[str, Any]) -> Piece:
    """One piece out of its kept form."""
    return Piece(body["text"], kept_cite(body["cite"]) if body["cite"] else None)


def kept_cite(body: dict[str, Any]) -> Cite:
    """One cite out of its kept form."""
    return Cite(**body | {"on": date.fromisoformat(body["on"]) if body["on"] else None})
