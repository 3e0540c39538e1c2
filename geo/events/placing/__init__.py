"""Places of rows: names and points to locations, no finer than stated.

===============  ======================================================
``place_names``  names of places, each distinct spelling looked up once
``rows``         names and a point to a location
``precisions``   precision codes and words of other data sets
===============  ======================================================
"""
