"""Event files larger than memory, in parts.

===============  ===========================================
``blocks``       a file as blocks, each read on its own
``partwise``     the work of one task
``assembling``   parts put together
``partitioned``  which task follows which
``cluster``      tasks on many cores or computers, with Dask
===============  ===========================================
"""
