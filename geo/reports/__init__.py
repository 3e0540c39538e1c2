"""Reading a report: what it mentions, word for word, and the records that it suggests.

==================  ============================================================
``mentions``        a place, group, date, number, speaker or event in a text
``suggestions``     a record that a text suggests, with the words of every value
``wordlists``       the word lists of a language, which are data in ``words``
``tokens``          words with their positions, sentences and lines
``place_names``     names of the gazetteer in a text
``place_stops``     which of them are not those of places
``place_spans``     places with the words for their kinds
``place_areas``     places with the districts and provinces beside them
``place_mentions``  the places that a text mentions
``province_votes``  the provinces that a text is about
``party_names``     names of groups and other parties in a text
``group_mentions``  the groups that a text mentions
``date_spans``      where a text has the words of a date
``relative_dates``  dates that depend on another day
``date_mentions``   the dates that a text mentions
``datelines``       the dateline of a text, and the day of its publication
==================  ============================================================
"""
