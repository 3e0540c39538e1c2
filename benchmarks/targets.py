"""The target speeds, as ratios within one run, and whether a run reaches them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.sizes import ONE_PLACE, OURS

Results = Mapping[str, Mapping[str, Any]]
HUNDRED: Final = 100_000
"""A hundred thousand events."""
MILLION: Final = 1_000_000
"""A million events."""
FRAME_MS: Final = 1000 / 60
"""Milliseconds of a frame of a screen with 60 frames per second."""


@dataclass(frozen=True, slots=True)
class Target:
    """One target speed.

    Parameters
    ----------
    work, wanted
        In words.
    found
        The figure of a run; ``KeyError`` where it has not been measured.
    said
        How the figure is written.
    limit
        What it must reach: at least that, or at most where `is_most`.
    """

    work: str
    wanted: str
    found: Callable[[Results], float]
    said: str
    limit: float
    is_most: bool = False

    def judged(self, results: Results) -> tuple[str, bool | None]:
        """The figure in words, and whether it is reached; ``None`` where it is not measured."""
        try:
            figure = self.found(results)
        except KeyError:
            return "not measured", None
        is_reached = figure <= self.limit if self.is_most else figure >= self.limit
        return self.said.format(figure), is_reached


def _of(figure: str, part: str, name: str, rows: int) -> Callable[[Results], float]:
    return lambda results: float(results[f"{part}/{name}/{rows}"][figure])


def _ratio(figure: str, part: str, one: str, other: str, rows: int) -> Callable[[Results], float]:
    upper, lower = _of(figure, part, one, rows), _of(figure, part, other, rows)
    return lambda results: upper(results) / lower(results)


def _first_maps(results: Results) -> float:
    first = [_of("first_map", "browser", OURS, rows)(results) for rows in (MILLION, HUNDRED)]
    return first[0] / first[1]


def _toggles(results: Results) -> float:
    toggles = [_of("toggle", "browser", OURS, rows)(results) for rows in (MILLION, 1_000)]
    return (toggles[0] - toggles[1]) / FRAME_MS


def _step(results: Results) -> float:
    step, floor = (_of(name, "browser", OURS, MILLION)(results) for name in ("step", "floor"))
    return step / floor


def _geocoding(results: Results) -> float:
    sjoin, ours = (
        _of(one, "geocoding", "provinces", MILLION)(results) for one in ("sjoin", "ours")
    )
    return sjoin / ours


def _dossier(results: Results) -> float:
    of = {name: _of(name, "dossiers", "records", 2_000)(results)
          for name in ("library", "read", "located", "mapped")}  # fmt: skip
    return (of["read"] + of["located"] + of["mapped"]) / of["library"]


def _one_place(results: Results) -> float:
    few, many = (_of("png", "snapshots", "one_place", rows)(results) for rows in ONE_PLACE)
    return many / few


def _first_map_with_base_map(rows: int) -> Callable[[Results], float]:
    of = {name: _of(f"first_map_{name}", "base_map", "records", rows)
          for name in ("with", "without")}  # fmt: skip
    return lambda results: of["with"](results) / of["without"](results)


def _opening(step: str, work: str, seconds: float) -> Target:
    """A step in the app, in seconds: what a person feels has no rival to be measured against."""
    return Target(
        work, f"within {seconds:g} s", _of(step, "opening", "app", 0), "{:.2f} s", seconds,
        is_most=True,
    )  # fmt: skip


def _reading(name: str, work: str, share: float, *, is_most: bool = False) -> Target:
    """A share of what is labelled in the reports that nobody has developed with."""
    return Target(
        f"Reports read: {work}", f"{'at most' if is_most else 'at least'} {share:.0%}",
        lambda results: float(results["reading/unseen/0"]["ours"][name]), "{:.1%}", share,
        is_most=is_most,
    )  # fmt: skip


def _in_reading(name: str, work: str, said: str, limit: float) -> Target:
    return Target(
        work, f"within {said.format(limit)}", _of(name, "reading", "speed", 0), said, limit,
        is_most=True,
    )  # fmt: skip


CLUSTER: Final = "fast_marker_cluster"
_DOCUMENT: Final = "Document of 100,000 events, built"
TARGETS: Final = (
    Target(
        _DOCUMENT, "300 times faster than `folium.Marker` with `Popup`",
        _ratio("seconds", "documents", "marker", OURS, HUNDRED), "{:,.0f} times", 300,
    ),
    Target(
        _DOCUMENT, "40 times smaller than `folium.Marker` with `Popup`",
        _ratio("bytes", "documents", "marker", OURS, HUNDRED), "{:.1f} times", 40,
    ),
    Target(
        _DOCUMENT, "5 times smaller than `FastMarkerCluster`",
        _ratio("bytes", "documents", CLUSTER, OURS, HUNDRED), "{:.1f} times", 5,
    ),
    Target(
        "First map of 100,000 events", "4 times faster than `FastMarkerCluster`",
        _ratio("first_map", "browser", CLUSTER, OURS, HUNDRED), "{:.1f} times", 4,
    ),
    Target(
        "First map of 1,000,000 events", "within 3 times that of 100,000", _first_maps,
        "{:.1f} times", 3, is_most=True,
    ),
    Target(
        "A group switched at 1,000,000", "within 2 frames of 1,000 events", _toggles,
        "{:+.1f} frames", 2, is_most=True,
    ),
    Target(
        "A step in time at 1,000,000", "within 4 times the floor of two frames", _step,
        "{:.1f} times", 4, is_most=True,
    ),
    Target(
        "Points to provinces, 1,000,000", "20 times faster than `geopandas.sjoin`", _geocoding,
        "{:,.0f} times", 20,
    ),
    Target(
        "Points to provinces, 1,000,000", "the same province for every point",
        _of("differ", "geocoding", "provinces", MILLION), "{:,.0f} differ", 0, is_most=True,
    ),
    Target(
        "Import of 1,000,000 rows", "within 5 times reading them with pyarrow",
        _ratio("seconds", "importing", OURS, "pyarrow", MILLION), "{:.1f} times", 5, is_most=True,
    ),
    Target(
        "Rerun of the app, 1,000,000 events", "no document sent again",
        _of("bytes", "app", OURS, MILLION), "{:,.0f} bytes sent", 50_000, is_most=True,
    ),
    Target(
        "Rerun of the app, 1,000,000 events", "under 0.1 s of Python",
        _of("python", "app", OURS, MILLION), "{:.3f} s", 0.1, is_most=True,
    ),
    Target(
        "2,000 records read, located and on the map", "within 2 times the YAML library alone",
        _dossier, "{:.1f} times", 2, is_most=True,
    ),
    Target(
        "A figure of 2,000 records in one place", "within 4.5 times that of 500", _one_place,
        "{:.1f} times", 4.5, is_most=True,
    ),
    Target(
        "First map of 28 records with the base map", "within 1.2 times that without it",
        _first_map_with_base_map(0), "{:.2f} times", 1.2, is_most=True,
    ),
    Target(
        "First map of 1,000,000 events with the base map", "within 1.2 times that without it",
        _first_map_with_base_map(MILLION), "{:.2f} times", 1.2, is_most=True,
    ),
    Target(
        "A chart of 1,000,000 events with bounds", "under 1 s",
        _of("chart", "counts", "counts", MILLION), "{:.2f} s", 1, is_most=True,
    ),
    Target(
        "The slowest kind of statement about 1,000,000 events", "under 2 s",
        _of("statement", "counts", "counts", MILLION), "{:.2f} s", 2, is_most=True,
    ),
    _opening("cold", "First map in the app, from the command that starts it", 3),
    _opening("warm", "First map in the app, in a browser that has shown it before", 1.2),
    _opening("figure", "First figure, from *Create briefing*", 1.5),
    _opening("zip", "ZIP of everything, from the click", 8),
    _reading("province", "provinces of the events", 0.98),
    _reading("province_wrong", "wrong provinces", 0.01, is_most=True),
    _reading("groups", "groups (F1)", 0.97),
    _reading("dates", "dates exact", 0.8),
    _reading("dates_near_of_given", "dates within a day", 0.96),
    _reading("numbers", "figures (F1)", 0.9),
    _reading("speakers", "speakers (F1)", 0.85),
    _in_reading("article_ms", "An article of 900 words read", "{:,.0f} ms", 300),
    _in_reading("releases", "1,000 releases read", "{:,.0f} s", 60),
    Target(
        "PNG of the whole country in a running process, all pages", "under 0.5 s",
        _of("png", "snapshots", "snapshot", 0), "{:.2f} s", 0.5, is_most=True,
    ),
    Target(
        "Figures a minute, one for each month, in one process", "at least 100",
        _of("a_minute", "snapshots", "snapshot", 0), "{:,.0f}", 100,
    ),
    _opening("preview", "Preview of a figure, from a change of its title", 0.7),
)  # fmt: skip
