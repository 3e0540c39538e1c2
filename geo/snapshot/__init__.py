"""Figures: a map that can be read on its own, with its numbers, sources, legend and ledger.

=============  =================================
``content``    what a figure says, as plain data
``lettering``  the typeface of figures
``layout``     text and boxes on pages
``map``        the map of a figure
``output``     PNG, SVG and PDF
=============  =================================
"""
