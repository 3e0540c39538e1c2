"""Merge plain values of three versions: a field by its meaning, a list by what its elements are.

An element of a list has no id. A claim is the one of the same speaker, kind and source (or of the
same general statement), a passage that at the same characters, a place that of the same name, a
role that of the same kind and beginning; any other element is what it says. Equal elements are
paired first, then those that are the same in this sense, in their order. What cannot be paired was
taken away on one side and added on the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Literal, TypeVar

from geo.dossier.entries import LISTS
from geo.dossier.merged_review import merged_approval, united_names
from geo.dossier.yaml_rewriting import same

SideChoice = Literal["kept", "ours", "theirs"]
"""What becomes of a clash: "kept" is ours, or what one side changed and the other took away."""
Decisions = Mapping[tuple[str, ...], Literal["ours", "theirs"]]
"""What somebody has decided about clashes, by the path of each."""
_Label = TypeVar("_Label", bound=Hashable)


class Absent(Enum):
    """The value of what is not given, which is not the same as ``null``."""

    ABSENT = "not given"


ABSENT: Final = Absent.ABSENT
"""Stands for an entry, field or element that a version does not have."""
_AS_ONE: Final = frozenset({"killed", "injured", "killed_or_injured"})
"""Figures: the low of one side with the high of the other would be a range that no source gives."""
_TOGETHER: Final = ("lat", "lon", "uncertainty_m", "basis")
"""A point: one side's latitude with the other's longitude would be a third place."""
_REVIEW: Final = frozenset({"written_by", "approved"})
"""Fields of a record that are merged by themselves and never clash."""
_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "claims": ("statement", "by", "says", "source"),
    "passages": ("document", "start", "end"),
    "where": ("place",),
    "roles": ("role", "since"),
    "assessments": ("about", "by", "source"),
    "incidents": ("id",),
    "presence": ("id",),
}
"""The fields by which an element of a list is recognised, by the name of the list."""


@dataclass(frozen=True)
class Difference:
    """A value that both sides changed, each in its own way."""

    path: tuple[str, ...]
    base: Any
    ours: Any
    theirs: Any


@dataclass
class ValueMerger:
    """Merge values, and list what clashes, whether it is decided or not.

    Parameters
    ----------
    digest_of
        The digest of what a merged record means, by its section; empty, if it cannot be read.

    Examples
    --------
    >>> merger = ValueMerger("kept")
    >>> base = {"by": ["nrf"], "title": "A raid", "killed": 3}
    >>> ours = {"by": ["nrf", "aff"], "title": "Raid", "killed": 3}
    >>> theirs = {"by": ["nrf", "isis-k"], "title": "Attack", "killed": 4}
    >>> merger.merge([base, ours, theirs])
    {'by': ['nrf', 'aff', 'isis-k'], 'title': 'Raid', 'killed': 4}
    >>> merger.found
    [Difference(path=('title',), base='A raid', ours='Raid', theirs='Attack')]
    """

    choice: SideChoice
    digest_of: Callable[[str, Mapping[str, Any]], str] = lambda _section, _record: ""
    found: list[Difference] = field(default_factory=list)
    decisions: Decisions = field(default_factory=dict)

    def merge(self, versions: Sequence[Any], path: tuple[str, ...] = ()) -> Any:
        """Merge the base, ours and theirs; return :data:`ABSENT` for what is taken away."""
        base, ours, theirs = versions
        if same(ours, theirs):
            return ours
        if same(base, ours) or same(base, theirs):
            return theirs if same(base, ours) else ours
        name = path[-1] if path else ""
        if name not in _AS_ONE and all(isinstance(one, Mapping) for one in (base, ours, theirs)):
            return self._mapping(base, ours, theirs, path)
        if isinstance(ours, list) and isinstance(theirs, list) and (
            isinstance(base, list) or base in (ABSENT, None)
        ):  # fmt: skip
            return self._list(base if isinstance(base, list) else [], ours, theirs, path)
        return self._clash(base, ours, theirs, path)

    def added_twice(
        self, ours: Mapping[str, Any], theirs: Mapping[str, Any], path: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Merge an entry that both sides added: every field in which they differ clashes.

        Returns
        -------
        dict
            The entry.
        """
        names = [*ours, *(name for name in theirs if name not in ours)]
        result = {}
        for name in names:
            if name in _REVIEW and _is_record(path):
                continue
            mine, other = ours.get(name, ABSENT), theirs.get(name, ABSENT)
            both = mine if same(mine, other) else self._clash(ABSENT, mine, other, (*path, name))
            if both is not ABSENT:
                result[name] = both
        return self._reviewed(result, ({}, ours, theirs), path)

    def _reviewed(
        self, record: dict[str, Any], versions: Sequence[Mapping[str, Any]], path: tuple[str, ...]
    ) -> dict[str, Any]:
        """Give a merged record its names and its approval."""
        if not _is_record(path) or not any(one.keys() & _REVIEW for one in versions[1:]):
            return record
        names = united_names(*(one.get("written_by") for one in versions[1:]))
        base, ours, theirs = (one.get("approved") for one in versions)
        approval = ours
        if not same(ours, theirs):
            approval = merged_approval(base, ours, theirs, self.digest_of(path[0], record))
        given = {"written_by": names, "approved": approval}
        return record | {name: one for name, one in given.items() if one is not None}

    def _clash(self, base: Any, ours: Any, theirs: Any, path: tuple[str, ...]) -> Any:
        self.found.append(Difference(path, base, ours, theirs))
        choice = self._choice(path)
        return theirs if choice == "theirs" or (choice == "kept" and ours is ABSENT) else ours

    def _choice(self, path: tuple[str, ...]) -> SideChoice:
        return self.decisions.get(path, "kept") if self.choice == "kept" else self.choice

    def _mapping(
        self, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any],
        path: tuple[str, ...],
    ) -> dict[str, Any]:  # fmt: skip
        versions = (base, ours, theirs)
        point = [{name: one[name] for name in _TOGETHER if name in one} for one in versions]
        apart = any("lat" in one for one in point)
        result: dict[str, Any] = {}
        if apart:
            one = self._as_one(point, (*path, "point"))
            result |= {} if one is ABSENT else one
        for name in merged_order(*(list(one) for one in versions), key=str)[0]:
            if (apart and name in _TOGETHER) or (name in _REVIEW and _is_record(path)):
                continue
            value = self.merge([one.get(name, ABSENT) for one in versions], (*path, name))
            if value is not ABSENT:
                result[name] = value
        return self._reviewed(result, versions, path)

    def _as_one(self, versions: Sequence[Any], path: tuple[str, ...]) -> Any:
        base, ours, theirs = versions
        if same(ours, theirs) or same(base, theirs):
            return ours
        return theirs if same(base, ours) else self._clash(base, ours, theirs, path)

    def _list(
        self, base: list[Any], ours: list[Any], theirs: list[Any], path: tuple[str, ...]
    ) -> list[Any]:
        name = path[-1] if path else ""
        labels = _labels(base, ours, theirs, name)
        held = [dict(zip(at, one, strict=True)) for at, one in zip(labels, (base, ours, theirs),
                                                                   strict=True)]  # fmt: skip
        merged: dict[int, Any] = {}
        for label in dict.fromkeys([*labels[0], *labels[1], *labels[2]]):
            values = [one.get(label, ABSENT) for one in held]
            shown = next(one for one in values if one is not ABSENT)
            value = self.merge(values, (*path, described(shown, name)))
            if value is not ABSENT:
                merged[label] = value
        kept = [[label for label in one if label in merged] for one in labels]
        order, agreed = merged_order(
            *kept,
            key=lambda label: identity_text(merged[label]),
            first=self._choice((*path, "order")) != "theirs",
        )
        if not agreed:
            self.found.append(Difference((*path, "order"), base, ours, theirs))
        return [merged[label] for label in order]


