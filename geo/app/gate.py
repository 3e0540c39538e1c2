"""Let only those who may see the data continue on a page.

Requests are checked before Streamlit sees them (:mod:`geo.app.request_checks`); this is the second
check, on the page itself, and both follow :mod:`geo.app.access`. The sign-in is Streamlit's own, by
OpenID Connect; see ``docs/how-to/serving.md``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from typing import Any, Final, NoReturn

import streamlit as st

from geo.app.access import OPEN_VARIABLE, OWN_NAMES, Access, may_enter, read_access
from geo.app.plain import show_alert
from geo.errors import MissingExtraError
from geo.extras import require

REQUESTS_CHECKED: Final = Event()
"""Set by the server that checks each request; ``streamlit run`` by itself checks too little."""
_LOG: Final = logging.getLogger(__name__)


def gate() -> None:
    """Continue the run only for a person who may see the data; stop it for anyone else."""
    access = current_access()
    if not requests_are_checked():
        _only_for_one_computer(access)
    if access.kind == "closed":
        _closed(access.why)
    if access.kind == "members":
        _ask(access)


def _only_for_one_computer(access: Access) -> None:
    """Continue under ``streamlit run`` only where no sign-in and no public name is set up."""
    if access.kind != "open" or _is_public():
        _closed("Start this app with `incident-map serve`: Streamlit alone checks too little.")
    _LOG.warning(
        "started by Streamlit alone, which does not check requests; for more than trying the app "
        "out, use incident-map serve"
    )


def current_access() -> Access:
    """Return who may use this app, by its secrets, its names and its environment."""
    return read_access(
        _secrets(), is_public=_is_public(), is_asked_for=bool(os.environ.get(OPEN_VARIABLE))
    )


def requests_are_checked() -> bool:
    """Whether each request is checked before Streamlit sees it, or there is none, as in tests."""
    return REQUESTS_CHECKED.is_set() or not st.context.headers


def account() -> Mapping[str, Any]:
    """Return what the provider said of the account of this session.

    Returns
    -------
    Mapping
        Claims of OpenID Connect by name, such as ``email``; none before a sign-in.
    """
    return _who()


def is_own_computer() -> bool:
    """Whether only the person at this computer reaches the app: no sign-in and no public name."""
    return current_access().kind == "open" and not _is_public()


def _ask(access: Access) -> None:
    who = _who()
    if who.get("is_logged_in") is not True:
        try:
            require("team", "signing in")
        except MissingExtraError as error:
            _closed(f"Nobody can sign in yet: {error}")
        st.title("Incident map", anchor=False)
        st.write("Sign in to view this map.")
        st.button("Sign in", on_click=st.login, type="primary")
        st.stop()
    if not may_enter(who, access.allow):
        st.title("Incident map", anchor=False)
        show_alert(f"{who.get('email') or 'This account'} does not have access.")
        st.button("Sign out", on_click=st.logout)
        st.stop()


def _closed(why: str) -> NoReturn:
    show_alert(why)
    st.stop()


def _is_public() -> bool:
    names = st.get_option("server.allowedHosts")
    # An empty list of names means that any name is accepted.
    return not names or not OWN_NAMES.issuperset(names)


def _secrets() -> Mapping[str, Any] | None:
    """Return the secrets: empty if there is no file, ``None`` if the file cannot be read."""
    if st.secrets.load_if_toml_exists():
        return st.secrets.to_dict()
    found = any(Path(file).exists() for file in st.get_option("secrets.files"))
    return None if found else {}


def _who() -> Mapping[str, Any]:
    return st.user.to_dict()
