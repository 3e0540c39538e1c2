"""The map of a figure: what is drawn where.

==============  ===========================================================
``basemap``     land, borders, neighbours, names, scale bar and locator
``badges``      badges: the name of an area with the numbers of its records
``forms``       the kinds of place as figures show them
``plan``        symbols at their points, badges, labels and names
``placing``     free space for badges and names
``planning``    everything on the map in its place
``map_figure``  the map, drawn as planned
==============  ===========================================================
"""
