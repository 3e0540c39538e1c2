"""Which day it is for whoever reads the page: theirs, not that of the server.

Kabul is four and a half hours ahead of a server on UTC, so that until 4:30 in the morning the two
have different days.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st


def reader_day(now: datetime | None = None) -> date:
    """The day that it is in the reader's time zone; by UTC where that is not known.

    Parameters
    ----------
    now
        The moment, with its zone; this one if not given.
    """
    moment = now or datetime.now(UTC)
    return moment.astimezone(zone_of(st.context.timezone, st.context.timezone_offset)).date()


def zone_of(name: str | None, offset: int | None) -> tzinfo:
    """The zone that a browser names, or else tells by its offset in minutes west of UTC.

    Examples
    --------
    >>> night = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
    >>> night.astimezone(zone_of("Asia/Kabul", None)).date().isoformat()
    '2026-03-02'
    >>> night.astimezone(zone_of("Not/AZone", -270)).date().isoformat()
    '2026-03-02'
    >>> night.astimezone(zone_of(None, None)).date().isoformat()
    '2026-03-01'
    """
    try:
        return ZoneInfo(name) if name else _by_offset(offset)
    except (OSError, ValueError, KeyError):
        # What a browser names is not checked, and not every computer has the list of zones.
        return _by_offset(offset)


def _by_offset(offset: int | None) -> tzinfo:
    # No zone is more than 14 hours from UTC.
    is_zone = isinstance(offset, int) and abs(offset) <= 14 * 60
    return timezone(-timedelta(minutes=offset)) if is_zone and offset is not None else UTC
