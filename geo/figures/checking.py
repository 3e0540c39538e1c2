"""What has changed in the data since a figure was made, so that it would now show other things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.changes.comparing import ChangeKind, move_of
from geo.dossier.records import Dossier
from geo.errors import FigureError, GeoError
from geo.figures.finding import FoundFigure, find_figures
from geo.figures.office_file import OfficeFile
from geo.figures.shape_slides import shape_figure
from geo.snapshot.content.composing import source_notes
from geo.snapshot.content.content import Content
from geo.snapshot.content.event_file import EventFile, with_current_events
from geo.snapshot.content.imprint import (
    Imprint,
    PrintedRecord,
    digest_of_source,
    printed_records,
)
from geo.snapshot.content.recipe import Recipe, clean_line
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace
from geo.view import workspace_for

FigureChangeKind = ChangeKind | Literal["no longer shown", "changed"]
Subject = Literal["record", "source", "record count", "events", "title", "boundaries and names"]
_SERIOUS: Final[tuple[FigureChangeKind, ...]] = (
    "withdrawn", "removed", "refuted", "disputed", "downgraded",
)  # fmt: skip
"""Kinds of change that are listed first."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One thing that a figure shows and the current data do not, or the reverse.

    Parameters
    ----------
    subject
        What has changed.
    kind
        How, in the words of ``incident-map diff``; a record that the figure's filters now leave out
        is ``no longer shown``.
    id
        Id of the record, or key of the source.
    title
        Its title in the current data; empty if it is no longer in them.
    because
        Why a record was withdrawn, or what a text was and is.
    """

    subject: Subject
    kind: FigureChangeKind
    id: str = ""
    title: str = ""
    because: str = ""


@dataclass(frozen=True)
class CheckedFigure:
    """A figure of a file and what has changed since it was made.

    Parameters
    ----------
    fault
        Why it could not be compared with the current data; empty for most.
    edits
        What others have changed in its shapes and a refreshed figure would not have, in one line.
    hindrance
        Why its shapes cannot be made anew; empty for most.
    """

    figure: FoundFigure
    changes: tuple[FigureChange, ...]
    fault: str = ""
    edits: str = ""
    hindrance: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the current data would give a figure of the same content."""
        return not self.changes and not self.fault


