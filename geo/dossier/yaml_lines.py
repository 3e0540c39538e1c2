"""From YAML text to plain values, each with its line.

Only the part of YAML 1.2 that a data file needs is read: mappings, lists and scalars of the core
schema. Anchors, aliases and tags are refused (a few hundred bytes of them can fill the memory of a
machine), a repeated key is an error instead of a silent loss, and ``no``, ``12:30`` or ``007``
remain text. A syntax error rejects the entry that it is in, not the file.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

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
from geo.dossier.yaml_block import read_block
from geo.dossier.yaml_faults import say_grammar, unclosed_quotes
from geo.dossier.yaml_flow import YamlPath, scalar
from geo.errors import IntakeError
from geo.logs import log_fault
from geo.text import odd_break

__all__ = ["YamlFile", "YamlLimits", "YamlPath", "read_yaml"]

_LOG: Final = logging.getLogger(__name__)
_HEADING = re.compile(r"([\w-]+):")
_NAMED = re.compile(r" +([\w-]+):")
_SHOWN = 60
"""Most characters of a line that a message repeats, which keeps it to one line."""
_ENTRY = re.compile(r" {0,2}(- |[\w-]+:)")


@dataclass(frozen=True, slots=True)
class YamlLimits:
    """Most levels, and most parts (events of the parser), of a YAML file that is read."""

    depth: int
    events: int


@dataclass(slots=True)
class YamlFile:
    """The content of a YAML file, with line numbers.

    Parameters
    ----------
    value
        Plain dictionaries, lists, text, numbers, booleans and ``None``.
    lines
        One-based line of every key and list item, by its path from the top.
    faults
        Line, path and description of each error because of which an entry was not read.
    """

    value: Any = None
    lines: dict[YamlPath, int] = field(default_factory=dict)
    faults: list[tuple[int, YamlPath, str]] = field(default_factory=list)

    def line_of(self, path: YamlPath) -> int | None:
        """The line of the nearest known part above or at `path`."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return line
        return None


