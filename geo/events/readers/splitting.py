r"""Find where a CSV file can be split: at the ends of rows, never at a quoted line break.

A quotation mark opens a cell only at the cell's beginning; anywhere else outside quotes it is an
ordinary character (``5" gun``), and inside quotes two of them mean one. So the effect of a run of
quotation marks depends on what precedes it and on its length:

====================  =========================  ============================================
marks in the run      after a delimiter or row   after anything else
====================  =========================  ============================================
an odd number         opens, or closes           closes, if anything was open
an even number        nothing changes            nothing changes
====================  =========================  ============================================

numpy scans every byte once, from first to last, one window at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.errors import IntakeError
from geo.events.readers.csv_rows import MARK, TOO_LONG
from geo.events.readers.sources import BLOCK

_QUOTE, _LF, _CR = b'"\n\r'
LONGEST: Final = 2 * BLOCK
"""Longest row in bytes that Arrow's reader accepts: it must fit in two consecutive blocks."""
_UNDECIDED: Final = b'"\r'
"""At the end of a window, only the next byte shows what these mean."""


def row_ends(opened: Any, delimiter: str, block: int, file: str) -> Iterator[int]:
    r"""Yield where to split a CSV file: after the heading, then after rows `block` bytes apart.

    Parameters
    ----------
    opened
        A file or buffer, positioned at its beginning.
    delimiter
        The separator of cells.
    block
        A block ends with the first row that ends at least this many bytes after its beginning.

    Yields
    ------
    Offsets in bytes from the beginning; the last is the length of the file.

    Raises
    ------
    IntakeError
        A row is so long that a quotation mark was probably never closed.

    Examples
    --------
    >>> import io
    >>> text = b'a,b\n1,"x\ny"\n2,5" gun\n3,"say ""no""\n"\n'
    >>> [text[:end] for end in row_ends(io.BytesIO(text), ",", 1, "x.csv")][1].decode()
    'a,b\n1,"x\ny"\n'
    >>> list(row_ends(io.BytesIO(text), ",", 1, "x.csv"))
    [4, 12, 21, 37]
    """
    goal, last, row, size = -1, 0, 0, 0
    for start, window, ends in _windows(opened, delimiter):
        size = start + len(window)
        row = start + int(ends[-1]) if ends.size else row
        if size - row > LONGEST:
            raise IntakeError(f"{file}: {TOO_LONG}")
        if goal < 0:
            heading = next((end for end in ends.tolist() if window[:end].strip(b"\r\n")), None)
            if heading is None:
                continue
            last = start + heading
            yield last
            goal = last + block
        while (at := int(np.searchsorted(ends, goal - start))) < ends.size:
            last = start + int(ends[at])
            yield last
            goal = last + block
    if last < size:
        yield size


def _windows(opened: Any, delimiter: str) -> Iterator[tuple[int, bytes, NDArray[np.int64]]]:
    """Yield windows of the file: where each begins, its bytes, and the ends of rows in it."""
    quotes = _Quotes(delimiter)
    start, rest = 0, b""
    while part := opened.read(BLOCK):
        data = rest + part
        if start == 0 and data.startswith(MARK):
            start, data = len(MARK), data[len(MARK) :]
        window = data.rstrip(_UNDECIDED)
        rest = data[len(window) :]
        yield start, window, quotes.ends(window)
        start += len(window)
    yield start, rest, quotes.ends(rest)


class _Quotes:
    """Tracks whether bytes are inside quotes, from one window to the next."""

    def __init__(self, delimiter: str) -> None:
        self.begins = np.zeros(256, dtype=bool)
        self.begins[[_LF, _CR, ord(delimiter)]] = True
        self.before, self.inside = _LF, 0

    def ends(self, window: bytes) -> NDArray[np.int64]:
        """Return the positions after the rows that end in a window."""
        if not window:
            return np.empty(0, np.int64)
        data = np.frombuffer(window, np.uint8)
        runs, states = self._states(data)
        breaks = _breaks(data)
        found = states[np.searchsorted(runs, breaks)]
        self.before, self.inside = int(data[-1]), int(states[-1])
        outside: NDArray[np.int64] = breaks[found == 0]
        return outside + 1

    def _states(self, data: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return odd runs of quotation marks, and whether quotes are open around each."""
        marks = np.flatnonzero(data == _QUOTE)
        first = np.flatnonzero(np.diff(marks, prepend=-2) > 1)
        odd = np.diff(first, append=marks.size) % 2 == 1
        runs = marks[first[odd]]
        before = data[runs - 1]
        before[runs == 0] = self.before
        turns = self.begins[before]
        turned = np.cumsum(turns)
        # The last run that does not toggle closes any open quote; toggles count from there.
        closed = np.maximum.accumulate(np.where(turns, -1, np.arange(runs.size)))
        since = np.where(closed < 0, -self.inside, turned[closed])
        return runs, np.concatenate([[self.inside], (turned - since) % 2])


def _breaks(data: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return line breaks of any kind; for two-byte breaks, the position of the second byte."""
    returns = np.flatnonzero(data == _CR)
    feeds = np.flatnonzero(data == _LF)
    if not returns.size:
        return feeds
    lone = np.setdiff1d(returns + 1, feeds, assume_unique=True) - 1
    return np.sort(np.concatenate([feeds, lone]))
