"""Charts of counts, in the colours and typefaces of figures.

===========  ==========================================================================
``drawing``  bars with a certain and a possible part, notes below, as PNG, SVG or PDF
===========  ==========================================================================
"""