@dataclass(frozen=True)
class CheckedFile:
    """The figures of a file, checked, and a message for each that could not be read."""

    file: str
    figures: tuple[CheckedFigure, ...]
    faults: tuple[str, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether nothing is out of date and everything could be read."""
        return not self.faults and all(one.is_current for one in self.figures)


def check_figure_file(
    data: bytes, file: str, workspace: Workspace, events: EventFile | None = None
) -> CheckedFile:
    """Compare each figure of a file with what its recipe gives with the current data.

    Parameters
    ----------
    file
        Its name in messages.
    events
        The current events, for figures that show any.

    Raises
    ------
    IntakeError
        It is not a file with figures, or cannot be read.
    """
    found = find_figures(data, file)
    known: dict[str, CheckedFigure] = {}
    checked = []
    for figure in found.figures:
        # A figure is often in a file several times, as a picture and as a drawing.
        key = figure.imprint.without_picture.to_text()
        if key not in known:
            known[key] = _checked(workspace, figure, events)
        one = replace(known[key], figure=figure)
        is_stale_shapes = figure.state == "shapes" and not one.is_current
        checked.append(_with_edits(one, data, file) if is_stale_shapes else one)
    return CheckedFile(file, tuple(checked), found.faults)


def changes_of_figure(
    workspace: Workspace, imprint: Imprint, events: EventFile | None = None
) -> tuple[FigureChange, ...]:
    """Return what the figure of an imprint would show differently with the current data.

    The most serious changes come first. A record counts as corrected only if both it and what is
    printed of it have changed: a new wording of this program is not a change of the data.

    Raises
    ------
    GeoError
        The figure cannot be made with the current data.
    """
    recipe = imprint.recipe
    now = make(workspace, with_current_events(replace(recipe, since=""), events), events)
    is_same = recipe.events is None or recipe.events == now.recipe.events
    if is_same and (recipe.data, recipe.ground) == (now.recipe.data, now.recipe.ground):
        return ()
    return changes_of_content(workspace, imprint, now.recipe, now.content)


def changes_of_content(
    workspace: Workspace, imprint: Imprint, now: Recipe, content: Content
) -> tuple[FigureChange, ...]:
    """Return what a content shows differently from the figure of an imprint.

    Parameters
    ----------
    now, content
        The recipe with the digests of the current data, and what it gives with them.

    Returns
    -------
    The most serious changes first.
    """
    asked = workspace_for(imprint.recipe.view, workspace)
    found = list(_FigureComparison(asked, imprint, now, content).changes())
    return tuple(sorted(found, key=_seriousness))


def _checked(workspace: Workspace, figure: FoundFigure, events: EventFile | None) -> CheckedFigure:
    try:
        return CheckedFigure(figure, changes_of_figure(workspace, figure.imprint, events))
    except GeoError as error:
        return CheckedFigure(figure, (), str(error))


def _with_edits(checked: CheckedFigure, data: bytes, file: str) -> CheckedFigure:
    try:
        return replace(checked, edits=shape_figure(OfficeFile(data, file), checked.figure).edits)
    except FigureError as error:
        return replace(checked, hindrance=str(error))


def _seriousness(change: FigureChange) -> int:
    return _SERIOUS.index(change.kind) if change.kind in _SERIOUS else len(_SERIOUS)


class _FigureComparison:
    """An imprint beside the content that its recipe gives now."""

    def __init__(
        self, workspace: Workspace, imprint: Imprint, now: Recipe, content: Content
    ) -> None:
        self.imprint, self.now, self.content = imprint, now, content
        self.dossier: Dossier = workspace.reading.dossier
        self.by_id = {record.id: record for record in self.dossier.records}
        self.same_ground = imprint.recipe.ground == workspace.country.digest

    def changes(self) -> Iterator[FigureChange]:
        yield from self._records()
        yield from self._sources()
        before, now = self.imprint, self.content
        if (ledger := clean_line(now.ledger)) != before.ledger:
            yield FigureChange("record count", "changed", because=_was(before.ledger, ledger))
        if now.events is not None and self.now.events != before.recipe.events:
            yield FigureChange("events", "changed", because=f"is now “{now.events.ledger}”")
        if now.title != before.title:
            yield FigureChange("title", "changed", because=_was(before.title, now.title))
        if not self.same_ground:
            yield FigureChange("boundaries and names", "changed")

    def _records(self) -> Iterator[FigureChange]:
        before, now = self.imprint.records, printed_records(self.content)
        for key in now:
            if key not in before:
                yield self._record(key, "added")
            elif kind := self._kind(key, before[key], now[key]):
                yield self._record(key, kind)
        for key in before:
            if key not in now:
                yield self._gone(key)

    def _kind(self, key: str, was: PrintedRecord, now: PrintedRecord) -> FigureChangeKind | None:
        if was.status != now.status:
            if now.status == "withdrawn":
                return "withdrawn"
            return "restored" if was.status == "withdrawn" else move_of(was.status, now.status)
        made, made_now = self.imprint.recipe.made.get(key), self.now.made.get(key)
        is_new = made != made_now or not self.same_ground
        return "corrected" if was.digest != now.digest and is_new else None

    def _gone(self, key: str) -> FigureChange:
        record = self.by_id.get(key)
        if record is None:
            return FigureChange("record", "removed", key)
        is_withdrawn = record.withdrawn_because is not None
        return self._record(key, "withdrawn" if is_withdrawn else "no longer shown")

    def _record(self, key: str, kind: FigureChangeKind) -> FigureChange:
        record = self.by_id[key]
        because = clean_line(record.withdrawn_because or "") if kind == "withdrawn" else ""
        return FigureChange("record", kind, key, clean_line(record.title), because)

    def _sources(self) -> Iterator[FigureChange]:
        known = [key for key in self.imprint.sources if key in self.dossier.sources]
        notes = {one.key: one for one in source_notes(self.dossier, dict.fromkeys(known, 0))}
        for key, was in self.imprint.sources.items():
            note = notes.get(key)
            if note is None:
                yield FigureChange("source", "removed", key)
            elif digest_of_source(note) != was:
                yield FigureChange("source", "corrected", key, note.title)


def _was(before: str, now: str) -> str:
    return f"was “{before}”, is now “{now}”"
