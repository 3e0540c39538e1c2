"""YAML text to plain values, with the line of every one of them.

Only what a data file needs of YAML 1.2: mappings, lists and scalars of the core schema. Anchors,
aliases and tags are refused (a few hundred bytes of them can fill a machine's memory), a key that
stands twice is a fault instead of a silent loss, and ``no``, ``12:30`` or ``007`` stay the text
they are. A fault in the grammar costs the entry in which it stands, not the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from geo import limits as most
from geo.errors import IntakeError
from geo.yaml_block import read_block
from geo.yaml_flow import Path, scalar

__all__ = ["Limits", "Path", "YamlFile", "read_yaml"]

_ENTRY = re.compile(r" {0,2}(- |[\w-]+:)")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a YAML file may be before it is refused unread."""

    depth: int
    events: int


@dataclass(slots=True)
class YamlFile:
    """What a YAML file says, and where.

    Parameters
    ----------
    value
        Plain dictionaries, lists, text, numbers, booleans and ``None``.
    lines
        One-based line of every key and list item, by its path from the top.
    faults
        Line, path and description of everything that kept an entry from being read.
    """

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[tuple[int, Path, str]] = field(default_factory=list)

    def line_of(self, path: Path) -> int | None:
        """The line of the nearest known part above or at `path`."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return line
        return None


def read_yaml(text: str, limits: Limits) -> YamlFile:
    r"""Read YAML text; an entry that cannot be read is left out and named among the faults.

    Raises
    ------
    IntakeError
        When nothing can be read at all, or a limit is passed; the message begins with the line.

    Examples
    --------
    >>> read_yaml("a: no\na: 2", Limits(depth=8, events=99)).faults
    [(2, ('a',), "the key 'a' stands here a second time; the first is in line 1")]
    """
    if plain := read_block(text, limits.depth, limits.events):
        return YamlFile(*plain)
    lines = text.split("\n")
    broken: list[tuple[int, Path, str]] = []
    repairs = min(most.MAX_YAML_REPAIRS, 1 + most.MAX_YAML_READ_AGAIN // max(1, len(text)))
    while True:
        try:
            read = _compose("\n".join(lines), limits)
        except MarkedYAMLError as error:
            line, message = _where(error)
            if len(broken) == repairs:
                raise IntakeError(f"line {line}: {_too_broken(message, broken)}") from error
            if not _blank_entry(lines, line - 1):
                raise IntakeError(f"line {line}: {message}") from error
            broken.append((line, (), message))
            continue
        except YAMLError as error:
            raise IntakeError(f"line 1: this is no YAML text: {error}") from error
        read.faults = broken + read.faults
        return read


def _where(error: MarkedYAMLError) -> tuple[int, str]:
    # An unclosed quote or bracket is noticed further down; the context is where it was opened.
    mark = error.problem_mark
    opened = any(word in str(error.context) for word in ("quoted", "flow"))
    if error.context_mark is not None and opened:
        mark = error.context_mark
    line = (mark.line if mark is not None else 0) + 1
    said = " ".join(str(part) for part in (error.context, error.problem) if part)
    return line, f"the YAML cannot be read here ({said}); this entry is left out"


def _too_broken(message: str, broken: list[tuple[int, Path, str]]) -> str:
    above = ", ".join(str(line) for line, _, _ in broken)
    return (
        f"{message}; so are {len(broken)} entries before it, in lines {above}: mend those, and "
        "the rest is read"
    )


def _blank_entry(lines: list[str], at: int) -> bool:
    """Empty the entry around line `at`, so that the rest keeps its line numbers."""
    at = min(at, len(lines) - 1)
    while at >= 0 and not lines[at].strip():
        at -= 1
    start = next((row for row in range(at, -1, -1) if _ENTRY.match(lines[row])), None)
    if start is None:
        return False
    end = next(
        (row for row in range(start + 1, len(lines)) if _ENTRY.match(lines[row])), len(lines)
    )
    changed = any(lines[start:end])
    lines[start:end] = [""] * (end - start)
    return changed


def _compose(text: str, limits: Limits) -> YamlFile:
    file = YamlFile()
    documents = 0
    events = _counted(YAML(typ="safe", pure=True).parse(text), limits)
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                msg = f"line {event.start_mark.line + 1}: a second YAML document (---) begins here"
                raise IntakeError(msg)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent):
            file.value = _value(event, events, (), file, limits)
    return file


def _counted(events: Iterator[Event], limits: Limits) -> Iterator[Event]:
    for number, event in enumerate(events):
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if number >= limits.events:
            msg = f"line {line}: the file holds more than {limits.events} YAML parts"
            raise IntakeError(msg)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            msg = f"line {line}: anchors and aliases (& and *) are not read; write the value out"
            raise IntakeError(msg)
        tag = None if isinstance(event, StreamStartEvent) else getattr(event, "tag", None)
        if tag is not None:
            msg = f"line {line}: the tag {str(tag)!r} is not read; write plain YAML"
            raise IntakeError(msg)
        yield event


def _value(
    event: Event, events: Iterator[Event], path: Path, file: YamlFile, limits: Limits
) -> Any:
    if len(path) > limits.depth:
        msg = f"line {event.start_mark.line + 1}: more than {limits.depth} levels deep"
        raise IntakeError(msg)
    if isinstance(event, ScalarEvent):
        return _scalar(event)
    if isinstance(event, SequenceStartEvent):
        return _sequence(events, path, file, limits)
    return _mapping(events, path, file, limits)


def _sequence(events: Iterator[Event], path: Path, file: YamlFile, limits: Limits) -> list[Any]:
    items: list[Any] = []
    for event in events:
        if isinstance(event, SequenceEndEvent):
            break
        here = (*path, len(items))
        file.lines[here] = event.start_mark.line + 1
        items.append(_value(event, events, here, file, limits))
    return items


def _mapping(events: Iterator[Event], path: Path, file: YamlFile, limits: Limits) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        line = event.start_mark.line + 1
        if not isinstance(event, ScalarEvent):
            msg = f"line {line}: a key must be plain text, not a list or mapping"
            raise IntakeError(msg)
        key, here = event.value, (*path, event.value)
        repeated = key in members
        if repeated:
            first = file.lines[here]
            said = f"the key {key!r} stands here a second time; the first is in line {first}"
            file.faults.append((line, here, said))
        else:
            file.lines[here] = line
        value = _value(next(events), events, here, file, limits)
        if not repeated:
            members[key] = value
    return members


def _scalar(event: ScalarEvent) -> Any:
    return scalar(event.value) if event.implicit[0] else event.value
