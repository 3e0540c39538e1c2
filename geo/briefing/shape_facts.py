"""What the shapes of a slide are by meaning: place, colours, text and outline, whoever saved them.

Office programs write the same shape in other words: they round its place, spell out inherited
colours, and drop what they do not know. What is read here stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, NamedTuple

from geo.briefing.wording import TYPE
from geo.events.readers.markup import local
from geo.snapshot.content.imprint import digest8

KindOfShape = Literal["group", "shape", "picture", "table"]
_KINDS: Final[Mapping[str, KindOfShape]] = {
    "grpSp": "group", "sp": "shape", "cxnSp": "shape", "pic": "picture", "graphicFrame": "table",
}  # fmt: skip
SHAPES: Final = frozenset(_KINDS)
"""Names of the elements that are shapes (ISO/IEC 29500-1, 19.3.1)."""
LONGEST_NAME: Final = 200
"""Characters of a name that are looked at; those of a figure have fewer."""
_EMU: Final = 360
"""English Metric Units in a hundredth of a millimetre, to which LibreOffice rounds places."""
_PARTS: Final = 100_000
"""Thousandths of a percent in a whole: the unit of shares in DrawingML."""
_PERCENT: Final = 1_000
"""Thousandths of a percent in a percent."""
_DEGREE: Final = 60_000
"""Units of an angle in DrawingML per degree."""
_CHANGING: Final = frozenset({"dt", "ftr", "sldNum", "hdr"})
"""Placeholders that a deck fills by itself: date, footer, number and header."""
_NO_OUTLINE: Final = frozenset({"", "rect"})
_TEXTS: Final = frozenset({"r", "fld"})


class ShapeBox(NamedTuple):
    """Left, top, width and height in hundredths of a millimetre."""

    left: float
    top: float
    width: float
    height: float


class PlacedBy(NamedTuple):
    """Where a group, or somebody, puts a shape: factor and offset of each side, in 0.01 mm."""

    wide: float = 1.0
    left: float = 0.0
    high: float = 1.0
    top: float = 0.0

    def box(self, box: ShapeBox) -> ShapeBox:
        """Return where a box is put."""
        return ShapeBox(
            box.left * self.wide + self.left, box.top * self.high + self.top,
            box.width * self.wide, box.height * self.high,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShapeFacts:
    """A shape as it looks.

    Parameters
    ----------
    name
        As in the Selection Pane; ``title`` or ``placeholder 1`` for a placeholder.
    box
        Where it is, in the coordinates of the outermost shape.
    turned
        Angle in degrees, and whether it is mirrored; empty for most.
    fill, line
        Colour and opacity in percent; empty for none.
    width
        Width of its line in hundredths of a millimetre.
    text, look, outline, alt_text
        Digests of its text, of size and colour of its letters, of its outline or picture, and of
        its alternative text; empty for none.
    parts
        The members of a group.
    words
        Its text as it is; not kept.
    """

    name: str
    kind: KindOfShape
    box: ShapeBox
    turned: str = ""
    fill: str = ""
    line: str = ""
    width: float = 0.0
    text: str = ""
    look: str = ""
    outline: str = ""
    alt_text: str = ""
    parts: tuple[ShapeFacts, ...] = ()
    words: str = field(default="", compare=False)


@dataclass(frozen=True)
class FactsReader:
    """Reads the shapes of one slide.

    Parameters
    ----------
    pictures
        Digest of the picture of each reference of the slide.
    plain
        Colours of letters that the theme gives, which programs spell out or leave out.
    """

    pictures: Mapping[str, str]
    plain: frozenset[str]

    def read(self, element: Any, name: str = "", scale: PlacedBy = PlacedBy()) -> ShapeFacts:  # noqa: B008 - it cannot be changed
        """Return the facts of an element of a shape.

        Parameters
        ----------
        name
            What to call it, instead of its own name.
        """
        kind = _KINDS[local(element.tag)]
        properties = child(element, "grpSpPr", "spPr")
        placed = child(properties, "xfrm") if properties is not None else child(element, "xfrm")
        facts = ShapeFacts(
            (name or shape_name(element))[:LONGEST_NAME], kind, scale.box(_box(placed)),
            _turned(placed), alt_text=_digest(_described(element).get("descr") or ""),
        )  # fmt: skip
        if kind == "group":
            inner = _within(placed, scale)
            parts = (self.read(one, scale=inner) for one in element if local(one.tag) in SHAPES)
            return replace(facts, parts=tuple(parts))
        line, width = _line(properties)
        texts, words = list(_runs(element)), text_of_shape(element)
        return replace(
            facts,
            fill=" ".join(filter(None, [_fill(properties), *sorted(_cells(element))])),
            line=line,
            width=width,
            text=_digest(words),
            words=words,
            look=_digest("; ".join(sorted({self._look(run) for run in texts}))),
            outline=self._outline(element, properties),
        )

    def _look(self, run: Any) -> str:
        given = child(run, "rPr")
        if given is None:
            return ""
        colour = _fill(given)
        face = child(given, "latin")
        named = "" if face is None else face.get("typeface", "")
        said = (
            given.get("sz", ""),
            *("" if given.get(key) in {None, "0", "none"} else key for key in ("b", "i", "u")),
            "" if colour in self.plain else colour,
            "" if named == TYPE or named.startswith("+") else named,
            "marked" if child(given, "highlight") is not None else "",
        )
        return " ".join(filter(None, said))

    def _outline(self, element: Any, properties: Any) -> str:
        if local(element.tag) == "pic":
            fill = child(element, "blipFill")
            blip = child(fill, "blip")
            given = {} if blip is None else blip.attrib
            key = next((value for name, value in given.items() if name.endswith("}embed")), "")
            return self.pictures.get(key, "") + _crop(child(fill, "srcRect"))
        path = child(properties, "custGeom")
        if path is None:
            preset = child(properties, "prstGeom")
            shape = "" if preset is None else preset.get("prst", "")
            return "" if shape in _NO_OUTLINE else _digest(shape)
        said = [
            (local(one.tag), *(one.get(key, "") for key in ("w", "h", "x", "y")))
            for one in path.iter()
            if local(one.tag) in {"path", "moveTo", "lnTo", "cubicBezTo", "quadBezTo", "close",
                                  "pt", "arcTo"}
        ]  # fmt: skip
        return _digest(repr(said))


def child(element: Any, *names: str) -> Any:
    """Return the first child of an element with one of these names, or ``None``."""
    if element is None:
        return None
    return next((one for one in element if local(one.tag) in names), None)


def shape_name(element: Any) -> str:
    """Return the name of a shape in the Selection Pane."""
    return str(_described(element).get("name", ""))


def is_changing(element: Any) -> bool:
    """Tell whether a shape is a date, a number or a footer, which a deck fills by itself."""
    return placeholder_of(element) in _CHANGING


def placeholder_of(element: Any) -> str | None:
    """Return the kind of a placeholder, empty for one of a list; ``None`` for other shapes."""
    own = child(child(element, "nvSpPr", "nvPicPr", "nvGraphicFramePr"), "nvPr")
    found = child(own, "ph")
    return None if found is None else str(found.get("type", ""))


def text_of_shape(element: Any) -> str:
    """Return the text of a shape or table with one blank for any space between words."""
    lines = (
        "".join(_piece(one) for one in paragraph.iter())
        for paragraph in element.iter()
        if local(paragraph.tag) == "p"
    )
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+", " ", "\n".join(lines)).strip()


def _piece(element: Any) -> str:
    name = local(element.tag)
    return (element.text or "") if name == "t" else " " if name in {"br", "tab"} else ""


def _described(element: Any) -> Any:
    found = child(child(element, "nvGrpSpPr", "nvSpPr", "nvPicPr", "nvCxnSpPr",
                        "nvGraphicFramePr"), "cNvPr")  # fmt: skip
    return {} if found is None else found


def _box(placed: Any) -> ShapeBox:
    if placed is None:
        return ShapeBox(0, 0, 0, 0)
    at, size = child(placed, "off"), child(placed, "ext")
    return ShapeBox(*_numbers(at, "x", "y"), *_numbers(size, "cx", "cy"))


def _numbers(element: Any, *names: str) -> Iterable[float]:
    return (_number(element, name) / _EMU for name in names)


def _number(element: Any, name: str, default: float = 0.0) -> float:
    """Return a whole number of an attribute, and what it stands for if it is none."""
    said = "" if element is None else element.get(name, "")
    return float(said) if re.fullmatch(r"-?\d{1,12}", said) else default


def _within(placed: Any, scale: PlacedBy) -> PlacedBy:
    """Where the members of a group are, in the coordinates of the outermost shape."""
    outer = _box(placed)
    at, size = child(placed, "chOff"), child(placed, "chExt")
    if at is None or size is None:
        return scale
    inner = ShapeBox(*_numbers(at, "x", "y"), *_numbers(size, "cx", "cy"))
    wide = outer.width / inner.width if inner.width else 1.0
    high = outer.height / inner.height if inner.height else 1.0
    left, top = outer.left - inner.left * wide, outer.top - inner.top * high
    return PlacedBy(
        scale.wide * wide, scale.wide * left + scale.left,
        scale.high * high, scale.high * top + scale.top,
    )  # fmt: skip


def _turned(placed: Any) -> str:
    if placed is None:
        return ""
    angle = round(_number(placed, "rot") / _DEGREE) % 360
    mirrored = (key for key in ("flipH", "flipV") if placed.get(key) in {"1", "true"})
    return " ".join([*([f"{angle}°"] if angle else []), *mirrored])


def _fill(properties: Any) -> str:
    """Return colour and opacity of a fill or of letters, and whether a shape has effects."""
    found = child(properties, "solidFill", "gradFill", "pattFill", "blipFill", "noFill")
    effects = child(properties, "effectLst")
    # Letters have a glow of their own.
    is_shape = properties is not None and local(properties.tag) == "spPr"
    has_effects = is_shape and effects is not None and len(effects) > 0
    return " ".join(filter(None, [_colour(found), "with effects" if has_effects else ""]))


def _colour(fill: Any) -> str:
    if fill is None or local(fill.tag) == "noFill":
        return ""
    if local(fill.tag) != "solidFill":
        return local(fill.tag)
    colour = next(iter(fill), None)
    if colour is None:
        return ""
    said = str(colour.get("val", "")).upper()
    opacity = _number(child(colour, "alpha"), "val", _PARTS) / _PERCENT
    changed = "".join(sorted(local(one.tag) for one in colour if local(one.tag) != "alpha"))
    if opacity < 1:
        return ""
    is_solid = opacity * _PERCENT >= _PARTS
    return f"{said}{changed}" if is_solid else f"{said}{changed} {opacity:.0f} %"


def _line(properties: Any) -> tuple[str, float]:
    line = child(properties, "ln")
    colour = _colour(child(line, "solidFill", "gradFill", "pattFill"))
    if not colour:
        return "", 0.0
    preset = child(line, "prstDash")
    custom = child(line, "custDash")
    is_dashed = (custom is not None and len(custom) > 0) or (
        preset is not None and preset.get("val") != "solid"
    )
    return f"{colour}{' dashed' if is_dashed else ''}", _number(line, "w", 9_525) / _EMU


def _cells(element: Any) -> set[str]:
    """Return the colours of the cells of a table."""
    cells = (one for one in element.iter() if local(one.tag) == "tc")
    # A cell that another one covers is not seen, and LibreOffice fills it.
    seen = (one for one in cells if not (one.get("hMerge") or one.get("vMerge")))
    return {found for one in seen if (found := _fill(child(one, "tcPr")))}


def _runs(element: Any) -> Iterator[Any]:
    for one in element.iter():
        if local(one.tag) in _TEXTS and "".join(_piece(each) for each in one).strip():
            yield one


def _crop(cropped: Any) -> str:
    sides = [round(_number(cropped, side) / _PERCENT) for side in "ltrb"]
    return f" cropped {sides}" if any(sides) else ""


def _digest(text: str) -> str:
    return digest8(text) if text else ""
