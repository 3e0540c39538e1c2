"""How much of anything is read: every limit of the program, in one place.

What is larger is refused, before it is unpacked wherever its size can be known by then, and the
refusal says the limit. ``tests/test_limits.py`` goes to each of them and one step beyond. The
server limits uploads further by its own settings (``.streamlit/config.toml``).
"""

from __future__ import annotations

from typing import Final

# --- a dossier

MAX_DOSSIER_BYTES: Final = 10_000_000
MAX_DOSSIER_DEPTH: Final = 32
"""Levels of mappings and lists."""
MAX_DOSSIER_PARTS: Final = 500_000
"""Parts of YAML, some seventy to a record."""
MAX_PLACES: Final = 1_000
"""Places of one record."""
MAX_CLAIMS: Final = 1_000
"""Claims of one record."""
MAX_LINE: Final = 300
"""Letters of a title, name or other single line."""
MAX_PROSE: Final = 2_000
"""Letters of a text of several lines."""
MAX_ADDRESS: Final = 2_000
"""Letters of a web address."""

# --- any file in YAML

MAX_YAML_REPAIRS: Final = 50
"""Entries with broken grammar that are left out and named, before the file is given up."""
MAX_YAML_READ_AGAIN: Final = 3_000_000
"""Letters read again after such entries: a large file is given up after fewer of them."""
MAX_MEANT: Final = 1_000
"""Known words that a misspelt one is compared with."""

# --- the folder of a country

MAX_COUNTRY_BYTES: Final = 50_000_000
"""Of each of its files, but the added names."""
MAX_COUNTRY_DEPTH: Final = 12
MAX_COUNTRY_PARTS: Final = 50_000
MAX_BOUNDARY_BYTES: Final = 300_000_000
"""Of boundaries that a country's folder is made from; those of a country in full detail."""
MAX_OUTLINES: Final = 20_000
MAX_OUTLINE_POINTS: Final = 2_000_000
"""Of all outlines of a file together."""
MAX_REGISTRY_BYTES: Final = 5_000_000
MAX_CSV_CELL: Final = 131_072
"""Letters of a cell of its lists; the limit of Python's own reader."""
MAX_DUMP_BYTES: Final = 400_000_000
"""Of a dump of GeoNames, and of the names made from it."""
MAX_NAME: Final = 200
"""Letters of the name of a place; no place has a longer one."""
MAX_NAME_PARTS: Final = 6
"""Names that one phrase gives a place: village, tract, district, province, country and one more."""
MAX_NAME_DEPTH: Final = 4
"""Phrases within phrases, as "near A or B, district of P": each is taken apart once."""
MAX_NAME_LOOKUPS: Final = 150
"""Names looked up for one text: a phrase that can be read in hundreds of ways says nothing."""
MAX_NAMES: Final = 2_000_000
MAX_NAMES_BYTES: Final = 1_000_000_000
"""Of the added names, unpacked."""
MAX_BASE_MAP_BYTES: Final = 4_000_000
"""Of each file of the base map: it travels in every document and lies under every figure."""
MAX_BASE_MAP_POINTS: Final = 300_000
"""Of all lines of such a file together."""
MAX_RELIEF_PIXELS: Final = 16_000_000
"""Of a picture of the relief; unpacked, a browser holds four bytes for each."""

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
"""Of a table as text; a million rows of ACLED have some 600 million."""
MAX_GEOJSON_BYTES: Final = 200_000_000
"""Of a file of GeoJSON or other JSON, which becomes objects while it is read."""
MAX_GEOJSON_CELLS: Final = 20_000_000
"""Features times properties: what a feature does not state takes room as well."""
MAX_UNPACKED_BYTES: Final = 4_000_000_000
"""Of the columns of a GeoParquet file, as its metadata state them and as they turn out to be."""
MAX_GROUP_BYTES: Final = 1_000_000_000
"""Of a row group of GeoParquet that is read in parts: none is cut further."""
MAX_ROWS: Final = 5_000_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 100_000
"""Bytes of one cell; the row of a longer one is rejected."""
MAX_SHOWN: Final = 200
"""Letters of a cell that a report repeats."""
MAX_SUGGESTIONS: Final = 1_000
"""Possible duplicates that are listed for one curated incident, the nearest first."""
MAX_POINTS_COMPARED: Final = 100_000
"""Distinct points, with the provinces named at them, that are compared; of more, none are."""
MAX_PRECISIONS: Final = 1_000
"""Distinct texts of a column of precisions that are looked at to tell whose codes they are."""
MAX_UNZIPPED_BYTES: Final = 1_000_000_000
"""Of what is read of an archive, unpacked: it is held in memory."""
MAX_MEMBERS: Final = 10_000
"""Files in an archive."""
MAX_MARKUP_BYTES: Final = 400_000_000
"""Of the XML of a workbook, of KML or of GPX; it is read piece by piece."""
MAX_MARKUP_DEPTH: Final = 200
"""Elements within one another."""
MAX_SHEETS: Final = 200
MAX_SHEET_CELLS: Final = 50_000_000
"""Of the sheet that is read, empty ones to the left of a filled one included."""
MAX_UPLOAD_BYTES: Final = 400_000_000
"""Of a file that is handed in on a page of the app; the command line imports larger ones."""
MAX_PACKED_BYTES: Final = 32_000_000
"""Of the same file as it travels, gzipped: in base64, it must fit a message of the server."""
MAX_DEATHS: Final = 2_000_000
"""A larger number of dead is no number of dead."""

# --- a View, from a browser or an address

MAX_VIEW_ENTRIES: Final = MAX_OUTLINES
"""Of one filter: all districts of any country that is read may be named."""
MAX_VIEW_TEXT: Final = 200
"""Letters of the words that are searched for."""
MAX_VIEW_DEATHS: Final = 1_000_000

# --- recipes, and lists of snapshots

MAX_RECIPE_BYTES: Final = 4_000_000
MAX_TITLE: Final = 200
MAX_NOTE: Final = 2_000
MAX_NOTES: Final = 1_000
"""Notes printed in one figure, 20 to 40 pages; the map and the ledger have all records."""
MAX_LIST_BYTES: Final = 1_000_000
MAX_LIST_DEPTH: Final = 4
MAX_LIST_PARTS: Final = 100_000
MAX_SNAPSHOTS: Final = 500
"""Snapshots made by one command."""
