"""Reading a report: what it mentions, word for word, and the records that it suggests.

===============  ===============================================================
``mentions``     a place, group, date, number, speaker or event in a text
``suggestions``  a record that a text suggests, with the words of every value
===============  ===============================================================
"""
