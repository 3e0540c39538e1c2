"""Pages as SVG and PDF: real text in a type that comes with them, links, and words for the map.

The same pages give the same bytes: neither format holds an hour, a random name or a version.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

from fontTools import subset  # type: ignore[import-untyped] # published without types
from matplotlib.backends.backend_pdf import PdfFile, RendererPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG

from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import Recipe, one_line
from geo.snapshot.layout.typesetting import direction
from geo.snapshot.lettering import Weight, font
from geo.snapshot.output.writing import Sheet, drawn, own_rules

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_SILENT: Final = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_FAMILY: Final = "DejaVu Sans"
_WEIGHTS: Final[dict[Weight, int]] = {"normal": 400, "bold": 700}
_TURNED: Final = {"start": "end", "end": "start"}
_MARKS: Final = str.maketrans("", "", "\u200e\u200f")
_NO_TURN: Final = re.compile(r"rotate\(-?0 ")


def as_svg(sheet: Sheet, number: int, pages: int) -> bytes:
    """A page as SVG that looks the same in every browser and needs nothing from elsewhere."""
    file = io.BytesIO()
    with own_rules():
        FigureCanvasSVG(drawn(sheet)).print_svg(file, metadata=_SILENT)
    # It is matplotlib's own, and has passed through no other hands.
    root = ET.fromstring(file.getvalue())  # noqa: S314 - what matplotlib has just written
    for found in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(found)
    texts = [_directed(text) for text in root.iter(f"{{{_SVG}}}text")]
    _head(root, sheet.content, number, pages, _faces(texts))
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def as_pdf(sheets: Sequence[Sheet], content: Content, recipe: Recipe) -> bytes:
    """All pages in one document."""
    file = io.BytesIO()
    day = content.as_of
    with own_rules():
        made: Any = PdfFile(file, metadata={
            "Title": content.title,
            "Subject": one_line(content.alt_text),
            "Keywords": f"data version {content.data_version}, snapshot {recipe.hash8}",
            "Creator": "Incident Map", "Producer": "matplotlib",
            "CreationDate": datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None,
        })  # fmt: skip
        for sheet in sheets:
            figure = drawn(sheet)
            figure.set_dpi(72)
            width, height = figure.get_size_inches()
            made.newPage(width, height)
            renderer: Any = RendererPdf(made, 72, height, width)
            figure.draw(renderer)
            renderer.finalize()
            made.endStream()
        made.finalize()
        made.close()
    return file.getvalue()


def _directed(text: ET.Element) -> ET.Element:
    """A line of text as browsers set it: its direction said, its anchor where reading begins."""
    said = text.text or ""
    if direction(said) == "rtl":
        text.set("direction", "rtl")
        text.set("unicode-bidi", "embed")
        style = text.get("style", "")
        turned = re.sub(
            r"text-anchor: (start|end)", lambda m: f"text-anchor: {_TURNED[m[1]]}", style
        )
        text.set("style", turned)
    text.text = said.translate(_MARKS)
    if _NO_TURN.match(text.get("transform", "")):
        del text.attrib["transform"]
    return text


def _head(root: ET.Element, content: Content, number: int, pages: int, faces: str) -> None:
    title, described = ET.Element(f"{{{_SVG}}}title"), ET.Element(f"{{{_SVG}}}desc")
    style = ET.Element(f"{{{_SVG}}}style", type="text/css")
    of = f" (page {number} of {pages})" if pages > 1 else ""
    title.set("id", f"snapshot-title-{number}")
    described.set("id", f"snapshot-text-{number}")
    title.text = f"{content.title}{of}"
    described.text = content.alt_text if number == 1 else f"Notes and sources: {content.title}"
    style.text = faces
    # A list is read, a map is described.
    root.set("role", "img" if number == 1 else "graphics-document document")
    root.set("aria-labelledby", str(title.get("id")))
    root.set("aria-describedby", str(described.get("id")))
    root[:0] = [title, described, style]


def _faces(texts: Sequence[ET.Element]) -> str:
    """Rules that bring the letters along which these texts need."""
    return "".join(
        f"@font-face{{font-family:'{_FAMILY}';font-weight:{number};"
        f"src:url(data:font/woff;base64,{_subset(letters, weight)}) format('woff')}}"
        for weight, number in _WEIGHTS.items()
        if (letters := "".join(sorted(set().union(*_said(texts, number)))))
    )


def _said(texts: Sequence[ET.Element], number: int) -> Iterator[str]:
    for text in texts:
        found = re.search(r"font-weight: (\d+)", text.get("style", ""))
        if (int(found[1]) if found else 400) == number:
            yield text.text or ""


def _subset(letters: str, weight: Weight) -> str:
    options = subset.Options(
        flavor="woff", hinting=False, notdef_outline=True, drop_tables=["FFTM"]
    )
    chosen, file = subset.Subsetter(options), io.BytesIO()
    chosen.populate(text=letters)
    with subset.load_font(font(9, weight).get_file(), options) as face:
        chosen.subset(face)
        subset.save_font(face, file, options)
    return base64.b64encode(file.getvalue()).decode()
