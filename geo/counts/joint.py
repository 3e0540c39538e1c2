"""One reading of all records at once in which several inequalities hold.

Whether a statement is *always* true needs no joint reading: each inequality is tested at its own
worst reading. Whether it *can* be true needs one reading in which all of its inequalities hold, and
records are shared between them. Each record chooses one of its alternatives, and an alternative
adds a vector, one number for each inequality.

1. An alternative that is nowhere better than another one is never needed.
2. The records that are left are mostly of one regular kind, for which a polynomial method is known;
   the statement passes it as `settle`. See :func:`spread` for the statement that something has the
   most, and :mod:`geo.counts.rising` for a rise.
3. The others are tried one by one, depth first; a state from which nothing was found is not entered
   again. If there are too many, the statement is refused, never estimated.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo import limits
from geo.errors import StatementError

IntVector = NDArray[np.int64]
Shares = dict[int, int]
"""How many records of a class take each alternative."""


@dataclass(frozen=True, eq=False)
class ChoiceClass:
    """Records with the same alternatives.

    Parameters
    ----------
    count
        How many records there are.
    vectors
        What each alternative adds to each inequality: one row for each.
    regular
        Whether the method of the statement distributes them.
    """

    count: int
    vectors: IntVector
    regular: bool = False


def best_alternatives(vectors: IntVector) -> list[int]:
    """The alternatives that are somewhere better than each of the others.

    Examples
    --------
    >>> best_alternatives(np.array([[0, -1], [-1, -1], [-1, 0], [0, -1]]))
    [0, 2]
    """
    kept: list[int] = []
    for at in np.argsort(-vectors.sum(axis=1), kind="stable"):
        if not any((vectors[other] >= vectors[at]).all() for other in kept):
            kept.append(int(at))
    return sorted(kept)


class JointSearch:
    """The search for one reading of all classes in which every inequality holds.

    Parameters
    ----------
    classes
        The records and their alternatives.
    wanted
        What the sum of the chosen vectors must reach.
    settle
        Distributes the regular classes, given what is wanted of them.
    """

    def __init__(
        self,
        classes: Sequence[ChoiceClass],
        wanted: IntVector,
        settle: Callable[[Sequence[ChoiceClass], IntVector], list[Shares] | None],
    ) -> None:
        self._regular = [at for at, one in enumerate(classes) if one.regular]
        odd = [at for at, one in enumerate(classes) if not one.regular]
        self._odd = sorted(odd, key=lambda at: len(classes[at].vectors))
        self._classes = classes
        self._wanted = wanted
        self._settle = settle
        best = [classes[at].count * classes[at].vectors.max(axis=0) for at in self._regular]
        self._rest = [np.sum([np.zeros_like(wanted), *best], axis=0)]
        for at in reversed(self._odd):
            most = classes[at].count * classes[at].vectors.max(axis=0)
            self._rest.append(self._rest[-1] + most)
        self._failed: set[tuple[int, bytes]] = set()
        self._tried = 0

    def find(self) -> list[Shares] | None:
        """For each class, how many records take each alternative; ``None`` if there is no way."""
        found = self._from(0, self._wanted)
        if found is None:
            return None
        order = (*self._odd, *self._regular)
        placed = dict(zip(order, found, strict=True))
        return [placed[at] for at in range(len(self._classes))]

    def _from(self, depth: int, wanted: IntVector) -> list[Shares] | None:
        if (self._rest[len(self._odd) - depth] < wanted).any():
            return None
        if depth == len(self._odd):
            return self._settle([self._classes[at] for at in self._regular], wanted)
        state = (depth, wanted.tobytes())
        if state in self._failed:
            return None
        group = self._classes[self._odd[depth]]
        for shares in _ways(group.count, len(group.vectors)):
            self._count()
            added = sum((number * group.vectors[at] for at, number in shares.items()), 0)
            rest = self._from(depth + 1, wanted - added)
            if rest is not None:
                return [shares, *rest]
        self._failed.add(state)
        return None

    def _count(self) -> None:
        self._tried += 1
        if self._tried > limits.MAX_JOINT_READINGS:
            raise StatementError(
                f"the statement depends on more than {limits.MAX_JOINT_READINGS:,} combinations of "
                "readings; narrow it, for example to a group, a province or fewer periods"
            )


def _ways(count: int, alternatives: int) -> Iterator[Shares]:
    """Every way to divide some records among alternatives."""
    last = alternatives - 1
    if not last:
        yield {0: count} if count else {}
        return
    for taken in range(count + 1):
        for rest in _ways(count - taken, last):
            yield {**rest, last: taken} if taken else rest


def is_spread(vectors: IntVector) -> bool:
    """Whether every alternative lacks one in one inequality, and each in another one.

    Examples
    --------
    >>> is_spread(np.array([[-1, 0], [0, -1]])), is_spread(np.array([[-1, -1], [0, 0]]))
    (True, False)
    """
    lacks = vectors.max(axis=0) - vectors
    return bool((lacks.sum(axis=1) == 1).all())


def spread(classes: Sequence[ChoiceClass], wanted: IntVector) -> list[Shares] | None:
    """Divide records of which each lacks one somewhere, so that nowhere too many lack one.

    This is a maximum flow from classes to inequalities with their capacities; each search for a
    longer path fills a class or an inequality, so the number of searches is polynomial
    (L. R. Ford and D. R. Fulkerson, Maximal flow through a network, 1956).

    Returns
    -------
    list or None
        For each class the number of records by alternative; ``None`` if there is no way.
    """
    most = [one.vectors.max(axis=0) for one in classes]
    room = sum((one.count * best for one, best in zip(classes, most, strict=True)), -wanted)
    if (room < 0).any():
        return None
    places = [
        {int(at): int(np.argmax(best - vector)) for at, vector in enumerate(one.vectors)}
        for one, best in zip(classes, most, strict=True)
    ]
    flow = _SpreadFlow([{at: way for way, at in one.items()} for one in places], room.tolist())
    return flow.shares if all(flow.place(at, one.count) for at, one in enumerate(classes)) else None


class _SpreadFlow:
    """Records of classes in places of limited room; some are moved to make room for others."""

    def __init__(self, ways: Sequence[dict[int, int]], room: list[int]) -> None:
        self._ways = ways
        self._room = room
        self.shares: list[Shares] = [{} for _ in ways]
        self._users: dict[int, set[int]] = {}

    def place(self, source: int, count: int) -> bool:
        """Find places for all records of a class."""
        while count:
            path = self._path(source)
            if path is None:
                return False
            moved = min(count, self._room[path[-1][1]])
            for (_, left), (group, _) in pairwise(path):
                moved = min(moved, self.shares[group][self._ways[group][left]])
            self._move(path, moved)
            count -= moved
        return True

    def _path(self, source: int) -> list[tuple[int, int]] | None:
        """Classes and the places they take, from `source` to a place with room."""
        came: dict[int, tuple[int, int | None]] = {}
        waiting: deque[tuple[int, int | None]] = deque([(source, None)])
        while waiting:
            group, left = waiting.popleft()
            for place in self._ways[group]:
                if place in came:
                    continue
                came[place] = (group, left)
                if self._room[place] > 0:
                    return self._traced(came, place)
                waiting.extend((user, place) for user in self._users.get(place, ()))
        return None

    @staticmethod
    def _traced(came: dict[int, tuple[int, int | None]], place: int) -> list[tuple[int, int]]:
        path: list[tuple[int, int]] = []
        at: int | None = place
        while at is not None:
            group, left = came[at]
            path.append((group, at))
            at = left
        return path[::-1]

    def _move(self, path: list[tuple[int, int]], moved: int) -> None:
        left: int | None = None
        for group, place in path:
            shares, ways = self.shares[group], self._ways[group]
            if left is not None:
                shares[ways[left]] -= moved
                if not shares[ways[left]]:
                    self._users[left].discard(group)
            shares[ways[place]] = shares.get(ways[place], 0) + moved
            self._users.setdefault(place, set()).add(group)
            left = place
        self._room[path[-1][1]] -= moved
