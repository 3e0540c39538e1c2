"""Rows of an event table in the form that exports to other formats need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.dossier.records import CIVILIANS
from geo.events.cells.values import NO_DAY, degrees_of
from geo.events.columns.columns import CodedColumn, Combinations, Mask
from geo.events.columns.formats import canonical
from geo.events.columns.schema import ORIGINAL
from geo.events.columns.text_cells import join_texts, split_texts
from geo.events.parties.actors import Registry
from geo.places.country import Country

Loss = tuple[Mask, str, Any, str]
_DECIMALS: Final = 6
"""Decimals of a degree in exported files: about 0.1 m, more precise than any source."""


@dataclass(frozen=True, eq=False)
class ConvertedTable:
    """Columns prepared for another format.

    Parameters
    ----------
    columns
        By name; any other column of the format stays empty.
    kept
        Mask of the rows that the format can hold.
    losses
        For each loss: mask of the rows, column, values of all rows, and reason.
    never
        Columns that stay empty for every row, and why.
    """

    columns: Mapping[str, Any]
    kept: Mask
    losses: list[Loss]
    never: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartyNames:
    """The parties of one combination of columns, as names and roles.

    Parameters
    ----------
    acting, against
        Names; a party that is only acted upon is in `against` alone.
    roles
        The role of the first name of each; empty where it is not recorded.
    civilians
        Whether civilians are acted upon.
    """

    acting: tuple[str, ...]
    against: tuple[str, ...]
    roles: tuple[str, str]
    civilians: bool


@dataclass(frozen=True, eq=False)
class ExportRows:
    """Rows of an event table that did not come from the target format.

    Parameters
    ----------
    table
        An event table.
    points
        Latitude and longitude of a reference point for each row; NaN where there is none.
    """

    table: pa.Table
    country: Country
    registry: Registry
    points: tuple[NDArray[np.float64], NDArray[np.float64]]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def coded(self, name: str) -> CodedColumn:
        """Return a column by its distinct strings."""
        return CodedColumn.of(self.table[name])

    def numbers(self, name: str) -> NDArray[np.int64]:
        """Return a column of whole numbers; -1 where missing."""
        filled = pc.fill_null(self.table[name], -1)
        return np.asarray(filled.to_numpy(zero_copy_only=False), np.int64)

    @cached_property
    def days(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return first and last day since 1970; :data:`NO_DAY` where the interval is open."""
        first, last = (
            np.asarray(pc.fill_null(self.table[name].cast(pa.int32()), NO_DAY), np.int64)
            for name in ("earliest", "latest")
        )
        return first, last

    @cached_property
    def who(self) -> tuple[list[PartyNames], NDArray[np.int32]]:
        """Return the distinct sets of parties, and the number of its set for each row."""
        columns = [join_texts(self.table[name]) for name in ("groups", "unmatched", "against")]
        era = self.registry.era_of(self.days[0].astype(np.int32))
        both = Combinations.of(era, *(column.codes for column in columns))
        found = [
            self._who(int(self.days[0][at]), *(split_texts(c.texts[c.codes[at]]) for c in columns))
            for at in both.first.tolist()
        ]
        return found, both.number

    def _who(
        self, day: int, groups: list[str], unmatched: list[str], against: list[str]
    ) -> PartyNames:
        struck = [key for key in against if key != CIVILIANS]
        acting = (*map(self.registry.label, groups), *unmatched)
        names = (*map(self.registry.label, struck),)
        roles = tuple(
            self.registry.role_of(keys[0], day) if keys else "" for keys in (groups, struck)
        )
        civilians = CIVILIANS in against
        return PartyNames(acting, names, (roles[0], roles[1]), civilians)

    def by_who(self, say: Callable[[PartyNames], str]) -> Any:
        """Build a column of texts, each made once for a distinct set of parties."""
        found, number = self.who
        return pa.array([say(who) for who in found], pa.string()).take(pa.array(number))

    def said(self, origin: str, *columns: str) -> Any:
        """Return what the original file holds in some columns, separated by semicolons.

        Rows of another origin get null, so that the sides of an event are never mixed up.
        """
        called = {canonical(one.removeprefix(ORIGINAL)): one for one in self.table.column_names
                  if one.startswith(ORIGINAL)}  # fmt: skip
        if any(name not in called for name in columns[:1]):
            return pa.nulls(len(self), pa.string())
        texts = [self.table[called[name]].cast(pa.string()) for name in columns if name in called]
        filled = [pc.if_else(pc.equal(text, ""), None, text) for text in texts]
        whole = pc.binary_join_element_wise(*filled, "; ", null_handling="skip")
        own = self.coded("origin").each(lambda text: text == origin, np.bool_)
        return pc.if_else(pa.array(own), whole, None)

    def area(self, name: str) -> Any:
        """Return the English names of the rows' provinces or districts."""
        column = self.coded(name)
        areas: Mapping[str, Any] = (
            {one.code: one.name for one in self.country.provinces}
            if name == "province"
            else {one.id: one.name for one in self.country.districts.values()}
        )
        texts = pa.array([areas.get(text, "") for text in column.texts], pa.string())
        return texts.take(pa.array(column.codes))

    def degrees(self, axis: int) -> Any:
        """Return latitude (axis 0) or longitude (axis 1) as text."""
        known = pa.array(np.round(self.points[axis], _DECIMALS), mask=np.isnan(self.points[axis]))
        return pc.fill_null(known.cast(pa.string()), "")


