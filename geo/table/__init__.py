"""The located table: every place of every record, in one schema.

=============  ============================================================================
``located``    records to the located table; every guess is a problem or a stated inference
``search``     the text that a search looks through, in any script
``tallies``    records counted by province, where nothing finer is drawn
``workspace``  country, dossier and located table: what everything above takes
=============  ============================================================================
"""
