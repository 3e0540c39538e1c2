"""Who may edit the dossier and approve its records, and why somebody may not.

Where only the person at this computer reaches the app and nobody signs in, editing is on; the name
for the history log is asked once. Where others reach the app, only those edit who have signed
in and have a role in ``roles.yaml`` (:mod:`geo.app.roles`). ``incident-map serve --read-only``
turns editing off for everybody.

Nothing in the browser decides. The pages ask :func:`may` for what they show; each act asks
:func:`acting` at the time it is done, which reads the secrets, the roles and the sign-in again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from geo import state
from geo.app import gate
from geo.app.access import OPEN_VARIABLE, OWN_NAMES, may_enter
from geo.app.roles import ROLES_FILE, EditorRole, Roles, read_roles_beside
from geo.dossier.field_types import SingleLine
from geo.dossier.messages import say_faults
from geo.dossier.saving import unwritable
from geo.errors import EditError, StateError
from geo.settings import is_read_only
from geo.text import capitalised
from geo.workspace import DOSSIER, data_folder, is_included

EditorAct = Literal["edit", "approve"]

_MAY: Final[Mapping[EditorRole, frozenset[EditorAct]]] = {
    "reader": frozenset(),
    "editor": frozenset({"edit"}),
    "reviewer": frozenset({"edit", "approve"}),
}
_NAME: Final = "incident-map-name"
_PROXIED: Final = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"}
)
"""What proxies add to a request (RFC 7239, RFC 9110 section 7.6.3, and what nginx is told to)."""
_READ_ONLY: Final = "Editing is turned off: the app was started to be read only."
_UNCHECKED: Final = (
    "Start the app with `incident-map serve` to edit: Streamlit alone checks too little."
)
_NOBODY: Final = (
    "Editing is off, because others can reach this app and nobody signs in: the history log could "
    "not say who made an edit. “Serve a team” in the documentation says how to set it up."
)
_OUTSIDE: Final = "Sign in again: this page is no longer allowed to read the dossier."
_UNVERIFIED: Final = (
    "You can read this dossier and not change it: your provider does not say that it has verified "
    "your address."
)
_NO_NAME: Final = "Enter your name first: the history log has the author of each edit."


@dataclass(frozen=True, slots=True)
class Person:
    """Who uses this session.

    Parameters
    ----------
    name
        What the history log says: the address as it was signed in with; on one's own computer, the
        name that was entered.
    """

    name: str
    role: EditorRole


@dataclass(frozen=True, slots=True)
class _Rights:
    """What somebody is to the dossier, as everything says at this moment.

    Parameters
    ----------
    why
        Why nobody here may edit, whatever their role; empty if nothing prevents it.
    is_told
        Whether the pages say so.
    """

    role: EditorRole
    name: str = ""
    why: str = ""
    is_told: bool = False
    is_own: bool = False


def person() -> Person | None:
    """Return who uses this session; ``None`` if that is not known, or not yet."""
    found = _rights()
    return Person(found.name, found.role) if found.name else None


def may(act: EditorAct) -> bool:
    """Tell whether this session may do something, apart from a name that is still to be entered."""
    return not why_refused(act)


def why_refused(act: EditorAct) -> str:
    """Return the sentence that says why this session may not do something; empty if it may.

    An editor whose dossier cannot be written to gets a sentence as well, before anything is typed.
    """
    found = _rights()
    if found.why:
        return found.why
    if act in _MAY[found.role]:
        return _why_unwritable()
    if found.role == "reader":
        return f"You can read this dossier and not change it. {ROLES_FILE} lists those who can."
    return (
        f"Only a reviewer can approve a record, and {ROLES_FILE} gives you the role {found.role}."
    )


def is_offered() -> bool:
    """Tell whether the pages mention editing: to those who may, or could but for a fault."""
    found = _rights()
    return found.is_told if found.why else bool(_MAY[found.role])


def asks_for_name() -> bool:
    """Tell whether the name has to be asked for: on one's own computer, once."""
    found = _rights()
    return found.is_own and not found.why and not found.name


def can_rename() -> bool:
    """Tell whether the name can be changed: on one's own computer, where nobody signs in."""
    found = _rights()
    return found.is_own and not found.why