def merged_order(
    base: Iterable[_Label], ours: Iterable[_Label], theirs: Iterable[_Label], *,
    key: Callable[[_Label], str], first: bool | None = None,
) -> tuple[list[_Label], bool]:  # fmt: skip
    """Bring what is in either list into one order, the same with the sides exchanged.

    What both have stands in the order of the side that moved it. What one side alone has follows
    what it follows there; where both add something in one place, the lesser `key` goes first.

    Parameters
    ----------
    first
        Whether the order of the first side counts where both moved the same things, each in its
        own way; ``None`` for the order that is the lesser one by `key`.

    Returns
    -------
    tuple
        The labels, and whether the sides agree about the order.

    Examples
    --------
    >>> merged_order(["a", "b"], ["a", "x", "b"], ["b", "a", "c"], key=str)
    (['b', 'a', 'c', 'x'], True)
    """
    was, mine, other = list(base), list(ours), list(theirs)
    both = set(mine) & set(other)
    held = [[one for one in side if one in both] for side in (was, mine, other)]
    old = set(held[0])
    moved = [[one for one in side if one in old] for side in held[1:]]
    agreed = moved[0] == moved[1] or held[0] in moved
    if moved[0] != moved[1] and agreed:
        spine = held[1] if moved[1] == held[0] else held[2]
    elif agreed or first is None:
        spine = min(held[1:], key=lambda side: [key(one) for one in side])
    else:
        spine = held[1] if first else held[2]
    runs = [_runs(side, set(spine)) for side in (mine, other)]
    result: list[_Label] = []
    for anchor in (None, *spine):
        result += [] if anchor is None else [anchor]
        result += _woven(runs[0].get(anchor, []), runs[1].get(anchor, []), key)
    return result, agreed


