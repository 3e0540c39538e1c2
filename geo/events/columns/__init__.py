"""Columns of event tables: arrays that are processed by distinct value.

==============  ===========================================================
``schema``      the columns of an event table
``columns``     a column as its distinct strings and a number for each row
``formats``     the format of a file, from the names of its columns
``providers``   who provides events, how they are cited, and on which terms
``rejects``     problems of rows: row, column, text and reason
``losses``      what a file in another format cannot hold
``text_cells``  text that no spreadsheet reads as a formula, and CSV files
==============  ===========================================================
"""
