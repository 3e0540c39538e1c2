r"""Edits of a dossier: values that say what becomes of which entry, from which state of it.

An edit is applied to the bytes of the file. Only the lines of its entry are altered, and of those
only the ones whose meaning changes; the result is read again and checked before it is returned.
Nothing published is deleted: a record is *withdrawn*, with a reason, and keeps its id.

Examples
--------
>>> data = b"incidents:\n- id: panjshir-2022\n  title: Fighting  # as reported\n"
>>> made = Edit.to(data, "incidents", "panjshir-2022", {"title": "A raid"}, by="A. Analyst")
>>> print(applied(data, made, check=False).decode(), end="")
incidents:
- id: panjshir-2022
  title: A raid  # as reported
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from geo.dossier.entries import Entries, Section, digest_of_entry
from geo.dossier.intake import Reading, read_dossier
from geo.dossier.yaml_rewriting import same
from geo.errors import ConflictError, EditError, Problem

_NUMBER: Final = re.compile(r" \d+$")
"""Ends the name of a record that has no valid id, such as ``incident 2``."""


@dataclass(frozen=True)
class Edit:
    """What becomes of one entry.

    Parameters
    ----------
    section
        The section of the dossier that holds it.
    key
        The id of an incident or presence claim, the key of any other entry.
    base
        The digest of the entry from which the edit was made; empty, if it makes the entry.
    old, new
        The values of the fields that differ, before and after; ``None`` is a field not given.
    by
        Who makes the edit.
    at
        When, with its time zone.
    why
        The reason, where one is given.
    """

    section: Section
    key: str
    base: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    by: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    why: str = ""

    def __post_init__(self) -> None:
        """Hold the fields so that nobody alters them."""
        for name in ("old", "new"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @classmethod
    def to(
        cls, data: bytes, section: Section, key: str, fields: Mapping[str, Any], *, by: str,
        why: str = "",
    ) -> Edit:  # fmt: skip
        """Make the edit that gives an entry new values.

        Parameters
        ----------
        data
            The bytes of the file as they are now.
        fields
            The new values as plain YAML: text, numbers, lists and mappings; ``None`` takes a field
            away. Fields that have their value already are left out of the edit.

        Raises
        ------
        EditError
            If the file has no such entry or cannot be read.
        """
        entry = _present(data, section, key)
        new = {name: one for name, one in fields.items() if not same(entry.get(name), one)}
        old = {name: entry.get(name) for name in new}
        return cls(section, key, digest_of_entry(entry), old, new, by, why=why)

    @classmethod
    def creating(
        cls, section: Section, entry: Mapping[str, Any], *, by: str, why: str = ""
    ) -> Edit:
        """Make the edit that adds an entry; its ``id`` is its key.

        Raises
        ------
        EditError
            If it has no id.
        """
        key = entry.get("id")
        if not isinstance(key, str) or not key:
            msg = f"{section}: an entry needs an id, such as attack-2022"
            raise EditError(msg)
        given = {name: one for name, one in entry.items() if one is not None}
        return cls(section, key, "", dict.fromkeys(given), given, by, why=why)

    @classmethod
    def duplicating(
        cls, data: bytes, section: Section, key: str, to: str, *, by: str, why: str = ""
    ) -> Edit:
        """Make the edit that adds a copy of an entry under another id; nobody has approved it."""
        copied = _present(data, section, key) | {"id": to, "approved": None}
        return cls.creating(section, copied, by=by, why=why)

    @classmethod
    def withdrawing(cls, data: bytes, section: Section, key: str, why: str, *, by: str) -> Edit:
        """Make the edit that withdraws a record, for a reason that readers see.

        Raises
        ------
        EditError
            If there is no reason, or the section has no records.
        """
        if section not in {"incidents", "presence"}:
            msg = f"{section}: only incidents and presence claims can be withdrawn"
            raise EditError(msg)
        if not why.strip():
            msg = f"{key}: say why the record is withdrawn; readers of the map see the reason"
            raise EditError(msg)
        fields = {"withdrawn_because": why.strip()}
        return cls.to(data, section, key, fields, by=by, why=why.strip())

    @property
    def creates(self) -> bool:
        """Whether it makes the entry."""
        return not self.base

    @property
    def removes(self) -> bool:
        """Whether it takes back the making of the entry."""
        return "id" in self.new and self.new["id"] is None

    def undone(self, data: bytes, *, by: str, why: str = "") -> Edit:
        """Make the edit that gives the fields of this one their earlier values.

        Other fields that have changed since keep what they are now.

        Raises
        ------
        ConflictError
            If one of the fields has changed since: undoing would lose that.
        EditError
            If the entry is no longer there, or undoing would delete what was changed later.
        """
        if self.removes:
            return Edit.creating(self.section, self.old, by=by, why=why)
        entry = _present(data, self.section, self.key)
        changed = {name for name, one in self.new.items() if not same(entry.get(name), one)}
        changed |= entry.keys() - self.new.keys() if self.creates else set()
        # The names of those who edited other fields since stay.
        names = [name for name in self.new if name not in {"written_by"} & changed]
        later = changed - {"written_by"}
        if later:
            msg = f"{self.key}: changed again since: {', '.join(sorted(later))}; restore by hand"
            raise ConflictError(msg)
        was, now = ({name: one[name] for name in names} for one in (self.new, self.old))
        return Edit(self.section, self.key, digest_of_entry(entry), was, now, by, why=why)


def applied(data: bytes, edit: Edit, *, check: bool = True) -> bytes:
    """Apply an edit to the bytes of a file.

    Parameters
    ----------
    check
        Whether to refuse an edit after which the dossier has an error that it has not now.

    Returns
    -------
    bytes
        The whole file: every line that the edit does not concern is as it was.

    Raises
    ------
    ConflictError
        If the entry is no longer as it was when the edit was made.
    EditError
        If the file cannot be changed, or with `check` the edit is not valid; the message names
        every problem.
    """
    entries = Entries.of(data)
    entry = entries.entry(edit.section, edit.key)
    if digest_of_entry(entry) != edit.base if entry is not None else bool(edit.base):
        what = "is no longer there" if entry is None else "has changed"
        if entry is not None and edit.creates:
            what = "exists already"
        msg = f"{edit.section}: {edit.key!r} {what}; look at it, then edit it again"
        raise ConflictError(msg)
    after = entry_after(entry or {}, edit)
    result = entries.with_entry(edit.section, edit.key, after).data()
    if check:
        check_new_errors(data, result)
    return result


def _present(data: bytes, section: Section, key: str) -> dict[str, Any]:
    entries = Entries.of(data)
    entry = entries.entry(section, key)
    if entry is None:
        known = ", ".join(entries.keys(section)[:5]) or "none"
        msg = f"{section}: there is no entry {key!r}; the first ones are: {known}"
        raise EditError(msg)
    return entry


def entry_after(entry: Mapping[str, Any], edit: Edit) -> dict[str, Any] | None:
    """Return what an entry says after an edit; ``None`` if the edit takes it back.

    Returns
    -------
    dict or None
        Its fields, without those that have no value.

    Examples
    --------
    >>> made = Edit.creating("incidents", {"id": "raid-2022", "title": "A raid"}, by="A. Analyst")
    >>> entry_after({"note": None}, made)
    {'id': 'raid-2022', 'title': 'A raid'}
    """
    if edit.removes:
        return None
    return {name: one for name, one in {**entry, **edit.new}.items() if one is not None}


def check_new_errors(before: bytes, after: bytes) -> None:
    """Refuse a version with errors that the one before it has not: others are not this edit's.

    Raises
    ------
    EditError
        With all of them.
    """
    if added := new_errors([read_dossier(before)], read_dossier(after)):
        raise EditError("\n".join(map(str, added)))


def new_errors(before: Iterable[Reading], after: Reading) -> tuple[Problem, ...]:
    """Return the errors of a version that none of the versions before it has.

    Returns
    -------
    tuple
        In their order in the file. An error is the same if its record and its message are; its
        line may have moved, and with it the number of a record without a valid id.
    """
    known: Counter[tuple[str, str]] = Counter()
    for reading in before:
        known |= Counter(map(_sign, reading.errors))
    found = []
    for one in after.errors:
        if not known[_sign(one)]:
            found.append(one)
        known[_sign(one)] -= known[_sign(one)] > 0
    return tuple(found)


def _sign(error: Problem) -> tuple[str, str]:
    return _NUMBER.sub("", error.record), error.message
