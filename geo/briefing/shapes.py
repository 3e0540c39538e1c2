"""A drawing as native shapes of a slide: freeforms, texts and pictures in named groups.

Each layer of the drawing is a group, so that PowerPoint's Selection Pane switches it, and each
group has an alternative text. The elements are those of DrawingML (ISO/IEC 29500-1, 20.1):
python-pptx has no freeforms with holes, curves or dashes of a given length.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml

from geo.briefing.wording import LANGUAGE
from geo.snapshot.content.layers import CHART
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.text_runs import language_of
from geo.snapshot.layout.typesetting import POINT
from geo.snapshot.lettering import LEADING
from geo.snapshot.output.drawing import (
    Drawing,
    DrawingLayer,
    Drawn,
    DrawnPath,
    DrawnPicture,
    DrawnText,
)

_EMU: Final = 12_700
"""English Metric Units per point (ISO/IEC 29500-1, 20.1.2.1)."""
_PARTS: Final = 100_000
"""Thousandths of a percent in a whole: the unit of shares in DrawingML."""
_DEGREE: Final = 60_000
"""Units of an angle in DrawingML per degree."""
_CAPITALS: Final = 0.346
"""Height of the middle of a line of Arial above its baseline, relative to its type size: it extends
0.905 above the baseline and 0.212 below it."""
_LINE_HEIGHT: Final = 1.2
"""Height of a box of text relative to its type size: a little more than that of a line of Arial."""
_SPARE: Final = 1.04
"""Width of a box of text relative to that of its text in the typeface of figures, which is wider
than that of slides."""
_HALF_POINT: Final = 0.5
"""Points to which sizes of type are rounded down, so that their list in an office program is
short."""
_GLOW: Final = 1.2
"""Points of glow around a name: half the width of the rim that a picture has."""
_GLOW_OPACITY: Final = 0.8
"""Opacity of the glow, as of that rim."""
_ROUNDING: Final = 0.05
"""Points by which lines of a paragraph may deviate from an even distance."""
_NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_STEPS: Final = {
    "move": "moveTo", "line": "lnTo", "quadratic": "quadBezTo", "cubic": "cubicBezTo",
}  # fmt: skip

_RECTANGLE: Final = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'

_Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class GroupTexts:
    """Name and alternative text of a drawing, and the alternative texts of its layers by name."""

    name: str
    whole: str
    layers: Mapping[str, str]


def add_drawing(
    slide: Any, drawing: Drawing, box: PageBox, texts: GroupTexts, rim: str
) -> None:  # fmt: skip
    """Add a drawing to a slide as one group of layers.

    Parameters
    ----------
    box
        Where its page is on the slide, in millimetres; only the corner counts, since its size is
        that of the drawing.
    rim
        Colour of the glow around names on the map.
    """
    shapes = slide.shapes
    writer = _ShapeWriter(slide, box, texts, rim, shapes._next_shape_id)  # noqa: SLF001 - python-pptx has no public way
    shapes._spTree.append(parse_xml(writer.figure(drawing)))  # noqa: SLF001 - as python-pptx itself adds a shape


class _ShapeWriter:
    def __init__(self, slide: Any, box: PageBox, texts: GroupTexts, rim: str, first: int) -> None:
        self.slide, self.texts, self.rim = slide, texts, rim
        self.left, self.top = box.left / POINT, box.top / POINT
        self.next_id = first

    def figure(self, drawing: Drawing) -> str:
        """The whole group, with the namespaces of its elements."""
        number = self._id()
        layers = drawing.layers()
        if len(layers) == 1 and layers[0].name == self.texts.name:
            made = [self._layer_or_member(member) for member in _joined(layers[0].members)]
        else:
            made = [self._layer(layer) for layer in layers]
        return self._group(number, self.texts.name, self.texts.whole, made, _NAMESPACES)

    def _layer(self, layer: DrawingLayer, within: str = "") -> tuple[str, _Edges]:
        number = self._id()
        text = f"{within}: {layer.name}." if within else self.texts.layers.get(layer.name, "")
        made = [self._layer_or_member(member, layer.name) for member in _joined(layer.members)]
        edges = _around([each for _, each in made])
        return self._group(number, layer.name, text or f"{layer.name}.", made), edges

    def _group(
        self, number: int, name: str, text: str, made: Sequence[tuple[str, _Edges]], more: str = ""
    ) -> str:  # fmt: skip
        place = _place(_around([edges for _, edges in made]), is_group=True)
        return (
            f"<p:grpSp {more}><p:nvGrpSpPr>{_named(number, name, text)}<p:cNvGrpSpPr/><p:nvPr/>"
            f"</p:nvGrpSpPr><p:grpSpPr>{place}</p:grpSpPr>"
            f"{''.join(xml for xml, _ in made)}</p:grpSp>"
        )

    def _layer_or_member(
        self, member: Drawn | DrawingLayer | _Lines, within: str = ""
    ) -> tuple[str, _Edges]:
        if not isinstance(member, DrawingLayer):
            return self._member(member)
        if len(member.members) == 1 and isinstance(member.members[0], DrawnPath):
            # One shape is no group.
            return self._freeform(member.members[0], member.name)
        return self._layer(member, within)

    def _member(self, item: Drawn | _Lines) -> tuple[str, _Edges]:
        if isinstance(item, DrawnPath):
            return self._freeform(item)
        if isinstance(item, DrawnPicture):
            return self._picture(item)
        return self._text(item if isinstance(item, _Lines) else _Lines(item, (item.text,)))

    def _freeform(self, item: DrawnPath, name: str = "") -> tuple[str, _Edges]:
        number = self._id()
        points = [point for _, at in item.steps for point in at]
        edges = self._edges(
            min(x for x, _ in points), min(y for _, y in points),
            max(x for x, _ in points), max(y for _, y in points),
        )  # fmt: skip
        named = _named(number, name or f"Freeform {number}", name)
        return (
            f"<p:sp><p:nvSpPr>{named}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{_place(edges)}{self._geometry(item, edges)}{_fill(item)}{_line(item)}"
            "</p:spPr></p:sp>"
        ), edges

    def _geometry(self, item: DrawnPath, edges: _Edges) -> str:
        if item.layer[:1] == (CHART,) and _is_rectangle(item):
            # A bar stays a rectangle, whose length can be read and changed.
            return _RECTANGLE
        left, top, right, bottom = map(_emu, edges)
        steps = []
        for kind, at in item.steps:
            if kind == "close":
                steps.append("<a:close/>")
                continue
            pairs = "".join(
                f'<a:pt x="{_emu(x + self.left) - left}" y="{_emu(y + self.top) - top}"/>'
                for x, y in at
            )
            steps.append(f"<a:{_STEPS[kind]}>{pairs}</a:{_STEPS[kind]}>")
        return (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{right - left}" h="{bottom - top}">{"".join(steps)}</a:path>'
            "</a:pathLst></a:custGeom>"
        )

    def _text(self, lines: _Lines) -> tuple[str, _Edges]:
        number, item = self._id(), lines.first
        width, high = lines.width * _SPARE, item.size * _LINE_HEIGHT
        left = item.x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[item.align]
        middle = item.y - item.size * _CAPITALS
        if item.angle:
            # A text that is turned is turned around the middle of its box.
            middle, left = item.y, item.x - width / 2
        below = (len(lines.texts) - 1) * item.size * LEADING
        edges = self._edges(left, middle - high / 2, left + width, middle + high / 2 + below)
        side = {"left": "l", "center": "ctr", "right": "r"}[item.align]
        size = int(item.size / _HALF_POINT + 0.001) * _HALF_POINT
        run = (
            f'<a:rPr lang="{language_of(item.text) or LANGUAGE}" sz="{round(size * 100)}"'
            f'{" b=" + quoteattr("1") if item.is_bold else ""} dirty="0">'
            f"<a:solidFill>{_colour(item.colour)}</a:solidFill>"
            f"{self._glow() if item.has_rim else ''}</a:rPr>"
        )
        runs = f"<a:br>{run}</a:br>".join(
            f"<a:r>{run}<a:t>{escape(clean_line(text))}</a:t></a:r>" for text in lines.texts
        )
        spacing = (
            f'<a:lnSpc><a:spcPts val="{round(item.size * LEADING * 100)}"/></a:lnSpc>'
            if below
            else ""
        )
        return (
            f"<p:sp><p:nvSpPr>{_named(number, f'Text {number}')}"
            '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{_place(edges, angle=item.angle)}"
            f"{_RECTANGLE}<a:noFill/></p:spPr>"
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr">'
            "<a:noAutofit/></a:bodyPr><a:lstStyle/>"
            f'<a:p><a:pPr algn="{side}" rtl="{int(item.is_rtl)}">{spacing}</a:pPr>{runs}</a:p>'
            "</p:txBody></p:sp>"
        ), edges

    def _glow(self) -> str:
        return (
            f'<a:effectLst><a:glow rad="{_emu(_GLOW)}">'
            f"{_colour(self.rim, _GLOW_OPACITY)}</a:glow></a:effectLst>"
        )

    def _picture(self, item: DrawnPicture) -> tuple[str, _Edges]:
        number = self._id()
        _, relation = self.slide.part.get_or_add_image_part(io.BytesIO(item.png))
        edges = self._edges(item.left, item.top, item.left + item.width, item.top + item.height)
        text = self.texts.layers.get(item.layer[0]) or f"{item.layer[0]}."
        return (
            f"<p:pic><p:nvPicPr>{_named(number, f'Picture {number}', text)}"
            '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
            f"</p:blipFill><p:spPr>{_place(edges)}"
            f"{_RECTANGLE}</p:spPr></p:pic>"
        ), edges

    def _edges(self, left: float, top: float, right: float, bottom: float) -> _Edges:
        return left + self.left, top + self.top, right + self.left, bottom + self.top

    def _id(self) -> int:
        self.next_id += 1
        return self.next_id - 1


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of one text, one below the other."""

    first: DrawnText
    texts: tuple[str, ...]
    width: float = 0.0

    def takes(self, item: DrawnText) -> bool:
        """Whether a text is the next line of this one."""
        first = self.first
        below = first.y + len(self.texts) * first.size * LEADING
        alike = replace(item, text=first.text, y=first.y, width=first.width, x=first.x) == first
        return alike and abs(item.x - first.x) < _ROUNDING and abs(item.y - below) < _ROUNDING


