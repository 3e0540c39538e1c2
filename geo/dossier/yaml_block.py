"""Plain block YAML, read line by line: the form in which people and programs write a dossier.

The YAML library is exact but slow (about 15 microseconds for each character of structure), so a
file of thousands of records would take seconds. This module reads an unambiguous subset: mappings
and lists by indentation, plain and quoted scalars, folded text, short lists in brackets. For
anything else, errors included, :func:`read_block` returns ``None`` and the library reads the whole
file; ``tests/test_yaml_block.py`` compares the two.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any, Final

from geo.dossier.yaml_flow import ElsewhereError, Flow, YamlPath, scalar, unquoted

# Characters that YAML 1.2.2 (section 5.1) or the library treats specially: tabs, carriage returns,
# other line breaks, byte order marks and unprintable characters.
_ODD = re.compile("[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ITEM = re.compile(r"( *)(-  *)?(?:([A-Za-z0-9_][A-Za-z0-9_-]*):(?: +|$))?(.*)")
_DOUBLE = re.compile(r'("(?:[^"\\]|\\.)*") *(?: #.*)?')
_SINGLE = re.compile(r"'((?:[^']|'')*)' *(?: #.*)?")
_REST = re.compile(r" *(?: #.*)?")
_FOLDED: Final = frozenset({">", ">-"})
_BRACKETS: Final = frozenset({"[", "{"})
_INDICATORS: Final = frozenset("&*!%@`,|>{}[]?:#\"'")


class _BlockReader:
    """One pass over the lines of a text."""

    def __init__(self, text: str, depth: int, most: int) -> None:
        self.text = text
        self.rows = text.split("\n")
        self.begins: list[int] = []
        self.depth = depth
        # The library also counts the beginning and the end of the text and of its document: four.
        self.left = most - 4
        self.lines: dict[YamlPath, int] = {}
        self.at = 0
        self._to_content()

    def _to_content(self) -> None:
        rows, at = self.rows, self.at
        while at < len(rows) and (not (bare := rows[at].lstrip(" ")) or bare[0] == "#"):
            at += 1
        self.at = at

    def _count(self, parts: int) -> None:
        self.left -= parts
        if self.left < 0:
            raise ElsewhereError

    def whole(self) -> Any:
        """The mapping that the whole text represents."""
        if self.rows[self.at].startswith("{"):
            return self.flow(0, -1, ())
        if self.rows[self.at].startswith("-"):
            raise ElsewhereError
        self._count(2)
        return self.mapping(0, (), 0)

    def indent(self) -> int:
        """The indentation of the next line with content, in spaces; -1 at the end."""
        if self.at >= len(self.rows):
            return -1
        row = self.rows[self.at]
        return len(row) - len(row.lstrip(" "))

    def node(self, indent: int, path: YamlPath) -> Any:
        """The mapping or list that begins on this line, at this indentation."""
        if len(path) > self.depth:
            raise ElsewhereError
        self._count(2)
        row = self.rows[self.at]
        return self.sequence(indent, path) if row[indent : indent + 2] == "- " else (
            self.mapping(indent, path, indent)
        )  # fmt: skip

    def sequence(self, indent: int, path: YamlPath) -> list[Any]:
        items: list[Any] = []
        while self.indent() == indent:
            match = _ITEM.fullmatch(self.rows[self.at])
            if match is None or not match[2]:
                if self.rows[self.at][indent] == "-":
                    raise ElsewhereError
                break
            here = (*path, len(items))
            self.lines[here] = self.at + 1
            if match[3] is None:
                items.append(self.value(match[4], indent, here))
                continue
            inner = indent + len(match[2])
            if len(here) > self.depth:
                raise ElsewhereError
            self._count(2)
            items.append(self.mapping(inner, here, indent))
        return items

    def mapping(self, indent: int, path: YamlPath, first: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        # The first key may follow the dash of a list, which is less indented.
        while (self.indent() == first) if not members else (self.indent() == indent):
            match = _ITEM.fullmatch(self.rows[self.at])
            if match is None or match[3] is None or (members and match[2]):
                raise ElsewhereError
            key = match[3]
            here = (*path, key)
            if key in members:
                raise ElsewhereError
            self._count(1)
            self.lines[here] = self.at + 1
            members[key] = self.member(match[4], indent, here)
        return members

    def member(self, rest: str, indent: int, path: YamlPath) -> Any:
        """The value of a key, on the same line or on the lines below."""
        if rest and rest[0] != "#":
            return self.value(rest, indent, path)
        self.at += 1
        self._to_content()
        below = self.indent()
        is_list = below == indent and self.rows[self.at][below : below + 2] == "- "
        if below > indent or is_list:
            row = self.rows[self.at]
            if row[below] in _BRACKETS:
                return self.value(row[below:], indent, path)
            match = _ITEM.fullmatch(row)
            if match is None or not (match[2] or match[3]):
                raise ElsewhereError
            return self.node(below, path)
        if len(path) > self.depth:
            raise ElsewhereError
        self._count(1)
        return None

    def value(self, rest: str, indent: int, path: YamlPath) -> Any:
        """The value after a key or a dash, with the lines that continue it."""
        if len(path) > self.depth:
            raise ElsewhereError
        first = rest[:1]
        if first in _BRACKETS:
            return self.flow(len(self.rows[self.at]) - len(rest), indent, path)
        self._count(1)
        if rest in _FOLDED:
            return self.folded(rest, indent)
        if first in {'"', "'"}:
            return self.quoted(rest, indent)
        return self.plain(rest, indent)

    def close(self, indent: int) -> None:
        """Continue after a value; lines below it that are indented further cannot be read."""
        self.at += 1
        self._to_content()
        if self.indent() > indent:
            raise ElsewhereError

    def plain(self, rest: str, indent: int) -> Any:
        is_negative = rest[:1] == "-" and rest[1:2].isdigit()
        if not rest or rest[0] in _INDICATORS or (rest[0] == "-" and not is_negative):
            raise ElsewhereError
        parts = [_checked(rest)]
        commented = " #" in rest
        self.at += 1
        while self.at < len(self.rows):
            row = self.rows[self.at]
            bare = row.strip(" ")
            if not bare or bare[0] == "#" or len(row) - len(row.lstrip(" ")) <= indent:
                break
            if commented or bare.startswith("- "):
                raise ElsewhereError
            commented = " #" in bare
            parts.append(_checked(bare))
            self.at += 1
        self._to_content()
        if self.indent() > indent:
            raise ElsewhereError
        return scalar(" ".join(parts))

    def folded(self, style: str, indent: int) -> str:
        rows: list[str] = []
        inner = -1
        self.at += 1
        while self.at < len(self.rows):
            row = self.rows[self.at]
            bare = row.lstrip(" ")
            deep = len(row) - len(bare)
            if not bare or deep <= indent:
                break
            inner = deep if inner < 0 else inner
            if deep != inner:
                raise ElsewhereError
            rows.append(bare)
            self.at += 1
        blank = self.at
        self._to_content()
        # A blank line may be part of the text; a comment may not.
        if not rows or self.indent() > indent or _may_belong(self.rows[blank : self.at], indent):
            raise ElsewhereError
        is_last = blank == len(self.rows)
        return " ".join(rows) + ("" if style == ">-" or is_last else "\n")

    def quoted(self, rest: str, indent: int) -> str:
        """Text in quotes, in which a line break is a space."""
        form, said = (_DOUBLE if rest[0] == '"' else _SINGLE), rest
        while not (match := form.fullmatch(said)):
            self.at += 1
            row = self.rows[self.at].strip(" ") if self.at < len(self.rows) else ""
            # A blank line stands for a line break; a backslash at the end of a line removes one.
            if not row or said.endswith("\\") or self.indent() <= indent:
                raise ElsewhereError
            said = f"{said.rstrip(' ')} {row}"
        self.close(indent)
        return unquoted(match[1]) if rest[0] == '"' else match[1].replace("''", "'")

    def flow(self, column: int, indent: int, path: YamlPath) -> Any:
        """A list or mapping in brackets, over any number of lines."""
        if not self.begins:
            self.begins = [0, *accumulate(len(row) + 1 for row in self.rows)]
        inside = Flow(
            self.text, self.begins[self.at] + column, self.at + 1,
            depth=self.depth, left=self.left, lines=self.lines,
        )  # fmt: skip
        value = inside.value(path)
        self.left = inside.left
        self.at = inside.line - 1
        behind = self.rows[self.at][inside.at - self.begins[self.at] :]
        if not _REST.fullmatch(behind):
            raise ElsewhereError
        self.close(indent)
        return value


def _may_belong(rows: list[str], indent: int) -> bool:
    """Whether a row is indented so far that it could be part of the text above."""
    return any(len(row) - len(row.lstrip(" ")) > indent for row in rows)


def _checked(text: str) -> str:
    """A line of a plain scalar without its comment."""
    value = text.split(" #", 1)[0].rstrip(" ")
    if ": " in value or value.endswith(":") or not value:
        raise ElsewhereError
    return value


def read_block(
    text: str, depth: int, most: int
) -> tuple[dict[str, Any], dict[YamlPath, int]] | None:
    r"""Read plain block YAML.

    Parameters
    ----------
    depth, most
        Most levels, and most parts of YAML as the library counts them, that are read here.

    Returns
    -------
    tuple or None
        The mapping, and the one-based line of each key and item by its path; ``None`` if the
        library must read the text.

    Examples
    --------
    >>> read_block("a: no\nb:\n- 1\n- x: >-\n    of two\n    lines\n", 8, 99)
    ({'a': 'no', 'b': [1, {'x': 'of two lines'}]},
     {('a',): 1, ('b',): 2, ('b', 0): 3, ('b', 1): 4, ('b', 1, 'x'): 4})
    >>> read_block("a: &b c", 8, 99) is None
    True
    """
    if _ODD.search(text) or text.startswith(("---", "...", "%")):
        return None
    try:
        block = _BlockReader(text, depth, most)
        if block.indent() != 0:
            return None
        value = block.whole()
    except ElsewhereError:
        return None
    return (value, block.lines) if block.indent() == -1 else None