def _runs(side: list[_Label], spine: set[_Label]) -> dict[_Label | None, list[_Label]]:
    found: dict[_Label | None, list[_Label]] = {}
    anchor = None
    for one in side:
        if one in spine:
            anchor = one
        else:
            found.setdefault(anchor, []).append(one)
    return found


def _woven(
    one: list[_Label], other: list[_Label], key: Callable[[_Label], str]
) -> list[_Label]:  # fmt: skip
    result = []
    left, right = list(one), list(other)
    while left and right:
        result.append(left.pop(0) if key(left[0]) <= key(right[0]) else right.pop(0))
    return result + left + right


def _labels(
    base: list[Any], ours: list[Any], theirs: list[Any], name: str
) -> tuple[list[int], list[int], list[int]]:
    """Number the elements of three lists, the same element alike in each."""
    mine, new = _paired(base, ours, name, range(len(base)), len(base))
    other, rest = _paired(base, theirs, name, range(len(base)), -1)
    added = [ours[at] for at in new]
    labels, _ = _paired(
        added, [theirs[at] for at in rest], name, [mine[at] for at in new], len(base) + len(ours)
    )
    for at, label in zip(rest, labels, strict=True):
        other[at] = label
    return list(range(len(base))), mine, other


def _paired(
    known: list[Any], side: list[Any], name: str, labels: Sequence[int], fresh: int
) -> tuple[list[int], list[int]]:
    """Label each element of a side: that of its like, or one from `fresh` on; and list the new."""
    found: dict[int, int] = {}
    free = list(range(len(known)))
    for sign in (identity_text, lambda one: identity_text(_identity(one, name))):
        left: dict[str, list[int]] = {}
        for at in free:
            left.setdefault(sign(known[at]), []).append(at)
        for at, one in enumerate(side):
            if at not in found and (likes := left.get(sign(one))):
                found[at] = likes.pop(0)
        free = [at for at in free if at not in set(found.values())]
    new = [at for at in range(len(side)) if at not in found]
    ranks = {at: fresh + rank for rank, at in enumerate(new)}
    return [labels[found[at]] if at in found else ranks[at] for at in range(len(side))], new


def _identity(one: Any, name: str) -> Any:
    fields = _IDENTITY.get(name)
    if fields is None or not isinstance(one, Mapping):
        return one
    return {each: one[each] for each in fields if each in one} or one


def _is_record(path: tuple[str, ...]) -> bool:
    return len(path) == len(("section", "key")) and path[0] in LISTS


def described(one: Any, name: str) -> str:
    """Say which element of a list is meant, in few words.

    Examples
    --------
    >>> described({"by": "nrf", "says": "denial", "source": "report", "text": "No."}, "claims")
    'nrf, denial, report'
    """
    found = _identity(one, name)
    if isinstance(found, Mapping) and name in _IDENTITY:
        return ", ".join(str(each) for each in found.values())
    return str(found)


def identity_text(one: Any) -> str:
    """Return the one text that stands for a value, whatever the order of its fields."""
    return json.dumps(one, ensure_ascii=False, sort_keys=True, default=str)
