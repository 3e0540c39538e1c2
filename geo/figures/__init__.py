"""Figures in existing files: which data they show, whether they are current, and redrawn.

===============  ==================================================================
``office_file``  slides and reports of others as parts of an archive, only read
``shapes``       the pictures of a slide or a page, and their text alternatives
``finding``      the figures of a file, by what they carry
``drawing``      a picture drawn again as an imprint says it was
``verifying``    from which data and question a figure is, and whether it was altered
``checking``     what has changed in the data since a figure was made
``refreshing``   the same file with the figures that are out of date redrawn
``wording``      what was found, in sentences and as JSON
===============  ==================================================================
"""
