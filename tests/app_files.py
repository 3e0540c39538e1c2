"""The files that a page offers, and the one that it hands out, read from its buttons."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from geo.app import file_buttons
from geo.app.file_buttons import AskedFile


class Handed(NamedTuple):
    """What the buttons of a page were told: their labels, and the file that was asked for."""

    labels: tuple[str, ...]
    answered: int | None
    name: str | None
    data: bytes


def handed(app: AppTest) -> list[Handed]:
    """Return it of each row of buttons on the page, in order."""
    rows = [each.proto for each in app.get("bidi_component")]
    return [_read(row.bytes) for row in rows if row.component_name == "incident_map_file_buttons"]


def ask_for(monkeypatch: pytest.MonkeyPatch, key: str, label: str, number: int = 1) -> None:
    """Ask for a file as the browser does, in the next runs of a page."""
    asked = AskedFile(label, number)
    monkeypatch.setattr(file_buttons, "asked_file", lambda of: asked if of == key else None)


def _read(parcel: bytes) -> Handed:
    line, _, data = parcel.partition(b"\n")
    said: dict[str, Any] = json.loads(line)
    labels = tuple(one["label"] for one in said["files"])
    return Handed(labels, said["answered"], said["name"], data)
