"""Briefings: slides, reports, tables, ZIP files, snippets, and many figures at once.

=================  ==============================================================================
``formats``        a recipe to the files of one format
``slides``         PowerPoint: the figure, and native lists of its numbers and sources
``powerpoint``     themes, text frames and paragraphs of PowerPoint
``report``         Word: the figure with caption, numbered records and sources
``word_document``  pages, styles, links and fields of Word
``tables``         records and sources as CSV, records as GeoJSON
``snippets``       an iframe, an image with its text, a citation
``bundle``         all of it in one ZIP file
``packing``        archives whose bytes are the same when made again
``batch``          many figures: for each province, month or group, or for each row of a list
``recreate``       an earlier figure made again, and what has changed since
``measuring``      the space that text needs before an office program lays it out
``wording``        what slides and reports say in the same words
=================  ==============================================================================
"""
