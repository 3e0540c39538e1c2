"""Pages as SVG and PDF: real text with embedded typefaces, links, and a text alternative.

The same pages give the same bytes: the files contain no time, random name or version.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

import matplotlib as mpl
from fontTools import subset  # type: ignore[import-untyped] # published without types
from matplotlib.backends.backend_svg import FigureCanvasSVG

from geo.snapshot.content.content import Content
from geo.snapshot.content.imprint import Imprint
from geo.snapshot.content.layers import layer_texts
from geo.snapshot.content.recipe import Recipe, clean_line
from geo.snapshot.layout.typesetting import text_direction
from geo.snapshot.output.in_pdf import KEY, NO_DIGEST, PICTURE_KEY, complete_pdf
from geo.snapshot.output.in_print import for_print
from geo.snapshot.output.in_svg import digest_svg, embed_in_svg
from geo.snapshot.output.pdf_pages import PdfPage, write_pdf
from geo.snapshot.output.svg_layers import INKSCAPE, group_by_layer
from geo.snapshot.output.tagged_pdf import PdfAbout
from geo.snapshot.output.writing import FigurePage, draw_page, own_rules
from geo.snapshot.typefaces import Typeface, Weight, faces_for

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_SILENT: Final = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_LEFT_OUT: Final = ["FFTM", "fvar", "gvar", "avar", "cvar", "HVAR", "MVAR", "STAT"]
"""Font tables that are not embedded: without the tables of variable fonts a typeface keeps its
regular weight, as measured."""
_WEIGHTS: Final[dict[Weight, int]] = {"normal": 400, "bold": 700}
"""Weight classes of the OpenType specification (OS/2 table, usWeightClass)."""
_TURNED: Final = {"start": "end", "end": "start"}
_MARKS: Final = str.maketrans("", "", "\u200e\u200f")
_TOO_FINE: Final = re.compile(r"(\.\d\d)\d+| (?= )")
"""Digits beyond a hundredth of a point, a twentieth of a dot in print at 300 dots per inch, and
doubled spaces: matplotlib writes millionths, which make a file a third larger."""
_NO_TURN: Final = re.compile(r"rotate\(-?0 ")


def as_svg(
    figure_page: FigurePage,
    number: int,
    pages: int,
    imprint: Imprint | None = None,
    *,
    as_outlines: bool = False,
) -> bytes:
    """A page as SVG that looks the same in every browser and loads nothing from elsewhere.

    It has an imprint unless that is ``None``.

    Parameters
    ----------
    as_outlines
        Whether letters are outlines, for programs that ignore embedded typefaces; otherwise, they
        are text.
    """
    file = io.BytesIO()
    letters: dict[Any, Any] = {"svg.fonttype": "path"} if as_outlines else {}
    with own_rules(), mpl.rc_context(letters):
        page = draw_page(figure_page, is_editable=True)
        FigureCanvasSVG(page).print_svg(file, metadata=_SILENT)
    # Matplotlib has just written this XML, so it is trusted.
    root = ET.fromstring(file.getvalue())  # noqa: S314 - what matplotlib has just written
    for found in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(found)
    for path in root.iter(f"{{{_SVG}}}path"):
        path.set("d", _TOO_FINE.sub(r"\1", path.get("d", "")))
    group_by_layer(root, layer_texts(figure_page.content))
    texts = [_directed(text) for text in root.iter(f"{{{_SVG}}}text")]
    _head(root, figure_page.content, number, pages, _faces(texts))
    if imprint is not None:
        stamped = imprint.for_picture(imprint.drawn, digest_svg(root))
        embed_in_svg(root, stamped.to_text())
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    ET.register_namespace("inkscape", INKSCAPE)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def as_pdf(
    figure_pages: Iterable[FigurePage],
    content: Content,
    recipe: Recipe,
    imprint: Imprint | None = None,
) -> bytes:
    """All pages in one PDF, with an imprint unless that is ``None``."""
    entries = () if imprint is None else ((KEY, imprint.to_text()), (PICTURE_KEY, NO_DIGEST))
    about = PdfAbout(
        content.title, clean_line(content.alt_text),
        f"data version {content.data_version}, snapshot {recipe.hash8}",
        day=content.as_of, entries=entries, bleed=content.editorial.bleed,
    )  # fmt: skip
    pages = [
        PdfPage(for_print(figure_page), content.title if not at else "")
        for at, figure_page in enumerate(figure_pages)
    ]
    made = write_pdf(pages, about)
    return made if imprint is None else complete_pdf(made)


def _directed(text: ET.Element) -> ET.Element:
    """A line of text for browsers: with its direction, anchored where reading begins."""
    said = text.text or ""
    if text_direction(said) == "rtl":
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
    # The first page is described as an image; lists are read as text.
    root.set("role", "img" if number == 1 else "graphics-document document")
    root.set("aria-labelledby", str(title.get("id")))
    root.set("aria-describedby", str(described.get("id")))
    root[:0] = [title, described, style]


def _faces(texts: Sequence[ET.Element]) -> str:
    """CSS rules that embed the characters of these texts, each from its typeface."""
    needed: dict[tuple[Typeface, int], set[str]] = {}
    for weight, number in _WEIGHTS.items():
        for said in _texts(texts, number):
            for face in faces_for(said, weight):
                needed.setdefault((face, number), set()).update(said)
    return "".join(
        f"@font-face{{font-family:'{face.family}';font-weight:{number};"
        f"src:url(data:font/woff;base64,{_subset(''.join(sorted(letters)), face)}) format('woff')}}"
        for (face, number), letters in needed.items()
    )


def _texts(texts: Sequence[ET.Element], number: int) -> Iterator[str]:
    for text in texts:
        found = re.search(r"font-weight: (\d+)", text.get("style", ""))
        if (int(found[1]) if found else _WEIGHTS["normal"]) == number:
            yield text.text or ""


def _subset(letters: str, face: Typeface) -> str:
    options = subset.Options(
        flavor="woff", hinting=False, notdef_outline=True, drop_tables=_LEFT_OUT
    )
    chosen, file = subset.Subsetter(options), io.BytesIO()
    chosen.populate(text=letters)
    with subset.load_font(str(face.file), options) as opened:
        chosen.subset(opened)
        subset.save_font(opened, file, options)
    return base64.b64encode(file.getvalue()).decode()
