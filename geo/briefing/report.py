"""Write a snapshot as a Word document: figure and caption, then numbered records and sources.

Everything but the map is native text in named styles, so that it takes on the look of the report it
is pasted into. The numbers are text, not a Word list: they refer to the map, and must not change
when somebody deletes a paragraph.
"""

from __future__ import annotations

import io
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.shared import Mm

from geo.briefing import word_document as papers
from geo.briefing.chart_tables import CHART_TABLE
from geo.briefing.editorial_parts import add_header, add_marking, logo_height
from geo.briefing.imprints import list_in_report
from geo.briefing.measuring import height_of
from geo.briefing.packing import repack
from geo.briefing.wording import (
    Paragraph,
    about_lines,
    credit_lines,
    event_lines,
    note_lines,
    record_lines,
    right_to_left,
    source_lines,
    version,
)
from geo.errors import GeoError
from geo.snapshot.output.in_png import find_in_png
from geo.snapshot.output.making import Snapshot

_DPI: Final = 300
"""Resolution of the map in a report: what print shops ask for."""
_FOOT_AND_HEAD: Final = 30.0
"""Millimetres of a page that its margins, header and footer take."""
_CAPTION_POINTS: Final = 9.0
"""Size of the caption in points, the least in print."""
_LEAST_MAP: Final = 120.0
"""Millimetres; a lower figure could not hold map, legend and record count."""
_LEAST_SHARE: Final = 0.48
"""Least height of the figure as a share of its width; below it, the map would be a strip."""
# Without it, the numbers after a Dari title would be read as part of it.
_LEFT_TO_RIGHT: Final = "\u200e"
_TALLEST: Final = 1.2
"""Greatest height of the figure, as a multiple of its width."""


def report(snapshot: Snapshot) -> bytes:
    """Return the snapshot as a DOCX; the same snapshot gives the same bytes.

    The page has the snapshot's size, or A4 for slides and the web.
    """
    content, size = snapshot.content, snapshot.size
    document = papers.new_document(content, size)
    add_header(document, content)
    papers.add_paragraph(document, Paragraph(content.title), "Title")
    for line in about_lines(content):
        papers.add_paragraph(document, line, "Subtitle")
    for line in note_lines(content):
        # A heading of the first level, as those below: no level is skipped.
        papers.add_paragraph(document, line, "Heading 1" if line.kind == "heading" else None)
    _figure(document, snapshot)
    _listed(document, snapshot)
    _footer(document, snapshot)
    file = io.BytesIO()
    document.save(file)
    return repack(file.getvalue(), content.as_of)


def _figure(document: WordDocument, snapshot: Snapshot) -> None:
    """Add the picture and its caption, as large as fits on one page with the text above."""
    content = snapshot.content
    width = papers.figure_width(snapshot.size)
    here, alone = _heights(snapshot)
    try:
        height, made = here, snapshot.figure_and_vector(width, here, _DPI)
    except GeoError:  # map and legend need more than is left of the page
        height, made = alone, snapshot.figure_and_vector(width, alone, _DPI)
    picture, vector = made
    paragraph = document.add_paragraph(style="Map")
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), Mm(width), Mm(height))
    papers.describe(shape, "Figure 1", content.alt_text)
    list_in_report(document, [find_in_png(picture, "the figure")])
    papers.add_vector(document, shape, vector)
    caption: Any = document.add_paragraph(style="Caption")
    caption.add_run("Figure ")
    papers.field(caption, "SEQ Figure \\* ARABIC", "1")
    papers.add_runs(caption, f". {_caption(snapshot)}")


def _heights(snapshot: Snapshot) -> tuple[float, float]:
    """Return the millimetres left for the figure on the first page, and on a page of its own.

    Where little is left, the figure starts on a page of its own.
    """
    content, size = snapshot.content, snapshot.size
    width = papers.text_width(size)
    page = papers.sheet(size)[1] - _FOOT_AND_HEAD
    above = height_of(
        [Paragraph(content.title, "heading")], papers.title_points(content, size), width
    )
    # Set smaller than measured, with a few millimetres to spare: Word may need more than estimated.
    above += logo_height(content)
    above += height_of([*about_lines(content), *note_lines(content)], 11, width) + 4
    below = height_of([Paragraph(_caption(snapshot))], _CAPTION_POINTS, width) + 6
    tallest = size.height if size.medium == "report" else width * _TALLEST
    room = page - below - above
    least = max(_LEAST_MAP, width * _LEAST_SHARE)
    # A figure at half the width of the text is as high as its legend needs.
    alone = page - below if size.medium == "report" else min(tallest, page - below)
    return (min(tallest, room) if room >= least else alone), alone


def _caption(snapshot: Snapshot) -> str:
    content = snapshot.content
    mark = _LEFT_TO_RIGHT if right_to_left(content.title) else ""
    return f"{content.title}{mark}. {'. '.join(content.ledgers)}. {version(snapshot)}."


def _listed(document: WordDocument, snapshot: Snapshot) -> None:
    content = snapshot.content
    notes = content.words.say("Notes") if content.words.phrases else "Records"
    papers.add_paragraph(document, Paragraph(notes), "Heading 1")
    for line in record_lines(content, full=True):
        papers.add_paragraph(document, line)
    papers.add_paragraph(document, Paragraph(content.words.say("Sources")), "Heading 1")
    for line in source_lines(content):
        mark = f"source_{line.number}" if line.number else ""
        papers.add_paragraph(document, line, "Source" if mark else None, mark)
    for line in event_lines(content):
        papers.add_paragraph(document, line, "Heading 1" if line.kind == "heading" else None)
    if content.chart is not None and content.chart.rows:
        papers.add_paragraph(document, Paragraph(CHART_TABLE), "Heading 1")
        papers.add_paragraph(document, Paragraph(content.chart.table_note, "quiet"))
        papers.add_table(document, [content.chart.head, *content.chart.rows])
    papers.add_paragraph(document, Paragraph(content.words.say("Credits")), "Heading 1")
    for line in credit_lines(snapshot):
        papers.add_paragraph(document, line)


def _footer(document: WordDocument, snapshot: Snapshot) -> None:
    """Add the data version and the page number to every page, below the editor's marking."""
    foot: Any = document.sections[0].footer.paragraphs[0]
    if add_marking(foot, snapshot.content):
        foot = document.sections[0].footer.add_paragraph(style="Footer")
    papers.fill(foot, Paragraph(f"{version(snapshot)} · page "))
    papers.field(foot, "PAGE", "1")
