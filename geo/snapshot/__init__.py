"""Figures: a map with its notes, sources, legend and record count, complete without the website.

=============  =================================
``content``    the content of a figure, as plain data
``typefaces``  the typefaces of figures and the characters each covers
``lettering``  text measurement and drawing in these typefaces
``layout``     text and boxes on pages
``map``        the map within a figure
``output``     PNG, SVG and PDF
``chart``      charts of counts, with certain and possible parts
=============  =================================
"""
