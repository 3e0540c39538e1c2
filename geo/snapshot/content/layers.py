"""The layers of a figure: what an editable file groups under one name, to be switched off together.

The marks of each group have a layer for each verification status, named like "NRF – claimed".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from geo.snapshot.content.content import Content, Sign, SignRow, say_numbers
from geo.wording.symbology import Stroke

LAND, NEIGHBOURS, RELIEF, PROVINCES = "Land", "Neighbouring countries", "Relief", "Provinces"
COVERAGE = "Coverage"
WATER, BOUNDARIES = "Water", "Boundaries"
OWN_MAP, OWN_PICTURES = "Own base map", "Pictures of the own base map"
SURROUNDINGS: Final = "Surroundings"
PLACES, RIMS, NAMES = "Places", "Rims of names", "Names"
EDITORS_MARKS: Final = "Editor’s marks"
"""What the editor has placed on the map, which no record says."""
MIXED, LEGEND, AIDS = "Badges of several groups", "Legend", "Scale, north and locator"
PAGE, TITLE, TEXT, MESSAGE = "Page", "Title", "Text", "Message"
CHART: Final = "Chart"
"""The layer of a chart of counts; each of its bars is a part that is named after what it counts."""
PAPER: Final = "Paper"
"""The part of the page below the map: a slide has a background of its own."""
EVENTS: Final = "Events"
AREAS: Final = ", areas"
"""Ends the name of the layer with the hatches, halos and discs of marks, which is below names."""
_BELOW: Final = (
    PAGE, TITLE, NEIGHBOURS, LAND, OWN_PICTURES, RELIEF, PROVINCES, COVERAGE, WATER, OWN_MAP,
    BOUNDARIES, AREAS, SURROUNDINGS, PLACES, NAMES, EDITORS_MARKS, AIDS, EVENTS, MIXED,
)  # fmt: skip
_ABOVE: Final = MESSAGE, LEGEND, CHART, TEXT
_STATUSES: Final[Mapping[Stroke, str]] = {
    "dashed": "claimed",
    "solid": "reported",
    "split": "disputed",
}
_MEANINGS: Final[Mapping[Stroke, str]] = {
    "dashed": "claimed by a party only",
    "solid": "reported or verified by third parties",
    "split": "disputed or refuted",
}
_TEXTS: Final[Mapping[str, str]] = {
    PAGE: "The background of the figure.",
    LAND: "The land of the country.",
    NEIGHBOURS: "The borders of neighbouring countries.",
    RELIEF: "The shape of the land, as shading.",
    PROVINCES: "The area of each province; it has no fill unless the map shades totals.",
    COVERAGE: "How many sources report on each province; those without any are hatched.",
    WATER: "Rivers and lakes.",
    BOUNDARIES: "Boundaries of the country, its provinces and districts.",
    OWN_MAP: "Roads and areas of the user’s own base map.",
    OWN_PICTURES: "Pictures of the user’s own base map.",
    SURROUNDINGS: "A veil over what is around the provinces shown, and their outline.",
    PLACES: "Signs and names of towns, waters and other places of the base map.",
    NAMES: "Names of provinces and of neighbouring countries.",
    MIXED: "Frames and names of badges with the marks of several groups or statuses.",
    EDITORS_MARKS: "Arrows, circles, areas and texts of the editor; they are not data.",
    AIDS: "The scale bar and, where the map needs them, a north arrow and a locator map.",
    TITLE: "The title of the figure and what it shows.",
    TEXT: "The record count, notes, sources and credits.",
    MESSAGE: "Why the map has no marks.",
}


def layer_of_sign(sign: Sign, names: Mapping[str, str]) -> str:
    """The layer of a sign: its group or groups, and its verification status.

    Examples
    --------
    >>> layer_of_sign(Sign(("nrf", "of-a-stranger"), "incident", "dashed"), {"nrf": "NRF"})
    'NRF and of-a-stranger – claimed'
    """
    groups = " and ".join(names.get(key) or key for key in sign.groups[:2])
    return f"{groups} – {_STATUSES[sign.stroke]}"


def layer_of_rows(rows: Iterable[SignRow], names: Mapping[str, str]) -> str:
    """The layer that the signs of a mark or badge share; :data:`MIXED` if they share none."""
    found = {layer_of_sign(row.sign, names) for row in rows}
    return found.pop() if len(found) == 1 else MIXED


def layer_order(layer: str) -> int:
    """The position of a layer in the drawing order of an editable file, the lowest first.

    Examples
    --------
    >>> sorted(["Legend", "NRF – claimed", "NRF – claimed, areas", "Water"], key=layer_order)
    ['Water', 'NRF – claimed, areas', 'NRF – claimed', 'Legend']
    """
    if layer in _BELOW:
        return _BELOW.index(layer)
    if layer in _ABOVE:
        return len(_BELOW) + 1 + _ABOVE.index(layer)
    return _BELOW.index(AREAS) if layer.endswith(AREAS) else len(_BELOW)


def layer_texts(content: Content) -> dict[str, str]:
    """The alternative text of each layer that the figure may have.

    Returns
    -------
    Name of the layer to its text; that of a layer of marks names its records.
    """
    numbers: dict[str, list[int]] = {}
    meanings: dict[str, str] = {}
    for entry in content.entries:
        layer = layer_of_sign(entry.sign, content.names)
        numbers.setdefault(layer, []).append(entry.number)
        meanings[layer] = _MEANINGS[entry.sign.stroke]
    texts = dict(_TEXTS) | {LEGEND: _legend_text(content)}
    if content.events is not None:
        texts[EVENTS] = f"{content.events.in_words} {content.events.by_province}".rstrip()
    if content.chart is not None:
        texts[CHART] = content.chart.alt_text
    for layer, found in numbers.items():
        said = say_numbers(found)
        group = layer.rpartition(" – ")[0]
        records = "record" if len(found) == 1 else "records"
        texts[layer] = f"Marks of {group}, {meanings[layer]}: {records} {said}."
        texts[layer + AREAS] = f"Areas in which {records} {said} of {group} are, where not exact."
    texts[MIXED + AREAS] = "Areas in which records of several groups or statuses are."
    return texts


def _legend_text(content: Content) -> str:
    """The legend in words, a sentence for each of its parts."""
    parts = (
        f"{part.heading}: {'; '.join(item.label for item in part.items)}."
        for part in content.legend
    )
    return " ".join(("Legend.", *parts))
