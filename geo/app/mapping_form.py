"""The form that asks what the columns of a file of events mean, and how its dates are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st

from geo.app import events
from geo.app.events import FileHead
from geo.app.file_choice import PackedFile
from geo.app.plain import show_alert, show_text
from geo.errors import IntakeError
from geo.events.cells.date_evidence import AmbiguousDatesError, reading_in_words
from geo.events.cells.dates import DateReading
from geo.events.cells.swapped_axes import GeoBox
from geo.events.mapping.headings import MEANINGS, SEVERAL
from geo.events.mapping.mapping import (
    CALENDAR,
    DATE_ORDER,
    PRECISION_OF,
    ColumnMapping,
    date_parts,
    quoted,
)
from geo.events.mapping.proposing import propose, swapped
from geo.events.placing.rows import PRECISIONS
from geo.text import capitalised

_NONE: Final = ""
_EVERY_ROW: Final = "every row: "
_KEY: Final = "events-mapping-"
_ORDERS: Final = {
    _NONE: "detect from the dates", "day-first": "day first (28/9/2019)",
    "month-first": "month first (9/28/2019)",
}  # fmt: skip
_CALENDARS: Final = {_NONE: "Gregorian", "solar-hijri": "Solar Hijri (1401)"}


def ask_mapping(packed: PackedFile, head: FileHead, box: GeoBox) -> None:
    """Propose what the columns mean, and store what a person confirms."""
    proposed = propose(head.columns, head.sample, box, not_ids=head.not_ids)
    st.header("Map the columns", anchor=False)
    st.caption(
        "The columns are not those of ACLED, UCDP GED, GTD or Insecurity Insight. Check this "
        "proposal before the events are imported. Columns without a meaning are kept as they are."
    )
    _say_dates(head, proposed)
    _offer_exchange(head, proposed, box)
    chosen: dict[str, Sequence[str]] = {}
    with st.form("events-mapping-form", border=True):
        left, right = st.columns(2)
        for at, (target, (words, _)) in enumerate(MEANINGS.items()):
            with left if at % 2 == 0 else right:
                chosen[target] = _meaning(target, words, head, proposed)
        with left:
            order = _choice(DATE_ORDER, "Order of day and month", _ORDERS)
        with right:
            calendar = _choice(CALENDAR, "Calendar of the dates", _CALENDARS)
        precisions = st.text_input(
            "Other precision values",
            key=f"{_KEY}precisions",
            placeholder="good=settlement; rough=province",
            help="Needed only for values other than plain words and the codes of ACLED, UCDP GED "
            f"or GTD. Meanings: {', '.join(PRECISIONS)}.",
        )
        done = st.form_submit_button("Use this mapping", type="primary")
    if done:
        said = [
            *_assignments(chosen),
            *precision_values(precisions),
            *date_parts(order, calendar),
        ]
        _take(packed, head, said)


def precision_values(text: str) -> list[str]:
    """Return the values that a person typed for a precision column, in mapping syntax.

    Examples
    --------
    >>> precision_values(" good=settlement; a, b=near;")
    ['precision:good=settlement', '"precision:a, b=near"']
    """
    parts = (part.strip() for part in text.split(";"))
    return [quoted(f"{PRECISION_OF}{part}") for part in parts if part]


def ask_dates(packed: PackedFile, head: FileHead, question: AmbiguousDatesError) -> None:
    """Ask how dates are read, where the file does not show it."""
    st.header("How are the dates to be read?", anchor=False)
    show_text(f"{question.question}.")
    if question.about == "calendar":
        st.caption("If another calendar is meant, correct the years in the file.")
        answers = {f"{CALENDAR}==solar-hijri": "They are Solar Hijri"}
    else:
        answers = {
            f"{DATE_ORDER}=={order}": words for order, words in _ORDERS.items() if order != _NONE
        }
    mapping = events.mapping_of(packed)
    with st.container(horizontal=True, gap="small"):
        for said, words in answers.items():
            label = capitalised(words)
            if st.button(label, key=f"events-dates-{said.partition('==')[2]}"):
                _take(packed, head, [*([mapping] if mapping else []), said])


def _take(packed: PackedFile, head: FileHead, assignments: Sequence[str]) -> None:
    try:
        mapping = ColumnMapping.parse(assignments, head.columns)
    except IntakeError as error:
        show_alert(str(error))
        return
    events.say_mapping(packed, mapping)
    st.rerun()


def _say_dates(head: FileHead, proposed: ColumnMapping) -> None:
    """Show how the dates of the proposed columns would be read, with an example."""
    cells = (text for name in proposed.all_of("date") for text in head.sample.get(name, ()))
    said = reading_in_words(cells, DateReading())
    if said:
        show_alert(said, "info")


def _offer_exchange(head: FileHead, proposed: ColumnMapping, box: GeoBox) -> None:
    found = {target: proposed.all_of(target) for target in ("lat", "lon")}
    if not all(found.values()) or not swapped(found, head.sample, box):
        return
    show_alert(
        "Latitude and longitude look swapped: the points are in the country only with both "
        "exchanged.",
        "warning",
    )
    st.button("Exchange latitude and longitude", on_click=_exchange, args=(proposed,))


def _exchange(proposed: ColumnMapping) -> None:
    for target, other in (("lat", "lon"), ("lon", "lat")):
        st.session_state[f"{_KEY}{target}"] = proposed.columns[other]


def _meaning(target: str, words: str, head: FileHead, proposed: ColumnMapping) -> Sequence[str]:
    label = capitalised(words)
    why = proposed.reasons.get(target)
    first, key = proposed.all_of(target), f"{_KEY}{target}"
    shown = partial(_option, head)
    # A choice made for another file may not be a column of this one.
    if target in SEVERAL:
        if not set(st.session_state.get(key, ("",))) <= set(head.columns):
            st.session_state[key] = list(first)
        return st.multiselect(
            label, head.columns, format_func=shown, key=key, help=why, placeholder="no column"
        )
    every = [f"{_EVERY_ROW}{name}" for name in PRECISIONS] if target == "precision" else []
    options = [_NONE, *head.columns, *every]
    if st.session_state.get(key) not in options:
        st.session_state[key] = first[0] if first else _NONE
    return [st.selectbox(label, options, format_func=shown, key=key, help=why)]


def _choice(name: str, label: str, options: Mapping[str, str]) -> str:
    return st.selectbox(label, list(options), format_func=options.__getitem__, key=f"{_KEY}{name}")


def _option(head: FileHead, column: str) -> str:
    if column == _NONE:
        return "no column"
    shown = next((text for text in head.sample.get(column, ()) if text.strip()), "")
    return f"{column} · {shown[:32]}{'…' * (len(shown) > 32)}" if shown else column  # noqa: PLR2004 - the cut in the same line


def _assignments(chosen: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for target, columns in chosen.items():
        for column in columns:
            if column.startswith(_EVERY_ROW):
                yield f"{target}=={column.removeprefix(_EVERY_ROW)}"
            elif column != _NONE:
                yield str(ColumnMapping({target: column}))
