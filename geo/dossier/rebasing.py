"""An edit of an entry that others have changed meanwhile: merged field by field, or a conflict.

Where the fields of the edit still have the values that they had when it was made, the edit holds
for the entry as it is now. A field that both sides gave another value is a *clash*: nothing is
saved, and whoever saves is shown both values with their authors and times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from geo.dossier.editing import Edit
from geo.dossier.entries import Entries, Section, digest_of_entry
from geo.dossier.history import FieldEdit, History
from geo.dossier.yaml_rendering import in_flow
from geo.dossier.yaml_rewriting import same
from geo.errors import ConflictError

_SHOWN: Final = 200
"""Letters of a value in a message; a claim as long as that is recognised by its beginning."""
_MOST: Final = 20
"""Clashes that a message lists; more than an entry has fields, but a file may name any fields."""


@dataclass(frozen=True)
class FieldClash:
    """A field to which two sides gave different values.

    Parameters
    ----------
    old
        Its value when the edit was made; ``None`` is a field not given.
    theirs, mine
        Its value in the file now, and the one that the edit gives it.
    their_by, their_at
        Who gave it the value that it has, and when, where the log says so; an empty name, if it
        was edited outside the app.
    by, at
        Who made the edit, and when.
    """

    section: Section
    key: str
    field: str
    old: Any
    theirs: Any
    mine: Any
    their_by: str | None
    their_at: datetime | None
    by: str
    at: datetime

    def __str__(self) -> str:
        theirs = f"{_shown(self.theirs)} ({_author(self.their_by, self.their_at)})"
        mine = f"{_shown(self.mine)} ({_author(self.by, self.at)})"
        return f"{self.field}: {theirs}; yours: {mine}"


class FieldConflictError(ConflictError):
    """Somebody else has changed the fields that an edit changes.

    Parameters
    ----------
    clashes
        The fields, each with both values.
    """

    def __init__(self, message: str, clashes: Sequence[FieldClash]) -> None:
        self.clashes = tuple(clashes)
        super().__init__(message)


def rebased(data: bytes, edit: Edit, history: History | None = None) -> Edit:
    r"""Make an edit again from the entry as it is now.

    Parameters
    ----------
    data
        The bytes of the file as they are now.
    history
        The log of the file, by which clashes name who made the other change.

    Returns
    -------
    Edit
        The edit itself, if its entry has not changed; else the one that gives its fields their
        new values, without those that have them already.

    Raises
    ------
    FieldConflictError
        If a field has a value that is neither the earlier nor the new one; or if the edit makes
        an entry that exists, or takes back one that has changed.
    ConflictError
        If the entry is no longer there.
    EditError
        If the file cannot be read.

    Examples
    --------
    >>> data = b"incidents:\n- id: raid-2022\n  title: A raid\n  when: 2022-05\n"
    >>> mine = Edit.to(data, "incidents", "raid-2022", {"when": "2022-06"}, by="A. Analyst")
    >>> dict(rebased(data.replace(b"raid\n", b"large raid\n"), mine).new)
    {'when': '2022-06'}
    >>> rebased(data.replace(b"2022-05", b"2022-07"), mine)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    geo.dossier.rebasing.FieldConflictError: incidents: 'raid-2022' has changed since you began...
    when: 2022-07 (author not recorded); yours: 2022-06 (A. Analyst, ...)
    """
    entry = Entries.of(data).entry(edit.section, edit.key)
    if entry is None:
        if edit.creates:
            return edit
        msg = f"{edit.section}: {edit.key!r} is no longer there; look at it, then edit it again"
        raise ConflictError(msg)
    if digest_of_entry(entry) == edit.base:
        return edit
    # An entry that is made or taken back is so as a whole.
    whole = edit.creates or edit.removes
    names = dict.fromkeys([*edit.new, *(entry if whole else ())])
    if whole:
        # It follows from the other fields, and is not in the edit of whoever makes an entry.
        names.pop("written_by", None)
    clashes = [
        _clash(edit, name, entry.get(name), history)
        for name in names
        if not same(entry.get(name), edit.new.get(name))
        and (edit.creates or not same(entry.get(name), edit.old.get(name)))
    ]
    if clashes:
        raise FieldConflictError(_message(edit, clashes), clashes)
    new = {name: one for name, one in edit.new.items() if not same(entry.get(name), one)}
    old = {name: entry.get(name) for name in new}
    return replace(edit, base=digest_of_entry(entry), old=old, new=new)


def _clash(edit: Edit, name: str, theirs: Any, history: History | None) -> FieldClash:
    other = _last_edit(edit, name, theirs, history)
    return FieldClash(
        edit.section, edit.key, name, edit.old.get(name), theirs, edit.new.get(name),
        None if other is None else other.by, None if other is None else other.at, edit.by, edit.at,
    )  # fmt: skip


def _last_edit(edit: Edit, name: str, value: Any, history: History | None) -> FieldEdit | None:
    """Find who gave a field the value that it has now."""
    found = history.of(edit.section, edit.key) if history is not None else ()
    of_field = [one for one in found if one.field == name]
    while of_field and of_field[-1].merged_by and not same(of_field[-1].new, value):
        # A change of another copy that did not become part of this one.
        of_field.pop()
    return of_field[-1] if of_field and same(of_field[-1].new, value) else None


def _message(edit: Edit, clashes: Sequence[FieldClash]) -> str:
    what = "has changed since you began"
    if edit.creates:
        what = "exists already; give yours another id, or edit the one that exists"
    do = "nothing was saved. Compare the values below, then edit it again"
    if edit.creates:
        do = "nothing was saved"
    more = [f"and {len(clashes) - _MOST} more fields"] if len(clashes) > _MOST else []
    head = f"{edit.section}: {edit.key!r} {what}; {do}"
    return "\n".join([head, *map(str, clashes[:_MOST]), *more])


def _shown(value: Any) -> str:
    if value is None:
        return "not given"
    text = in_flow(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _author(by: str | None, at: datetime | None) -> str:
    if by is None or at is None:
        return "author not recorded"
    when = at.astimezone(UTC)
    time = f"{when.day} {when:%B %Y, %H:%M} UTC"
    return f"{by}, {time}" if by else f"edited outside the app, noticed {time}"
