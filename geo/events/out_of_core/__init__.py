"""Import event files larger than memory, in parts.

===============  ===========================================
``blocks``       a file as blocks that are read one by one
``partwise``     the work of one task
``assembling``   merging parts into files by year
``partitioned``  the order of the tasks
``cluster``      tasks on many cores or computers, with Dask
===============  ===========================================
"""
