"""One figure is drawn at a time: all sessions of the process share matplotlib's settings."""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import Final


class DrawingTurns:
    """A lock that is taken in the order in which it was asked for.

    Examples
    --------
    >>> turns = DrawingTurns()
    >>> with turns:
    ...     turns.pass_on()  # nobody waits, so that the turn comes back at once
    """

    def __init__(self) -> None:
        self._waiting: deque[object] = deque()
        self._changed = Condition()

    def __enter__(self) -> None:
        """Wait until all who asked before have drawn."""
        turn = object()
        with self._changed:
            self._waiting.append(turn)
            self._changed.wait_for(lambda: self._waiting[0] is turn)

    def __exit__(self, *_: object) -> None:
        """Let the next one draw."""
        with self._changed:
            self._waiting.popleft()
            self._changed.notify_all()

    def pass_on(self) -> None:
        """Let all who wait draw first, as between two pages of a long series."""
        self.__exit__()
        self.__enter__()


ONE_AT_A_TIME: Final = DrawingTurns()
"""Held while a figure or a chart is drawn; every session is a thread."""
