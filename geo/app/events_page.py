"""The page on which a file of events is handed in, explained where needed, and accounted for."""

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
from geo.app.events import Events, Head
from geo.app.file_choice import Packed, large_file_choice
from geo.app.pages import map_page
from geo.app.plain import plain
from geo.errors import GeoError, IntakeError
from geo.event_columns import MOST_TEXTS
from geo.exchange.cells import write_table
from geo.exchange.importing import Imported
from geo.exchange.mapping import MEANINGS, ColumnMapping, propose
from geo.exchange.placing_rows import PRECISIONS
from geo.exchange.rejects import by_reason, distinct_rows
from geo.exchange.storage import write_events
from geo.limits import MAX_PACKED_BYTES, MAX_UPLOAD_BYTES
from geo.web_map import document
from geo.workspace import Workspace

_MOST: Final = 200
_NONE: Final = ""
_EVERY_ROW: Final = "every row: "
_BY_COMMAND: Final = (
    "Import it with incident-map import, and start the app with serve --event-table."
)
_FORMS: Final = {"acled": "ACLED", "ucdp-ged": "UCDP GED", "table": "a table"}


def events_page() -> None:
    """Events from a file, beside the records of the dossier and never among them."""
    workspace = session.workspace()
    st.html(LISTS)
    st.title("Events", anchor=False)
    packed = large_file_choice(
        "A file of events: ACLED, UCDP GED, or any table",
        hint=f"CSV, GeoJSON or GeoParquet of at most {MAX_UPLOAD_BYTES // 1_000_000} MB, chosen or "
        "dropped here. It stays on this computer, in memory only, and only you see it.",
        accept=".csv,.tsv,.geojson,.json,.parquet",
        most=MAX_UPLOAD_BYTES,
        packed=MAX_PACKED_BYTES,
        too_large=_BY_COMMAND,
        key=events.UPLOAD,
    )
    try:
        found = (
            _handed_in(workspace, packed) if packed else events.served(workspace, session.view())
        )
    except GeoError as error:
        st.error("The events cannot be read.", icon=":material/error:")
        st.code(str(error), language=None, wrap_lines=True)
        return
    if found is not None:
        _show(workspace, found)
    elif packed is None:
        st.caption(
            "Events are drawn beside the records, under the same groups, filters and period, and "
            "counted in a line of their own. They are never mixed into the dossier."
        )


def _handed_in(workspace: Workspace, packed: Packed) -> Events | None:
    mapping = events.mapping_of(packed)
    head = events.head_of(packed)
    if head.needs_mapping and mapping is None:
        _ask_mapping(packed, head)
        return None
    with st.status("Reading the events…") as status:
        found = events.handed_in(
            workspace, packed, mapping, lambda said: status.update(label=f"{said}…")
        )
        status.update(label=f"{found.table.num_rows:,} events read", state="complete")
    return found


def _ask_mapping(packed: Packed, head: Head) -> None:
    """Propose what the columns mean, and take what a person makes of it."""
    proposed = propose(head.columns, head.sample)
    st.header("What do the columns mean?", anchor=False)
    st.caption(
        "The columns are neither ACLED's nor UCDP GED's. This is a proposal; nothing is drawn "
        "before you have looked at it. Columns that mean nothing here are kept as they are."
    )
    chosen: dict[str, str] = {}
    with st.form("events-mapping-form", border=True):
        left, right = st.columns(2)
        for at, (target, (words, _)) in enumerate(MEANINGS.items()):
            with left if at % 2 == 0 else right:
                chosen[target] = _meaning(target, words, head, proposed)
        done = st.form_submit_button("Use this mapping", type="primary")
    if done:
        try:
            said = ColumnMapping.parse(list(_said(chosen)), head.columns)
        except IntakeError as error:
            st.error(plain(str(error)), icon=":material/error:")
            return
        events.say_mapping(packed, said)
        st.rerun()


def _meaning(target: str, words: str, head: Head, proposed: ColumnMapping) -> str:
    every = [f"{_EVERY_ROW}{name}" for name in PRECISIONS] if target == "precision" else []
    options = [_NONE, *head.columns, *every]
    first = proposed.columns.get(target, _NONE)
    return st.selectbox(
        f"{words[:1].upper()}{words[1:]}",
        options,
        index=options.index(first),
        format_func=partial(_option, head),
        key=f"events-mapping-{target}",
        help=plain(proposed.reasons[target]) if target in proposed.reasons else None,
    )


def _option(head: Head, column: str) -> str:
    if column == _NONE:
        return "no column"
    shown = next((text for text in head.sample.get(column, ()) if text.strip()), "")
    return f"{column} · {shown[:32]}" if shown else column


