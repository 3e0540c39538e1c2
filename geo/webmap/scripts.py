"""The scripts and styles of the document, in the order in which they are put into it."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from xstatic.pkg import leaflet

SCRIPTS: Final = (
    "js/core/dom.js",
    "js/core/payload.js",
    "js/view/layers.js",
    "js/view/keep.js",
    "js/view/filter_fields.js",
    "js/view/filters.js",
    "js/view/chips.js",
    "js/map/symbols.js",
    "js/map/basemap.js",
    "js/map/badges.js",
    "js/map/placing.js",
    "js/panels/tally.js",
    "js/map/outline.js",
    "js/map/land.js",
    "js/map/marks.js",
    "js/map/map_view.js",
    "js/map/camera.js",
    "js/panels/legend.js",
    "js/panels/panel.js",
    "js/view/filter_panel.js",
    "js/map/mgrs.js",
    "js/map/coordinates.js",
    "js/panels/card.js",
    "js/panels/matrix.js",
    "js/panels/detail.js",
    "js/panels/ledger.js",
    "js/time/scale.js",
    "js/time/words.js",
    "js/time/plot.js",
    "js/time/window.js",
    "js/time/gestures.js",
    "js/time/controls.js",
    "js/time/compare.js",
    "js/time/player.js",
    "js/time/strip.js",
    "js/events/store.js",
    "js/events/sums.js",
    "js/events/rings.js",
    "js/events/canvas.js",
    "js/events/layer.js",
    "js/events/list.js",
    "js/events/time.js",
    "js/core/messages.js",
    "js/core/address.js",
    "js/core/options.js",
    "js/panels/strip.js",
    "js/panels/shell.js",
    "js/map/map_link.js",
    "js/pair/map_half.js",
    "js/pair/two_maps.js",
    "js/panels/print_sheet.js",
    "js/map/gestures.js",
    "js/document.js",
)
STYLES: Final = (
    "css/document.css",
    "css/filters.css",
    "css/two_maps.css",
    "css/time.css",
    "css/embed.css",
    "css/print.css",
)

_URL: Final = re.compile(r"url\([^)]*\)")


@cache
def own(names: tuple[str, ...]) -> str:
    """The texts of these files of ours, one after the other."""
    here = resources.files("geo.webmap")
    return "\n".join(here.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names)


@cache
def leaflet_script() -> str:
    """Leaflet's script, fit to stand inside a page."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text(encoding="utf-8")
    return text.partition("//# sourceMappingURL")[0].replace("</script", "<\\/script")


@cache
def leaflet_style() -> str:
    """Leaflet's style without the pictures that it would ask for."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text(encoding="utf-8")
    return _URL.sub("none", text)
