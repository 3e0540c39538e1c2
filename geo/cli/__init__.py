"""The command line: results to stdout, messages to stderr.

=====================  ===========================================================================
``main``               the program
``lazy``               its commands by name, each loaded when it is asked for
``options``            options that most commands share
``option_words``       values of options that are words
``opening``            what most commands begin and end with
``sparing``            commands that never write over what they read
``renamed``            old names of options, which keep working for one release
``view_options``       the View as options
``chart_options``      the chart of a figure as options
``handover_options``   what goes along with a file, as options
``scan``               the command ``scan``
``citations``          the export of sources for reference managers
``records``            the commands ``validate``, ``locate`` and ``records``
``read``               the command ``read``
``report_json``        what was read, as plain data for JSON
``counts``             the command ``counts``
``statements``         statements about counts
``check``              the command ``check``, of a statement or of files with figures
``map``                the command ``map``
``diff``               the command ``diff``
``serve``              the command ``serve``
``snapshot``           the commands ``snapshot`` and ``snapshots``
``snapshot_options``   appearance and output of a figure, as options or as cells of a list
``editorial_options``  what the editor adds to a figure, as options
``series``             the command ``series``
``series_options``     what varies in a series, its form and output, as options
``drawing``            maps drawn by all cores, with a bar that says how far they are
``earlier_series``     files of a series, as ``verify``, ``check`` and ``refresh`` take them
``figure_events``      the imported events of a figure, as its options choose them
``figures``            the commands ``verify`` and ``refresh``, and figures in files for ``check``
``events``             the commands that import and export events
``import_report``      progress, refusals and the report of an import
``country``            the commands that create the folder of a country
``gazetteer``          the commands that extend a gazetteer
``versions``           the command ``changes``, and the versions that other commands keep
``history``            the command ``history``
``merge``              the command ``merge``
``workbook``           the command ``import-workbook``, and the export that it reads
``approve``            the command ``approve``
``evidence``           the commands that take documents in and check passages
``terminal``           text for a terminal
=====================  ===========================================================================
"""
