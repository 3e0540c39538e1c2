r"""Take the text of a dossier apart into sections and entries, and what stands above each.

Put together again in their order, the pieces are the text.

Examples
--------
>>> entries = Entries.of(b"# Mine.\nsources:\n  # The first.\n  a: {title: T}\n# end\n")
>>> (head,), tail = chunks_of(entries, sections_apart(entries), {})
>>> head.lead, head.body, tail
('# Mine.\n', 'sources:\n', '# end\n')
>>> head.entries["a"]
Chunk(lead='  # The first.\n', body='  a: {title: T}\n', value={'title': 'T'})
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from geo.dossier.entries import LISTS, SECTIONS, Entries, Section
from geo.dossier.merged_values import identity_text
from geo.dossier.yaml_lines import YamlFile
from geo.dossier.yaml_nodes import CannotSpliceError, Positions, node_of

_HEADING: Final = re.compile(r"[\w-]+[ ]*:[ ]*(?:#.*)?\n?")
_EMPTY: Final = re.compile(r"([\w-]+[ ]*:)[ ]*(?:\[ *\]|\{ *\}|null|~)?[ ]*(#.*)?\n?")
_ITEM: Final = re.compile(r" *-(?: |\n)")
_KEY: Final = re.compile(r" *[\"']?[\w-]")
_TOP: Final = re.compile(r"[\"']?[\w-]")
_BLOCK_TEXT: Final = re.compile(r"[|>][-+0-9]*[ ]*(?:#.*)?\n")


@dataclass(frozen=True)
class Chunk:
    """An entry, or a field at the head of the file, with the comments and blank lines above it."""

    lead: str
    body: str
    value: Any


@dataclass(frozen=True)
class Top:
    """A key of the file itself: a field, or a section whose entries are apart.

    Parameters
    ----------
    entries
        The entries by their keys, ``None`` if the value is not taken apart.
    """

    key: str
    lead: str
    body: str
    value: Any
    entries: Mapping[str, Chunk] | None = field(default=None)


def sections_apart(entries: Entries) -> frozenset[Section]:
    """The sections whose entries have lines of their own, and those that are not there."""
    yaml, rows = entries.yaml, entries.text.split("\n")
    return frozenset(one for one in SECTIONS if _is_apart(yaml, rows, one))


def _is_apart(yaml: YamlFile, rows: list[str], section: Section) -> bool:
    if section not in yaml.value:
        return True
    held, line = yaml.value[section], yaml.lines[(section,)]
    if not held:
        return bool(_EMPTY.fullmatch(rows[line - 1]))
    if not isinstance(held, list if section in LISTS else dict):
        return False
    lines = [yaml.lines[(section, one)] for one in (range(len(held)) if section in LISTS else held)]
    form = _ITEM if section in LISTS else _KEY
    return (
        bool(_HEADING.fullmatch(rows[line - 1]))
        and all(a < b for a, b in pairwise([line, *lines]))
        and all(form.match(f"{rows[one - 1]}\n") for one in lines)
    )


def emptied(body: str) -> str:
    """Take ``[]`` or ``{}`` from the heading of a section that now has entries."""
    found = _EMPTY.fullmatch(body)
    if found is None:
        return body
    return f"{found[1]}{f'  {found[2]}' if found[2] else ''}\n"


def chunks_of(
    entries: Entries, sections: frozenset[Section], ends: dict[str, int]
) -> tuple[list[Top], str]:
    """Take a text apart.

    Parameters
    ----------
    sections
        Those whose entries are to be apart; they must be in :func:`sections_apart` of the text.
    ends
        Where the content of pieces ends, to be kept from one version of a file to the next.

    Returns
    -------
    tuple
        The keys of the file in their order, and what stands below the last one.

    Raises
    ------
    CannotSpliceError
        If keys of the file do not begin lines of their own.
    """
    return _Splitter(entries, ends).split(sections)


class _Splitter:
    def __init__(self, entries: Entries, ends: dict[str, int]) -> None:
        self.yaml, self.ends = entries.yaml, ends
        self.rows = [f"{row}\n" for row in entries.text.split("\n")[:-1]]
        self.above = ""

    def split(self, sections: frozenset[Section]) -> tuple[list[Top], str]:
        value: dict[str, Any] = self.yaml.value
        heads = [self.yaml.lines[(key,)] for key in value]
        if any(a >= b for a, b in pairwise([0, *heads])):
            raise CannotSpliceError
        if not all(_TOP.match(self.rows[line - 1]) for line in heads):
            raise CannotSpliceError
        self.above = "".join(self.rows[: heads[0] - 1] if heads else self.rows)
        tops = []
        for key, line, after in zip(value, heads, [*heads[1:], len(self.rows) + 1], strict=False):
            if key in sections:
                tops.append(self._section(key, line, after))
            else:
                lead, body = self._piece(line, after)
                tops.append(Top(key, lead, body, value[key]))
        return tops, self.above

    def _section(self, section: str, line: int, after: int) -> Top:
        held = self.yaml.value[section] or ()
        paths = list(range(len(held))) if section in LISTS else list(held)
        lines = [self.yaml.lines[(section, one)] for one in paths]
        lead, body = self._piece(line, lines[0] if lines else after)
        found: dict[str, Chunk] = {}
        seen: Counter[str] = Counter()
        for path, begin, end in zip(paths, lines, [*lines[1:], after], strict=False):
            one = held[path]
            name = _name(one) if section in LISTS else str(path)
            seen[name] += 1
            repeated = f"{name} ({seen[name]})" if seen[name] > 1 else name
            found[repeated] = Chunk(*self._piece(begin, end), one)
        return Top(section, lead, body, None, found)

    def _piece(self, line: int, after: int) -> tuple[str, str]:
        """What stands above a piece, and its own lines; the rest is above the next one."""
        rows = self.rows[line - 1 : after - 1]
        size = self._size(rows)
        lead, self.above = self.above, "".join(rows[size:])
        return lead, "".join(rows[:size])

    def _size(self, rows: list[str]) -> int:
        size = len(rows)
        while size > 1 and (not rows[size - 1].strip() or rows[size - 1].lstrip().startswith("#")):
            size -= 1
        if size < len(rows) and any(_BLOCK_TEXT.search(row) for row in rows):
            piece = "".join(rows)
            if piece not in self.ends:
                self.ends[piece] = Positions(piece).line_after(node_of(piece))
            return piece.count("\n", 0, self.ends[piece])
        return size


def _name(one: Any) -> str:
    key = one.get("id") if isinstance(one, dict) else None
    return key if isinstance(key, str) else identity_text(one)
