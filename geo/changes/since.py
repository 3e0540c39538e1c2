"""What is new since the last briefing, a number of days or a date, by the versions that were kept.

*New* means new in this dossier since an earlier version was opened here. When something happened on
the ground, and when it was reported, is another matter: the dates of the records say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final

from geo.changes.changes import Change, Changes, changes, word_of
from geo.changes.versions import KeptVersions, Version, VersionStore
from geo.errors import OptionError, StateError
from geo.table.workspace import Workspace
from geo.view import say_day
from geo.view.marks import ChangeMarks, RecordMark
from geo.workspace import located_workspace

BRIEFING: Final = "briefing"
_DAYS: Final = re.compile(r"([0-9]{1,4}) ?(?:d|days?)")
_SHOWN: Final = 12
"""Digits of a digest by which a data version is named everywhere."""
_FORMS: Final = "expected briefing, a number of days such as 7d, or a date such as 2024-05-31"
EARLIER: Final = "the earlier version"
"""Name of a kept version in messages about its records."""


@dataclass(frozen=True, slots=True)
class Since:
    """What the current version is compared with.

    Parameters
    ----------
    words
        As in ``Since the last briefing``.
    day
        The first version opened on this day, or else the last one before it; ``None``: the version
        of the last briefing.
    """

    words: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The current version compared with a kept one.

    Parameters
    ----------
    version
        The earlier version.
    note
        Which version that is, and why not an older one.
    """

    since: Since
    version: Version
    earlier: Workspace
    found: Changes
    note: str

    def marks(self, now: Workspace) -> ChangeMarks:
        """The marks of the records of the current version."""
        withdrawn = {one.id for one in now.reading.dossier.records if one.withdrawn_because}
        known = {one.id for one in now.reading.dossier.records}
        records = {
            one.id: _mark(one, is_withdrawn=one.id in withdrawn)
            for one in self.found.records if one.id in known
        }  # fmt: skip
        removed = sum(one.id not in known for one in self.found.records)
        more = (
            ""
            if self.found.complete
            else " Not all of both versions could be read; what could not was not compared."
        )
        return ChangeMarks(
            f"Since {self.since.words}", self.note + more, MappingProxyType(records), removed
        )


def read_since(text: str, today: date) -> Since:
    """Read what to compare with.

    Parameters
    ----------
    text
        ``briefing``, a number of days such as ``7d`` or ``7 days``, or a date, year first.

    Raises
    ------
    OptionError
        It is none of these, or a day that is still to come.

    Examples
    --------
    >>> read_since("7 days", date(2024, 5, 31))
    Since(words='24 May 2024', day=datetime.date(2024, 5, 24))
    >>> read_since("briefing", date(2024, 5, 31)).words
    'the last briefing'
    >>> read_since("2024-02-30", date(2024, 5, 31))
    Traceback (most recent call last):
    geo.errors.OptionError: '2024-02-30' is not valid; expected briefing, a number of days such as \
7d, or a date such as 2024-05-31
    """
    given = text.strip().lower()
    if given == BRIEFING:
        return Since("the last briefing")
    try:
        days = _DAYS.fullmatch(given)
        day = today - timedelta(int(days[1])) if days else date.fromisoformat(given)
    except (ValueError, OverflowError) as error:
        msg = f"{text[:_SHOWN]!r} is not valid; {_FORMS}"
        raise OptionError(msg) from error
    if day > today:
        raise OptionError(f"{day} is still to come; give a day until {today}")
    return Since(say_day(day), day)


def compare_since(
    since: Since, dossier: Path, kept: KeptVersions, now: Workspace, today: date
) -> Comparison:
    """Compare the current version with a kept one.

    If no version is kept from the asked day or before it, the oldest is compared, and the note says
    so.

    Raises
    ------
    StateError
        No version is kept that could be compared, or its file is damaged.
    """
    version, note = _choose(since, kept)
    is_same = version.digest == now.reading.digest
    if is_same:
        earlier, found = now, Changes(())
    else:
        data = VersionStore(dossier).data(version)
        earlier = located_workspace(now.country, data, EARLIER, today)
        found = changes(earlier, now)
    return Comparison(since, version, earlier, found, note + _say_version(version, is_same=is_same))


def _choose(since: Since, kept: KeptVersions) -> tuple[Version, str]:
    """The version to compare with, and why it is not the one that was asked for."""
    if not kept.opened:
        raise StateError("no version of these data is kept yet; the current one is from now on")
    oldest, digests = kept.opened[0], {one.digest for one in kept.opened}
    if since.day is None:
        if kept.briefing is None:
            return oldest, f"No briefing of these data is noted. {_say_oldest(kept)}"
        if kept.briefing.digest not in digests:
            return oldest, (
                f"The version of the last briefing, {say_day(kept.briefing.day)}, is no longer "
                f"kept. {_say_oldest(kept)}"
            )
        return kept.briefing, ""
    of_the_day = [one for one in kept.opened if one.day == since.day]
    before = [one for one in kept.opened if one.day < since.day]
    if not of_the_day and not before:
        return (
            oldest,
            f"No version from {say_day(since.day)} or before is kept. {_say_oldest(kept)}",
        )
    return (of_the_day[0] if of_the_day else before[-1]), ""


def _say_oldest(kept: KeptVersions) -> str:
    dropped = f"; {kept.dropped} older {_was_were(kept.dropped)} dropped" if kept.dropped else ""
    return f"Versions are kept from {say_day(kept.opened[0].day)}{dropped}. "


def _say_version(version: Version, *, is_same: bool) -> str:
    name = f"data version {version.digest[:_SHOWN]} of {say_day(version.day)}"
    if is_same:
        return f"The data are still {name}: nothing has changed."
    return f"Compared with {name}. New means new in this dossier, whenever it happened."


def _mark(change: Change, *, is_withdrawn: bool) -> RecordMark:
    kinds: Sequence[str] = change.change
    ways = tuple(map(word_of, change.change))
    if "withdrawn" in kinds and is_withdrawn:
        return RecordMark("withdrawn", ways)
    return RecordMark("new" if "added" in kinds else "corrected", ways)


def _was_were(count: int) -> str:
    return "was" if count == 1 else "were"
