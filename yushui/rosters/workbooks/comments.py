"""Comments for an .xlsx: the comment part, the drawing that shows them, the links between. Existing comments stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from lxml import etree

from yushui.rosters.workbooks.cutting import parse_xml
from yushui.rosters.workbooks.xlsx import SheetPart, XlsxBook, column_letters, folder_of, rels_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMMENTS_PART = "xl/commentsYushui.xml"
DRAWING_PART = "xl/drawings/vmlDrawingYushui.vml"
AUTHOR = "鱼水导入检查"
FIRST_CLUSTER = 90  # shape ids come in clusters of 1024; Excel's own begin at 1
SHAPE = (
    '<v:shape id="_x0000_s{shape}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:220pt;height:62pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/>'
    '<v:path o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 12, {top}, 2, {right}, 12, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
DRAWING_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{clusters}"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass
class Changed:
    """Parts of the package that are new or rewritten, and the id by which the sheet finds its drawing."""

    parts: dict[str, bytes] = field(default_factory=dict)
    legacy_id: str = ""  # empty: the sheet has its link already


def add_comments(book: XlsxBook, sheet: SheetPart, cells: Sequence[tuple[int, int, str]]) -> Changed:
    """Everything that must be written so that these cells (row, column, text) carry comments."""
    changed = Changed()
    if not cells:
        return changed
    rels_name = rels_of(sheet.part)
    held = dict(book.relations(rels_name, folder_of(sheet.part)).values())
    comments, drawing = held.get("comments", ""), held.get("vmlDrawing", "")
    comments = comments if comments in book.names else ""
    drawing = drawing if drawing in book.names else ""
    changed.parts[comments or COMMENTS_PART] = comment_part(book.read(comments) if comments else b"", cells)
    changed.parts[drawing or DRAWING_PART] = drawing_part(book.read(drawing) if drawing else b"", cells)
    links = []
    if not comments:
        links.append(("rIdYushuiComments", "comments", f"/{COMMENTS_PART}"))
    if not drawing:
        links.append(("rIdYushuiDrawing", "vmlDrawing", f"/{DRAWING_PART}"))
        changed.legacy_id = "rIdYushuiDrawing"
    if links:
        changed.parts[rels_name] = rels_part(book.read(rels_name) if rels_name in book.names else b"", links)
    changed.parts["[Content_Types].xml"] = types_part(book.read("[Content_Types].xml"), not comments)
    return changed


def comment_part(existing: bytes, cells: Sequence[tuple[int, int, str]]) -> bytes:
    """The comments, after those that were there; a cell that had one gets the new one instead."""
    refs = {f"{column_letters(column)}{row}" for row, column, _ in cells}
    fresh = [
        f'<comment ref="{column_letters(column)}{row}" authorId="{{author}}"><text><r><t xml:space="preserve">'
        f"{escape(plain(text))}</t></r></text></comment>"
        for row, column, text in cells
    ]
    if not existing:
        body = "".join(fresh).replace("{author}", "0")
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<comments xmlns="{MAIN}"><authors><author>{AUTHOR}'
            f"</author></authors><commentList>{body}</commentList></comments>"
        ).encode()
    root = parse_xml(existing)
    space = etree.QName(root).namespace or MAIN
    authors = next(root.iter(f"{{{space}}}authors"))
    etree.SubElement(authors, f"{{{space}}}author").text = AUTHOR
    held = next(root.iter(f"{{{space}}}commentList"))
    for comment in list(held):
        if comment.get("ref") in refs:
            held.remove(comment)
    body = "".join(fresh).replace("{author}", str(len(authors) - 1))
    held.extend(list(parse_xml(f'<list xmlns="{space}">{body}</list>'.encode())))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def plain(text: str) -> str:
    """Text that XML can hold."""
    return "".join(letter for letter in text if letter >= " ")


def drawing_part(existing: bytes, cells: Sequence[tuple[int, int, str]]) -> bytes:
    """The drawing with one hidden note box per cell."""
    base = FIRST_CLUSTER * 1024
    shapes = "".join(
        SHAPE.format(
            shape=base + place, row=row - 1, column=column, left=column + 1, right=column + 4, top=max(row - 2, 0),
            bottom=max(row - 2, 0) + 4,
        )
        for place, (row, column, _) in enumerate(cells, start=1)
    )  # fmt: skip
    if existing:
        end = existing.rfind(b"</xml>")
        if end >= 0 and b"_x0000_t202" in existing:
            return existing[:end] + shapes.encode() + existing[end:]
        kept = re.search(rb"<(?:\w+:)?shapelayout.*</xml>", existing, re.DOTALL)
        if kept and end >= 0:
            shapetype = DRAWING_HEAD[DRAWING_HEAD.index("<v:shapetype") :]
            return existing[:end] + (shapetype + shapes).encode() + existing[end:]
    clusters = ",".join(str(FIRST_CLUSTER + n) for n in range(len(cells) // 1024 + 1))
    return (DRAWING_HEAD.format(clusters=clusters) + shapes + "</xml>").encode()


def rels_part(existing: bytes, links: Sequence[tuple[str, str, str]]) -> bytes:
    """The sheet's relations with the new ones."""
    root = parse_xml(existing) if existing else etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE})
    for name, kind, target in links:
        etree.SubElement(root, f"{{{PACKAGE}}}Relationship", Id=name, Type=f"{OFFICE}/{kind}", Target=target)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def types_part(existing: bytes, is_new: bool) -> bytes:
    """The package's list of content types, with drawings and comments in it."""
    root = parse_xml(existing)
    extensions = {str(item.get("Extension", "")).lower() for item in root}
    if "vml" not in extensions:
        kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
        root.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension="vml", ContentType=kind))
    if is_new:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
        etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{COMMENTS_PART}", ContentType=kind)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
