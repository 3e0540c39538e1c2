"""Parse single cells as people and spreadsheets write them.

=================  =======================================================
``values``         strings to numbers and days, each distinct string once
``dates``          dates in several orders and calendars
``date_ranges``    a first and a last day in one cell
``date_evidence``  what a whole column shows about the order of its dates
``coordinates``    decimal degrees, minutes and seconds, pairs, MGRS, WKT
``swapped_axes``   whether latitude and longitude look swapped
``figures``        numbers of people: "12", ">5", "at least 10", "several"
=================  =======================================================
"""
