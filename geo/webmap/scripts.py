"""The script and the styles of the document, in the order in which they are included."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

from xstatic.pkg import leaflet

from geo.webmap.linker import link_modules

STYLES: Final = (
    "css/document.css",
    "css/filters.css",
    "css/two_maps.css",
    "css/time.css",
    "css/way.css",
    "css/embed.css",
    "css/present.css",
    "css/table.css",
    "css/share.css",
    "css/print.css",
)

_URL: Final = re.compile(r"url\([^)]*\)")


@cache
def own_style() -> str:
    """The project's style sheets, concatenated."""
    here = resources.files("geo.webmap")
    return "\n".join(here.joinpath(*name.split("/")).read_text("utf-8") for name in STYLES)


@lru_cache(maxsize=2)
def own_script(seen: str = "") -> str:
    """The project's modules as one script, whose only global is ``IncidentMap``.

    Parameters
    ----------
    seen
        For tests: another global, for the exports of every module by path.
    """
    return link_modules(module_text, "document.js", "IncidentMap", seen=seen)


def module_text(name: str) -> str:
    """The text of one of the project's modules by its path, such as ``core/dom.js``."""
    return resources.files("geo.webmap").joinpath("js", *name.split("/")).read_text("utf-8")


@cache
def leaflet_script() -> str:
    """Leaflet's script, ready for inclusion in a page."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text(encoding="utf-8")
    return text.partition("//# sourceMappingURL")[0].replace("</script", "<\\/script")


@cache
def leaflet_style() -> str:
    """Leaflet's style sheet without the images that it would request."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text(encoding="utf-8")
    return _URL.sub("none", text)
