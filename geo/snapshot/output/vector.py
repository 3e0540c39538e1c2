"""Pages as SVG and PDF: real text with embedded typefaces, links, and a text alternative.

The same pages give the same bytes: the files contain no time, random name or version.
"""

from __future__ import annotations

import base64
import io
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

import matplotlib as mpl
from fontTools import subset  # type: ignore[import-untyped] # published without types
from matplotlib import _text_helpers
from matplotlib.backends.backend_pdf import Op, PdfFile, RendererPdf, _get_link_annotation
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.font_manager import FontPath
from matplotlib.ft2font import LoadFlags

from geo.snapshot.content.content import Content
from geo.snapshot.content.imprint import Imprint
from geo.snapshot.content.layers import layer_texts
from geo.snapshot.content.recipe import Recipe, clean_line
from geo.snapshot.content.sizes import POINTS_PER_INCH
from geo.snapshot.layout.typesetting import text_direction
from geo.snapshot.output.in_pdf import KEY, NO_DIGEST, PICTURE_KEY, complete_pdf
from geo.snapshot.output.in_svg import digest_svg, embed_in_svg
from geo.snapshot.output.svg_layers import INKSCAPE, group_by_layer
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
_Untyped: Any = RendererPdf
_TRUETYPE: Final = 42
"""Font type with which matplotlib embeds TrueType outlines in PDF, so that text can be copied."""
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_COPIED: Final = b"/Span <</ActualText <feff%s>>> BDC\n"
"""Begins marked content with a replacement text in UTF-16 (ISO 32000-1:2008, 14.9.4)."""
_MARKS: Final = str.maketrans("", "", "\u200e\u200f")
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
    file = io.BytesIO()
    day = content.as_of
    with own_rules():
        made: Any = PdfFile(file, metadata={
            "Title": content.title,
            "Subject": clean_line(content.alt_text),
            "Keywords": f"data version {content.data_version}, snapshot {recipe.hash8}",
            "Creator": "Incident Map", "Producer": "matplotlib",
            "CreationDate": datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None,
        })  # fmt: skip
        if imprint is not None:
            made.infoDict |= {KEY: imprint.to_text(), PICTURE_KEY: NO_DIGEST}
        for figure_page in figure_pages:
            figure = draw_page(figure_page)
            figure.set_dpi(POINTS_PER_INCH)
            width, height = figure.get_size_inches()
            made.newPage(width, height)
            renderer: Any = _Renderer(made, POINTS_PER_INCH, height, width)
            figure.draw(renderer)
            renderer.finalize()
            made.endStream()
        made.finalize()
        made.close()
    return file.getvalue() if imprint is None else complete_pdf(file.getvalue())


class _Renderer(_Untyped):  # type: ignore[misc] # untyped in matplotlib
    """Matplotlib's renderer, but placing each glyph of complex text separately.

    Matplotlib 3.11 shifts a glyph twice if the typeface changes within a line, and repeats the
    letters of a cluster for each of its glyphs, so that they would be copied several times.
    """

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, *more: Any, **named: Any
    ) -> None:
        """Draw a line of text."""
        turned = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in s)
        if len(prop.get_family()) == 1 and not turned:
            super().draw_text(gc, x, y, s, prop, angle, *more, **named)
            return
        self.check_gc(gc, gc._rgb)  # noqa: SLF001 - as every renderer of matplotlib asks it
        font, file = self._get_font_ttf(prop), self.file
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        # PDF readers reorder right-to-left letters themselves, but not a replacement text.
        whole = b"" if turned else _COPIED % s.encode("utf-16-be").hex().encode()
        file.write(whole)
        file.output(Op.gsave, cos, sin, -sin, cos, x, y, Op.concat_matrix, Op.begin_text)
        for item, is_widest in _named_once(s, list(_text_helpers.layout(s, font))):
            is_named = is_widest or bool(whole)
            face, size = item.ft_object, prop.get_size_in_points()
            subset, code = file._character_tracker.track_glyph(face, item.char, item.glyph_index)  # noqa: SLF001 - no public way
            path = FontPath(face.fname, face.face_index)
            file.output(file.fontName(path, subset), size, Op.selectfont)
            file.output(1, 0, 0, 1, item.x, item.y, Op.textmatrix)
            if not is_named:
                file.write(_COPIED % b"")
            file.output(self._encode_glyphs([code], _TRUETYPE), Op.show)
            if not is_named:
                file.write(b"EMC\n")
        file.output(Op.end_text, Op.grestore)
        if whole:
            file.write(b"EMC\n")
        self._link(gc, x, y, s, font, angle)

    def _link(self, gc: Any, x: float, y: float, s: str, font: Any, angle: float) -> None:
        if gc.get_url() is None:
            return
        font.set_text(s)
        # FreeType measures in 64ths of a pixel.
        width, height = (side / 64 for side in font.get_width_height())
        link = _get_link_annotation(gc, x, y, width, height, angle)
        self.file._annotations[-1][1].append(link)  # noqa: SLF001 - no public way


def _named_once(text: str, items: Sequence[Any]) -> Iterator[tuple[Any, bool]]:
    """The glyphs of a line; only the widest glyph of a cluster carries its letters."""
    counts = Counter(item.char for item in items)
    together = {char: max(1, count // max(1, text.count(char))) for char, count in counts.items()}
    at = 0
    while at < len(items):
        size = together[items[at].char]
        group = [item for item in items[at : at + size] if item.char == items[at].char]
        widest = max(group, key=_advance)
        yield from ((item, item is widest) for item in group)
        at += len(group)


def _advance(item: Any) -> int:
    glyph = item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
    return int(glyph.linearHoriAdvance)


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
