"""Two copies of a dossier that were edited apart: what both began from, and whose edits are new.

Each copy has its own history log. A *version* is the bytes of a dossier, named by their SHA-256; a
log knows the versions that its dossier has had and those that were merged into it. The latest one
that both copies know is what both began from. Logs hold values, not layout: where the bytes of
that version are kept nowhere, it is written anew from the values, without comments, so that no
comment of either copy counts as removed.

The logs themselves are not woven into each other, because the chain of each would no longer hold.
A merge adds lines to our log, one for each entry, in which the edits of the other copy are, with
their authors, times and reasons (:class:`geo.dossier.history_lines.HistoryLine`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from geo.dossier.editing import Edit
from geo.dossier.entries import LISTS, SECTIONS, Entries, Section
from geo.dossier.history import History, edits_between
from geo.dossier.history_lines import (
    DossierEntries,
    HistoryLine,
    content_of,
    edit_json,
    sha256_of,
)
from geo.dossier.records import REVIEW_FIELDS
from geo.dossier.yaml_rendering import item, member
from geo.dossier.yaml_rewriting import same
from geo.text import same_person

MERGED: Final = "merged from another copy"
"""The reason of what a merge changed, where nobody gives one."""
_APPROVAL: Final = "approved"
"""The field in which a record says who has approved it."""
_NOTHING: Final = b"{}\n"
_OTHER: Final = object()
"""Stands for a value that one copy did not change; no value is equal to it."""
_COLUMN: Final = 2
"""Where entries begin, as in the dossier of the program."""


@dataclass(frozen=True)
class DossierCopy:
    """A copy of a dossier, with what its log says; without a log, nothing."""

    data: bytes
    history: History = field(default_factory=History)

    @property
    def digest(self) -> str:
        """Which version it is."""
        return sha256_of(self.data)


@dataclass(frozen=True)
class CommonVersion:
    """The version that two copies began from.

    Parameters
    ----------
    is_exact
        Whether these are its bytes; otherwise they say the same without its comments and layout,
        and without what no log holds, such as the title.
    """

    digest: str
    data: bytes
    is_exact: bool


@dataclass(frozen=True)
class CopyMerge:
    """What is saved when another copy has been merged.

    Parameters
    ----------
    ours, theirs
        The two copies that were merged.
    data
        The merged dossier.
    taken
        The edits of the other copy that our log does not have.
    """

    ours: bytes
    theirs: bytes
    data: bytes
    taken: tuple[Edit, ...] = ()

    def lines(self, by: str, why: str) -> tuple[HistoryLine, ...]:
        """Make the lines of our log, one for each entry that was edited there or has changed here.

        Returns
        -------
        tuple of HistoryLine
            One without an edit, if no entry has changed.
        """
        at, file, other = datetime.now(UTC), sha256_of(self.data), sha256_of(self.theirs)
        found = edits_between(content_of(self.ours), content_of(self.data), at, by, why or MERGED)
        edits = {(one.section, one.key): one for one in found}
        taken: dict[tuple[Section, str], list[Edit]] = {}
        for one in self.taken:
            taken.setdefault((one.section, one.key), []).append(one)
        places: Iterable[tuple[Section, str] | None] = dict.fromkeys([*edits, *taken]) or [None]
        return tuple(
            HistoryLine(
                "merge", file, edits.get(place) if place else None, at=at, why=why or MERGED,
                other=other, by=by, taken=tuple(taken.get(place, ())) if place else (),
            )
            for place in places
        )  # fmt: skip


def common_version(
    ours: DossierCopy, theirs: DossierCopy,
    kept: Mapping[str, Callable[[], bytes | None]] = MappingProxyType({}),
) -> CommonVersion | None:  # fmt: skip
    """Find the latest version that two copies have in common.

    Parameters
    ----------
    kept
        Versions of ours that are kept elsewhere, the oldest first: how to read the bytes of each,
        by its digest.

    Returns
    -------
    CommonVersion or None
        ``None`` if neither the logs nor what is kept tells.

    Examples
    --------
    >>> was, now = DossierCopy(b"title: A"), DossierCopy(b"title: B")
    >>> common_version(now, was, {was.digest: lambda: was.data}).is_exact
    True
    >>> common_version(now, was) is None
    True
    """
    known = {theirs.digest, *_versions(theirs.history)}
    order = dict.fromkeys([ours.digest, *reversed([*kept, *_versions(ours.history)])])
    for digest in order:
        if digest in known and (found := _read(digest, ours, theirs, kept)) is not None:
            return found
    return None


def new_edits(ours: History, theirs: DossierCopy, since: str) -> tuple[Edit, ...]:
    """Return the edits of another copy that our log does not have, in their order.

    Parameters
    ----------
    since
        The digest of the version that both began from; empty if it is not known.

    Raises
    ------
    EditError
        If the other copy cannot be read.
    """
    lines = [line for _, line in theirs.history.lines]
    if lines and not theirs.history.damage:
        lines += theirs.history.catching_up(theirs.data)
    # Not where it was merged: their own edits from before that are not in it.
    start = max((at for at, one in enumerate(lines, 1) if one.file == since), default=0)
    known = {_text(one) for _, line in ours.lines for one in _edits(line)}
    return tuple(
        one for line in lines[start:] for one in _edits(line) if _text(one) not in known
    )  # fmt: skip


def changed_alike(base: bytes, ours: bytes, theirs: bytes) -> tuple[tuple[Section, str, str], ...]:
    """List the fields to which both copies gave the same new value.

    Returns
    -------
    tuple
        Section, key and field of each, in the order of our copy.

    Raises
    ------
    EditError
        If one of the three cannot be read.
    """
    was, mine, other = map(content_of, (base or _NOTHING, ours, theirs))
    now = datetime.now(UTC)
    new: dict[tuple[Section, str, str], Any] = {
        (one.section, one.key, name): value
        for one in edits_between(was, other, now) for name, value in one.new.items()
    }  # fmt: skip
    return tuple(
        (one.section, one.key, name)
        for one in edits_between(was, mine, now) for name, value in one.new.items()
        if same(new.get((one.section, one.key, name), _OTHER), value)
    )  # fmt: skip


def vouched(ours: bytes, merged: bytes, by: str) -> bytes:
    r"""Return a merged dossier in which nobody but the person who merges vouches for anything new.

    A file may name anyone as the one who wrote or approved a record. Where names are those of a
    sign-in, approvals are therefore not taken over from a file, and whoever merges is one of those
    who wrote what the merge changes: nobody approves what they have uploaded themselves.

    Parameters
    ----------
    by
        Who merges.

    Raises
    ------
    EditError
        If one of the two cannot be read.

    Examples
    --------
    >>> ours = b"incidents:\n- id: raid\n  title: A raid\n"
    >>> vouched(ours, ours + b"  approved: {by: B. Reviewer}\n", "A. Analyst") == ours
    True
    """
    before, after = Entries.of(ours), Entries.of(merged)
    sections: tuple[Section, ...] = ("incidents", "presence")
    for section in sections:
        for key in after.keys(section):
            entry = after.entry(section, key) or {}
            wanted = _vouched_entry(before.entry(section, key) or {}, entry, by)
            if not same(wanted, entry):
                after = after.with_entry(section, key, wanted)
    return after.data()


def _vouched_entry(was: Mapping[str, Any], now: Mapping[str, Any], by: str) -> dict[str, Any]:
    wanted = dict(now)
    if now.get(_APPROVAL) is not None and not same(now[_APPROVAL], was.get(_APPROVAL)):
        wanted |= {_APPROVAL: was.get(_APPROVAL)}
    names = (was.keys() | now.keys()) - REVIEW_FIELDS
    given = now.get("written_by")
    known = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    if not all(same(was.get(name), now.get(name)) for name in names) and not any(
        same_person(by, one) for one in known
    ):
        wanted |= {"written_by": [*known, by]}
    return {name: one for name, one in wanted.items() if one is not None}


def _versions(history: History) -> Iterator[str]:
    for _, line in history.lines:
        yield line.file
        if line.other:
            yield line.other


def _read(
    digest: str, ours: DossierCopy, theirs: DossierCopy,
    kept: Mapping[str, Callable[[], bytes | None]],
) -> CommonVersion | None:  # fmt: skip
    for one in (ours, theirs):
        if one.digest == digest:
            return CommonVersion(digest, one.data, is_exact=True)
    if (data := kept.get(digest, lambda: None)()) is not None:
        return CommonVersion(digest, data, is_exact=True)
    for one in (ours, theirs):
        if (content := one.history.content_at(digest)) is not None:
            return CommonVersion(digest, _written(content), is_exact=False)
    return None


def _written(content: DossierEntries) -> bytes:
    """Write values as a dossier."""
    lines: list[str] = []
    for section in SECTIONS:
        entries = content.get(section, {})
        lines += [f"{section}:"] if entries else []
        for key, entry in entries.items():
            plain = {name: one for name, one in entry.items() if name != "id"}
            lines += item(entry, _COLUMN) if section in LISTS else member(key, plain, _COLUMN)
    return "".join(f"{line}\n" for line in lines).encode()


def _edits(line: HistoryLine) -> Sequence[Edit]:
    own = line.own_edit
    return line.taken if own is None else (*line.taken, own)


def _text(edit: Edit) -> str:
    found: dict[str, Any] = edit_json(edit)
    return json.dumps(found, sort_keys=True)
