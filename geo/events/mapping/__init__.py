"""Map the columns of a table to meanings: proposed here, confirmed by a person.

=============  ===================================================
``headings``   probable meanings of headings
``mapping``    the meanings of columns, as a person confirmed them
``proposing``  a proposal from headings and cells
=============  ===================================================
"""
