"""A dossier as a workbook to edit in a spreadsheet program, and back as edits of the dossier.

=============  ==================================================================
``sheets``     the sheets and their columns: names, notes, choices
``cells``      from a value of an entry to the text of a cell, and back
``writing``    the workbook, with the content that it was made from
``likeness``   which claims share words, beside the column for their origin
``opening``    the sheets of an edited workbook, and the content in it
``rows``       the rows of an edited workbook, compared with that content
``edits``      from changed rows to edits of entries
=============  ==================================================================
"""