def _said(chosen: dict[str, str]) -> Iterator[str]:
    for target, column in chosen.items():
        if column.startswith(_EVERY_ROW):
            yield f"{target}=={column.removeprefix(_EVERY_ROW)}"
        elif column != _NONE:
            yield str(ColumnMapping({target: column}))


def _show(workspace: Workspace, found: Events) -> None:
    count = found.table.num_rows
    st.header(f"{count:,} events of {plain(found.called)}", anchor=False)
    st.page_link(
        st.Page(map_page, default=True), label="See them on the map", icon=":material/map:"
    )
    if found.note:
        st.markdown(found.note)
    if found.imported is not None:
        _account(found.imported)
    _suggestions(found)
    _downloads(workspace, found)


def _account(imported: Imported) -> None:
    """Every row of the file: kept, or left out and why."""
    rejected = imported.rejected_rows
    doubted = distinct_rows(imported.doubts)
    st.markdown(
        f"The file is {_FORMS[imported.form]} with {imported.rows:,} rows: "
        f"**{imported.events.num_rows:,} kept**, **{rejected:,} left out**. "
        f"{doubted:,} of the kept rows are drawn with less than they state."
    )
    for title, findings in (
        ("Left out", imported.rejected),
        ("Kept, with a doubt", imported.doubts),
    ):
        if findings.num_rows:
            st.subheader(title, anchor=False)
            _table(
                [
                    {"Rows": rows, "Column": column or "the row", "Why": reason}
                    for column, reason, rows in by_reason(findings)
                ]
            )
    if imported.unknown.num_rows:
        st.subheader("Names that nobody knows yet", anchor=False)
        st.caption(
            "They are never counted under “other”. A party can be added to actors.csv of the data "
            "folder, a place to its spellings.csv."
        )
        named = imported.unknown.to_pylist()
        named.sort(key=lambda one: (-one["rows"], one["name"]))
        _table([{"Rows": one["rows"], "What": one["what"], "Name": one["name"]} for one in named])


def _suggestions(found: Events) -> None:
    if found.twice is None or not found.twice.num_rows:
        return
    st.subheader("Perhaps the same as an incident of the dossier", anchor=False)
    st.caption("Suggested, never merged: each stays counted where it stands.")
    _table(
        [
            {"Incident": one["record"], "Event": one["id"], "Row": one["row"], "Why": one["reason"]}
            for one in found.twice.slice(0, _MOST).to_pylist()
        ],
        found.twice.num_rows,
    )


def _table(rows: list[dict[str, object]], total: int | None = None) -> None:
    st.dataframe(pd.DataFrame(rows[:_MOST]), hide_index=True)
    count = len(rows) if total is None else total
    if count > _MOST:
        st.caption(f"{count - _MOST:,} more are in the file to download.")


def _downloads(workspace: Workspace, found: Events) -> None:
    st.header("Download", anchor=False)
    files: list[tuple[str, str, Callable[[], bytes]]] = [
        ("Map with these events (HTML)", "map.html", partial(_map_file, workspace, found)),
        ("Event table (GeoParquet)", "events.parquet", _bytes_of(write_events, found.table)),
    ]
    lists: dict[str, pa.Table | None] = {"duplicates": found.twice}
    if found.imported is not None:
        kept = found.imported
        lists |= {"rejected": kept.rejected, "doubts": kept.doubts, "names": kept.unknown}
    for name in ("rejected", "doubts", "names", "duplicates"):
        table = lists.get(name)
        if table is not None and table.num_rows:
            label = f"{name.capitalize()} (CSV)"
            files.append((label, f"events.{name}.csv", _bytes_of(write_table, table)))
    with st.container(horizontal=True, gap="small"):
        for label, name, make in files:
            st.download_button(label, make, name, on_click="ignore", key=f"get-{name}")
    if found.table.num_rows > MOST_TEXTS:
        st.caption(
            f"A map file holds notes and sources of at most {MOST_TEXTS:,} events; of so many it "
            "holds everything else. The event table holds all."
        )


def _map_file(workspace: Workspace, found: Events) -> bytes:
    """The map as a file that works without a network, as it stands now."""
    return document(
        workspace.reading, workspace.located, workspace.country, view=session.view(),
        as_of=days.today(), events=found.table, names=found.names,
    ).encode()  # fmt: skip


def _bytes_of(write: Callable[[pa.Table, Path], None], table: pa.Table) -> Callable[[], bytes]:
    """What makes the file when somebody asks for it."""

    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            write(table, path)
            return path.read_bytes()

    return make
