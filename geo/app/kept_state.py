"""What is kept for the map between sessions: earlier versions of the data, and saved Views.

Versions belong to the dossier. From them, the map learns which of its records are new, corrected or
withdrawn, and nothing that is no longer in the data. Saved Views belong to the person who signed
in, or to whoever uses this computer where nobody has to. Where others reach the app, no message
names a path of this computer; the log does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from geo.app import days, session
from geo.app.frame import KeptForFrame, last_saved, last_since
from geo.app.gate import current_access, is_own_computer
from geo.app.view_store import ViewStore
from geo.changes.since import BRIEFING, Comparison, compare_since, read_since
from geo.changes.versions import KeptVersions, keep_opened, mark_briefing
from geo.errors import GeoError, StateError, ViewError
from geo.table.workspace import Workspace
from geo.text import capitalised
from geo.view import say_day
from geo.view.marks import ChangeMarks
from geo.view.saved_views import SavedView, changed
from geo.workspace import DOSSIER, data_folder

_SINCE: Final = "incident-map-since"
_APPLIED: Final = "incident-map-views-applied"
_MEMORY: Final = "incident-map-views"
_FAULT: Final = "incident-map-views-fault"
_TOLD: Final = "incident-map-state-told"
_MOST_DAYS: Final = 20
"""Most days of kept versions that are offered; any other day can be typed."""
_NOT_KEPT: Final = "The app could not keep or read what it keeps for later; its log says why."
_LOST: Final = "These views are kept until this page is closed."


def kept_for_map(workspace: Workspace) -> KeptForFrame:
    """Return what the map document needs of it, and keep the version that is shown.

    Its facts are typed as ``KeptByHost`` in ``js/core/types.d.ts``; ``applied`` is the number of
    the last change of the saved Views that was applied.
    """
    since: str = st.session_state.get(_SINCE, "")
    kept = keep_opened(_dossier(), workspace, days.reader_day())
    marks, note = _marks(workspace, kept, since) if since else (None, "")
    views, views_note = _views()
    facts = {
        "since": since,
        "choices": _choices(kept),
        "marks": marks,
        "note": " ".join(filter(None, (note, *_notes(kept)))),
        "views": [one.to_json() for one in views],
        "viewsNote": " ".join(filter(None, (st.session_state.get(_FAULT, ""), views_note))),
        "applied": st.session_state.get(_APPLIED, 0),
    }
    return KeptForFrame(facts, take_since, take_saved)


def take_since() -> None:
    """Apply what somebody chose in the map to compare with."""
    st.session_state[_SINCE] = last_since(session.FRAME)


def take_saved() -> None:
    """Apply the changes of the saved Views that somebody made in the map."""
    for number, act in last_saved(session.FRAME, st.session_state.get(_APPLIED, 0)):
        st.session_state[_APPLIED] = number
        st.session_state[_FAULT] = _apply(act)


def own_choices(workspace: Workspace) -> dict[str, str]:
    """Return the kept versions that the page *Changes* compares in full, by what they are called.

    None where others reach the app: an earlier version may hold what was removed so that nobody
    reads it any longer.

    Returns
    -------
    dict
        What :func:`compare_with` takes, with its label.
    """
    if not is_own_computer():
        return {}
    kept = keep_opened(_dossier(), workspace, days.reader_day())
    if all(one.digest == workspace.reading.digest for one in kept.opened):
        return {}
    return {one["value"]: one["label"] for one in _choices(kept)}


def compare_with(since: str, workspace: Workspace) -> Comparison:
    """Return the comparison with a kept version.

    Raises
    ------
    GeoError
        There is none that could be read.
    """
    day = days.reader_day()
    kept = keep_opened(_dossier(), workspace, day)
    return compare_since(read_since(since, day), _dossier(), kept, workspace, day)


def note_briefing(workspace: Workspace) -> None:
    """Note that a figure of this version was downloaded."""
    mark_briefing(_dossier(), workspace, days.reader_day())


def _dossier() -> Path:
    return data_folder() / DOSSIER


def _notes(kept: KeptVersions) -> list[str]:
    """Return what this session has had to report about the kept versions."""
    told: dict[str, None] = st.session_state.setdefault(_TOLD, {})
    told.update(dict.fromkeys(map(say_of_state, kept.notes)))
    return list(told)


def say_of_state(note: str) -> str:
    """Return what is reported of the state folder, without its path where others read it."""
    return note if is_own_computer() else _NOT_KEPT


def _choices(kept: KeptVersions) -> list[dict[str, str]]:
    found = []
    if kept.briefing is not None:
        day = say_day(kept.briefing.day)
        found.append({"value": BRIEFING, "label": f"Changes since the last briefing, {day}"})
    found.append({"value": "7d", "label": "Changes since 7 days ago"})
    days_kept = sorted({one.day for one in kept.opened}, reverse=True)
    found += [
        {"value": day.isoformat(), "label": f"Changes since {say_day(day)}"}
        for day in days_kept[:_MOST_DAYS]
    ]
    return found


def _marks(
    workspace: Workspace, kept: KeptVersions, since: str
) -> tuple[dict[str, Any] | None, str]:
    """Return the marks as the document reads them, or why there are none."""
    version = f"{workspace.country.digest} {workspace.reading.digest} {_dossier()} {kept}"
    try:
        found = _compared(workspace, since, version, days.reader_day().isoformat())
    except StateError as error:
        return None, say_of_state(f"{capitalised(str(error))}.")
    except GeoError as error:
        return None, f"{capitalised(str(error))}."
    return found.to_json(), ""


# Eight: what several people compare with at the same time; the marks of some records are small.
@st.cache_resource(max_entries=8, show_spinner=False)
def _compared(_workspace: Workspace, since: str, version: str, today: str) -> ChangeMarks:  # noqa: ARG001 - the cache's key
    return compare_with(since, _workspace).marks(_workspace)


def state_owner() -> str | None:
    """Return whose state is kept: an address, or an empty text where nobody has to sign in.

    Returns
    -------
    str or None
        ``None`` if it is not known: then nothing is kept.
    """
    if current_access().kind != "members":
        return "" if is_own_computer() else None
    who: Mapping[str, Any] = st.user.to_dict()
    name = who.get("email") or who.get("sub")
    return str(name) if name else None


def _store() -> ViewStore:
    """Return the saved Views of whoever uses this session."""
    return ViewStore(_dossier(), state_owner())


def _views() -> tuple[tuple[SavedView, ...], str]:
    """Return the saved Views, and what has to be said of them."""
    try:
        return _store().read()
    except StateError as error:
        return st.session_state.get(_MEMORY, ()), f"{say_of_state(str(error))} {_LOST}"


def _apply(act: Mapping[str, object]) -> str:
    """Apply one change, and return why it was impossible, or nothing."""
    try:
        _store().change(act)
    except StateError:
        return _apply_in_memory(act)
    except ViewError as error:
        return f"Not saved: {error}."
    return ""


def _apply_in_memory(act: Mapping[str, object]) -> str:
    try:
        st.session_state[_MEMORY] = changed(st.session_state.get(_MEMORY, ()), act)
    except ViewError as error:
        return f"Not saved: {error}."
    return ""
