"""The page for a file of events: upload, mapping where needed, and the result of the import."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from geo.app import days, events, session
from geo.app.controls import LISTS
from geo.app.events import FileHead
from geo.app.file_buttons import FileOffer, file_buttons
from geo.app.file_choice import PackedFile, large_file_choice
from geo.app.ignored_filters import filters_note
from geo.app.map_page import map_page
from geo.app.mapping_form import ask_dates, ask_mapping
from geo.app.plain import show_alert, show_text
from geo.app.shown_events import UPLOAD, SessionEvents, may_be_drawn
from geo.app.unexpected import errors_shown_to_reader
from geo.errors import IntakeError
from geo.events.cells.date_evidence import AmbiguousDatesError
from geo.events.columns.formats import NAMES as FORMATS
from geo.events.columns.losses import LETTERS_OF_A_CELL, of_markup
from geo.events.columns.rejects import by_reason, distinct_rows
from geo.events.columns.schema import FIELDS
from geo.events.columns.text_cells import write_table
from geo.events.export.plain import write_csv, write_geojson
from geo.events.export.to_kml import MOST as MOST_IN_KML
from geo.events.export.to_kml import write_kml
from geo.events.export.to_xlsx import MOST as MOST_IN_A_SHEET
from geo.events.export.to_xlsx import write_xlsx
from geo.events.importing.importing import ImportedEvents
from geo.events.parties.actors import Registry
from geo.events.readers.opening import ENDINGS, WORDS
from geo.events.store.storage import write_events
from geo.limits import MAX_PACKED_BYTES, MAX_UPLOAD_BYTES
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.text import capitalised, counted
from geo.webmap.document import document_html
from geo.webmap.event_columns import MOST_TEXTS
from geo.wording.symbology import group_styles
from geo.workspace import data_folder

_MOST: Final = 200
"""Rows shown of a table of results; the download has all of them."""
OWN_COLUMNS: Final = tuple(name for name, _ in FIELDS)
_BY_COMMAND: Final = (
    "Import it with incident-map import, and start the app with serve --event-table."
)


def events_page() -> None:
    """Show events from a file, beside the records of the dossier and never among them."""
    workspace = session.workspace()
    st.html(LISTS)
    st.title("Events", anchor=False)
    packed = large_file_choice(
        "A file of events: ACLED, UCDP GED, or any table",
        hint=f"{WORDS}, of at most {MAX_UPLOAD_BYTES // 1_000_000} MB, chosen or "
        "dropped here. It stays in memory on this computer, and only you can see it.",
        accept=",".join(ENDINGS),
        most=MAX_UPLOAD_BYTES,
        packed=MAX_PACKED_BYTES,
        too_large=_BY_COMMAND,
        key=UPLOAD,
    )
    with errors_shown_to_reader("reading the events", "The events could not be read."):
        uploaded = (
            _uploaded_events(workspace, packed)
            if packed
            else events.configured_events(workspace, session.view())
        )
        if uploaded is not None:
            _show(workspace, uploaded)
            return
    if packed is None and not may_be_drawn():
        st.caption(
            "Events are shown together with the records, under the same groups, filters and "
            "period, and counted separately. They are never added to the dossier."
        )


def _uploaded_events(workspace: Workspace, packed: PackedFile) -> SessionEvents | None:
    mapping = events.mapping_of(packed)
    head = events.head_of(packed)
    _ask_part(packed, head)
    if head.needs_mapping and mapping is None:
        ask_mapping(packed, head, workspace.country.provinces.whole.bounds)
        return None
    try:
        with st.status("Reading the events…") as status:
            found = events.uploaded_events(
                workspace, packed, mapping, lambda said: status.update(label=f"{said}…")
            )
            status.update(label=f"{found.table.num_rows:,} events read", state="complete")
    except AmbiguousDatesError as question:
        ask_dates(packed, head, question)
        return None
    return found


def _ask_part(packed: PackedFile, head: FileHead) -> None:
    """Say how the file is read, and offer its other sheets or files."""
    if head.parts:
        chosen = st.selectbox(
            "Sheet or file to read",
            ["", *head.parts],
            index=["", *head.parts].index(events.part_of(packed)),
            format_func=lambda part: part or "detect automatically",
            key=f"events-part-{packed.digest[:12]}",
        )
        if chosen != events.part_of(packed):
            events.say_part(packed, chosen)
            st.rerun()
    for note in head.notes:
        show_text(f"{capitalised(note)}.", "caption")
    if head.fault:
        raise IntakeError(head.fault)


def _show(workspace: Workspace, uploaded: SessionEvents) -> None:
    count = uploaded.table.num_rows
    st.header(counted(count, "event"), anchor=False)
    show_text(uploaded.called, "caption")
    st.page_link(st.Page(map_page, default=True), label="Show on the map", icon=":material/map:")
    if uploaded.note:
        st.markdown(uploaded.note)
    if uploaded.imported is not None:
        _account(uploaded.imported)
    _suggestions(uploaded)
    _downloads(workspace, uploaded)


def _account(imported: ImportedEvents) -> None:
    """Account for every row of the file: imported, or rejected and why."""
    rejected = imported.rejected_rows
    doubted = distinct_rows(imported.doubts)
    st.markdown(
        f"The file is {FORMATS[imported.form]} with {counted(imported.rows, 'row')}: "
        f"**{imported.events.num_rows:,} imported**, **{rejected:,} rejected**. "
        f"{doubted:,} of the imported rows {'has' if doubted == 1 else 'have'} warnings."
    )
    for note in imported.notes:
        show_alert(note, "info")
    for title, findings in (
        ("Rejected rows", imported.rejected),
        ("Imported with warnings", imported.doubts),
    ):
        if findings.num_rows:
            st.subheader(title, anchor=False)
            _table(
                [
                    {"Rows": rows, "Column": column or "the row", "Reason": reason}
                    for column, reason, rows in by_reason(findings)
                ]
            )
    if imported.unknown.num_rows:
        st.subheader("Unmatched names", anchor=False)
        st.caption(
            "They are never counted as “other”. To match them, add parties to actors.csv and "
            "places to spellings.csv in the data folder."
        )
        named = imported.unknown.to_pylist()
        named.sort(key=lambda one: (-one["rows"], one["name"]))
        _table([{"Rows": one["rows"], "Type": one["what"], "Name": one["name"]} for one in named])


def _suggestions(uploaded: SessionEvents) -> None:
    if uploaded.twice is None or not uploaded.twice.num_rows:
        return
    st.subheader("Possible duplicates", anchor=False)
    st.caption("Suggestions only: nothing is merged, and both are counted.")
    _table(
        [
            {
                "Incident": one["record"],
                "Event": one["id"],
                "Row": one["row"],
                "Reason": one["reason"],
            }
            for one in uploaded.twice.slice(0, _MOST).to_pylist()
        ],
        uploaded.twice.num_rows,
    )


def _table(rows: list[dict[str, object]], total: int | None = None) -> None:
    st.dataframe(pd.DataFrame(rows[:_MOST]), hide_index=True)
    count = len(rows) if total is None else total
    if count > _MOST:
        st.caption(f"{count - _MOST:,} more are in the download.")


def _downloads(workspace: Workspace, uploaded: SessionEvents) -> None:
    st.header("Download", anchor=False)
    files = [
        FileOffer(
            "Map with these events (HTML)", "map.html", partial(_map_file, workspace, uploaded)
        ),
        FileOffer(
            "Event table (GeoParquet)", "events.parquet", _bytes_of(write_events, uploaded.table)
        ),
        *_exports(workspace, uploaded.table),
    ]
    lists: dict[str, pa.Table | None] = {"duplicates": uploaded.twice}
    if uploaded.imported is not None:
        kept = uploaded.imported
        lists |= {"rejected": kept.rejected, "doubts": kept.doubts, "names": kept.unknown}
    for name in ("rejected", "doubts", "names", "duplicates"):
        table = lists.get(name)
        if table is not None and table.num_rows:
            label = f"{name.capitalize()} (CSV)"
            make = _bytes_of(write_table, table)
            files.append(FileOffer(label, f"events.{name}.csv", make))
    file_buttons(files, key="events-files")
    st.caption("The map file holds all records and events, also those that are switched off.")
    if said := filters_note(session.view(), "The tables hold every event that was read."):
        st.caption(f"{said} The map file opens with them.")
    if uploaded.table.num_rows > MOST_TEXTS:
        st.caption(
            f"A map file holds the notes and sources of at most {MOST_TEXTS:,} events; beyond that "
            "it leaves them out. The event table holds everything."
        )


def _exports(workspace: Workspace, table: pa.Table) -> Iterator[FileOffer]:
    """Yield the events in other formats, except those that cannot hold so many."""
    country = workspace.country
    if not set(OWN_COLUMNS) <= set(table.column_names):
        return
    if table.num_rows <= MOST_IN_A_SHEET:
        sheet = partial(_write_sheet, country=country)
        yield FileOffer("Workbook (XLSX)", "events.xlsx", _bytes_of(sheet, table))
    if table.num_rows <= MOST_IN_KML:
        groups = workspace.reading.dossier.groups
        registry = Registry.of_folder(data_folder(), groups)
        kmz = partial(
            write_kml, country=country, registry=registry, styles=group_styles(groups), packed=True
        )
        yield FileOffer("Google Earth (KMZ)", "events.kmz", _bytes_of(kmz, table))
    as_csv, as_geojson = (partial(write, country=country) for write in (write_csv, write_geojson))
    yield FileOffer("Table (CSV)", "events.csv", _bytes_of(as_csv, table))
    yield FileOffer("GeoJSON", "events.geojson", _bytes_of(as_geojson, table))


def _write_sheet(table: pa.Table, path: Path, country: Country) -> None:
    write_xlsx(table, of_markup(table, LETTERS_OF_A_CELL), path, country)


def _map_file(workspace: Workspace, uploaded: SessionEvents) -> bytes:
    """Return the map in its current state as a file that works without a network."""
    return document_html(
        workspace, view=session.view(),
        as_of=days.reader_day(), events=uploaded.table, names=uploaded.names,
    ).encode()  # fmt: skip


def _bytes_of(write: Callable[[pa.Table, Path], None], table: pa.Table) -> Callable[[], bytes]:
    """Return a function that makes the file when the reader asks for it."""

    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            write(table, path)
            return path.read_bytes()

    return make
