"""The command ``map``, which writes the map document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlencode

import typer

from geo.cli.handover_options import HandoverOptions
from geo.cli.opening import open_or_stop, print_problems, view_or_stop
from geo.cli.options import (
    BaseMapOption,
    DataOption,
    EventTableOption,
    FileArgument,
    local_day,
)
from geo.cli.snapshot_options import FORMS, short_title
from geo.cli.sparing import sparing_inputs
from geo.cli.terminal import require_or_stop, stop, talk
from geo.cli.versions import DocumentOptions, keep_version, marks_since, read_views
from geo.cli.view_options import FilterOptions, day_of, with_options, with_view
from geo.errors import GeoError, OptionError
from geo.events.parties.actors import Registry
from geo.events.readers.file_uses import check_ending, check_events
from geo.events.store.dataset import is_dataset, read_dataset
from geo.events.store.storage import read_events
from geo.files import write_whole
from geo.handover.preview import preview_of
from geo.handover.reducing import Reduction
from geo.handover.scanning import check_files
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import Ledger, View, select, workspace_for
from geo.view.marks import ChangeMarks, say_marks
from geo.view.saved_views import SavedView
from geo.webmap.event_columns import DRAWN, names_of
from geo.workspace import data_folder


@sparing_inputs
@with_view
@with_options(DocumentOptions, "page")
@with_options(HandoverOptions, "passing")
def write_map(
    filters: FilterOptions,
    page: DocumentOptions,
    passing: HandoverOptions,
    out: Annotated[Path, typer.Option("--out", metavar="X.html", help="File to write.")],
    file: FileArgument = None,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="DATE", help="Date from which the age of presence claims is counted."
        ),
    ] = "today",
    event_table: EventTableOption = None,
    data: DataOption = None,
    base_map: BaseMapOption = None,
) -> None:
    """Write the map as one HTML file that works without a network.

    The file contains all records, and the options decide what it shows when it is opened; with
    --only-shown it contains no others. Of a folder of events, it contains those between --from and
    --to.
    """
    _check_page(out)
    require_or_stop("map", "drawing the map")
    from geo.webmap.document import document_html  # noqa: PLC0415 - folium comes with an extra

    whole = open_or_stop(data, file, base_map)
    view = view_or_stop(filters, whole)
    _check_place(view, whole)
    day = local_day() if as_of == "today" else _day("as-of", as_of)
    try:
        if event_table and (passing.only_shown or passing.profile):
            raise OptionError(
                "--event-table: events cannot be reduced to what is shown or to a profile; remove "
                "--only-shown and --profile, or the events"
            )
        table, names = _events(event_table, view, data, whole) if event_table else (None, {})
        marks = marks_since(page.since, data, file, whole) if page.since else None
        part = _Part.of(passing, whole, view, read_views(page.views, whole))
        text = document_html(
            part.workspace, view=part.view, as_of=day, marks=part.marked(marks), saved=part.saved,
            events=table, names=names, title=short_title(page.title), origins=page.embed_in or (),
        )  # fmt: skip
        part.check(out.name, text.encode(), page.title)
        write_whole(out, text.encode())
    except GeoError as error:
        stop(error)
    except OSError as error:
        stop(GeoError(f"{out}: cannot be written ({error.strerror})"))
    if marks is None:
        keep_version(data, file, whole)
    else:
        talk(f"{marks.since}: {say_marks(marks)}", marks.note)
    print_problems(whole.errors)
    ledger = select(part.view, part.workspace).ledger
    hidden = ledger.total - ledger.shown
    talk(
        f"{out}: {ledger.drawn} of {counted(ledger.total, 'record')} drawn, "
        f"{ledger.shown - ledger.drawn} not mapped, "
        f"{f'{hidden} filtered out, ' if hidden else ''}{whole.reading.left_out} rejected"
        f"{_drafts(ledger)}"
        f"{f'; {table.num_rows:,} events' if table is not None else ''}"
    )
    talk(*part.sentences(hidden))
    raise typer.Exit(1 if whole.errors else 0)


@dataclass(frozen=True)
class _Part:
    """What of the data goes into the document: all of it, or what is shown."""

    workspace: Workspace
    view: View
    saved: tuple[SavedView, ...]
    reduction: Reduction | None = None

    @classmethod
    def of(
        cls, passing: HandoverOptions, whole: Workspace, view: View, saved: Sequence[SavedView]
    ) -> Self:
        if not passing.only_shown and not passing.profile:
            return cls(workspace_for(view, whole), view, tuple(saved))
        found = passing.reduction(whole, [view, *(one.view() for one in saved)])
        first, *rest = found.views
        fitting = tuple(
            SavedView(one.title, urlencode(its.to_query()))
            for one, its in zip(saved, rest, strict=True)
        )
        return cls(found.workspace, first, fitting, found)

    def marked(self, marks: ChangeMarks | None) -> ChangeMarks | None:
        """The marks of the records that are in the document."""
        if marks is None or self.reduction is None:
            return marks
        kept = {key: one for key, one in marks.records.items() if key in self.reduction.records}
        return replace(marks, records=kept, removed=0)

    def check(self, name: str, data: bytes, title: str) -> None:
        """Refuse a document that holds what is to be excluded."""
        if self.reduction is not None:
            own = (title, self.view.text, *(one.title for one in self.saved))
            check_files([(name, data)], self.reduction, *own)

    def sentences(self, hidden: int) -> Iterator[str]:
        """Say what goes along with the document."""
        if self.reduction is not None:
            yield from preview_of(self.reduction).sentences()
        elif hidden:
            yield (
                f"The file also contains the {counted(hidden, 'record')} filtered out, for the "
                "reader to switch on; to exclude them, add --only-shown"
            )


def _drafts(ledger: Ledger) -> str:
    unread = ledger.unread_drafts
    return f", {counted(unread, 'draft')} cannot be shown yet" if unread else ""


def _check_place(view: View, workspace: Workspace) -> None:
    """Stop at a map position that the browser would move to another place."""
    from geo.snapshot.content.frame import not_on_map  # noqa: PLC0415 - projections are slow to load

    why = not_on_map(view.viewport, workspace.country) if view.viewport else ""
    if why:
        stop(GeoError(f"--at: {why}"))


def _check_page(out: Path) -> None:
    figure = out.suffix.removeprefix(".").lower() in FORMS
    try:
        check_ending(
            out, (".html", ".htm"),
            f"to make a figure, use `incident-map snapshot --out {out}`" if figure else "",
        )  # fmt: skip
    except GeoError as error:
        stop(error)


def _events(
    path: Path, view: View, data: Path | None, workspace: Workspace
) -> tuple[Any, dict[str, str]]:
    """Return events and the names of their groups; from a folder, those in the View's dates."""
    check_events(path)
    if is_dataset(path):
        first, last = view.days()
        table = read_dataset(path, DRAWN, first=first, last=last)
    else:
        table = read_events(path, DRAWN)
    registry = Registry.of_folder(data_folder(data), workspace.reading.dossier.groups)
    return table, names_of(table, registry)


def _day(name: str, text: str) -> date:
    try:
        return day_of(name, text)
    except GeoError as error:
        stop(error)
