"""Plain text, and Markdown without its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from geo.documents.decoding import decoded
from geo.documents.document import Document, DocumentFormat, DocumentPart
from geo.documents.stated_dates import stated_day
from geo.documents.text_builder import TextBuilder, TextPiece, byte_places

_LINE: Final = re.compile(
    r"[^\r\n\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])?"
)
_ITEM: Final = re.compile(r"\s*(?:[-*•–—]\s|\(?\d{1,3}[.)]\s)")
_UNWRAPPED: Final = 120
"""Letters of a line that no program has wrapped: it is a paragraph by itself."""

_FRONT: Final = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_FRONT_FIELD: Final = re.compile(
    r"^(title|date)[ \t]*:[ \t]*(.{1,300})$", re.IGNORECASE | re.MULTILINE
)
_FENCE: Final = re.compile(r"\s{0,3}(?:`{3,}|~{3,})")
_RULE: Final = re.compile(r"\s{0,3}(?:(?:[-*_]\s*){3,}|=+)\s*")
_TABLE_RULE: Final = frozenset("|:- \t")
_LEAD: Final = re.compile(r"\s*(?:>\s*)*(?:(#{1,6})\s+|[-*+]\s+|\d{1,3}[.)]\s+)?")
_MARKS: Final = re.compile(
    r"!?\[(?P<label>[^\[\]\n]{0,500})\](?:\((?:[^()\n]|\([^()\n]{0,300}\)){0,1000}\)|\[[^\[\]\n]{0,200}\])"
    r"|<(?P<address>(?:https?|mailto):[^<>\s]{1,1000})>"
    r"|</?[a-zA-Z][^<>\n]{0,500}>|<!--[^<>]{0,1000}-->"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<mark>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|_{1,3}(?![^\W_])|(?<![^\W_])_{1,3}|~~|`{1,3}|\s\|\s|^\||\|\s*$|\s#+\s*$)"
)
_HEADING: Final = re.compile(r"^[ ]{0,3}#[ \t]+(.{1,300})$", re.MULTILINE)


def read_text(data: bytes, name: str, sha256: str) -> Document:
    r"""Read a file of plain text: paragraphs are separated by empty lines.

    Examples
    --------
    >>> read_text(b"Two men\r\ndied.\r\n\r\n\r\nNo one else.", "d.txt", "").text
    'Two men died.\n\nNo one else.'
    """
    return _document(data, name, sha256, "text")


def read_markdown(data: bytes, name: str, sha256: str) -> Document:
    r"""Read Markdown: its text without marks of headings, lists, links and emphasis.

    Title and date come from its front matter, else the title from its first heading.

    Examples
    --------
    >>> found = read_markdown(b"# A raid\nTwo *men* [died](https://example.org).", "d.md", "")
    >>> found.title, found.text
    ('A raid', 'A raid\n\nTwo men died.')
    """
    return _document(data, name, sha256, "markdown")


def _document(data: bytes, name: str, sha256: str, form: DocumentFormat) -> Document:
    found = decoded(data, name)
    builder = TextBuilder(name, "byte")
    title, published, start = "", None, 0
    if form == "markdown":
        title, published, start = _front(found.text)
    paragraphs = _markdown_paragraphs if form == "markdown" else _paragraphs
    for pieces in paragraphs(found.text, start):
        builder.paragraph(pieces)
    text = builder.text
    origins = byte_places(found.text, found.encoding, builder.origins(), found.mark)
    notes = (found.note,) if found.note else ()
    parts = (DocumentPart(0, len(text), title, published),)
    return Document(sha256, form, text, title, published, parts, notes, origins)


def _lines(source: str, start: int) -> Iterator[TextPiece]:
    while start < len(source):
        match = _LINE.match(source, start)
        if match is None or match.end() == start:
            return
        yield TextPiece(match[0], start, match.end())
        start = match.end()


def _paragraphs(source: str, start: int) -> Iterator[list[TextPiece]]:
    held: list[TextPiece] = []
    for line in _lines(source, start):
        is_whole = len(line.text) > _UNWRAPPED
        if is_whole or not line.text.strip() or _ITEM.match(line.text):
            yield held
            held = []
        held.append(line)
        if is_whole:
            yield held
            held = []
    yield held


def _front(source: str) -> tuple[str, date | None, int]:
    """Title, date and length of the front matter; else the title of the first heading."""
    match = _FRONT.match(source)
    fields = (
        {one[1].lower(): one[2].strip().strip("'\"") for one in _FRONT_FIELD.finditer(match[1])}
        if match
        else {}
    )
    heading = _HEADING.search(source)
    title = fields.get("title") or (
        "".join(_plain_heading(heading[1].rstrip("# \t\r"))) if heading else ""
    )
    return title, stated_day(fields.get("date", "")), match.end() if match else 0


def _plain_heading(text: str) -> Iterator[str]:
    return (piece.text for piece in _inline(TextPiece(text, 0, len(text))))


def _markdown_paragraphs(source: str, start: int) -> Iterator[list[TextPiece]]:
    held: list[TextPiece] = []
    for line in _lines(source, start):
        bare = line.text.rstrip()
        if not bare or _FENCE.match(bare) or _RULE.fullmatch(bare) or (
            "|" in bare and _TABLE_RULE.issuperset(bare)
        ):  # fmt: skip
            yield held
            held = []
            continue
        lead = _LEAD.match(line.text)
        skipped = lead.end() if lead else 0
        if lead and lead[0].strip(" \t>"):
            yield held
            held = []
        at = line.first + skipped
        held.extend(_inline(TextPiece(line.text[skipped:], at, line.last)))
        if lead and lead[1]:
            yield held
            held = []
    yield held


def _inline(line: TextPiece) -> Iterator[TextPiece]:
    """The text of a line without its marks, each stretch with its place."""
    at = 0
    for match in _MARKS.finditer(line.text):
        yield _slice(line, at, match.start())
        for group in ("label", "address", "escaped"):
            if match[group] is not None:
                yield from _inner(line, *match.span(group), is_label=group == "label")
        if match["mark"] and "|" in match["mark"]:
            yield TextPiece(" ", line.first + match.start(), line.first + match.start() + 1)
        at = match.end()
    yield _slice(line, at, len(line.text))


def _inner(line: TextPiece, start: int, end: int, *, is_label: bool) -> Iterator[TextPiece]:
    piece = _slice(line, start, end)
    if is_label:
        yield from _inline(piece)
    else:
        yield piece


def _slice(line: TextPiece, start: int, end: int) -> TextPiece:
    return TextPiece(line.text[start:end], line.first + start, line.first + end)
