"""From the bytes of a dossier to its records, and problems with line numbers.

A dossier larger than :mod:`geo.limits` allows is refused. Nothing is repaired silently: valid
records are kept, the others are rejected and listed, and all problems of a file are reported at
once.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from geo import limits
from geo.dossier.conflict_markers import say_markers
from geo.dossier.drafts import DraftRecord, RecordSection, is_draft
from geo.dossier.entries import LISTS, Section
from geo.dossier.evidence import findings
from geo.dossier.field_types import Prose, SingleLine
from geo.dossier.indentation import DossierLayout, Fault, straighten
from geo.dossier.lookalikes import skeleton
from geo.dossier.messages import meant, say_faults, shown
from geo.dossier.reading import Reading
from geo.dossier.records import (
    EMPTY,
    Assessment,
    Claim,
    Dossier,
    GeneralClaim,
    Group,
    Incident,
    Presence,
    Record,
    Source,
    Statement,
    Where,
)
from geo.dossier.references import References, could_be_key
from geo.dossier.yaml_lines import YamlFile, YamlLimits, YamlPath, read_yaml
from geo.errors import IntakeError, Problem

__all__ = ["Reading", "read_dossier"]

_LOG: Final = logging.getLogger(__name__)
_Model = TypeVar("_Model", bound=BaseModel)
_SINGULAR: Final = {
    "incidents": "incident", "presence": "presence claim", "sources": "source",
    "groups": "group", "assessments": "assessment", "statements": "statement",
}  # fmt: skip
_SECTION_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "sources": Source, "groups": Group, "statements": Statement,
}  # fmt: skip
_LAYOUT: Final = DossierLayout(
    fields={
        **{name: frozenset(model.model_fields) for name, model in _SECTION_MODELS.items()},
        "assessments": frozenset(Assessment.model_fields),
        "incidents": frozenset(Incident.model_fields),
        "presence": frozenset(Presence.model_fields),
    },
    lists=frozenset({"assessments", "incidents", "presence"}),
    inner=frozenset({*Claim.model_fields, *Where.model_fields}),
    head=frozenset(Dossier.model_fields),
)  # fmt: skip


def read_dossier(
    data: bytes, file: str = "data/incidents.yaml", *, today: date | None = None
) -> Reading:
    r"""Read a dossier: keep valid records, and report every error as a problem with its line.

    Parameters
    ----------
    data
        The bytes of the file, UTF-8.
    file
        Name of the file in the problems; it is never opened.
    today
        Records that begin after this day are rejected; ``None`` omits the check.

    Returns
    -------
    Reading
        The valid records, and the problems in the order of their lines.

    Raises
    ------
    TypeError
        If `data` is not bytes: a path or address is never followed.

    Examples
    --------
    >>> from geo import read_dossier
    >>> reading = read_dossier(b"title: T\nincidents:\n  - id: x\n", "d.yaml")
    >>> print(*reading.problems, sep="\n")
    d.yaml:3 incident 1: the fields 'title', 'where', 'claims' and 'when' are missing
    d.yaml:3 incident 1: id 'x' has 1 character, expected at least 3
    """
    if not isinstance(data, bytes):
        msg = f"a dossier is read from bytes, not from {type(data).__name__}"
        raise TypeError(msg)
    digest = hashlib.sha256(data).hexdigest()
    try:
        whole = _text(data)
        if places := say_markers(whole):
            unmerged = tuple(Problem(said, file, line) for line, said in places)
            return Reading(EMPTY, unmerged, digest=digest, file=file)
        text, moved = straighten(whole, _LAYOUT)
        yaml = read_yaml(text, YamlLimits(limits.MAX_DOSSIER_DEPTH, limits.MAX_DOSSIER_PARTS))
    except IntakeError as error:
        return Reading(EMPTY, (_whole_file(str(error), file),), digest=digest, file=file)
    if not isinstance(yaml.value, dict):
        said = "expected a mapping with title, sources, groups, incidents and presence"
        return Reading(EMPTY, (Problem(said, file, 1),), digest=digest, file=file)
    reading = _DossierReader(yaml, file, today, moved).read(digest)
    count = len(reading.dossier.records)
    _LOG.debug("%s: %d records, %d problems", file, count, len(reading.problems))
    return reading


def read_entry(
    section: Section, entry: Mapping[str, Any], dossier: Dossier, *, today: date | None = None
) -> tuple[Record | None, tuple[tuple[YamlPath, str], ...]]:
    """Read one entry as if it were in the file of a dossier.

    Parameters
    ----------
    entry
        What it says as plain YAML, by the names of its fields, with its key as ``id``.
    dossier
        What it may refer to; another entry of the same key is not looked at.
    today
        As for :func:`read_dossier`.

    Returns
    -------
    tuple
        The record, or ``None`` if it is not valid or the section has no records; and each problem,
        with the path of the field that it is about within the entry.

    Examples
    --------
    >>> raw = {"id": "raid-2022", "title": "A raid", "where": [], "when": "2022-13", "claims": []}
    >>> record, problems = read_entry("incidents", raw, EMPTY)
    >>> record, [path for path, _ in problems]
    (None, [('claims',), ('when',)])
    """
    key = str(entry.get("id", ""))
    plain = {name: one for name, one in entry.items() if name != "id" or section in LISTS}
    # A section of nothing would be reported in place of the key that it lacks.
    known = {name: {"": None, **getattr(dossier, name)} for name in _SECTION_MODELS}
    held: Any = [plain] if section in LISTS else {key: plain}
    reader = _DossierReader(YamlFile(known | {section: held}, {(section, 0): 1}), "", today, ())
    record = reader.read_alone(section, key, dossier)
    return record, tuple((path[2:], said) for path, said in reader.found)


def _text(data: bytes) -> str:
    most = limits.MAX_DOSSIER_BYTES
    if len(data) > most:
        msg = f"line 1: the file has {len(data):,} bytes; at most {most:,} are read"
        raise IntakeError(msg)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        msg = f"line {line}: byte {error.start} is not UTF-8; save the file as UTF-8"
        raise IntakeError(msg) from error


def _whole_file(message: str, file: str) -> Problem:
    head, _, rest = message.partition(": ")
    if head.startswith("line ") and head[5:].isdigit():
        return Problem(rest, file, int(head[5:]))
    return Problem(message, file)


class _DossierReader:
    """One pass over one file: its valid parts, and the problems of the others."""

    def __init__(
        self, yaml: YamlFile, file: str, today: date | None, moved: Sequence[Fault]
    ) -> None:
        self.yaml = yaml
        self.moved = moved
        self.file = file
        self.today = today
        self.found: list[tuple[YamlPath, str]] = []
        self.lines: dict[YamlPath, int] = {}
        self.left_out = 0
        self.rejected: set[str] = set()
        self.drafted: set[YamlPath] = set()
        self.references = References(yaml, self.found)

    def read(self, digest: str) -> Reading:
        dossier = self._dossier(self.yaml.value)
        drafts = tuple(self._drafts(self.yaml.value, dossier))
        self.references.say_unknown(dossier)
        self.references.say_dragged()
        problems = [
            Problem(said, self.file, line, self._name(path))
            for line, path, said in self.yaml.faults
            if path[:2] not in self.drafted
        ]
        problems += chain.from_iterable(draft.problems for draft in drafts)
        problems += [Problem(said, self.file, line) for line, said in self.moved]
        problems += [
            Problem(said, self.file, self.yaml.line_of(path), self._name(path))
            for path, said in self.found
        ]
        self.rejected |= {one.record for one in problems if one.record and one.severity == "error"}
        return Reading(
            dossier,
            tuple(sorted(problems, key=lambda problem: problem.line or 0)),
            self.lines, self.left_out, digest, self.file, frozenset(self.rejected),
            drafts,
        )  # fmt: skip

    def read_alone(self, section: Section, key: str, dossier: Dossier) -> Record | None:
        """Read the one entry of the file, in a dossier that has all others."""
        value = self.yaml.value
        found: list[Record] = []
        if section in _SECTION_MODELS:
            read = self._mapping(value, section, _SECTION_MODELS[section])
            whole = {**getattr(dossier, section), **read}
            if section == "groups":
                self._unlike(dossier.model_copy(update={"groups": whole}))
                self.found = [one for one in self.found if one[0][:2] == ("groups", key)]
            if isinstance(one := read.get(key), Statement):
                self.references.all_known(((section, key), one.about, one.source), dossier)
        else:
            model: type[Record] = Incident if section == "incidents" else Presence
            found = [*self._records(value, section, model, dossier)]
        self.references.say_unknown(dossier)
        return found[0] if found else None

    def _dossier(self, value: dict[str, Any]) -> Dossier:
        for key in sorted(value.keys() - Dossier.model_fields.keys()):
            hint = meant(key, Dossier.model_fields.keys() - value.keys())
            # References to the misnamed section fail for this reason and are reported with it.
            self.references.roots |= {
                (name,): len(self.found) for name in _SECTION_MODELS if name in hint
            }
            self._add((key,), f"the field {shown(key)} is not known{hint}")
        head = {"title": value.get("title"), "note": value.get("note")}
        heading = self._part(_DossierHeading, head, ()) or _DossierHeading(title="Untitled")
        bare = Dossier(
            title=heading.title,
            note=heading.note,
            sources=self._mapping(value, "sources", Source),
            groups=self._mapping(value, "groups", Group),
        )
        self._unlike(bare)
        bare = bare.model_copy(update={"statements": dict(self._statements(value, bare))})
        incidents = tuple(self._records(value, "incidents", Incident, bare))
        presence = tuple(self._records(value, "presence", Presence, bare))
        whole = {"assessments": tuple(self._assessments(value, bare))}
        ids = self._first_of_each_id([*incidents, *presence])
        return bare.model_copy(
            update={
                **whole,
                "incidents": tuple(r for r in incidents if id(r) in ids),
                "presence": tuple(r for r in presence if id(r) in ids),
            }
        )

    def _mapping(self, value: dict[str, Any], name: str, model: type[_Model]) -> dict[str, _Model]:
        members = value.get(name) or {}
        if not isinstance(members, dict):
            self._add((name,), f"expected {name} as a mapping from key to {name[:-1]}")
            return {}
        if name == "groups" and len(members) > limits.MAX_GROUPS:
            self.references.refuse(name)
            most = f"at most {limits.MAX_GROUPS:,} are read"
            self._add((name,), f"{name} has {len(members):,} entries; {most}: none of them is")
            return {}
        misfiled = self._misfiled(members, name, model)
        read = {
            key: self._part(model, part, (name, key))
            for key, part in members.items()
            if key not in misfiled
        }
        return {
            key: part for key, part in read.items() if part is not None and self._is_key(name, key)
        }

    def _misfiled(self, members: dict[str, Any], name: str, model: type[BaseModel]) -> set[str]:
        """Entries with the fields of another section, whose heading is missing above them."""
        found: set[str] = set()
        for other, fields in _SECTION_MODELS.items():
            needed = {key for key, one in fields.model_fields.items() if one.is_required()}
            strangers = [
                key
                for key, part in members.items()
                if isinstance(part, dict)
                and needed <= part.keys() <= fields.model_fields.keys()
                and not part.keys() <= model.model_fields.keys()
            ]
            if strangers:
                self.references.roots[(other,)] = len(self.found)
                more = f" and {len(strangers) - 1} more entries" if len(strangers) > 1 else ""
                sentence = (
                    f"{strangers[0]!r}{more} in {name!r} {'have' if more else 'has'} the fields of "
                    f"a {_SINGULAR[other]}: the heading '{other}:' is missing above it"
                )
                self._add((name, strangers[0]), sentence)
                found.update(strangers)
        return found

    def _is_key(self, name: str, key: str) -> bool:
        if not could_be_key(key):
            expected = "expected lower-case letters, digits and hyphens"
            self._add((name, key), f"key {shown(key)} is not valid, {expected}")
            return False
        return True

    def _unlike(self, dossier: Dossier) -> None:
        """Two groups with one letter could not be told apart in grey, two of one name nowhere."""
        letters: dict[str, str] = {}
        names: dict[str, tuple[str, str]] = {}
        for key, group in dossier.groups.items():
            if (other := letters.setdefault(group.letter.casefold(), key)) != key:
                sentence = f"the letter {group.letter!r} is already used by group {other!r}"
                self._add(("groups", key, "letter"), sentence)
            for field_, name in (("name", group.name), ("short", group.short)):
                other, like = names.setdefault(skeleton(name), (key, name))
                if other != key:
                    how = "is the name" if like == name else f"cannot be told from {like!r}"
                    sentence = f"{field_} {name!r} {how} of group {other!r}; give it another"
                    self._add(("groups", key, field_), sentence)

    def _statements(
        self, value: dict[str, Any], dossier: Dossier
    ) -> Iterator[tuple[str, Statement]]:
        for key, read in self._mapping(value, "statements", Statement).items():
            if self.references.all_known((("statements", key), read.about, read.source), dossier):
                yield key, read

    def _assessments(self, value: dict[str, Any], dossier: Dossier) -> Iterator[Assessment]:
        for path, part in self._items(value, "assessments"):
            read = self._part(Assessment, part, path)
            if read is None:
                continue
            if self.references.all_known((path, read.about, read.source), dossier):
                yield read

    def _records(
        self, value: dict[str, Any], name: str, model: type[_Model], dossier: Dossier
    ) -> Iterator[_Model]:
        repeated = {path[:2] for _, path, _ in self.yaml.faults if len(path) > 1}
        for path, raw in self._items(value, name):
            if is_draft(raw):
                self.drafted.add(path)
                continue
            read = self._record(raw, path, model, dossier)
            if read is None or path in repeated:
                self.left_out += 1
                self.rejected.add(self._name(path))
                continue
            self._note_lines(read, path)
            yield read
        # An entry with a syntax error is not in the values, but it was a record.
        self.left_out += sum(self._section(line) == name for line, path, _ in self._broken())

    def _record(
        self, raw: Any, path: YamlPath, model: type[_Model], dossier: Dossier
    ) -> _Model | None:
        known = self.references.of_record(raw, path, dossier)
        part, whole = self._with_statements(raw, path, dossier)
        read = self._part(model, part, path)
        if read is None or not known or not whole:
            return None
        return read if self._holds(read, path, dossier) else None

    def _drafts(self, value: dict[str, Any], dossier: Dossier) -> Iterator[DraftRecord]:
        """The drafts of both sections, each read by itself, so that its problems are its own."""
        faulty = {path[:2] for _, path, _ in self.yaml.faults}
        for path in sorted(self.drafted, key=lambda path: self.yaml.line_of(path) or 0):
            section: RecordSection = "incidents" if path[0] == "incidents" else "presence"
            raw = value[section][path[1]]
            apart = _DossierReader(self.yaml, self.file, self.today, ())
            model: type[Record] = Incident if section == "incidents" else Presence
            record = apart._record(raw, path, model, dossier)
            if record is not None:
                apart.lines = self.lines
                apart._note_lines(record, path)
            apart.references.say_unknown(dossier)
            apart.references.say_unreadable()
            if apart.found or path in faulty:
                record = None
            problems = tuple(self._notes(path, apart.found))
            key = raw.get("id")
            yield DraftRecord(
                section, key if isinstance(key, str) else "", record, problems,
                self.yaml.line_of(path),
            )  # fmt: skip

    def _notes(self, path: YamlPath, found: Iterable[tuple[YamlPath, str]]) -> Iterator[Problem]:
        """The problems of a draft."""
        name = f"draft {self._name(path)}"
        for line, at, said in self.yaml.faults:
            if at[:2] == path:
                yield Problem(said, self.file, line, name, "note")
        for at, said in found:
            yield Problem(said, self.file, self.yaml.line_of(at), name, "note")

    def _broken(self) -> Iterable[tuple[int, YamlPath, str]]:
        return (fault for fault in self.yaml.faults if not fault[1])

    def _section(self, line: int) -> str:
        starts = [(at, path[0]) for path, at in self.yaml.lines.items() if len(path) == 1]
        above = [(at, str(name)) for at, name in starts if at <= line]
        return max(above)[1] if above else ""

    def _with_statements(self, part: Any, path: YamlPath, dossier: Dossier) -> tuple[Any, bool]:
        """The raw record with each reference to a general statement replaced by that statement."""
        claims = part.get("claims") if isinstance(part, dict) else None
        if not isinstance(claims, list) or not any(map(_is_general, claims)):
            return part, True
        full: list[Any] = []
        for at, claim in enumerate(claims):
            if not _is_general(claim):
                full.append(claim)
                continue
            read = self._part(GeneralClaim, claim, (*path, "claims", at))
            if read is None or read.statement not in dossier.statements:
                continue
            said = dossier.statements[read.statement]
            own = part.get("by" if "when" in part else "groups")
            acts = isinstance(own, list) and said.by in own and said.by in dossier.groups
            role = read.role or ("acting_party" if acts else None)
            full.append(said.claim(read.statement, role))
        return {**part, "claims": full}, len(full) == len(claims)

    def _holds(self, record: BaseModel, path: YamlPath, dossier: Dossier) -> bool:
        if not isinstance(record, Incident | Presence):
            return False
        found = list(findings(record, dossier))
        for inside, sentence in found:
            self._add((*path, *inside), sentence)
        begins = record.period.earliest
        if self.today is not None and begins is not None and begins > self.today:
            sentence = f"is in the future: {record.period.edtf} begins after {self.today}"
            self._add((*path, "when"), sentence)
            return False
        return not found

    def _first_of_each_id(self, read: list[Record]) -> set[int]:
        first: dict[str, Record] = {}
        for record in read:
            if first.setdefault(record.id, record) is not record:
                self.left_out += 1
        return {id(record) for record in first.values()}

    def _note_lines(self, record: BaseModel, path: YamlPath) -> None:
        key = getattr(record, "id", "")
        if (key,) in self.lines:
            sentence = (
                f"the id {key!r} is already used in line {self.lines[(key,)]}; ids must be unique"
            )
            self._add((*path, "id"), sentence)
            return
        self.lines[(key,)] = self.yaml.lines[path]
        parts = ("where", "claims")
        for name, index in chain.from_iterable(
            ((name, index) for index in range(len(getattr(record, name)))) for name in parts
        ):
            if (line := self.yaml.lines.get((*path, name, index))) is not None:
                self.lines[(key, name, index)] = line

    def _items(self, value: dict[str, Any], name: str) -> Iterator[tuple[YamlPath, Any]]:
        items = value.get(name) or []
        if not isinstance(items, list):
            self._add((name,), f"expected {name} as a list, each item beginning with '- '")
            return
        for index, part in enumerate(items):
            yield (name, index), part

    def _part(self, model: type[_Model], part: object, path: YamlPath) -> _Model | None:
        try:
            return model.model_validate(part)
        except ValidationError as error:
            for inside, said in say_faults(error, path):
                self._add(inside, said)
            return None

    def _add(self, path: YamlPath, sentence: str) -> None:
        self.found.append((path, sentence))

    def _name(self, path: YamlPath) -> str:
        if len(path) < 2 or path[0] not in _SINGULAR:  # noqa: PLR2004 - section and entry
            return ""
        section, entry = path[0], path[1]
        if isinstance(entry, int):
            members = self.yaml.value.get(section)
            part = members[entry] if isinstance(members, list) else None
            given = part.get("id") if isinstance(part, dict) else None
            usable = isinstance(given, str) and len(given) > 2  # noqa: PLR2004 - shortest id is 3
            entry = repr(given) if usable else entry + 1
            return f"{_SINGULAR[str(section)]} {entry}"
        return f"{_SINGULAR[str(section)]} {entry!r}"


class _DossierHeading(BaseModel):
    title: SingleLine
    note: Prose | None = None


def _is_general(claim: object) -> bool:
    return isinstance(claim, dict) and "statement" in claim
