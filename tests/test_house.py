"""The import rules hold, and each of them would notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 60


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(root / "geo", tmp_path / "geo")
    return tmp_path


def test_every_room_keeps_to_the_rules(root):
    done = lint_imports(root)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "line", "rule"),
    [
        ("errors", "import geo.records", "A room knows only the rooms below it"),
        ("records", "import folium", "Only web_map knows folium"),
        ("records", "import branca.element", "Only web_map knows folium"),
        ("records", "import streamlit", "Only app knows Streamlit"),
        ("records", "import distributed", "Only exchange.cluster knows Dask"),
        ("records", "import ruamel.yaml", "Only the readers of data files"),
        ("records", "import pyogrio", "Nobody hands a file to GDAL"),
        ("records", "import pickle", "Nobody hands a file to GDAL"),
        ("records", "import PIL.Image", "Nobody hands a file to GDAL"),
        ("new_room", "import geo.errors", "A room knows only the rooms below it"),
    ],
)
def test_an_import_against_a_rule_is_noticed(copy, room, line, rule):
    module = copy / "geo" / f"{room}.py"
    before = module.read_text() if module.exists() else ""
    module.write_text(f"{before}\n{line}\n")
    done = lint_imports(copy)
    assert done.returncode == 1
    broken = [said for said in done.stdout.splitlines() if " BROKEN" in said]
    assert [rule in said for said in broken] == [True], done.stdout
