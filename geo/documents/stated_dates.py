"""The day that a document states in its own fields, in the formats that such fields have."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final

_ISO: Final = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?![\d])")
_FIRST_YEAR: Final = 1900
"""Before which no such field is taken for a date."""


def stated_day(text: str) -> date | None:
    """Return the day in a field: ISO 8601, or as in the head of an e-mail; else ``None``.

    The day is that of the time zone in which the field has it.

    Examples
    --------
    >>> stated_day("2022-05-24T23:30:00-07:00"), stated_day("Tue, 24 May 2022 23:30:00 -0700")
    (datetime.date(2022, 5, 24), datetime.date(2022, 5, 24))
    >>> stated_day("24/05/2022"), stated_day("0001-01-01")
    (None, None)
    """
    match = _ISO.match(text)
    try:
        if match:
            found = date(int(match[1]), int(match[2]), int(match[3]))
        else:
            found = parsedate_to_datetime(text.strip()[:100]).date()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return found if found.year >= _FIRST_YEAR else None
