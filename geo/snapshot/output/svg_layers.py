"""Named groups in the SVG that matplotlib writes, which has one group for each thing drawn.

Inkscape shows them as layers, Illustrator and Figma as groups named by their id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from geo.snapshot.content.layers import RELIEF, RIMS, layer_order
from geo.snapshot.layout.signs import LAYER_SEPARATOR

_SVG: Final = "http://www.w3.org/2000/svg"
INKSCAPE: Final = "http://www.inkscape.org/namespaces/inkscape"
_GROUP: Final = f"{{{_SVG}}}g"
_OF_MATPLOTLIB: Final = re.compile(r"[a-zA-Z0-9.]*_\d+|image[0-9a-f]+")
_NOT_IN_ID: Final = re.compile(r"[^\w.]+")


def group_by_layer(root: ET.Element, texts: Mapping[str, str]) -> None:
    """Move everything drawn into one group for each layer, with groups for its parts.

    Parameters
    ----------
    texts
        Description of each layer by its name.
    """
    for figure in [each for each in root if each.tag == _GROUP]:
        found: dict[str, dict[str, list[ET.Element]]] = {}
        for element in [*_drawn(figure)]:
            name, part = (*_layer_of(element), "")[:2]
            found.setdefault(name, {}).setdefault(part, []).append(element)
        for child in list(figure):
            if child.tag == _GROUP:
                figure.remove(child)
        ids: set[str] = set()
        for name in sorted(found, key=layer_order):
            figure.append(_group(name, found[name], texts.get(name, ""), ids))


def _drawn(figure: ET.Element) -> Iterator[ET.Element]:
    """What is drawn, in order; the axes of a map are no group of their own."""
    for child in figure:
        if child.tag != _GROUP:
            continue
        if (child.get("id") or "").startswith("axes_"):
            yield from (each for each in child if _is_seen(each))
        else:
            yield child


def _is_seen(element: ET.Element) -> bool:
    """Whether anything of an element is drawn: the axis of a map has no ticks."""
    shapes = {f"{{{_SVG}}}{name}" for name in ("path", "text", "image", "use")}
    return element.tag != f"{{{_SVG}}}defs" and any(each.tag in shapes for each in element.iter())


def _layer_of(element: ET.Element) -> list[str]:
    """The layer that an element, or what is in it, is named after."""
    for each in element.iter():
        name = each.get("id") or ""
        if name and not _OF_MATPLOTLIB.fullmatch(name):
            return name.split(LAYER_SEPARATOR)
    # Only pictures that matplotlib joins lose their name.
    return [RELIEF]


def _group(
    name: str, parts: Mapping[str, list[ET.Element]], text: str, ids: set[str]
) -> ET.Element:  # fmt: skip
    group = _named(name, name, ids)
    group.set(f"{{{INKSCAPE}}}groupmode", "layer")
    group.set(f"{{{INKSCAPE}}}label", name)
    if text:
        ET.SubElement(group, f"{{{_SVG}}}desc").text = text
    # Rims are below the letters that they surround.
    for part, elements in sorted(parts.items(), key=lambda each: each[0] != RIMS):
        into = group
        if part:
            into = _named(part, f"{name}.{part}", ids)
            into.set(f"{{{INKSCAPE}}}label", part)
            group.append(into)
        for element in elements:
            for each in element.iter():
                if each.tag in {_GROUP, f"{{{_SVG}}}image"}:
                    each.attrib.pop("id", None)
            into.append(element)
    return group


def _named(title: str, wish: str, ids: set[str]) -> ET.Element:
    """A group with a title, and with an id that no other one has."""
    slug = _NOT_IN_ID.sub("-", wish).strip("-.")
    slug = slug if slug[:1].isalpha() else f"layer-{slug}"
    free = next(
        each for each in (slug, *(f"{slug}-{n}" for n in range(2, len(ids) + 3))) if each not in ids
    )
    ids.add(free)
    group = ET.Element(_GROUP, id=free)
    ET.SubElement(group, f"{{{_SVG}}}title").text = title
    return group
