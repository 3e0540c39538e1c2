"""Counts with bounds: the fewest and the most records that a period or a place can have.

====================  =============================================================================
``period_units``      months, quarters and years as ranges of days
``countable``         what a count reads of each record, and what a reading of a record is
``event_rows``        the same of an event table
``cells``             a cell of a count, and which records it has certainly and possibly
``classes``           records that no cell tells apart, and the few readings of each
``bounds``            the fewest and the most records and fatalities of a cell, and tables of cells
``statements``        the statements that can be checked, a closed set
``statement_text``    statements read from text in named parts
``inequalities``      statements as inequalities between sums over records
``joint``             one reading of all records in which several inequalities hold
``rising``            whether a count can rise in every step, exactly
``ordering``          which record is the first or the last
``deciding``          whether a statement holds always, never, or depends on some records
``trend``             whether a series points the same way in every reading
``charting``          what a chart of counts shows, as plain data
``coverage``          how many sources speak of a province and period at all
``origin_counts``     how many known origins records have, and how many are of unknown lineage
``origins``           which texts may go back to one origin, because they share words
``saying``            statements, counts and decisions in words
====================  =============================================================================

The method is explained for readers without mathematics in ``docs/explanation/counting.md``.
"""
