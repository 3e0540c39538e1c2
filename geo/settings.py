"""Names of the environment variables in which the command line and the app find their data."""

import os
from typing import Final

FOLDER_VARIABLE: Final = "INCIDENT_MAP_DATA"
"""The folder of the country."""
EVENTS_VARIABLE: Final = "INCIDENT_MAP_EVENTS"
"""The event table that is shown together with the records."""
BASE_MAP_VARIABLE: Final = "INCIDENT_MAP_BASE_MAP"
"""The PMTiles file that is drawn under the records."""
EVIDENCE_VARIABLE: Final = "INCIDENT_MAP_EVIDENCE"
"""The folder in which the documents are that a dossier rests on."""
READ_ONLY_VARIABLE: Final = "INCIDENT_MAP_READ_ONLY"
"""Whether the app offers no editing to anybody."""
NAME_VARIABLE: Final = "INCIDENT_MAP_NAME"
"""The name of the person who approves records on the command line."""
_NO: Final = frozenset({"", "0", "f", "false", "n", "no", "off"})
"""What the command line takes for "no"; every other word turns editing off."""


def is_read_only() -> bool:
    """Whether the environment turns editing off; a word that is not understood does so too."""
    return os.environ.get(READ_ONLY_VARIABLE, "").strip().lower() not in _NO
