"""Lists of what differs between two versions of the data, by kind of change."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app.plain import show_text
from geo.changes.changes import KIND_NAMES, MEANINGS, Change, Changes, word_of
from geo.changes.comparing import CHANGE_KINDS, ChangeKind, FieldChange
from geo.text import capitalised

_MOST: Final = 50
"""Entries listed for each kind of change; ``incident-map diff`` lists all of them."""
_COLUMNS: Final = (2, 3, 3)
"""Shares of the width: the name of a field, and its earlier and its current value."""
# Kinds of change of which one side is empty, so only the other is shown.
_WHOLE: Final = frozenset({"added", "removed", "unreadable", "readable again"})


def list_changes(difference: Changes) -> None:
    """List every change with its fields, before and after."""
    for kind in CHANGE_KINDS:
        _kind(kind, difference.of(kind))


def _kind(kind: ChangeKind, entries: tuple[Change, ...]) -> None:
    if not entries:
        return
    st.subheader(f"{capitalised(word_of(kind))} ({len(entries)})", anchor=False)
    st.caption(MEANINGS[kind])
    for entry in entries[:_MOST]:
        _entry(kind, entry)
    if len(entries) > _MOST:
        st.caption(
            f"{len(entries) - _MOST} more are not listed here; "
            "`incident-map diff` lists all of them."
        )


def _entry(kind: ChangeKind, entry: Change) -> None:
    with st.container(border=True, gap="xsmall"):
        show_text(entry.title or entry.id, "strong")
        also = ", ".join(word_of(other) for other in entry.change if other != kind)
        more = f", also {also}" if also else ""
        show_text(f"{capitalised(KIND_NAMES[entry.kind])} {entry.id}{more}", "caption")
        for field in entry.fields:
            if field.change == kind:
                _field(field)


def _field(field: FieldChange) -> None:
    name, old, new = st.columns(_COLUMNS)
    show_text(capitalised(field.name), "caption", name)
    for column, head, words in ((old, "Before", field.old), (new, "After", field.new)):
        column.caption(head)
        if words is not None:
            show_text(words, within=column)
        elif field.change not in _WHOLE:
            column.caption("Not stated")
