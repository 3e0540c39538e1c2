"""The figures of a run as the page that shows them."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import metadata
from typing import Any, Final

from benchmarks.sizes import CAPS, OURS, RIVALS
from benchmarks.targets import TARGETS, Results

_LIBRARIES: Final = (
    "folium", "streamlit", "streamlit-folium", "geopandas", "shapely", "sedonadb", "pyarrow",
    "pandas", "numpy",
)  # fmt: skip
_CALLED: Final = {
    OURS: "Incident Map", "marker": "`Marker` with `Popup`",
    "circle_marker": "`CircleMarker` with `Popup`, canvas", "geojson": "`GeoJson`, canvas",
    "fast_marker_cluster": "`FastMarkerCluster`", "streamlit_folium": "streamlit-folium",
}  # fmt: skip
_HEAD: Final = """\
# How fast it is

<!-- Written by `make bench`; change benchmarks/report.py instead. -->

Everything on this page is measured in one run on one machine, so ratios hold where seconds do not.
The events are made up by `benchmarks/make_events.py`: seeded, in the columns of ACLED, with few
places that many events share, notes of several lines, and rows that must be rejected. What folium
is given are as many points with eight attributes (group, date, type, subtype, place, province,
precision, deaths), in a layer for each group. The document of ours holds these and ten more, and
all of its panels, outlines and scripts; up to 20,000 events it holds their notes and sources too.

