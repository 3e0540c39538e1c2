"""The limits of what is read, in one place.

Anything larger is refused, if possible before it is unpacked, and the message states the limit.
``tests/test_limits.py`` tests each limit and one step beyond it. The server limits uploads further
in its settings (``.streamlit/config.toml``). Each limit is meant to be well above real data; it
protects memory and time. A name that ends in ``BYTES`` says its unit.
"""

from __future__ import annotations

from typing import Final

# --- a dossier

MAX_DOSSIER_BYTES: Final = 10_000_000
"""Bytes of a dossier: some thousands of records."""
MAX_DOSSIER_DEPTH: Final = 32
"""Levels of mappings and lists; a record needs fewer than ten."""
MAX_DOSSIER_PARTS: Final = 500_000
"""Parts of YAML, some seventy to a record."""
MAX_HISTORY_BYTES: Final = 100_000_000
"""Bytes of a history log: some ten thousands of edits; each save reads and checks all of it."""
MAX_UPLOADED_LOG_BYTES: Final = 20_000_000
"""Bytes of a history log that is uploaded; as base64 it has to fit one message of the browser."""
MAX_GROUPS: Final = 500
"""Groups; the panel of the map lists each with its layers, some twenty elements to a group."""
MAX_PLACES: Final = 1_000
"""Places of one record."""
MAX_CLAIMS: Final = 1_000
"""Claims of one record."""
MAX_DATE: Final = 64
"""Letters of a date; the longest interval with all its marks has 33."""
MAX_LINE: Final = 300
"""Letters of a title, name or other single line; longer ones do not fit a card."""
MAX_PROSE: Final = 2_000
"""Letters of a text of several lines: about a page."""
MAX_ADDRESS: Final = 2_000
"""Letters of a web address; older browsers accept about as many."""

MAX_PASSAGES: Final = 50
"""Passages of one claim; a claim that one sentence holds needs one."""
MAX_QUOTE: Final = 300
"""Letters of the words of others that a passage may repeat: a sentence, which may be quoted."""

# --- files to pass on

MAX_PROFILES_BYTES: Final = 1_000_000
"""Bytes of ``profiles.yaml``: some thousands of profiles."""
MAX_SCANNED_BYTES: Final = 500_000_000
"""Bytes of a file that is scanned, with all of its layers unpacked: an atlas of a hundred pages."""
MAX_SCANNED_LAYERS: Final = 50_000
"""Layers of a file that is scanned; a page of an atlas has some fifty."""
MAX_SCANNED_DEPTH: Final = 8
"""Files within files that are unpacked; a picture of a slide in a ZIP file is the third."""

# --- documents that are kept as evidence

MAX_DOCUMENT_LETTERS: Final = 5_000_000
"""Letters of the plain text of a document: a report of two thousand pages."""
MAX_DOCUMENT_BYTES: Final = 50_000_000
"""Bytes of a document: a report with many pictures, or some fifty thousand messages."""
MAX_HTML_ELEMENTS: Final = 200_000
"""Elements of a saved page: ten times as many as the largest that were tried."""
MAX_MAIL_LINES: Final = 1_000_000
"""Lines of an e-mail with its attachments; 50 million bytes of attachments have 650,000."""
MAX_MAIL_PARTS: Final = 100
"""Parts of an e-mail that have parts of their own; a thread of forwarded ones has some ten."""
MAX_DOCX_BYTES: Final = 100_000_000
"""Bytes of the XML of a Word document, unpacked."""
MAX_PDF_PAGES: Final = 3_000
"""Pages of a PDF; a longer one is cut into several."""
MAX_PDF_SECONDS: Final = 120
"""Seconds in which a PDF has to be read, in a process of its own; 100 pages take about four."""
MAX_PDF_MEMORY_BYTES: Final = 2_000_000_000
"""Bytes of memory of that process."""

# --- what is said of a file

MAX_PROBLEMS: Final = 50
"""Problems listed on a page of the app; ``incident-map validate --all`` prints them all."""

# --- any file in YAML

MAX_YAML_REPAIRS: Final = 50
"""Entries with syntax errors that are rejected and listed before the whole file is refused."""
MAX_YAML_READ_AGAIN: Final = 3_000_000
"""Letters that are read again after such entries: a large file is refused after fewer of them."""
MAX_MEANT: Final = 1_000
"""Known words with which a misspelt one is compared."""

# --- the folder of a country

