"""Incident Map: what is reported about armed groups, drawn with no more certainty than its source.

The package reads a country's folder (:mod:`geo.places.country`) and a dossier of incidents and
presence claims (:mod:`geo.dossier.intake`), finds the places (:mod:`geo.table.located`), decides
what is shown and why the rest is not (:mod:`geo.view`), and turns it into marks
(:mod:`geo.webmap.model`) that the folium map (:mod:`geo.webmap.document`) draws.
"""

import logging

logging.getLogger(__name__).addHandler(logging.NullHandler())

__version__ = "0.1.0"
