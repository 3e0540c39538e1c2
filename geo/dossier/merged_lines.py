"""Merge lines of text from three versions, and find the comments that would be lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from geo.dossier.conflict_markers import ROW
from geo.dossier.yaml_nodes import comments_of


def three_way(base: str, ours: str, theirs: str, *, union: bool = False) -> str | None:
    r"""Merge lines as git does, but of changes in neighbouring lines each is taken.

    Parameters
    ----------
    union
        Whether to take both versions of what both sides changed.

    Returns
    -------
    str or None
        The text; ``None`` if both sides changed the same lines and `union` does not hold.

    Examples
    --------
    >>> three_way("a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\nd\n")
    'a\nB\nc\nd\n'
    """
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    old, one, other = (ROW.findall(text) for text in (base, ours, theirs))
    mine, yours = _changes(old, one), _changes(old, other)
    result: list[str] = []
    at = 0
    while mine or yours:
        taken = _overlapping(mine, yours)
        start = min(change[0] for side in taken for change in side)
        result += old[at:start]
        end = max(change[1] for side in taken for change in side)
        sides = [_patched(old[start:end], side, start) for side in taken]
        was = old[start:end]
        if sides[0] == sides[1] or sides[1] == was:
            result += sides[0]
        elif sides[0] == was:
            result += sides[1]
        elif union:
            result += _both(*sides)
        else:
            return None
        at = end
    return "".join([*result, *old[at:]])


_Change = tuple[int, int, list[str]]


def _changes(old: list[str], new: list[str]) -> list[_Change]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a, b, new[c:d]) for how, a, b, c, d in codes if how != "equal"]


def _overlapping(mine: list[_Change], yours: list[_Change]) -> tuple[list[_Change], list[_Change]]:
    """Take from both lists the first change and those that share a line or a gap with it."""
    taken: tuple[list[_Change], list[_Change]] = ([], [])
    start, end, _ = min((each[0] for each in (mine, yours) if each), key=lambda one: one[:2])
    grown = True
    while grown:
        grown = False
        for side, held in zip((mine, yours), taken, strict=True):
            while side and (side[0][0] < end or side[0][:2] == (start, end)):
                held.append(side.pop(0))
                end, grown = max(end, held[-1][1]), True
    return taken


def _patched(lines: list[str], changes: list[_Change], start: int) -> list[str]:
    result, at = [], 0
    for begin, end, new in changes:
        result += lines[at : begin - start] + new
        at = end - start
    return result + lines[at:]


def _both(one: list[str], other: list[str]) -> list[str]:
    """All lines of both, those that they share once."""
    result = []
    for how, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        result += one[a:b] if how == "equal" else one[a:b] + other[c:d]
    return result


def lost(versions: Sequence[str], result: str) -> list[str]:
    """List the comments that a merged piece has not: of the base, ours and theirs, in this order.

    A comment that one side took away, and the other left alone, is not missed.
    """
    found = [comments_of(text) for text in versions]
    old, mine, other = (Counter(one) for one in found)
    there = Counter(comments_of(result))
    missing = []
    for one in dict.fromkeys([*found[1], *found[2]]):
        counts = (old[one], mine[one], other[one])
        if counts[0] in counts[1:]:
            wanted = counts[2] if counts[1] == counts[0] else counts[1]
        else:
            wanted = max(counts[1:])
        missing += [one] * (wanted - there[one])
    return missing
