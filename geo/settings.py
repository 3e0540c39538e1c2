"""Names of the environment variables in which the command line and the app find their data."""

from typing import Final

FOLDER_VARIABLE: Final = "INCIDENT_MAP_DATA"
"""The folder of the country."""
EVENTS_VARIABLE: Final = "INCIDENT_MAP_EVENTS"
"""The event table that is shown together with the records."""
BASE_MAP_VARIABLE: Final = "INCIDENT_MAP_BASE_MAP"
"""The PMTiles file that is drawn under the records."""
NAME_VARIABLE: Final = "INCIDENT_MAP_NAME"
"""The name of the person who approves records on the command line."""
