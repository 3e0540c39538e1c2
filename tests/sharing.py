"""What is costly to make is made once, by whichever worker of the suite needs it first."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest


def shared_by_all(factory: pytest.TempPathFactory) -> Path:
    """Return a folder of this run that all its workers see.

    Each worker's own folder lies in that of the run (pytest-xdist 3.8, "Making session-scoped
    fixtures execute only once").
    """
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def held_alone(file: Path) -> Iterator[None]:
    """Let one process in at a time; whoever dies inside lets go."""
    # Seconds: as long as the longest test may take. SQLite locks on every system, and is there.
    with closing(sqlite3.connect(file, timeout=600, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of this name, filled by `make` unless another worker has done so."""
    folder = shared_by_all(factory) / name
    with held_alone(folder.with_suffix(".lock")):
        if not folder.is_dir():
            draft = folder.with_suffix(".part")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(folder)
    return folder
