"""Recognise the format of a file by the names of its columns alone.

Releases differ in the order and case of their columns, and in some of the columns. A format is
recognised by the columns without which a row could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from geo.errors import IntakeError
from geo.events.columns.schema import FIELDS

Format = Literal["acled", "ucdp-ged", "gtd", "insecurity-insight", "incident-map", "table"]
NAMES: Final[Mapping[Format, str]] = {
    "acled": "ACLED", "ucdp-ged": "UCDP GED", "gtd": "the Global Terrorism Database (GTD)",
    "insecurity-insight": "Insecurity Insight", "incident-map": "an export of Incident Map",
    "table": "a table",
}  # fmt: skip
"""The names of the formats in messages."""

ACLED: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
ACLED_OPTIONAL: Final = ("population_1km", "population_2km", "population_5km", "population_best")
UCDP: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip

_NEEDED: Final[Mapping[Format, frozenset[str]]] = {
    "acled": frozenset((
        "event_date", "time_precision", "event_type", "actor1", "admin1", "location", "latitude",
        "longitude", "geo_precision", "fatalities",
    )),
    "ucdp-ged": frozenset((
        "id", "type_of_violence", "side_a", "side_b", "where_prec", "adm_1", "latitude",
        "longitude", "date_prec", "date_start", "date_end", "best", "high", "low",
    )),
    "gtd": frozenset((
        "eventid", "iyear", "imonth", "iday", "country_txt", "provstate", "city", "latitude",
        "longitude", "specificity", "gname", "nkill",
    )),
    "insecurity-insight": frozenset((
        "date", "admin 1", "latitude", "longitude", "geo precision", "reported perpetrator name",
    )),
}  # fmt: skip
_TELLING: Final[Mapping[Format, frozenset[str]]] = {
    "acled": frozenset({"event_id_cnty", "data_id", "geo_precision", "time_precision"}),
    "ucdp-ged": frozenset({"where_prec", "date_prec", "type_of_violence"}),
    "gtd": frozenset({"iyear", "imonth", "iday", "specificity", "provstate"}),
    "insecurity-insight": frozenset({"geo precision", "reported perpetrator name"}),
}
_TOLD: Final = 2
INSIGHT_IDS: Final = ("sind event id", "sind id", "event id")
ACLED_IDS: Final = ("event_id_cnty", "data_id")
"""The column that identifies a row of ACLED: since March 2023, and before."""
OWN: Final = frozenset(name for name, _ in FIELDS) - {"lat", "lon"}
"""Columns of an event table that this program exported; in GeoJSON the geometry holds the point."""
IDS: Final[Mapping[Format, tuple[str, ...]]] = {
    "acled": ACLED_IDS, "ucdp-ged": ("id",), "gtd": ("eventid",),
    "insecurity-insight": INSIGHT_IDS, "incident-map": ("id",), "table": (),
}  # fmt: skip
"""Columns that identify a row in each format; the first one present is used."""


def recognise(columns: Iterable[str]) -> Format:
    """Return the format that the columns belong to; ``table`` if it is not a known one.

    Raises
    ------
    IntakeError
        The columns are clearly those of a format, but some that are needed to read a row are
        missing.

    Examples
    --------
    >>> recognise(name.upper() for name in reversed(ACLED)), recognise(UCDP), recognise(["X", "Y"])
    ('acled', 'ucdp-ged', 'table')
    >>> recognise(set(ACLED) - {"latitude"})
    Traceback (most recent call last):
    geo.errors.IntakeError: the columns are those of ACLED, but latitude is missing; export it again
    with all columns
    """
    columns = list(columns)
    if set(columns) >= OWN:
        return "incident-map"
    known = {canonical(name) for name in columns}
    for form, needed in _NEEDED.items():
        missing = sorted(needed - known)
        if form == "acled" and not known & set(ACLED_IDS):
            missing.append(" or ".join(ACLED_IDS))
        if not missing:
            return form
        if len(known & _TELLING[form]) >= _TOLD:
            raise IntakeError(
                f"the columns are those of {NAMES[form]}, but {', '.join(missing)} is missing; "
                "export it again with all columns"
            )
    return "table"


def canonical(name: str) -> str:
    """Return the name of a column as the format's own documentation writes it.

    Examples
    --------
    >>> canonical(" EVENT_DATE "), canonical("Geo  Precision ")
    ('event_date', 'geo precision')
    """
    return " ".join(name.lower().split())
