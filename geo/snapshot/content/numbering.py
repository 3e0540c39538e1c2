"""The position of each shown record on a figure, and its number in reading order.

A spot is a known point; a badge stands for an area somewhere in which records are located. Numbers
run in bands from north to south, each from west to east; within a spot or badge they are ordered
by group, kind, status and date, so that the numbers of a badge are mostly consecutive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

import geopandas as gpd
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.places.country import Country, District
from geo.places.locations import Precision
from geo.places.provinces import Province
from geo.snapshot.content.content import Badge, Sign, SignRow, Spot
from geo.snapshot.content.frame import Frame
from geo.snapshot.content.naming import shared_name
from geo.table.located import rows_of
from geo.table.tallies import by_province, provinces_of, shade_of, shade_steps, status_counts
from geo.wording.symbology import FORMS

_BANDS: Final = 9
"""Number of bands from north to south; each is about as high as a badge."""
_STROKES: Final = ("solid", "dashed", "split")
SignOf = Callable[[str], Sign]


@dataclass(slots=True)
class _MapItem:
    """A spot or badge under construction: its rows, and each record id with whether inferred."""

    key: tuple[object, ...]
    row: Mapping[str, Any]
    lat: float
    lon: float
    outline: BaseGeometry | None = None
    records: dict[str, bool] = field(default_factory=dict)
    rows: list[Mapping[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MapItems:
    """All spots and badges of the map.

    Parameters
    ----------
    numbers
        Number of each mapped record, from 1, by its id.
    elsewhere
        Ids of records that could be mapped but are outside the frame.
    """

    spots: tuple[Spot, ...]
    badges: tuple[Badge, ...]
    numbers: Mapping[str, int]
    elsewhere: tuple[str, ...]


class Numbering:
    """Groups the rows of the filtered table into spots and badges, and numbers their records.

    Parameters
    ----------
    table
        The whole located table, which determines the steps of the shading.
    sign_of
        The sign of a record, by its id.
    order
        Rank of each record within a spot or badge, by its id.
    """

    def __init__(
        self,
        table: gpd.GeoDataFrame,
        country: Country,
        frame: Frame,
        sign_of: SignOf,
        order: Mapping[str, tuple[object, ...]],
    ) -> None:
        self.table, self.country, self.frame = table, country, frame
        self.sign_of, self.order = sign_of, order
        self._outlines: dict[str, tuple[BaseGeometry, Point | None]] = {}

    def items(self, shown: gpd.GeoDataFrame, mode: str) -> MapItems:
        """All spots and badges, in full detail or, for `mode` ``provinces``, as totals."""
        rows = [row for row in rows_of(shown) if row["off"] == ""]
        gather = self._by_provinces if mode == "provinces" else self._as_known
        found: dict[tuple[object, ...], _MapItem] = {}
        for item, record, inferred in gather(rows):
            kept = found.setdefault(item.key, item)
            kept.records[record] = kept.records.get(record, True) and inferred
            kept.rows.append(item.row)
        ordered = sorted(found.values(), key=self._reading_order)
        numbers = self._numbers(ordered)
        drawable = dict.fromkeys(row["record"] for row in rows)
        return MapItems(
            tuple(self._spot(one, numbers) for one in ordered if one.outline is None),
            tuple(self._badges(ordered, numbers, rows, mode)),
            numbers,
            tuple(record for record in drawable if record not in numbers),
        )

    def _as_known(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[_MapItem, str, bool]]:
        for row in rows:
            inferred = row["place_status"] == "inferred"
            if FORMS[row["precision"]] not in {"area", "region"}:
                if self.frame.holds(row["lat"], row["lon"]):
                    key = ("spot", row["lat"], row["lon"], row["precision"], row["uncertainty_m"])
                    yield _MapItem(key, row, row["lat"], row["lon"]), row["record"], inferred
                continue
            for area in (row["area"],) if row["area"] else row["provinces"]:
                item = self._area(area, row)
                if item is not None:
                    yield item, row["record"], inferred

    def _by_provinces(
        self, rows: Iterable[Mapping[str, Any]]
    ) -> Iterator[tuple[_MapItem, str, bool]]:
        for row in rows:
            inferred = row["place_status"] == "inferred"
            regions = (row["area"],) if row["precision"] == "region" else ()
            for area in (*regions, *provinces_of(row)):
                item = self._area(area, row)
                if item is not None:
                    yield item, row["record"], inferred

    def _area(self, area: str, row: Mapping[str, Any]) -> _MapItem | None:
        """An area, if any of it is in the frame, with its plate at a visible position."""
        outline, point = self._outline(area)
        if point is None:
            return None
        lat, lon = self._label(area, point)
        return _MapItem(("area", area), row, lat, lon, outline)

    def _outline(self, area: str) -> tuple[BaseGeometry, Point | None]:
        """The outline of an area, and a point of it in the frame if there is one."""
        if area not in self._outlines:
            outline = self.country.outline_of(area)
            drawn = shapely.make_valid(self.frame.projection.project(outline))
            part = shapely.intersection(drawn, self.frame.box)
            is_seen = not part.is_empty and part.area
            self._outlines[area] = outline, part.point_on_surface() if is_seen else None
        return self._outlines[area]

    def _label(self, area: str, point: Point) -> tuple[float, float]:
        country = self.country
        known: District | Province | None = country.districts.get(area)
        if known is None and area in country.provinces:
            known = country.provinces[area]
        if known is not None and self.frame.holds(known.label_lat, known.label_lon):
            return known.label_lat, known.label_lon
        lat, lon = self.frame.projection.inverse(point.x, point.y)
        return float(lat), float(lon)

    def _reading_order(self, item: _MapItem) -> tuple[object, ...]:
        x, y = (float(each) for each in self.frame.projection.forward(item.lat, item.lon))
        height = self.frame.top - self.frame.bottom
        band = int((self.frame.top - y) / height * _BANDS)
        return band, x, *map(str, item.key)

    def _numbers(self, items: Sequence[_MapItem]) -> dict[str, int]:
        numbers: dict[str, int] = {}
        for item in items:
            for record in sorted(item.records, key=self.order.__getitem__):
                numbers.setdefault(record, len(numbers) + 1)
        return numbers

    def _rows(self, item: _MapItem, numbers: Mapping[str, int]) -> tuple[SignRow, ...]:
        """The records of an item grouped by sign; inferred records get separate rows."""
        found: dict[tuple[Sign, bool], list[int]] = {}
        for record in sorted(item.records, key=self.order.__getitem__):
            sign = self.sign_of(record)
            # Size shows fatalities only where a source states the place itself.
            sign = sign if item.outline is None else replace(sign, deaths=None)
            found.setdefault((sign, item.records[record]), []).append(numbers[record])
        return tuple(
            SignRow(sign, tuple(sorted(listed)), inferred)
            for (sign, inferred), listed in found.items()
        )

    def _spot(self, item: _MapItem, numbers: Mapping[str, int]) -> Spot:
        row = item.row
        precision = cast("Precision", row["precision"])
        radius = float(row["uncertainty_m"]) if row["uncertainty_m"] > 0 else 0.0
        return Spot(
            item.lat, item.lon, FORMS[precision], precision, radius,
            shared_name(item.rows, self.country), self._rows(item, numbers),
        )  # fmt: skip

    def _badges(
        self,
        items: Iterable[_MapItem],
        numbers: Mapping[str, int],
        rows: Iterable[Mapping[str, Any]],
        mode: str,
    ) -> Iterator[Badge]:
        tallied = by_province(rows) if mode == "provinces" else {}
        steps = shade_steps(self.table) if mode == "provinces" else ()
        for item in items:
            if item.outline is None:
                continue
            area = str(item.key[1])
            statuses = tallied.get(area)
            if area not in self.country.provinces:
                statuses = None
            precision = self._precision(area)
            yield Badge(
                area=area, name=self._name(area), precision=precision, form=FORMS[precision],
                outline=item.outline, lat=item.lat, lon=item.lon,
                rows=self._rows(item, numbers),
                counts=None if statuses is None else status_counts(statuses.values()),
                shade=0 if statuses is None else shade_of(len(statuses), steps),
            )  # fmt: skip

    def _precision(self, area: str) -> Precision:
        if area in self.country.provinces:
            return "province"
        return "district" if area in self.country.districts else "region"

    def _name(self, area: str) -> str:
        if area in self.country.provinces:
            return self.country.provinces[area].name
        if area in self.country.districts:
            return f"{self.country.districts[area].name} district"
        return self.country.regions[area].name


def stroke_order(stroke: str) -> int:
    """The sort rank of a stroke within its group."""
    return _STROKES.index(stroke)
