"""The command line: results to stdout, messages to stderr.

====================  ===================================================================
``main``              the program and the commands for a dossier
``options``           options that most commands share
``renamed``           old names of options, which keep working for one release
``view_options``      the View as options
``snapshot``          the commands ``snapshot`` and ``snapshots``
``snapshot_options``  appearance and output of a figure, as options or as cells of a list
``events``            the commands that import and export events
``import_report``     progress, refusals and the report of an import
``country``           the commands that create the folder of a country
``gazetteer``         the commands that extend a gazetteer
``diff``              printing of changes
``versions``          the command ``changes``, and the versions that other commands keep
``history``           the command ``history``
``terminal``          text for a terminal
====================  ===================================================================
"""