MAX_COUNTRY_BYTES: Final = 50_000_000
"""Bytes of each of its files except the added names."""
MAX_COUNTRY_DEPTH: Final = 12
"""Levels of mappings and lists in ``country.yaml``, which needs fewer than six."""
MAX_COUNTRY_PARTS: Final = 50_000
"""Parts of YAML in ``country.yaml``, as for a dossier."""
MAX_BOUNDARY_BYTES: Final = 300_000_000
"""Bytes of the boundaries from which a country's folder is made: enough for full detail."""
MAX_OUTLINES: Final = 20_000
"""Provinces, districts or neighbours of a file; Afghanistan has 398 districts."""
MAX_OUTLINE_POINTS: Final = 2_000_000
"""Points of all outlines of a file together."""
MAX_REGISTRY_BYTES: Final = 5_000_000
"""Bytes of the registry of parties, ``actors.csv``."""
MAX_CSV_CELL: Final = 131_072
"""Letters of a cell of its lists; the limit of Python's ``csv`` module."""
MAX_DUMP_BYTES: Final = 400_000_000
"""Bytes of a dump of GeoNames, and of the names made from it."""
MAX_NAME: Final = 200
"""Letters of the name of a place; no place has a longer one."""
MAX_NAME_PARTS: Final = 6
"""Names in one phrase for a place: village, tract, district, province, country and one more."""
MAX_NAME_DEPTH: Final = 4
"""Levels of phrases within phrases, as in "near A or B, district of P"."""
MAX_NAME_LOOKUPS: Final = 150
"""Names that are looked up for one text: a phrase with hundreds of readings has no clear one."""
MAX_NAMES: Final = 2_000_000
"""Added places; more than the settlements and sites in any country dump of GeoNames."""
MAX_NAMES_BYTES: Final = 1_000_000_000
"""Bytes of the added names, unpacked."""
MAX_BASE_MAP_BYTES: Final = 4_000_000
"""Bytes of each file of the base map, which is part of every map document and every figure."""
MAX_BASE_MAP_POINTS: Final = 300_000
"""Points of all lines of such a file together."""
MAX_RELIEF_PIXELS: Final = 16_000_000
"""Pixels of a picture of the relief; unpacked, a browser needs four bytes for each."""

# --- a PMTiles file

MAX_TILE_BYTES: Final = 8_000_000
"""Of one tile, packed or unpacked, and of anything else of such a file that is read at once."""
MAX_TILE_DIRECTORY_BYTES: Final = 4_000_000
"""Of a directory, unpacked: some million tiles."""
MAX_TILE_DIRECTORIES_BYTES: Final = 64_000_000
"""Of all directories that are read for one map, unpacked."""
MAX_TILE_METADATA_BYTES: Final = 2_000_000
"""Of what the file says of itself, unpacked."""
MAX_TILES: Final = 24_000
"""Tiles that are looked up for one map; a country 1,000 km wide has as many at zoom 12."""
MAX_CUT_BYTES: Final = 24_000_000
"""Of the tiles that are read for one map, as they lie in the file."""
MAX_CUT_UNPACKED_BYTES: Final = 120_000_000
"""Of the same tiles, unpacked one after another."""
MAX_CUT_POINTS: Final = 800_000
"""Of all lines and areas that a map draws of them: some 4 MB of a document."""
MAX_TILE_POINTS: Final = 2_000_000
"""Of all lines and areas of one tile, before they are cut and simplified."""
MAX_TILE_PARTS: Final = 200_000
"""Of a vector tile: features, their names and values of one layer, each."""
MAX_CUT_PIXELS: Final = 16_000_000
"""Of all pictures that a map draws of them; unpacked, a browser holds four bytes for each."""
MAX_TILE_SIDE: Final = 1_024
"""Pixels of a side of such a picture."""

# --- event tables

