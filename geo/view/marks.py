"""The marks of records that changed since an earlier version of the data.

:mod:`geo.changes.since` makes them; the map document shows them, in the words that they carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

Mark = Literal["new", "corrected", "withdrawn"]
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)


@dataclass(frozen=True, slots=True)
class RecordMark:
    """How a record differs from its earlier version.

    Parameters
    ----------
    ways
        The kinds of change in words, as the page Changes has them, the most serious first.
    """

    mark: Mark
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeMarks:
    """The records that changed since an earlier version, and which version that is.

    Parameters
    ----------
    since
        As a heading: ``Since 22 November 2024``.
    note
        Which version the data are compared with, and what limits the comparison.
    records
        The marked records of the current version, by id.
    removed
        How many records of the earlier version are no longer in the data. They are counted only:
        whoever removed one may not have wanted it to be read any longer.
    """

    since: str
    note: str
    records: Mapping[str, RecordMark] = field(default_factory=lambda: MappingProxyType({}))
    removed: int = 0

    def count(self, mark: Mark) -> int:
        """How many records have this mark."""
        return sum(one.mark == mark for one in self.records.values())

    def to_json(self) -> dict[str, Any]:
        """The marks as the map document reads them.

        Returns
        -------
        dict
            JSON values: ``since``, ``note``, ``removed``, and ``records``, which holds for each id
            a list of the mark and the ways.

        Examples
        --------
        >>> one = RecordMark("corrected", ("re-placed",))
        >>> ChangeMarks("Since 1 May 2024", "", {"x": one}).to_json()["records"]
        {'x': ['corrected', 're-placed']}
        """
        records = {key: [one.mark, *one.ways] for key, one in self.records.items()}
        return {
            "since": self.since, "note": self.note, "removed": self.removed, "records": records,
        }  # fmt: skip


def say_marks(marks: ChangeMarks) -> str:
    """The counts of the marks in one line.

    Examples
    --------
    >>> both = {"x": RecordMark("new"), "y": RecordMark("withdrawn")}
    >>> say_marks(ChangeMarks("", "", both, removed=2))
    '1 new, 1 withdrawn, 2 no longer in the data'
    >>> say_marks(ChangeMarks("", ""))
    'nothing new, corrected or withdrawn'
    """
    parts = [f"{count} {mark}" for mark in MARKS if (count := marks.count(mark))]
    parts += [f"{marks.removed} no longer in the data"] if marks.removed else []
    return ", ".join(parts) or f"nothing {', '.join(MARKS[:-1])} or {MARKS[-1]}"
