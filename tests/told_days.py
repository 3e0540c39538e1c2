"""The days that short texts give to what they tell."""

from __future__ import annotations

from datetime import date

from short_texts import records_of

TUESDAY = date(2022, 5, 24)


def days(text: str, published: date | None = TUESDAY) -> list[str]:
    """The dates of the records that are suggested for a text, in order."""
    records = records_of(text, published)
    return [one.when.date.edtf if one.when else "" for one in records]