MAX_TABLE_BYTES: Final = 4_000_000_000
"""Bytes of a table as text; a million rows of ACLED have about 600 million."""
MAX_GEOJSON_BYTES: Final = 200_000_000
"""Of a file of GeoJSON or other JSON, which becomes objects while it is read."""
MAX_JSON_PARTS: Final = 20_000_000
"""Commas, colons and opening brackets of a file of JSON, counted before it is parsed: each part is
an object of Python, 1.3 GB in all at the worst."""
MAX_GEOJSON_CELLS: Final = 20_000_000
"""Features times properties: what a feature does not state takes room as well."""
MAX_UNPACKED_BYTES: Final = 4_000_000_000
"""Of the columns of a GeoParquet file, as its metadata state them and as they turn out to be."""
MAX_GROUP_BYTES: Final = 1_000_000_000
"""Of a row group of GeoParquet that is read in parts: none is cut further."""
MAX_ROWS: Final = 5_000_000
"""Rows of a table: about as many as fit into `MAX_TABLE_BYTES`, at 800 bytes a row."""
# Columns of a table; the GTD has 135.
MAX_COLUMNS: Final = 200
MAX_TABLE_CELLS: Final = 250_000_000
"""Lines times columns, counted before a table is parsed: an empty cell takes four bytes."""
MAX_CELL: Final = 100_000
"""Bytes of one cell; the row of a longer one is rejected."""
MAX_SHOWN: Final = 200
"""Letters of a cell that a report repeats."""
MAX_SUGGESTIONS: Final = 1_000
"""Possible duplicates that are listed for one curated incident, the nearest first."""
MAX_POINTS_COMPARED: Final = 100_000
"""Distinct points, with the provinces named at them, that are compared; if there are more, none
are."""
MAX_PRECISIONS: Final = 1_000
"""Distinct texts in a column of precisions that are examined to recognise whose codes they are."""
MAX_UNZIPPED_BYTES: Final = 1_000_000_000
"""Bytes of what is read from an archive, unpacked: it is held in memory."""
MAX_MEMBERS: Final = 10_000
"""Files in an archive."""
MAX_MARKUP_BYTES: Final = 400_000_000
"""Bytes of the XML of a workbook, of KML or of GPX, which is read in pieces."""
MAX_MARKUP_DEPTH: Final = 200
"""Elements within one another."""
# Sheets of a workbook.
MAX_SHEETS: Final = 200
MAX_SHEET_CELLS: Final = 20_000_000
"""Rows times columns of the sheet that is read: empty cells take room as well."""
MAX_UPLOAD_BYTES: Final = 400_000_000
"""Of a file that is handed in on a page of the app; the command line imports larger ones."""
MAX_UPLOAD_ROWS: Final = 1_000_000
"""Of such a file; a map draws as many events at once."""
MAX_KEPT_BYTES: Final = 1_000_000_000
"""Of uploaded events and map documents that all sessions of the app together keep for later."""
MAX_PACKED_BYTES: Final = 32_000_000
"""Of the same file as it travels, gzipped: in base64, it must fit a message of the server."""
MAX_DEATHS: Final = 2_000_000
"""Fatalities of one event; a larger number is taken for an error."""

# --- a View, from a browser or an address

MAX_VIEW_ENTRIES: Final = MAX_OUTLINES
"""Entries of one filter: enough to list all districts of any country that can be read."""
MAX_VIEW_TEXT: Final = 200
"""Letters of the words that are searched for: a long sentence."""
MAX_VIEW_DEATHS: Final = 1_000_000
"""Largest minimum number of fatalities of the filter."""

# --- recipes, and lists of snapshots

MAX_RECIPE_BYTES: Final = 4_000_000
"""Bytes of a recipe, which has a digest of every record that it shows."""
MAX_TITLE: Final = 200
"""Letters of the title of a figure: two lines."""
MAX_NOTE: Final = 2_000
"""Letters of the note of a figure: about a page."""
MAX_EDITORIAL_BYTES: Final = 1_000_000
"""Bytes of a YAML file with what the editor of a figure adds; a long one has some ten thousand."""
MAX_EDITORIAL_ENTRIES: Final = 1_000
"""Names, labels or reworded entries that an editor may list for one figure."""
MAX_MARKING: Final = 60
"""Letters of a classification and handling marking: it fits half a slide on one line."""
MAX_CAVEATS: Final = 200
"""Letters of the caveats beside it."""
MAX_MARK_LABEL: Final = 60
"""Letters of a short title beside a mark; longer ones would cover the map."""
MAX_LEGEND_WORDING: Final = 80
"""Letters of a reworded entry of the legend, beside the words that it keeps."""
MAX_EDITOR_MARKS: Final = 100
"""Arrows, circles, areas and texts of one figure; with more, nobody sees the records."""
MAX_EDITOR_MARK_POINTS: Final = 500
"""Corners of an area that an editor draws."""
MAX_EDITOR_MARK_KM: Final = 2_000
"""Kilometres of the radius of a circle: wider than any country that a figure has shown."""
MAX_EDITOR_MARK_TEXT: Final = 80
"""Letters of a text on the map."""
MAX_LOGO_BYTES: Final = 2_000_000
"""Bytes of a file with a logo."""
MAX_LOGO_PIXELS: Final = 16_000_000
"""Pixels of such a file; they are read into memory before the logo is made smaller."""
MAX_KEPT_LOGO_BYTES: Final = 150_000
"""Bytes of a logo as a recipe keeps it; it is in each file of the figure once more."""
MAX_BLEED: Final = 10
"""Millimetres of bleed; print shops ask for 3 to 5."""
MAX_NOTES: Final = 1_000
"""Notes printed in one figure, 20 to 40 pages; the map and the ledger have all records."""
MAX_LIST_BYTES: Final = 1_000_000
"""Bytes of a list of figures."""
MAX_LIST_DEPTH: Final = 4
"""Levels of mappings and lists in a list of figures; a list of options needs three."""
MAX_LIST_PARTS: Final = 100_000
"""Parts of YAML in a list of figures: 200 for each figure."""
MAX_SNAPSHOTS: Final = 500
"""Figures made by one command."""
MAX_SERIES_MAPS: Final = 500
"""Maps of a series: 34 provinces by 12 months are 408."""
MAX_SERIES_FILE_BYTES: Final = 400_000_000
"""Bytes of a file of a series in which its recipe is looked for: an atlas of 500 pages."""
MAX_FRAMES: Final = 120
"""Frames of a time-lapse: ten years by month; a library holds all of a GIF in memory."""
LEAST_FRAME_SECONDS: Final = 0.2
"""Shortest time in seconds that a frame is shown: five in a second can still be told apart, and
below three in a second nothing may flash (WCAG 2.2, 2.3.1), which maps of one base do not."""
MAX_FRAME_SECONDS: Final = 60.0
"""Longest time in seconds that a frame is shown."""

