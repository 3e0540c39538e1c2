"""The View: the question asked of the map, what it keeps, and the ledger of what it does not.

A View is one frozen value. The map document reports it, the command line builds it from options,
the address bar carries it; the same data and the same View give the same picture.

A *layer* is ``group/kind/status``, for example ``nrf/incident/claimed_only``. A View names what is
switched off, whole groups or single layers, so that a group added to the data tomorrow is shown.
A record that stands in several layers is shown while any of them is on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Self

import geopandas as gpd

UNNAMED: Final = "not-named"
_LAYER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(/(incident|presence)/[a-z_]{1,20})?")
_RECORD: Final = re.compile(r"[a-z0-9][a-z0-9-]{2,63}")
_CODE: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_MOST_LAYERS: Final = 200
_NEAREST_ZOOM: Final = 20
_FARTHEST: Final = 360

Reason = Literal["layer", "country", "outside", "unknown", "not_stated"]
REASONS: Final[tuple[Reason, ...]] = ("layer", "country", "outside", "unknown", "not_stated")


@dataclass(frozen=True, slots=True)
class Viewport:
    """The middle of the map in degrees, WGS 84, and the zoom of web maps."""

    lat: float
    lon: float
    zoom: float


@dataclass(frozen=True, slots=True)
class View:
    """What is switched off, what is chosen and where the map looks.

    Parameters
    ----------
    off
        Keys of groups and layers that are switched off, sorted.
    chosen
        Id of the record whose card is open.
    province
        ISO 3166-2 code of the province whose list is open.
    viewport
        ``None``: the whole country.
    """

    off: tuple[str, ...] = ()
    chosen: str | None = None
    province: str | None = None
    viewport: Viewport | None = None

    @classmethod
    def from_message(cls, message: object) -> Self:
        """Read a View that a browser reports; whatever is not well formed is left out.

        Examples
        --------
        >>> View.from_message({"off": ["nrf", "<b>"], "chosen": 7, "viewport": {"lat": "x"}})
        View(off=('nrf',), chosen=None, province=None, viewport=None)
        """
        given = message if isinstance(message, Mapping) else {}
        off = given.get("off")
        return cls(
            off=_layers(off if isinstance(off, list | tuple) else ()),
            chosen=_matching(given.get("chosen"), _RECORD),
            province=_matching(given.get("province"), _CODE),
            viewport=_viewport(given.get("viewport")),
        )

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read a View from the parameters of an address, the reverse of :meth:`to_query`."""
        at = query.get("at", "").split(",")
        names = ("lat", "lon", "zoom")
        point = dict(zip(names, map(_number, at), strict=True)) if len(at) == len(names) else None
        return cls.from_message(
            {
                "off": query.get("off", "").split(","),
                "chosen": query.get("chosen"),
                "province": query.get("province"),
                "viewport": point,
            }
        )

    def to_message(self) -> dict[str, Any]:
        """The View as the map document reads it."""
        at = self.viewport
        return {
            "off": list(self.off),
            "chosen": self.chosen,
            "province": self.province,
            "viewport": None if at is None else {"lat": at.lat, "lon": at.lon, "zoom": at.zoom},
        }

    def to_query(self) -> dict[str, str]:
        """The View as the parameters of an address; what is as usual is left out.

        Examples
        --------
        >>> View(off=("nrf",), viewport=Viewport(34.5, 69.123456, 7)).to_query()
        {'off': 'nrf', 'at': '34.5,69.1235,7'}
        """
        at = self.viewport
        said = {
            "off": ",".join(self.off),
            "chosen": self.chosen or "",
            "province": self.province or "",
            "at": ""
            if at is None
            else ",".join(f"{round(number, 4):.7g}" for number in (at.lat, at.lon, at.zoom)),
        }
        return {name: text for name, text in said.items() if text}

    def without(self, groups: Iterable[str]) -> Self:
        """The same View with these groups switched off as well."""
        return replace(self, off=_layers([*self.off, *groups]))

    def shows(self, groups: Iterable[str], kind: str, status: str) -> bool:
        """Whether a record of these groups is on.

        Examples
        --------
        >>> View(off=("nrf",)).shows(("nrf", "aff"), "incident", "reported")
        True
        """
        return any(
            group not in self.off and f"{group}/{kind}/{status}" not in self.off
            for group in tuple(groups) or (UNNAMED,)
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many records there are, how many are drawn, and why the others are not.

    ``total == drawn + sum(missing.values())`` in every state; ``left_out`` counts the entries of
    the file that could not be read at all and stands beside the total.
    """

    total: int
    drawn: int
    missing: Mapping[Reason, int]
    left_out: int = 0

    @property
    def shown(self) -> int:
        """Records in view: drawn on the map or listed beside it."""
        return self.total - self.missing["layer"]


@dataclass(frozen=True)
class Shown:
    """The rows of the located table that a View keeps, and the ledger of the rest."""

    table: gpd.GeoDataFrame
    ledger: Ledger


def apply(view: View, table: gpd.GeoDataFrame, *, left_out: int = 0) -> Shown:
    """Keep what `view` shows of a located table.

    A record counts once: as drawn when at least one of its places is, else under the first reason
    that its places give.
    """
    on = [
        view.shows(groups, kind, status)
        for groups, kind, status in zip(
            table["groups"], table["kind"], table["status"], strict=True
        )
    ]
    missing = dict.fromkeys(REASONS, 0)
    drawn = 0
    for rows in _by_record(table, on).values():
        reason = _reason(rows)
        if reason is None:
            drawn += 1
        else:
            missing[reason] += 1
    kept = table[on]
    total = int(table["record"].nunique())
    return Shown(kept, Ledger(total, drawn, missing, left_out))


def _by_record(
    table: gpd.GeoDataFrame, on: list[bool]
) -> dict[str, list[tuple[bool, Literal["", Reason]]]]:
    rows: dict[str, list[tuple[bool, Literal["", Reason]]]] = {}
    for record, off, shown in zip(table["record"], table["off"], on, strict=True):
        rows.setdefault(record, []).append((shown, off))
    return rows


def _reason(rows: list[tuple[bool, Literal["", Reason]]]) -> Reason | None:
    if not any(shown for shown, _ in rows):
        return "layer"
    offs = [off for _, off in rows]
    return None if "" in offs else next((off for off in offs if off), "unknown")


def _layers(given: Iterable[object]) -> tuple[str, ...]:
    fit = {one for one in given if isinstance(one, str) and _LAYER.fullmatch(one)}
    return tuple(sorted(fit)[:_MOST_LAYERS])


def _matching(given: object, pattern: re.Pattern[str]) -> str | None:
    return given if isinstance(given, str) and pattern.fullmatch(given) else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _viewport(given: object) -> Viewport | None:
    if not isinstance(given, Mapping):
        return None
    lat, lon, zoom = (_number_of(given.get(name)) for name in ("lat", "lon", "zoom"))
    on_earth = abs(lat) <= 90 and abs(lon) <= 180 and 0 <= zoom <= _NEAREST_ZOOM  # noqa: PLR2004
    return Viewport(lat, lon, zoom) if on_earth else None


def _number_of(value: object) -> float:
    """A number that fits on the globe, else one that fits nowhere."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _FARTHEST:
        return math.nan
    return float(value)
