"""Create briefings: slides, reports, tables, ZIP files, snippets, and many figures at once.

===================  ===========================================================================
``formats``          the files of one format, from a recipe
``slides``           PowerPoint: the figure, and native lists of its numbers and sources
``slide_size``       the size of a slide: 16:9, 4:3 or square
``powerpoint``       themes, text frames and paragraphs of PowerPoint
``report``           Word: the figure with caption, numbered records and sources
``word_document``    pages, styles, links and fields of Word
``imprints``         the recipes of their figures, listed in the properties of decks and reports
``tables``           records and sources as CSV, records as GeoJSON
``shown_records``    the records that a View shows as CSV and XLSX, with the View and the counts
``citations``        a figure and its data set cited in two styles
``source_lists``     sources as CSL-JSON, BibTeX and RIS
``snippets``         an iframe, an image with its alternative text, a citation
``bundle``           all of it in one ZIP file
``packing``          archives whose bytes are identical whenever they are made again
``batch``            many figures: for each province, month or group, or for each row of a list
``recreate``         an earlier figure recreated, and what has changed since
``measuring``        the space that text takes, estimated before an office program lays it out
``wording``          wordings that slides and reports share
``editorial_parts``  the editor's marking on every slide and page, and the logo
``map_slides``       the slide of a figure as shapes that can be edited
``picture_slides``   the slide of a figure as one picture
``slide_text``       the size of a title, and what fits of a text
``slide_tables``     numbered lines as native tables
``shape_facts``      what shapes are by meaning: place, colours, text and outline
``noted_shapes``     the shapes of a figure as its deck was written, kept in the deck
``new_slides``       newly made slides, shape by shape, to be put in place of older ones
``chart_tables``     the numbers of a chart as tables, lines and CSV
``series_slides``    a series as a deck: a title, the legend, a slide for each map, the lists
``shapes``           a drawing as freeforms, texts and pictures in named groups
===================  ===========================================================================
"""
