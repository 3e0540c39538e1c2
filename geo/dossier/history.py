"""The history log of a dossier: who changed which field, when, from what to what, and why.

The log is a file beside the dossier: ``incidents.yaml`` has ``incidents.history.jsonl``. Each saved
edit adds a line (:mod:`geo.dossier.history_lines`), and nothing in it is ever changed. The dossier
is read without it.

The last version that the log knows is found by replaying it: its first line holds the values of all
entries, and each edit says what became of which. Copies of former versions elsewhere would be
faster, but they could be missing or belong to another computer; the digest of the dossier's bytes
in the last line usually spares the replay. The log has the size of the dossier, and about 1 kB more
for an edit: a log of :data:`geo.limits.MAX_HISTORY_BYTES` holds some ten thousands of them.

A log can be *damaged*: a line is altered, missing, out of order or cut off. It is then read as far
as it can be, and the fault is named. The next edit begins a new chain below, which holds all
entries again and says what is wrong above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo import limits
from geo.dossier.editing import Edit, entry_after
from geo.dossier.entries import SECTIONS, Section, digest_of_entry
from geo.dossier.history_lines import (
    OUTSIDE,
    DossierEntries,
    HistoryLine,
    PlacedLine,
    UnreadableLineError,
    content_of,
    read_row,
    sha256_of,
)
from geo.dossier.yaml_rewriting import same
from geo.errors import EditError, IntakeError, Problem


def history_file(file: Path) -> Path:
    """Return the path of the log of a dossier.

    Examples
    --------
    >>> history_file(Path("data/incidents.yaml")).as_posix()
    'data/incidents.history.jsonl'
    """
    return file.with_name(f"{file.stem}.history.jsonl")


@dataclass(frozen=True)
class FieldEdit:
    """One change of one field of an entry.

    Parameters
    ----------
    line
        The line of the log that says so, counted from 1.
    old, new
        Its values before and after; ``None`` is a field not given.
    by
        Who made the change; empty, if it was made outside the app.
    at
        When; of a change made outside the app, when it was noticed.
    merged_by
        Who merged the other copy of the dossier, in whose log the change was found; empty for a
        change that was made in this one. It need not have become part of this one.
    """

    section: Section
    key: str
    field: str
    old: Any
    new: Any
    by: str
    at: datetime
    why: str
    line: int
    merged_by: str = ""

    def restoring(self, data: bytes, *, by: str, why: str = "") -> Edit:
        """Make the edit that gives the field the value that it had before this change.

        Parameters
        ----------
        data
            The bytes of the file as they are now.

        Raises
        ------
        EditError
            If the file has no such entry or cannot be read; or if the field is the entry's id,
            without which it would be deleted.
        """
        if self.field == "id":
            msg = f"{self.key}: an id stays; undo the edit that made the entry, or withdraw it"
            raise EditError(msg)
        return Edit.to(data, self.section, self.key, {self.field: self.old}, by=by, why=why)


@dataclass(frozen=True)
class History:
    """What a log says.

    Parameters
    ----------
    lines
        The lines that are as they were written, each with its number in the file.
    faults
        What is wrong with the log, one problem for each chain that is damaged.
    rows
        Number of lines of the file, with those that cannot be read.
    """

    name: str = ""
    lines: tuple[tuple[int, HistoryLine], ...] = ()
    faults: tuple[Problem, ...] = ()
    rows: int = 0
    last_digest: str = ""
    damage: str = ""
    ended: bool = True

    def of(self, section: Section, key: str) -> tuple[FieldEdit, ...]:
        """Return every change of the fields of an entry, the earliest first."""
        return tuple(one for one in self.field_edits() if (one.section, one.key) == (section, key))

    def field_edits(self) -> Iterator[FieldEdit]:
        """Go through the changes of all fields, the earliest first.

        Who wrote in a record is left out, for the authors of the edits are named; not where the
        file was edited outside the app.
        """
        for number, line in self.lines:
            for taken in line.taken:
                yield from _field_edits(taken, number, line.by)
            if (edit := line.own_edit) is not None:
                yield from _field_edits(edit, number)

    def is_of(self, data: bytes) -> bool:
        """Whether the last line says that the dossier has these bytes."""
        return bool(self.lines) and self.lines[-1][1].file == sha256_of(data)

    def content(self) -> DossierEntries:
        """Replay the last chain.

        Returns
        -------
        Mapping
            All entries after its last edit, by section and key.
        """
        return _replayed(line for _, line in self.lines)

    def content_at(self, digest: str) -> DossierEntries | None:
        """Replay the log until the dossier last had the bytes of a digest.

        Returns
        -------
        Mapping or None
            All entries as they then were; ``None`` if it never had, or the log is damaged before.
        """
        for at in range(len(self.lines) - 1, -1, -1):
            number, line = self.lines[at]
            if line.file == digest:
                start = at
                while start and self.lines[start][1].content is None:
                    start -= 1
                first = self.lines[start][0]
                if any(first <= (one.line or 0) <= number for one in self.faults):
                    return None
                return _replayed(each for _, each in self.lines[start : at + 1])
        return None

    def catching_up(self, data: bytes) -> tuple[HistoryLine, ...]:
        """Return the lines that are missing before the next edit is written.

        Parameters
        ----------
        data
            The bytes of the dossier before that edit.

        Returns
        -------
        tuple of HistoryLine
            The beginning of a chain, if there is none or the last one is damaged; else what was
            edited outside the app since the last line, field by field.

        Raises
        ------
        EditError
            If the dossier cannot be read.
        """
        now, file = datetime.now(UTC), sha256_of(data)
        if not self.lines or self.damage:
            content = content_of(data)
            return (HistoryLine("begin", file, content=content, at=now, why=self.damage),)
        if self.is_of(data):
            return ()
        edits = edits_between(self.content(), content_of(data), now)
        made = tuple(HistoryLine("outside", file, edit) for edit in edits)
        return made or (HistoryLine("outside", file, at=now, why="layout, comments or title"),)

    def following(self, lines: Sequence[HistoryLine]) -> bytes:
        """Return the bytes that add lines to the end of the log."""
        number, before = self.rows, self.last_digest
        written = [b"" if self.ended else b"\n"]
        for one in lines:
            number += 1
            row = one.row(number, before)
            before = sha256_of(row)
            written += [row, b"\n"]
        return b"".join(written)

    def with_lines(self, lines: Sequence[HistoryLine]) -> History:
        """Return the history with lines that are about to be written."""
        placed = tuple(enumerate(lines, self.rows + 1))
        return replace(self, lines=self.lines + placed, rows=self.rows + len(lines))


def _replayed(lines: Iterable[HistoryLine]) -> DossierEntries:
    found: dict[Section, dict[str, dict[str, Any]]] = {one: {} for one in SECTIONS}
    for line in lines:
        if line.content is not None:
            found = {one: _copied(line.content.get(one, {})) for one in SECTIONS}
        if line.edit is not None:
            _replay(found[line.edit.section], line.edit)
    return found


def _field_edits(edit: Edit, line: int, merged_by: str = "") -> Iterator[FieldEdit]:
    for name, new in edit.new.items():
        if name == "written_by" and edit.by:
            continue
        yield FieldEdit(
            edit.section, edit.key, name, edit.old.get(name), new, edit.by, edit.at, edit.why,
            line, merged_by,
        )  # fmt: skip


def edits_between(
    was: DossierEntries, now: DossierEntries, at: datetime, by: str = "", why: str = OUTSIDE
) -> list[Edit]:
    """Make the edits that lead from one version to another; without `by`, nobody made them.

    Parameters
    ----------
    at
        When the difference was noticed.
    """
    edits = []
    for section in SECTIONS:
        before, after = was.get(section, {}), now.get(section, {})
        for key in dict.fromkeys([*before, *after]):
            old, new = before.get(key, {}), after.get(key, {})
            names = [
                name
                for name in dict.fromkeys([*old, *new])
                if not same(old.get(name), new.get(name))
            ]
            if names:
                base = digest_of_entry(old) if old else ""
                was_given, is_given = (
                    {name: one.get(name) for name in names} for one in (old, new)
                )
                edits.append(Edit(section, key, base, was_given, is_given, by, at, why))
    return edits


def read_log(data: bytes, name: str = "the history log") -> History:
    """Read the bytes of a log, and check each of its chains.

    Parameters
    ----------
    name
        Name of the file in the problems.

    Raises
    ------
    IntakeError
        If the log is larger than :data:`geo.limits.MAX_HISTORY_BYTES`.

    Examples
    --------
    >>> begin = HistoryLine("begin", "0" * 64, content={})
    >>> data = History().following([begin, HistoryLine("outside", "1" * 64)])
    >>> print(*read_log(data).faults, *read_log(data.replace(b"1111", b"2222")).faults)
    the history log:2: line 2 has been altered or cut off (its digest does not match its content); \
