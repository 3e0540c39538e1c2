"""Event tables in other formats, with a list of what each of them cannot say.

===============  ===============================
``export_rows``  rows as exports need them
``curated``      records of the dossier as rows
``exporting``    ACLED and UCDP GED
``to_acled``     events in the terms of ACLED
``to_ucdp``      events in the terms of UCDP GED
``plain``        CSV with HXL tags, and GeoJSON
``to_kml``       KML
``to_xlsx``      XLSX
===============  ===============================
"""
