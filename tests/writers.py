"""What the program writes, each in two versions, for the tests that interrupt it.

Run as a program, it writes again and again until it is killed, or with a wall in its way; the
tests start it so, because a test runner with threads must not be forked.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import events as made
import pyarrow as pa
from failing_calls import call_fails

from geo.briefing.packing import packed
from geo.cli.events import _write as write_import
from geo.cli.snapshot import _write as write_snapshot
from geo.cli.snapshot_options import OutputOptions
from geo.errors import GeoError
from geo.events.columns.formats import ACLED
from geo.events.columns.text_cells import write_table
from geo.events.export.plain import write_geojson
from geo.events.importing.cache import kept_or_made
from geo.events.importing.importing import ImportedEvents, import_file
from geo.files import write_whole
from geo.places.country import Country
from geo.workspace import read_country

DATA = Path(__file__).resolve().parent.parent / "data"
KEYS = ("0" * 64, "1" * 64)
NOBODY = 65534
BYTES = 300_000


@dataclass(frozen=True)
class Writer:
    """One way of writing.

    Parameters
    ----------
    write
        Writes version 0 or 1 into a folder.
    about
        How the names of the files end that say something about the others.
    """

    write: Callable[[Path, int], None]
    about: tuple[str, ...] = ()

    def expected(self, folder: Path) -> list[dict[str, bytes]]:
        """What each version looks like, file by file."""
        found = []
        for version in (0, 1):
            (place := folder / f"version-{version}").mkdir(parents=True, exist_ok=True)
            self.write(place, version)
            found.append(files_in(place))
        return found

    def check(self, folder: Path, versions: list[dict[str, bytes]]) -> None:
        """Every file is one version of it, and what says something of the others is of theirs."""
        possible = {
            name: {at for at, files in enumerate(versions) if files.get(name) == data}
            for name, data in files_in(folder).items()
        }
        torn = [name for name, whose in possible.items() if not whose]
        if torn:
            raise AssertionError(f"neither the old nor the new one: {torn}")
        for whole in {name.partition(".")[0] for name in possible}:
            one = {name: whose for name, whose in possible.items() if name.startswith(whole)}
            speaks = any(name.endswith(self.about) for name in one) if self.about else False
            if speaks and not set.intersection(*one.values()):
                raise AssertionError(f"files of two runs pretend to be of one: {one}")


def files_in(folder: Path) -> dict[str, bytes]:
    """The files that a person sees."""
    return {
        file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.name[0] != "."
    }


def parts_in(folder: Path) -> list[Path]:
    """What a killed writer has left."""
    return list(folder.glob(".*.part"))


def writers() -> dict[str, Writer]:
    """All of them, by the name of what they write."""
    figures = [os.urandom(BYTES) for _ in range(2)]
    recipes = [json.dumps({"figure": at}).encode() for at in (0, 1)]
    bundles = [packed({"a.png": figures[at], "recipe.json": recipes[at]}, None) for at in (0, 1)]

    def snapshots(folder: Path, at: int, *names: str) -> None:
        for name in names:
            files = {f"{name}.png": figures[at], f"{name}.recipe.json": recipes[at]}
            write_snapshot(
                {folder / one: data for one, data in files.items()}, OutputOptions(out=f"{folder}/")
            )

    def bundle(folder: Path, at: int) -> None:
        write_snapshot({folder / "b.zip": bundles[at]}, OutputOptions(out=str(folder / "b.zip")))

    def events(folder: Path, at: int) -> None:
        write_import(folder / "events.parquet", imported(at), twice(at))

    return {
        "snapshot PNG with its recipe": Writer(
            lambda folder, at: snapshots(folder, at, "one"), (".recipe.json",)
        ),
        "several snapshots": Writer(
            lambda folder, at: snapshots(folder, at, "kabul", "kunduz"), (".recipe.json",)
        ),
        "map HTML": Writer(lambda folder, at: write_whole(folder / "map.html", figures[at] * 5)),
        "import with its lists": Writer(events, (".csv",)),
        "cache of imports": Writer(
            lambda folder, at: _cached(folder, KEYS[at], imported(at)), (".about",)
        ),
        "ZIP bundle": Writer(bundle),
        "CSV table": Writer(lambda folder, at: write_table(twice(at), folder / "table.csv")),
        "GeoJSON": Writer(
            lambda folder, at: write_geojson(imported(at).events, folder / "e.json", country())
        ),
    }


@cache
def country() -> Country:
    """The project's own; read only where it is needed."""
    return read_country(DATA)


@cache
def imported(at: int) -> ImportedEvents:
    """An import with rows rejected and names unknown."""
    return import_file(made.csv_bytes(_rows(at), ACLED), country(), made.registry(DATA))


def twice(at: int) -> pa.Table:
    """A list of what may be there twice."""
    return pa.table({"id": [f"AFG{at}"] * 5000})


def _rows(at: int) -> Iterator[dict[str, str]]:
    for number in range(100):
        wrong = {"event_date": f"never {at}"} if number % 3 == 0 else {}
        strange = {"actor1": f"Unknown {at} {number}"} if number % 5 == 0 else {}
        yield made.acled(event_id_cnty=f"AFG{at}{number}", **wrong, **strange)


