"""The entries of a dossier with the fields emptied that a profile hides.

A hidden field has its default, as if nobody had written it. Speakers without a name remain
different people, so that what follows from who says what does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from geo.dossier.records import Claim, Group, Record, SpeakerRole, Statement
from geo.handover.profiles import PART_NAMES, Profile
from geo.wording.vocabulary import ROLES

ENTRY = TypeVar("ENTRY", bound=BaseModel)


def hide_fields(entry: ENTRY, profile: Profile) -> ENTRY:
    """Return an entry with the fields emptied that a profile hides, in all of its parts.

    Examples
    --------
    >>> from geo.handover.profiles import PUBLIC
    >>> from geo.dossier.records import Where
    >>> hide_fields(Where(place="the north", because="As told by a neighbour."), PUBLIC).because
    """
    if profile.shows is None:
        return entry
    part = _part_of(entry)
    changes: dict[str, Any] = {}
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        if not profile.is_shown(part, name):
            if not field.is_required():
                changes[name] = field.get_default(call_default_factory=True)
        elif isinstance(value, tuple) and any(isinstance(one, tuple(PART_NAMES)) for one in value):
            changes[name] = tuple(hide_fields(one, profile) for one in value)
    return entry.model_copy(update=changes)


def hide_names(record: Record, groups: Mapping[str, Group], profile: Profile) -> Record:
    """Return a record whose speakers are the words for their roles, if a profile hides names.

    A speaker that is a group of the dossier keeps its key. Two speakers of one role are numbered.
    """
    if profile.speakers:
        return record
    words = role_words(record.claims, groups)
    claims = tuple(
        claim.model_copy(update={"by": words[claim.by, claim.role]})
        if claim.by not in groups
        else claim
        for claim in record.claims
    )
    return record.model_copy(update={"claims": claims})


def hide_speaker(statement: Statement, groups: Mapping[str, Group], profile: Profile) -> Statement:
    """Return a general statement whose speaker is the word for its role, as in a record."""
    if profile.speakers or statement.by in groups:
        return statement
    return statement.model_copy(update={"by": ROLES[statement.role]})


def role_words(claims: Iterable[Claim], groups: Mapping[str, Group]) -> dict[tuple[str, str], str]:
    """The words that replace the names of the speakers of a record.

    Returns
    -------
    dict
        The words by name and role: "witness", or "witness 1" and "witness 2" for two of them. A
        speaker with two roles has the word of the first one in both.

    Examples
    --------
    >>> one = dict(role="witness", says="occurrence", text="Saw it.", source="s")
    >>> two = [Claim(by="Ali", **one), Claim(by="Omar", **one)]
    >>> list(role_words(two, {}).values()), list(role_words(two[:1], {}).values())
    (['witness 1', 'witness 2'], ['witness'])
    """
    roles: dict[str, SpeakerRole] = {}
    pairs = [(claim.by, claim.role) for claim in claims if claim.by not in groups]
    for by, role in pairs:
        roles.setdefault(by, role)
    words = {}
    for by, role in roles.items():
        same = [other for other, its in roles.items() if its == role]
        words[by] = f"{ROLES[role]} {same.index(by) + 1}" if len(same) > 1 else ROLES[role]
    return {(by, role): words[by] for by, role in pairs}


def keyed(entries: Mapping[str, ENTRY], keys: Iterable[str], profile: Profile) -> dict[str, ENTRY]:
    """The entries of these keys in their own order, without what a profile hides.

    Returns
    -------
    dict
        Entries by key.
    """
    wanted = set(keys)
    return {key: hide_fields(one, profile) for key, one in entries.items() if key in wanted}


def hidden_names(records: Iterable[Record], groups: Mapping[str, Group]) -> frozenset[str]:
    """The names of all speakers who are not a group of the dossier."""
    return frozenset(
        claim.by for record in records for claim in record.claims if claim.by not in groups
    )


def _part_of(entry: BaseModel) -> str:
    """The part that a model describes; the nearest class that is listed decides."""
    return next(PART_NAMES[kind] for kind in type(entry).__mro__ if kind in PART_NAMES)
