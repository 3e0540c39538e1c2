"""Snapshots: a map that stands on its own, with its numbers, sources, legend and ledger.

=================  ==============================================================================
``recipe``         what must be known to make the identical snapshot again
``sizes``          paper, slide and web, each a fixed template
``frame``          the projection, and the part of the country in the picture
``content``        what a snapshot says, as plain data
``composing``      shown table to that content: numbers, entries, sources, warnings
``making``         content to pages, and pages to PNG, SVG and PDF
=================  ==============================================================================
"""
