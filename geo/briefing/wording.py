"""Wordings that slides and reports share: lines with numbers, links and a direction."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from geo.briefing.packing import moment
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.layout.event_notes import event_texts
from geo.snapshot.layout.margins import subtitle
from geo.snapshot.layout.notes import GRADES_SAID, about, references, safe_link
from geo.snapshot.layout.text_runs import language_of, text_runs
from geo.snapshot.output.making import Snapshot

TYPE: Final = "Arial"
"""Has Latin, Dari and Pashto on Windows and macOS; Linux uses Liberation Sans, equally wide."""
LANGUAGE: Final = "en-GB"
LANGUAGE_RTL: Final = "prs"
"""That of a document for letters from right to left, where a text has none of its own."""
_LONGEST: Final = 255
"""Most characters of a property: python-pptx and python-docx refuse more."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, independent of any office program.

    Parameters
    ----------
    number
        Printed in front, hanging: the number in the figure, as text that is never renumbered.
    link
        Address that the end of the paragraph links to, shown in full.
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
    """Tell whether a text reads right to left: its first letter decides (Unicode Annex 9, P2).

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


def spoken_runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text with the language that each is spoken in, as tags of BCP 47.

    Examples
    --------
    >>> list(spoken_runs("In (کابل)")), list(spoken_runs("2024"))
    ([('In (', 'en-GB'), ('کابل', 'prs'), (')', 'en-GB')], [('2024', 'en-GB')])
    """
    yield from ((run.text, language_of(run.text) or LANGUAGE) for run in text_runs(text))


def record_lines(content: Content, *, full: bool) -> Iterator[Paragraph]:
    """Yield the numbered records, with those that are not mapped under their headings.

    Parameters
    ----------
    full
        Whether each has its whole sentence, or only one line.
    """
    heading = ""
    for entry in content.entries:
        if entry.beside and entry.beside != heading:
            heading = entry.beside
            yield Paragraph(unmapped_heading(content, heading), "heading")
        text = entry.sentence if full else entry.line
        # Bracketed references are never broken at the end of a row.
        cited = references(entry).replace(" ", "\u00a0")
        yield Paragraph(f"{clean_line(text)} {cited}", "item", f"{entry.number}")


def unmapped_heading(content: Content, heading: str) -> str:
    """Return the heading of records that are not mapped, in the language of the figure."""
    return content.words.say(f"Not mapped: {content.words.say(heading)}")


def source_lines(content: Content) -> Iterator[Paragraph]:
    """Yield the numbered sources with their ratings and links."""
    if content.sources:
        yield Paragraph(GRADES_SAID, "quiet")
    for source in content.sources:
        yield Paragraph(clean_line(source.text), "item", f"{source.number}", safe_link(source.url))


def event_lines(content: Content) -> Iterator[Paragraph]:
    """Yield the counts by province and the source of the events, if the figure shows any."""
    if content.events is None:
        return
    yield Paragraph("Events", "heading")
    *counts, source = event_texts(content)
    yield from map(Paragraph, counts)
    yield Paragraph(source, link=safe_link(content.events.link))


def about_lines(content: Content) -> Iterator[Paragraph]:
    """Yield the text about the figure: what it shows, what has changed, what to know.

    The editor's subtitle comes first.
    """
    if content.editorial.subtitle:
        yield Paragraph(content.editorial.subtitle)
    yield Paragraph(subtitle(content))
    yield from (Paragraph(clean_line(said)) for said in (content.since, *content.warnings) if said)


def note_lines(content: Content) -> Iterator[Paragraph]:
    """Yield the author's note, marked as theirs, one line per paragraph."""
    lines = [said for line in content.note.splitlines() if (said := clean_line(line))]
    if lines:
        yield Paragraph(content.words.say("Briefer’s note"), "heading")
    yield from map(Paragraph, lines)


def credit_lines(snapshot: Snapshot) -> Iterator[Paragraph]:
    """Yield data version, disclaimer, credits and projection."""
    yield from (Paragraph(said, "quiet") for said in about(snapshot.content, snapshot.id8))


def version(snapshot: Snapshot) -> str:
    """Return the data version, the snapshot's id and its day."""
    return about(snapshot.content, snapshot.id8)[0].rstrip(".")


def introduce(core: Any, content: Content) -> None:
    """Describe a deck or report in its properties, without naming who made it.

    Parameters
    ----------
    core
        The core properties (ISO/IEC 29500-2) as given by python-pptx or python-docx.
    """
    core.title, core.author, core.last_modified_by = content.title[:_LONGEST], "", ""
    core.subject = " · ".join(content.subtitle)[:_LONGEST]
    core.keywords, core.comments = f"data version {content.data_version}", ""
    core.created = core.modified = moment(content.as_of)
    core.language, core.revision = LANGUAGE, 1
