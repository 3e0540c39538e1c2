"""Incident Map: what is reported about armed groups, drawn with no more certainty than its source.

The package reads a country's folder (:mod:`geo.country`) and a dossier of incidents and presence
claims (:mod:`geo.intake`), finds the places (:mod:`geo.geocoding`), decides what is shown and why
the rest is not (:mod:`geo.view`), and turns it into marks (:mod:`geo.marks`) that the folium map
(:mod:`geo.web_map`) draws.
"""

__version__ = "0.1.0"
