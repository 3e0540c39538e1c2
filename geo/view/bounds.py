"""How far the fields of a View reach, in one table for everything that reads one.

A message of the map document, an address, a recipe, the options of the command line and the
scripts in the browser all read a View. They take their bounds from here; the browser finds them in
the payload. A filter beyond its bound is refused as a whole, with the reason: one that was cut
would ask another question than its reader did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo import limits


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest value of each kind that a View holds.

    Parameters
    ----------
    entries
        Entries of one list.
    letters
        Letters (code points) of the words that are searched for.
    fatalities
        The least number of fatalities that is asked for.
    lat, lon
        Degrees from the equator and from Greenwich, WGS 84.
    zoom
        Of web maps; the middle of the map is not looked at from nearer.
    """

    entries: int
    letters: int
    fatalities: int
    lat: int
    lon: int
    zoom: int


BOUNDS: Final = Bounds(
    entries=limits.MAX_VIEW_ENTRIES,
    letters=limits.MAX_VIEW_TEXT,
    fatalities=limits.MAX_VIEW_DEATHS,
    lat=90,
    lon=180,
    # A tile of level 20 is 38 m wide at the equator (OGC 17-083r4, annex D: WebMercatorQuad).
    zoom=20,
)
