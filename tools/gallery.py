"""Draw the gallery of figures in ``docs/`` again: each size, each variant, and documents.

Run from the project's root with ``make pictures``. Slides and reports are opened in LibreOffice, so
that the gallery shows what their recipients see.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from geo.briefing.formats import files
from geo.files import write_whole
from geo.series.contents import say_maps
from geo.series.frames import frames_of
from geo.series.making import FRAME_DPI, make_series
from geo.series.series_recipe import SeriesRecipe
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
FIGURES: Final = (
    *(
        Show(size.key, size.label, Recipe(as_of=DAY, size=size.key))
        for size in SIZES.values()
    ),
    Show("grey", "Greyscale, for print", Recipe(as_of=DAY, variant="grey")),
    Show("dark", "Dark", Recipe(as_of=DAY, variant="dark")),
    Show("provinces", "Province totals", Recipe(View(mode="provinces"), as_of=DAY)),
    Show("detail", "A detail with a locator map", Recipe(_DETAIL, as_of=DAY)),
    Show("dari", "A title in Dari", Recipe(as_of=DAY, title="گروه‌های مسلح در افغانستان")),
)  # fmt: skip
_YEAR: Final = View(first=date(2022, 1, 1), last=date(2022, 12, 31))
_HALVES: Final = replace(
    _YEAR, last=date(2022, 6, 30), compare=(date(2022, 7, 1), date(2022, 12, 31))
)
SERIES: Final = (
    ("multiples", "A map for each month", SeriesRecipe(Recipe(_YEAR, as_of=DAY))),
    ("atlas", "The overview of an atlas", SeriesRecipe(Recipe(as_of=DAY), "atlas", "province")),
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


def main() -> None:
    """Draw all figures and write the page that shows them."""
    workspace = open_workspace(ROOT / "data")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    parts = [HEAD, *_figures(workspace), *_series(workspace), *_opened(workspace)]
    write_whole(PAGE, "\n".join(parts).encode())


def _figures(workspace: Workspace) -> Iterator[str]:
    for show in FIGURES:
        snapshot = _made(workspace, show.recipe)
        yield f"## {show.title}\n"
        yield from _shown(show.name, snapshot.png()[:1], snapshot.content.alt_text)


def _series(workspace: Workspace) -> Iterator[str]:
    """The first page with maps, or the last frame, of a series of each form."""
    for form, title, series in SERIES:
        made = make_series(workspace, series)
        yield f"## {title}\n"
        if form == "time-lapse":
            *_, page = frames_of(made.contents, made.size)
        else:
            page = next(page for page in made.pages if page.panels)
        alt = say_maps(made.contents.panels, made.contents.whole.ledger)
        yield from _shown(form, [as_png(page, FRAME_DPI)], alt)


def _opened(workspace: Workspace) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for key, form, _, recipe in OPENED:
            (made,) = files(_made(workspace, recipe), workspace, form)
            (folder / f"{key}.{form}").write_bytes(made.data)
        as_pdf(sorted(folder.glob("*.pptx")) + sorted(folder.glob("*.docx")), folder)
        for key, form, title, _ in OPENED:
            by = "" if form == "pdf" else ", as LibreOffice opens it"
            yield f"## {title}{by}\n"
            yield from _shown(key, pictures(folder / f"{key}.pdf"), title)


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


def _made(workspace: Workspace, recipe: Recipe) -> Snapshot:
    return make(workspace, recipe)


def _shown(name: str, pages: Sequence[bytes], said: str) -> Iterator[str]:
    for number, page in enumerate(pages, start=1):
        file = FOLDER / (f"{name}.png" if len(pages) == 1 else f"{name}-{number}.png")
        write_whole(file, small(page))
        print(file.relative_to(ROOT))
        more = f", page {number}" if number > 1 else ""
        yield f"![{said}{more}](../images/gallery/{file.name})\n"


if __name__ == "__main__":
    main()