def _joined(members: Iterable[Drawn | DrawingLayer]) -> Iterator[Drawn | DrawingLayer | _Lines]:
    """The members with the lines of a text as one."""
    lines: _Lines | None = None
    for member in members:
        if isinstance(member, DrawnText) and lines is not None and lines.takes(member):
            width = max(lines.width, member.width)
            lines = replace(lines, texts=(*lines.texts, member.text), width=width)
            continue
        if lines is not None:
            yield lines
        lines = (
            _Lines(member, (member.text,), member.width) if isinstance(member, DrawnText) else None
        )
        if not isinstance(member, DrawnText):
            yield member
    if lines is not None:
        yield lines


def _is_rectangle(item: DrawnPath) -> bool:
    """Whether a path is one closed rectangle along the edges of the slide."""
    points = {point for _, at in item.steps for point in at}
    kinds = [kind for kind, _ in item.steps]
    sides = ({x for x, _ in points}, {y for _, y in points})
    is_closed = kinds[-1] == "close" and kinds.count("move") == 1 and len(points) == 4  # noqa: PLR2004 - corners
    return is_closed and all(len(side) == 2 for side in sides)  # noqa: PLR2004 - opposite sides


def _named(number: int, name: str, text: str = "") -> str:
    described = f" descr={quoteattr(clean_line(text))}" if text else ""
    return f'<p:cNvPr id="{number}" name={quoteattr(clean_line(name))}{described}/>'


