"""Export event tables to other formats, with a list of what each of them cannot hold.

===============  ===============================
``export_rows``  rows as the exports need them
``curated``      records of the dossier as rows
``exporting``    ACLED and UCDP GED
``to_acled``     events from elsewhere in ACLED's columns
``to_ucdp``      events from elsewhere in UCDP GED's columns
``plain``        CSV with HXL tags, and GeoJSON
``to_kml``       KML
``to_xlsx``      XLSX
===============  ===============================
"""
