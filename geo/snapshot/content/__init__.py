"""What a figure says, as plain data.

================  ==============================================================
``recipe``        what must be known to make the identical figure again
``sizes``         page, slide and web sizes, each a fixed template
``frame``         the projection, and the part of the country in the picture
``numbering``     which records share a mark, and their numbers in reading order
``naming``        what a mark is called: by what all its records share
``legend``        the legend: what the picture shows, and nothing else
``base_context``  what is said of the base map
``content``       numbered marks, notes, sources, legend, ledger
``composing``     the shown table to the content
``glyphs``        characters that the typeface of figures has no glyph for
================  ==============================================================
"""
