"""Event data of others: ACLED, UCDP GED and any other table, in and out.

A million rows never become objects: a file becomes an arrow table of texts, its columns are judged
and placed by their distinct texts, and the result is an event table
(:mod:`geo.events.columns.schema`) with a line for every row that was rejected.

===============  ========================================================
``columns``      the schema, and arrays worked on by their distinct texts
``cells``        what one cell says
``readers``      files to tables of texts
``parties``      names of actors to groups
``placing``      names and points to locations
``mapping``      what the columns of a table mean
``judging``      what each row says, and what is wrong with it
``importing``    a file of any known format to an event table
``store``        event tables on disk
``export``       event tables in other formats
``out_of_core``  files larger than memory
===============  ========================================================
"""
