"""Saving what a form says, and deciding between two values where somebody else has saved meanwhile.

Everything goes through the library (:func:`geo.dossier.saving.save_edit`): file and history change
together or not at all, and nothing is overwritten in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from pydantic import BaseModel

from geo.app import editors
from geo.app.edit_links import show_on_map
from geo.app.editing import opened
from geo.app.editing.act_button import act_button
from geo.app.editing.answers import Answer
from geo.app.editing.fields import FormField, every_field, form_parts
from geo.app.editing.opened import OpenForm
from geo.app.editing.values import shown_value, to_form
from geo.app.plain import show_alert, show_text
from geo.dossier.editing import Edit
from geo.dossier.entries import LISTS, Section, digest_of_entry, order_of_fields
from geo.dossier.rebasing import FieldClash, FieldConflictError
from geo.dossier.records import EMPTY, REVIEW_FIELDS, Claim, RolePeriod, Where
from geo.dossier.saving import save_edit
from geo.dossier.yaml_rewriting import same
from geo.errors import GeoError
from geo.text import counted

_PARTS: Final[Mapping[str, type[BaseModel]]] = {
    "where": Where, "claims": Claim, "roles": RolePeriod,
}  # fmt: skip
_NO_SOURCE: Final = (
    "Not saved: complete the new source, or choose one of the others. What you typed is kept."
)
_SAVED: Final = "incident-map-saved"
"""What has been saved last: its section, its key, its headline and the edit."""


def done(form: OpenForm, answered: Answer) -> bool:
    """Do what somebody has asked for; tell whether the form is finished with."""
    act, form.act = form.act, ""
    if act == "give-up":
        opened.forget(form.key)
        return True
    if not act:
        return False
    if why := _why_unready(answered, is_draft=act == "draft"):
        form.fault = why
        return False
    try:
        _save(form, answered, is_draft=act == "draft")
    except FieldConflictError as error:
        form.clashes = error.clashes
        return False
    except GeoError as error:
        form.fault = str(error)
        return False
    opened.forget(form.key)
    return True


def _why_unready(answered: Answer, *, is_draft: bool) -> str:
    """Why a form cannot be saved; a draft may have problems, but not lose its new source."""
    if not is_draft:
        return say_unready(answered)
    is_open = any(one.fault for place, one in answered.fields.items() if "new_source" in place)
    return _NO_SOURCE if is_open else ""


def say_unready(answered: Answer) -> str:
    """Say how much has to be mended before the form can be saved; nothing, if it can be.

    Examples
    --------
    >>> say_unready(Answer({}, {}, general=["no"]))
    'Not saved: 1 field needs attention. Each says what it needs.'
    """
    if not answered.faults:
        return ""
    need = "needs" if answered.faults == 1 else "need"
    return (
        f"Not saved: {counted(answered.faults, 'field')} {need} attention. Each says what it needs."
    )


def show_faults(form: OpenForm, answered: Answer) -> None:
    """Show why the form was not saved, until that is mended."""
    if form.fault.startswith("Not saved: ") and not answered.faults:
        form.fault = ""
    if form.fault:
        show_alert(form.fault)


def _save(form: OpenForm, answered: Answer, *, is_draft: bool) -> None:
    by, file = editors.acting("edit").name, opened.dossier_file()
    for key, source in answered.sources.items():
        # It was saved already, if the record itself was refused after that.
        if opened.current_entry("sources", key) is None:
            save_edit(file, Edit.creating("sources", _ordered("sources", source), by=by))
    edit = edit_of(form, answered.entry | ({"draft": True} if is_draft else {}), by)
    if edit is None:
        return
    save_edit(file, edit)
    title = str(answered.entry.get("title") or answered.entry.get("name") or edit.key)
    st.session_state[_SAVED] = (edit.section, edit.key, title, edit)


def edit_of(form: OpenForm, entry: Mapping[str, Any], by: str) -> Edit | None:
    """Return the edit that a form stands for; ``None`` if nothing has changed."""
    section, base = form.state.section, form.state.base
    if base is None:
        return Edit.creating(section, _ordered(section, entry), by=by, why=form.why)
    kept = REVIEW_FIELDS - {"draft"}
    names = [name for name in dict.fromkeys([*entry, *base]) if name not in kept]
    new = {name: entry.get(name) for name in names if not same(entry.get(name), base.get(name))}
    if not new:
        return None
    old = {name: base.get(name) for name in new}
    return Edit(section, str(base["id"]), digest_of_entry(base), old, new, by, why=form.why)


def _ordered(section: Section, entry: Mapping[str, Any]) -> dict[str, Any]:
    """A new entry with its fields in the order in which a dossier has them."""
    found = _in_order(entry, ["id", *order_of_fields(section)])
    for name, model in _PARTS.items():
        if isinstance(items := found.get(name), list):
            found[name] = [_in_order(item, [*model.model_fields]) for item in items]
    return found


def _in_order(fields: Mapping[str, Any], order: list[str]) -> dict[str, Any]:
    return {name: fields[name] for name in dict.fromkeys([*order, *fields]) if name in fields}


def show_clashes(form: OpenForm) -> None:
    """Show the fields that two people have changed, and have one value of each chosen."""
    if not form.clashes:
        return
    labels = {one.name: one.label or one.name for one in _fields(form)}
    show_alert(
        "Somebody else has saved other values meanwhile. Choose which to keep, then save again; "
        "nothing has been overwritten.", "warning",
    )  # fmt: skip
    with st.form("clashes"):
        for clash in form.clashes:
            name = labels.get(clash.field) or clash.field
            show_text(name, "strong")
            show_text(f"Theirs ({_author(clash)}): {shown_value(clash.theirs)}")
            show_text(f"Yours: {shown_value(clash.mine)}")
            st.radio(
                f"Which value of {name}", ["Yours", "Theirs"], key=f"clash-{clash.field}",
                horizontal=True, label_visibility="collapsed",
            )  # fmt: skip
        st.form_submit_button("Use these values", on_click=_decide, args=(form,))


def _author(clash: FieldClash) -> str:
    if clash.their_at is None:
        return "author not recorded"
    time = f"{clash.their_at.day} {clash.their_at:%B %Y, %H:%M} UTC"
    return f"{clash.their_by}, {time}" if clash.their_by else f"edited outside the app, {time}"


def _decide(form: OpenForm) -> None:
    """Begin again from the entry as it is now, with the values that were chosen."""
    theirs = {
        one.field for one in form.clashes if st.session_state.get(f"clash-{one.field}") == "Theirs"
    }
    now = opened.current_entry(form.state.section, str((form.state.base or {}).get("id", "")))
    if now is None:
        form.fault = "The entry is no longer there."
        return
    fields = _fields(form)
    before, current = to_form(form.state.base or {}, fields), to_form(now, fields)
    values = {
        one.name: current[one.name]
        if one.name in theirs or form.state.values.get(one.name) == before[one.name]
        else form.state.values.get(one.name)
        for one in fields
    }
    form.clashes = ()
    form.put(values, now)
    opened.keep_typed(form)


def _fields(form: OpenForm) -> tuple[FormField, ...]:
    return every_field(form_parts(form.state.section, EMPTY))


def show_saved() -> None:
    """Show what was saved last, and offer to look at it, or to undo it."""
    held = st.session_state.get(_SAVED)
    if held is None:
        return
    section, key, title, edit = held
    show_alert(f"Saved: {title}.", "info")
    with st.container(horizontal=True, gap="small"):
        if section in LISTS:
            act_button("Show on the map", show_on_map, key, key="saved-map")
        act_button("Edit it again", opened.go_to, f"{section}:{key}", key="saved-again")
        act_button("Undo", _undo, edit, key="saved-undo")


def _undo(edit: Edit) -> None:
    by, file = editors.acting("edit").name, opened.dossier_file()
    save_edit(file, edit.undone(file.read_bytes(), by=by, why="Undone"))
    st.session_state.pop(_SAVED, None)


def withdraw(section: Section, key: str, field: str) -> None:
    """Withdraw a record for the reason in a field, which readers see."""
    by, file = editors.acting("edit").name, opened.dossier_file()
    why = str(st.session_state.get(field, ""))
    edit = Edit.withdrawing(file.read_bytes(), section, key, why, by=by)
    save_edit(file, edit)
    st.session_state[_SAVED] = (section, key, f"{key} is withdrawn", edit)
    opened.forget(f"{section}:{key}")
    opened.go_to(None)
