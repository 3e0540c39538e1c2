"""One record, source or group against its earlier version: which fields differ, and how.

Claims and places have no ids; :mod:`geo.changes.pairing` matches them with their earlier versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from geo.changes.fields import (
    Field,
    claim_words,
    fields_of,
    position_field,
    spaced,
    stance_field,
    status_field,
)
from geo.changes.pairing import pair
from geo.dossier.evidence import Stance
from geo.dossier.records import (
    EMPTY,
    REVIEW_FIELDS,
    Claim,
    Dossier,
    Group,
    Record,
    Source,
    Statement,
    StatusKey,
    Where,
)
from geo.errors import IntakeError
from geo.places.locations import Location, Precision
from geo.table.workspace import Workspace
from geo.text import listed
from geo.wording.sentences import speaker

ChangeKind = Literal[
    "added", "removed", "unreadable", "readable again", "renamed", "withdrawn", "restored",
    "refuted", "no longer refuted", "disputed", "no longer disputed", "downgraded", "upgraded",
    "re-placed", "corrected",
]  # fmt: skip
CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = get_args(ChangeKind)

ReferencedEntry = Source | Group | Statement

_LADDER: Final[tuple[StatusKey, ...]] = ("claimed_only", "reported", "corroborated", "verified")
"""The verification statuses that can be ordered, the weakest first."""
_POINTS: Final[frozenset[Precision]] = frozenset({"exact", "settlement", "near"})
_AREAS: Final[tuple[Precision, ...]] = ("district", "province", "region", "country", "unknown")
_APART: Final = frozenset({"id", "where", "claims", "status"}) | REVIEW_FIELDS
"""Fields of a record that are not compared field by field, or say nothing of what is reported."""
_OF_THE_STATEMENT: Final = frozenset(Statement.model_fields) - {"role"}
"""Fields that a claim takes from a general statement, which is compared on its own."""
_CLAIM_KEYS: Final = (
    ("statement",), ("by", "source", "says"), ("by", "source"), ("by", "text"), ("text",),
)  # fmt: skip
_PLACE_KEYS: Final = (("place",), ("means",), ("lat", "lon"))


class ComparedVersion:
    """A version prepared for comparison: its records by id, with their places.

    Raises
    ------
    IntakeError
        If nothing of the file could be read: everything in the other would seem added or removed.
    """

    def __init__(self, version: Workspace) -> None:
        reading = version.reading
        if reading.dossier is EMPTY and reading.errors:
            raise IntakeError(str(reading.errors[0]))
        self.country = version.country
        self.dossier: Dossier = reading.dossier
        self.records: dict[str, Record] = {record.id: record for record in self.dossier.records}
        self.places = version.located.places
        self.evidence = version.located.evidence
        self.faulty = reading.rejected | {problem.record for problem in reading.errors}

    def status(self, record: Record) -> StatusKey:
        """The status of a record of this version."""
        return self.evidence[record.id].status


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its old and its new value in words.

    Parameters
    ----------
    field
        Its name in the file, such as ``when``; ``claim`` or ``place`` if a whole one was added or
        removed, ``position`` for where a place is drawn, ``standing`` for the stance of a claim
        towards the record.
    old, new
        ``None`` where nothing is stated.
    change
        The kind of change that it is part of.
    part
        The claim or place that it belongs to; empty for the record itself.
    note
        For a position: whether it became finer or coarser, and whether it is elsewhere.
    """

    field: str
    old: str | None
    new: str | None
    change: ChangeKind = "corrected"
    part: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The field as readers see it, with the part that it belongs to.

        Examples
        --------
        >>> FieldChange("near_m", "100 m", None, part="place Bazarak").name
        'near m, place Bazarak'
        """
        said = f"{spaced(self.field)}, {self.part}" if self.part else spaced(self.field)
        return f"{said}: {self.note}" if self.note else said


def compare_parts(
    before: ComparedVersion,
    after: ComparedVersion,
    old: ReferencedEntry | None,
    new: ReferencedEntry | None,
) -> list[FieldChange]:
    """What differs between two sources, groups or statements; ``None`` has no fields."""
    return differences(fields_of(old, before.dossier.groups), fields_of(new, after.dossier.groups))


def compare_records(
    before: ComparedVersion, after: ComparedVersion, old: Record | None, new: Record | None
) -> list[FieldChange]:
    """What differs between two records, whatever their ids; the most serious change first."""
    moved = _status_move(before, after, old, new)
    own = (
        replace(field, change=_kind_of(field, moved))
        for field in differences(_own_fields(old, before), _own_fields(new, after))
    )
    found = [*own, *_places(before, after, old, new), *_claims(before, after, old, new)]
    return sorted(found, key=lambda field: CHANGE_KINDS.index(field.change))


def differences(was: Mapping[str, Field], now: Mapping[str, Field]) -> list[FieldChange]:
    """The fields whose values differ, each with both values in words that also differ.

    Examples
    --------
    >>> differences({"by": Field("nrf", "NRF")}, {"by": Field("NRF", "NRF")})[0].new
    'NRF [NRF]'
    """
    found: list[FieldChange] = []
    for name in dict.fromkeys((*was, *now)):
        old, new = was.get(name), now.get(name)
        if old is None or new is None:
            was_said, is_said = (None if one is None else one.words for one in (old, new))
            found.append(FieldChange(name, was_said, is_said))
        elif old.value != new.value:
            alike = old.words == new.words
            was_said, is_said = (
                f"{one.words} [{one.value}]" if alike else one.words for one in (old, new)
            )
            found.append(FieldChange(name, was_said, is_said))
    return found


def _own_fields(record: Record | None, side: ComparedVersion) -> dict[str, Field]:
    if record is None:
        return {}
    called = {"incident": "incident", "presence": "presence claim"}[record.kind]
    return {
        "kind": Field(record.kind, called),
        **fields_of(record, side.dossier.groups, without=_APART),
        "status": status_field(side.status(record), by_hand=record.status is not None),
    }


def _kind_of(field: FieldChange, moved: ChangeKind) -> ChangeKind:
    if field.field in {"status", "status_because"}:
        return moved
    if field.field == "withdrawn_because" and None in {field.old, field.new}:
        return "withdrawn" if field.old is None else "restored"
    return "corrected"


def _status_move(
    before: ComparedVersion, after: ComparedVersion, old: Record | None, new: Record | None
) -> ChangeKind:
    if old is None or new is None:
        return "corrected"
    return move_of(before.status(old), after.status(new))


def move_of(was: StatusKey, now: StatusKey) -> ChangeKind:
    """How a verification status changed: up or down the scale, or to and from a contested one.

    Examples
    --------
    >>> move_of("verified", "reported"), move_of("refuted", "disputed")
    ('downgraded', 'disputed')
    >>> move_of("disputed", "verified"), move_of("disputed", "disputed")
    ('no longer disputed', 'corrected')
    """
    if was == now:
        return "corrected"
    if now in {"refuted", "disputed"}:
        return "refuted" if now == "refuted" else "disputed"
    if was in {"refuted", "disputed"}:
        return "no longer refuted" if was == "refuted" else "no longer disputed"
    return "upgraded" if _LADDER.index(now) > _LADDER.index(was) else "downgraded"


def _claims(
    before: ComparedVersion, after: ComparedVersion, old: Record | None, new: Record | None
) -> Iterator[FieldChange]:
    pairs, gone, come = pair(
        _standing(old, before), _standing(new, after), lambda one: one[0], _CLAIM_KEYS
    )
    for (was, stood), (now, stands) in pairs:
        same = was.statement is not None and was.statement == now.statement
        apart = _OF_THE_STATEMENT if same else frozenset[str]()
        fields = differences(
            fields_of(was, before.dossier.groups, without=apart),
            fields_of(now, after.dossier.groups, without=apart),
        )
        if was.says == now.says:
            beside = {"standing": stance_field(stood)}, {"standing": stance_field(stands)}
            fields += differences(*beside)
        part = f"claim of {_heard(now, after)}"
        yield from (replace(field, part=part) for field in fields)
    for was, _ in gone:
        said = claim_words(was, before.dossier.groups)
        yield FieldChange("claim", said, None, part=_heard(was, before))
    for now, _ in come:
        said = claim_words(now, after.dossier.groups)
        yield FieldChange("claim", None, said, part=_heard(now, after))


def _standing(record: Record | None, side: ComparedVersion) -> list[tuple[Claim, Stance]]:
    return [] if record is None else list(side.evidence[record.id].claims)


def _heard(claim: Claim, side: ComparedVersion) -> str:
    return f"{speaker(claim, side.dossier.groups)} in {claim.source}"


_PlacePair = tuple[Where | None, Location]


def _places(
    before: ComparedVersion, after: ComparedVersion, old: Record | None, new: Record | None
) -> Iterator[FieldChange]:
    pairs, gone, come = pair(
        _place_pairs(old, before), _place_pairs(new, after), lambda one: one[0], _PLACE_KEYS
    )
    if len(gone) == len(come) == 1:
        pairs, gone, come = [*pairs, (gone[0], come[0])], [], []
    for was, now in pairs:
        yield from _one_place(before, after, was, now)
    for one in gone:
        if (words := _whole_place(one, before)) is not None:
            yield FieldChange("place", words, None, "re-placed")
    for one in come:
        if (words := _whole_place(one, after)) is not None:
            yield FieldChange("place", None, words, "re-placed")


def _whole_place(pair: _PlacePair, side: ComparedVersion) -> str | None:
    where, location = pair
    if where is None:
        return None
    return f"{where.place}: {position_field(location, side.country).words}"


def _one_place(
    before: ComparedVersion, after: ComparedVersion, old: _PlacePair, new: _PlacePair
) -> Iterator[FieldChange]:
    (where, was), (there, now) = old, new
    moved = differences(
        {"position": position_field(was, before.country)},
        {"position": position_field(now, after.country)},
    )
    if "withdrawn" in {was.off, now.off}:
        # The whole record was withdrawn or restored; its places did not move.
        moved = []
    how: ChangeKind = "re-placed" if moved else "corrected"
    part = f"place {now.query or was.query}"
    for field in moved:
        yield replace(field, change=how, part=part, note=direction(was, now))
    for field in differences(fields_of(where, {}), fields_of(there, {})):
        yield replace(field, change=how, part=part)


def _place_pairs(record: Record | None, side: ComparedVersion) -> list[_PlacePair]:
    """The places of a record; one that names none still has the position "not stated"."""
    if record is None:
        return []
    return list(zip(record.where or (None,), side.places[record.id], strict=True))


def direction(was: Location, now: Location) -> str:
    """Whether a place became finer or coarser, and whether it is elsewhere.

    Returns
    -------
    str
        ``finer`` or ``coarser``, ``elsewhere``, both joined by "and", or nothing.

    Examples
    --------
    >>> province = Location("P", "resolved", "P", "province", "province", ("AF-PAN",), "AF-PAN")
    >>> town = Location("B", "resolved", "B", "settlement", "settlement", ("AF-BAL",), lat=36.7)
    >>> direction(province, town), direction(province, province)
    ('finer and elsewhere', '')
    """
    old, new = _extent(was), _extent(now)
    size = "" if old == new else "finer" if new < old else "coarser"
    if was.provinces and now.provinces and size:
        elsewhere = not set(was.provinces) & set(now.provinces)
    else:
        elsewhere = _spot(was) != _spot(now) and not size
    return listed([word for word in (size, "elsewhere" if elsewhere else "") if word])


def _extent(location: Location) -> tuple[int, float]:
    """A sort key of how imprecise a location is, the finest first.

    Outside the country, then points by their radius in metres, then areas by their level and their
    number of provinces.
    """
    if location.off == "outside":
        return 0, 0.0
    if location.precision in _POINTS:
        return 1, location.uncertainty_m or 0.0
    return 2 + _AREAS.index(location.precision), float(len(location.provinces))


def _spot(location: Location) -> tuple[object, ...]:
    return (
        location.status == "outside",
        location.name,
        location.provinces,
        location.area,
        location.lat,
        location.lon,
    )
