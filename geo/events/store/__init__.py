"""Store event tables on disk.

============  ====================================================
``storage``   GeoParquet files, written completely or not at all
``manifest``  the parts of a dataset
``dataset``   folders of event tables, read only as far as needed
============  ====================================================
"""
