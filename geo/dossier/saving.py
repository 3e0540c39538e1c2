"""Saving an edit: the dossier and its history log change together, or neither does.

The order of writes, each of which is on the disk before the next one begins:

1. a hidden *note* beside the log: the digests of the dossier before and after, and the log's size;
2. the lines at the end of the log;
3. the dossier, which is replaced as a whole;
4. the note is removed. Only then is the save acknowledged.

Whoever saves or reads next finds a note if a save was interrupted. If the dossier is still as it
was before, the save did not happen, and the lines that were added for it are taken off the log;
otherwise it did, and they stay. Without the note this could not be told from a dossier that
somebody has set back to its earlier version, by Git for example.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from geo import limits
from geo.dossier.copies import CopyMerge
from geo.dossier.editing import Edit, applied, check_new_errors
from geo.dossier.history import History, check_log_size, history_file, read_log
from geo.dossier.history_lines import HistoryLine, sha256_of
from geo.dossier.rebasing import rebased
from geo.dossier.review import authored
from geo.errors import ConflictError, IntakeError, WriteError
from geo.files import (
    alone_in,
    append_to,
    cut_file,
    passing_over,
    remove_whole,
    write_whole,
)

_LOG: Final = logging.getLogger(__name__)
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def save_edit(file: Path, edit: Edit) -> bytes:
    """Apply an edit to a dossier and write both to the file and to its history log.

    Others who save at the same time wait. If others have changed the same entry since the edit was
    made, it is merged field by field (:func:`geo.dossier.rebasing.rebased`). What was edited
    outside the app since the last save is written to the log first. An edit of what a record says
    adds its author to those who wrote it (:func:`geo.dossier.review.authored`).

    Returns
    -------
    bytes
        What the file holds now.

    Raises
    ------
    ConflictError
        If someone else has given the same fields other values.
    EditError
        If the file cannot be changed, or the edit is not valid.
    IntakeError
        If the log would be larger than :data:`geo.limits.MAX_HISTORY_BYTES`.
    WriteError
        If the disk is full or the folder cannot be written to. File and log are as they were after
        any of these errors, unless the message says that the disk failed after writing.
    """
    return _saved(file, lambda real: _save(real, edit))


def save_merge(file: Path, merge: CopyMerge, *, by: str, why: str = "") -> bytes:
    """Write a dossier into which another copy has been merged, and what was merged to its log.

    Parameters
    ----------
    by
        Who merged; the edits of the other copy keep their authors.

    Returns
    -------
    bytes
        What the file holds now.

    Raises
    ------
    ConflictError
        If the dossier is no longer the one with which the other copy was merged.
    EditError
        If the merged dossier has an error that ours had not, or cannot be read.
    IntakeError, WriteError
        As for :func:`save_edit`; file and log are as they were.
    """
    return _saved(file, lambda real: _save_merge(real, merge, by, why))


def _saved(file: Path, save: Callable[[Path], bytes]) -> bytes:
    """Save alone, and say in one sentence what fails."""
    result = None
    try:
        with _alone_with(file) as real:
            result = save(real)
    except OSError as error:
        if result is not None:
            _LOG.warning(
                "%s: was saved, but the lock of its folder was not released (%s)", file, error
            )
            return result
        do = "check the folder and its permissions, then save again"
        if error.errno in _NO_SPACE:
            do = "free some space, then save again"
        msg = f"{error.filename or file}: {error.strerror or error}; nothing was changed; {do}"
        raise WriteError(msg) from error
    return result


def read_history(file: Path) -> History:
    """Read the history log of a dossier; nothing is written.

    Parameters
    ----------
    file
        The dossier. It need not be readable, and neither it nor the log need exist.

    Raises
    ------
    IntakeError
        If the log cannot be read at all.
    """
    try:
        with _alone_with(file) as real:
            return _history(real)
    except OSError as error:
        msg = f"{error.filename or file}: cannot be read ({error.strerror or error})"
        raise IntakeError(msg) from error


def unwritable(file: Path) -> str:
    """Say why edits of a dossier cannot be saved, as far as that can be told without writing.

    Returns
    -------
    str
        Half a sentence that names the file or folder and what to do; empty if they can be.

    Examples
    --------
    >>> unwritable(Path("nowhere/incidents.yaml"))
    'nowhere/incidents.yaml is not a file'
    """
    real = Path(os.path.realpath(file))
    if not real.is_file():
        return f"{file} is not a file"
    if not _may_write(real.parent, os.W_OK | os.X_OK):
        return f"the folder {real.parent} cannot be written to; check its permissions"
    for one in (real, history_file(real)):
        if one.exists() and not (one.is_file() and _may_write(one, os.W_OK)):
            return f"{one} cannot be written to; check its permissions"
    return ""


def _may_write(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


@dataclass(frozen=True)
class _Note:
    """What is known of a save while it is under way."""

    before: str
    after: str
    size: int

    @classmethod
    def of(cls, file: Path) -> _Note | None:
        try:
            found = json.loads(_note_file(file).read_bytes())
            size = max(0, int(found["size"]))
            return cls(str(found["before"]), str(found["after"]), size)
        except FileNotFoundError:
            return None
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            _LOG.warning("%s: passed over, it is not a note of a save (%s)", file, error)
            return None

    def size_of(self, file: Path, log: bytes) -> int:
        """How many bytes of the log count, by what the dossier holds."""
        now = sha256_of(file.read_bytes()) if file.exists() else ""
        is_torn = len(log) > self.size and not log.endswith(b"\n")
        undone = now == self.before or (now != self.after and is_torn)
        return min(self.size, len(log)) if undone else len(log)


def _note_file(file: Path) -> Path:
    return file.with_name(f".{file.stem}.history.saving")


@contextmanager
def _alone_with(file: Path) -> Iterator[Path]:
    """Keep others from saving; the log is beside the file itself, not beside a link to it."""
    real = Path(os.path.realpath(file))
    with alone_in(real.parent):
        yield real


def _save(file: Path, edit: Edit) -> bytes:
    _settle(file)
    data = file.read_bytes()
    history = _history(file)
    lines = history.catching_up(data)
    fitting = authored(data, rebased(data, edit, history.with_lines(lines)))
    result = applied(data, fitting)
    if result != data:
        added = (*lines, HistoryLine("edit", sha256_of(result), fitting))
        _write(file, data, result, history.following(added))
    return result


def _save_merge(file: Path, merge: CopyMerge, by: str, why: str) -> bytes:
    _settle(file)
    data = file.read_bytes()
    if data != merge.ours:
        msg = (
            f"{file.name} has changed since the two were compared; nothing was saved. Look at the "
            "result again, then apply it"
        )
        raise ConflictError(msg)
    check_new_errors(data, merge.data)
    history = _history(file)
    lines = (*history.catching_up(data), *merge.lines(by, why))
    _write(file, data, merge.data, history.following(lines))
    return merge.data


def _history(file: Path) -> History:
    log = _log_bytes(file)
    note = _Note.of(file)
    end = len(log) if note is None else note.size_of(file, log)
    return read_log(log[:end], history_file(file).name)


def _log_bytes(file: Path) -> bytes:
    log = history_file(file)
    if not log.exists():
        return b""
    if not log.is_file():
        raise OSError(errno.EINVAL, "is not a file that can hold the history log", str(log))
    with log.open("rb") as opened:
        return opened.read(limits.MAX_HISTORY_BYTES + 1)


def _settle(file: Path) -> None:
    """Finish or take back a save that was interrupted."""
    note, log = _Note.of(file), history_file(file)
    if note is not None and log.exists():
        held = _log_bytes(file)
        end = note.size_of(file, held)
        if end < len(held):
            _LOG.warning("%s: lines of a save that was interrupted are taken off", log)
            cut_file(log, end)
    if _note_file(file).exists():
        remove_whole(_note_file(file))


def _write(file: Path, before: bytes, after: bytes, lines: bytes) -> None:
    log, note = history_file(file), _note_file(file)
    size = log.stat().st_size if log.exists() else 0
    check_log_size(size + len(lines), log.name)
    about = _Note(sha256_of(before), sha256_of(after), size)
    write_whole(note, json.dumps(asdict(about)).encode())
    try:
        # A new log may be read by those who may read the dossier.
        append_to(log, lines, stat.S_IMODE(file.stat().st_mode))
        write_whole(file, after)
    except OSError as error:
        with passing_over(_LOG, f"taking back a save of {file}"):
            _settle(file)
        if file.read_bytes() == after:
            why = error.strerror or error
            msg = f"{file}: was written, but the disk failed after that ({why}); check the disk"
            raise WriteError(msg) from error
        raise
    # Everything is written: a note that stays says so too.
    with passing_over(_LOG, f"the note {note}"):
        remove_whole(note)
