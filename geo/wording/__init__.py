"""Words and symbols, shared by the map, figures, slides and the command line.

==============  =========================================================================
``vocabulary``  what each concept is called, for Python and, in the payload, the browser
``symbology``   what each mark looks like: colours, letters, strokes and forms
``base_map``    at which zoom each part of the base map is drawn
``sentences``   one sentence for each record, made from its fields
``ageing``      how long ago a presence claim was last reported, in three classes
``cards``       the facts, claims and sources of one record
==============  =========================================================================
"""
