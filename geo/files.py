"""Writing files and folders completely or not at all.

Data is first written to a *part* next to the file, a hidden file whose name ends in ``.part``. When
all of it is on the disk, it is renamed to the file. A writer that is killed leaves its part behind;
the next one that writes into the same folder removes it. The part of a running writer is locked.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import glob
import logging
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

_LOG: Final = logging.getLogger(__name__)
_PART: Final = re.compile(r"\..+\.[0-9a-f]{16}\.part")
_BEFORE: Final = "before"
_LONGEST: Final = 40
"""Letters of a file's name that its part repeats, before 23 more: most file systems allow 255 bytes
in a name, and a letter takes up to four."""
_OLD: Final = 60.0
"""Seconds after which an unlocked part is removed; a younger one may not have been locked yet."""
_OLD_UNLOCKED: Final = 86_400.0
"""Seconds (one day) after which a part is removed where files cannot be locked, and the part of a
running writer cannot be recognised."""
_NOT_FOR_FOLDERS: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})


def name_of(source: Path | bytes, given: str = "") -> str:
    """The name of a source in messages: the given one, else its path.

    Examples
    --------
    >>> name_of(Path("a/b.csv")), name_of(Path("a/b.csv"), "b.csv"), name_of(b"date,place")
    ('a/b.csv', 'b.csv', 'the file')
    """
    return given or (str(source) if isinstance(source, Path) else "the file")


def write_whole(file: Path, data: bytes) -> None:
    """Write `data` to `file` so that it has the old or the new content, never a part of it.

    Raises
    ------
    OSError
        If the folder cannot be written to or the disk is full; the old file is then unchanged.
    """
    with writing_whole(file) as part:
        part.write_bytes(data)


def remove_whole(file: Path) -> None:
    """Remove a file, if it is there, so that it is gone even after a power failure.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    file.unlink(missing_ok=True)
    _flush_folder(file.parent)


def append_to(file: Path, data: bytes, mode: int = 0o666) -> None:
    """Add bytes to the end of a file; they are on the disk afterwards.

    A process that is killed may leave a part of them, which :func:`cut_file` takes off again.

    Parameters
    ----------
    mode
        The permissions of a file that is not there yet, less what the process's mask takes away.

    Raises
    ------
    OSError
        If the file cannot be written to or the disk is full; some of the bytes may be there.
    """
    # Windows has a flag that keeps line breaks as they are.
    how = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, how, mode), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def cut_file(file: Path, size: int) -> None:
    """Take off what a file has beyond a size, and a file without a byte as a whole.

    Raises
    ------
    OSError
        If the file cannot be written to.
    """
    if not size:
        remove_whole(file)
        return
    with file.open("rb+") as opened:
        opened.truncate(size)
        os.fsync(opened.fileno())


@contextlib.contextmanager
def writing_whole(file: Path) -> Iterator[Path]:
    """Provide a path next to `file` to write to; it becomes `file` when everything is written.

    Raises
    ------
    OSError
        As :func:`write_whole`.
    """
    with writing_together(file) as (part,):
        yield part


def write_together(files: Mapping[Path, bytes], about: Mapping[Path, bytes]) -> None:
    """Write files, and others that describe them; see :func:`writing_together`.

    Raises
    ------
    OSError
        As :func:`write_whole`.
    """
    with writing_together(*files, about=tuple(about)) as parts:
        for part, data in zip(parts, (*files.values(), *about.values()), strict=True):
            part.write_bytes(data)


