"""What changed from one version of the data to another, field by field.

Two dossiers that have been read and located are compared by content: records, sources and groups
by their ids, claims and places by what they have in common. The order of a file, its formatting
and its comments do not count. A record may have changed in several ways; every changed field is
listed under exactly one of them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel

from geo.changes.comparing import (
    CHANGE_KINDS,
    ChangeKind,
    ComparedVersion,
    FieldChange,
    compare_parts,
    compare_records,
    differences,
)
from geo.changes.fields import fields_of
from geo.changes.pairing import pair
from geo.dossier.records import (
    REVIEW_FIELDS,
    Assessment,
    Group,
    Incident,
    Presence,
    Source,
    Statement,
)
from geo.table.workspace import Workspace
from geo.text import counted

_LOG: Final = logging.getLogger(__name__)
EntryKind = Literal["incident", "presence", "source", "group", "statement", "assessment", "dossier"]

KIND_NAMES: Final[Mapping[EntryKind, str]] = {
    "incident": "incident",
    "presence": "presence claim",
    "source": "source",
    "group": "group",
    "statement": "statement",
    "assessment": "assessment",
    "dossier": "heading",
}
MEANINGS: Final[Mapping[ChangeKind, str]] = {
    "added": "New: not in the earlier version.",
    "removed": "In the earlier version only; no reason is given.",
    "unreadable": "Also in the new version, where an error makes it unreadable.",
    "readable again": "Also in the earlier version, where an error made it unreadable.",
    "renamed": "Only its id has changed.",
    "withdrawn": "Withdrawn, with a reason; the record keeps its id.",
    "restored": "No longer withdrawn.",
    "refuted": "Now refuted.",
    "no longer refuted": "No longer refuted.",
    "disputed": "Now disputed.",
    "no longer disputed": "No longer disputed.",
    "downgraded": "Lower verification status than before.",
    "upgraded": "Higher verification status than before.",
    "re-placed": "A place or its precision has changed.",
    "corrected": "Other fields have changed.",
}

_WORDS: Final[Mapping[str, str]] = {"added": "new"}
"""Kinds of change that people read under another word than programs."""

_PARTS: Final = frozenset(
    {"sources", "groups", "statements", "assessments", "incidents", "presence"}
)
_ASSESSMENT_KEYS: Final = (("about", "source", "by"), ("about", "source"), ("text",))

T = TypeVar("T", bound=BaseModel)
_Compare = Callable[[ComparedVersion, ComparedVersion, Any, Any], list[FieldChange]]


def word_of(kind: str) -> str:
    """A kind of change as people read it, on every page, in the map and on the command line.

    Examples
    --------
    >>> word_of("added"), word_of("re-placed")
    ('new', 're-placed')
    """
    return _WORDS.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Change:
    """A changed record, source, group, statement or assessment, or the changed heading."""

    id: str
    kind: EntryKind
    title: str
    fields: tuple[FieldChange, ...]

    @property
    def change(self) -> tuple[ChangeKind, ...]:
        """The ways in which it changed, the most serious first."""
        changes = {field.change for field in self.fields}
        return tuple(kind for kind in CHANGE_KINDS if kind in changes)

    def to_json(self) -> dict[str, Any]:
        """The change as ``incident-map diff --format json`` prints it.

        Returns
        -------
        dict
            ``id``, ``kind``, ``change`` (a list of the ways in which it changed), and ``fields``,
            a list of dicts with ``field``, ``part``, ``old``, ``new``, ``change`` and ``note``.
        """
        names = ("field", "part", "old", "new", "change", "note")
        fields = [{name: getattr(field, name) for name in names} for field in self.fields]
        return {"id": self.id, "kind": self.kind, "change": list(self.change), "fields": fields}


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed: records first, the heading last.

    Parameters
    ----------
    entries
        What changed, in the order of the new file, followed by what was removed.
    complete
        Whether both files could be read in full. If not, the absence of a change proves nothing.
    """

    entries: tuple[Change, ...]
    complete: bool = True

    @property
    def records(self) -> tuple[Change, ...]:
        """The incidents and presence claims among the entries."""
        return tuple(entry for entry in self.entries if entry.kind in {"incident", "presence"})

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The entries that changed in this way."""
        return tuple(entry for entry in self.entries if kind in entry.change)

    def say(self) -> str:
        """The counts in one line.

        Examples
        --------
        >>> note = FieldChange("note", None, "Seen.")
        >>> moved = FieldChange("position", "a", "b", "re-placed", note="coarser")
        >>> Changes((Change("x-1", "incident", "X", (note, moved)),)).say()
        '1 record: 1 re-placed, 1 corrected'
        >>> Changes((), complete=False).say()
        'no changes; not all of both versions could be read'
        """
        parts = [_count("record", self.records)]
        for kind in ("source", "group", "statement", "assessment", "dossier"):
            found = [entry for entry in self.entries if entry.kind == kind]
            parts.append(_count(KIND_NAMES[kind], found))
        said = "; ".join(part for part in parts if part) or "no changes"
        return said if self.complete else f"{said}; not all of both versions could be read"


def changes(old: Workspace, new: Workspace) -> Changes:
    """Compare two versions of the data.

    Notes
    -----
    If one id is missing and another is new, with everything else equal, the entry is *renamed*. If
    an id is missing because its entry in the new file has an error, it is *unreadable*, not
    *removed*.

    Raises
    ------
    IntakeError
        If nothing of a file could be read: everything in the other would seem added or removed.
    """
    before, after = ComparedVersion(old), ComparedVersion(new)
    was, now = before.dossier, after.dossier
    found = (
        *_entries(before, after, before.records, after.records, compare_records),
        *_entries(before, after, was.sources, now.sources, compare_parts),
        *_entries(before, after, was.groups, now.groups, compare_parts),
        *_entries(before, after, was.statements, now.statements, compare_parts),
        *_assessments(before, after),
        *_heading(before, after),
    )
    _LOG.debug("%s, %s: %d changes", old.reading.file, new.reading.file, len(found))
    return Changes(found, complete=not before.faulty and not after.faulty)


def only_changed(version: Workspace, difference: Changes) -> Workspace:
    """The new version with only its changed records, for a map of them.

    A withdrawn record is not among them, whatever else changed in it: it is listed and no longer
    drawn.
    """
    changed = {entry.id for entry in difference.records}
    dossier = version.reading.dossier
    kept = {r.id for r in dossier.records if r.id in changed and r.withdrawn_because is None}
    lists = {
        "incidents": tuple(record for record in dossier.incidents if record.id in kept),
        "presence": tuple(record for record in dossier.presence if record.id in kept),
    }
    reading = replace(version.reading, dossier=dossier.model_copy(update=lists), left_out=0)
    return Workspace(version.country, reading, version.located.only(kept))


def _entries(
    before: ComparedVersion,
    after: ComparedVersion,
    old: Mapping[str, T],
    new: Mapping[str, T],
    compare: _Compare,
) -> Iterator[Change]:
    renamed = _renamed(before, after, old, new, compare)
    earlier = {now: was for was, now in renamed.items()}
    for key, thing in new.items():
        kind, title = _kind(thing), _title(thing)
        if key in earlier:
            yield Change(key, kind, title, (FieldChange("id", earlier[key], key, "renamed"),))
        elif key not in old:
            how: ChangeKind = "readable again" if _lost(before, kind, key) else "added"
            yield _whole(key, thing, compare(before, after, None, thing), how)
        elif fields := compare(before, after, old[key], thing):
            yield Change(key, kind, title, tuple(fields))
    for key, thing in old.items():
        if key not in new and key not in renamed:
            how = "unreadable" if _lost(after, _kind(thing), key) else "removed"
            yield _whole(key, thing, compare(before, after, thing, None), how)


def _renamed(
    before: ComparedVersion,
    after: ComparedVersion,
    old: Mapping[str, T],
    new: Mapping[str, T],
    compare: _Compare,
) -> dict[str, str]:
    """The new id by the old one, for entries in which nothing else differs."""
    fresh: dict[object, list[str]] = {}
    for key, thing in new.items():
        if key not in old:
            fresh.setdefault(_content(thing), []).append(key)
    found: dict[str, str] = {}
    for key, thing in old.items():
        alike = fresh.get(_content(thing)) if key not in new else None
        # Their status or places may still differ: those depend on more than the record.
        if alike and not compare(before, after, thing, new[alike[0]]):
            found[key] = alike.pop(0)
    return found


def _content(thing: BaseModel) -> object:
    """The content of an entry without its id, whatever the order of its lists."""
    fields = fields_of(thing, {}, without={"id"} | REVIEW_FIELDS)
    return tuple((name, field.value) for name, field in fields.items())


def _lost(side: ComparedVersion, kind: EntryKind, key: str) -> bool:
    """Whether the file has an entry with this id that could not be read."""
    return f"{KIND_NAMES[kind]} {key!r}" in side.faulty


def _whole(key: str, thing: object, fields: Iterable[FieldChange], how: ChangeKind) -> Change:
    """An entry that was added or removed; one that is added as withdrawn is both."""
    kept = (f if f.change == "withdrawn" else replace(f, change=how, note="") for f in fields)
    return Change(key, _kind(thing), _title(thing), tuple(kept))


def _assessments(before: ComparedVersion, after: ComparedVersion) -> Iterator[Change]:
    def itself(one: Assessment) -> Assessment:
        return one

    old, new = before.dossier.assessments, after.dossier.assessments
    pairs, gone, come = pair(old, new, itself, _ASSESSMENT_KEYS)
    ends: list[tuple[Assessment | None, Assessment | None, ChangeKind]] = [
        *((was, now, "corrected") for was, now in pairs),
        *((None, now, "added") for now in come),
        *((was, None, "removed") for was in gone),
    ]
    for was, now, how in ends:
        assessment = now or was
        fields = differences(
            fields_of(was, before.dossier.groups), fields_of(now, after.dossier.groups)
        )
        if fields and assessment is not None:
            key = "+".join(assessment.about)
            kept = tuple(replace(field, change=how) for field in fields)
            yield Change(key, "assessment", assessment.by, kept)


def _heading(before: ComparedVersion, after: ComparedVersion) -> Iterator[Change]:
    old, new = (fields_of(side.dossier, {}, without=_PARTS) for side in (before, after))
    if fields := differences(old, new):
        yield Change("dossier", "dossier", after.dossier.title, tuple(fields))


def _kind(thing: object) -> EntryKind:
    if isinstance(thing, Incident | Presence):
        return thing.kind
    if isinstance(thing, Statement):
        return "statement"
    return "source" if isinstance(thing, Source) else "group"


def _title(thing: object) -> str:
    if isinstance(thing, Group):
        return thing.name
    if isinstance(thing, Statement):
        return thing.text
    return thing.title if isinstance(thing, Incident | Presence | Source) else ""


def _count(word: str, entries: Iterable[Change]) -> str:
    found = list(entries)
    if not found:
        return ""
    ways = Counter(way for entry in found for way in entry.change)
    said = ", ".join(f"{ways[way]} {word_of(way)}" for way in CHANGE_KINDS if ways[way])
    return f"{counted(len(found), word)}: {said}"
