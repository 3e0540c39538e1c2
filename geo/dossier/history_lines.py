"""One line of a history log: what it holds, and how it is written and read.

A line is JSON on one line of UTF-8. It holds its number, the digest of the line before it, and as
its last member the digest of all that stands before that member: so a line that was altered is
noticed even if no line follows it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal, NamedTuple, get_args

from geo.dossier.editing import Edit
from geo.dossier.entries import SECTIONS, Entries, Section
from geo.dossier.yaml_rewriting import same

LineKind = Literal["begin", "edit", "outside", "merge"]
DossierEntries = Mapping[Section, Mapping[str, Mapping[str, Any]]]
"""All entries of a version of a dossier, by section and key."""

OUTSIDE: Final = "edited outside the app"
"""The reason of edits that were found in the file and not made with the program."""
_LAST_MEMBER: Final = b',"digest":"'
_DIGEST: Final = re.compile(rb'([0-9a-f]{64})"}')
"""What ends a line: a SHA-256 has 64 hexadecimal digits."""


class UnreadableLineError(ValueError):
    """A line of a log that is not as it was written."""


@dataclass(frozen=True)
class HistoryLine:
    """What a line says, whatever its place in the log.

    Parameters
    ----------
    kind
        ``begin``: a chain begins, with all entries as they were; ``edit``: an edit was saved;
        ``outside``: the file had been edited with something else; ``merge``: another copy of the
        dossier was merged into it.
    file
        SHA-256 of the dossier's bytes as they then were, in hexadecimal.
    edit
        The edit; ``None`` where a chain begins, or if no field of an entry changed. In a merge it
        is what became of one entry, by the person who merged.
    content
        All entries, where a chain begins.
    why
        Why a chain begins below another one: what is wrong with that one.
    other
        In a merge, SHA-256 of the other copy's bytes.
    by
        In a merge, who merged.
    taken
        In a merge, the edits of this entry that the log of the other copy had, with their authors
        and times.
    """

    kind: LineKind
    file: str
    edit: Edit | None = None
    content: DossierEntries | None = None
    at: datetime | None = None
    why: str = ""
    other: str = ""
    by: str = ""
    taken: tuple[Edit, ...] = ()

    @property
    def own_edit(self) -> Edit | None:
        """The edit without what its merge took over as it was; ``None`` if that is all."""
        if self.edit is None or not self.taken:
            return self.edit
        values: dict[str, Any] = {}
        for one in self.taken:
            values |= one.new
        new = {
            name: one for name, one in self.edit.new.items()
            if name not in values or not same(values[name], one)
        }  # fmt: skip
        old = {name: self.edit.old.get(name) for name in new}
        return replace(self.edit, old=old, new=new) if new else None

    def row(self, number: int, before: str) -> bytes:
        """Write the line, without its line break.

        Parameters
        ----------
        number
            Its place in the log, counted from 1.
        before
            The digest of the line before it, by :func:`sha256_of`; empty for the first.

        Examples
        --------
        >>> made = Edit.creating("groups", {"id": "nrf", "name": "جبهه مقاومت"}, by="A")
        >>> row = HistoryLine("edit", "0" * 64, made).row(2, "1" * 64)
        >>> read_row(row).line.edit == made, read_row(row).number
        (True, 2)
        """
        body: dict[str, Any] = {"line": number, "before": before, "kind": self.kind}
        body["file"] = self.file
        if self.at is not None:
            body["at"] = _time_text(self.at)
        if self.why:
            body["why"] = self.why
        if self.other:
            body |= {"other": self.other, "by": self.by}
            body["taken"] = [edit_json(one) for one in self.taken]
        if self.content is not None:
            body["content"] = self.content
        if self.edit is not None:
            body["edit"] = edit_json(self.edit)
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        # JSON writes half of a surrogate pair as the escape that `backslashreplace` puts there.
        data = text.encode("utf-8", "backslashreplace")[:-1]
        return data + _LAST_MEMBER + f'{sha256_of(data)}"}}'.encode()


class PlacedLine(NamedTuple):
    """A line with what it says about its place in the log."""

    number: int
    before: str
    line: HistoryLine


def read_row(row: bytes) -> PlacedLine:
    """Read a line, given without its line break.

    Raises
    ------
    UnreadableLineError
        If it was altered or cut off, or is not a line of a log at all.

    Examples
    --------
    >>> row = HistoryLine("begin", "0" * 64, content={}).row(1, "")
    >>> read_row(row.replace(b"begin", b"ended"))
    Traceback (most recent call last):
    geo.dossier.history_lines.UnreadableLineError: its digest does not match its content
    """
    data, _, rest = row.rpartition(_LAST_MEMBER)
    end = _DIGEST.fullmatch(rest)
    if end is None:
        msg = "it does not end with its digest"
        raise UnreadableLineError(msg)
    if sha256_of(data) != end[1].decode():
        msg = "its digest does not match its content"
        raise UnreadableLineError(msg)
    try:
        return _placed(json.loads(data + b"}"))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        msg = "it is not a line of a history log"
        raise UnreadableLineError(msg) from error


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of a line, or of a whole dossier, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def edit_json(edit: Edit) -> dict[str, Any]:
    """Give an edit as it stands in a log.

    Returns
    -------
    dict
        Its ``section``, ``key``, ``base``, ``old``, ``new``, ``by``, ``at`` (ISO 8601, in UTC) and
        ``why``; the values of its fields as plain JSON.
    """
    return {
        "section": edit.section, "key": edit.key, "base": edit.base, "old": dict(edit.old),
        "new": dict(edit.new), "by": edit.by, "at": _time_text(edit.at), "why": edit.why,
    }  # fmt: skip


def edit_from_json(value: Mapping[str, Any]) -> Edit:
    """Make an edit of what :func:`edit_json` gives.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is anything else.
    """
    texts = [value[name] for name in ("key", "base", "by", "at", "why")]
    if value["section"] not in SECTIONS or not all(isinstance(one, str) for one in texts):
        msg = "not an edit"
        raise ValueError(msg)
    old, new = ({str(name): one for name, one in value[side].items()} for side in ("old", "new"))
    key, base, by, at, why = texts
    return Edit(value["section"], key, base, old, new, by, datetime.fromisoformat(at), why)


def content_of(data: bytes) -> DossierEntries:
    """Read all entries of a dossier.

    Returns
    -------
    Mapping
        By section and key what each says, with its key as ``id``; a field without a value is left
        out, as an edit that gives none takes it away.

    Raises
    ------
    EditError
        If the file cannot be read.
    """
    held = Entries.of(data)
    found: dict[Section, dict[str, dict[str, Any]]] = {}
    for section in SECTIONS:
        entries = {key: held.entry(section, key) or {} for key in held.keys(section)}
        found[section] = {
            key: {name: one for name, one in entry.items() if one is not None}
            for key, entry in entries.items()
        }
    return found


def _placed(body: dict[str, Any]) -> PlacedLine:
    if body["kind"] not in get_args(LineKind) or not isinstance(body["line"], int):
        raise ValueError(body["kind"])
    content = body.get("content")
    edit = edit_from_json(body["edit"]) if "edit" in body else None
    if (body["kind"] == "begin") != (content is not None) or (body["kind"] == "edit") > bool(edit):
        raise ValueError(body["kind"])
    if (body["kind"] == "merge") != ("other" in body):
        raise ValueError(body["kind"])
    line = HistoryLine(
        body["kind"], str(body["file"]), edit, None if content is None else _content(content),
        datetime.fromisoformat(body["at"]) if "at" in body else None, str(body.get("why", "")),
        str(body.get("other", "")), str(body.get("by", "")),
        tuple(map(edit_from_json, body.get("taken", ()))),
    )  # fmt: skip
    return PlacedLine(body["line"], str(body["before"]), line)


def _content(value: Mapping[str, Any]) -> DossierEntries:
    for entries in value.values():
        for entry in entries.values():
            dict(entry.items())
    return {name: value[name] for name in SECTIONS if name in value}


def _time_text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