def dates(days: NDArray[np.int64]) -> Any:
    """Return days since 1970 as ISO dates; empty where unknown."""
    known = pa.array(days.astype(np.int32), pa.int32(), mask=days == NO_DAY)
    return pc.fill_null(known.cast(pa.date32()).cast(pa.string()), "")


def _looked_up(numbers: Mapping[str, float], key: str) -> float:
    return numbers.get(key, float("nan"))


def label_points(
    rows: pa.Table, country: Country
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitude and longitude for each row: its point, its area's label, or the file's.

    Returns
    -------
    Latitudes and longitudes in degrees, WGS 84; NaN for a row without any of them.
    """
    lat, lon = (rows[name].to_numpy(zero_copy_only=False).copy() for name in ("lat", "lon"))
    called = {canonical(one.removeprefix(ORIGINAL)): one for one in rows.column_names
              if one.startswith(ORIGINAL)}  # fmt: skip
    areas = [(one.id, one.label_lat, one.label_lon) for one in country.districts.values()]
    areas += [(one.code, one.label_lat, one.label_lon) for one in country.provinces]
    labels = {key: (north, east) for key, north, east in areas}
    off = CodedColumn.of(rows["off"]).each(bool, np.bool_)
    for axis, (own, name) in enumerate(((lat, "latitude"), (lon, "longitude"))):
        of_area = {key: at[axis] for key, at in labels.items()}
        stands = [
            CodedColumn.of(rows[area]).each(partial(_looked_up, of_area), np.float64)
            for area in ("district", "province")
        ]
        # The file's own point comes last: it may be what contradicts the province of its row.
        if name in called:
            stands.append(CodedColumn.of(rows[called[name]]).each(degrees_of, np.float64))
        for stand in stands:
            own[:] = np.where(np.isnan(own) & ~off, stand, own)
    return lat, lon


def unspoken(rows: ExportRows, kept: Mask, columns: Mapping[str, str]) -> list[Loss]:
    """List what neither ACLED nor UCDP GED has a column for, among the rows that are kept.

    Parameters
    ----------
    columns
        For each of ``against``, ``place_text``, ``status``, ``subevent`` and ``unmatched``, the
        column of the other format that it ends up in; one that is missing here is reported
        elsewhere or has a column of its own.
    """
    table = rows.table
    names = ("place_name", "place_text", "status", "attribution", "subevent", "origin")
    texts = {name: pc.fill_null(table[name].cast(pa.string()), "") for name in names}
    lists = {
        name: pc.fill_null(pc.binary_join(table[name], "; "), "")
        for name in ("unmatched", "against")
    }
    differ = pc.not_equal(texts["place_name"], texts["place_text"])
    renamed = pc.and_(_filled(texts["place_name"]), differ)
    # What a format implies by itself is implied again when its rows are read back.
    ours = pc.is_in(texts["origin"], pa.array(["dossier", "table"]))
    judged = pc.or_(
        pc.not_equal(texts["status"], "reported"), pc.and_(ours, _filled(texts["attribution"]))
    )
    claims = pc.binary_join_element_wise(texts["status"], texts["attribution"], "; ")
    found = {
        "against": (_filled(lists["against"]), lists["against"],
                    "the format states no direction; read back as one of the parties"),
        "place_text": (renamed, texts["place_text"],
                       "the place as the file words it; its known name is written instead"),
        "status": (judged, claims, "verification status and attribution are not read back"),
        "subevent": (_filled(texts["subevent"]), texts["subevent"], "no column for it"),
        "unmatched": (_filled(lists["unmatched"]), lists["unmatched"],
                      "a name that is not in the registry, next to names that are"),
    }  # fmt: skip
    return [
        (kept & np.asarray(pc.fill_null(where, False), bool), columns[name], values, reason)  # noqa: FBT003 - the value
        for name, (where, values, reason) in found.items()
        if name in columns
    ]


def _filled(column: Any) -> Any:
    return pc.not_equal(column, "")
