"""The file in the state folder that holds something of one person for one dossier."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from geo import state
from geo.app.access import comparable
from geo.changes.versions import VersionStore
from geo.errors import StateError

_ANYBODY: Final = "everyone"
"""Name of the file where nobody has to sign in."""


def personal_file(folder: str, dossier: Path, person: str | None) -> Path:
    """Return the path of the file; its name does not give the person away.

    Parameters
    ----------
    folder
        What it holds, such as ``views``.
    person
        Whoever signed in, by the address that the provider gives; empty where nobody has to;
        ``None`` if it is not known.

    Raises
    ------
    StateError
        There is no state folder, or the person is not known.

    Examples
    --------
    >>> personal_file("views", Path("incidents.yaml"), "").name
    'everyone.json'
    >>> personal_file("views", Path("incidents.yaml"), None)
    Traceback (most recent call last):
    geo.errors.StateError: It is not known who is using this page.
    """
    if person is None:
        raise StateError("It is not known who is using this page.")
    name = VersionStore(dossier).folder.name
    who = hashlib.sha256(comparable(person).encode()).hexdigest() if person else _ANYBODY
    return state.state_folder() / folder / name / f"{who}.json"
