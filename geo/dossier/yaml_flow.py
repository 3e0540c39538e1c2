"""YAML in brackets, JSON included: lists and mappings in which indentation does not matter.

Only unambiguous text is read here; anything else raises :class:`ElsewhereError`, and the YAML
library reads the whole text. See :mod:`geo.dossier.yaml_block`.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

YamlPath = tuple[str | int, ...]

_INTEGER: Final = re.compile(r"[-+]?(0|[1-9]\d{0,17})", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?(\d+\.\d*|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_WORDS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip

_SPACE = re.compile(r"[ \n]*")
_QUOTED = re.compile(r"""("(?:[^"\\\n]|\\[^\n])*")|'((?:[^'\n]|'')*)'""")
# A plain scalar: it does not begin with an indicator of YAML, nor contain one used in brackets.
_PLAIN = re.compile(r"(?:[^\s,\[\]{}:#&*!|>'\"%@`?-]|-(?=\d))[^,\[\]{}:#\n]*")
_COLON = re.compile(r" *:(?=[ \n])[ \n]*|:")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONGEST_KEY: Final = 1_000
"""Most characters of a key; YAML 1.2.2 (section 7.4.2) allows 1,024 before its colon."""


class ElsewhereError(Exception):
    """The text has something that only the YAML library reads."""


def scalar(text: str) -> Any:
    """The value of a plain scalar in the core schema of YAML 1.2.2 (section 10.3).

    Numbers with leading zeros, and words such as ``no`` or ``12:30``, remain text.

    Examples
    --------
    >>> scalar("12"), scalar("no"), scalar("007"), scalar("2022-05"), scalar("~")
    (12, 'no', '007', '2022-05', None)
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def unquoted(token: str) -> str:
    """The text of a double-quoted scalar on one line, if JSON and YAML read it alike."""
    if "\\" not in token:
        return token[1:-1]
    if _SURROGATE.search(token):
        raise ElsewhereError
    try:
        text = json.loads(token)
    except ValueError as error:
        raise ElsewhereError from error
    return str(text)


class Flow:
    """A reader of lists and mappings in brackets.

    Parameters
    ----------
    text, at, line
        The text, the index of the first bracket, and its one-based line.
    depth, left
        Most levels, and most parts of YAML, that are read here.
    lines
        Receives the line of each key and item.
    """

    def __init__(
        self, text: str, at: int, line: int, *, depth: int, left: int, lines: dict[YamlPath, int]
    ) -> None:
        self.text, self.at, self.line = text, at, line
        self.depth, self.left, self.lines = depth, left, lines

    def value(self, path: YamlPath) -> Any:
        """The value that begins here."""
        if len(path) > self.depth:
            raise ElsewhereError
        opens = self.text[self.at : self.at + 1]
        if opens == "[":
            return self._sequence(path)
        if opens == "{":
            return self._mapping(path)
        is_plain, text = self._scalar()
        return scalar(text) if is_plain else text

    def _sequence(self, path: YamlPath) -> list[Any]:
        self._count(2)
        items: list[Any] = []
        while self._goes_on("]", items):
            here = (*path, len(items))
            self.lines[here] = self.line
            items.append(self.value(here))
        return items

    def _mapping(self, path: YamlPath) -> dict[str, Any]:
        self._count(2)
        members: dict[str, Any] = {}
        while self._goes_on("}", members):
            begins, line = self.at, self.line
            is_plain, key = self._scalar()
            colon = _COLON.match(self.text, self.at)
            is_close = colon is not None and len(colon[0]) == 1 and is_plain
            if colon is None or is_close or self.at - begins > _LONGEST_KEY or key in members:
                raise ElsewhereError
            self._pass(colon.end())
            self._skip()
            here = (*path, key)
            self.lines[here] = line
            members[key] = self.value(here)
        return members

    def _goes_on(self, closes: str, held: list[Any] | dict[str, Any]) -> bool:
        """Whether another item follows; moves past the comma before it, or past the bracket."""
        self._pass(self.at + (not held))
        self._skip()
        found = self.text[self.at : self.at + 1]
        if found == closes:
            self.at += 1
            return False
        if held:
            if found != ",":
                raise ElsewhereError
            self.at += 1
            self._skip()
        return True

    def _scalar(self) -> tuple[bool, str]:
        self._count(1)
        if match := _QUOTED.match(self.text, self.at):
            self.at = match.end()
            double = match[1]
            return False, unquoted(double) if double else match[2].replace("''", "'")
        match = _PLAIN.match(self.text, self.at)
        if match is None:
            raise ElsewhereError
        said = match[0].rstrip(" ")
        self.at = match.end()
        # A plain scalar may continue on the next line.
        if self.text[self.at : self.at + 1] == "\n" and not re.match(
            r"\n[ \n]*[,\]}]", self.text[self.at : self.at + 200]
        ):
            raise ElsewhereError
        self.at = match.start() + len(said)
        return True, said

    def _skip(self) -> None:
        self._pass(_SPACE.match(self.text, self.at).end())  # type: ignore[union-attr] # matches ""

    def _pass(self, end: int) -> None:
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def _count(self, parts: int) -> None:
        self.left -= parts
        if self.left < 0:
            raise ElsewhereError
