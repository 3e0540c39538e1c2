"""What slides and reports say in the same words: lines with numbers, links and a direction."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from geo.briefing.packing import moment
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.layout.margins import subtitle
from geo.snapshot.layout.notes import GRADES_SAID, about, references, safe_link
from geo.snapshot.output.making import Snapshot

TYPE: Final = "Arial"
"""Has Latin, Dari and Pashto on Windows and macOS; Linux sets Liberation Sans, as wide."""
LANGUAGE: Final = "en-GB"
LANGUAGE_RTL: Final = "fa"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that no program of an office has seen yet.

    Parameters
    ----------
    number
        Stands in front, hanging; the number of the figure, so it is text and never counted anew.
    link
        Address to which the end of the paragraph leads, shown as it is.
    """

    text: str
    kind: Literal["text", "heading", "item", "quiet"] = "text"
    number: str = ""
    link: str = ""

    @property
    def rtl(self) -> bool:
        """Whether it reads from right to left."""
        return right_to_left(self.text)


def right_to_left(text: str) -> bool:
    """Whether a text reads from right to left: its first letter decides (Unicode Annex 9, P2).

    Examples
    --------
    >>> right_to_left("نقشه Kabul"), right_to_left("3. Kabul (کابل)"), right_to_left("2024")
    (True, False, False)
    """
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def record_lines(content: Content, *, full: bool) -> Iterator[Paragraph]:
    """The numbered records; those that are not drawn under their headings.

    Parameters
    ----------
    full
        Each in its whole sentence, else in a line.
    """
    heading = ""
    for entry in content.entries:
        if entry.beside and entry.beside != heading:
            heading = entry.beside
            yield Paragraph(f"Not mapped: {heading}", "heading")
        text = entry.sentence if full else entry.line
        # What stands in brackets is never torn apart at the end of a row.
        cited = references(entry).replace(" ", "\u00a0")
        yield Paragraph(f"{clean_line(text)} {cited}", "item", f"{entry.number}")


def source_lines(content: Content) -> Iterator[Paragraph]:
    """The numbered sources with their grades and links."""
    if content.sources:
        yield Paragraph(GRADES_SAID, "quiet")
    for source in content.sources:
        yield Paragraph(clean_line(source.text), "item", f"{source.number}", safe_link(source.url))


def about_lines(content: Content) -> Iterator[Paragraph]:
    """What stands beside the figure: what is shown, what has changed, what to know."""
    yield Paragraph(subtitle(content))
    yield from (Paragraph(clean_line(said)) for said in (content.since, *content.warnings) if said)


def note_lines(content: Content) -> Iterator[Paragraph]:
    """The note of whoever briefs, a paragraph for each of its own, said to be theirs."""
    lines = [said for line in content.note.splitlines() if (said := clean_line(line))]
    if lines:
        yield Paragraph("Briefer’s note", "heading")
    yield from map(Paragraph, lines)


def credit_lines(snapshot: Snapshot) -> Iterator[Paragraph]:
    """Which data it is, disclaimer, credits, projection."""
    yield from (Paragraph(said, "quiet") for said in about(snapshot.content, snapshot.recipe.hash8))


def version(snapshot: Snapshot) -> str:
    """Which data, which snapshot, on which day."""
    return about(snapshot.content, snapshot.recipe.hash8)[0].rstrip(".")


def introduce(core: Any, content: Content) -> None:
    """Say in the properties of a slide deck or a report what it is, and nothing of who made it.

    Parameters
    ----------
    core
        The core properties (ISO/IEC 29500-2) as either of the two libraries gives them.
    """
    core.title, core.author, core.last_modified_by = content.title[:255], "", ""
    core.subject = " · ".join(content.subtitle)[:255]
    core.keywords, core.comments = f"data version {content.data_version}", ""
    core.created = core.modified = moment(content.as_of)
    core.language, core.revision = LANGUAGE, 1
