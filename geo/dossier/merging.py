r"""Merge two versions of a dossier that were edited apart, field by field and without a server.

What one side alone touched is taken from it byte for byte. Where both touched one entry, its fields
are merged by what they mean (:mod:`geo.dossier.merged_values`) and its lines are rewritten, and no
comment of either side is lost: one that has no place any more is put above the entry. Where nothing
clashes, the sides can be exchanged: the merged dossier says the same. An entry that one side
added follows the entry that it follows there; where both added some in one place, they are in the
order of their ids.

Examples
--------
>>> base = b"incidents:\n- id: panjshir-2022\n  title: Fighting\n  killed: 3\n"
>>> ours = base.replace(b"Fighting", b"A raid  # as reported")
>>> merge = merged(base, ours, base.replace(b"3", b"4"), check=False)
>>> print(merge.data.decode(), end="")
incidents:
- id: panjshir-2022
  title: A raid  # as reported
  killed: 4
>>> for clash in merged(base, ours, base.replace(b"Fighting", b"Attack"), check=False).clashes:
...     print(clash)
incident 'panjshir-2022', title: it was 'Fighting'; ours has 'A raid', theirs 'Attack'
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from geo.dossier.chunks import Chunk, Top, chunks_of, emptied, sections_apart
from geo.dossier.conflict_markers import marked
from geo.dossier.editing import new_errors
from geo.dossier.entries import LISTS, SECTIONS, Entries
from geo.dossier.intake import read_dossier
from geo.dossier.merged_lines import lost, three_way
from geo.dossier.merged_pieces import rewritten_piece, says, written_above
from geo.dossier.merged_values import (
    ABSENT,
    Decisions,
    Difference,
    SideChoice,
    ValueMerger,
    merged_order,
)
from geo.dossier.messages import shown
from geo.dossier.records import REVIEW_FIELDS
from geo.dossier.review import meaning_digest
from geo.dossier.yaml_nodes import CannotSpliceError, node_of
from geo.dossier.yaml_rewriting import rewritten, same
from geo.errors import EditError, Problem

_SINGULAR: Final = {
    "incidents": "incident", "presence": "presence claim", "sources": "source", "groups": "group",
    "statements": "statement", "assessments": "assessment",
}  # fmt: skip
_NOTHING: Final = b"{}\n"
"""A base that is empty: git gives one for a file that both sides added."""
_Three = Sequence[Any]


@dataclass(frozen=True)
class Clash:
    """A value that both sides changed, each in its own way.

    Parameters
    ----------
    section, key
        The section and the entry; `section` is the field for a field at the head of the file, such
        as its title.
    path
        The fields and elements below the entry; empty if one side removed the whole entry.
    base, ours, theirs
        The three values; :data:`~geo.dossier.merged_values.ABSENT` for one that is not given.
    """

    section: str
    key: str
    path: tuple[str, ...]
    base: Any
    ours: Any
    theirs: Any

    @property
    def at(self) -> tuple[str, ...]:
        """Where it is in the dossier, by which a decision names it."""
        return (self.section, *([self.key] if self.key else []), *self.path)

    @property
    def place(self) -> str:
        """What clashes, in words: the record or entry, and the field."""
        head = _SINGULAR.get(self.section, self.section)
        name = " ".join([head, *([repr(self.key)] if self.key else [])])
        return ", ".join([name, *([" > ".join(self.path)] if self.path else [])])

    def __str__(self) -> str:
        """One sentence for a reader."""
        where = self.place
        if ABSENT in (self.ours, self.theirs) and self.base is not ABSENT:
            sides = ("ours", "theirs") if self.ours is ABSENT else ("theirs", "ours")
            kept = self.theirs if self.ours is ABSENT else self.ours
            return (
                f"{where}: {sides[0]} removed it and {sides[1]} changed it, "
                f"from {_said(self.base)} to {_said(kept)}; it is kept"
            )
        was = "both added it" if self.base is ABSENT else f"it was {_said(self.base)}"
        return f"{where}: {was}; ours has {_said(self.ours)}, theirs {_said(self.theirs)}"


@dataclass(frozen=True)
class Merge:
    """What comes of merging two versions.

    Parameters
    ----------
    data
        The bytes of the merged file; where something clashes that nobody has decided, it has our
        value.
    clashes
        Everything that both sides changed in different ways.
    problems
        Errors of the merged file that neither side had, such as a source that one side removed and
        the other cites.
    """

    data: bytes
    clashes: tuple[Clash, ...] = ()
    problems: tuple[Problem, ...] = ()


def merged(
    base: bytes, ours: bytes, theirs: bytes, *, markers: bool = False, check: bool = True,
    file: str = "data/incidents.yaml", decisions: Decisions = MappingProxyType({}),
) -> Merge:  # fmt: skip
    """Merge two versions of a dossier that were both made from a third.

    Parameters
    ----------
    base
        The version that both were made from; it may be empty.
    markers
        Whether lines that clash get conflict markers of git, with both versions between them. Such
        a file is not read as a dossier before a person has decided.
    check
        Whether to look for errors that neither side had.
    file
        Name of the file in the problems.
    decisions
        Which side counts where something clashes, by :attr:`Clash.at`; the clash is listed still.

    Raises
    ------
    EditError
        If one of the versions cannot be read to its end; the message says which and why.
    """
    if theirs in (ours, base) or ours == base:
        return Merge(theirs if ours == base else ours)
    versions = [
        _entries(data, name)
        for data, name in ((base if base.strip() else _NOTHING, "base"), (ours, "ours"),
                           (theirs, "theirs"))
    ]  # fmt: skip
    result, marked_text, found = _merged(versions, decisions, markers=markers)
    problems: tuple[Problem, ...] = ()
    if check:
        sides = (read_dossier(one, file) for one in (ours, theirs))
        problems = new_errors(sides, read_dossier(result.data(), file))
    clashes = tuple(
        Clash(one.path[0], "".join(one.path[1:2]), one.path[2:], one.base, one.ours, one.theirs)
        for one in found
    )
    if clashes and markers:
        result = Entries(marked_text, result.marked, result.windows, result.ended)
    return Merge(result.data(), clashes, problems)


def _entries(data: bytes, name: str) -> Entries:
    try:
        entries = Entries.of(data)
    except EditError as error:
        msg = f"{name}: {error}"
        raise EditError(msg) from error
    if entries.yaml.faults:
        line, _, said = entries.yaml.faults[0]
        msg = f"{name}: line {line}: {said}; fix it before merging"
        raise EditError(msg)
    return entries


def _merged(
    versions: Sequence[Entries], decisions: Decisions, *, markers: bool
) -> tuple[Entries, str, list[Difference]]:
    """The merged file, its text with markers, and what clashes."""
    flags = [_chosen([getattr(one, name) for one in versions])
             for name in ("marked", "windows", "ended")]  # fmt: skip
    try:
        by_pieces = _ByPieces(versions, decisions, markers=markers)
        text, marked_text = by_pieces.texts()
        result = Entries(text, *flags)
        if _reads_as(result, by_pieces.value):
            return result, marked_text, by_pieces.found
    except CannotSpliceError:
        pass
    return _as_a_whole(versions, flags, decisions)


def _as_a_whole(
    versions: Sequence[Entries], flags: Sequence[bool], decisions: Decisions
) -> tuple[Entries, str, list[Difference]]:
    """Merge a file whose entries have no lines of their own, such as one in brackets."""
    texts: list[str] = []
    found: list[Difference] = []
    digest_of = _digests(versions)
    choices: tuple[SideChoice, ...] = ("kept", "ours", "theirs")
    for choice in choices:
        merger = ValueMerger(choice, digest_of, decisions=decisions)
        value = merger.merge([one.yaml.value for one in versions])
        found = found or merger.found
        text = versions[1].text
        try:
            text = rewritten(text, node_of(text), value, SECTIONS)
            missing = lost([one.text for one in versions], text)
        except CannotSpliceError:
            missing = []
        text = "".join(f"{one}\n" for one in missing) + text
        if not _reads_as(Entries(text, *flags), value):
            msg = "the files cannot be merged, because their layout is not plain YAML"
            raise EditError(msg)
        texts.append(text)
    return Entries(texts[0], *flags), marked(*texts[1:]), found


def _reads_as(entries: Entries, value: Mapping[str, Any]) -> bool:
    try:
        yaml = entries.yaml
    except EditError:
        return False
    return not yaml.faults and same(_filled(yaml.value or {}), _filled(value))


def _digests(versions: Sequence[Entries]) -> Callable[[str, Mapping[str, Any]], str]:
    """Say of a merged record what it means, in a digest; empty, if it cannot be read."""

    @cache
    def head() -> dict[str, Any]:
        names = ("sources", "groups", "statements")
        held = {name: [one.yaml.value.get(name, ABSENT) for one in versions] for name in names}
        merged_parts = {name: ValueMerger("kept").merge(held[name], (name,)) for name in names}
        return {name: one for name, one in merged_parts.items() if one is not ABSENT}

    def digest(section: str, record: Mapping[str, Any]) -> str:
        plain = {name: one for name, one in record.items() if name not in REVIEW_FIELDS}
        dossier = read_dossier(json.dumps({**head(), section: [plain]}).encode()).dossier
        return meaning_digest(dossier.records[0], dossier.sources) if dossier.records else ""

    return digest


def _filled(value: Mapping[str, Any]) -> dict[str, Any]:
    """A section without entries says nothing, whether it is ``[]``, ``null`` or left out."""
    return {name: one for name, one in value.items() if one or name not in SECTIONS}


class _ByPieces:
    """Three versions of a file, merged piece by piece."""

    def __init__(self, versions: Sequence[Entries], decisions: Decisions, *, markers: bool) -> None:
        self.decisions = decisions
        self.markers = markers
        self.digest_of = _digests(versions)
        self.found: list[Difference] = []
        self.value: dict[str, Any] = {}
        sections = frozenset.intersection(*map(sections_apart, versions))
        ends: dict[str, int] = {}
        pieces = [chunks_of(one, sections, ends) for one in versions]
        self.tops = [{top.key: top for top in tops} for tops, _ in pieces]
        self.tails = [tail for _, tail in pieces]
        self.parts: list[tuple[str, str]] = []
        self.orphans = ""

    def texts(self) -> tuple[str, str]:
        """The text, and the text with markers where something clashes."""
        for key in merged_order(*self.tops, key=str)[0]:
            held = [one.get(key) for one in self.tops]
            if any(one is not None and one.entries is not None for one in held):
                self._section(key, held)
            else:
                value = self._piece((key,), held)
                self.value |= {} if value is ABSENT else {key: value}
        tail = three_way(*self.tails, union=True) or ""
        self._add(tail, "", "")
        one, other = ("".join(each) for each in zip(*self.parts, strict=True))
        return one, other

    def _add(self, lead: str, body: str, marked_body: str) -> None:
        above, self.orphans = self.orphans + lead, ""
        self.parts.append((above + body, above + marked_body))

    def _section(self, key: str, held: Sequence[Top | None]) -> None:
        place = len(self.parts)
        entries = [(one.entries or {}) if one is not None else {} for one in held]
        above, self.orphans = self.orphans, ""
        values: dict[str, Any] = {}
        for name in merged_order(*entries, key=str)[0]:
            value = self._piece((key, name), [one.get(name) for one in entries])
            values |= {} if value is ABSENT else {name: value}
        bodies = [one.body if one is not None else "" for one in held]
        body = _chosen(bodies) or next(filter(None, reversed(bodies))) * bool(values)
        if not body:
            self.orphans = above + _orphans(held) + self.orphans
            return
        lead = above + (three_way(*_leads(held), union=True) or "")
        missing = lost(_whole(held), lead + body)
        lead = written_above(lead, missing, 0)
        body = emptied(body) if values else body
        self.parts.insert(place, (lead + body, lead + body))
        self.value[key] = list(values.values()) if key in LISTS else values

    def _piece(self, path: tuple[str, ...], held: Sequence[Chunk | Top | None]) -> Any:
        values = [ABSENT if one is None else one.value for one in held]
        value, found = self._value(path, values, "kept", self.decisions)
        self.found += found
        if value is ABSENT:
            self.orphans += _orphans(held)
            return value
        lead = three_way(*_leads(held), union=True) or ""
        body, both = _body(path, held, value)
        if both:
            column = len(body) - len(body.lstrip(" "))
            lead = written_above(lead, lost(_whole(held), lead + body), column)
        marked_body = self._marked(path, values, body) if found and self.markers else body
        self._add(lead, body, marked_body)
        return value

    def _marked(self, path: tuple[str, ...], values: _Three, body: str) -> str:
        sides = []
        choices: tuple[SideChoice, ...] = ("ours", "theirs")
        for choice in choices:
            value, _ = self._value(path, values, choice)
            sides.append("" if value is ABSENT else rewritten_piece(path, body, value))
        return marked(*sides)

    def _value(
        self, path: tuple[str, ...], values: _Three, choice: SideChoice,
        decisions: Decisions = MappingProxyType({}),
    ) -> tuple[Any, list[Difference]]:  # fmt: skip
        merger = ValueMerger(choice, self.digest_of, decisions=decisions)
        base, ours, theirs = values
        twice = base is ABSENT and isinstance(ours, Mapping) and isinstance(theirs, Mapping)
        if twice and path[0] in SECTIONS and path[1:] and not same(ours, theirs):
            value: Any = merger.added_twice(ours, theirs, path)
        else:
            value = merger.merge(values, path)
        return value, merger.found


def _body(
    path: tuple[str, ...], held: Sequence[Chunk | Top | None], value: Any
) -> tuple[str, bool]:  # fmt: skip
    """The lines of a piece that is kept, and whether both sides touched it."""
    base, ours, theirs = ("" if one is None else one.body for one in held)
    if theirs in (ours, base, "") and ours:
        return ours, bool(base) and not theirs
    if ours in (base, ""):
        return theirs, bool(base) and not ours
    together = three_way(base, ours, theirs) if base else None
    if together is not None and says(path, together, value):
        return together, True
    return rewritten_piece(path, ours, value), True


def _leads(held: Sequence[Chunk | Top | None]) -> Iterator[str]:
    base = held[0]
    for one in held:
        # What a side removed has no lead of its own that could be merged.
        yield one.lead if one is not None else "" if base is None else base.lead


def _whole(held: Sequence[Chunk | Top | None]) -> list[str]:
    return ["" if one is None else one.lead + one.body for one in held]


def _orphans(held: Sequence[Chunk | Top | None]) -> str:
    """The comments that one side wrote at what the other side removed."""
    texts = _whole(held)
    if texts[1] in ("", texts[0]) and texts[2] in ("", texts[0]):
        return ""
    return "".join(f"{one}\n" for one in lost(texts, ""))


def _chosen(values: _Three) -> Any:
    base, ours, theirs = values
    return theirs if ours == base else ours


def _said(value: Any) -> str:
    return "nothing" if value is ABSENT else shown(value)
