"""Read files of any format as tables of strings.

================  ===================================================
``sources``       files and bytes, opened or refused for their size
``file_kinds``    the kind of a file, by its bytes
``file_uses``     the use of a file: a dossier, a recipe, events
``opening``       files of any format that can be read
``archives``      ZIP archives and gzipped files
``csv_heading``   the heading of a CSV file
``csv_rows``      the rows of a CSV file
``splitting``     places where a CSV file can be split
``text_rows``     rows of strings with a heading near the top
``spreadsheets``  XLSX and OpenDocument
``opendocument``  the cells of an OpenDocument spreadsheet
``placemarks``    KML and GPX
``markup``        XML, without document types and entities
``json_lists``    lists of objects in JSON
``geo_tables``    GeoJSON and GeoParquet
``counts``        tables that count events instead of listing them
================  ===================================================
"""
