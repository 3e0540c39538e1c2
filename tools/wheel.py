"""Build hook: the files of a wheel in addition to the library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BESIDE_THE_LIBRARY = {
    "streamlit_app.py": "geo/streamlit_app.py",
    # Streamlit reads the settings that are next to the script it runs.
    ".streamlit/config.toml": "geo/.streamlit/config.toml",
}
PRIVATE = frozenset({"evidence"})
"""Folders of the data that stay on the computer: documents of others."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Adds the data, the entry point of the app and its settings to a real wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leave an editable install alone: it reads the working copy itself."""
        if version != "editable":
            build_data["force_include"].update(BESIDE_THE_LIBRARY)
            build_data["force_include"].update(
                {str(one.relative_to(self.root)): f"geo/data/{one.name}"
                 for one in (Path(self.root) / "data").iterdir() if one.name not in PRIVATE}
            )  # fmt: skip
