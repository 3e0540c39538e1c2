"""Files to tables of texts, whatever the format.

================  ===================================================
``sources``       files and bytes, opened or refused for their size
``file_kinds``    what a file is, by its bytes
``file_uses``     what a file is for: a dossier, a recipe, events
``opening``       a file of any format that can be read
``archives``      ZIP archives and gzipped files
``csv_heading``   the heading of a CSV file
``csv_rows``      the rows of a CSV file
``splitting``     where a CSV file can be cut
``text_rows``     rows of texts with a heading somewhere at their top
``spreadsheets``  XLSX and OpenDocument
``opendocument``  the cells of an OpenDocument spreadsheet
``placemarks``    KML and GPX
``markup``        XML, without document types and entities
``json_lists``    lists of objects in JSON
``geo_tables``    GeoJSON and GeoParquet
``counts``        tables that count events instead of listing them
================  ===================================================
"""
