"""How much of a handed-in file is read, in one place: what is larger is refused before it is read.

An upload in the app is limited further by the server's own settings.
"""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 4_000_000_000
"""Of a table as text; a million rows of ACLED have some 600 million."""
MAX_GEOJSON_BYTES: Final = 200_000_000
"""Of a GeoJSON file, which becomes objects while it is read."""
MAX_UNPACKED_BYTES: Final = 8_000_000_000
"""Of the columns of a GeoParquet file, as its own metadata state them."""
MAX_GROUP_BYTES: Final = 1_000_000_000
"""Of a row group of GeoParquet that is read in parts: none is cut further."""
MAX_ROWS: Final = 5_000_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 100_000
"""Bytes of one cell; the row of a longer one is rejected."""
MAX_SHOWN: Final = 200
"""Letters of a cell that a report repeats."""
MAX_UPLOAD_BYTES: Final = 400_000_000
"""Of a file that is handed in on a page of the app; the command line imports larger ones."""
MAX_PACKED_BYTES: Final = 32_000_000
"""Of the same file as it travels, gzipped: in base64, it must fit a message of the server."""
MAX_REGISTRY_BYTES: Final = 5_000_000
MAX_SUGGESTIONS: Final = 1_000
"""Possible duplicates that are listed for one curated incident, the nearest first."""
