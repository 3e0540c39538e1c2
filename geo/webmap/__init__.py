"""The map document: one self-contained HTML file, and layers for any folium map.

==================  ================================================================
``model``           the located records as marks, sentences and counts
``words``           the vocabulary for the browser
``lineage_fields``  what the browser needs to count origins and sources of provinces
``event_columns``   an event table as typed columns
``base_map``        relief, water, places and their names, encoded for the document
``own_map``         the user's own base map, encoded for the document
``origins``         the pages that may communicate with a saved map
``still``           the content of the document without JavaScript
``linker``          links the JavaScript modules into one script
``scripts``         the script and the styles of the document
``document``        the folium layers and the document
==================  ================================================================
"""