def _cached(folder: Path, key: str, imported: ImportedEvents) -> None:
    # An entry that stands is only read; it goes, so that there is something to interrupt.
    with contextlib.suppress(OSError):
        (folder / f"{key}.about").unlink()
    found = kept_or_made(folder, key, lambda: imported)
    assert found.events.equals(imported.events)


def kill_in_the_middle(writer: Writer, folder: Path, times: int) -> dict[str, Any]:
    """Start a writer and kill it after a random while, again and again."""
    versions = writer.expected(folder)
    place = folder / "killed"
    place.mkdir()
    begun = time.perf_counter()
    writer.write(place, 0)
    usual = time.perf_counter() - begun
    moments = random.Random(7)  # noqa: S311 - moments, no secrets
    left = 0
    for _ in range(times):
        child = os.fork()
        if child == 0:
            while True:
                for version in (1, 0):
                    writer.write(place, version)
        time.sleep(moments.uniform(0.1, 4) * usual)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "the writer failed before it was killed"
        writer.check(place, versions)
        parts = parts_in(place)
        left += bool(parts)
        age(parts)
    writer.write(place, 1)
    assert parts_in(place) == [], "a later write has not swept what was left"
    writer.check(place, versions)
    return {"tried": times, "interrupted": left}


def age(parts: list[Path]) -> None:
    """Let parts look as if their writer had begun an hour ago."""
    for part in parts:
        os.utime(part, (time.time() - 3600,) * 2)


def fill_the_disk(writer: Writer, folder: Path, steps: int) -> dict[str, Any]:
    """Let no file grow beyond a limit that rises step by step, until the writer gets through."""
    versions = writer.expected(folder)
    largest = max(len(data) for files in versions for data in files.values())
    place = folder / "limited"
    place.mkdir()
    writer.write(place, 0)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    refused = 0
    for step in range(steps):
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest * step // steps, resource.RLIM_INFINITY))
        try:
            refused += _refused(writer, place, 1)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        writer.check(place, versions)
        assert parts_in(place) == []
    return {"tried": steps, "refused": refused, "how": "a limit on the size of files"}


def small_disk(writer: Writer, folder: Path, steps: int) -> dict[str, Any]:
    """Leave less and less room on a disk of its own that is really full."""
    versions = writer.expected(folder)
    place = folder / "disk"
    if not place.is_dir() or not os.path.ismount(place):
        raise SystemExit("no small disk is mounted here")
    writer.write(place, 0)
    refused = 0
    for step in range(steps):
        free = os.statvfs(place)
        ballast = place / ".ballast"
        ballast.write_bytes(b"0" * max(0, free.f_bavail * free.f_bsize * (steps - step) // steps))
        refused += _refused(writer, place, 1)
        ballast.unlink()
        writer.check(place, versions)
        assert parts_in(place) == []
    return {"tried": steps, "refused": refused, "how": "a small disk that is full"}


def fail_each_call(writer: Writer, folder: Path, _times: int) -> dict[str, Any]:
    """Let the first call to the system fail, then the second, until all of them succeed."""
    versions = writer.expected(folder)
    number, refused, place = 0, 0, folder / "failing"
    place.mkdir()
    while True:
        number += 1
        writer.write(place, 0)
        with call_fails(number) as calls:
            refused += _refused(writer, place, 1)
        writer.check(place, versions)
        # What could not be removed because that very call failed is swept later.
        if calls.failed not in {"unlink", "remove"}:
            assert parts_in(place) == [], calls.failed
        age(parts_in(place))
        if not calls.failed:
            return {"tried": number - 1, "refused": refused}


def forbidden_folder(writer: Writer, folder: Path, _times: int) -> dict[str, Any]:
    """Write as somebody who may read the folder, not write into it."""
    versions = writer.expected(folder)
    place = folder / "forbidden"
    place.mkdir()
    writer.write(place, 0)
    before = files_in(place)
    place.chmod(0o555)
    with as_nobody():
        assert files_in(place) == before, "the folder cannot be reached"
        refused = _refused(writer, place, 1)
    assert files_in(place) == before
    writer.check(place, versions)
    assert parts_in(place) == []
    return {"tried": 1, "refused": int(refused)}


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Be somebody without rights, where we are somebody with all of them."""
    if os.getuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def _refused(writer: Writer, place: Path, version: int) -> bool:
    """Whether the writer says that it could not write; anything but plain words is a fault."""
    try:
        writer.write(place, version)
    except (OSError, GeoError) as error:
        code = getattr(error, "errno", None) or getattr(error.__cause__, "errno", None)
        known = {errno.ENOSPC, errno.EFBIG, errno.EACCES, errno.EIO}
        if code not in known:
            raise AssertionError(f"{error!r} says nothing of the disk") from error
        return True
    return False


WAYS = {
    "kill": kill_in_the_middle,
    "limit": fill_the_disk,
    "calls": fail_each_call,
    "disk": small_disk,
    "forbidden": forbidden_folder,
}


def main() -> None:
    """``writers.py WAY TIMES FOLDER NAME…``: one JSON object with what came of it."""
    way, times, folder, *names = sys.argv[1:]
    known = writers()
    found = {}
    for name in names or known:
        (place := Path(folder) / name.replace(" ", "-")).mkdir(exist_ok=True)
        found[name] = WAYS[way](known[name], place, int(times))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
