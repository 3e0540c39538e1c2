"""PDF files with text: pages put together to paragraphs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from geo import limits
from geo.documents import pdf_pages
from geo.documents.document import Document, DocumentPart
from geo.documents.text_builder import TextBuilder, TextPiece, plain_words
from geo.errors import DocumentError
from geo.text import counted

_EDGE: Final = 2
"""Lines at the top and at the bottom of a page among which headers and footers are looked for."""
_REPEATED: Final = 0.5
"""Share of pages on which a line is repeated, its numbers aside, that is a header or footer."""
_FEWEST: Final = 3
"""Pages of a document in which such a line can be told from the text."""
_NUMBERS: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(
    r"(?:page|p\.)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?\s*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_ENDED: Final = re.compile(r"[.!?:;…\"”’»)\]؟۔]\s*$")
_BEGINS: Final = re.compile(r"\s*(?:[•▪●–—-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s)")
_SHORT: Final = 0.8
"""Share of the usual length of a line below which a line that ends a sentence ends a paragraph."""
_SPLIT: Final = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LIGATURES: Final = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
"""Letters that typesetting joins; they are layout and no part of a word."""
_PdfLine = tuple[str, int]
"""The text of a line and the number of its page."""


def read_pdf(data: bytes, name: str, sha256: str) -> Document:
    """Read a PDF: without repeated headers, page numbers, and hyphens at the ends of lines.

    What it says of its title is kept; the day of its making is a note, since files are made anew.

    Raises
    ------
    DocumentError
        If it has no text, needs a password, is damaged, or is beyond the limits.
    """
    answer = _answer(data, name)
    pages = [str(one).translate(_LIGATURES).split("\n") for one in answer["pages"]]
    lines = list(_without_edges(pages)) or _lines(pages)
    if not any(text.strip() for text, _ in lines):
        raise DocumentError(
            f"{name}: has no text on any of {counted(len(pages), 'page')}: it is a scan; make its "
            "text searchable with a program for text recognition (OCR) first"
        )
    builder = TextBuilder(name, "page")
    for paragraph in _paragraphs(lines):
        builder.paragraph(paragraph)
    text, title = builder.text, plain_words(str(answer["title"]))[: limits.MAX_LINE]
    return Document(
        sha256, "pdf", text, title, None, (DocumentPart(0, len(text), title),),
        tuple(_notes(pages, str(answer["created"]))), builder.origins(),
    )  # fmt: skip


def _answer(data: bytes, name: str) -> dict[str, Any]:
    """What the process that reads the pages has found."""
    bounds = (limits.MAX_PDF_PAGES, limits.MAX_PDF_MEMORY_BYTES, limits.MAX_PDF_SECONDS)
    command = [sys.executable, "-I", str(Path(pdf_pages.__file__)), *map(str, bounds)]
    too_long = f"{name}: takes longer than {limits.MAX_PDF_SECONDS} seconds to read; cut it"
    try:
        done = subprocess.run(  # noqa: S603 - this program and its own file
            command, input=data, capture_output=True, check=False,
            timeout=limits.MAX_PDF_SECONDS,
        )  # fmt: skip
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(too_long) from error
    except ValueError as error:
        raise DocumentError(f"{name}: could not be read within its limits; cut it") from error
    except OSError as error:
        raise DocumentError(f"{name}: no process can be started to read it: {error}") from error
    fault = str(answer.get("fault", ""))
    if fault == "password":
        raise DocumentError(f"{name}: is protected with a password; save it without one")
    if fault == "MemoryError":
        raise DocumentError(f"{name}: needs more memory than it may have; cut it")
    if fault:
        raise DocumentError(f"{name}: is a damaged PDF; download it again ({fault})")
    if answer["count"] > limits.MAX_PDF_PAGES:
        raise DocumentError(
            f"{name}: has {answer['count']:,} pages; at most {limits.MAX_PDF_PAGES:,} are read"
        )
    return dict(answer)


def _notes(pages: Sequence[Sequence[str]], created: str) -> Iterator[str]:
    empty = [str(at) for at, page in enumerate(pages, start=1) if not "".join(page).strip()]
    if empty:
        yield f"no text on page {', '.join(empty[:20])}: blank, or a picture"
    if created:
        yield f"the file was made on {created}, which need not be the day of publication"


def _lines(pages: Sequence[Sequence[str]]) -> list[_PdfLine]:
    return [(line, at) for at, page in enumerate(pages, start=1) for line in page]


def _without_edges(pages: Sequence[Sequence[str]]) -> Iterator[_PdfLine]:
    """The lines of all pages without headers, footers and page numbers."""
    filled = [[line for line in page if line.strip()] for page in pages]
    counts = Counter(
        sign
        for page in filled
        for sign in {_sign(line) for line in (*page[:_EDGE], *page[-_EDGE:])}
    )
    least = max(_FEWEST, _REPEATED * len(pages))
    for number, page in enumerate(pages, start=1):
        at = [place for place, line in enumerate(page) if line.strip()]
        edges = {*at[:_EDGE], *at[-_EDGE:]}
        for place, line in enumerate(page):
            is_number = place in {*at[:1], *at[-1:]} and _PAGE_NUMBER.fullmatch(line.strip())
            is_header = place in edges and counts[_sign(line)] >= least
            if not is_number and not is_header:
                yield line, number


def _sign(line: str) -> str:
    return _NUMBERS.sub("#", plain_words(line))


def _paragraphs(lines: Sequence[_PdfLine]) -> Iterator[list[TextPiece]]:
    words = Counter(word.lower() for text, _ in lines for word in _WORD.findall(text))
    usual = median(len(text) for text, _ in lines if text.strip())
    held: list[TextPiece] = []
    before = ""
    for text, page in lines:
        is_over = not text.strip() or _BEGINS.match(text) or (
            _ENDED.search(before) and len(before) < _SHORT * usual
        )  # fmt: skip
        # A page may end within a paragraph, and an empty line there is none of the text.
        if is_over and not (not text.strip() and held and held[-1].first != page):
            yield held
            held, before = [], ""
        if text.strip():
            _add(held, text, page, words)
            before = text
    yield held


def _add(held: list[TextPiece], text: str, page: int, words: Counter[str]) -> None:
    """Add a line; a word that the end of the line before has cut is put together."""
    last = held[-1] if held else None
    match = _SPLIT.search(last.text.rstrip()) if last else None
    if last is None or match is None or not text.lstrip()[:1].islower():
        held.append(TextPiece(f"{text}\n", page, page))
        return
    head = last.text.rstrip()
    whole = f"{_last_word(head[: match.start()])}{_first_word(text)}".lower()
    apart = f"{_last_word(head[: match.start()])}-{_first_word(text)}".lower()
    keep = words[apart] > words[whole]
    held[-1] = TextPiece(head if keep else head[: match.start()], last.first, last.last)
    held.append(TextPiece(f"{text.lstrip()}\n", page, page))


def _last_word(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1].strip("(“\"‘'") if text.strip() else ""


def _first_word(text: str) -> str:
    match = _WORD.match(text.lstrip())
    return match[0] if match else ""
