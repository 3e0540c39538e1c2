"""Whether incidents with uncertain dates can be so distributed that a count rises in every step.

Each incident is in one of some neighbouring periods, or before or after all of them. Let X(i) be
the number of incidents up to and including period i. A distribution with these numbers exists
exactly if, for each range of periods, at least as many are in it as have their whole period in it
(Hall's theorem for intervals)::

    X(j) - X(i-1) >= L(i, j)

and the count rises by what is wanted in each step exactly if::

    X(i+1) - 2 X(i) + X(i-1) >= d(i)

Both kinds of inequality say that one X is at most a function of others that grows with them. If two
solutions are given, then the greater of the two numbers in each place is a solution, too; so there
is a greatest one, and it is found by lowering each X to what its inequalities allow until nothing
changes. Such constraints are called max-closed (P. Jeavons and M. Cooper, Tractable constraints on
ordered domains, Artificial Intelligence 79, 1995). Each round lowers some X by at least one, and no
X can sink below zero, so the time is polynomial in the numbers of incidents and periods.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.counts.joint import IntVector, Shares

Interval = tuple[int, int]


def rising_shares(
    intervals: Sequence[Interval], counts: Sequence[int], wanted: IntVector
) -> list[Shares] | None:
    """Distribute incidents so that the numbers of each period exceed those of the one before.

    Parameters
    ----------
    intervals
        First and last period of each class of incidents; period 0 is before those that are
        compared, and one more than their number is after them.
    counts
        Incidents of each class.
    wanted
        By how much the number of each period but the first must exceed that of the one before it;
        it may be negative.

    Returns
    -------
    list or None
        For each class, the number of incidents by period; ``None`` if there is no way.

    Examples
    --------
    Of three incidents in two periods, two are in the second one:

    >>> rising_shares([(1, 2)], [3], np.array([1]))
    [{1: 1, 2: 2}]
    >>> rising_shares([(1, 2), (1, 1)], [1, 1], np.array([1])) is None
    True
    """
    size = len(wanted) + 3
    inside = np.zeros((size, size), dtype=np.int64)
    for (first, last), count in zip(intervals, counts, strict=True):
        # In every range that begins no later and ends no earlier.
        inside[: first + 1, last:] += count
    loads = _greatest(np.triu(inside), wanted)
    return None if loads is None else _by_earliest_end(intervals, counts, loads)


def _greatest(inside: IntVector, wanted: IntVector) -> list[int] | None:
    """The number of incidents in each period, if there is a solution."""
    size, total = len(inside), int(inside[0, -1])
    # up_to[i] is X(i-1).
    up_to = np.full(size + 1, total, dtype=np.int64)
    while True:
        lowered = up_to.copy()
        ranges = np.where(np.triu(np.ones_like(inside)) > 0, up_to[1:][None, :] - inside, total)
        lowered[:-1] = np.minimum(lowered[:-1], ranges.min(axis=1))
        middle = slice(2, 2 + len(wanted))
        left, right = up_to[1 : 1 + len(wanted)], up_to[3 : 3 + len(wanted)]
        lowered[middle] = np.minimum(lowered[middle], (left + right - wanted) // 2)
        if lowered[0] < 0:
            return None
        if (lowered == up_to).all():
            return [int(number) for number in np.diff(up_to)]
        up_to = lowered


def _by_earliest_end(
    intervals: Sequence[Interval], counts: Sequence[int], loads: Sequence[int]
) -> list[Shares]:
    """Fill the periods in order, first with those whose own period ends first."""
    left = list(counts)
    shares: list[Shares] = [{} for _ in counts]
    order = sorted(range(len(counts)), key=lambda at: intervals[at][1])
    for period, load in enumerate(loads):
        room = load
        for at in order:
            if intervals[at][0] <= period <= intervals[at][1] and (taken := min(room, left[at])):
                shares[at][period] = taken
                left[at] -= taken
                room -= taken
    return shares
