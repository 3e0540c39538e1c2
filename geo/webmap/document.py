"""The map document: one self-contained HTML file, and layers for any folium map.

folium and branca compile every text that passes through them as a Jinja template, twice, and
template code runs in this process. So no record text ever passes through a folium element: all
data are gzipped JSON in base64, an alphabet without ``{ % $ <``, and the script inserts them into
the page as text. The strict Content-Security-Policy of the document is the second line of defence,
the sandbox of the frame that shows it the third.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import folium
import pyarrow as pa
from branca.element import MacroElement
from folium.template import Template

from geo.table.workspace import Workspace
from geo.view import EVERYTHING, View, select, workspace_for
from geo.view.alt_text import alt_text
from geo.view.marks import ChangeMarks
from geo.view.saved_views import SavedView
from geo.webmap.base_map import base_block, base_facts
from geo.webmap.model import document_model, model_json
from geo.webmap.origins import permitted
from geo.webmap.scripts import leaflet_script, leaflet_style, own_script, own_style
from geo.webmap.still import still_page

_LOG: Final = logging.getLogger(__name__)
_TITLE: Final = "Incident map"
# Jinja would parse scripts as part of the template, so these are inserted after rendering.
_STYLE: Final = "@style@"
_CODE: Final = "@code@"
# Data are kept outside the script, which the browser would otherwise have to parse first.
_HELD: Final = "document.getElementById('im-{}').textContent"
_DATA: Final = '<script type="application/octet-stream" id="im-{}">{}</script>'
# Runs before the first paint, so that the content for browsers without JavaScript never flashes up.
_RUNS: Final = "document.documentElement.classList.add('im-runs')"
_MIN_ZOOM: Final = 5
"""Lowest zoom: a country of 1,000 km is about 250 pixels wide, which fits on a phone."""
_MAX_ZOOM: Final = 12
"""Highest zoom, with pixels of about 38 m at the equator: any closer, a point would look more
precise than any source."""
_LEVEL: Final = 6
"""Of compression, from 1 to 9: beyond it twice the time saves half a per cent."""
_BLOCK: Final = re.compile(r"<(style|script)>(.*?)</\1>", re.DOTALL)
_POLICY: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src data:; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<meta name="description" content="{description}">
{head}
{runs}
</head>
<body class="incident-map-page">
{still}
{body}
{data}
{scripts}
</body>
</html>
"""


class _LayersElement(MacroElement):
    """The layers as an element of a folium map, from prepared parts."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}<style>{{ this.style }}</style>{% endmacro %}
        {% macro script(this, kwargs) %}
            {{ this.code }}
            IncidentMap.start({
                map: {{ this._parent.get_name() }},
                {%- for name, value in this.data.items() %}
                {{ name }}: {{ value }},
                {%- endfor %}
                shell: {{ this.shell }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, style: str, code: str, data: Mapping[str, str], *, panels: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca says that it is typed
        self._name = "IncidentLayers"
        self.style, self.code, self.data = style, code, data
        self.shell = "true" if panels else "false"


class IncidentLayers(_LayersElement):
    """Provinces and records as layers of a folium map, with a legend that switches them.

    Parameters
    ----------
    workspace
        Provides the provinces of the country and the records of the dossier.
    panels
        Whether to add the panels around the map, which need a whole page; a map in a notebook is
        better without them.
    view, as_of
        The initial View, and the day to which the age of presence claims is counted; see
        :func:`geo.webmap.model.document_model`.

    Examples
    --------
    Add them to your own map. No record text is part of what folium renders:

    >>> import folium
    >>> from geo import IncidentLayers, open_workspace
    >>> workspace = open_workspace()
    >>> m = folium.Map([34.5, 67.5], zoom_start=6)
    >>> layers = IncidentLayers(workspace).add_to(m)
    >>> workspace.reading.dossier.records[0].title in m.get_root().render()
    False
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        panels: bool = False,
        view: View = EVERYTHING,
        as_of: date | None = None,
    ) -> None:
        self.payload = encode(document_model(workspace, view=view, as_of=as_of))
        data = {"payload": f'"{self.payload}"'}
        super().__init__(own_style(), own_script(), data, panels=panels)


