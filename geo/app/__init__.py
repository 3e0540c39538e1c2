"""The app: Streamlit pages around the map document.

Nothing outside this package imports Streamlit.

=======================  ======================================================================
``pages``                the pages by their addresses, each loaded when it is first shown
``map_page``             the map, as large as the window
``records_page``         the records in the View as a table, and as files
``counts_page``          counts with bounds: a chart, its numbers, statements
``statement_fields``     the fields of a statement about counts
``sources_page``         each source with its grade, each group with its assessments
``method_page``          what the map shows, what it does not claim, and data credits
``briefing_page``        the page that makes a figure of the current map view
``briefing_events``      the fields for imported events, on the page of briefings
``chart_fields``         the chart of a figure, asked on the Briefing page
``editorial_fields``     what the editor adds to a figure, as fields of that page
``editors_mark_fields``  arrows, circles, areas and texts, placed on the preview
``series_field``         the field for a series of what the map shows, on the page of briefings
``earlier_series``       what has changed since a file of a series was made
``earlier_file``         the field for an earlier file with figures, on the page of briefings
``edit_page``            the page on which entries are entered and corrected
``editing``              the forms of that page
``edit_links``           the way from a card to the form of its record
``read_page``            the page on which documents are read
``reading``              the suggestions of a document, and what is decided about them
``events_page``          the page for a file of events: upload, mapping, results
``changes_page``         the page that compares an earlier version of the dossier
``merge_page``           merging another copy of the dossier, on the page of changes
``merge_base``           the version from which two copies started, found or asked for
``change_lists``         lists of what differs between two versions
``name_field``           the field for the name in the history log
``mapping_form``         the form for the meaning of an uploaded file's columns
``events``               reading the events of a session
``shown_events``         the events of a session, and whether it has any
``session``              the data and the View of a session
``frame``                the map document inside a page, and its messages
``trail``                the steps of the browser's history
``ignored_filters``      notes on a page that does not follow the View
``last_valid``           the last valid version of the data, while a file is broken
``server``               the app as a server
``request_checks``       checks of each request, before Streamlit sees it
``sign_in_page``         the page for a browser without access
``gate``                 the second check of access, on the page itself
``editors``              who may edit and approve, and why somebody may not
``roles``                the file with the roles of a team
``access``               who may use the app, according to the secrets
``unexpected``           the message for an unforeseen error
``drawing_lock``         one figure is drawn at a time
``passing_on``           what goes along with a file, asked on the Briefing page
``component``            the script and the style of a component, of parts that it shares
``picture``              a PNG with its alternative text, and a button that copies it
``kept_state``           earlier versions of the data and saved Views, for the map
``keyed_file``           a file of the state that holds things by their keys
``personal_file``        the file with something of one person
``view_store``           the saved Views of one person
``kept``                 how many bytes all sessions together keep in caches
``file_choice``          the field for a file, which is kept in memory only
``file_buttons``         buttons for files that are made when somebody asks for one
``problems``             the problems of the data, on the pages with records
``controls``             the icon, the controls and the layouts of pages
``days``                 the day in the reader's time zone
``plain``                text of the data inside Markdown
``streamlit_internals``  what the app uses of Streamlit without a public name
=======================  ======================================================================
"""
