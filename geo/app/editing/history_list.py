"""What has become of an entry, field by field, with a way back for each change."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st

from geo.app import editors
from geo.app.editing import opened
from geo.app.editing.act_button import act_button
from geo.app.editing.fields import every_field, form_parts
from geo.app.editing.values import shown_value
from geo.app.plain import show_alert, show_text
from geo.dossier.entries import Section
from geo.dossier.history import FieldEdit, History, history_file
from geo.dossier.records import EMPTY
from geo.dossier.saving import read_history, save_edit
from geo.errors import GeoError

_MOST: Final = 50
"""Changes that are listed; the command `incident-map history` lists all."""
_LONGEST: Final = 300
"""Letters of a value: a claim as long as that is recognised by its beginning."""


def show_history(section: Section, key: str) -> None:
    """Show who has changed what in an entry, the last change first."""
    file = opened.dossier_file()
    try:
        history = _history(file, _stamp(file), _stamp(history_file(file)))
    except GeoError as error:
        show_alert(str(error), "warning")
        return
    changes = history.of(section, key)
    if not changes:
        return
    labels = {one.name: one.label or one.name for one in every_field(form_parts(section, EMPTY))}
    with st.expander(f"History ({len(changes)})"):
        for fault in history.faults:
            show_alert(str(fault), "warning")
        for number, change in enumerate(reversed(changes[-_MOST:])):
            _show(change, labels.get(change.field) or change.field, number)
        if len(changes) > _MOST:
            st.caption(f"The last {_MOST} are shown; `incident-map history {key}` lists all.")


# Two: before and after a save. A log is read again only when it has changed, not at each key.
@lru_cache(maxsize=2)
def _history(file: Path, _of_file: tuple[int, ...], _of_log: tuple[int, ...]) -> History:
    return read_history(file)


def _stamp(file: Path) -> tuple[int, ...]:
    if not file.exists():
        return ()
    found = file.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _show(change: FieldEdit, label: str, number: int) -> None:
    who = change.by or "edited outside the app"
    when = f"{change.at.day} {change.at:%B %Y, %H:%M}"
    show_text(f"{label}: {who}, {when} UTC", "strong")
    show_text(f"{_cut(shown_value(change.old))} → {_cut(shown_value(change.new))}")
    if change.why:
        show_text(f"Why: {change.why}", "caption")
    may_restore = change.field != "id" and change.new != change.old
    if may_restore:
        key = f"restore-{number}-{change.line}"
        act_button("Restore the earlier value", _restore, change, key=key)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _restore(change: FieldEdit) -> None:
    by, file = editors.acting("edit").name, opened.dossier_file()
    edit = change.restoring(file.read_bytes(), by=by, why="An earlier value restored")
    save_edit(file, edit)
    opened.forget(f"{change.section}:{change.key}")