# --- counts and statements about them

MAX_COUNTED_PERIODS: Final = 2_000
"""Months, quarters or years that are counted at once: more than a century of months."""
MAX_STATEMENT: Final = 2_000
"""Letters of a statement to check."""
MAX_STEPS: Final = 60
"""Periods over which a rise or a fall is checked: five years of months."""
MAX_RIVALS: Final = 500
"""Provinces, groups or periods of which one is checked to have the most."""
MAX_COUNT_CELLS: Final = 200_000
"""Cells of one count, such as every group in every province in every month."""
MAX_JOINT_READINGS: Final = 200_000
"""Combinations of readings that are tried one by one, where no shorter way is known."""
MAX_CHART_BARS: Final = 120
"""Groups of bars of a chart: ten years of months; narrower ones cannot be told apart in print."""
MAX_TEXTS_COMPARED: Final = 200
"""Texts of which each is compared with each other one for shared words."""
MAX_NAMED_RECORDS: Final = 1_000
"""Records that an answer names; it gives the number of all."""
MAX_NAMED_EVENTS: Final = 20
"""Events that an answer or a cell names: of a million, nobody reads more."""

# --- figures in existing files

MAX_IMPRINT_BYTES: Final = 8_000_000
"""Bytes of what a figure says of itself, unpacked: its recipe, and as much again of its records."""
MAX_FIGURE_FILE_BYTES: Final = 200_000_000
"""Bytes of a file in which figures are looked for: a deck with a hundred of them."""
MAX_FIGURE_UNPACKED_BYTES: Final = 800_000_000
"""Bytes of the same file unpacked; its parts are unpacked one after another."""
MAX_FIGURE_XML_BYTES: Final = 30_000_000
"""Bytes of one slide or of the text of a report, which is read in pieces."""
MAX_FIGURE_PIXELS: Final = 64_000_000
"""Pixels of a picture that is compared with what was drawn: an A3 page at 550 dots per inch."""
MAX_FIGURES: Final = 1_000
"""Pictures of a file that are looked at: ten to each of a hundred slides."""

# --- who may edit

MAX_ROLES_BYTES: Final = 100_000
"""Bytes of the file with the roles of a team: some two thousand people."""

# --- what is kept in the user's state folder

MAX_VERSIONS: Final = 200
"""Versions of a dossier that are kept; the oldest are dropped first."""
MAX_VERSIONS_BYTES: Final = 50_000_000
"""Bytes of the kept versions of a dossier, packed; the current one is kept whatever its size."""
MAX_KEPT_DOSSIERS: Final = 50
"""Dossiers whose versions are kept; those that were not opened for longest are dropped first."""
MAX_STATE_BYTES: Final = 8_000_000
"""Bytes of a list in the state folder: 500 saved Views with long addresses have 5 million."""
MAX_SAVED_VIEWS: Final = 500
"""Saved Views of a list, and of a file of them; nobody finds anything in a longer one."""
MAX_SAVED_ADDRESS: Final = 10_000
"""Letters of the address of a saved View; one with a whole list of districts has some thousands."""