def document_html(
    workspace: Workspace,
    *,
    view: View = EVERYTHING,
    as_of: date | None = None,
    events: pa.Table | None = None,
    names: Mapping[str, str] | None = None,
    title: str = "",
    origins: Iterable[str] = (),
    marks: ChangeMarks | None = None,
    saved: Sequence[SavedView] = (),
) -> str:
    """The whole map as one HTML document that makes no requests and works from a file.

    The same data, View and day give the same text, so that a server can cache it.

    Parameters
    ----------
    view
        The initial View.
    as_of
        The day to which the age of presence claims is counted.
    events, names
        An event table to include, and the names of its groups; see
        :func:`geo.webmap.model.document_model`.
    title
        Title of the page and of the description; default: the title of the dossier.
    origins
        Origins of pages that may communicate with the map in a frame, besides its own origin; see
        :func:`geo.webmap.origins.permitted`.
    marks, saved
        The records that changed since an earlier version, and the author's Views; see
        :func:`geo.webmap.model.document_model`.

    Returns
    -------
    HTML that includes Leaflet, outlines, records, styles and script.
    """
    if title:
        dossier = workspace.reading.dossier.model_copy(update={"title": title})
        workspace = replace(workspace, reading=replace(workspace.reading, dossier=dossier))
    center = workspace.country.provinces.whole.envelope.centroid
    m = _OfflineMap(
        # About 100 m; the script fits the country to the window.
        location=[round(center.y, 3), round(center.x, 3)],
        zoom_start=_MIN_ZOOM + 1,
        min_zoom=_MIN_ZOOM,
        max_zoom=_MAX_ZOOM,
        tiles=None,
        zoom_control=False,
        attributionControl=False,
        # As OPTIONS in js/map/camera.js.
        zoomSnap=0.25,
        zoomDelta=0.5,
    )
    m._id = "incidents"  # noqa: SLF001 - folium's ids are random; the same data must give the same text
    workspace = workspace_for(view, workspace)
    model = document_model(
        workspace, view=view, as_of=as_of, events=events, names=names, marks=marks, saved=saved
    )
    model["origins"] = permitted(origins)
    columns = {} if events is None else {"events": model["eventTable"].pop("data")}
    base = workspace.country.base_map
    if base is not None:
        model["base"] = base_facts(base, workspace.country)
        columns["base"] = encode(base_block(base, workspace.country))
    data = {"payload": encode(model)} | columns
    layers = _LayersElement(_STYLE, _CODE, {name: _HELD.format(name) for name in data}, panels=True)
    layers._id = "layers"  # noqa: SLF001 - as above
    layers.add_to(m)
    shown = select(view, workspace)
    words = alt_text(shown, view, workspace, quotes=False)
    title = workspace.reading.dossier.title or _TITLE
    rows = 0 if events is None else events.num_rows
    still = still_page(shown, view, workspace, title, events=rows)
    page = _page(m, title, words, data, still)
    _LOG.debug("document of %d characters, %d events in it", len(page), rows)
    return page


def encode(model: dict[str, Any]) -> str:
    """The model as base64-encoded gzipped JSON, the only form in which data pass through folium."""
    packed = gzip.compress(model_json(model).encode(), compresslevel=_LEVEL, mtime=0)
    return base64.b64encode(packed).decode("ascii")


class _OfflineMap(folium.Map):
    """A folium map that loads no scripts or styles from other hosts."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium declares it so
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - as above


def _page(m: folium.Map, title: str, description: str, data: Mapping[str, str], still: str) -> str:
    root: Any = m.get_root()
    root._id = "page"  # noqa: SLF001 - as above
    root.render()
    blocks = [(kind, _filled(text)) for kind, text in _BLOCK.findall(root.header.render())]
    styles = [leaflet_style(), *(text for kind, text in blocks if kind == "style")]
    scripts = [leaflet_script(), *(text for kind, text in blocks if kind == "script")]
    scripts.append(_filled(root.script.render()))
    nonce = _nonce([*styles, *scripts, _RUNS, *data.values()])
    return _PAGE.format(
        policy=_POLICY.format(nonce=nonce),
        title=html.escape(title),
        description=html.escape(description),
        head="\n".join(f'<style nonce="{nonce}">{text}</style>' for text in styles),
        runs=f'<script nonce="{nonce}">{_RUNS}</script>',
        still=still,
        body=root.html.render().strip(),
        data="\n".join(_DATA.format(name, packed) for name, packed in data.items()),
        scripts="\n".join(f'<script nonce="{nonce}">{text}</script>' for text in scripts),
    )


def _filled(text: str) -> str:
    return text.replace(_STYLE, own_style()).replace(_CODE, own_script())


def _nonce(parts: list[str]) -> str:
    """A nonce from the content: no record can contain the digest of its own document.

    18 of the 32 bytes of SHA-256 give 144 bits in 24 characters of base64 without padding; CSP
    Level 3 (section 7.1) asks for at least 128 bits.
    """
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return base64.urlsafe_b64encode(digest[:18]).decode("ascii")
