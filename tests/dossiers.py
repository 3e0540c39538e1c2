"""Small dossiers for tests: real records, of which a test changes what it is about."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from geo.dossier.intake import Reading, read_dossier
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.workspace import located_workspace

SOURCE: dict[str, Any] = {"title": "A report", "publisher": "A paper", "published": "2024~"}
GROUPS: dict[str, Any] = {
    "nrf": {"name": "National Resistance Front", "short": "NRF", "letter": "N", "colour": "green"},
    "taliban": {"name": "Taliban", "short": "Taliban", "letter": "T", "colour": "slate"},
}


def claim(**changes: Any) -> dict[str, Any]:
    """A party's own claim."""
    said = {
        "by": "nrf",
        "role": "acting_party",
        "says": "responsibility",
        "text": "Says that it attacked.",
        "source": "report",
    }
    return said | changes


def incident(**changes: Any) -> dict[str, Any]:
    """An attack somewhere in Panjshir, claimed by its author."""
    record = {
        "id": "an-attack",
        "title": "An attack",
        "by": ["nrf"],
        "against": ["taliban"],
        "where": [{"place": "Panjshir Valley"}],
        "when": "2022-05",
        "claims": [claim()],
    }
    return record | changes


def presence(**changes: Any) -> dict[str, Any]:
    """A presence claim about Panjshir."""
    record = {
        "id": "a-presence",
        "title": "Present in Panjshir",
        "groups": ["nrf"],
        "presence_kind": "activity",
        "where": [{"place": "Panjshir"}],
        "first": "2024",
        "claims": [claim(says="presence")],
    }
    return record | changes


def dossier_bytes(*records: dict[str, Any], **changes: Any) -> bytes:
    """A dossier of these records; JSON is YAML, so no test depends on how YAML is written."""
    whole = {
        "title": "A dossier",
        "sources": {"report": SOURCE},
        "groups": GROUPS,
        "incidents": [record for record in records if "when" in record],
        "presence": [record for record in records if "first" in record],
    }
    return json.dumps(whole | changes, indent=1).encode()


def read(*records: dict[str, Any], **changes: Any) -> Reading:
    """Read a dossier of these records."""
    return read_dossier(dossier_bytes(*records, **changes), "d.yaml")


def workspace(country: Country, *records: dict[str, Any], **changes: Any) -> Workspace:
    """Read and locate a dossier of these records."""
    return located_workspace(country, dossier_bytes(*records, **changes), "d.yaml")


def messages(found: Workspace | Reading) -> list[str]:
    """The problems as they are printed."""
    return [str(problem) for problem in found.problems]


def copy_of_data(folder: Path, target: Path) -> Path:
    """A copy of a country's folder that a test may change."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, target, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return target
