"""Event tables on disk.

============  ====================================================
``storage``   GeoParquet files, written whole or not at all
``manifest``  the parts of a dataset
``dataset``   a folder of event tables, read only as far as needed
============  ====================================================
"""