compare it with an earlier copy, and leave it as it is: the next edit begins a new chain below it
    """
    check_log_size(len(data), name)
    rows = data.removesuffix(b"\n").split(b"\n") if data else []
    reader = _Reader(name)
    for number, row in enumerate(rows, 1):
        # Git and editors may have given the lines the line breaks of Windows.
        reader.read(number, row.removesuffix(b"\r"))
    return History(
        name, tuple(reader.lines), tuple(reader.faults), len(rows), reader.before, reader.damage,
        ended=data.endswith(b"\n") or not data,
    )  # fmt: skip


def check_log_size(size: int, name: str) -> None:
    """Refuse a log that has, or would have, more bytes than are read.

    Raises
    ------
    IntakeError
        If it has more than :data:`geo.limits.MAX_HISTORY_BYTES`.
    """
    if size > limits.MAX_HISTORY_BYTES:
        msg = (
            f"{name}: {size:,} bytes, but at most {limits.MAX_HISTORY_BYTES:,} are read; rename "
            "the file to keep it, and the next edit begins another one"
        )
        raise IntakeError(msg)


class _Reader:
    """Lines that have been read, and what is wrong with the chain that they are of."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[tuple[int, HistoryLine]] = []
        self.faults: list[Problem] = []
        self.before = ""
        self.damage = ""
        self._next = 1

    def read(self, number: int, row: bytes) -> None:
        """Read the next line of the file."""
        try:
            placed = read_row(row)
        except UnreadableLineError as error:
            self._fault(number, f"line {number} has been altered or cut off ({error})")
        else:
            if placed.line.kind == "begin":
                self.damage, self._next = "", placed.number
            self._check(number, placed)
            self.lines.append((number, placed.line))
            self._next = placed.number
        self._next += 1
        self.before = sha256_of(row)

    def _check(self, number: int, placed: PlacedLine) -> None:
        here = f"line {number}"
        if number == 1 and (placed.before or placed.line.kind != "begin"):
            self._fault(number, f"the lines before what is now {here} are missing")
        elif placed.number > self._next:
            lost = f"line {self._next} is"
            if placed.number > self._next + 1:
                lost = f"lines {self._next} to {placed.number - 1} are"
            self._fault(number, f"{lost} missing before what is now {here}")
        elif placed.number < self._next:
            was = f"it was written as line {placed.number}"
            self._fault(number, f"{here} is out of order or repeated: {was}")
        elif placed.before != self.before:
            self._fault(number, f"line {number - 1} has been replaced since {here} was written")

    def _fault(self, number: int, what: str) -> None:
        if self.damage:
            return
        self.damage = what
        do = (
            "compare it with an earlier copy, and leave it as it is: the next edit begins a new "
            "chain below it"
        )
        self.faults.append(Problem(f"{what}; {do}", self.name, number, severity="warning"))


def _copied(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {key: dict(entry) for key, entry in entries.items()}


def _replay(entries: dict[str, dict[str, Any]], edit: Edit) -> None:
    after = entry_after(entries.get(edit.key, {}), edit)
    if after is None:
        del entries[edit.key]
    else:
        entries[edit.key] = after
