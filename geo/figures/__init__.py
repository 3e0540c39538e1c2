"""Figures in existing files: which data they show, whether they are current, and redrawn.

===============  ==================================================================
``office_file``  slides and reports of others as parts of an archive, only read
``shapes``       the pictures of a slide or a page, and their text alternatives
``finding``      the figures of a file, by what they carry
``drawing``      a picture drawn again as an imprint says it was
``verifying``    from which data and question a figure is, and whether it was altered
``checking``     what has changed in the data since a figure was made
``slide_xml``      a slide as its shapes and the bytes of each
``edits``          what others have changed in the shapes of a figure
``shape_slides``   the slides of a figure of shapes in a deck
``deck_parts``     the parts of a deck that change, with slides added and removed
``new_shapes``     a new shape, fitted to the slide of others
``renewing``       the slides of a figure of shapes made anew
``refreshing``   the same file with the figures that are out of date redrawn
``wording``      what was found, in sentences and as JSON
===============  ==================================================================
"""