`make bench` measures all of it anew, `make bench ARGS="--only browser"` a part.
"""
_BROWSER: Final = """\
Milliseconds in a window of 1200 by 800. *First map*: from the start of the navigation to the second
frame after everything is drawn, the best of seven. *Toggle* and *time step*: from the act to the
second frame after it, the median; nothing at all takes as long as the *floor*. *Pan*: from frame to
frame while the map is dragged. Scripts that folium's maps ask of other hosts are answered from this
computer, style sheets with nothing. Folium's layers have no time step.
"""


def page(results: Results, sizes: Sequence[int]) -> str:
    """The whole page, in Markdown."""
    parts = (
        _HEAD, _machine(results), _targets(results), _documents(results, sizes),
        _browser(results, sizes), _rest(results, sizes),
    )  # fmt: skip
    return "\n".join(parts)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table, all columns but the first to the right."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, rule, *rows))


def _machine(results: Results) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    versions = []
    for name in _LIBRARIES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{name} not installed")
    chromium = next((one["chromium"] for one in results.values() if "chromium" in one), "not run")
    return (
        f"Machine: {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, no graphics card. "
        f"Python {platform.python_version()}, Chromium {chromium}, {', '.join(versions)}.\n"
    )


def _targets(results: Results) -> str:
    marks = {True: "yes", False: "**no**", None: "–"}
    rows = []
    for target in TARGETS:
        found, is_reached = target.judged(results)
        rows.append((target.work, target.wanted, found, marks[is_reached]))
    return "## What is to be reached\n\n" + table(("work", "at least", "found", "reached"), rows)


def _documents(results: Results, sizes: Sequence[int]) -> str:
    columns: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "seconds": lambda one: _digits(one["seconds"]),
        "peak MB": lambda one: f"{one['peak_mb']:,.0f}",
        "MB": lambda one: _digits(one["bytes"] / 1e6),
        "gzipped MB": lambda one: _digits(one["gzip"] / 1e6),
    }
    base = results.get("documents/base/0", {})
    note = f"Without events our document has {base['bytes'] / 1e6:.2f} MB.\n" if base else ""
    said = (
        "Python seconds from a table in memory to the text of the document, in a process that has "
        f"just started, and the most memory it took. {note}"
    )
    return "## Documents\n\n" + said + "\n" + _by_size("documents", columns, results, sizes)


def _browser(results: Results, sizes: Sequence[int]) -> str:
    names = {
        "first map": "first_map", "floor": "floor", "toggle": "toggle", "time step": "step",
        "pan": "pan", "pan, 95 of 100": "pan_p95", "longest": "pan_max",
    }  # fmt: skip
    columns = {head: _milliseconds(name) for head, name in names.items()}
    whole = _by_size("browser", columns, results, sizes)
    return "## In Chromium\n\n" + _BROWSER + "\n" + whole


def _milliseconds(name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda one: f"{one[name]:,.0f}" if name in one else "–"


def _by_size(
    part: str,
    columns: Mapping[str, Callable[[Mapping[str, Any]], str]],
    results: Results,
    sizes: Sequence[int],
) -> str:
    rows = []
    for size in sizes:
        for name in (OURS, *RIVALS):
            one = results.get(f"{part}/{name}/{size}")
            cells = [*map(str, _cells(one, columns, CAPS.get((part, name), size) < size))]
            rows.append((f"{size:,} · {_CALLED[name]}", *cells))
    return table(("events", *columns), rows)


def _cells(
    one: Mapping[str, Any] | None,
    columns: Mapping[str, Callable[[Mapping[str, Any]], str]],
    is_capped: bool,  # noqa: FBT001 - one of two words
) -> Iterator[str]:
    if one is None or "failed" in one or "skipped" in one:
        why = "not run" if is_capped else "not measured"
        yield why if one is None else str(one.get("failed") or one.get("skipped"))
        yield from [""] * (len(columns) - 1)
        return
    yield from (column(one) for column in columns.values())


def _digits(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"  # noqa: PLR2004 - a thousandth


def _rest(results: Results, sizes: Sequence[int]) -> str:
    """What is measured at one size."""
    rows: list[tuple[str, str]] = []
    for key, one in results.items():
        part, name, size = key.split("/")
        if part in {"data", "documents", "browser"} or int(size) > max(sizes):
            continue
        rows += [(f"{words}, {int(size):,}".removesuffix(", 0"), found)
                 for words, found in _said(part, name, one)]  # fmt: skip
    return "## Everything else\n\n" + table(("work", "found"), rows)


def _said(part: str, name: str, one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    failed = one.get("failed") or one.get("skipped")
    if failed:
        yield f"{part}: {_CALLED.get(name, name)}", str(failed)
        return
    called = _CALLED.get(name, name)
    yield from {
        "geocoding": _said_of_geocoding, "names": _said_of_names, "importing": _said_of_importing,
        "app": _said_of_app, "snapshots": _said_of_snapshots, "dossiers": _said_of_dossiers,
    }[part](called, one)  # fmt: skip


def _said_of_geocoding(_name: str, one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "seconds" in one:
        yield "points to provinces with SedonaDB, counted only", f"{one['seconds']:.3f} s"
        return
    yield "points to provinces", f"{one['ours']:.4f} s"
    yield "the raster for it, once", f"{one['raster']:.2f} s"
    yield "points to provinces with `geopandas.sjoin`", f"{one['sjoin']:.2f} s"
    yield "points of which the two say another province", f"{one['differ']:,}"


def _said_of_dossiers(_name: str, one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    of = f"{one['records']:,} records of a dossier"
    yield f"{of}, the YAML library alone", f"{one['library']:.2f} s"
    yield f"{of}, read and checked", f"{one['read']:.2f} s"
    yield f"{of}, located", f"{one['located']:.2f} s"
    yield f"{of}, as a document", f"{one['mapped']:.2f} s"


def _said_of_names(_name: str, one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    among = f"among {one['places']:,} places"
    yield f"known names a second, {among}", f"{one['known']:,.0f}"
    yield f"different misspelt names a second, {among}", f"{one['misspelt']:,.0f}"


def _said_of_importing(name: str, one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    what = "reading the CSV with pyarrow alone" if name == "pyarrow" else "import of the CSV"
    yield f"{what}; peak of memory", f"{one['seconds']:.2f} s; {one['peak_mb']:,.0f} MB"


def _said_of_app(name: str, one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "answers" in one:
        yield "start of the app until it answers", f"{one['answers']:.1f} s"
        yield "start of the app until its map is seen", f"{one['map']:.1f} s"
        yield "the page loaded again until its map is seen", f"{one['reload']:.1f} s"
        return
    yield f"rerun, {name}: Python", f"{one['python']:.3f} s"
    yield f"rerun, {name}: bytes sent", f"{one['bytes']:,.0f}"
    yield f"first run, {name}: bytes sent", f"{one['first_bytes']:,}"


def _said_of_snapshots(_name: str, one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "first snapshot of a process, PNG", f"{one['first']:.2f} s"
    for form in ("png", "svg", "pdf"):
        yield f"snapshot, {form.upper()}", f"{one[form]:.2f} s, {one['kb'][form]} kB"
