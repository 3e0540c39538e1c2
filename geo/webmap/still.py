"""The map without JavaScript: title, description, counts and a small image, as plain HTML.

Mail previews, document libraries such as SharePoint and servers that send a ``sandbox`` header show
a page without running its scripts. The image shows only provinces, each with the number of records
that name it: nothing finer could be explained without the cards.
"""

from __future__ import annotations

import html
import math
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.places.country import Country
from geo.table.located import rows_of
from geo.table.tallies import by_province
from geo.table.workspace import Workspace
from geo.view import Selection, View, say_filters, say_ledger
from geo.view.alt_text import alt_text

_WIDTH: Final = 640
"""Greatest width of the image in pixels: fits a mail preview."""
_MOST_HEIGHT: Final = 960
"""Greatest height of the image in pixels: a tall country gets a narrower image instead of one
higher than a screen."""
_COARSE: Final = 0.6
"""Tolerance in pixels when outlines are simplified: not visible at this size."""
MOST_BYTES: Final = 60_000
"""Largest image in bytes: a larger one is left out, because the document already holds the map."""
_WHY: Final = (
    "The map needs JavaScript, which does not run in this preview or is blocked by the server. "
    "Save the file and open it in a browser to use the map."
)
_COLUMNS: Final = ["record", "off", "precision", "provinces", "status"]
_NUMBERS: Final = (
    "Records that name a province, by province; records about a region or the whole country are "
    "not included. A province without a number is named by no record. "
    "Absence of reports is not evidence of absence."
)
_PAGE: Final = """<div class="im-still" id="im-still">
<h1>{title}</h1>
<p>{words}</p>
<p>{ledger}.</p>
{picture}<p><strong>{why}</strong></p>
<p>{credits}</p>
</div>"""


def still_page(
    shown: Selection, view: View, workspace: Workspace, title: str, *, events: int = 0
) -> str:
    """The content of a document until its script removes it.

    Parameters
    ----------
    shown
        The records of the located table that `view` keeps.
    title
        Plain text; it is escaped here, like all record text.
    events
        Number of rows of the event table in the document, which is only stated.

    Returns
    -------
    A ``div`` of HTML without scripts, styles or requests.
    """
    country = workspace.country
    ledger = " · ".join([say_ledger(shown.ledger, country.name), *say_filters(view, workspace)])
    if events:
        ledger += f" · {events:,} events from an event table, shown only where scripts run"
    return _PAGE.format(
        title=html.escape(title),
        words=html.escape(alt_text(shown, view, workspace, quotes=False)),
        ledger=html.escape(ledger),
        picture=_figure(shown, country),
        why=_WHY,
        credits=html.escape(" ".join([workspace.disclaimer, *country.credits])),
    )


def _figure(shown: Selection, country: Country) -> str:
    picture = still_picture(shown, country)
    return f"{picture}\n<p>{_NUMBERS}</p>\n" if picture else ""


def still_picture(shown: Selection, country: Country) -> str:
    """The provinces with the number of records that name each, as SVG.

    The projection is web Mercator, as on the map. The text is empty if the image would be larger
    than :data:`MOST_BYTES`.
    """
    west, south, east, north = country.provinces.whole.bounds
    top, bottom = _mercator(np.array([north, south]))
    scale = min(_WIDTH / (east - west), _MOST_HEIGHT / (top - bottom))
    width, height = round((east - west) * scale), round((top - bottom) * scale)

    def flat(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = points[:, 0] - west, top - _mercator(points[:, 1])
        flattened: NDArray[np.float64] = np.column_stack([x, y]) * scale
        return flattened

    rows = rows_of(shown.table[_COLUMNS])
    counts = {code: len(found) for code, found in by_province(rows).items()}
    paths = []
    numbers = []
    for code in country.provinces.codes:
        province = country.provinces[code]
        outline = shapely.transform(province.outline, flat)
        paths.append(_path(shapely.simplify(outline, _COARSE)))
        if counts.get(code):
            at = flat(np.array([[province.label_lon, province.label_lat]]))[0]
            name = html.escape(f"{province.name}: {counts[code]}")
            numbers.append(
                f'<text x="{at[0]:.0f}" y="{at[1]:.0f}"><title>{name}</title>{counts[code]}</text>'
            )
    # Four pixels around the outline for its line; type and its rim are legible over borders.
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="-4 -4 {width + 8} {height + 8}" aria-hidden="true">'
        f'<path d="{"".join(paths)}" fill="#faf8f4" stroke="#8d8577" stroke-width="0.8"/>'
        '<g font-family="sans-serif" font-size="15" font-weight="700" fill="#24211d" '
        'stroke="#faf8f4" stroke-width="3" paint-order="stroke" text-anchor="middle" '
        f'dominant-baseline="middle">{"".join(numbers)}</g></svg>'
    )
    return picture if len(picture.encode()) <= MOST_BYTES else ""


def _mercator(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Northing in web Mercator, in degrees of longitude (Snyder, USGS 1987, eq. 7-2)."""
    height: NDArray[np.float64] = np.degrees(np.log(np.tan(math.pi / 4 + np.radians(lat) / 2)))
    return height


def _path(outline: shapely.Geometry) -> str:
    """The outer rings of an outline as SVG path data, to a tenth of a pixel."""
    polygons = [part for part in shapely.get_parts(outline) if part.geom_type == "Polygon"]
    rings = (shapely.get_coordinates(part.exterior)[:-1] for part in polygons if not part.is_empty)
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
