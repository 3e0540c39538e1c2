"""Text and boxes of a figure: measured, broken into lines and placed on pages.

=====================  ===========================================================
``theme``              the colours of figures: light, dark and greyscale
``signs``              the symbols, drawn in points
``typesetting``        text in lines and blocks
``text_runs``          runs of one direction in a line, and their language
``columns``            the layout of blocks in columns
``notes``              the numbered notes and sources
``event_notes``        the counts and the source of imported events
``margins``            the title above, the record count and credits below
``editorial_margins``  what the editor adds to them: a marking, a logo, a subtitle
``legend_figure``      the layout of the legend
``bare_figure``        a figure without notes, for slides and reports
``bars``               the bars of a chart, certain and possible
``chart_block``        the layout of a chart in a box
``chart_table``        its numbers among the notes
``charted_page``       the place of a chart on its page
``mirroring``          a page, and the same page from right to left
``pages``              the layout of content on pages
=====================  ===========================================================
"""
