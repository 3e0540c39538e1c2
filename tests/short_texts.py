"""Short texts, read as the product reads a report, with its dossier and its register."""

from __future__ import annotations

from datetime import date

from benchmarks.data import registry, workspace
from geo.reports.report import Report, read_report
from geo.reports.suggestions import SuggestedRecord


def read_short(text: str, published: date | None) -> Report:
    return read_report(
        text,
        published=published,
        country=workspace().country,
        dossier=workspace().reading.dossier,
        registry=registry(),
    )


def records_of(text: str, published: date | None) -> list[SuggestedRecord]:
    """The records that are suggested for a text, without general judgements and events abroad."""
    return [one for one in read_short(text, published).suggestions if not one.apart]
