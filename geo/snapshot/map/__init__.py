"""The map of a figure: what is drawn where.

===============  =================================================================
``basemap``      land, borders and neighbours
``relief``       the relief of the base map, in the projection of a figure
``base_layers``  water and boundaries of the base map
``base_names``   names and signs of the base map in the space that is left
``base_signs``   the same, drawn
``free_space``   what marks and names leave free
``furniture``    scale bar, north arrow and locator
``badges``       badges: the name of an area with the numbers of its records
``forms``        the kinds of place as figures show them
``boxes``        boxes in points and the lines between them
``land_mask``    how much of a box lies on a piece of land
``taken``        what stands on a map already, and what touches it
``positions``    where a box may stand in or around a place
``placing``      the cheapest free place of a badge or name
``plan``         symbols at their points, badges, labels and names
``subjects``     areas and points, as they are to be placed
``land_names``   names of provinces, neighbours and capitals
``planner``      one try to place everything
``planning``     everything on the map in its place, in as many tries as it takes
``map_figure``   the map, drawn as planned
===============  =================================================================
"""
