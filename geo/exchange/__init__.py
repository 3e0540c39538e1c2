"""Event data of others: ACLED, UCDP GED, tables, GeoJSON and GeoParquet, in and out.

A million rows never become objects. A file becomes an arrow table of texts (:mod:`reading`,
:mod:`foreign`), is recognised by the names of its columns (:mod:`recognise`) or explained by a
person (:mod:`mapping`), judged column by column (:mod:`acled`, :mod:`ucdp`, :mod:`tables`), placed
(:mod:`placing_rows`), its parties named (:mod:`parties`, by the habits of :mod:`party_names` and
the registry of :mod:`actors`), and ends as an event table (:mod:`schema`, :mod:`importing`) with
a line for every row left out (:mod:`rejects`). From there it goes to a file (:mod:`storage`), back
to both formats (:mod:`exporting`) or beside the curated incidents that it may repeat
(:mod:`duplicates`).

What is larger than memory goes the same way in parts (:mod:`partitioned`) into a folder
(:mod:`dataset`).
"""