def _place(edges: _Edges, *, is_group: bool = False, angle: float = 0.0) -> str:
    left, top, right, bottom = map(_emu, edges)
    wide, high = right - left, bottom - top
    turned = f' rot="{round(angle * _DEGREE) % (360 * _DEGREE)}"' if angle else ""
    inner = f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{wide}" cy="{high}"/>' if is_group else ""
    return (
        f'<a:xfrm{turned}><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/>'
        f"{inner}</a:xfrm>"
    )


def _around(found: Sequence[_Edges]) -> _Edges:
    left, top, right, bottom = zip(*found, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _fill(item: DrawnPath) -> str:
    if item.fill:
        return f"<a:solidFill>{_colour(item.fill, item.fill_opacity)}</a:solidFill>"
    if item.line:
        return "<a:noFill/>"
    # Without any fill, a click inside the area would not choose it.
    return f"<a:solidFill>{_colour('#FFFFFF', 0.0)}</a:solidFill>"


def _line(item: DrawnPath) -> str:
    if not item.line:
        return "<a:ln><a:noFill/></a:ln>"
    dashes = [round(each / item.width * _PARTS) for each in item.dash]
    dash = "".join(
        f'<a:ds d="{on}" sp="{off}"/>' for on, off in zip(dashes[::2], dashes[1::2], strict=True)
    )
    return (
        f'<a:ln w="{_emu(item.width)}" cap="flat"><a:solidFill>'
        f"{_colour(item.line, item.line_opacity)}</a:solidFill>"
        f"{f'<a:custDash>{dash}</a:custDash>' if dash else ''}<a:round/></a:ln>"
    )


def _colour(colour: str, opacity: float = 1.0) -> str:
    value = colour.lstrip("#").upper()
    if opacity >= 1:
        return f'<a:srgbClr val="{value}"/>'
    return f'<a:srgbClr val="{value}"><a:alpha val="{round(opacity * _PARTS)}"/></a:srgbClr>'


def _emu(points: float) -> int:
    return round(points * _EMU)
