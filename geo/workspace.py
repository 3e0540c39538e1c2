"""Opening a workspace: find the folder, read it, and locate the records.

A folder holds one country. It is the given one, else the one in the environment variable, else the
one that comes with the program. The command line and the app start here; the packages below do not
read from the disk.
"""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from geo import limits
from geo.dossier.intake import read_dossier
from geo.errors import IntakeError
from geo.events.readers.file_uses import check_dossier
from geo.places.country import Country
from geo.places.country.files import FILES, OWN_MAP
from geo.settings import BASE_MAP_VARIABLE, EVENTS_VARIABLE, FOLDER_VARIABLE
from geo.table.located import locate_records
from geo.table.workspace import Workspace

DOSSIER: Final = "incidents.yaml"
_HERE: Final = Path(__file__).resolve().parent


def data_folder(given: Path | None = None) -> Path:
    """The folder to read: `given`, else that of the environment, else the included one."""
    if given is not None:
        return given
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    beside = _HERE.parent / "data"
    return beside if (beside / "country.yaml").exists() else _HERE / "data"


def is_included(folder: Path) -> bool:
    """Whether an update of the program replaces a folder: the one inside the installed package."""
    return folder.resolve().is_relative_to(_HERE)


def events_path() -> Path | None:
    """The event table in the environment variable, to be shown together with the records."""
    named = os.environ.get(EVENTS_VARIABLE)
    return Path(named) if named else None


def base_map_path(given: Path | None = None) -> Path | None:
    """The PMTiles file to draw as base map: `given`, else the environment's, else none."""
    named = os.environ.get(BASE_MAP_VARIABLE)
    return given or (Path(named) if named else None)


def cache_folder() -> Path:
    """The folder of the cache of imports, which is kept between runs."""
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "incident-map"


def read_country(folder: Path) -> Country:
    """Read the country of a folder; unchanged files are not read twice.

    Raises
    ------
    IntakeError
        Naming the invalid file.
    """
    if folder.is_file():
        raise IntakeError(f"{folder}: is a file; expected the folder of a country")
    return _read_country(folder, tuple(_stamp(folder / name) for name in (*FILES, OWN_MAP)))


@lru_cache(maxsize=4)
def _read_country(folder: Path, _stamps: tuple[tuple[int, ...], ...]) -> Country:
    return Country.read(folder)


@lru_cache(maxsize=4)
def _with_own_map(country: Country, file: Path, _stamp: tuple[int, ...]) -> Country:
    return country.with_own_map(file)


def _stamp(file: Path) -> tuple[int, ...]:
    """Values that change when the file changes; empty if there is no file."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def read_dossier_bytes(file: Path) -> bytes:
    """The bytes of a dossier, at most one more than the limit.

    Raises
    ------
    IntakeError
        If there is no such file, or it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(limits.MAX_DOSSIER_BYTES + 1)
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror}); give the path of a dossier"
        raise IntakeError(msg) from error


def open_workspace(
    folder: Path | None = None,
    file: Path | None = None,
    *,
    today: date | None = None,
    base_map: Path | None = None,
) -> Workspace:
    """Read a country and a dossier, and locate the dossier in the country.

    Parameters
    ----------
    folder
        The country's folder; see :func:`data_folder`.
    file
        The dossier; ``incidents.yaml`` in the folder if not given.
    today
        Records that begin after this day are rejected.
    base_map
        A PMTiles file with roads or pictures, drawn under the records; see :func:`base_map_path`.

    Returns
    -------
    Workspace
        Unchanged files are not read twice.

    Raises
    ------
    IntakeError
        If the folder is not that of a country, or the dossier is missing or another kind of file
        (the message names the command for that kind), or `base_map` is not a PMTiles file that can
        be drawn. Errors in a dossier are problems, not exceptions.

    Examples
    --------
    A record dated after `today` is a problem and not part of the dossier:

    >>> from datetime import date
    >>> from geo import open_workspace
    >>> workspace = open_workspace(today=date(1900, 1, 1))
    >>> len(workspace.errors) > 0, workspace.reading.left_out > 0
    (True, True)
    """
    found = data_folder(folder)
    country = read_country(found)
    if (own := base_map_path(base_map)) is not None:
        country = _with_own_map(country, own, _stamp(own))
    dossier = file or found / DOSSIER
    if file is not None and file.exists():
        check_dossier(file)
    return located_workspace(
        country, read_dossier_bytes(dossier), str(file or _shown(dossier)), today
    )


@lru_cache(maxsize=8)
def located_workspace(
    country: Country, data: bytes, file: str, today: date | None = None
) -> Workspace:
    """Read and locate the bytes of a dossier; the same bytes are read once."""
    reading = read_dossier(data, file, today=today)
    return Workspace(country, reading, locate_records(reading, country))


def _shown(file: Path) -> str:
    """The file relative to the current folder, if it is below it; else its full path."""
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return str(file)
