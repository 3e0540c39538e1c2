"""Decide which changes of the View are steps of the browser's history, so that Back undoes one.

Each deliberate action of the reader is one step. Moving the map is not, and neither is what the
page does by itself: such a change replaces the address of the current step. The document does the
same when it is opened on its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, NamedTuple
from urllib.parse import urlencode

from geo.view import View

ONE_ACT: Final = 2.0
"""Seconds within which changes of the same field are one action: typing a word, playing a period.

The same as in the document (``messages.js``), so that Back undoes as much in either.
"""
_FLOWING: Final = frozenset({"first", "last", "text", "compare"})
_NO_ACT: Final = frozenset({"viewport"})


class Address(NamedTuple):
    """The query, the number of steps so far, and the query that Back or Forward led to last."""

    query: str
    step: int
    followed: str


@dataclass(slots=True)
class Trail:
    """The View in the address bar, and the number of steps that led there.

    Parameters
    ----------
    stands
        The View of the browser's current step.

    Examples
    --------
    >>> trail = Trail(View())
    >>> trail.keep(View(off=("nrf",)), by_hand=True, now=0.0)
    True
    >>> trail.keep(View(off=("nrf",)), by_hand=True, now=9.0)
    False
    >>> trail.address()
    Address(query='off=nrf', step=1, followed='')
    """

    current: View
    step: int = 0
    followed: str = ""
    _last_flow: float | None = None

    def keep(self, view: View, *, by_hand: bool, now: float) -> bool:
        """Record a View, and return whether it is a step of its own.

        Parameters
        ----------
        by_hand
            Whether the reader caused it.
        now
            Seconds of a clock that never goes backwards.
        """
        changed = {
            one.name
            for one in fields(view)
            if one.name not in _NO_ACT
            and getattr(view, one.name) != getattr(self.current, one.name)
        }
        self.current = view
        if not changed:
            return False
        flows = by_hand and changed <= _FLOWING
        goes_on = flows and self._last_flow is not None and now - self._last_flow < ONE_ACT
        self._last_flow = now if flows else None
        is_step = by_hand and not goes_on
        self.step += is_step
        return is_step

    def follow(self, view: View, query: str = "") -> None:
        """Record the View that Back or Forward led to: not a step, and the end of any action.

        Parameters
        ----------
        query
            The query from which it was read, as the browser spells it.
        """
        self.current, self.followed = view, query
        self._last_flow = None

    def address(self) -> Address:
        """Return the address of the current View, as Streamlit would write it."""
        query = urlencode(self.current.to_query(), doseq=True)
        return Address(query, self.step, self.followed)
