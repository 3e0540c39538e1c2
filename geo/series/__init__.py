"""Series: many maps from one recipe, on one page, in an atlas, as a pair, or one after another.

=================  ==================================================================
``series_recipe``  the recipe: what varies from map to map, and the form of the whole
``tally``          the record count of a map, of a page and of the whole series
``contents``       the contents of all maps, with numbers in common
``panel_pages``    pages with several maps, one legend and one record count
=================  ==================================================================
"""