@contextlib.contextmanager
def writing_together(*files: Path, about: tuple[Path, ...] = ()) -> Iterator[tuple[Path, ...]]:
    """Provide a path for each of several files; they become those files when all are written.

    Parameters
    ----------
    about
        Files that describe the others, such as a recipe or the list of rejected rows. The old ones
        are removed before any file changes, and the new ones are added last: whenever the run is
        killed, none of them is next to a file that it does not describe.

    Yields
    ------
    tuple
        The paths to write to, of `files` and then of `about`.

    Raises
    ------
    OSError
        As :func:`write_whole`. Until everything is written, nothing has changed.
    """
    wanted = tuple(map(_target, (*files, *about)))
    about = wanted[len(files) :]
    with contextlib.ExitStack() as stack:
        parts = tuple(stack.enter_context(_part_of(file)) for file in wanted)
        yield parts
        for part, file in zip(parts, wanted, strict=True):
            if part != file and is_spared(file) and not filecmp.cmp(part, file, shallow=False):
                raise OSError(errno.EEXIST, SPARED, str(file))
            _flush(part)
        for file in about:
            file.unlink(missing_ok=True)
        for part, file in zip(parts, wanted, strict=True):
            if part != file:
                _put(part, file)
    for folder in {file.parent for file in wanted}:
        _flush_folder(folder)


SPARED: Final = "is also read here, and would be lost; give the output another name"
_SPARED: Final[ContextVar[tuple[Path, ...]]] = ContextVar("spared", default=())


@contextlib.contextmanager
def sparing(*read: Path) -> Iterator[None]:
    """Have nothing that is written meanwhile replace one of these files by another content."""
    before = _SPARED.set((*_SPARED.get(), *read))
    try:
        yield
    finally:
        _SPARED.reset(before)


def is_spared(file: Path) -> bool:
    """Whether a file is one of those that must not be replaced, by whatever name.

    Examples
    --------
    >>> with sparing(Path("pyproject.toml")):
    ...     is_spared(Path("docs/../pyproject.toml")), is_spared(Path("other.toml"))
    (True, False)
    """
    return file.exists() and any(one.exists() and one.samefile(file) for one in _SPARED.get())


def _target(file: Path) -> Path:
    """The file itself, or what a symbolic link leads to: the link stays."""
    if not file.is_symlink():
        return file
    # A link to a pipe or a device has a target that cannot be opened by its name.
    _check(file)
    return Path(os.path.realpath(file))


@contextlib.contextmanager
def making_folder(folder: Path) -> Iterator[Path]:
    """Provide a staging folder; what is made in it under the name of `folder` then replaces it.

    An existing folder remains until then. Everything else in the staging folder is removed. The old
    and the new folder are renamed one after the other: a process that is killed in between leaves
    the old one in the staging folder, and the next process that makes the folder restores it.

    Raises
    ------
    OSError
        As :func:`write_whole`.
    """
    if folder.is_symlink():
        raise OSError(
            errno.EINVAL, "is a symbolic link; give the folder that it leads to", str(folder)
        )
    inside = (one.resolve() for one in _SPARED.get())
    if any(folder.resolve() in one.parents for one in inside):
        raise OSError(errno.EEXIST, f"holds a file that {SPARED}", str(folder))
    _put_back(folder)
    staging = folder.with_name(f".{folder.name[:_LONGEST]}.{secrets.token_hex(8)}.room")
    staging.mkdir()
    before = staging / _BEFORE
    with alone_in(staging):
        try:
            yield staging
            if folder.exists():
                folder.rename(before)
            (staging / folder.name).rename(folder)
            _flush_folder(folder.parent)
        except BaseException:
            if before.exists():
                before.rename(folder)
            raise
        finally:
            _remove(staging)


def _put_back(folder: Path) -> None:
    """Restore a folder that a killed run had moved aside, and remove what such runs left."""
    for staging in folder.parent.glob(f".{glob.escape(folder.name[:_LONGEST])}.*.room"):
        with (
            passing_over(_LOG, f"what a killed run left in {staging}"),
            _if_orphan(staging) as is_left,
        ):
            if is_left and (staging / _BEFORE).exists() and not folder.exists():
                (staging / _BEFORE).rename(folder)
            if is_left:
                _remove(staging)


def _remove(staging: Path) -> None:
    """Remove as much of a folder as possible; a warning is logged if something is left."""
    shutil.rmtree(staging, ignore_errors=True)
    if staging.exists():
        _LOG.warning("%s: cannot be removed whole", staging)