def read_yaml(text: str, limits: YamlLimits) -> YamlFile:
    r"""Read YAML text; an entry that cannot be read is rejected and listed among the faults.

    Raises
    ------
    IntakeError
        If nothing can be read, or a limit is exceeded; the message begins with the line.

    Examples
    --------
    >>> read_yaml("a: no\na: 2", YamlLimits(depth=8, events=99)).faults
    [(2, ('a',), "the key 'a' is repeated here; it is first used in line 1")]
    """
    text = text.replace("\r\n", "\n")
    if plain := read_block(text, limits.depth, limits.events):
        return YamlFile(*plain)
    lines = text.split("\n")
    broken = _blank_oddly_broken(lines)
    repairs = min(most.MAX_YAML_REPAIRS, 1 + most.MAX_YAML_READ_AGAIN // max(1, len(text)))
    while True:
        try:
            read = _compose("\n".join(lines), limits)
        except MarkedYAMLError as error:
            if not broken and (unclosed := _blank_unclosed(lines)):
                broken += unclosed
                continue
            line, message = _where(error, lines)
            if len(broken) >= repairs:
                raise IntakeError(f"line {line}: {_too_broken(message, broken)}") from error
            path = _blank_entry(lines, line - 1)
            if path is None:
                raise IntakeError(f"line {line}: {message}") from error
            broken.append((line, path, message))
            continue
        except YAMLError as error:
            raise IntakeError(_unreadable(text, error)) from error
        except IntakeError:
            raise
        except Exception as error:
            # Of the library, whatever it is: the file is refused, and no command ends in it.
            log_fault(_LOG, "reading a dossier with the YAML library", error)
            raise IntakeError("line 1: this is not YAML text that can be read") from error
        read.faults = broken + read.faults
        return read


def _where(error: MarkedYAMLError, lines: list[str]) -> tuple[int, str]:
    # The parser finds an unclosed quote or bracket further down; the context is where it opened.
    mark = error.problem_mark
    opened = any(word in str(error.context) for word in ("quoted", "flow", "simple key"))
    if error.context_mark is not None and opened:
        mark = error.context_mark
    line = (mark.line if mark is not None else 0) + 1
    row = lines[line - 1] if line <= len(lines) else ""
    sentence = say_grammar(str(error.context or ""), str(error.problem or ""), row)
    return line, f"the YAML cannot be read here: {sentence}; this entry is rejected"


def _unreadable(text: str, error: YAMLError) -> str:
    """Why the text cannot be read at all: usually a character that YAML does not allow."""
    at = getattr(error, "position", None)
    if not isinstance(at, int) or at >= len(text):
        return "line 1: this is not YAML text"
    line = text.count("\n", 0, at) + 1
    return f"line {line}: this is not YAML text: delete the character U+{ord(text[at]):04X}"


def _blank_oddly_broken(lines: list[str]) -> list[tuple[int, YamlPath, str]]:
    """Empty the entries with a line that ends in the middle for the YAML library.

    What is behind such a character would be a field that no editor shows as one.
    """
    found: list[tuple[int, YamlPath, str]] = []
    for at, row in enumerate(lines):
        if not (sign := odd_break(row)):
            continue
        message = (
            f"the character U+{ord(sign):04X} ends a line for some programs and not for others; "
            "delete it, or begin a new line"
        )
        path = _blank_entry(lines, at)
        if path is None or len(found) >= most.MAX_YAML_REPAIRS:
            raise IntakeError(f"line {at + 1}: {message}")
        found.append((at + 1, path, f"{message}; this entry is rejected"))
    return found


def _blank_unclosed(lines: list[str]) -> list[tuple[int, YamlPath, str]]:
    """Blank the entries with an unclosed quote, which would take in the entries below them."""
    found: list[tuple[int, YamlPath, str]] = []
    for at in islice(unclosed_quotes(lines), most.MAX_YAML_REPAIRS):
        row = lines[at].strip()
        path = _blank_entry(lines, at) if row else None
        if path is not None:
            sentence = f"the quote that opens in {row[:_SHOWN]!r} is not closed; close it"
            message = f"the YAML cannot be read here: {sentence}; this entry is rejected"
            found.append((at + 1, path, message))
    return found


def _too_broken(message: str, broken: list[tuple[int, YamlPath, str]]) -> str:
    above = ", ".join(str(line) for line, _, _ in broken)
    return (
        f"{message}; so are {len(broken)} entries before it, in lines {above}: fix those to have "
        "the rest read"
    )


def _blank_entry(lines: list[str], at: int) -> YamlPath | None:
    """Blank the entry around line `at`, so that the other entries keep their line numbers.

    Returns
    -------
    tuple or None
        Section and key of an entry with a key, empty for an item of a list; ``None`` if there is
        no entry to blank.
    """
    at = min(at, len(lines) - 1)
    while at >= 0 and not lines[at].strip():
        at -= 1
    start = next((row for row in range(at, -1, -1) if _ENTRY.match(lines[row])), None)
    if start is None:
        return None
    end = next(
        (row for row in range(start + 1, len(lines)) if _ENTRY.match(lines[row])), len(lines)
    )
    if not any(lines[start:end]):
        return None
    path = _path_of(lines, start)
    lines[start:end] = [""] * (end - start)
    return path


def _path_of(lines: list[str], start: int) -> YamlPath:
    match = _NAMED.match(lines[start])
    above = (_HEADING.match(lines[row]) for row in range(start - 1, -1, -1))
    heading = next((one for one in above if one), None)
    return (heading[1], match[1]) if match and heading else ()


def _compose(text: str, limits: YamlLimits) -> YamlFile:
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


def _counted(events: Iterator[Event], limits: YamlLimits) -> Iterator[Event]:
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
    event: Event, events: Iterator[Event], path: YamlPath, file: YamlFile, limits: YamlLimits
) -> Any:
    if len(path) > limits.depth:
        msg = f"line {event.start_mark.line + 1}: nested more than {limits.depth} levels deep"
        raise IntakeError(msg)
    if isinstance(event, ScalarEvent):
        return _scalar(event)
    if isinstance(event, SequenceStartEvent):
        return _sequence(events, path, file, limits)
    return _mapping(events, path, file, limits)


def _sequence(
    events: Iterator[Event], path: YamlPath, file: YamlFile, limits: YamlLimits
) -> list[Any]:
    items: list[Any] = []
    for event in events:
        if isinstance(event, SequenceEndEvent):
            break
        here = (*path, len(items))
        file.lines[here] = event.start_mark.line + 1
        items.append(_value(event, events, here, file, limits))
    return items


def _mapping(
    events: Iterator[Event], path: YamlPath, file: YamlFile, limits: YamlLimits
) -> dict[str, Any]:
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
            sentence = f"the key {key!r} is repeated here; it is first used in line {first}"
            file.faults.append((line, here, sentence))
        else:
            file.lines[here] = line
        value = _value(next(events), events, here, file, limits)
        if not repeated:
            members[key] = value
    return members


def _scalar(event: ScalarEvent) -> Any:
    return scalar(event.value) if event.implicit[0] else event.value
