"""The current day for the reader of the page, not for the server.

Kabul is four and a half hours ahead of UTC, so between midnight and 4:30 in the morning a server
on UTC still has the previous day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st


def reader_day(now: datetime | None = None) -> date:
    """Return the current day in the reader's time zone, or in UTC where that is unknown.

    Parameters
    ----------
    now
        The moment, with its zone; by default the present.
    """
    moment = now or datetime.now(UTC)
    return moment.astimezone(zone_of(st.context.timezone, st.context.timezone_offset)).date()


def zone_of(name: str | None, offset: int | None) -> tzinfo:
    """Return the time zone that a browser names, or else its offset in minutes west of UTC.

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
        # A browser may name anything, and not every computer has the list of zones.
        return _by_offset(offset)


def _by_offset(offset: int | None) -> tzinfo:
    # No zone is more than 14 hours from UTC.
    is_zone = isinstance(offset, int) and abs(offset) <= 14 * 60
    return timezone(-timedelta(minutes=offset)) if is_zone and offset is not None else UTC
