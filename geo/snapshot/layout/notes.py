"""The numbered lists: notes with their citations, sources with their links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from geo import limits
from geo.snapshot.content.content import Content, RecordNote, Sign, SourceNote
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import Size
from geo.snapshot.layout.signs import sign_width
from geo.snapshot.layout.typesetting import (
    GLUE,
    ROUNDING,
    Block,
    Panel,
    Picture,
    TextLine,
    TextStyle,
    baseline,
    embed,
    level,
    move,
    paragraph,
    stack,
    wrap,
)
from geo.snapshot.lettering import width_of
from geo.text import ascii_address, link_fault
from geo.view import say_day

PagePart = Literal[
    "what", "note", "legend", "beside", "list", "sources", "events", "chart", "about"
]
GRADES_SAID: Final = (
    "In brackets after each record: the source, source reliability (A to F) and information "
    "credibility (1 to 6), by the Admiralty code; F and 6: unrated."
)
_LINKED: Final = ("http://", "https://")
_GAP: Final = 5.0
"""Points between a number and its text."""
_BAR: Final = 8.0
"""Points for the bar beside the briefer's note and the space after it."""
_BAR_WIDTH: Final = 2.2
"""Width in points of that bar: clearly thicker than any rule."""
_BEFORE_ENTRY: Final = 3.0
"""Points above a note: a third of a line, so that each note reads as a paragraph."""
_BEFORE_SOURCE: Final = 4.0
"""Points above a source, which has several lines."""
_BEFORE_NOTE: Final = 6.0
"""Points above the briefer's note: twice those above an entry."""
_BEFORE_HEADING: Final = 9.0
"""Points above the heading of a list: about a line."""
_SPARE: Final = 14.0
"""Points kept free at the right of the note: room for an ellipsis after a line that is cut."""
_BANNER: Final = sign_width(Sign((), "presence", "solid"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Content to be placed in a column whose width is not known yet.

    Parameters
    ----------
    number
        Number of its record or source; 0 if it has none.
    """

    part: PagePart
    block: Callable[[float], Block]
    number: int = 0


def notes(content: Content, size: Size, *, full: bool) -> Iterator[Piece]:
    """The numbered records in order; those that are not mapped under their headings.

    Parameters
    ----------
    full
        Whether each note is a full sentence, as in print, or a short line.
    """
    type_ = TextStyle(size.text)
    shown, more = content.entries[: limits.MAX_NOTES], len(content.entries) - limits.MAX_NOTES
    digits = _digits(len(shown), type_)
    said, words = "", content.words
    for entry in shown:
        if not said or (entry.beside and entry.beside != said):
            said = entry.beside or "Notes"
            title = f"Not mapped: {words.say(said)}" if entry.beside else said
            yield heading("list", words.say(title), size)
        yield Piece("list", _entry(entry, type_, digits, full=full), entry.number)
    if more > 0:
        left_out = (
            f"{more:,} more notes are not printed: a figure has {limits.MAX_NOTES:,}. They are "
            "counted and numbered on the map; for their notes choose fewer dates or areas."
        )
        yield as_text("list", left_out, type_)


def sources(content: Content, size: Size) -> Iterator[Piece]:
    """The numbered sources, each with its reliability and its link."""
    type_ = TextStyle(size.text)
    digits = _digits(len(content.sources), type_)
    if content.sources:
        yield heading("sources", content.words.say("Sources"), size)
        quiet = TextStyle(size.small, tone="muted")
        yield Piece("sources", lambda width: _leading(paragraph(GRADES_SAID, quiet, width, "text")))
    for source in content.sources:
        yield Piece("sources", _source(source, type_, digits), source.number)


def note(content: Content, size: Size) -> Iterator[Piece]:
    """The briefer's note, set apart from the sources, and what has changed since last time."""
    said, whose = _paragraphs(content), content.words.say("Briefer’s note")
    if said:
        yield Piece("note", lambda width: _note(said, size, width, whose))
    if content.since:
        yield as_text("note", content.since, TextStyle(size.text), before=_BEFORE_NOTE)


def note_from(content: Content, size: Size, width: float, line: int) -> Piece:
    """The rest of the briefer's note, after the first `line` lines at this width."""
    left: list[str] = []
    for said in _paragraphs(content):
        lines = wrap(said, TextStyle(size.text), width - _BAR - _SPARE)
        left.append(" ".join(lines[line:]))
        line = max(0, line - len(lines))
    rest = [said for said in left if said]
    heading_ = content.words.say("Briefer’s note, continued")
    return Piece("note", lambda other: _note(rest, size, other, heading_))


def about(content: Content, recipe_hash: str) -> tuple[str, ...]:
    """What every figure must state: data version, disclaimer, credits, projection.

    Returns
    -------
    These sentences, in this order, followed by the notes on the base map; what the editor adds
    comes second.
    """
    day = f", as of {say_day(content.as_of)}" if content.as_of else ""
    return (
        f"Data version {content.data_version}, snapshot {recipe_hash}{day}.",
        *filter(None, (content.editorial.about_source, content.editorial.about_marks)),
        clean_line(content.disclaimer),
        f"{'; '.join(clean_line(credit).rstrip('.') for credit in content.credits)}.",
        f"Projection: {content.projection}.",
        *content.base_notes,
    )


def heading(part: PagePart, text: str, size: Size) -> Piece:
    """The heading of a list."""
    type_ = TextStyle(size.text, "bold")
    before = _BEFORE_HEADING
    return Piece(
        part, lambda width: _leading(paragraph(text, type_, width, "heading", before=before))
    )


def _leading(block: Block) -> Block:
    return replace(block, leads=True)


def references(entry: RecordNote) -> str:
    """The citations of a record: source number, source reliability, information credibility.

    Examples
    --------
    ``[1 C3, 2 F6]``, none of them broken across lines; a record without a source says so.
    """
    said = [f"{one.source}{GLUE}{one.reliability}{one.credibility}" for one in entry.references]
    return f"[{', '.join(said)}]" if said else "[no source is named]"


def safe_link(url: str) -> str:
    """The address in ASCII if it is a safe http or https link to a host, otherwise an empty text.

    Examples
    --------
    >>> safe_link("https://example.org/ä"), safe_link("https://a@b/"), safe_link("javascript:1")
    ('https://example.org/%C3%A4', '', '')
    """
    if not url.lower().startswith(_LINKED) or set(url) & set(' "<>') or link_fault(url):
        return ""
    return ascii_address(url)


def as_text(part: PagePart, text: str, type_: TextStyle, before: float = _BEFORE_ENTRY) -> Piece:
    """A paragraph of a list."""
    return Piece(part, lambda width: replace(paragraph(text, type_, width, "text"), before=before))


def _digits(most: int, type_: TextStyle) -> float:
    return width_of("0" * len(str(most)), type_.size, "bold")


def _numbered(number: int, type_: TextStyle, digits: float) -> TextLine:
    """A number, right-aligned with the longest number of its list."""
    said = str(number)
    x = digits - width_of(said, type_.size, "bold")
    bold = replace(type_, weight="bold")
    return TextLine(said, x, baseline(type_), bold, "number", begins=True)


def _entry(
    entry: RecordNote, type_: TextStyle, digits: float, *, full: bool
) -> Callable[[float], Block]:
    sentence = clean_line(entry.sentence if full else entry.line)
    said = f"{sentence.replace(entry.title, embed(entry.title))} {references(entry)}"

    def block(width: float) -> Block:
        wide = sign_width(entry.sign)
        x = digits + _GAP
        # Circles are centred in the width of a banner, so that the texts are left-aligned.
        available = max(wide, _BANNER)
        text = paragraph(
            said,
            type_,
            width - x - available - _GAP,
            "text",
            x=x + available + _GAP,
            is_english=True,
        )
        # Points: the chip is a little higher than a line and is centred on the first one.
        drop = 1.5
        items = [
            _numbered(entry.number, type_, digits),
            Picture(x + (available - wide) / 2, level(type_), wide, sign=entry.sign, role="text"),
            *text.items,
        ]
        lowered = tuple(move(item, 0, drop) for item in items)
        cuts = tuple(at + drop for at in text.cuts)
        return Block(text.height + drop, lowered, before=_BEFORE_ENTRY, cuts=cuts)

    return block


def _source(source: SourceNote, type_: TextStyle, digits: float) -> Callable[[float], Block]:
    def block(width: float) -> Block:
        x = digits + _GAP
        said = replace(
            source, author=embed(source.author), title=embed(source.title),
            publisher=embed(source.publisher),
        ).text  # fmt: skip
        parts = [paragraph(clean_line(said), type_, width - x, "source", x=x, is_english=True)]
        if link := safe_link(source.url):
            blue = replace(type_, tone="focus")
            parts.append(paragraph(source.url, blue, width - x, "link", x=x, link=link))
        text = stack(parts)
        number = replace(_numbered(source.number, type_, digits), role="source-number")
        return Block(text.height, (number, *text.items), before=_BEFORE_SOURCE, cuts=text.cuts)

    return block


def _paragraphs(content: Content) -> list[str]:
    return [said for line in content.note.splitlines() if (said := clean_line(line))]


def _note(lines: list[str], size: Size, width: float, whose: str) -> Block:
    """Paragraphs beside a bar, so that they are not mistaken for the words of a source."""
    head, type_ = TextStyle(size.small, "bold", "muted"), TextStyle(size.text)
    # Space is kept free for an ellipsis after a line that is cut.
    inner = width - _BAR - _SPARE
    parts = [
        paragraph(whose, head, inner, "heading", x=_BAR),
        *(paragraph(line, type_, inner, "note", x=_BAR, before=2) for line in lines),
    ]
    text = stack(parts)
    # Each line has its own piece of the bar, so that the bar is divided with the lines.
    cuts = text.cuts
    tops = (0.0, *cuts)
    bar = tuple(
        Panel(0, top + ROUNDING if top else 0.0, _BAR_WIDTH, bottom - top, "focus")
        for top, bottom in zip(tops, cuts, strict=False)
    )
    # Not divided after the heading or the first line of the note.
    return Block(text.height, (*bar, *text.items), before=_BEFORE_NOTE, cuts=cuts[2:])
