"""Figures as files: byte-identical PNG, SVG and PDF each time.

==================  =============================================================
``writing``         drawing of pages with matplotlib, and PNG
``vector``          SVG and PDF with real text and links
``pdf_tags``        what a screen reader is told of each line, in reading order
``pdf_pages``       several pages as one PDF with tags, bookmarks and links
``pdf_renderer``    drawing into a PDF, with the element of each part
``tagged_pdf``      the file: structure tree, title, language, metadata
``in_png``          the imprint in a PNG
``in_svg``          the imprint in an SVG
``in_pdf``          the imprint in a PDF
``making``          from recipe and data to a figure, and from a figure to files
``in_print``        bleed and crop marks of a PDF for a print shop
``drawn_logo``      a logo on a page
``page_positions``  from a point on a page to a position on its map
``svg_layers``      named groups in SVG
``drawing``         a page as a list of paths, texts and pictures in named layers
``agg``             pages as pixels, each letter drawn once
==================  =============================================================
"""
