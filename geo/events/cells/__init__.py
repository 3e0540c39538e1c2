"""One cell: what people and spreadsheets write, and what it means.

=================  =======================================================
``values``         texts to numbers and days, each distinct text once
``dates``          dates in the orders and calendars of the world
``date_ranges``    a first and a last day in one cell
``date_evidence``  what a whole column says about the order of its dates
``coordinates``    decimal degrees, minutes and seconds, pairs, MGRS, WKT
``swapped_axes``   whether latitude and longitude look swapped
``figures``        numbers of people: "12", ">5", "at least 10", "several"
=================  =======================================================
"""
