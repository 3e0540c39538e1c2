"""Figures as files: byte-identical PNG, SVG and PDF each time.

==============  =============================================================
``writing``     drawing of pages with matplotlib, and PNG
``svg_layers``  named groups in SVG
``drawing``     a page as a list of paths, texts and pictures in named layers
``vector``      SVG and PDF with real text and links
``making``      from recipe and data to a figure, and from a figure to files
==============  =============================================================
"""
