"""Draw the gallery of figures in ``docs/`` again: each size, each variant, and documents.

Run from the project's root with ``make pictures``, or ``python -m tools.gallery NAME …`` for some
of them. Slides and reports are opened in LibreOffice, so that the gallery shows what their
recipients see.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
from PIL import Image, ImageOps

from geo.briefing.formats import files
from geo.events.columns.schema import SCHEMA
from geo.files import write_whole
from geo.series.contents import say_maps
from geo.series.frames import frames_of
from geo.series.making import FRAME_DPI, Series, make_series
from geo.series.series_recipe import SeriesRecipe
from geo.snapshot.content.chart_choice import ChartChoice
from geo.snapshot.content.editorial.editor_marks import EditorMark
from geo.snapshot.content.editorial.editorial import Editorial
from geo.snapshot.content.editorial.mark_labels import MarkLabels
from geo.snapshot.content.event_choice import EventChoice
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES
from geo.snapshot.output.making import Snapshot, make
from geo.snapshot.output.writing import as_png
from geo.table.workspace import Workspace
from geo.view import View, Viewport
from geo.workspace import open_workspace
from tools import programs

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "reference" / "gallery.md"
FOLDER: Final = ROOT / "docs" / "images" / "gallery"
DAY: Final = date(2026, 11, 21)
SIDES: Final = (1200, 1100, 1000, 900, 800)
"""Longest sides in pixels that are tried, the largest first, until the file is small enough."""
MOST_BYTES: Final = 150_000
"""Most bytes of a picture: the repository keeps every version of each."""
COLOURS: Final = 64
"""Colours of the palette of a picture, few enough to keep the file small."""
HEAD: Final = """\
# Gallery

