"""Pack everything of a snapshot into one archive, with a text that describes each file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from geo.briefing.chart_tables import chart_csv
from geo.briefing.citations import styled_citations
from geo.briefing.packing import packed
from geo.briefing.report import report
from geo.briefing.slides import slides
from geo.briefing.snippets import citation, html_image, iframe, markdown_image
from geo.briefing.tables import events_csv, records_csv, records_geojson, sources_csv
from geo.briefing.wording import version
from geo.snapshot.content.sizes import PRINT_DPI
from geo.snapshot.layout.event_notes import event_texts
from geo.snapshot.output.making import Snapshot
from geo.table.workspace import Workspace
from geo.webmap.document import document_html

_ABOUT: Final[Mapping[str, str]] = {
    ".png": "the figure for a screen",
    "_300dpi.png": "the figure for print, 300 dpi",
    ".svg": "the figure as vector graphics with real text",
    ".pdf": "the figure with all notes, real text and links",
    ".html": "the interactive map, opening as shown; it contains all records and works offline",
    ".pptx": "slides: the figure, notes and sources, also in the speaker notes",
    ".docx": "a report: the figure with its caption, notes and sources",
    "records.csv": "the records shown, one row each; see below",
    "records.geojson": "the same, one feature for each place of each record; WGS 84",
    "sources.csv": "their sources, with ratings and links",
    "events-by-province.csv": "the events shown, counted by province, and those not drawn",
    "chart.csv": "the numbers of the chart, one row for each bar",
    "alt-text.txt": "alternative text for readers who cannot see the map",
    "snippets.txt": "embed code and citation",
    "recipe.json": "recreates the figure: incident-map snapshot --recipe recipe.json",
}
_REDUCED: Final = ("contains all records", "contains only the records shown")
"""What the text about a file says of all records, and of a figure that holds only what is shown."""
_NO_ROWS: Final = """\
The events are in the figure as counts only: neither this archive nor its interactive map has any of
their rows. To make the figure again, the event file is needed beside recipe.json."""
_CAUTIONS: Final = """\
Nothing here says more than its source does. A claim is a claim. "Not stated" is an empty cell or
null, never 0. A point is given only where a source states one; a province is an area, and the
position in it is not known. Each claim has two ratings that are never merged: source reliability
(A to F) and information credibility (1 to 6).

records.csv and sources.csv are UTF-8 with a byte order mark, so that Excel reads Dari. A cell that
a spreadsheet would take for a formula has an apostrophe in front. Where a record has several
places, their columns hold one part for each, separated by semicolons; its fatalities are those of
all places together. A record without a number is outside the frame of the figure."""


def bundle(snapshot: Snapshot, workspace: Workspace, *, as_picture: bool = False) -> bytes:
    """Return a ZIP of all formats; the same snapshot gives the same bytes.

    Parameters
    ----------
    as_picture
        Whether the map on its slides is a picture.
    """
    members = {"README.txt": b""}
    members |= pictures(snapshot)
    members |= {
        f"{snapshot.name}.html": web_page(snapshot, workspace),
        f"{snapshot.name}.pptx": slides(snapshot, as_picture=as_picture),
        f"{snapshot.name}.docx": report(snapshot),
    }
    members |= tables(snapshot, workspace)
    members["README.txt"] = "\n".join(_readme(snapshot, list(members))).encode()
    return packed(members, snapshot.recipe.as_of)


def pictures(snapshot: Snapshot) -> dict[str, bytes]:
    """Return the figure for screen and print, as vector graphics, and as a document.

    Returns
    -------
    File name to the bytes of the file: PNG for screen and for print, SVG and PDF.
    """
    name = snapshot.name
    return {
        **dict(numbered(name, ".png", snapshot.png())),
        **dict(numbered(f"{name}_300dpi", ".png", snapshot.png(PRINT_DPI))),
        **dict(numbered(name, ".svg", snapshot.svg())),
        f"{name}.pdf": snapshot.pdf(),
    }


def numbered(name: str, suffix: str, pages: tuple[bytes, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield pages by file name: the first has the plain name, the others a number."""
    for number, page in enumerate(pages, start=1):
        yield f"{name}{'' if number == 1 else f'_p{number}'}{suffix}", page


def web_page(snapshot: Snapshot, workspace: Workspace) -> bytes:
    """Return the map document with the data at the time of export."""
    recipe, title = snapshot.recipe, snapshot.recipe.title
    # A handling marking belongs to every file of a figure; what else the editor adds does not.
    if marking := recipe.editorial.marking_line:
        title = f"{marking} · {snapshot.content.title}"
    text = document_html(workspace, view=recipe.view, as_of=recipe.as_of, title=title)
    return text.encode()


def tables(snapshot: Snapshot, workspace: Workspace) -> dict[str, bytes]:
    """Return records, sources, the alternative text, snippets and the recipe.

    Returns
    -------
    File name to the bytes of the file.
    """
    content, recipe = snapshot.content, snapshot.recipe
    return {
        "records.csv": records_csv(workspace, content, recipe),
        "records.geojson": records_geojson(workspace, content, recipe),
        "sources.csv": sources_csv(workspace, content, recipe),
        **({"events-by-province.csv": events_csv(content.events)} if content.events else {}),
        **({"chart.csv": chart_csv(content.chart)} if content.chart else {}),
        "alt-text.txt": f"{content.alt_text}\n".encode(),
        "snippets.txt": "\n".join(_snippets(snapshot)).encode(),
        "recipe.json": recipe.to_json().encode(),
    }


def _snippets(snapshot: Snapshot) -> Iterator[str]:
    yield from ("Interactive map:", iframe(snapshot), "")
    yield from ("Image in HTML:", html_image(snapshot), "")
    yield from ("Image in Markdown:", markdown_image(snapshot), "")
    yield from ("Citation:", citation(snapshot), "")
    for label, text in styled_citations(snapshot):
        yield from (f"{label}:", text, "")


def _readme(snapshot: Snapshot, names: list[str]) -> Iterator[str]:
    content = snapshot.content
    if marking := content.editorial.marking_line:
        yield from (marking, "")
    yield from (content.title, " · ".join(content.subtitle), *content.ledgers)
    yield from (version(snapshot), "", "Files", "-----")
    for name in names:
        if name != "README.txt":
            said = _about(name, snapshot.name)
            yield f"{name}: {said.replace(*_REDUCED) if snapshot.recipe.only_shown else said}"
    if content.warnings:
        yield from ("", "About this figure", "-------", *content.warnings)
    yield from ("", "How to read it", "----------------", _CAUTIONS)
    if content.events is not None:
        yield from ("", "Events", "------", *event_texts(content), _NO_ROWS)
    yield from ("", "Licences and credits", "--------------------", *content.credits)
    yield from ("", content.disclaimer, f"Projection of the figure: {content.projection}.", "")


def _about(name: str, base: str) -> str:
    said = name.removeprefix(base)
    page, _, suffix = said.rpartition(".")
    head, marked, number = page.rpartition("_p")
    if marked and number.isdigit():
        return f"{_ABOUT[f'{head}.{suffix}']}, page {number}"
    return _ABOUT[said]