def acting(act: EditorAct) -> Person:
    """Return in whose name something is done now; call it where it is done, not where it is shown.

    Raises
    ------
    EditError
        The sentence of :func:`why_refused`; or that the name is still to be entered.
    """
    if why := why_refused(act):
        raise EditError(why)
    if (found := person()) is None:
        raise EditError(_NO_NAME)
    return found


def set_name(text: str) -> str:
    """Keep the name of the person at this computer, for the log and for the next run.

    Returns
    -------
    str
        What has to be reported: that it is kept until the page is closed only; else nothing.

    Raises
    ------
    EditError
        If it is not a name on one line; or if this session cannot name itself.
    """
    if not can_rename():
        raise EditError("The history log has the address that you signed in with.")
    name = _checked(text)
    st.session_state[_NAME] = name
    try:
        file = _name_file()
        with state.changing(file.parent):
            state.write_state(file, {"name": name})
    except (StateError, OSError) as error:
        return f"Your name is kept until this page is closed: {error}"
    return ""


def _rights() -> _Rights:
    if is_read_only():
        return _Rights("reader", why=_READ_ONLY)
    access = gate.current_access()
    if access.kind == "members":
        return _of_member(gate.account(), access.allow)
    if access.kind == "closed":
        return _Rights("reader", why=access.why)
    if not gate.requests_are_checked():
        return _Rights("reader", why=_UNCHECKED, is_told=True)
    if not _is_own_computer():
        return _Rights("reader", why=_NOBODY)
    return _Rights("reviewer", _own_name(), is_own=True)


def _of_member(who: Mapping[str, Any], allow: str | tuple[str, ...]) -> _Rights:
    if who.get("is_logged_in") is not True or not may_enter(who, allow):
        return _Rights("reader", why=_OUTSIDE)
    name, roles = str(who.get("email") or ""), _roles()
    role = roles.role(who)
    if roles.fault:
        return _Rights(role, name, _say_fault(roles, role), is_told=_is_concerned(roles, role))
    if not roles.exists:
        why = f"Nobody can edit here yet: the server has no {ROLES_FILE} beside its secrets."
        return _Rights(role, name, why)
    if role == "reader" and who.get("email_verified") is not True:
        return _Rights(role, name, _UNVERIFIED)
    return _Rights(role, name)


def _say_fault(roles: Roles, role: EditorRole) -> str:
    why = f"Nobody can edit until {ROLES_FILE} is fixed"
    return f"{why}: {roles.fault}." if _MAY[role] else f"{why}; the log of the server says why."


def _is_concerned(roles: Roles, role: EditorRole) -> bool:
    """Whether somebody could edit but for the fault, as far as can be told."""
    return bool(_MAY[role]) or not roles.of_address


def _roles() -> Roles:
    return read_roles_beside(map(Path, st.get_option("secrets.files")))


def _is_own_computer() -> bool:
    """Whether only programs of this computer reach the app, and no proxy is in front of it."""
    bound = str(st.get_option("server.address") or "127.0.0.1")
    is_proxied = any(name.lower() in _PROXIED for name in st.context.headers)
    return (
        gate.is_own_computer()
        and bound in OWN_NAMES
        and not is_proxied
        and not os.environ.get(OPEN_VARIABLE)
    )


def _why_unwritable() -> str:
    folder = data_folder()
    if is_included(folder):
        return (
            "This dossier came with the program, and the next update would replace it with its "
            "edits. Copy its folder, and name the copy with --data."
        )
    why = unwritable(folder / DOSSIER)
    if why and not gate.is_own_computer():
        return "Nothing can be saved: the server may not write to the folder of the dossier."
    return f"Nothing can be saved: {why}." if why else ""


def _name_file() -> Path:
    return state.state_folder() / "editor.json"


def _own_name() -> str:
    """The name that was entered here before, in this session or in an earlier run."""
    held: str = st.session_state.get(_NAME, "")
    try:
        return state.read_state(_name_file(), _read_name, held)[0]
    except StateError:
        return held


def _read_name(value: object) -> str:
    try:
        return _checked(value["name"] if isinstance(value, dict) else "")
    except (EditError, KeyError) as error:
        raise ValueError(str(error)) from error


def _checked(text: object) -> str:
    line = " ".join(text.split()) if isinstance(text, str) else text
    try:
        return TypeAdapter(SingleLine).validate_python(line)
    except ValidationError as error:
        said = next((said for _, said in say_faults(error, ("name",))), "is not a name")
        raise EditError(f"{capitalised(said)}.") from error