Figures of the project's own data, written by `make pictures`. Each is available as PNG, SVG, PDF,
web page, PowerPoint, Word, or all of them in one ZIP file; the same recipe and data give the same
file.
"""


@dataclass(frozen=True)
class Show:
    """One figure of the gallery: its file name, what it shows, and how it is made."""

    name: str
    title: str
    recipe: Recipe


_DETAIL: Final = View(viewport=Viewport(34.6, 69.3, 8))
_YEAR: Final = View(first=date(2022, 1, 1), last=date(2022, 12, 31))
_INVENTED: Final = "Invented for the gallery"
PAGE_OF_ATLAS: Final = "atlas-page"
_EDITORIAL: Final = Editorial(
    subtitle="What was claimed and reported in one year",
    source="Desk for the region",
    marking="TLP:AMBER",
    caveats="Not for publication",
    labels=MarkLabels(from_fields=True),
    marks=(
        EditorMark("arrow", ((33.6, 67.2), (35.1, 69.2)), text="Route of the convoys"),
        EditorMark("circle", ((32.6, 65.9),), km=60.0, text="No correspondents"),
        EditorMark("text", ((31.6, 63.0),), text="Not covered by these sources"),
    ),
)
FIGURES: Final = (
    *(
        Show(size.key, size.label, Recipe(as_of=DAY, size=size.key))
        for size in SIZES.values()
    ),
    Show("grey", "Greyscale, for print", Recipe(as_of=DAY, variant="grey")),
    Show("dark", "Dark", Recipe(as_of=DAY, variant="dark")),
    Show("provinces", "Province totals", Recipe(View(mode="provinces"), as_of=DAY)),
    Show("detail", "A detail with a locator map", Recipe(_DETAIL, as_of=DAY)),
    Show("chart", "With a chart", Recipe(_YEAR, as_of=DAY, chart=ChartChoice("month", "below"))),
    Show("events", "With imported events, invented for this page", Recipe(_YEAR, as_of=DAY)),
    Show("editor", "With what an editor adds", Recipe(_YEAR, as_of=DAY, editorial=_EDITORIAL)),
    Show(
        "dari", "Title and fixed words in Dari",
        Recipe(
            as_of=DAY, title="گروه‌های مسلح در افغانستان", editorial=Editorial(language="fa")
        ),
    ),
)  # fmt: skip
_HALVES: Final = replace(
    _YEAR, last=date(2022, 6, 30), compare=(date(2022, 7, 1), date(2022, 12, 31))
)
SERIES: Final = (
    ("multiples", "A map for each month", SeriesRecipe(Recipe(_YEAR, as_of=DAY))),
    ("atlas", "The overview of an atlas", SeriesRecipe(Recipe(as_of=DAY), "atlas", "province")),
    (PAGE_OF_ATLAS, "A page of an atlas", SeriesRecipe(Recipe(as_of=DAY), "atlas", "province")),
    ("pair", "Two periods", SeriesRecipe(Recipe(_HALVES, as_of=DAY), "pair")),
    ("time-lapse", "A frame of a time-lapse",
     SeriesRecipe(Recipe(_YEAR, as_of=DAY), "time-lapse", "quarter")),
)  # fmt: skip
OPENED: Final = (
    ("slides", "pptx", "Slides", Recipe(as_of=DAY)),
    (
        "half-slides",
        "pptx",
        "Slides with half-slide figures",
        Recipe(as_of=DAY, size="half-slide", note="What three articles say, not what is known."),
    ),
    ("report", "docx", "A report", Recipe(as_of=DAY, size="a4-portrait")),
    ("pdf", "pdf", "A PDF", Recipe(as_of=DAY, size="a4-landscape")),
)


class Shown(NamedTuple):
    """A part of the page: file name, heading, text of its pictures, and how they are drawn."""

    name: str
    title: str
    said: str
    draw: Callable[[], Sequence[bytes]]


def main(names: Collection[str]) -> None:
    """Draw these figures, or all, and write the page that shows all of them."""
    workspace = open_workspace(ROOT / "data")
    FOLDER.mkdir(exist_ok=True)
    shown = [*_figures(workspace), *_series(workspace), *_opened(workspace)]
    known = [one.name for one in shown]
    if unknown := sorted(set(names) - set(known)):
        sys.exit(f"{', '.join(unknown)}: not in the gallery; expected any of {', '.join(known)}")
    for one in shown:
        if not names or one.name in names:
            _write(one)
    kept = {file for one in shown for file in _pictures_of(one.name)}
    for file in set(FOLDER.glob("*.png")) - kept:
        file.unlink()
    write_whole(PAGE, "\n".join([HEAD, *(part for one in shown for part in _part(one))]).encode())


def _figures(workspace: Workspace) -> Iterator[Shown]:
    for show in FIGURES:
        events = invented_events(workspace) if show.name == "events" else None
        recipe = show.recipe
        if events is not None:
            chosen = EventChoice("rings", events.digest, events.name, credit=_INVENTED)
            recipe = replace(recipe, events=chosen)
        snapshot = make(workspace, recipe, events)
        yield Shown(
            show.name, show.title, snapshot.content.alt_text, partial(_first_page, snapshot)
        )


def _first_page(snapshot: Snapshot) -> Sequence[bytes]:
    return snapshot.png()[:1]


def _series(workspace: Workspace) -> Iterator[Shown]:
    """The first page with maps, that of the first record, or the last frame of each form."""
    for name, title, series in SERIES:
        made = make_series(workspace, series)
        said = say_maps(made.contents.panels, made.contents.whole.ledger)
        yield Shown(name, title, said, partial(_page_of, made, name))


def _page_of(made: Series, name: str) -> Sequence[bytes]:
    if made.series.form == "time-lapse":
        *_, page = frames_of(made.contents, made.size)
    elif name == PAGE_OF_ATLAS:
        page = max(made.pages, key=lambda page: len(page.content.entries) * bool(page.page.map))
    else:
        page = next(page for page in made.pages if page.panels)
    return [as_png(page, FRAME_DPI)]


def _opened(workspace: Workspace) -> Iterator[Shown]:
    for key, form, title, recipe in OPENED:
        by = "" if form == "pdf" else ", as LibreOffice opens it"

        def draw(key: str = key, form: str = form, recipe: Recipe = recipe) -> Sequence[bytes]:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                (made,) = files(make(workspace, recipe), workspace, form)
                (folder / f"{key}.{form}").write_bytes(made.data)
                if form != "pdf":
                    as_pdf([folder / f"{key}.{form}"], folder)
                return pictures(folder / f"{key}.pdf")

        yield Shown(key, f"{title}{by}", title, draw)


def invented_events(workspace: Workspace) -> EventFile:
    """Make up some events in every third province, so that a figure can show rings."""
    groups = list(workspace.reading.dossier.groups)[:3]
    provinces = list(workspace.country.provinces)[::3]
    rows = [
        {
            "id": f"{province.code}-{number}", "origin": "table", "row": number,
            "groups": [groups[at % len(groups)]], "unmatched": [], "against": [],
            "event": "Battles", "subevent": "", "earliest": date(2022, 1 + number, 1),
            "latest": date(2022, 1 + number, 1), "date_precision": "day",
            "place_text": province.name, "place_name": province.name, "precision": "settlement",
            "province": province.code, "district": "", "lat": province.label_lat,
            "lon": province.label_lon, "uncertainty_m": 2000.0, "off": "", "status": "reported",
            "attribution": "attributed_by_third_party", "killed_low": None, "killed_best": None,
            "killed_high": None, "killed_basis": "not_stated", "source": _INVENTED, "notes": "",
        }
        for at, province in enumerate(provinces)
        for number in range(1 + at * 3 % 10)
    ]  # fmt: skip
    return EventFile(pa.Table.from_pylist(rows, schema=SCHEMA), "invented.parquet")


def as_pdf(documents: list[Path], folder: Path) -> None:
    """Convert documents to PDF in one run of LibreOffice with a profile of its own."""
    profile = (folder / "profile").resolve().as_uri()
    command = [str(programs.needed("soffice")), f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=170)


def pictures(pdf: Path, dpi: int = 100) -> list[bytes]:
    """Draw the pages of a PDF as PNG."""
    base = pdf.with_suffix("")
    subprocess.run(
        [str(programs.needed("pdftoppm")), "-r", str(dpi), "-png", str(pdf), str(base)], check=True
    )
    return [page.read_bytes() for page in sorted(pdf.parent.glob(f"{base.name}-*.png"))]


def small(png: bytes) -> bytes:
    """Reduce a picture for the documentation to fewer pixels and colours."""
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    for side in SIDES:
        file = io.BytesIO()
        less = ImageOps.contain(picture, (min(side, picture.width), side), Image.Resampling.LANCZOS)
        less.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, 1, dither=Image.Dither.NONE).save(
            file, "PNG", optimize=True
        )
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()


def _pictures_of(name: str) -> list[Path]:
    """The files of a part, in the order of their pages."""
    return [FOLDER / f"{name}.png", *sorted(FOLDER.glob(f"{name}-[0-9].png"))]


def _write(shown: Shown) -> None:
    for old in _pictures_of(shown.name):
        old.unlink(missing_ok=True)
    pages = shown.draw()
    for number, page in enumerate(pages, start=1):
        file = FOLDER / (f"{shown.name}.png" if len(pages) == 1 else f"{shown.name}-{number}.png")
        write_whole(file, small(page))
        print(file.relative_to(ROOT))


def _part(shown: Shown) -> Iterator[str]:
    yield f"## {shown.title}\n"
    there = [file for file in _pictures_of(shown.name) if file.exists()]
    for number, file in enumerate(there, start=1):
        more = f", page {number}" if number > 1 else ""
        yield f"![{shown.said}{more}](../images/gallery/{file.name})\n"


if __name__ == "__main__":
    main(sys.argv[1:])
