"""The entries of a dossier's file, each with the lines that it stands in.

An entry is a source, a group, a general statement, an incident or a presence claim. Its lines can
be written anew without a look at the others, however large the file.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, get_args

from pydantic import BaseModel

from geo import limits
from geo.dossier.conflict_markers import say_markers
from geo.dossier.records import Group, Incident, Presence, Source, Statement
from geo.dossier.yaml_lines import YamlFile, YamlLimits, YamlPath, read_yaml
from geo.dossier.yaml_nodes import CannotSpliceError, Positions, node_of, only_within
from geo.dossier.yaml_rendering import item, member
from geo.dossier.yaml_rewriting import rewritten, same
from geo.errors import EditError, IntakeError

Section = Literal["sources", "groups", "statements", "incidents", "presence"]
SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
LISTS: Final = frozenset({"incidents", "presence"})
"""Sections whose entries carry their key as ``id``; in the others it stands before the entry."""
_MODELS: Final[Mapping[Section, type[BaseModel]]] = {
    "sources": Source, "groups": Group, "statements": Statement, "incidents": Incident,
    "presence": Presence,
}  # fmt: skip
_MARK: Final = "\ufeff"
_DEEP: Final = 2
"""Length of the path of an entry: its section, and its key or number."""
_COLUMN: Final = 2
"""Where entries begin in a section that has none yet, as in the dossier of the program."""


def digest_of_entry(entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what an entry says, whatever its layout, in hexadecimal.

    Examples
    --------
    >>> digest_of_entry({"id": "x", "title": "T"}) == digest_of_entry({"title": "T", "id": "x"})
    True
    """
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def order_of_fields(section: str) -> list[str]:
    """Return the fields of an entry in the order in which they are written.

    Examples
    --------
    >>> order_of_fields("groups")[:3]
    ['name', 'short', 'letter']
    """
    model = _MODELS.get(section)  # type: ignore[call-overload] # of any text, or none
    return [*model.model_fields] if model else []


