"""What a map does not need is not loaded before it, and what is drawn once is not drawn twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace

FOR_FIGURES = ["matplotlib", "fontTools", "docx", "pptx", "xlsxwriter"]
LOADED = """
import json, sys
import geo.app.server, geo.app.pages, geo.app.map_page
print(json.dumps([name for name in {names} if name in sys.modules]))
"""


def test_the_map_page_loads_nothing_that_only_figures_need(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(names=FOR_FIGURES)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == []


def test_the_picture_of_the_preview_is_the_one_in_the_downloads(own: Workspace) -> None:
    snapshot = make(own, Recipe())
    assert snapshot.png() is snapshot.png(snapshot.size.screen_dpi)
