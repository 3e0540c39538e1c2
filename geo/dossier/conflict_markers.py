r"""Conflict markers, as git writes them: around what a person has to decide, and explained there.

Examples
--------
>>> marked("killed: 3\n", "killed: 4\n").split("\n")
['<<<<<<< ours', 'killed: 3', '=======', 'killed: 4', '>>>>>>> theirs', '']
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

_BEGIN: Final = "<<<<<<<"
_MIDDLE: Final = "======="
_END: Final = ">>>>>>>"
_MARKER: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?")
"""A line of a conflict as git writes it, and of its form with the base (``|``)."""
ROW: Final = re.compile(r"[^\n]*\n|[^\n]+")
"""A line with its end; `splitlines` would also end one at characters that YAML has in texts."""


def marked(ours: str, theirs: str) -> str:
    """Write both versions of a piece, with conflict markers around the lines that differ."""
    one, other = (ROW.findall(text) for text in (ours, theirs))
    result: list[str] = []
    for how, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if how == "equal":
            result += one[a:b]
        else:
            result += [f"{_BEGIN} ours\n", *one[a:b], f"{_MIDDLE}\n", *other[c:d]]
            result.append(f"{_END} theirs\n")
    return "".join(result)


def say_markers(text: str) -> list[tuple[int, str]]:
    r"""Explain the conflict markers in a text, each place in one sentence.

    Returns
    -------
    list
        The line of each place, counted from 1, and what to do there.

    Examples
    --------
    >>> text = "<<<<<<< ours\nkilled: 3\n=======\nkilled: 4\n>>>>>>> theirs\n=======\n"
    >>> for line, said in say_markers(text):
    ...     print(line, said)  # doctest: +NORMALIZE_WHITESPACE
    1 a merge left two versions here for you to choose from, ours in line 2 and theirs in line 4:
      keep what is right, and delete the other and the marker lines 1, 3 and 5
    6 the line '=======' is left over from a merge: delete it
    """
    if not any(sign in text for sign in (_BEGIN, _MIDDLE, _END)):
        return []
    found: list[tuple[int, str]] = []
    held: list[tuple[int, str]] = []
    rows = [(at, row) for at, row in enumerate(text.split("\n"), 1) if _MARKER.fullmatch(row)]
    for at, row in rows:
        if row.startswith(_BEGIN):
            found += _left_over(held)
            held = []
        held.append((at, row))
        if row.startswith(_END):
            whole = [one[:1] for _, one in held] in (["<", "=", ">"], ["<", "|", "=", ">"])
            found += [_place([line for line, _ in held])] if whole else _left_over(held)
            held = []
    return found + _left_over(held)


def _left_over(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(at, f"the line {row[:40]!r} is left over from a merge: delete it") for at, row in rows]


def _place(lines: list[int]) -> tuple[int, str]:
    ours, theirs = _lines(lines[0], lines[1]), _lines(lines[-2], lines[-1])
    signs = f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    return lines[0], (
        f"a merge left two versions here for you to choose from, ours {ours} and theirs {theirs}: "
        f"keep what is right, and delete the other and the marker lines {signs}"
    )


def _lines(above: int, below: int) -> str:
    first, last = above + 1, below - 1
    if first > last:
        return "without these lines"
    return f"in line {first}" if first == last else f"in lines {first} to {last}"
