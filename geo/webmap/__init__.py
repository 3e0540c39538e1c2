"""The map document: one self-contained HTML file, and layers for any folium map.

=================  ======================================================
``model``          the located records as marks, sentences and counts
``event_columns``  an event table as typed columns
``still``          what the document shows where no script runs
``scripts``        the scripts and styles of the document, in their order
``document``       the folium layers and the document
=================  ======================================================
"""
