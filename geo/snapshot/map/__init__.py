"""The map of a figure: what is drawn, and where.

=================  ========================================================================
``basemap``        land, borders and neighbours
``relief``         the relief of the base map, in the projection of the figure
``own_map``        the user's own base map
``base_layers``    water and boundaries of the base map
``base_names``     positions of names and signs of the base map in free space
``base_signs``     drawing of these names and signs
``free_space``     what marks and names leave free
``coverage``       the veil over provinces of which few sources speak
``furniture``      scale bar, north arrow and locator
``badges``         label boxes: the name of a place or area with the numbers of its records
``editors_marks``  arrows, circles, areas and texts of the editor
``chosen_names``   provinces that the editor leaves without a name
``mark_titles``    short titles of records beside their marks
``forms``          icons for location precision
``event_signs``    rings of imported events, and counts of provinces
``boxes``          boxes in points, and the lines between them
``land_mask``      how much of a box is on a piece of land
``taken``          what is on the map already, and what touches it
``positions``      where a box may be placed in or around a place
``placing``        the cheapest free position of a badge or name
``beside``         the cheapest place beside an area or point
``plan``           data classes: symbols at their points, badges, labels and names
``subjects``       areas and points that are to be placed
``land_names``     names of provinces, neighbours and capitals
``surroundings``   muted land around the provinces that a figure is about
``planner``        one attempt to place everything
``planning``       the position of everything on the map, in as many attempts as it takes
``kept_plans``     the last of these, for figures that differ in their words only
``map_figure``     drawing of the planned map
=================  ========================================================================
"""
