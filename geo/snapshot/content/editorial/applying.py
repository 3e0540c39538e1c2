"""The content of a figure with what its editor adds: colours, labels, legend, and what to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.dossier.records import Record, StatusKey
from geo.snapshot.content.content import (
    Content,
    LegendItem,
    LegendPart,
    RecordNote,
)
from geo.snapshot.content.editorial.editorial import Editorial
from geo.snapshot.content.editorial.mark_labels import MarkLabels
from geo.snapshot.content.editorial.translating import in_language
from geo.snapshot.content.layers import EDITORS_MARKS
from geo.text import counted, listed
from geo.wording import vocabulary

_KEEPS_STATUS: Final[frozenset[StatusKey]] = frozenset({"claimed_only", "disputed", "refuted"})
"""Statuses that a label states, because a short title alone would read as a fact."""
_BEFORE_MARKS: Final = 2
"""Parts of the legend before that of the editor's marks: groups and status, if there is no room for
more."""
_MOST_NAMED: Final = 3
"""Most names in a sentence about what was not found; the recipe has them all."""


def with_editorial(
    content: Content, editorial: Editorial, records: Mapping[str, Record]
) -> Content:
    """The content with what the editor adds; unchanged, if nothing.

    Raises
    ------
    FigureError
        A colour is given for a group that there is not, or looks like that of another group.
    """
    if not editorial:
        return content
    usual, shown = content.legend, {key for one in content.entries for key in one.sign.groups}
    content = replace(
        content,
        editorial=editorial,
        styles=editorial.colours.styles(content.styles, content.names, shown),
        legend=_with_part_of_marks(editorial.legend.applied(usual), editorial),
    )
    content = replace(content, labels=tuple(_labels(content, editorial.labels, records)))
    found = (*content.warnings, *_warnings(content, editorial, usual))
    return in_language(replace(content, warnings=found))


def _with_part_of_marks(
    parts: tuple[LegendPart, ...], editorial: Editorial
) -> tuple[LegendPart, ...]:
    """The legend with the editor's marks early, so that the first page always explains them."""
    if not editorial.marks:
        return parts
    item = LegendItem(editorial.about_marks, is_editors=True)
    return (*parts[:_BEFORE_MARKS], LegendPart(EDITORS_MARKS, (item,)), *parts[_BEFORE_MARKS:])


def _labels(
    content: Content, labels: MarkLabels, records: Mapping[str, Record]
) -> Iterator[tuple[int, str]]:
    for entry in content.entries if labels != MarkLabels() else ():
        label = _label(entry, labels, records[entry.record])
        if label and entry.where == "map":
            yield entry.number, label


def _label(entry: RecordNote, labels: MarkLabels, record: Record) -> str:
    """The short title of a record with its status, if that makes it less than a report."""
    text = dict(labels.own).get(entry.record, "")
    if not text and labels.from_fields:
        text = ", ".join(filter(None, (_type_of(record), record.period.text)))
    if not text or entry.status not in _KEEPS_STATUS:
        return text
    status = vocabulary.status_meaning(entry.status).short
    return text if status in text.casefold() else f"{text} ({status})"


def _type_of(record: Record) -> str:
    event_type: str | None = getattr(record, "event_type", None)
    one = next(kind.one for kind in vocabulary.KINDS if kind.key == record.kind)
    return (event_type or one).capitalize()


def _warnings(
    content: Content, editorial: Editorial, legend: Sequence[LegendPart]
) -> Iterator[str]:
    shown = {entry.record for entry in content.entries}
    unlabelled = [key for key, _ in editorial.labels.own if key not in shown]
    if unlabelled:
        yield f"Labels of records that are not shown: {_some(unlabelled)}."
    if unmatched := editorial.legend.unmatched(legend):
        yield f"Not in this legend, so neither moved nor reworded: {_some(unmatched)}."
    outside = [mark for mark in editorial.marks if not _is_inside(content, mark.at)]
    if outside:
        are = "is" if len(outside) == 1 else "are"
        marks = counted(len(editorial.marks), "mark")
        yield f"{len(outside)} of {marks} of the editor {are} outside the frame."


def _is_inside(content: Content, at: Sequence[tuple[float, float]]) -> bool:
    return any(content.frame.holds(lat, lon) for lat, lon in at)


def _some(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return listed([*names[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])])
