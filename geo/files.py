"""Writing files and folders whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


def write_whole(file: Path, data: bytes) -> None:
    """Write `data` to `file` so that it holds the old or the new content, never a part.

    Raises
    ------
    OSError
        When the folder cannot be written to or the disk is full; the old content then stands.
    """
    with writing_whole(file) as part:
        part.write_bytes(data)


@contextlib.contextmanager
def writing_whole(file: Path) -> Iterator[Path]:
    """Give out a path beside `file` to write to; it becomes `file` when all is written.

    Raises
    ------
    OSError
        As :func:`write_whole`.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as opened:
            os.fsync(opened.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(file)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()
        raise


@contextlib.contextmanager
def making_folder(folder: Path) -> Iterator[Path]:
    """Give out a room beside `folder`; what is made in it under that name becomes `folder` at last.

    A folder that is there already stands until then. Whatever else lies in the room is removed.

    Raises
    ------
    OSError
        As :func:`write_whole`.
    """
    room = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".part"))
    before = room / "before"
    try:
        yield room
        if folder.exists():
            folder.rename(before)
        (room / folder.name).rename(folder)
    except BaseException:
        if before.exists():
            before.rename(folder)
        raise
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
