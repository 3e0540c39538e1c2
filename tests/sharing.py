"""What is costly to make is made once, by whichever worker of the suite needs it first."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from browsing import Server

_STARTED: list[Server] = []
"""Servers that this worker has started and another one may still use."""


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


@contextmanager
def served_for_all(
    factory: pytest.TempPathFactory, name: str = "app", **environment: str
) -> Iterator[str]:
    """Give the address of one app for all workers; who leaves last ends it."""
    note = shared_by_all(factory) / f"{name}.json"
    lock, me = note.with_suffix(".lock"), os.getpid()
    with held_alone(lock):
        if not note.exists():
            _STARTED.append(Server(note.with_suffix(".log"), environment, by_command=False))
            url = _STARTED[-1].start()
            _write(note, {"url": url, "group": _STARTED[-1].group, "users": []})
        served = json.loads(note.read_text())
        _write(note, served | {"users": [*served["users"], me]})
    try:
        yield served["url"]
    finally:
        with held_alone(lock):
            served = json.loads(note.read_text())
            served["users"].remove(me)
            # A worker that was killed has not said that it leaves.
            users = [one for one in served["users"] if _lives(one)]
            _write(note, served | {"users": users})
            if not users:
                os.killpg(served["group"], signal.SIGKILL)
                note.unlink()


def link_of_folders(factory: pytest.TempPathFactory) -> Path:
    """Return the link to the folder that `served_folder` serves."""
    return shared_by_all(factory) / "folder_served"


@contextmanager
def served_folder(factory: pytest.TempPathFactory, folder: Path) -> Iterator[None]:
    """Let the app whose data are at `link_of_folders` have those of this folder, for one test.

    Its files have to be valid: the app shows what it had before instead of data it cannot read.
    """
    link = link_of_folders(factory)
    with held_alone(link.with_suffix(".lock")):
        draft = link.with_suffix(".part")
        draft.unlink(missing_ok=True)
        draft.symlink_to(folder, target_is_directory=True)
        draft.replace(link)
        yield


def _write(note: Path, what: dict[str, object]) -> None:
    note.write_text(json.dumps(what), encoding="utf-8")


def _lives(worker: int) -> bool:
    try:
        os.kill(worker, 0)
    except ProcessLookupError:
        return False
    return True
