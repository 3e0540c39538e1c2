"""Two periods in words: the records of only one of them, of both, and how many of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from geo.snapshot.content.content import RecordNote, say_numbers
from geo.text import counted

_ABSENCE: Final = "Absence of reports is not evidence of absence."


def say_pair(
    first: Sequence[RecordNote], second: Sequence[RecordNote], names: Mapping[str, str]
) -> Iterator[str]:
    """Yield what two periods have in common and what they do not, a sentence each.

    Parameters
    ----------
    names
        Short name of each group by its key, in the order of the dossier.
    """
    before = {entry.record: entry.number for entry in first}
    after = {entry.record: entry.number for entry in second}
    gone = [number for key, number in before.items() if key not in after]
    new = [number for key, number in after.items() if key not in before]
    both = [number for key, number in before.items() if key in after]
    yield f"Only in the first period: {_records(gone)}."
    yield f"Only in the second period: {_records(new)}."
    if both:
        yield f"In both, as their dates may fall within either: {_records(both)}."
    groups = "; ".join(_by_group(first, second, names))
    if groups:
        yield f"First and second period by group: {groups}."
    yield _ABSENCE


def _records(numbers: Sequence[int]) -> str:
    said = counted(len(numbers), "record")
    return f"{said} ({say_numbers(numbers)})" if numbers else said


def _by_group(
    first: Sequence[RecordNote], second: Sequence[RecordNote], names: Mapping[str, str]
) -> Iterator[str]:
    before, after = (
        Counter(key for entry in entries for key in entry.sign.groups)
        for entries in (first, second)
    )
    for key, name in names.items():
        if before[key] or after[key]:
            yield f"{name} {before[key]} and {after[key]}"
