"""Make ``data/incidents.schema.json`` from the records, for editors that complete and check YAML.

Run from the project's root with ``python -m tools.build_schema``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from geo.dossier.records import json_schema
from geo.files import write_whole

TARGET: Final = Path(__file__).resolve().parent.parent / "data" / "incidents.schema.json"


def schema_text() -> str:
    """Return the file's text."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    write_whole(TARGET, schema_text().encode())
    print(TARGET.name)
