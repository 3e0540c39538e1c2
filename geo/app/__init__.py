"""The app: Streamlit pages around the map document.

Nothing outside this package imports Streamlit.

===================  ==========================================================================
``map_page``         the map, and the records in view below it
``records_page``     every record of the dossier in one table
``sources_page``     each source with its grade, each group with its assessments
``method_page``      what the map shows, what it does not claim, and data credits
``briefing_page``    from the current map view to a figure
``events_page``      a file of events uploaded, explained where needed, and accounted for
``changes_page``     an earlier version of the dossier compared with the current one
``mapping_form``     what the columns of an uploaded file mean, and how its dates are read
``events``           the events of a session
``session``          the data and the View of a session
``frame``            the map document inside a page, and its messages
``trail``            which changes of the View are steps of the browser's history
``ignored_filters``  where a page does not follow the View, and what it says then
``last_valid``       the last valid version of the data, while a file is broken
``gate``             who may use the app
``unexpected``       what a page shows in place of an unforeseen error
``tables``           the records as a table in step with the map
``picture``          a PNG with its alternative text, and a button that copies it
``file_choice``      a file chosen or dropped, held in memory only
``problems``         the problems of the data, on the pages with records
``controls``         the icon, the controls and the layouts of pages
``days``             the day in the reader's time zone
``plain``            text of the data inside Markdown
===================  ==========================================================================
"""
