"""The content of a figure, as plain data.

================  ================================================================
``recipe``        everything needed to make the identical figure again
``recipe_parts``  how recipes of figures and of series are read, and their files named
``imprint``       what the file of a figure carries so that it can be recognised
``editorial``     what the editor adds: texts, names, marks, colours
``passing_on``    the data that a figure may be made from
``sizes``         page, slide and web sizes, each with a fixed template
``frame``         the projection, and the part of the country shown
``numbering``     which records share a mark, and their numbers in reading order
``naming``        the name of a mark: what all its records share
``legend``        the legend: only what the figure shows
``base_context``  the legend and credits of the base map
``coverage``      how many sources speak of each province, where the View shows it
``layers``        what an editable file groups under one name
``content``       numbered marks, notes, sources, legend, ledger
``chart_choice``  whether a figure has a chart, by what and where
``figure_chart``  the chart of a figure, in bars, words and numbers
``composing``     from the filtered table to the content
``event_choice``  which imported events a figure shows, and how, in its recipe
``event_file``    the events that a figure may show, recognised by a digest
``events_kept``   which of them a View keeps
``event_counts``  from these to rings, counts by province and a ledger
``event_marks``   rings, counts and the ledger of events, as plain data
``event_parts``   events in content, legend and alternative text
``glyphs``        characters without a glyph in the typefaces
================  ================================================================
"""
