"""The bounds of the fields of a View, in one table for everything that reads one.

Messages of the map document, addresses, recipes, options of the command line and the scripts in
the browser are all read as a View. They take their bounds from here; the browser receives them in
the payload. A filter beyond its bound is refused as a whole, with the reason: a shortened filter
would not be the one that was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo import limits


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest value of each field of a View.

    Parameters
    ----------
    entries
        Most entries of one list.
    letters
        Most letters (code points) of the words that are searched for.
    fatalities
        Largest minimum number of fatalities.
    lat, lon
        Largest distance from the equator and from Greenwich in degrees, WGS 84.
    zoom
        Largest zoom, as in web maps.
    saved, title, address
        Most saved Views, most letters of the title of one, and of its address.
    """

    entries: int
    letters: int
    fatalities: int
    lat: int
    lon: int
    zoom: int
    saved: int
    title: int
    address: int


BOUNDS: Final = Bounds(
    entries=limits.MAX_VIEW_ENTRIES,
    letters=limits.MAX_VIEW_TEXT,
    fatalities=limits.MAX_VIEW_DEATHS,
    lat=90,
    lon=180,
    # A tile of level 20 is 38 m wide at the equator (OGC 17-083r4, annex D: WebMercatorQuad).
    zoom=20,
    saved=limits.MAX_SAVED_VIEWS,
    title=limits.MAX_TITLE,
    address=limits.MAX_SAVED_ADDRESS,
)
