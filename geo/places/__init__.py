"""Places: boundaries, names, and how finely a place is known.

==================  ============================================================
``spelling``        spellings made comparable, in Latin, Dari and Pashto
``boundaries``      GeoJSON to checked polygons
``provinces``       the provinces of a country, and which of them a point is in
``neighbours``      the land around a country
``gazetteer``       names to places, and when a name is a question
``country``         the folder of a country
``boundary_lines``  every border of a country once, as a line
``locations``       a place of a record to a location, no finer than it is known
==================  ============================================================
"""
