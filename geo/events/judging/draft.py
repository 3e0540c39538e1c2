"""The rows of a file while they are judged: columns by standard name, and their problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.dossier.periods import DatePrecision
from geo.events.cells.dates import DateReading
from geo.events.cells.values import NO_DAY, degrees, to_day
from geo.events.columns.columns import CodedColumn, Codes, Mask
from geo.events.columns.formats import canonical
from geo.events.columns.rejects import Findings
from geo.events.parties.parties import StatedParties
from geo.events.placing.rows import StatedLocations
from geo.events.readers.csv_rows import RawTable
from geo.places.boundaries import MOST_EAST, MOST_NORTH

DATE_PRECISIONS: Final[tuple[DatePrecision, ...]] = get_args(DatePrecision)


@dataclass(frozen=True, eq=False)
class StatedColumns:
    """What rows give, by columns; rejected rows are still included.

    Parameters
    ----------
    earliest, latest
        Days since 1970.
    date_precision
        Positions in :data:`DATE_PRECISIONS`.
    locations
        The stated locations.
    parties
        The stated parties.
    others
        Further finished columns of the event table.
    """

    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]
    date_precision: NDArray[np.int8]
    locations: StatedLocations
    parties: StatedParties
    others: Mapping[str, Any]


class Draft:
    """The columns of a file under the names that its format gives them, in any case.

    Parameters
    ----------
    raw
        The table as it was read.
    names
        Further names: the name used in the code, and the name in the file.
    today
        Rows that begin after this day are rejected; ``None`` leaves that unchecked.
    only
        Whether columns are found by `names` alone.
    dates
        How dates are read.
    zone
        The country's own time zone, if it is known.
    """

    def __init__(
        self,
        raw: RawTable,
        names: Mapping[str, str] | None = None,
        today: date | None = None,
        *,
        only: bool = False,
        dates: DateReading | None = None,
        zone: ZoneInfo | None = None,
    ) -> None:
        self.raw, self.today = raw, today
        self.dates, self.zone = dates or DateReading(), zone
        self.rows = raw.table.num_rows
        self.rejected, self.doubts = Findings(raw.rows), Findings(raw.rows)
        own = {} if only else {canonical(name): name for name in raw.table.column_names}
        self._names = own | dict(names or {})
        self._coded: dict[str, CodedColumn] = {}

    def fix(self, texts: Mapping[str, str]) -> None:
        """Add columns that hold the same text in every row."""
        self._coded |= {name: CodedColumn.same(text, self.rows) for name, text in texts.items()}

    def put(self, name: str, column: CodedColumn) -> None:
        """Replace the texts of a column."""
        self._coded[name] = column

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> CodedColumn:
        """Return a column; empty texts if the file does not have it."""
        if name not in self._coded:
            found = self.get(name)
            self._coded[name] = found if found is not None else CodedColumn.same("", self.rows)
        return self._coded[name]

    def get(self, name: str) -> CodedColumn | None:
        """Return a column, or ``None`` if the file does not have it."""
        if name not in self._coded and name in self._names:
            self._coded[name] = CodedColumn.of(self.raw.table[self._names[name]])
        return self._coded.get(name)

    def called(self, name: str) -> str:
        """Return the file's name for a column."""
        own: str = self._names.get(name, name)
        return own

    def text(self, *names: str) -> Any:
        """Return the first of these columns that the file has, unchanged."""
        for name in names:
            if name in self._names:
                column = self.raw.table[self._names[name]]
                return column if pa.types.is_string(column.type) else column.cast(pa.string())
        return pa.chunked_array([self[names[0]].column().cast(pa.string())])

    def reject(self, where: Mask, name: str, reason: str | CodedColumn) -> None:
        """Reject the marked rows, each with the reason."""
        self.rejected.add(where, self.called(name), self[name], reason)

    def doubt(self, where: Mask, name: str, reason: str | CodedColumn) -> None:
        """Import the marked rows with a warning."""
        self.doubts.add(where, self.called(name), self[name], reason)

    def reject_each(self, name: str, reasons: Sequence[str]) -> None:
        """Reject rows by their text in a column; a text with an empty reason is accepted."""
        self.reject(*self._each(name, reasons))

    def doubt_each(self, name: str, reasons: Sequence[str], codes: Codes | None = None) -> None:
        """Add warnings by the text in a column, or by `codes`; an empty reason adds none."""
        self.doubt(*self._each(name, reasons, codes))

    def _each(
        self, name: str, reasons: Sequence[str], codes: Codes | None = None
    ) -> tuple[Mask, str, CodedColumn]:
        said = CodedColumn(
            pa.array(reasons, pa.string()), self[name].codes if codes is None else codes
        )
        return said.filled, name, said

    def row_ids(self) -> Any:
        """Return ids for the rows of a file that has none, made from their numbers."""
        rows = pa.array(self.raw.rows).cast(pa.string())
        return pc.binary_join_element_wise("row", rows, "-")

    def unique(self, *names: str) -> None:
        """Reject rows without an id, and rows that repeat the id of an earlier row."""
        name = next(one for one in names if one in self._names)
        ids = self.text(name)
        if (
            not self.raw.again.size
            and pc.count_distinct(ids).as_py() == self.rows
            and not pc.any(pc.equal(pc.utf8_trim_whitespace(ids), "")).as_py()
        ):
            return
        column = CodedColumn.of(ids)
        first = np.full(len(column.words), -1, np.int64)
        first[column.codes[::-1]] = np.arange(self.rows - 1, -1, -1)
        again = first[column.codes] != np.arange(self.rows)
        again |= np.isin(self.raw.rows, self.raw.again)
        self._coded[name] = column
        self.reject(~column.filled, name, "a row needs an id")
        self.reject(again & column.filled, name, "an earlier row has the same id")

    def position(
        self, lat: str = "latitude", lon: str = "longitude"
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], Mask]:
        """Return degrees north, degrees east, and a mask of rows rejected for an invalid one.

        Returns
        -------
        Latitudes and longitudes in degrees, NaN where there is none, and the mask.
        """
        north, wrong_north = degrees(self[lat], "lat")
        east, wrong_east = degrees(self[lon], "lon")
        self.reject(wrong_north, lat, f"expected degrees from -{MOST_NORTH:g} to {MOST_NORTH:g}")
        self.reject(wrong_east, lon, f"expected degrees from -{MOST_EAST:g} to {MOST_EAST:g}")
        return north, east, wrong_north | wrong_east

    def not_after_today(self, days: NDArray[np.int32], name: str) -> None:
        """Reject rows that are dated after today."""
        if self.today is not None:
            late = (days != NO_DAY) & (days > to_day(self.today))
            self.reject(late, name, f"is after {self.today.isoformat()}")


def interval_within(
    earliest: NDArray[np.int32], latest: NDArray[np.int32], stated: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Return the precision of dates: as stated, or coarser where the interval is longer.

    Examples
    --------
    >>> at = interval_within(np.array([0, 0], np.int32), np.array([0, 9], np.int32),
    ...                      np.array([0, 0], np.int8))
    >>> [DATE_PRECISIONS[one] for one in at]
    ['day', 'month']
    """
    # Days of an interval with each of DATE_PRECISIONS, at most.
    longest = np.array([1, 6, 7, 31, 366])
    length = latest.astype(np.int64) - earliest + 1
    return np.maximum(stated, np.searchsorted(longest, length)).astype(np.int8)
