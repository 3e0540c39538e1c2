"""A cache that is damaged, of another version or in the way costs time, never data."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import events as made
import pytest
import writers
from recording import record, times

from geo.events.importing.cache import CacheLimits, kept_or_made
from geo.events.importing.importing import ImportedEvents
from geo.places.country import Country

HERE = "tests/test_cache_faults.py::"
KEY = "a" * 64


class Maker:
    """Makes an import, and counts how often."""

    def __init__(self, imported: ImportedEvents) -> None:
        self.imported, self.made = imported, 0

    def __call__(self) -> ImportedEvents:
        self.made += 1
        return self.imported


@pytest.fixture
def make(country: Country, data_folder: Path) -> Maker:
    rows = [made.acled(), made.acled(event_date="x"), made.acled(actor1="Nobody knows")]
    return Maker(made.read_acled(country, data_folder, *rows))


def same(found: ImportedEvents, expected: ImportedEvents) -> bool:
    lists = ("events", "rejected", "doubts", "unknown")
    return (found.form, found.rows) == (expected.form, expected.rows) and all(
        getattr(found, name).equals(getattr(expected, name)) for name in lists
    )


def files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.name[0] != ".")


def test_a_kept_import_comes_back_as_it_was(make: Maker, tmp_path: Path) -> None:
    assert same(kept_or_made(tmp_path, KEY, make), make.imported)
    assert same(kept_or_made(tmp_path, KEY, make), make.imported)
    assert make.made == 1


@pytest.mark.timeout(900)
def test_every_damaged_byte_is_noticed_and_the_import_made_anew(
    make: Maker, tmp_path: Path
) -> None:
    kept_or_made(tmp_path, KEY, make)
    tried = 0
    for file in files(tmp_path):
        whole = file.read_bytes()
        steps = times(6, 100)
        for at in sorted({len(whole) * step // steps for step in range(steps)}):
            for spoilt in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
                file.write_bytes(spoilt)
                before = make.made
                assert same(kept_or_made(tmp_path, KEY, make), make.imported)
                assert make.made == before + 1
                tried += 1
    record(
        HERE + "test_every_damaged_byte_is_noticed_and_the_import_made_anew",
        tried=tried, lost=0, said="a bit flipped, or the rest truncated, in each of 5 files",
    )  # fmt: skip


Spoil = Callable[[Path], object]


def signed(text: str) -> bytes:
    """What only another version can have written."""
    return hashlib.sha256(text.encode()).hexdigest().encode() + b"\n" + text.encode()


@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(signed("[" * 100_000)),
        lambda file: file.write_bytes(signed('{"kept": 0}')),
        lambda file: file.write_bytes(signed('{"kept": 1, "digests": [], "form": 1, "rows": ""}')),
        lambda file: file.write_bytes(signed("null")),
    ],
    ids=["gone", "folder", "empty", "nested", "older", "strange", "null"],
)
def test_an_entry_that_is_not_whole_is_made_anew(make: Maker, tmp_path: Path, spoil: Spoil) -> None:
    kept_or_made(tmp_path, KEY, make)
    for name in [file.name for file in files(tmp_path)]:
        before = make.made
        spoil(tmp_path / name)
        assert same(kept_or_made(tmp_path, KEY, make), make.imported)
        assert make.made == before + 1
        if (tmp_path / name).is_dir():
            (tmp_path / name).rmdir()
            kept_or_made(tmp_path, KEY, make)


def test_a_folder_that_cannot_be_had_costs_only_the_cache(make: Maker, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert same(kept_or_made(tmp_path / "file" / "cache", KEY, make), make.imported)
    assert same(kept_or_made(tmp_path / "file", KEY, make), make.imported)
    assert make.made == 2
    assert same(kept_or_made(tmp_path / "a" / "new" / "one", KEY, make), make.imported)
    assert len(files(tmp_path / "a" / "new" / "one")) == 5


def test_a_fault_of_the_import_is_no_fault_of_the_cache(tmp_path: Path) -> None:
    def fails() -> ImportedEvents:
        raise ValueError("of the import")

    with pytest.raises(ValueError, match="of the import"):
        kept_or_made(tmp_path, KEY, fails)
    assert files(tmp_path) == []


def test_what_was_not_asked_for_the_longest_goes_first(make: Maker, tmp_path: Path) -> None:
    few = CacheLimits(entries=2, bytes=10**9)
    for at, key in enumerate("abc"):
        kept_or_made(tmp_path, key * 64, make, limits=few)
        os.utime(tmp_path / f"{key * 64}.about", (at, at))
        kept_or_made(tmp_path, "a" * 64, make, limits=few)
    assert {file.name[0] for file in files(tmp_path)} == {"a", "c"}
    assert make.made == 3
    kept_or_made(tmp_path, "d" * 64, make, limits=CacheLimits(entries=9, bytes=1))
    assert {file.name[0] for file in files(tmp_path)} == {"d"}


def test_files_without_an_entry_go_once_they_are_old_and_others_stay(
    make: Maker, tmp_path: Path
) -> None:
    kept_or_made(tmp_path, KEY, make)
    (tmp_path / f"{KEY}.about").unlink()
    (tmp_path / "mine.events").write_bytes(b"")
    for file in (*files(tmp_path)[:2], tmp_path / "mine.events"):
        os.utime(file, (0, 0))
    kept_or_made(tmp_path, "b" * 64, make)
    names = {file.name for file in files(tmp_path) if file.name[0] != "b"}
    assert names == {f"{KEY}.rejected", f"{KEY}.unknown", "mine.events"}


def test_the_writers_of_these_tests_know_an_entry_when_they_see_one(tmp_path: Path) -> None:
    kind = writers.writers()["cache of imports"]
    versions = kind.expected(tmp_path)
    assert [len(files) for files in versions] == [5, 5]
