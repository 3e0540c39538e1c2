"""Import and export event data: ACLED, UCDP GED and tables of any other layout.

Rows never become Python objects, so that a file may have millions: it is read as an Arrow table of
strings, each distinct string is judged and geocoded once, and the result is an event table
(:mod:`geo.events.columns.schema`) with an entry for every rejected row.

===============  ========================================================
``columns``      the schema, and columns processed by distinct value
``cells``        parsers for single cells
``readers``      files to tables of strings
``parties``      names of actors to groups
``placing``      names and points to locations
``mapping``      the meaning of a table's columns
``judging``      checks of each row, and warnings
``importing``    a file of any known format to an event table
``store``        event tables on disk
``export``       event tables in other formats
``out_of_core``  files larger than memory
===============  ========================================================
"""
