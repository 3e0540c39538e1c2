"""The mapping: what the columns of a table mean, proposed here and confirmed by a person.

=============  ===================================================
``headings``   what headings probably mean
``mapping``    the meanings of columns, as a person confirmed them
``proposing``  a proposal from headings and cells
=============  ===================================================
"""
