"""Changes: what differs between two versions of a dossier.

===============  ==================================================================
``changes``      the changed records, sources and groups of two versions
``comparing``    one record, source or group against its earlier version
``pairing``      claims and places, which have no ids, matched with their earlier versions
``fields``       the fields of a record, each with a value to compare and in words
``json_output``  records and locations as plain data
``versions``     the versions of a dossier that were opened here and are kept
``since``        the current version compared with a kept one: the marks of records
===============  ==================================================================
"""
