"""Event data for tests: rows made by hand in the exact columns of ACLED and UCDP GED."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from geo.events.columns.formats import ACLED, UCDP
from geo.events.importing.importing import ImportedEvents, import_file
from geo.events.parties.actors import Registry
from geo.places.country import Country

ACLED_ROW = {
    "event_id_cnty": "AFG1",
    "event_date": "2022-05-24",
    "year": "2022",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "NRF: National Resistance Front",
    "inter1": "Rebel group",
    "actor2": "Taliban",
    "inter2": "State forces",
    "iso": "4",
    "region": "Caucasus and Central Asia",
    "country": "Afghanistan",
    "admin1": "Kunduz",
    "admin2": "Imam Sahib",
    "location": "Imam Sahib",
    "latitude": "37.1893",
    "longitude": "68.9364",
    "geo_precision": "1",
    "source": "A paper",
    "source_scale": "National",
    "notes": 'It is said: "two lines,\nof them".',
    "fatalities": "3",
    "timestamp": "1653400000",
}
UCDP_ROW = {
    "id": "400001",
    "year": "2022",
    "type_of_violence": "1",
    "side_a": "Government of Afghanistan",
    "side_b": "Islamic State Khorasan Province",
    "number_of_sources": "-1",
    "source_office": "A paper",
    "source_headline": "A headline,\nof two lines",
    "where_prec": "1",
    "where_coordinates": "Imam Sahib town",
    "adm_1": "Kunduz province",
    "adm_2": "Imam Sahib district",
    "latitude": "37.1893",
    "longitude": "68.9364",
    "geom_wkt": "POINT (68.9364 37.1893)",
    "country": "Afghanistan",
    "country_id": "700",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2022-05-24 00:00:00.000",
    "date_end": "2022-05-24 00:00:00.000",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "3",
    "high": "5",
    "low": "2",
}


def acled(**changes: str) -> dict[str, str]:
    """A row of ACLED: a clash in a town of Kunduz."""
    return ACLED_ROW | changes


def ucdp(**changes: str) -> dict[str, str]:
    """A row of UCDP GED: a clash in the same town."""
    return UCDP_ROW | changes


def csv_bytes(rows: Iterable[Mapping[str, str]], columns: Iterable[str]) -> bytes:
    """Rows as a CSV file in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, list(columns), restval="", lineterminator="\n", quoting=csv.QUOTE_ALL
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@cache
def registry(folder: Path) -> Registry:
    """The registry of a country's folder, without the groups of its dossier."""
    return Registry.of_folder(folder)


def read_acled(
    country: Country, data_folder: Path, *rows: Mapping[str, str], **how: Any
) -> ImportedEvents:
    """Import rows of ACLED."""
    return import_file(csv_bytes(rows, ACLED), country, registry(data_folder), **how)


def read_ucdp(
    country: Country, data_folder: Path, *rows: Mapping[str, str], **how: Any
) -> ImportedEvents:
    """Import rows of UCDP GED."""
    return import_file(csv_bytes(rows, UCDP), country, registry(data_folder), **how)


def first(found: ImportedEvents) -> dict[str, Any]:
    """The first event."""
    event: dict[str, Any] = found.events.slice(0, 1).to_pylist()[0]
    return event
