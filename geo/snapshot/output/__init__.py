"""Figures as files: byte-identical PNG, SVG and PDF each time.

===========  =====================================================
``writing``  drawing of pages with matplotlib, and PNG
``vector``   SVG and PDF with real text and links
``making``   from recipe and data to a figure, and from a figure to files
===========  =====================================================
"""
