"""A newly made shape of a figure, fitted to the slide of others into which it comes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from geo.briefing.new_slides import NewPart, SlideTarget, xml_of
from geo.briefing.shape_facts import SHAPES, PlacedBy, child, shape_name
from geo.events.readers.markup import local
from geo.figures.deck_parts import DeckParts
from geo.figures.shape_slides import MatchedShape

_EMU: Final = 360
"""English Metric Units in a hundredth of a millimetre."""
_GENERIC: Final = re.compile(r"(Freeform|Text|Picture) \d+")
_REFERENCE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NOTHING_AFTER: Final = frozenset({"hlinkClick", "hlinkMouseOver", "rtl", "extLst"})
"""What may follow a typeface among the properties of letters (ISO/IEC 29500-1, 21.1.2.3.9)."""


class ShapeFitter:
    """Fits new shapes to one slide.

    Parameters
    ----------
    page
        The part with the slide.
    source
        The new part from which the shapes come.
    taken
        Numbers of shapes that others have on the slide.
    """

    def __init__(self, deck: DeckParts, page: str, source: NewPart, taken: set[int]) -> None:
        self.deck, self.page, self.source = deck, page, source
        self.taken = set(taken)
        self.given: set[int] = set()

    def fitted(self, new: Any, old: MatchedShape | None = None) -> bytes:
        """Return a new shape as the bytes of its element.

        Parameters
        ----------
        new
            The element of the shape.
        old
            The one that it replaces.
        """
        element = self.referring(new)
        if old is not None:
            _place(element, old.element, old.compared.placement)
            spell_out(element, old.element)
            if old.has_own_alt_text:
                _described(element).set("descr", _described(old.element).get("descr", ""))
        self._number(element, {} if old is None else dict(_named(old.element)))
        return xml_of(element)

    def referring(self, source: Any) -> Any:
        """Return a copy that refers to the same from the slide that it comes to."""
        element, targets = copy.deepcopy(source), self.source.targets
        for one in element.iter():
            for key, value in one.attrib.items():
                if key.startswith(_REFERENCE) and value in targets:
                    one.set(key, self._reference(targets[value]))
        return element

    def _reference(self, target: SlideTarget) -> str:
        if target.address:
            return self.deck.relate(self.page, target.kind, target.address, is_outside=True)
        part = self.deck.add_media(target.data, target.ending)
        return self.deck.relate(self.page, target.kind, part)

    def _number(self, element: Any, old: dict[tuple[str, ...], Any]) -> None:
        """Give each shape the number of the one whose name it has, or one that is free."""
        following = max([0, *self.taken, *self.given]) + 1
        for path, shape in [*_named(element)]:
            described, known = _described(shape), old.pop(path, None)
            number = 0
            if known is not None:
                was = _described(known)
                number = int(said) if (said := was.get("id", "")).isdecimal() else 0
                if was.get("hidden") in {"1", "true"}:
                    described.set("hidden", "1")
            if not number or number in self.given | self.taken:
                number = following
            following = max(following, number + 1)
            self.given.add(number)
            described.set("id", str(number))


def _named(element: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the shapes with their path of names, which is empty for the outermost one.

    Shapes without a name of their own have a path that none other has.
    """
    yield path, element
    for one in (each for each in element if local(each.tag) in SHAPES):
        name = shape_name(one)
        yield from _named(one, (*path, f"{id(one)}" if _GENERIC.fullmatch(name) else name))


def _described(element: Any) -> Any:
    properties = child(element, "nvGrpSpPr", "nvSpPr", "nvPicPr", "nvCxnSpPr", "nvGraphicFramePr")
    return child(properties, "cNvPr")


def _place(element: Any, old: Element, placement: PlacedBy) -> None:
    """Put a shape where others have put the old one."""
    own = child(element, "grpSpPr", "spPr")
    placed = child(element if own is None else own, "xfrm")
    before = child(old, "grpSpPr", "spPr")
    turned = child(old if before is None else before, "xfrm")
    if placed is None or turned is None:
        return
    for key in ("rot", "flipH", "flipV"):
        if turned.get(key):
            placed.set(key, turned.get(key))
    at, size = child(placed, "off"), child(placed, "ext")
    wide, left, high, top = placement
    at.set("x", str(round(int(at.get("x")) * wide + left * _EMU)))
    at.set("y", str(round(int(at.get("y")) * high + top * _EMU)))
    size.set("cx", str(round(int(size.get("cx")) * wide)))
    size.set("cy", str(round(int(size.get("cy")) * high)))


def spell_out(element: Any, old: Element) -> None:
    """Give letters the typeface and colour that the old ones had, if a program spelled them out.

    LibreOffice writes them at each letter and forgets the theme from which new ones would take
    them.
    """
    runs = [child(one, "rPr") for one in old.iter() if local(one.tag) == "r"]
    faces = [face.get("typeface", "") for one in runs if (face := child(one, "latin")) is not None]
    if not faces or len(faces) < len(runs):
        return
    colours = [colour for one in runs if (colour := _plain_colour(one))]
    for one in element.iter(f"{_A}rPr"):
        if child(one, "solidFill") is None and colours:
            fill = one.makeelement(f"{_A}solidFill")
            fill.append(one.makeelement(f"{_A}srgbClr", {"val": colours[0].upper()}))
            line = child(one, "ln")
            one.insert(0 if line is None else 1, fill)
        if child(one, "latin") is None:
            face = one.makeelement(f"{_A}latin", {"typeface": faces[0]})
            at = [local(each.tag) in _NOTHING_AFTER for each in one]
            one.insert(at.index(True) if True in at else len(one), face)


def _plain_colour(run: Any) -> str:
    colour = child(child(run, "solidFill"), "srgbClr")
    return "" if colour is None or child(run, "hlinkClick") is not None else colour.get("val", "")