@dataclass(frozen=True)
class Entries:
    """The entries of one version of a file.

    Parameters
    ----------
    text
        Its text without a byte order mark, with line breaks of one character and one at the end.
    """

    text: str
    marked: bool
    windows: bool
    ended: bool

    @classmethod
    def of(cls, data: bytes) -> Entries:
        """Take apart the bytes of a file.

        Raises
        ------
        EditError
            If they are not UTF-8, mix line breaks, or hold no mapping that can be read.
        """
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            msg = f"byte {error.start + 1} of the file is not UTF-8; save the file as UTF-8 first"
            raise EditError(msg) from error
        marked, windows = text.startswith(_MARK), "\r\n" in text
        text = text.removeprefix(_MARK)
        if windows and text.count("\n") != text.count("\r\n"):
            msg = "the file mixes line breaks of two kinds; save it with one of them first"
            raise EditError(msg)
        text = text.replace("\r\n", "\n")
        for line, said in say_markers(text):
            msg = f"line {line}: {said}"
            raise EditError(msg)
        ended = text.endswith("\n")
        found = cls(text if ended else f"{text}\n", marked, windows, ended)
        if not isinstance(found.yaml.value, dict):
            msg = "the file is not a dossier: expected sources, groups and incidents"
            raise EditError(msg)
        return found

    def data(self) -> bytes:
        """Return the bytes of the file, its mark and line breaks as they were."""
        text = self.text if self.ended else self.text.removesuffix("\n")
        text = text.replace("\n", "\r\n") if self.windows else text
        return f"{_MARK * self.marked}{text}".encode()

    @cached_property
    def yaml(self) -> YamlFile:
        """The values of the file with their lines, and what could not be read."""
        try:
            most = YamlLimits(limits.MAX_DOSSIER_DEPTH, limits.MAX_DOSSIER_PARTS)
            return read_yaml(self.text, most)
        except IntakeError as error:
            msg = f"the file cannot be read: {error}"
            raise EditError(msg) from error

    def keys(self, section: Section) -> list[str]:
        """Return the keys of a section's entries, in their order; not those without one."""
        return list(self._paths.get(section, ()))

    def entry(self, section: Section, key: str) -> dict[str, Any] | None:
        """Read one entry.

        Returns
        -------
        dict or None
            What it says, by the names of its fields, with its key as ``id``; ``None`` if there is
            no such entry.
        """
        path = self._paths.get(section, {}).get(key)
        if path is None:
            return None
        value = self.yaml.value[section][path[1]]
        return dict(value) if section in LISTS else {"id": key, **value}

    def with_entry(self, section: Section, key: str, new: Mapping[str, Any] | None) -> Entries:
        """Return the file with an entry added, changed or, if `new` is ``None``, taken out.

        Everything outside of the lines of the entry stays as it is, and so does each line in it
        whose meaning stays.

        Raises
        ------
        EditError
            If the lines around the entry cannot be read.
        """
        wanted = self._with_value(section, key, new)
        for text in self._ways(section, key, new, wanted):
            found = Entries(text, self.marked, self.windows, self.ended)
            if found._reads_as(wanted, self.yaml.faults):
                return found
        msg = (
            f"{section}: {key!r} cannot be changed, because the layout around it is not plain YAML"
        )
        raise EditError(msg)

    def _reads_as(self, wanted: dict[str, Any], faults: list[tuple[int, YamlPath, str]]) -> bool:
        try:
            found = self.yaml
        except EditError:
            return False
        return same(found.value, wanted) and len(found.faults) == len(faults)

    def _with_value(
        self, section: Section, key: str, new: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """The value of the whole file after the change."""
        value = dict(self.yaml.value)
        plain = _without_key(section, new)
        path = self._paths.get(section, {}).get(key)
        if section in LISTS:
            entries = list(value.get(section) or [])
            at = len(entries) if path is None else int(path[1])
            entries[at : at + 1] = [] if plain is None else [plain]
            return value | {section: entries}
        members = {**(value.get(section) or {}), key: plain}
        return value | {section: {name: one for name, one in members.items() if one is not None}}

    def _ways(
        self, section: Section, key: str, new: Mapping[str, Any] | None, wanted: dict[str, Any]
    ) -> Iterator[str]:
        """The text after the change, first with as little altered as can be."""
        path = self._paths.get(section, {}).get(key)
        plain = _without_key(section, new)
        with suppress(CannotSpliceError):
            if path is None and plain is not None:
                yield from self._appended(section, key, plain)
            elif path is not None and (lines := self._lines_of(path)) is not None:
                yield from self._replaced(lines, section, key, plain)
        with suppress(CannotSpliceError):
            yield rewritten(self.text, node_of(self.text), wanted, SECTIONS)

    def _replaced(
        self, lines: tuple[int, int], section: Section, key: str, new: dict[str, Any] | None
    ) -> Iterator[str]:
        start, end = lines
        before, piece, after = self.text[:start], self.text[start:end], self.text[end:]
        outer = node_of(piece)
        entry, used = only_within(outer), Positions(piece).line_after(outer)
        rest = piece[used:] + after
        if new is None:
            yield before + (rest[1:] if before.endswith("\n\n") and rest[:1] == "\n" else rest)
            return
        with suppress(CannotSpliceError):
            order = [*_MODELS[section].model_fields]
            yield before + rewritten(piece, entry, new, order) + after
        yield before + _written(section, key, new, _column(piece)) + rest

    def _appended(self, section: Section, key: str, new: dict[str, Any]) -> Iterator[str]:
        paths = list(self._paths.get(section, {}).values())
        if paths and (lines := self._lines_of(paths[-1])) is not None:
            piece = self.text[slice(*lines)]
            place = lines[0] + Positions(piece).line_after(node_of(piece))
            added = "\n" * self._is_spaced(paths) + _written(section, key, new, _column(piece))
            yield self.text[:place] + added + self.text[place:]
        elif section not in self.yaml.value:
            yield f"{self.text}\n{section}:\n{_written(section, key, new, _COLUMN)}"

    def _is_spaced(self, paths: list[YamlPath]) -> bool:
        """Whether a blank line stands above the last entry, and above its comments."""
        above = self.text.split("\n")[: self.yaml.lines[paths[-1]] - 1]
        while above and above[-1].lstrip().startswith("#"):
            above.pop()
        return bool(above) and not above[-1].strip()

    @cached_property
    def _paths(self) -> dict[str, dict[str, YamlPath]]:
        """Path of each entry by its key, by section; of a repeated key the first."""
        found: dict[str, dict[str, YamlPath]] = {}
        for section in SECTIONS:
            held = self.yaml.value.get(section)
            here = found.setdefault(section, {})
            if section in LISTS and isinstance(held, list):
                for at, one in enumerate(held):
                    if isinstance(one, dict) and isinstance(one.get("id"), str):
                        here.setdefault(one["id"], (section, at))
            elif isinstance(held, dict):
                here |= {key: (section, key) for key, one in held.items() if isinstance(one, dict)}
        return found

    @cached_property
    def _starts(self) -> list[int]:
        """The lines, counted from 1, at which sections and entries begin."""
        lines = self.yaml.lines
        heads = [line for path, line in lines.items() if len(path) == 1]
        return sorted([*heads, *(line for path, line in lines.items() if len(path) == _DEEP)])

    @cached_property
    def _offsets(self) -> list[int]:
        offsets = [0]
        for line in self.text.split("\n")[:-1]:
            offsets.append(offsets[-1] + len(line) + 1)
        return offsets

    def _lines_of(self, path: YamlPath) -> tuple[int, int] | None:
        """Where the lines of an entry begin and end; ``None`` if it shares one with another."""
        line = self.yaml.lines[path]
        at = bisect_right(self._starts, line)
        if at > 1 and self._starts[at - 2] == line:
            return None
        following = self._starts[at] if at < len(self._starts) else len(self._offsets)
        return self._offsets[line - 1], self._offsets[following - 1]


def _without_key(section: Section, new: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What stands in the lines of an entry: in lists its key too."""
    if new is None or section in LISTS:
        return None if new is None else dict(new)
    return {name: one for name, one in new.items() if name != "id"}


def _column(piece: str) -> int:
    return len(piece) - len(piece.lstrip(" "))


def _written(section: Section, key: str, new: Mapping[str, Any], column: int) -> str:
    lines = item(new, column) if section in LISTS else member(key, new, column)
    return "".join(f"{line}\n" for line in lines)
