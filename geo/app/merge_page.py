"""Merging another copy of the dossier: what comes from it, what clashes, and applying the result.

The files stay in memory until *Apply merge*, which writes through the library: the dossier and its
history log change together. Everything that is shown is made again from the files in each run, so
what is applied is what was looked at, or nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from typing import Any, Final, Literal

import streamlit as st

from geo.app import days, editors, gate, merge_base
from geo.app.change_lists import list_changes
from geo.app.file_choice import file_choice
from geo.app.name_field import name_field, show_name_note
from geo.app.plain import show_alert, show_text, show_texts
from geo.app.problems import listed_problems
from geo.changes.changes import changes
from geo.dossier.copies import (
    CommonVersion,
    CopyMerge,
    DossierCopy,
    changed_alike,
    new_edits,
    vouched,
)
from geo.dossier.history import FieldEdit, History, read_log
from geo.dossier.merged_values import ABSENT
from geo.dossier.merging import Clash, Merge, merged
from geo.dossier.saving import read_history, save_merge
from geo.dossier.yaml_rendering import in_flow
from geo.errors import GeoError, WriteError
from geo.limits import MAX_DOSSIER_BYTES, MAX_UPLOADED_LOG_BYTES
from geo.table.workspace import Workspace
from geo.text import capitalised, counted
from geo.workspace import DOSSIER, data_folder, located_workspace, read_dossier_bytes

_LOG: Final = logging.getLogger(__name__)
UPLOAD: Final = "other-copy"
LOG_UPLOAD: Final = "other-log"
APPLY: Final = "apply-merge"
_TOLD: Final = "merge-told"
_DONE: Final = "merges-done"
"""How many merges this session has applied."""
_SIDES: Final[Mapping[str, Literal["ours", "theirs"]]] = {
    "Keep yours": "ours", "Take theirs": "theirs",
}  # fmt: skip
_MOST_CLASHES: Final = 100
"""Clashes that one page asks about; with more, the copies are better merged on the command line."""
_SHOWN: Final = 2_000
"""Letters of a value: a text of a record has at most as many."""
_COLUMNS: Final = (1, 1)


@dataclass(frozen=True)
class _Copies:
    """What is merged: both copies, and the version that they began from."""

    ours: DossierCopy
    theirs: DossierCopy
    base: CommonVersion


def show_outcome() -> None:
    """Say what came of the last click, also to somebody who may not edit any more."""
    if told := st.session_state.pop(_TOLD, None):
        show_alert(*told)


def merge_copies(now: Workspace) -> None:
    """Show what merging another copy would change, ask about clashes, and apply it."""
    if why := editors.why_refused("edit"):
        show_alert(why, "warning")
        return
    if name_field():
        return
    show_name_note()
    try:
        copies = _copies()
        if copies is not None:
            _preview(now, copies)
    except GeoError as error:
        _show_error(error)


def _copies() -> _Copies | None:
    """Return both copies and their common version; ``None`` while one is still to be uploaded."""
    st.write(
        "Two people have edited their own copies of this dossier: upload the other one. Nothing "
        "changes before you apply the result."
    )
    done: int = st.session_state.get(_DONE, 0)
    data = file_choice(
        "The other dossier",
        hint=f"A YAML file of at most {MAX_DOSSIER_BYTES // 1_000_000} MB, such as incidents.yaml.",
        accept=".yaml,.yml",
        most=MAX_DOSSIER_BYTES,
        key=f"{UPLOAD}-{done}",
    )
    log = file_choice(
        "Its history log (optional)",
        hint="The file beside it, incidents.history.jsonl. It has the authors of the other edits "
        "and tells from which version both copies started.",
        accept=".jsonl",
        most=MAX_UPLOADED_LOG_BYTES,
        key=f"{LOG_UPLOAD}-{done}",
    )
    if data is None:
        return None
    file = data_folder() / DOSSIER
    ours = DossierCopy(read_dossier_bytes(file), read_history(file))
    theirs = _their_copy(data, log)
    base = merge_base.chosen(ours, theirs)
    return None if base is None else _Copies(ours, theirs, base)


def _their_copy(data: bytes, log: bytes | None) -> DossierCopy:
    if log is None:
        return DossierCopy(data)
    copy = DossierCopy(data, read_log(log, "the other history log"))
    for fault in copy.history.faults:
        show_alert(f"{capitalised(str(fault))}.", "warning")
    return copy


def _preview(now: Workspace, copies: _Copies) -> None:
    ours, theirs, base = copies.ours, copies.theirs, copies.base
    found = merged(base.data, ours.data, theirs.data, check=False)
    st.header("Result", anchor=False)
    if len(found.clashes) > _MOST_CLASHES:
        show_alert(
            f"{len(found.clashes):,} values clash; this page asks about {_MOST_CLASHES} at most. "
            "Is this the right version to start from? `incident-map merge` lists all of them."
        )
        return
    alike = changed_alike(base.data, ours.data, theirs.data)
    _say_counts(copies, alike, found.clashes)
    decisions = _ask(copies, found.clashes)
    result = merged(base.data, ours.data, theirs.data, decisions=decisions)
    data = _allowed(ours.data, result.data)
    _list(now, data, alike)
    is_open = len(decisions) < len(found.clashes)
    _apply_button(copies, data, _hindrance(result, is_open=is_open))


def _say_counts(
    copies: _Copies, alike: Sequence[object], clashes: Sequence[Clash]
) -> None:  # fmt: skip
    if copies.theirs.data in (copies.ours.data, copies.base.data):
        st.write("The other copy has nothing that yours does not have.")
        return
    said = [counted(len(clashes), "clash", "clashes") if clashes else "Nothing clashes"]
    if alike:
        said.append(f"{counted(len(alike), 'field')} changed alike in both copies")
    st.write(f"{', '.join(said)}. What comes from the other copy is listed below.")


def _ask(
    copies: _Copies, clashes: Sequence[Clash]
) -> dict[tuple[str, ...], Literal["ours", "theirs"]]:  # fmt: skip
    """Ask about each clash, and return what has been decided."""
    if clashes:
        st.subheader(f"Decide ({len(clashes)})", anchor=False)
        st.caption("Both copies have changed these values, each in its own way.")
    version = f"{copies.base.digest} {copies.ours.digest} {copies.theirs.digest}"
    decisions = {}
    for number, clash in enumerate(clashes):
        with st.container(border=True, gap="small"):
            _show_clash(copies, clash)
            given = st.radio(
                f"Decision {number + 1}",
                list(_SIDES),
                index=None,
                key=f"clash {number} of {version}",
                horizontal=True,
                label_visibility="collapsed",
            )
        if given is not None:
            decisions[clash.at] = _SIDES[given]
    return decisions


def _show_clash(copies: _Copies, clash: Clash) -> None:
    show_text(capitalised(clash.place), "strong")
    if clash.base is not ABSENT:
        show_text(f"Before: {_said(clash.base, clash)}", "caption")
    columns = st.columns(_COLUMNS)
    for column, head, value, history in (
        (columns[0], "Yours", clash.ours, copies.ours.history),
        (columns[1], "Theirs", clash.theirs, copies.theirs.history),
    ):
        with column.container(gap="xsmall"):
            show_text(f"{head}{_author(history, clash)}", "caption")
            show_text(_said(value, clash))


def _said(value: Any, clash: Clash) -> str:
    if value is ABSENT or value is None:
        return "Removed" if clash.key and not clash.path else "Not stated"
    text = value if isinstance(value, str) else in_flow(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _author(history: History, clash: Clash) -> str:
    """Say who last changed the field, where the log says so."""
    found: FieldEdit | None = None
    for one in history.field_edits():
        if (one.section, one.key) == (clash.section, clash.key) and (
            not clash.path or one.field == clash.path[0]
        ):
            found = one
    if found is None:
        return ""
    at = found.at.astimezone(UTC)
    return f": {found.by or 'edited outside the app'}, {at.day} {at:%B %Y, %H:%M} UTC"


def _allowed(ours: bytes, data: bytes) -> bytes:
    """Where people sign in, let nobody but them vouch for what a file says."""
    person = editors.person()
    if person is None or editors.can_rename():
        return data
    found = vouched(ours, data, person.name)
    if found != data:
        st.caption(
            "You count as one of those who wrote what this merge changes, and approvals in the "
            "other copy are not taken over."
        )
    return found


def _list(now: Workspace, data: bytes, alike: Sequence[tuple[str, str, str]]) -> None:
    """List what applying would change, and what it would not because both copies agree."""
    after = located_workspace(now.country, data, "the merged dossier", days.reader_day())
    difference = changes(now, after)
    st.subheader("What changes in your dossier", anchor=False)
    if difference.entries:
        list_changes(difference)
    else:
        st.caption("No record, source or group; at most comments, layout or the order of entries.")
    if alike:
        with st.expander(f"Changed alike in both copies ({len(alike)})"):
            show_texts(f"{key}: {field}" for _, key, field in alike[:_MOST_CLASHES])


def _hindrance(result: Merge, *, is_open: bool) -> str:
    """Say why the result cannot be applied yet; nothing if it can."""
    if result.problems:
        show_alert("The merged dossier would have errors that neither copy has; fix one of them.")
        st.code(listed_problems(result.problems), language=None, wrap_lines=True)
        return "Fix the errors above first."
    return "Decide every clash first." if is_open else ""


def _apply_button(copies: _Copies, data: bytes, hindrance: str) -> None:
    is_same = copies.theirs.data == copies.ours.data
    if is_same:
        return
    st.button(
        "Apply merge",
        type="primary",
        disabled=bool(hindrance),
        help=hindrance or None,
        key=APPLY,
        on_click=partial(_apply, copies, data, hindrance),
    )
    if hindrance:
        st.caption(hindrance)


def _apply(copies: _Copies, data: bytes, hindrance: str) -> None:
    """Save the merge in the name of whoever clicked, if that person may edit at this moment."""
    if hindrance:
        # A page that was not altered sends no click.
        st.session_state[_TOLD] = (hindrance, "warning")
        return
    try:
        person = editors.acting("edit")
        taken = _taken(copies)
        merge = CopyMerge(copies.ours.data, copies.theirs.data, data, taken)
        save_merge(data_folder() / DOSSIER, merge, by=person.name)
    except GeoError as error:
        st.session_state[_TOLD] = (_say_error(error), "error")
        return
    _forget_files()
    edits = f", with {counted(len(taken), 'edit')} of the other copy in its log" if taken else ""
    st.session_state[_TOLD] = (
        f"The other copy has been merged into your dossier{edits}.", "info"
    )  # fmt: skip


def _forget_files() -> None:
    """Drop what was uploaded; the next merge has fields of its own, which name no file."""
    done = st.session_state.get(_DONE, 0)
    for key in (f"{UPLOAD}-{done}", f"{LOG_UPLOAD}-{done}", merge_base.UPLOAD):
        st.session_state[key] = None
    st.session_state[_DONE] = done + 1


def _taken(copies: _Copies) -> tuple[Any, ...]:
    theirs = copies.theirs
    versions = {line.file for _, line in theirs.history.lines}
    if versions.isdisjoint({theirs.digest, copies.base.digest}):
        # The log of something else.
        return ()
    return new_edits(copies.ours.history, theirs, copies.base.digest)


def _show_error(error: GeoError) -> None:
    show_alert("The two copies cannot be merged.")
    st.code(_say_error(error), language=None, wrap_lines=True)


def _say_error(error: GeoError) -> str:
    if isinstance(error, WriteError) and not gate.is_own_computer():
        _LOG.warning("%s", error)
        return "The merge could not be saved. The reason is in the log of the server."
    return str(error)
