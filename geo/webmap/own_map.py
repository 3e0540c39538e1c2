"""The user's own base map as the document holds it, cut to the country's extent."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from geo.places.country import Country
from geo.places.country.own_map import OwnCut, OwnMap, OwnShape

_STEPS: Final = 10_000
"""Whole numbers to a degree: about 10 m, a third of a pixel at the closest zoom of the map."""


def cut_for_document(own: OwnMap, country: Country) -> OwnCut:
    """What the document of a country draws of the file.

    Raises
    ------
    IntakeError
        A tile is damaged, or the file is too detailed for a document.
    """
    west, south, east, north = country.provinces.whole.bounds
    return own.cut((west, south, east, north))


def own_block(own: OwnMap, country: Country, origin: Sequence[float]) -> dict[str, Any]:
    """All that is drawn of the file, as data for JSON.

    Returns
    -------
    ``shapes``, by kind and rank: lines and rings as whole numbers, longitude and latitude in turn,
    `steps` to a degree, the first point from `origin`. ``tiles``: pictures as base64 with their
    type and their edges, south, west, north and east.
    """
    found = cut_for_document(own, country)
    kinds: dict[tuple[str, int], list[list[int]]] = {}
    for shape in found.shapes:
        deltas = _deltas(shape, origin)
        if len(deltas) > 2:  # noqa: PLR2004 - one point: smaller than a step
            kinds.setdefault((shape.kind, shape.rank), []).append(deltas)
    return {
        "credit": own.credit,
        "steps": _STEPS,
        "origin": list(origin),
        "shapes": [[kind, rank, lines] for (kind, rank), lines in sorted(kinds.items())],
        "tiles": [
            [
                f"image/{tile.kind}",
                base64.b64encode(tile.data).decode("ascii"),
                [tile.box[at] for at in (1, 0, 3, 2)],
            ]
            for tile in found.tiles
        ],
    }


def _deltas(shape: OwnShape, origin: Sequence[float]) -> list[int]:
    """A line as differences of whole numbers; points that fall together are one."""
    whole = np.rint((shape.points - np.asarray(origin)) * _STEPS).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int64))
    moves = (steps != 0).any(axis=1)
    moves[0] = True
    found: list[int] = steps[moves].ravel().tolist()
    return found
