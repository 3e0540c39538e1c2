"""Text and boxes of a figure: measured, broken into lines and placed on pages.

=================  ============================================
``theme``          the colours of figures: light, dark and greyscale
``signs``          the symbols, drawn in points
``typesetting``    text in lines and blocks
``columns``        the layout of blocks in columns
``notes``          the numbered notes and sources
``event_notes``    the counts and the source of imported events
``margins``        the title above, the record count and credits below
``legend_figure``  the layout of the legend
``bare_figure``    a figure without notes, for slides and reports
``pages``          the layout of content on pages
=================  ============================================
"""
