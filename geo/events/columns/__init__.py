"""Columns of event tables: arrays that are worked on by their distinct texts.

==============  ===========================================================
``schema``      the columns of an event table
``columns``     a column as its distinct texts and a number for each row
``formats``     which format a file has, by the names of its columns
``rejects``     what is wrong with rows: row, column, text and reason
``losses``      what a file in another format does not say
``text_cells``  text that no spreadsheet takes for a formula, and CSV files
==============  ===========================================================
"""
