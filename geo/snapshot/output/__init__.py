"""Figures as files: byte-identical PNG, SVG and PDF each time.

==============  =============================================================
``agg``         pages as pixels, each letter drawn once
``writing``     drawing of pages with matplotlib, and PNG
``vector``      SVG and PDF with real text and links
``in_png``      the imprint in a PNG
``in_svg``      the imprint in an SVG
``in_pdf``      the imprint in a PDF
``making``      from recipe and data to a figure, and from a figure to files
``svg_layers``  named groups in SVG
``drawing``     a page as a list of paths, texts and pictures in named layers
==============  =============================================================
"""
