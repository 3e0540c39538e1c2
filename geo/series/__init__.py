"""Series: many maps from one recipe, on one page, in an atlas, as a pair, or one after another.

===================  ==================================================================
``series_recipe``    the recipe: what varies from map to map, and the form of the whole
``tally``            the record count of a map, of a page and of the whole series
``contents``         the contents of all maps, with numbers in common
``pair``             what is new and gone in the second of two periods, in words
``panel_pages``      pages with several maps, one legend and one record count
``list_pages``       notes, sources and credits at the end
``atlas``            cover, contents, overview, a page for each map
``frames``           the frames of a time-lapse
``films``            frames as GIF, WebP and MP4
``workers``          maps planned and pages drawn by several processes
``series_imprint``   what a file of a series carries: recipe, records, sources
``embedding``        the imprint inside the files of a series
``making``           from a recipe to a series, and to PNG, SVG, PDF and films
``files``            the files of a series, searched for what they must not hold
``earlier_files``    an earlier file verified, checked against the data, and made anew
``earlier_wording``  what was found in an earlier file, in sentences and as JSON
===================  ==================================================================
"""
