"""The page with counts: a chart with bounds, its table, and statements for every reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

import streamlit as st

from geo.app import session
from geo.app.controls import FORM
from geo.app.drawing_lock import ONE_AT_A_TIME
from geo.app.edit_links import follow_to_map, show_on_map
from geo.app.file_buttons import FileOffer, file_buttons
from geo.app.ignored_filters import comparison_note
from geo.app.picture import picture
from geo.app.plain import AlertKind, isolated, show_alert, show_text, show_texts
from geo.app.statement_fields import statement_fields, titles
from geo.counts.bounds import CountedBy
from geo.counts.charting import ChartPart, CountChart, chart_of
from geo.counts.countable import CountedRecords, counted_records
from geo.counts.coverage import say_silence, source_coverage
from geo.counts.deciding import Decision, RecordReading, decide
from geo.counts.saying import (
    CellNames,
    say_bounds,
    say_cell,
    say_not_counted,
    say_reading,
    say_statement,
    say_verdict,
)
from geo.counts.statement_text import CountedNames, read_statement
from geo.errors import GeoError
from geo.snapshot.chart.drawing import CHART_WIDTH_MM, chart_bytes, fitting_size
from geo.snapshot.content.recipe import Variant
from geo.table.workspace import Workspace
from geo.view.saying import say_filters

_BY: Final[Mapping[CountedBy, str]] = {
    "year": "Year", "quarter": "Quarter", "month": "Month", "province": "Province",
    "group": "Group", "status": "Verification status",
}  # fmt: skip
_FORMS: Final = ("png", "svg", "pdf")
_ALERTS: Final[Mapping[str, AlertKind]] = {
    "always": "info", "never": "info", "depends": "warning",
}  # fmt: skip
_TABLE_STYLE: Final = (
    "<style>.im-counts{max-height:32rem;overflow:auto}"
    ".im-counts table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}"
    ".im-counts :is(th,td){padding:.2rem .8rem .2rem 0;text-align:start}</style>"
)
_PICTURES: Final[Mapping[float, str]] = {CHART_WIDTH_MM: "wide", 80.0: "narrow"}
"""Widths of the chart in millimetres: on a phone, one for paper would have letters of 7 pixels."""
_ONE_PICTURE: Final = (
    "<style>.st-key-counts-narrow{display:none}@media (max-width:640px){"
    ".st-key-counts-narrow{display:flex}.st-key-counts-wide{display:none}}</style>"
)
_WIDTHS: Final = (3, 2)
"""Relative widths of chart and numbers."""
_MOST: Final = 12
"""Records listed below a decision; the command lists all of them."""


def counts_page() -> None:
    """Count what the map shows, and check statements about it."""
    session.follow_address()
    follow_to_map()
    workspace = session.workspace()
    st.html(FORM)
    st.html(_ONE_PICTURE)
    st.title("Counts", anchor=False)
    st.write(
        "A record whose date or place is uncertain can belong to one period or province or to "
        "another. Every count has two ends: the fewest and the most records there can be."
    )
    view = session.view()
    if said := comparison_note(view, "The counts are of"):
        show_alert(said, "info")
    filters = say_filters(view, workspace)
    if filters:
        show_text(f"Counted is what the map shows: {'; '.join(filters)}.", "caption")
    counted = counted_records(workspace, view)
    _chart(counted, workspace)
    _statement(counted, workspace)
    _coverage(workspace)


def _chart(counted: CountedRecords, workspace: Workspace) -> None:
    by: CountedBy = st.radio(
        "Count by", list(_BY), format_func=_BY.__getitem__, horizontal=True, key="counts-by"
    )
    try:
        chart = chart_of(counted, by, CellNames.of(workspace), workspace.country.name)
        key = repr((workspace.reading.digest, session.view(), by))
        pictures = [_drawn(key, "png", width, _variant(), chart) for width in _PICTURES]
    except GeoError as error:
        show_alert(str(error), "info")
        return
    left, right = st.columns(_WIDTHS, gap="medium")
    with left:
        for width, png in zip(_PICTURES, pictures, strict=True):
            with st.container(key=f"counts-{_PICTURES[width]}"):
                picture(png, _alt(chart), key=f"counts-chart-{_PICTURES[width]}")
        file_buttons(
            [
                FileOffer(
                    form.upper(), f"counts.{form}",
                    partial(_drawn, key, form, CHART_WIDTH_MM, "colour", chart),
                )
                for form in _FORMS
            ],
            key="counts-files",
        )  # fmt: skip
    with right:
        st.html(_table(chart))


# A chart takes a tenth of a second to draw, and every field of the page begins a new run of it.
@st.cache_resource(max_entries=64, show_spinner=False)
def _drawn(of: str, form: str, width: float, variant: Variant, _chart: CountChart) -> bytes:  # noqa: ARG001 - the key of what is kept
    with ONE_AT_A_TIME:
        return chart_bytes(_chart, form, fitting_size(_chart, width, variant))


def _variant() -> Variant:
    """The colours of the chart, which are those of the page around it."""
    return "dark" if st.context.theme.type == "dark" else "colour"


def _alt(chart: CountChart) -> str:
    """The chart in words: each bar with its two ends."""
    bars = (f"{one.label}: {_ends(one.parts)}" for one in chart.groups)
    return f"Records by {_BY[chart.by].lower()}. {'; '.join(bars)}. {' '.join(chart.notes)}"


def _ends(parts: Iterable[ChartPart]) -> str:
    return ", ".join(f"{part.tally.label.lower()} {_range(part)}" for part in parts)


def _range(part: ChartPart) -> str:
    return str(part.low) if part.low == part.high else f"{part.low} to {part.high}"


def _table(chart: CountChart) -> str:
    """The numbers of a chart as HTML; the names in it are those of provinces and groups."""
    first = chart.groups[0].parts if chart.groups else ()
    head = "".join(f'<th scope="col">{isolated(part.tally.label)}</th>' for part in first)
    rows = "".join(
        f'<tr><th scope="row">{isolated(one.label)}</th>'
        + "".join(f"<td>{_range(part)}</td>" for part in one.parts)
        + "</tr>"
        for one in chart.groups
    )
    label = isolated(_BY[chart.by])
    return (
        f"{_TABLE_STYLE}<div class='im-counts' tabindex='0' role='region' aria-label='Numbers'>"
        f"<table><thead><tr><th scope='col'>{label}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _statement(counted: CountedRecords, workspace: Workspace) -> None:
    st.header("Check a statement", anchor=False)
    text = statement_fields(workspace)
    if text is None:
        st.caption("Say what A and B are: a period, a province, a group or a record type.")
        return
    try:
        decision = decide(read_statement(text, CountedNames.of(workspace)), counted)
    except GeoError as error:
        show_alert(f"{error}.".replace("..", "."), "info")
        return
    names = CellNames.of(workspace)
    show_text(say_statement(decision.statement, names), "strong")
    show_alert(say_verdict(decision), _ALERTS[decision.verdict])
    show_texts(f"{say_cell(one.cell, names)}: {say_bounds(one)}" for one in decision.bounds)
    if said := say_not_counted(decision, workspace.country.name):
        show_text(said, "caption")
    if decision.verdict == "depends":
        _depends(decision, names, titles(workspace))
    st.caption("The same on the command line:")
    st.code(f'incident-map check "{text}"', language=None, wrap_lines=True)


def _depends(decision: Decision, names: CellNames, headlines: Mapping[str, str]) -> None:
    """The records on which a statement depends, and an example of either outcome."""
    show_text("It depends on:", "strong")
    for key in decision.depends_on[:_MOST]:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button("Show", key=f"depends-{key}", on_click=show_on_map, args=(key,))
            show_text(headlines.get(key, key))
    if decision.depends_count > _MOST:
        show_text(f"and {decision.depends_count - _MOST} more", "caption")
    left, right = st.columns(2)
    for column, head, readings in (
        (left, "True, for example, if", decision.holds),
        (right, "Not true, for example, if", decision.fails),
    ):
        with column:
            show_text(f"{head}:", "strong")
            show_texts(_readings(readings, names))


def _readings(readings: Iterable[RecordReading], names: CellNames) -> list[str]:
    return [say_reading(one, names) for one in readings][:_MOST]


def _coverage(workspace: Workspace) -> None:
    st.header("Where no source speaks", anchor=False)
    st.caption("No record does not mean that nothing happened: no source may have looked there.")
    names = {one.code: one.name for one in workspace.country.provinces}
    view = session.view()
    found = source_coverage(workspace, "year", first=view.first, last=view.last)
    show_texts(say_silence(found, names))
