"""Who may use the app, as the secrets of the installation say it.

Whatever is not understood closes the app: an unknown section or key, a value of another kind, a
list that is missing. A misspelt word in the secrets must never admit anyone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from geo.text import listed

OPEN_VARIABLE: Final = "INCIDENT_MAP_OPEN"
ANYBODY: Final = "anybody"
"""The word by which the secrets admit every account of the provider."""
CALLBACK: Final = "/oauth2callback"
"""Where the provider sends the browser back to; fixed by Streamlit."""
OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
MIN_SECRET: Final = 32
"""Letters of ``cookie_secret``: 24 random bytes in base64. Whoever guesses it can sign in."""

_NEEDED: Final = ("redirect_uri", "cookie_secret", "client_id", "client_secret",
                  "server_metadata_url")  # fmt: skip
_KNOWN: Final[Mapping[str, Collection[str]]] = {
    "auth": {*_NEEDED, "client_kwargs"},
    "incident_map": {"allow"},
}
# What a mail server takes unquoted (RFC 5321, 4.1.2), in ASCII.
_NAME: Final = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+"
_DOMAIN: Final = r"@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"


@dataclass(frozen=True, slots=True)
class Access:
    """What the secrets say.

    Parameters
    ----------
    kind
        ``"open"`` for anyone who reaches the app, ``"members"`` after a sign-in, ``"closed"`` for
        nobody.
    why
        Why it is closed, as a sentence that gives away no secret.
    allow
        Who is a member: the word :data:`ANYBODY`, or addresses and domains.
    origin
        The app's public origin, such as ``https://map.example.org``.
    """

    kind: Literal["open", "members", "closed"]
    why: str = ""
    allow: str | tuple[str, ...] = ()
    origin: str = ""


def read_access(
    secrets: Mapping[str, Any] | None, *, is_public: bool, is_asked_for: bool = False
) -> Access:
    """Return what the secrets say about access.

    Parameters
    ----------
    secrets
        The content of ``secrets.toml``; empty without a file, ``None`` if it cannot be read.
    is_public
        Whether the app answers to other names than those of its own computer.
    is_asked_for
        Whether :data:`OPEN_VARIABLE` says that a proxy asks for the sign-in.

    Examples
    --------
    >>> read_access({}, is_public=False).kind
    'open'
    >>> read_access({"atuh": {}}, is_public=True).why
    'secrets.toml has the unknown section [atuh]; known: [auth] and [incident_map].'
    """
    if secrets is None:
        return _closed("secrets.toml could not be read; see the terminal for the reason.")
    fault = _unknown(secrets)
    if fault:
        return _closed(fault)
    if "auth" in secrets:
        return _members(secrets)
    if "incident_map" in secrets:
        return _closed("secrets.toml has [incident_map] but no [auth], so nobody can sign in.")
    if is_public and not is_asked_for:
        return _closed(
            "This app is served under a public name without access control. Add an [auth] "
            f"section to secrets.toml, or set {OPEN_VARIABLE}=1 if a proxy asks for sign-in."
        )
    return Access("open")


def may_enter(who: Mapping[str, Any], allow: str | Collection[str]) -> bool:
    """Tell whether an account may use the app.

    Addresses are compared letter for letter, their domains without regard to the case of ASCII
    letters, as the names of computers are (RFC 4343). An address in other letters is never equal.

    Parameters
    ----------
    who
        The provider's claims about the account; only an address that it says is verified counts.
    allow
        Addresses, or domains such as ``@example.org``; or the word :data:`ANYBODY`.

    Examples
    --------
    >>> may_enter({"email": "ann@Example.org", "email_verified": True}, ["@example.org"])
    True
    >>> may_enter({"email": "ann@example.org"}, ["@example.org"])
    False
    >>> may_enter({"email": "ann@example.org.evil.example", "email_verified": True},
    ...           ["@example.org", "ann@example.org"])
    False
    """
    if allow == ANYBODY:
        return True
    address = who.get("email")
    if isinstance(allow, str) or who.get("email_verified") is not True:
        return False
    if not isinstance(address, str) or not is_address(address):
        return False
    return {comparable(address), comparable("@" + address.rpartition("@")[2])}.intersection(
        map(comparable, allow)
    ) != set()


def is_address(text: str) -> bool:
    """Tell whether a text is an address of ASCII letters, as mail servers take it unquoted.

    Examples
    --------
    >>> is_address("ann@example.org"), is_address("@example.org"), is_address("ann@exämple.org")
    (True, False, False)
    """
    return re.fullmatch(_NAME + _DOMAIN, text) is not None


def comparable(entry: str) -> str:
    """Return an address, or ``@`` and a domain, so that equal ones are the same text.

    Two names that differ in their capital letters may be two people's (RFC 5321, section 2.4); a
    domain is the same in any letters.

    Examples
    --------
    >>> comparable("Ana@Example.ORG"), comparable("@Example.org")
    ('Ana@example.org', '@example.org')
    """
    name, at, domain = entry.rpartition("@")
    return f"{name}{at}{domain.lower()}"


def _closed(why: str) -> Access:
    return Access("closed", why)


def _unknown(secrets: Mapping[str, Any]) -> str:
    """Name the first section or key that this app does not know."""
    for section, keys in secrets.items():
        if section not in _KNOWN:
            known = listed([f"[{one}]" for one in _KNOWN])
            return f"secrets.toml has the unknown section [{section}]; known: {known}."
        if not isinstance(keys, Mapping):
            return f"secrets.toml: {section} is not a section; write it as [{section}]."
        for key in keys:
            if key not in _KNOWN[section]:
                known = listed(sorted(_KNOWN[section]))
                return f"secrets.toml has the unknown key {key} in [{section}]; known: {known}."
    return ""


def _members(secrets: Mapping[str, Any]) -> Access:
    auth, allow = secrets["auth"], secrets.get("incident_map", {}).get("allow")
    fault = _fault_of_sign_in(auth) or _fault_of_list(allow)
    if fault:
        return _closed(f"secrets.toml: {fault}.")
    back = urlsplit(auth["redirect_uri"])
    return Access(
        "members",
        allow=allow if allow == ANYBODY else tuple(allow),
        origin=f"{back.scheme}://{back.netloc}",
    )


def _fault_of_sign_in(auth: Mapping[str, Any]) -> str:
    for key in _NEEDED:
        if not isinstance(auth.get(key), str) or not auth[key].strip():
            return f"[auth] needs {key}, a text"
    if len(auth["cookie_secret"]) < MIN_SECRET or " " in auth["cookie_secret"]:
        return (
            f"cookie_secret needs at least {MIN_SECRET} letters without a space; make one: "
            "openssl rand -base64 32"
        )
    for key, end in (("redirect_uri", CALLBACK), ("server_metadata_url", "")):
        address = urlsplit(auth[key])
        is_safe = address.scheme == "https" or (
            address.scheme == "http" and address.hostname in OWN_NAMES
        )
        if not is_safe or not address.hostname or not address.path.endswith(end):
            ends = f" and ends with {end}" if end else ""
            return f"{key} must be an address that begins with https://{ends}"
    return ""


def _fault_of_list(allow: object) -> str:
    if allow == ANYBODY:
        return ""
    if not isinstance(allow, list):
        return (
            "[incident_map] needs allow, a list of addresses and of domains such as "
            f'"@example.org"; to admit every account of the provider, write allow = "{ANYBODY}"'
        )
    wrong = [
        one for one in allow
        if not isinstance(one, str) or not re.fullmatch(f"(?:{_NAME})?{_DOMAIN}", one)
    ]  # fmt: skip
    if not wrong:
        return ""
    return f"allow: {wrong[0]!r} is not an address or a domain such as '@example.org'"
