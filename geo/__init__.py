"""Incident Map: public reporting on armed groups, mapped no more precisely than its sources allow.

The names below are the public interface. They stay the same between releases, or the changelog
says how to replace them; everything else in the package may change.

========================  ==========================================================================
:func:`open_workspace`    read a country and its dossier, and locate the records
:class:`Workspace`        the result: country, dossier, located table, problems
:func:`read_dossier`      from the bytes of a dossier to records and problems
:func:`locate`            from a place name in any spelling or script to a location
:class:`View`             the selection: groups, period, filters, map position
:func:`apply`             the records that a View keeps, and the record count
:func:`document`          the map as one HTML document that works offline
:class:`IncidentLayers`   the records as layers of any folium map
:class:`Recipe`           the description from which a figure is made, and can be recreated
:class:`ChartChoice`      a chart of counts in a figure: by what, and below the map or beside it
:func:`make_figure`       from a recipe to a figure: PNG, SVG, PDF
:func:`import_events`     from ACLED, UCDP GED, GTD or any table to an event table
:func:`event_file`        events for figures, as rings or as counts by province
:class:`GeoError`         the base class of every error that the package raises on purpose
========================  ==========================================================================

Each is loaded when it is first used, so that ``import geo`` is fast and a script that validates a
dossier needs neither folium nor matplotlib.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from geo.version import __version__

if TYPE_CHECKING:
    from geo.api import apply, document, event_file, import_events, make_figure
    from geo.dossier.intake import read_dossier
    from geo.errors import GeoError
    from geo.places.locations import locate
    from geo.snapshot.content.chart_choice import ChartChoice
    from geo.snapshot.content.recipe import Recipe
    from geo.table.workspace import Workspace
    from geo.view import View
    from geo.webmap.document import IncidentLayers
    from geo.workspace import open_workspace

logging.getLogger(__name__).addHandler(logging.NullHandler())

__all__ = [
    "ChartChoice",
    "GeoError",
    "IncidentLayers",
    "Recipe",
    "View",
    "Workspace",
    "__version__",
    "apply",
    "document",
    "event_file",
    "import_events",
    "locate",
    "make_figure",
    "open_workspace",
    "read_dossier",
]

MODULES: Final = {
    "ChartChoice": "geo.snapshot.content.chart_choice",
    "GeoError": "geo.errors",
    "IncidentLayers": "geo.webmap.document",
    "Recipe": "geo.snapshot.content.recipe",
    "View": "geo.view",
    "Workspace": "geo.table.workspace",
    "apply": "geo.api",
    "document": "geo.api",
    "event_file": "geo.api",
    "import_events": "geo.api",
    "locate": "geo.places.locations",
    "make_figure": "geo.api",
    "open_workspace": "geo.workspace",
    "read_dossier": "geo.dossier.intake",
}
"""The module of each public name."""


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "IncidentLayers":
        # A folium element: without folium there is no class to load.
        import_module("geo.extras").require("map", f"geo.{name}")
    value = getattr(import_module(MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
