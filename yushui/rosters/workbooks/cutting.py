"""Cutting streamed XML into its rows and strings as bytes, without building a tree."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from typing import IO

from lxml import etree

from yushui.rosters.types import Unreadable

CHUNK = 1 << 20
LARGEST_PART = 1 << 30  # bytes of one part when unpacked
LONGEST_ELEMENT = 32 << 20
MOST_STRINGS = 6_000_000
ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)")
SI_TEXT = re.compile(rb"<t(?:\s[^>]*)?>([^<]*)</t>")
PHONETIC = re.compile(rb"<rPh\b.*?</rPh>", re.DOTALL)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
PREFIX = re.compile(rb"(</?)[A-Za-z]\w*:(?=(?:si|t|r|rPh|row|c|v|f|is)\b)")
ALIEN = re.compile(rb"\s(?!xml:)[A-Za-z]\w*:\w+=(?:\"[^\"]*\"|'[^']*')")
ROOT = re.compile(rb"<([A-Za-z]\w*:)?(?:worksheet|sst)\b")


def parse_xml(content: bytes) -> etree._Element:
    """XML without entities, network or huge trees; a broken part is Unreadable."""
    try:
        return etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("工作簿内部内容已损坏", "请在 Excel 中打开确认后另存为新的 .xlsx 再上传") from error


def unescape(raw: bytes) -> str:
    """XML text as text; _x000D_ and its kin as what they stand for."""
    text = raw.decode("utf-8", errors="replace")
    if "&" in text:
        text = html.unescape(text)
    if "_x" in text:
        text = ESCAPED.sub(lambda match: character(int(match[1], 16)), text)
    return text.replace("\x00", "")


def character(number: int) -> str:
    """The character of a _xHHHH_ escape; controls and halves of pairs, which no database keeps, are nothing."""
    return chr(number) if number in (9, 10, 13) or 0x20 <= number < 0xD800 or number >= 0xE000 else ""


def text_in(xml: bytes) -> str:
    """All text of a rich or plain string, without its phonetic help."""
    if b"<rPh" in xml:
        xml = PHONETIC.sub(b"", xml)
    if b"<!" in xml:
        return "".join(str(node.text or "") for node in parse_xml(ALIEN.sub(b"", xml)).iter("{*}t"))
    return "".join(unescape(part) for part in SI_TEXT.findall(xml))


def chunks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces; damage and excess are told apart from reading."""
    total = 0
    while True:
        try:
            chunk = stream.read(CHUNK)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
            raise Unreadable("文件不完整或已损坏", "请在 Excel 中打开确认后另存为新的 .xlsx 再上传") from error
        if not chunk:
            return
        if not total and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Unreadable("工作簿内部编码不常见", "请在 Excel 中打开后另存为新的 .xlsx 再上传")
        total += len(chunk)
        if total > LARGEST_PART:
            raise Unreadable("文件展开后过大", "请删除空行空列或拆分后再上传")
        yield chunk


def pieces(stream: IO[bytes], tag: bytes) -> Iterator[tuple[bool, bytes]]:
    """The stream cut at every element of one name: (True, element) and (False, what lies between), in order."""
    opening, closing = b"<" + tag, b"</" + tag + b">"
    buffer = b""
    for number, chunk in enumerate(chunks_of(stream)):
        buffer += chunk
        if number == 0:
            root = ROOT.search(buffer)
            if root and root[1]:
                opening, closing = b"<" + root[1] + tag, b"</" + root[1] + tag + b">"
        done = search = 0
        while (start := buffer.find(opening, search)) >= 0:
            after = buffer[start + len(opening) : start + len(opening) + 1]
            if after and after not in b" />\t\r\n":
                search = start + 1
                continue
            end = end_of(buffer, start, closing) if after else 0
            if not end:
                break
            if start > done:
                yield False, buffer[done:start]
            yield True, buffer[start:end]
            done = search = end
        keep = start if start >= 0 else max(len(buffer) - len(opening), done)
        if keep > done:
            yield False, buffer[done:keep]
        buffer = buffer[keep:]
        if len(buffer) > LONGEST_ELEMENT:
            raise Unreadable("工作表中有异常长的一行", "请把数据复制到新的工作簿后再上传")
    if buffer:
        yield False, buffer


def end_of(buffer: bytes, start: int, closing: bytes) -> int:
    """Where the element that begins at `start` ends; 0 when its end is not in the buffer yet."""
    bracket = buffer.find(b">", start)
    if bracket < 0:
        return 0
    if buffer[bracket - 1 : bracket] == b"/":
        return bracket + 1
    end = buffer.find(closing, bracket)
    return end + len(closing) if end >= 0 else 0


def bare(xml: bytes) -> bytes:
    """An element without namespace prefixes on the names that matter."""
    return PREFIX.sub(rb"\1", xml) if PREFIX.search(xml, 0, 200) else xml


class Strings:
    """Shared strings end to end in one block of bytes: a million of them take a fifth of what str objects would."""

    def __init__(self) -> None:
        self.block = bytearray()
        self.ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, place: int) -> str:
        return self.block[self.ends[place] : self.ends[place + 1]].decode("utf-8", errors="replace")

    def load(self, stream: IO[bytes]) -> None:
        """Take in each <si> of sharedStrings.xml."""
        for is_element, xml in pieces(stream, b"si"):
            if is_element:
                if len(self) >= MOST_STRINGS:
                    raise Unreadable("文件内容过多", "请拆分后再上传")
                self.block += text_in(bare(xml)).encode("utf-8", errors="replace")
                self.ends.append(len(self.block))


def rows_of(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Each <row> of a sheet as (number, XML)."""
    number = 0
    for is_element, xml in pieces(stream, b"row"):
        if is_element:
            number = row_number(xml, number)
            yield number, bare(xml)


def row_number(xml: bytes, previous: int) -> int:
    """The number a row says it has, or the next one. Numbers never go back."""
    match = ROW_NUMBER.search(xml, 0, xml.find(b">") + 1)
    return max(int(match[1]), previous + 1) if match and len(match[1]) < 8 else previous + 1
