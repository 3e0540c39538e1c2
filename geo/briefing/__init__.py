"""Snapshots handed over: slides, reports, tables, bundles, and snippets for pages of others.

===============  ================================================================================
``packing``      archives that are the same to the byte when made again
``wording``      what slides and reports say in the same words
``slides``       PowerPoint: the figure, and native lists of its numbers and sources
``report``       Word: the figure with caption, numbered records and sources
``tables``       records and sources as CSV, records as GeoJSON
``snippets``     an iframe, an image with its text, a citation
``bundle``       all of it in one archive
``formats``      a recipe to the files of one format
===============  ================================================================================
"""
