"""Judge rows on their way to events: what each column gives, and what is wrong with it.

================  ====================================
``draft``         the rows while they are judged
``dates``         the days of the rows
``fatalities``    lowest, best and highest figures
``positions``     the points of the rows
``named_places``  rows without a point, placed by name
``middles``       points that represent an area
``whole_file``    what only all rows together show
================  ====================================
"""
