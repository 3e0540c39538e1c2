"""Export event tables as KML 2.2: points for towns, discs of true radius, areas as outlines.

An area never gets a pin. Events that are not mapped are in a folder of their own, without a
geometry, and their number is in the folder's name. Outlines are simplified to about a kilometre.
The interval of an event is its TimeSpan. All texts are escaped, since the program that opens the
file shows them as HTML: a record's text can never act as markup.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geo.errors import ExportError
from geo.events.columns.losses import BETWEEN, for_xml
from geo.events.export.plain import ROWS_AT_ONCE, own_columns
from geo.events.parties.actors import Registry
from geo.files import writing_whole
from geo.places.country import Country
from geo.wording.symbology import GroupStyle, unnamed_style

MOST: Final = 50_000
"""Events; programs that open KML freeze with more."""
EARTH_M: Final = 6_371_008.8
"""Mean radius of the Earth in metres (GRS 80, Moritz 2000)."""
_CORNERS: Final = 64
"""Corners of a circle: at 25 km it deviates by 30 m from a true one (1 - cos(π / 64) of it)."""
_COARSE: Final = 0.01
"""Tolerance in degrees by which outlines are simplified, about a kilometre."""
_FOLDERS: Final = (
    "Settlements", "Within a distance of a place", "Districts", "Provinces", "Not mapped",
)  # fmt: skip
_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""Time of the file in each KMZ, the first that ZIP knows: the same events give the same bytes."""


def write_kml(
    events: pa.Table, path: Path, country: Country, registry: Registry,
    styles: Mapping[str, GroupStyle], *, packed: bool = False,
) -> None:  # fmt: skip
    """Write an event table as KML, or as KMZ.

    Parameters
    ----------
    styles
        The colours of groups.
    packed
        Whether the file is zipped, a KMZ.

    Raises
    ------
    ExportError
        There are more events than :data:`MOST`.
    OSError
        The file cannot be written.
    """
    if events.num_rows > MOST:
        raise ExportError(
            f"KML holds at most {MOST:,} events; there are {events.num_rows:,}: export fewer, or "
            "as GeoParquet"
        )
    pieces = _document(own_columns(events, country), country, registry, styles)
    with writing_whole(path) as part:
        if not packed:
            with part.open("w", encoding="utf-8", newline="\n") as opened:
                opened.writelines(pieces)
            return
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            member = zipfile.ZipInfo("doc.kml", _MADE)
            member.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member, "w") as inside:
                _write_all(inside, pieces)


def _write_all(opened: IO[bytes], pieces: Iterator[str]) -> None:
    for piece in pieces:
        opened.write(piece.encode())


def _document(
    table: pa.Table, country: Country, registry: Registry, styles: Mapping[str, GroupStyle]
) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
        f"<Document><name>{_escaped(f'Events, {country.name}')}</name>\n<description>"
        f"{_escaped(' '.join((_ABOUT, *country.credits)))}</description>\n"
    )
    yield from _styles(styles)
    shapes = _Shapes(country)
    folders: list[list[str]] = [[] for _ in _FOLDERS]
    for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
        for row in batch.to_pylist():
            at, shape = shapes.of(row)
            folders[at].append(_placemark(row, shape, registry, styles))
    for name, marks in zip(_FOLDERS, folders, strict=True):
        if marks:
            yield f"<Folder><name>{name} ({len(marks):,})</name>\n"
            yield from marks
            yield "</Folder>\n"
    yield "</Document></kml>\n"


_ABOUT: Final = (
    "Events as reported. An outline is the area in which an event is located, a circle the "
    "distance within which it is located; neither is the exact place. Events that are not mapped "
    "have no shape."
)


class _Shapes:
    """Chooses the shape of a row: as fine as its place is known, and no finer."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.area: Callable[[str], str] = cache(self._area)

    def of(self, row: Mapping[str, Any]) -> tuple[int, str]:
        """Return the row's folder and its geometry in KML."""
        lat, lon, precision = row["lat"], row["lon"], row["precision"]
        if row["off"]:
            return 4, ""
        if lat is not None and lon is not None and precision in {"exact", "settlement"}:
            return 0, f"<Point><coordinates>{lon!r},{lat!r}</coordinates></Point>"
        if lat is not None and lon is not None and precision == "near" and row["uncertainty_m"]:
            ring = disc(lat, lon, row["uncertainty_m"])
            return 1, _polygon([shapely.Polygon(ring)])
        if precision == "district" and row["district"]:
            return 2, self.area(row["district"])
        if precision == "province" and row["province"]:
            return 3, self.area(row["province"])
        return 4, ""

    def _area(self, place: str) -> str:
        outline = self.country.outline_of(place)
        simple = shapely.simplify(outline, _COARSE)
        return _polygon(shapely.get_parts(outline if simple.is_empty else simple))


