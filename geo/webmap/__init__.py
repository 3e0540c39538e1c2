"""The map document: one self-contained HTML file, and layers for any folium map.

=================  ================================================================
``model``          the located records as marks, sentences and counts
``words``          the vocabulary as the browser is given it
``event_columns``  an event table as typed columns
``base_map``       relief, water, places and their names, as the document holds them
``origins``        the pages that may talk to a saved map
``still``          what the document shows where no script runs
``linker``         the modules of the browser half as one script
``scripts``        the script and the styles of the document
``document``       the folium layers and the document
=================  ================================================================
"""
