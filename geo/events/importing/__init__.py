"""Import files of any known format as event tables.

======================  ===============================================================
``acled``               rows of ACLED
``ucdp``                rows of UCDP GED
``gtd``                 rows of the Global Terrorism Database
``insecurity_insight``  rows of Insecurity Insight
``tables``              rows of any table with a mapping
``read_back``           tables that this program wrote
``importing``           a file to an event table, and everything that was wrong with it
``report``              how many rows were imported, and what became of all others
``duplicates``          events that may be a record of the dossier
``cache``               imports kept by the digest of their file
======================  ===============================================================
"""
