"""Places: boundaries, names, and the precision of a location.

==================  ============================================================
``spelling``        spellings made comparable, in Latin, Dari and Pashto
``boundaries``      from GeoJSON to checked polygons
``provinces``       the provinces of a country, and which of them a point is in
``neighbours``      the land around a country
``gazetteer``       from names to places, and when a name is ambiguous
``country``         the folder of a country
``boundary_lines``  every border of a country once, as a line
``locations``       from a place of a record to a location, no finer than known
==================  ============================================================
"""
