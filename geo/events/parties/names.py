"""Parse names of parties as files write them: lists in a cell, years after a name, nobody.

The conventions are those of ACLED, UCDP GED, GTD and Insecurity Insight, and of hand-made sheets,
in every country; the registry of a country says which group a name means. ACLED's conventions are
those of its codebook (*ACLED Codebook*, 2023, "Actors"): the years of a regime after the forces of
a state, the country after a group with a generic name, an abbreviation before a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.events.columns.text_cells import is_empty
from geo.places.spelling import name_words

_YEARS: Final = re.compile(r"\(\s?([12]\d{3})?\s?[-\u2013]\s?([12]\d{3})?\s?\)")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_BREAKS: Final = str.maketrans({"\n": ";", "\r": ";", "|": ";", "\u061b": ";"})
SEPARATORS: Final = (",", "\u060c", " and ", " \u0648 ", " & ", " + ", "/")
"""Separators of names whose parts are all known, the outermost first; `;` always separates."""
_PEOPLE: Final = {
    "civilian": "civilians",
    "protester": "protesters",
    "protestor": "protesters",
    "demonstrator": "protesters",
    "rioter": "rioters",
    **dict.fromkeys(
        ("aid worker", "health worker", "journalist", "teacher", "student", "farmer", "lawyer",
         "women", "woman", "girl", "child", "children", "refugee", "idp", "refugees/idps",
         "labor group", "labour group", "prisoner", "fisher", "pastoralist", "herder", "hunter",
         "miner", "vendor", "street trader", "taxi driver", "bus driver", "driver", "worker",
         "shopkeeper", "businessperson", "businessmen", "elder", "tribal elder", "former combatant",
         "religious leader", "local resident", "resident", "villager", "ngo", "lgbtq+", "lgbt"),
        "civilians",
    ),
}  # fmt: skip
"""People who are not an armed group, in the singular: ACLED's kinds, and those named with them."""
_GROUPS_OF_PEOPLE: Final = re.compile(
    r"\b(ethnic|muslim|christian|hindu|sikh|jewish|buddhist|religious|caste) group$"
)
_NOBODY: Final = frozenset(
    [
        "unidentified",
        "unknown",
        "unnamed",
        "unspecified",
        "unclear",
        "undisclosed",
        "unaffiliated",
        "anonymous",
    ]
)
_NO_GROUP: Final = frozenset(
    (
        "armed group", "armed man", "armed men", "armed actor", "gunman", "gunmen", "militant",
        "insurgent", "assailant", "attacker", "perpetrator", "criminal", "criminal group", "bandit",
        "robber", "individual", "other", "multiple", "various", "several", "archived", "extremist",
        "muslim extremist", "islamist extremist", "anti-government extremist", "rebel",
        "guerrilla", "terrorist", "dissident", "tribesman", "tribesmen", "local population",
    )
)  # fmt: skip
"""Words that describe someone but identify no group."""


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name with the years in which it applies.

    Parameters
    ----------
    name
        Without the years.
    first, last
        Years; ``None`` where open.
    unit
        What follows the years: a unit of the party.
    """

    name: str
    first: int | None
    last: int | None
    unit: str = ""


def names_in(cell: str) -> list[str]:
    r"""Split a cell at semicolons, line breaks and vertical bars.

    Entries that mean nobody (``NA``, ``0``, ``No Information``) are omitted.

    Examples
    --------
    >>> names_in("Taliban; Women (Afghanistan);\nIS\u061b NA"), names_in(" "), names_in("0")
    (['Taliban', 'Women (Afghanistan)', 'IS'], [], [])
    """
    parts = (" ".join(part.split()) for part in cell.translate(_BREAKS).split(";"))
    return [part for part in parts if not is_empty(part) and part != "0"]


def parts_of(name: str, separator: str) -> list[str]:
    """Split a text at a separator, without the "and" after a last comma.

    Examples
    --------
    >>> parts_of("A, B, and C", ","), parts_of("Taliban/ISKP", "/"), parts_of("Taliban", ",")
    (['A', 'B', 'C'], ['Taliban', 'ISKP'], ['Taliban'])
    """
    parts = [part.strip().removeprefix("and ").strip() for part in name.split(separator)]
    return [part for part in parts if part]


def holds_several(name: str) -> bool:
    """Tell whether a text may hold several names, by its separators outside brackets.

    Examples
    --------
    >>> holds_several("Gunmen, Taliban"), holds_several("Gunmen (Bosnia and Herzegovina)")
    (True, False)
    """
    bare = _BRACKETS.sub("", name)
    return any(separator in bare for separator in SEPARATORS)


def alternatives(name: str) -> list[str]:
    """Return the names that a text leaves undecided; none where it gives a single name.

    Examples
    --------
    >>> alternatives("Taliban and/or Islamic State (Afghanistan)"), alternatives("Taliban")
    (['Taliban', 'Islamic State (Afghanistan)'], [])
    """
    parts = parts_of(name.replace(" and/or ", " or "), " or ")
    return parts if len(parts) > 1 else []


def dated_name(name: str) -> DatedName | None:
    """Split off the years that a name contains; ``None`` if it has none.

    Examples
    --------
    >>> dated_name("Police Forces of Afghanistan (2014-2021) Local Police")
    DatedName(name='Police Forces of Afghanistan', first=2014, last=2021, unit='Local Police')
    >>> dated_name("Military Forces of Afghanistan (2021-)").last is None
    True
    >>> [dated_name(name) for name in ("IS (Afghanistan)", "(2014-2021)", "Group (-)")]
    [None, None, None]
    >>> dated_name("Former Government of A (2004-2021)").last is None  # in office until then
    True
    """
    match = _YEARS.search(name)
    if match is None or not (match[1] or match[2]) or not name[: match.start()].strip():
        return None
    first, last = (int(year) if year else None for year in match.groups())
    before, unit = name[: match.start()].strip(), name[match.end() :].strip()
    if before.lower().startswith("former "):
        return DatedName(before, None, None, unit)
    return DatedName(before, first, last, unit)


def abbreviated(name: str) -> tuple[str, str] | None:
    """Return the long name and the other one, where a text gives both.

    Returns
    -------
    The long name and the other one, or ``None``.

    Examples
    --------
    >>> abbreviated("HQN: Haqqani Network"), abbreviated("Islamic Emirate (Taliban)")
    (('Haqqani Network', 'HQN'), ('Islamic Emirate', 'Taliban'))
    >>> abbreviated("Taliban"), abbreviated("(ISKP)")
    (None, None)
    """
    short, colon, long = name.partition(":")
    if colon and short.strip() and long.strip() and not holds_several(short):
        return long.strip(), short.strip()
    long, bracket, rest = name.rpartition("(")
    if bracket and long.strip() and rest.endswith(")") and rest[:-1].strip():
        return long.strip(), rest[:-1].strip()
    return None


def people(name: str) -> str:
    """Return the kind of people a name means, if they are not an armed group; else empty.

    Examples
    --------
    >>> people("Civilians (Afghanistan)"), people("Protesters (International)"), people("Taliban")
    ('civilians', 'protesters', '')
    >>> people("Women (Afghanistan)"), people("Pashtun Ethnic Group (Afghanistan)")
    ('civilians', 'civilians')
    >>> people("Civilian Protection Militia (Nowhere)")
    ''
    """
    bare = _bare(name)
    if _GROUPS_OF_PEOPLE.search(bare):
        return "civilians"
    return _PEOPLE.get(bare) or _PEOPLE.get(bare.removesuffix("s"), "")


def is_nobody(name: str) -> bool:
    """Tell whether a name identifies nobody, or only says what kind of person it was.

    Examples
    --------
    >>> is_nobody("Unidentified Armed Group (Afghanistan)"), is_nobody("Criminal"), is_nobody("IS")
    (True, True, False)
    """
    bare = _bare(name)
    first = next(iter(name_words(bare)), "")
    return first in _NOBODY or bare in _NO_GROUP or bare.removesuffix("s") in _NO_GROUP


def _bare(name: str) -> str:
    """Return a name in lower case, without the country or the years in brackets after it."""
    return name.partition("(")[0].strip().lower() or name.lower()
