"""The file with the roles of a team: who may change the dossier, by the address of the sign-in.

It is called ``roles.yaml`` and is beside ``secrets.toml``, which says who may enter: both belong to
whoever runs the server. Whatever is not understood lets nobody edit; a misspelt word must never
give anyone a role.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from geo import limits
from geo.app.access import comparable, is_address, may_enter
from geo.dossier.messages import meant, shown
from geo.dossier.yaml_lines import YamlFile, YamlLimits, read_yaml
from geo.errors import IntakeError

EditorRole = Literal["reader", "editor", "reviewer"]

ROLES_FILE: Final = "roles.yaml"
_LOG: Final = logging.getLogger(__name__)
_EXPECTED: Final = "expected lines such as ann@example.org: editor"
_HOW: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe in place of the file is not waited for; Windows leaves line breaks as they are."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What the file says.

    Parameters
    ----------
    of_address
        The role of each address, as :func:`geo.app.access.comparable` gives it; where there is a
        fault, of those that can be read in spite of it.
    fault
        Why nobody may edit, with the line; empty if the file is valid.
    exists
        Whether there is a file.
    """

    of_address: Mapping[str, EditorRole] = field(default_factory=dict)
    fault: str = ""
    exists: bool = True

    def role(self, who: Mapping[str, Any]) -> EditorRole:
        """Return the role of an account; whoever is not in the file is a reader.

        Parameters
        ----------
        who
            The provider's claims about the account; only an address that it says is verified
            counts.

        Examples
        --------
        >>> roles = read_roles(b"ann@example.org: editor")
        >>> roles.role({"email": "ann@Example.org", "email_verified": True})
        'editor'
        >>> roles.role({"email": "ann@example.org"})
        'reader'
        """
        address = who.get("email")
        if not isinstance(address, str) or not may_enter(who, [address]):
            return "reader"
        return self.of_address.get(comparable(address), "reader")


def read_roles(data: bytes) -> Roles:
    """Read the bytes of the file.

    Returns
    -------
    Roles
        With its fault, if anything in it is not understood.

    Examples
    --------
    >>> read_roles(b"ann@example.org: editer").fault
    "roles.yaml, line 1: 'editer' is not a role; did you mean 'editor'? Expected reader, editor \
or reviewer"
    """
    if len(data) > (most := limits.MAX_ROLES_BYTES):
        return Roles(fault=f"{ROLES_FILE}: larger than {most:,} bytes; {_EXPECTED}")
    try:
        text = data.decode("utf-8-sig")
        file = read_yaml(text, YamlLimits(limits.MAX_LIST_DEPTH, limits.MAX_LIST_PARTS))
    except UnicodeDecodeError as error:
        fault = f"{ROLES_FILE}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        return Roles(fault=fault)
    except IntakeError as error:
        return Roles(fault=f"{ROLES_FILE}, {error}")
    return _roles_of(file)


def read_roles_beside(secrets: Iterable[Path]) -> Roles:
    """Read the file beside the secrets, each time anew.

    Parameters
    ----------
    secrets
        Where secrets are looked for; there need not be any.

    Returns
    -------
    Roles
        With a fault as well, if the file cannot be opened or if there are two.
    """
    files = list(dict.fromkeys(one.with_name(ROLES_FILE) for one in secrets))
    found = [one for one in files if os.path.lexists(one)]
    if not found:
        return Roles(exists=False)
    if len(found) > 1:
        fault = f"{ROLES_FILE} is in two folders; keep one of the files"
        _warn(f"{fault}: {' and '.join(map(str, found))}")
        return Roles(fault=fault)
    try:
        data = _bytes_of(found[0])
    except OSError as error:
        why = error.strerror or error
        _warn(f"{found[0]}: cannot be read ({why}); nobody can edit until it is fixed")
        return Roles(fault=f"{ROLES_FILE} cannot be read ({why}); check its permissions")
    roles = _read_once(data)
    if roles.fault:
        _warn(f"{roles.fault}; nobody can edit until it is fixed")
    return roles


# Two: the file as it is, and as it was before it changed.
@lru_cache(maxsize=2)
def _read_once(data: bytes) -> Roles:
    return read_roles(data)


# The pages ask in every run; each fault is logged once, the last sixteen of them.
@lru_cache(maxsize=16)
def _warn(text: str) -> None:
    _LOG.warning("%s", text)


def _bytes_of(file: Path) -> bytes:
    handle = os.open(file, _HOW)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "is not a regular file")
        return os.read(handle, limits.MAX_ROLES_BYTES + 1)
    finally:
        os.close(handle)


def _roles_of(file: YamlFile) -> Roles:
    if not isinstance(file.value, dict | None):
        return Roles(fault=f"{ROLES_FILE}: is not a list of addresses with roles; {_EXPECTED}")
    faults = [(line, said) for line, _, said in file.faults]
    found: dict[str, EditorRole] = {}
    for address, role in (file.value or {}).items():
        line = file.lines.get((address,), 1)
        if said := _fault_of(address, role, found):
            faults.append((line, said))
        else:
            found[comparable(address)] = role
    if not faults:
        return Roles(found)
    line, said = min(faults)
    return Roles(found, f"{ROLES_FILE}, line {line}: {said}")


def _fault_of(address: str, role: object, found: Mapping[str, EditorRole]) -> str:
    if not is_address(address):
        return f"{shown(address)} is not an address; {_EXPECTED}"
    if comparable(address) in found:
        return f"{shown(address)} has a role already; keep one of the lines"
    if role not in get_args(EditorRole):
        guess = meant(role, get_args(EditorRole)) if isinstance(role, str) else ""
        return (
            f"{shown(role)} is not a role{f'{guess} Expected' if guess else '; expected'} reader, "
            "editor or reviewer"
        )
    return ""
