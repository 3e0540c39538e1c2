"""The forms that a session has open, and what has been typed and not saved.

Which form the page shows is in its address, so that a page that is loaded again shows it again;
what was typed in it is in the state folder, and stands in it again.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from geo.app import kept_state
from geo.app.edit_links import PARAMETER
from geo.app.editing.answers import FormState
from geo.app.editing.fields import every_field, form_parts
from geo.app.editing.form import Typed, last_typed
from geo.app.editing.unsaved import Unsaved, UnsavedStore
from geo.app.editing.values import FormValues, checked_form, to_form
from geo.dossier.entries import SECTIONS, Entries, Section
from geo.dossier.intake import read_dossier
from geo.dossier.rebasing import FieldClash
from geo.dossier.records import EMPTY, Dossier
from geo.dossier.yaml_rewriting import same
from geo.errors import GeoError, StateError
from geo.workspace import DOSSIER, data_folder, read_dossier_bytes

_LOG: Final = logging.getLogger(__name__)
_GOING: Final = "incident-map-going"
"""The key of the form to show next; ``None``: the list of entries."""
_FORMS: Final = "incident-map-forms"
_KEY: Final = re.compile(r"([a-z]+):(\+[0-9a-f]{8}|[a-z0-9][a-z0-9-]{0,63})")
"""A section and the key of an entry, or a random one for a new entry."""
_MOST: Final = 20
"""Forms that one session holds; what is typed in all of them is in the state folder as well."""


@dataclass
class OpenForm:
    """A form that this session has open.

    Parameters
    ----------
    key
        Of the form among the unsaved ones, and in the address.
    token
        Tells this opening of the form from others of the same entry.
    n
        The number of its state, as the browser counts.
    round
        How often it has been made anew with other values.
    kept
        What is said of keeping what has been typed.
    note
        What is said above the form.
    act, why
        What somebody has asked for and has not been done, and the reason.
    clashes
        Fields that somebody else has changed meanwhile, and whose value is to be kept.
    """

    key: str
    state: FormState
    token: str = field(default_factory=lambda: secrets.token_hex(4))
    n: int = 0
    round: int = 0
    place: int = 0
    kept: str = ""
    note: str = ""
    act: str = ""
    why: str = ""
    fault: str = ""
    clashes: tuple[FieldClash, ...] = ()
    point: tuple[float, float] | None = None

    @property
    def name(self) -> str:
        """What identifies it in the browser."""
        return f"{self.key} {self.token}.{self.round}"

    def put(self, values: FormValues, base: Mapping[str, Any] | None = None) -> None:
        """Have the browser make the form anew, with these values in it."""
        self.state = replace(self.state, values=values, base=base or self.state.base)
        self.round += 1


def store() -> UnsavedStore:
    """Return what whoever uses this session has typed and not saved."""
    return UnsavedStore(dossier_file(), kept_state.state_owner())


def dossier_file() -> Path:
    """Return the path of the dossier that is edited."""
    return data_folder() / DOSSIER


def asked() -> str | None:
    """Return the key of the form in the address; ``None`` if there is none, or not a valid one."""
    found = st.query_params.get(PARAMETER, "")
    return found if (held := _KEY.fullmatch(found)) and held[1] in SECTIONS else None


def new_key(section: Section) -> str:
    """Return a key for the form of a new entry."""
    return f"{section}:+{secrets.token_hex(4)}"


def go_to(key: str | None) -> None:
    """Show another form from the next run on, or with ``None`` the list of entries."""
    st.session_state[_GOING] = key


def arrive() -> None:
    """Go to the form that :func:`go_to` has named, if there is one: the page begins with it."""
    if _GOING not in st.session_state:
        return
    key: str | None = st.session_state[_GOING]
    if asked() == key:
        st.session_state.pop(_GOING)
        return
    if key is None:
        st.query_params.clear()
    else:
        st.query_params.from_dict({PARAMETER: key})
    st.rerun()


def unsaved() -> tuple[Mapping[str, Unsaved], str]:
    """Return the forms that have not been saved, and why they are not kept.

    Returns
    -------
    tuple
        The forms by their keys, and a sentence that is empty where they are kept.
    """
    try:
        return store().read(), ""
    except StateError as error:
        return {}, kept_state.say_of_state(str(error))


def open_form(key: str) -> OpenForm | None:
    """Return a form of this session, opened if necessary; ``None`` if there is no such entry.

    Raises
    ------
    EditError, IntakeError
        If the dossier cannot be read.
    """
    held = _forms()
    if key in held and _is_outdated(held[key]):
        held.pop(key)
    if key not in held:
        made = _made(key)
        if made is None:
            return None
        while len(held) >= _MOST:
            held.pop(next(iter(held)))
        held[key] = made
    return held[key]


def held_form(key: str) -> OpenForm | None:
    """Return a form that this session has open, within a callback."""
    return _forms().get(key)


def _is_outdated(form: OpenForm) -> bool:
    """Whether nobody has typed in a form, and its entry has changed since it was opened."""
    base = form.state.base
    if base is None or form.n or form.round:
        return False
    return not same(current_entry(form.state.section, str(base["id"])), base)


def _forms() -> dict[str, OpenForm]:
    found: dict[str, OpenForm] = st.session_state.setdefault(_FORMS, {})
    return found


def _made(key: str) -> OpenForm | None:
    section = cast("Section", key.partition(":")[0])
    kept, _ = unsaved()
    if one := kept.get(key):
        note = "What you typed before stands here again."
        return OpenForm(key, one.form, one.token or secrets.token_hex(4), one.n, note=note)
    name = key.partition(":")[2]
    fields = every_field(form_parts(section, _dossier()))
    if name.startswith("+"):
        return OpenForm(key, FormState(section, to_form({}, fields)))
    base = current_entry(section, name)
    return None if base is None else OpenForm(key, FormState(section, to_form(base, fields), base))


def current_entry(section: Section, key: str) -> dict[str, Any] | None:
    """Return an entry of the dossier as it is now.

    Returns
    -------
    dict or None
        Its fields as plain YAML, with its key as ``id``; ``None`` if there is no such entry.

    Raises
    ------
    EditError
        If the file cannot be read.
    """
    return Entries.of(read_dossier_bytes(dossier_file())).entry(section, key)


def _dossier() -> Dossier:
    return read_dossier(read_dossier_bytes(dossier_file())).dossier


def take(component: str, what: str) -> None:
    """Take what the browser said of a form, and keep it on the disk."""
    typed = last_typed(component, what)
    if typed is None:
        return
    key = typed.form.rpartition(" ")[0]
    form = _forms().get(key)
    if form is None or form.name != typed.form:
        form = _reopened(key, typed.form)
    if form is None:
        return
    _enter(form, typed)
    if typed.act:
        form.act, form.why = typed.act, typed.why


def _reopened(key: str, name: str) -> OpenForm | None:
    """The form that a browser still has from a session that is gone, if it is kept."""
    try:
        form = open_form(key) if _KEY.fullmatch(key) else None
    except GeoError as error:
        _LOG.warning("%s: what was typed is not taken (%s)", key, error)
        return None
    return form if form is not None and form.name == name else None


def _enter(form: OpenForm, typed: Typed) -> None:
    # The names of the fields are enough; what is in the dossier may be broken meanwhile.
    fields = every_field(form_parts(form.state.section, EMPTY))
    form.state = replace(form.state, values=checked_form(typed.values, fields))
    form.n, form.place, form.note = typed.n, typed.place, ""
    if typed.act:
        form.fault = ""
    keep_typed(form)


def keep_typed(form: OpenForm) -> None:
    """Keep what has been typed in a form, and say whether that was possible."""
    try:
        store().keep(form.key, form.state, form.token, form.n)
    except StateError as error:
        form.kept = f"What you type is not kept: {kept_state.say_of_state(str(error))}"
    else:
        form.kept = "What you typed is kept until you save or discard it."


def forget(key: str) -> None:
    """Forget what has been typed in a form, because it has been saved or given up."""
    _forms().pop(key, None)
    try:
        store().forget(key)
    except StateError as error:
        # It is offered again, and can be discarded then.
        _LOG.warning("%s: what was typed is still kept (%s)", key, error)


def duplicate(form: OpenForm) -> None:
    """Open a form for a new entry with what another one says."""
    section = form.state.section
    fields = every_field(form_parts(section, _dossier()))
    copied = {name: one for name, one in (form.state.base or {}).items() if name != "id"}
    key = new_key(section)
    state = FormState(section, to_form(copied, fields), copied=copied)
    made = OpenForm(key, state, note="A copy: change what differs, then save it.")
    _forms()[key] = made
    keep_typed(made)
    go_to(key)
