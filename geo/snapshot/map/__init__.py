"""The map of a figure: what is drawn where.

===============  ===========================================================
``basemap``      land, borders and neighbours
``relief``       the relief of the base map, in the projection of a figure
``own_map``      the user's own base map
``base_layers``  water and boundaries of the base map
``base_names``   names and signs of the base map in the space that is left
``base_signs``   the same, drawn
``free_space``   what marks and names leave free
``furniture``    scale bar, north arrow and locator
``badges``       badges: the name of an area with the numbers of its records
``forms``        the kinds of place as figures show them
``plan``         symbols at their points, badges, labels and names
``placing``      free space for badges and names
``planning``     everything on the map in its place
``map_figure``   the map, drawn as planned
===============  ===========================================================
"""
