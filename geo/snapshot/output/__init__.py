"""Figures as files: PNG, SVG and PDF, the same bytes each time.

===========  =====================================================
``writing``  pages drawn with matplotlib, and PNG
``vector``   SVG and PDF with real text, links and tags
``making``   a recipe and data to a figure, and a figure to a file
===========  =====================================================
"""
