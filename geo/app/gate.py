"""Decide who may use the app: anyone on this computer, or signed-in members of a team.

The sign-in is Streamlit's own, by OpenID Connect. It is required once the secrets of the
installation have a section ``[auth]``; see ``docs/how-to/serving.md``. An incomplete setup stays
closed: an app that answers to a public name shows nothing until it knows whom to admit.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

import streamlit as st

from geo.app.plain import escape_markdown
from geo.errors import MissingExtraError
from geo.extras import require

OPEN_VARIABLE: Final = "INCIDENT_MAP_OPEN"
_OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def gate() -> None:
    """Continue the run only for a person who may see the data; stop it for anyone else."""
    secrets = _secrets()
    if secrets is None:
        _closed("The file secrets.toml could not be read; see the terminal for the reason.")
    elif "auth" not in secrets:
        if _is_public() and not os.environ.get(OPEN_VARIABLE):
            _closed(
                "This app is served under a public name without access control. Add an [auth] "
                f"section to secrets.toml, or set {OPEN_VARIABLE}=1 if a proxy asks for sign-in."
            )
        return
    else:
        _ask(secrets)


def _ask(secrets: Mapping[str, Any]) -> None:
    who = _who()
    if not who.get("is_logged_in"):
        try:
            require("team", "signing in")
        except MissingExtraError as error:
            _closed(f"Nobody can sign in yet: {error}")
        st.title("Incident map", anchor=False)
        st.write("Sign in to view this map.")
        st.button("Sign in", on_click=st.login, type="primary")
        st.stop()
    if not may_enter(who, secrets.get("incident_map", {}).get("allow")):
        st.title("Incident map", anchor=False)
        st.error(escape_markdown(f"{who.get('email') or 'This account'} does not have access."))
        st.button("Sign out", on_click=st.logout)
        st.stop()


def may_enter(who: Mapping[str, Any], allow: Collection[str] | None) -> bool:
    """Tell whether an account may use the app.

    Parameters
    ----------
    who
        The provider's claims about the account; only a verified address counts.
    allow
        Addresses, or domains such as ``@example.org``; ``None`` for every account of the provider.

    Examples
    --------
    >>> may_enter({"email": "Ann@example.org", "email_verified": True}, ["@example.org"])
    True
    >>> may_enter({"email": "ann@example.org.evil.example"}, ["@example.org", "ann@example.org"])
    False
    """
    if allow is None:
        return True
    address = str(who.get("email") or "").casefold()
    name, at, domain = address.rpartition("@")
    if not name or "@" in name or who.get("email_verified", True) is not True:
        return False
    known = {str(one).casefold() for one in allow} if not isinstance(allow, str) else set()
    return address in known or f"{at}{domain}" in known


def _closed(why: str) -> NoReturn:
    st.error(escape_markdown(why), icon=":material/lock:")
    st.stop()


def _is_public() -> bool:
    names = st.get_option("server.allowedHosts")
    # An empty list of names means that any name is accepted.
    return not names or not _OWN_NAMES.issuperset(names)


def _secrets() -> Mapping[str, Any] | None:
    """Return the secrets: empty if there is no file, ``None`` if the file cannot be read."""
    if st.secrets.load_if_toml_exists():
        return st.secrets.to_dict()
    found = any(Path(file).exists() for file in st.get_option("secrets.files"))
    return None if found else {}


def _who() -> Mapping[str, Any]:
    return st.user.to_dict()
