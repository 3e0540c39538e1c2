"""The fields of a record, a source or a group: each with a value to compare and in words.

The value leaves out what only orders or formats a file. The words are for readers; two values that
differ never have the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from geo.dossier.evidence import Stance
from geo.dossier.periods import Period
from geo.dossier.records import Claim, Count, Group, Passage, RolePeriod, StatusKey
from geo.places.country import Country
from geo.places.locations import Location
from geo.text import listed
from geo.wording import vocabulary

Groups = Mapping[str, Group]

_GROUP_KEYS: Final = frozenset({"by", "against", "groups", "about", "belligerent", "of"})
_TABLES: Final[Mapping[str, Mapping[Any, str]]] = {
    "role": vocabulary.ROLES,
    "says": vocabulary.CLAIM_KINDS,
    "presence_kind": vocabulary.PRESENCE_KINDS,
}
_GRADES: Final[Mapping[str, Mapping[Any, str]]] = {
    "reliability": vocabulary.RELIABILITY,
    "credibility": vocabulary.CREDIBILITY,
}
_STANDING: Final[Mapping[Stance, str]] = {
    "asserts": "stands",
    "contests": "speaks against the record",
    "withdrawn": "taken back by its speaker",
}
_DIGITS: Final = 12
"""Of a digest, in hexadecimal: 48 bits, which no two documents of a folder share by chance."""
_HEAD_OF_A_CLAIM: Final = frozenset({"by", "source", "says", "text"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the value that is compared, and the words that are shown."""

    value: object
    words: str


def fields_of(
    part: BaseModel | None, groups: Groups, *, without: Collection[str] = ()
) -> dict[str, Field]:
    """Every field of `part` that has a value, by its name in the file.

    Parameters
    ----------
    part
        ``None`` has no fields: compared with it, every field has been added or removed.
    groups
        The groups of the same file, for their names.
    without
        Names of fields that are compared in another way.

    Returns
    -------
    dict
        The fields by name, in the order of the model; fields without a value are left out.

    Examples
    --------
    >>> told = RolePeriod(role="state_forces", since="2021-08-15")
    >>> {name: field.words for name, field in fields_of(told, {}).items()}
    {'role': 'state forces', 'since': '15 August 2021 (2021-08-15)'}
    """
    if part is None:
        return {}
    pairs = ((name, getattr(part, name)) for name in type(part).model_fields if name not in without)
    return {
        name: Field(_unordered(value), _words(name, value, groups))
        for name, value in pairs
        if value is not None and value != ()
    }


def status_field(key: StatusKey, *, by_hand: bool) -> Field:
    """A verification status; one set by an editor differs from one derived from the claims."""
    label = vocabulary.status_meaning(key).label
    return Field((key, by_hand), f"{label} (set by hand)" if by_hand else label)


def stance_field(stance: Stance) -> Field:
    """The stance of a claim towards its record."""
    return Field(stance, _STANDING[stance])


def position_field(location: Location, country: Country) -> Field:
    """Where a place is: its precision, its provinces and its point.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> land = SimpleNamespace(name="Utopia")
    >>> position_field(Location("Amaurot", "outside", "Amaurot"), land).words
    'Amaurot, outside Utopia'
    """
    value = (
        location.status, location.name, location.kind, location.precision,
        tuple(sorted(location.provinces)), location.area,
        location.lat, location.lon, location.uncertainty_m,
    )  # fmt: skip
    return Field(value, _position(location, country))


def claim_words(claim: Claim, groups: Groups) -> str:
    """A whole claim in one line, without its speaker and its source."""
    rest = fields_of(claim, groups, without=_HEAD_OF_A_CLAIM)
    if claim.credibility == vocabulary.UNRATED_CLAIM:
        del rest["credibility"]
    words = "; ".join(f"{spaced(name)}: {field.words}" for name, field in rest.items())
    return f"{vocabulary.CLAIM_KINDS[claim.says]}: {claim.text} [{words}]"


def count_words(count: Count) -> str:
    """A number of people with everything that is stated about it.

    Examples
    --------
    >>> count_words(Count(low=8, best=8, high=8)), count_words(Count(low=20, said="at least 20"))
    ('8', 'low 20 (“at least 20”)')
    """
    if count.low == count.best == count.high:
        number = str(count.best)
    else:
        ends = (("low", count.low), ("best", count.best), ("high", count.high))
        number = ", ".join(f"{name} {end}" for name, end in ends if end is not None)
    return f"{number} (“{count.said}”)" if count.said else number


def passage_words(passage: Passage) -> str:
    """Where a passage is, and what of its words is quoted.

    Examples
    --------
    >>> passage_words(Passage(document="ab" * 32, start=7, end=19, digest="cd" * 32, quote="No."))
    'characters 7 to 19 of document abababababab, words cdcdcdcdcdcd (“No.”)'
    """
    document, digest = passage.document[:_DIGITS], passage.digest[:_DIGITS]
    place = f"characters {passage.start} to {passage.end} of document {document}"
    return f"{place}, words {digest}" + (f" (“{passage.quote}”)" if passage.quote else "")


def spaced(name: str) -> str:
    """The name of a field as people read it."""
    return name.replace("_", " ")


def _unordered(value: Any) -> object:
    return tuple(sorted(map(repr, value))) if isinstance(value, tuple) else value


def _words(name: str, value: Any, groups: Groups) -> str:  # noqa: PLR0911 - a table of cases
    match value:
        case tuple():
            return "; ".join(_words(name, one, groups) for one in value)
        case Period():
            return f"{value.text} ({value.edtf})"
        case Count():
            return count_words(value)
        case RolePeriod():
            return _role(value)
        case Passage():
            return passage_words(value)
        case int() | float() if name.endswith("_m"):
            return f"{value} m"
        case str() if name in _GROUP_KEYS and value in groups:
            short = groups[value].short
            return short if short.casefold() == value else f"{short} ({value})"
    if name in _GRADES:
        return f"{value}: {_GRADES[name][value]}"
    label = _TABLES.get(name, {}).get(value)
    return label or (spaced(value) if name in {"basis", "role"} else str(value))


def _role(role: RolePeriod) -> str:
    since = f" from {role.since.edtf}" if role.since else ""
    until = f" until {role.until.edtf}" if role.until else ""
    return f"{spaced(role.role)}{since}{until}"


def _position(location: Location, country: Country) -> str:
    match location.off:
        case "not_stated" | "withdrawn":
            return location.off.replace("_", " ")
        case "outside":
            return f"{location.name or location.query}, outside {country.name}"
        case "unknown":
            several = location.status == "ambiguous"
            return "fits several places, not mapped" if several else "not found, not mapped"
        case "country":
            return f"{country.name} as a whole"
    label = next(m.label for m in vocabulary.PRECISIONS if m.key == location.precision)
    inside = listed([country.provinces[code].name for code in location.provinces])
    point = (
        ""
        if location.lat is None
        else f"{location.lat}, {location.lon} within {location.uncertainty_m:g} m"
    )
    inferred = "inferred" if location.status == "inferred" else ""
    return "; ".join(
        part for part in (location.name, label.lower(), f"in {inside}", point, inferred) if part
    )
