"""Read ACLED's kinds of actors, in the three spellings of its releases."""

from __future__ import annotations

from typing import Final

from geo.places.spelling import fold_name

NEWER: Final = {
    "state_forces": "State forces",
    "rebel_group": "Rebel group",
    "political_militia": "Political militia",
    "identity_militia": "Identity militia",
    "rioters": "Rioters",
    "protesters": "Protesters",
    "civilians": "Civilians",
    "external_other": "External/Other forces",
}
"""Each role, and how recent releases spell it."""
PEOPLE: Final = frozenset({"rioters", "protesters", "civilians"})
"""Roles of people who are not an armed group."""

_SPELLED: Final = {
    fold_name(spelling): role
    for number, (role, newer) in enumerate(NEWER.items(), start=1)
    for spelling in (str(number), newer, f"{newer}s", role)
} | {fold_name("Other Forces"): "external_other"}


def role_of(text: str) -> str:
    """Return the role that a cell of ``inter1`` or ``inter2`` names; empty if there is none.

    Examples
    --------
    >>> role_of("2"), role_of("Rebel Groups"), role_of("Rebel group"), role_of("9"), role_of("")
    ('rebel_group', 'rebel_group', 'rebel_group', '', '')
    """
    return _SPELLED.get(fold_name(text), "")
