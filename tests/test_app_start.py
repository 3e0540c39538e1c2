"""What a map does not need is not loaded before it, and what is drawn once is not drawn twice."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.app.server import listen_at
from geo.settings import FOLDER_VARIABLE
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace

FOR_FIGURES = ["matplotlib", "fontTools", "docx", "pptx", "xlsxwriter"]
LOADED = """
import json, sys
import geo.app.server, geo.app.pages, geo.app.map_page
print(json.dumps([name for name in {names} if name in sys.modules]))
"""


@pytest.mark.slow
def test_the_map_page_loads_nothing_that_only_figures_need(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(names=FOR_FIGURES)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == []


@pytest.mark.slow
def test_the_picture_of_the_preview_is_the_one_in_the_downloads(own: Workspace) -> None:
    snapshot = make(own, Recipe())
    assert snapshot.png() is snapshot.png(snapshot.size.screen_dpi)


HEAVY = ["numpy", "pandas", "geopandas", "pyarrow", "folium", "pydantic", "ruamel.yaml"]
STARTED = """
import json, sys
import {modules}
print(json.dumps([name for name in {names} if name in sys.modules]))
"""


@pytest.mark.parametrize("modules", ["geo.cli.main, geo.cli.serve", "geo.app.server"])
def test_neither_the_command_nor_the_server_loads_a_library_before_it_answers(
    root: Path, modules: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTED.format(modules=modules, names=HEAVY)],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == []


@pytest.mark.slow
def test_what_is_prepared_is_read_once_and_its_failure_is_left_to_the_page(
    root: Path, data_folder: Path, tmp_path: Path
) -> None:
    script = """
import gc, json, sys
from geo.app import pages
from geo.workspace import located_workspace
pages.load_for_map()
pages.load_for_map()
pages._FOR_MAP.wait()
read = located_workspace.cache_info().misses
print(json.dumps([read, gc.isenabled(), gc.get_freeze_count() > 0]))
"""
    for folder, read in ((data_folder, 1), (tmp_path, 0)):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env=os.environ | {FOLDER_VARIABLE: str(folder)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(done.stdout) == [read, True, True]
        assert "Traceback" not in done.stderr


def test_no_answer_waits_for_the_browser_to_acknowledge_its_head() -> None:
    delays: list[int] = []

    async def answer_once() -> None:
        answered = asyncio.Event()

        def take(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            taken = writer.get_extra_info("socket")
            delays.append(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            answered.set()

        with listen_at("127.0.0.1", 0) as listener:
            async with await asyncio.start_server(take, sock=listener):
                _, writer = await asyncio.open_connection(*listener.getsockname())
                await answered.wait()
                writer.close()
                await writer.wait_closed()

    # In a thread of its own: that of the tests may have a loop for the browser.
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, answer_once()).result()
    assert delays == [1]
