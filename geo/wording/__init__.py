"""Words and symbols: one vocabulary for the map, figures, slides and the command line.

=============  =======================================================================
``symbology``  what each mark means: colours, letters, strokes, and the words for them
``sentences``  one sentence for each record, made from its fields
``ageing``     how long ago a presence claim was last reported
``cards``      the facts, claims and sources of one record
=============  =======================================================================
"""
