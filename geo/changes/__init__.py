"""Changes: what differs between two versions of a dossier.

===============  ================================================================
``changes``      the changed records, sources and groups of two versions
``comparing``    one record, source or group beside its earlier state
``pairing``      claims and places, which have no ids, beside their earlier state
``fields``       the value of a field to compare, and in words
``json_output``  records and locations as plain data
===============  ================================================================
"""
