"""The user's state folder: what the program keeps between runs, outside every project.

Nothing depends on it. A folder that is missing, full or read-only is logged and reported once, and
the program goes on without it. What is read from it may have been damaged: it is bounded, checked
by its reader, and set aside if it is not what was written.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from geo import limits
from geo.errors import StateError
from geo.files import alone_in, write_whole
from geo.text import harmless

_LOG: Final = logging.getLogger(__name__)
STATE_VARIABLE: Final = "XDG_STATE_HOME"
"""Of the XDG Base Directory Specification, version 0.8: a path that is not absolute is ignored."""
DAMAGED: Final = ".damaged"
"""Ending of a file that was set aside; the next one set aside replaces it."""
_OWNER_ONLY: Final = 0o700
"""A folder that other users of the computer cannot open: earlier versions may hold what was removed
from the data on purpose."""

_MOST_LOGGED: Final = 100
"""Different faults that are logged; the app asks for the same folder in each run of a page."""
_LOGGED: Final[set[str]] = set()

T = TypeVar("T")


def state_folder() -> Path:
    """The folder in which the program keeps its state; it need not exist.

    Raises
    ------
    StateError
        The user has no home folder, and the environment names none.
    """
    root = Path(os.environ.get(STATE_VARIABLE, ""))
    try:
        return (root if root.is_absolute() else Path.home() / ".local" / "state") / "incident-map"
    except RuntimeError as error:
        msg = f"no folder to keep anything in: {error}; set {STATE_VARIABLE}"
        raise StateError(msg) from error


@contextlib.contextmanager
def changing(folder: Path) -> Iterator[Path]:
    """Provide a folder of the state, made if necessary, to one process and thread at a time.

    Raises
    ------
    StateError
        It cannot be made or written to; the message names the folder and the reason.
    """
    try:
        folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        with alone_in(folder):
            yield folder
    except OSError as error:
        raise _unusable(folder, error) from error


def bytes_of(file: Path, most: int) -> bytes | None:
    """The bytes of a file of the state, at most one more than `most`; ``None`` if there is none.

    Raises
    ------
    StateError
        It cannot be read, or is not a regular file: a pipe would be waited for without end.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise StateError(f"{file}: is not a regular file; remove it")
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(file, error) from error


def read_state(file: Path, read: Callable[[object], T], empty: T) -> tuple[T, str]:
    """Read a JSON file of the state; a damaged one is set aside.

    Parameters
    ----------
    read
        Makes the value of the parsed JSON; it raises :class:`ValueError` for anything unexpected.

    Returns
    -------
    tuple
        The value, or `empty` if there is no usable file, and what has to be reported, or nothing.

    Raises
    ------
    StateError
        As :func:`bytes_of`.
    """
    data = bytes_of(file, most := limits.MAX_STATE_BYTES)
    if data is None:
        return empty, ""
    try:
        if len(data) > most:
            raise ValueError(f"larger than {most:,} bytes")  # noqa: TRY301 - one way out
        return read(json.loads(data)), ""
    except (ValueError, RecursionError) as error:
        return empty, set_aside(file, str(error))


def write_state(file: Path, value: object) -> None:
    """Write a JSON file of the state whole, inside :func:`changing`."""
    write_whole(file, json.dumps(value, separators=(",", ":"), allow_nan=False).encode())


def set_aside(file: Path, why: str) -> str:
    """Give a damaged file another name, and return what has to be reported.

    Examples
    --------
    >>> set_aside(Path("no-such-folder/index.json"), "not JSON")
    'no-such-folder/index.json: is damaged (not JSON) and is not used.'
    """
    said = f"{file}: is damaged ({harmless(why)}) and is not used."
    try:
        file.replace(file.with_name(file.name + DAMAGED))
        said = f"{file}: was damaged ({harmless(why)}); it is now called {file.name}{DAMAGED}."
    except OSError as error:
        _LOG.warning("%s: cannot be set aside (%s)", file, error)
    _LOG.warning("%s", said)
    return said


def _unusable(path: Path, error: OSError) -> StateError:
    """The error for a folder or file that cannot be used, which is logged once."""
    said = (
        f"{path}: cannot be used ({error.strerror or error}); nothing is kept for the next run. "
        f"{STATE_VARIABLE} names another folder."
    )
    if said not in _LOGGED and len(_LOGGED) < _MOST_LOGGED:
        _LOGGED.add(said)
        _LOG.warning("%s", said)
    return StateError(said)
