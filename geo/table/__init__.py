"""The located table: every place of every record, in one schema.

=============  ============================================================================
``located``    builds the located table; every inference is reported
``search``     the text in which a search looks for words, in any script
``tallies``    records counted by province, for province totals
``workspace``  country, dossier and located table: what all later packages take
=============  ============================================================================
"""
