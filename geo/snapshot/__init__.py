"""Figures: a map that can be read on its own, with its numbers, sources, legend and ledger.

=============  =================================
``content``    what a figure says, as plain data
``typefaces``  the typefaces of figures, and which of them has a letter
``lettering``  text in these typefaces, measured and placed
``layout``     text and boxes on pages
``map``        the map of a figure
``output``     PNG, SVG and PDF
=============  =================================
"""