@contextlib.contextmanager
def passing_over(logger: logging.Logger, what: str) -> Iterator[None]:
    """Continue after an error of the disk in a step that may fail, and log the error.

    Examples
    --------
    >>> with passing_over(logging.getLogger("geo.doctest"), "an old file"):
    ...     raise PermissionError(13, "Permission denied", "old.txt")
    """
    try:
        yield
    except OSError as error:
        logger.warning("%s: passed over (%s)", what, error)


@contextlib.contextmanager
def _if_orphan(staging: Path) -> Iterator[bool]:
    """Whether no process uses a staging folder; none can begin to during the check."""
    if sys.platform == "win32":
        yield time.time() - staging.stat().st_mtime > _OLD_UNLOCKED
        return
    handle = os.open(staging, os.O_RDONLY)
    try:
        # It is made before it is locked: an empty one may belong to a process that just started.
        is_old = time.time() - staging.stat().st_mtime > _OLD
        yield _hold(handle) and (is_old or any(staging.iterdir()))
    finally:
        os.close(handle)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Lock a folder against other processes that use this function, and wait for them.

    For a change that is based on reading a file first. On a system without such locks, nothing is
    locked.
    """
    handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None
    try:
        if sys.platform != "win32" and handle is not None:
            with passing_over(_LOG, f"waiting for others at work in {folder}"):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle is not None:
            os.close(handle)


@contextlib.contextmanager
def _part_of(file: Path) -> Iterator[Path]:
    if _PART.fullmatch(file.name):
        # Already the part of a caller that writes several files together.
        yield file
        return
    _check(file)
    _sweep(file.parent)
    part = file.with_name(f".{file.name[:_LONGEST]}.{secrets.token_hex(8)}.part")
    with _named(file, part), _held(part):
        yield part


@contextlib.contextmanager
def _named(file: Path, part: Path) -> Iterator[None]:
    """Let errors name the requested file, not the hidden one next to it."""
    try:
        yield
    except OSError as error:
        if error.filename == str(part):
            error.filename = str(file)
        raise


@contextlib.contextmanager
def _held(part: Path) -> Iterator[None]:
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        _hold(handle)
        if sys.platform == "win32":
            # On Windows an open file cannot be renamed.
            os.close(handle)
        yield
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()
        if sys.platform != "win32":
            os.close(handle)


def _put(part: Path, file: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        # The new file keeps the permissions of the old one.
        part.chmod(stat.S_IMODE(file.stat().st_mode))
    part.replace(file)


def _check(file: Path) -> None:
    """Refuse to replace something that is not a regular file, such as ``/dev/null``."""
    with contextlib.suppress(FileNotFoundError):
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            said = "is not a file that can be replaced; give the name of a regular file"
            code = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
            raise OSError(code, said, str(file))
        if not os.access(file, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))


def _sweep(folder: Path) -> None:
    """Remove what killed writers left in a folder."""
    with passing_over(_LOG, f"what killed writers left in {folder}"), os.scandir(folder) as entries:
        left = [folder / entry.name for entry in entries if _PART.fullmatch(entry.name)]
        for part in left:
            # Another process may have removed it at the same time.
            with passing_over(_LOG, f"the part {part}"), contextlib.suppress(FileNotFoundError):
                if _is_orphan(part):
                    part.unlink()


def _is_orphan(part: Path) -> bool:
    age = time.time() - part.stat().st_mtime
    if age < _OLD:
        return False
    handle = os.open(part, os.O_RDWR)
    try:
        return _hold(handle) or age > _OLD_UNLOCKED
    finally:
        os.close(handle)


def _hold(handle: int) -> bool:
    """Lock an open file until it is closed; false where that fails."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _flush(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _flush_folder(folder: Path) -> None:
    """Flush the renamed entries to the disk, where folders can be flushed."""
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
