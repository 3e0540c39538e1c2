"""The columns of an event table, which an import of any format produces.

A curated dossier has a few thousand records with line numbers; an imported table may have a million
rows, which never become Python objects. Its columns use the vocabulary of the located table
(:mod:`geo.table.located`), so that a View filters both alike. The columns of the original file are
kept after them, as strings and under their own names, so that nothing is lost when they are
exported again.

=======================  ======================================================================
``id``                   as the file has it; unique within one import
``origin``               ``acled``, ``ucdp-ged``, ``gtd``, ``insecurity-insight`` or ``table``;
                         ``dossier`` for curated incidents that are exported
``row``                  number of the row in the file, from 1, the heading not counted
``groups``               keys of the parties that the registry knows, each once; a direction is
                         implied only where the file states one
``unmatched``            names of parties that the registry does not know; never counted as "other"
``against``              keys of the groups acted upon, or ``civilians``, where the file states a
                         direction; else empty
``event``, ``subevent``  ACLED's event type and sub-event type; empty where none is stated
``earliest``, ``latest`` first and last possible day
``date_precision``       see :data:`geo.dossier.periods.DatePrecision`
``place_text``           the place in the words of the file
``place_name``           the gazetteer's name of the place; empty where it has none
``precision``            see :data:`geo.places.locations.Precision`; never ``exact`` by import
``province``             ISO 3166-2 code; empty where none or several
``district``             id of the district, where it is known
``lat``, ``lon``         degrees, WGS 84; missing unless the precision is ``settlement`` or ``near``
``uncertainty_m``        radius in metres within which the place is; missing for areas
``off``                  why it is not mapped: ``country``, ``outside``, ``unknown``; else empty
``status``               ``reported``, unless the file says otherwise
``attribution``          see :data:`geo.dossier.evidence.Attribution`
``killed_low``,          missing where not stated, which is not zero
``killed_best``,
``killed_high``
``killed_basis``         ``acled_reported``, ``ucdp``, ``reported`` (by a table) or ``not_stated``;
                         of curated incidents as in the located table
``source``               who reports it, in the words of the file
``notes``                the file's description of the event
=======================  ======================================================================
"""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

VERSION: Final = b"1"
KEY: Final = b"incident-map-events"
ORIGINAL: Final = "original:"
"""Prefix of the columns that are kept as they are in the original file."""

_WORD: Final = pa.dictionary(pa.int32(), pa.string())

FIELDS: Final[tuple[tuple[str, Any], ...]] = (
    ("id", pa.string()),
    ("origin", _WORD),
    ("row", pa.int64()),
    ("groups", pa.list_(pa.string())),
    ("unmatched", pa.list_(pa.string())),
    ("against", pa.list_(pa.string())),
    ("event", _WORD),
    ("subevent", _WORD),
    ("earliest", pa.date32()),
    ("latest", pa.date32()),
    ("date_precision", _WORD),
    ("place_text", _WORD),
    ("place_name", _WORD),
    ("precision", _WORD),
    ("province", _WORD),
    ("district", _WORD),
    ("lat", pa.float64()),
    ("lon", pa.float64()),
    ("uncertainty_m", pa.float32()),
    ("off", _WORD),
    ("status", _WORD),
    ("attribution", _WORD),
    ("killed_low", pa.int32()),
    ("killed_best", pa.int32()),
    ("killed_high", pa.int32()),
    ("killed_basis", _WORD),
    ("source", _WORD),
    ("notes", pa.string()),
)
SCHEMA: Final = pa.schema(list(FIELDS), metadata={KEY: VERSION})
"""The columns every event table has, in order; those of the file it came from follow."""
