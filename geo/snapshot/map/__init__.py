"""The map of a figure: what is drawn, and where.

===============  ===========================================================
``basemap``      land, borders and neighbours
``relief``       the relief of the base map, in the projection of the figure
``base_layers``  water and boundaries of the base map
``base_names``   positions of names and signs of the base map in free space
``base_signs``   drawing of these names and signs
``free_space``   what marks and names leave free
``furniture``    scale bar, north arrow and locator
``badges``       plates: the name of a place or area with the numbers of its records
``forms``        icons for location precision
``plan``         data classes: symbols at their points, plates, labels and names
``placing``      free space for badges and names
``planning``     the position of everything on the map
``map_figure``   drawing of the planned map
===============  ===========================================================
"""
