"""Guess what the headings of a table mean, by whole words and in any case.

Spellings are not folded as place names are: ``E`` is not ``Y``. A heading followed by brackets or a
unit means the same as without: ``Latitude (DD)``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

MEANINGS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType({
    "id": ("row identifier", (
        "id", "event id", "incident id", "record id", "ref", "reference id", "event id cnty", "uid",
    )),
    "date": ("the day, or an EDTF date", (
        "date", "event date", "day", "date start", "start date", "incident date",
        "date of incident", "date of event", "event day", "when", "earliest", "timestamp",
        "datetime", "date time", "begin", "تاریخ",
    )),
    "month": ("the month, where the date is only a year", ("month", "imonth", "event month")),
    "day_of_month": ("the day, where the date is only a year", ("day of month", "iday")),
    "date_end": ("the last possible day", ("date end", "end date", "latest", "until", "end")),
    "lat": ("degrees north", (
        "lat", "latitude", "y", "n", "north", "northing", "y lat", "lat dd", "geometry.lat", "ylat",
        "latitude wgs84", "gps latitude", "عرض", "عرض جغرافیایی",
    )),
    "lon": ("degrees east", (
        "lon", "long", "lng", "longitude", "x", "e", "east", "easting", "x lon", "lon dd",
        "geometry.lon", "xlon", "longitude wgs84", "gps longitude", "طول", "طول جغرافیایی",
    )),
    "coordinates": ("latitude and longitude in one cell, or a grid reference", (
        "coordinates", "coordinate", "coords", "lat lon", "lat long", "lat/lon", "lat/long",
        "latlon", "latlong", "lat, lon", "gps", "gps coordinates", "mgrs", "grid reference", "grid",
        "position", "point", "wkt", "geom wkt", "geometry", "geo",
    )),
    "precision": ("location precision", (
        "precision", "place precision", "location precision", "geo precision", "where prec",
        "precision code", "specificity", "spatial precision",
    )),
    "radius_m": ("uncertainty in metres", ("uncertainty m", "radius m", "accuracy")),
    "place": ("place as worded in the table", (
        "place", "location", "town", "village", "place text", "city", "settlement", "where",
        "locality", "site", "location of incident", "location of event", "place name", "محل",
    )),
    "district": ("the district", (
        "district", "admin2", "admin 2", "adm2", "adm 2", "admin2 name", "adm2 name", "adm2 en",
        "county", "ولسوالی",
    )),
    "province": ("the province", (
        "province", "admin1", "admin 1", "prov", "adm1", "adm 1", "admin1 name", "adm1 name",
        "adm1 en", "provstate", "state", "governorate", "ولایت",
    )),
    "country": ("the country", ("country", "nation", "country name")),
    "groups": ("acting parties", (
        "groups", "group", "actor", "actors", "perpetrator", "perpetrators", "by", "who", "actor1",
        "actor2", "actor 1", "actor 2", "actor name", "perpetrator name", "reported perpetrator",
        "reported perpetrator name", "side a", "side b", "gname", "group name",
    )),
    "against": ("targets", ("against", "target", "targets", "victim", "victims")),
    "event": ("ACLED's event type", ("event", "event type", "type")),
    "subevent": ("ACLED's sub-event type", ("subevent", "sub event type", "subtype")),
    "killed": ("fatalities", (
        "killed", "fatalities", "deaths", "dead", "killed best", "best", "total killed", "nkill",
        "number killed", "people killed", "fatality",
    )),
    "killed_low": ("fewest fatalities", ("killed low", "low", "min killed", "mintotal")),
    "killed_high": ("most fatalities", ("killed high", "high", "max killed", "maxtotal")),
    "source": ("who reports it", ("source", "sources", "reference", "source name", "link", "url")),
    "notes": ("description of the event", (
        "notes", "description", "summary", "text", "details", "title", "event description", "what",
        "comments", "remarks", "incident",
    )),
})  # fmt: skip
"""The description of each meaning, and the headings that have it, the best first."""
SEVERAL: Final = frozenset({"groups", "against"})
"""Meanings that several columns may have."""
YEARS: Final = ("year", "iyear", "event year", "سال")
"""Headings of a year, which counts as a date only if the table has no other."""
DAYS_OF_MONTH: Final = ("day", "iday", "day of month", "event day")
"""Headings of the day next to a year and a month; ``Day`` alone may also be a whole date."""
_BRACKETS: Final = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")
_SPACES: Final = re.compile(r"[\s_\-]+")
_ALIKE: Final = str.maketrans({"ي": "ی", "ك": "ک", "#": " "})


def plain_heading(name: str) -> str:
    """Return a heading in lower case, with single spaces for underscores and hyphens.

    Examples
    --------
    >>> plain_heading(" Event_Date "), plain_heading("Latitude (DD)"), plain_heading("E")
    ('event date', 'latitude', 'e')
    """
    folded = unicodedata.normalize("NFKC", name).translate(_ALIKE).casefold()
    bare = _BRACKETS.sub("", folded) or folded
    return _SPACES.sub(" ", bare).strip()


_BY_HEADING: Final = {
    plain_heading(name): target for target, (_, names) in MEANINGS.items() for name in names
}


def meaning_of(name: str) -> str | None:
    """Return the meaning that a heading probably has.

    Examples
    --------
    >>> meaning_of("LATITUDE"), meaning_of("E"), meaning_of("Location "), meaning_of("Unit")
    ('lat', 'lon', 'place', None)
    """
    return _BY_HEADING.get(plain_heading(name))


def rank_of(name: str) -> int:
    """Rank how well a heading fits its meaning, from 0 for the best.

    Examples
    --------
    >>> rank_of("date") < rank_of("timestamp")
    True
    """
    heading = plain_heading(name)
    target = _BY_HEADING.get(heading)
    names = [plain_heading(one) for one in MEANINGS[target][1]] if target else []
    return names.index(heading) if heading in names else len(names)


def is_year(name: str) -> bool:
    """Tell whether a heading is that of a year.

    Examples
    --------
    >>> is_year("Year"), is_year("year of birth")
    (True, False)
    """
    return plain_heading(name) in YEARS


def is_day_of_month(name: str) -> bool:
    """Tell whether a heading may be that of the day of the month.

    Examples
    --------
    >>> is_day_of_month("Day"), is_day_of_month("iday"), is_day_of_month("date")
    (True, True, False)
    """
    return plain_heading(name) in DAYS_OF_MONTH
