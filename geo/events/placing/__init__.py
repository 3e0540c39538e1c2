"""Place rows: from names and points to locations, no finer than stated.

===============  ======================================================
``place_names``  names of places, each distinct spelling looked up once
``rows``         locations from names and points
``precisions``   precision codes and words of other data sets
===============  ======================================================
"""
