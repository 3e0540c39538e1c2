"""What the workers of the suite share is made once, whole, and ended by the last of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import sharing
from sharing import made_once, served_for_all


@pytest.fixture
def factory(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> pytest.TempPathFactory:
    """Folders of a run of its own."""
    monkeypatch.setattr(sharing, "shared_by_all", lambda _: tmp_path)
    return tmp_path_factory


def test_what_is_shared_is_made_once_and_never_half(factory: pytest.TempPathFactory) -> None:
    made: list[Path] = []

    def breaks(folder: Path) -> None:
        (folder / "half").touch()
        message = "the disk is full"
        raise OSError(message)

    def make(folder: Path) -> None:
        assert list(folder.iterdir()) == []
        made.append(folder)
        (folder / "whole").touch()

    with pytest.raises(OSError, match="disk"):
        made_once(factory, "thing", breaks)
    folders = {made_once(factory, "thing", make) for _ in range(3)}
    assert len(folders) == len(made) == 1
    assert [file.name for file in folders.pop().iterdir()] == ["whole"]


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=20):  # noqa: S310 - our own
            return True
    except OSError:
        return False


def test_the_app_of_all_workers_is_ended_by_the_last(
    factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    note = tmp_path / "app.json"
    with subprocess.Popen([sys.executable, "-c", ""]) as killed:
        pass
    with served_for_all(factory) as url:
        with served_for_all(factory) as same:
            assert same == url
            served = json.loads(note.read_text())
            assert served["users"] == [os.getpid()] * 2
            # A worker that was killed has not said that it leaves.
            served["users"].append(killed.pid)
            note.write_text(json.dumps(served))
        assert answers(url)
    assert not answers(url)
    assert not note.exists()