def disc(lat: float, lon: float, radius_m: float) -> NDArray[np.float64]:
    """Return the corners of a disc on the globe, as x longitude and y latitude in degrees.

    Source: the direct problem on a sphere (Snyder, *Map Projections: A Working Manual*, USGS
    Professional Paper 1395, 1987, formulas 5-5 and 5-6).

    Examples
    --------
    >>> north = disc(34.0, 69.0, 25_000)[:, 1].max()
    >>> round((north - 34.0) * np.pi / 180 * EARTH_M)
    25000
    """
    turn = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    angle, phi = radius_m / EARTH_M, np.radians(lat)
    north = np.arcsin(np.sin(phi) * np.cos(angle) + np.cos(phi) * np.sin(angle) * np.cos(turn))
    east = np.radians(lon) + np.arctan2(
        np.sin(angle) * np.sin(turn),
        np.cos(phi) * np.cos(angle) - np.sin(phi) * np.sin(angle) * np.cos(turn),
    )
    corners: NDArray[np.float64] = np.degrees(np.column_stack((east, north)))
    return corners


def _polygon(parts: Any) -> str:
    polygons = "".join(
        f"<Polygon><tessellate>1</tessellate><outerBoundaryIs>{_ring(one.exterior)}</outerBoundaryIs>"
        + "".join(f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in one.interiors)
        + "</Polygon>"
        for one in parts
    )
    return f"<MultiGeometry>{polygons}</MultiGeometry>"


def _ring(ring: Any) -> str:
    pairs = " ".join(f"{x:.5f},{y:.5f}" for x, y in shapely.get_coordinates(ring).tolist())
    return f"<LinearRing><coordinates>{pairs}</coordinates></LinearRing>"


def _styles(styles: Mapping[str, GroupStyle]) -> Iterator[str]:
    for key, style in (*styles.items(), ("", unnamed_style())):
        red, green, blue = (style.light[at : at + 2] for at in (1, 3, 5))
        colour = f"{blue}{green}{red}".lower()
        yield (
            f'<Style id="{_escaped(_style_id(key))}"><IconStyle><color>ff{colour}</color><scale>0.8'
            f"</scale></IconStyle><LineStyle><color>ff{colour}</color><width>1.5</width></LineStyle>"
            f"<PolyStyle><color>26{colour}</color></PolyStyle></Style>\n"
        )


def _style_id(key: str) -> str:
    return f"group-{key}" if key else "no-group"


def _placemark(
    row: Mapping[str, Any], shape: str, registry: Registry, styles: Mapping[str, GroupStyle]
) -> str:
    parties = [*map(registry.label, row["groups"] or ()), *(row["unmatched"] or ())]
    where = row["place_name"] or row["place_text"] or row["province_name"] or "no location given"
    name = f"{where}: {BETWEEN.join(parties) or row['event'] or 'event'}"
    style = next((key for key in row["groups"] or () if key in styles), "")
    data = "".join(_data(key, value) for key, value in row.items())
    return (
        f"<Placemark><name>{_escaped(name)}</name><description>{_escaped(_description(row))}</description>"
        f"{_span(row)}<styleUrl>#{_escaped(_style_id(style))}</styleUrl>"
        f"<ExtendedData>{data}</ExtendedData>{shape}</Placemark>\n"
    )


def _description(row: Mapping[str, Any]) -> str:
    """Describe a row for the placemark's balloon, which shows HTML, so texts are escaped twice."""
    figures = [row[f"killed_{name}"] for name in ("low", "best", "high")]
    stated = " / ".join("not stated" if one is None else f"{one:,}" for one in figures)
    lines = [
        row["notes"] or "",
        f"Fatalities (low / best / high): {stated}",
        f"Location precision: {row['precision']}",
        f"Source: {row['source'] or 'not stated'}",
    ]
    return "<br>".join(escape(line, quote=False) for line in lines if line)


def _span(row: Mapping[str, Any]) -> str:
    first, last = row["earliest"], row["latest"]
    begin = f"<begin>{first.isoformat()}</begin>" if first else ""
    end = f"<end>{last.isoformat()}</end>" if last else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _data(key: str, value: Any) -> str:
    if value is None or value in ("", []):
        return f'<Data name="{key}"><value></value></Data>'
    text = BETWEEN.join(value) if isinstance(value, list) else _plain(value)
    return f'<Data name="{key}"><value>{_escaped(text)}</value></Data>'


def _plain(value: Any) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def _escaped(text: str) -> str:
    return escape(for_xml(text))
