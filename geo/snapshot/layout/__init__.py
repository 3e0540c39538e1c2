"""Text and boxes of a figure: measured, broken into lines, set on pages.

=================  ============================================
``theme``          the colours of figures: light, dark and grey
``signs``          the symbols, drawn in points
``typesetting``    text in lines and blocks
``columns``        blocks into columns
``notes``          the lists that the numbers lead to
``margins``        title above, ledger and credits below
``legend_figure``  the legend as it is set
``bare_figure``    the figure alone, for slides and reports
``pages``          content to pages
=================  ============================================
"""
