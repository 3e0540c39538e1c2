"""The days that short texts give to what they tell."""

from __future__ import annotations

from datetime import date

from benchmarks.data import registry, workspace
from geo.reports.report import read_report

TUESDAY = date(2022, 5, 24)


def days(text: str, published: date | None = TUESDAY) -> list[str]:
    """The dates of the records that are suggested for a text, in order."""
    found = read_report(
        text,
        published=published,
        country=workspace().country,
        dossier=workspace().reading.dossier,
        registry=registry(),
    )
    return [one.when.date.edtf if one.when else "" for one in found.suggestions if not one.apart]
