"""How much all sessions together hold in the caches of the app: bytes, not only entries.

Streamlit's caches count their entries, and one entry may be an upload of a gigabyte.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from geo import limits


class ByteBudget:
    """What cached things weigh together; the least recently used go when it is too much.

    Parameters
    ----------
    most
        Bytes. The thing used last stays even if it alone is larger.

    Examples
    --------
    >>> budget = ByteBudget(10)
    >>> for name, size in [("a", 4), ("b", 5), ("a", 4), ("c", 6)]:
    ...     budget.use(name, size, lambda name=name: print("dropped", name))
    dropped b
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[int, Callable[[], None]]] = OrderedDict()

    def use(self, key: str, size: int, drop: Callable[[], None]) -> None:
        """Note that a thing is in use, and drop others until all fit.

        Parameters
        ----------
        drop
            Takes the thing out of its cache.
        """
        with self._lock:
            self._held[key] = size, drop
            self._held.move_to_end(key)
            dropped = []
            while len(self._held) > 1 and self._bytes() > self._most:
                dropped.append(self._held.popitem(last=False)[1][1])
        for one in dropped:
            one()

    def _bytes(self) -> int:
        return sum(size for size, _ in self._held.values())


KEPT: Final = ByteBudget(limits.MAX_KEPT_BYTES)
"""Of the whole process: uploaded events and the map documents drawn with them."""
