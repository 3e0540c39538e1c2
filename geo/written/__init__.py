"""What people write in a field, read into what a record holds, or into a question.

=================  ===============================================================
``date_words``     names of months, seasons and parts of the year
``date_parts``     a day, month, season or year in words, each as far as stated
``date_phrases``   phrases around such dates: since, before, about, between, or
``date_readings``  from the parts of a date to EDTF, and what is open about it
``dates``          a date as people write it
``coordinates``    a position as people write it, and how precise that is
``figures``        a number of people as people write it
=================  ===============================================================
"""
