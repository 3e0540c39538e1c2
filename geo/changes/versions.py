"""The versions of a dossier that were opened on this computer, to compare the current one with.

Each is kept as it was read, packed, with its digest and the day on which it was first opened. The
list is one JSON file in a folder of its own for each dossier, named after the digest of the
dossier's path: a dossier never shows what only another one says. The number of versions and their
bytes are bounded; the oldest are dropped first, and how many is kept with the list.
"""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from geo import limits, state
from geo.errors import StateError
from geo.files import passing_over, write_whole
from geo.table.workspace import Workspace
from geo.workspace import read_dossier_bytes

_LOG: Final = logging.getLogger(__name__)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FORMAT: Final = 1
"""Version of the list; another one is set aside."""
_INDEX: Final = "versions.json"
_ENDING: Final = ".yaml.gz"
_GZIP: Final = 31
"""``wbits`` of :mod:`zlib` for gzip with the largest window."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a dossier: the SHA-256 of its bytes, and the day on which it was opened."""

    digest: str
    day: date


@dataclass(frozen=True, slots=True)
class KeptVersions:
    """The list of versions that are kept of a dossier.

    Parameters
    ----------
    opened
        In the order in which they were opened; a version that came back is in it twice.
    briefing
        The version of the last briefing, and the day of the briefing.
    dropped
        How many older versions were dropped to stay within the bounds.
    notes
        What has to be reported about the state folder, once.
    """

    opened: tuple[Version, ...] = ()
    briefing: Version | None = None
    dropped: int = 0
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The list as it is kept.

        Returns
        -------
        dict
            JSON values, which :meth:`from_json` reads.
        """
        return {
            "incidentMapVersions": _FORMAT,
            "opened": [_plain(one) for one in self.opened],
            "briefing": _plain(self.briefing) if self.briefing else None,
            "dropped": self.dropped,
        }

    @classmethod
    def from_json(cls, given: object) -> KeptVersions:
        """Read the list as it is kept.

        Raises
        ------
        ValueError
            It is not a list that :meth:`to_json` has written.

        Examples
        --------
        >>> KeptVersions.from_json({"incidentMapVersions": 1, "opened": [{"day": "2024-13-01"}]})
        Traceback (most recent call last):
        ValueError: expected a digest and a day
        """
        if not isinstance(given, Mapping) or given.get("incidentMapVersions") != _FORMAT:
            raise ValueError("expected a list of versions")
        opened, briefing, dropped = (given.get(key) for key in ("opened", "briefing", "dropped"))
        if not isinstance(opened, list) or len(opened) > limits.MAX_VERSIONS:
            raise ValueError(f"expected at most {limits.MAX_VERSIONS} versions")
        if type(dropped) is not int or dropped < 0:
            dropped = 0
        return cls(
            tuple(map(_version, opened)),
            _version(briefing) if briefing is not None else None,
            dropped,
        )


class VersionStore:
    """The kept versions of one dossier.

    Parameters
    ----------
    dossier
        Path of the dossier's file.

    Raises
    ------
    StateError
        There is no place for a state folder.
    """

    def __init__(self, dossier: Path) -> None:
        path = str(dossier.resolve())
        name = hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:32]
        self.folder = state.state_folder() / "versions" / name

    def read(self) -> KeptVersions:
        """The list of kept versions; an empty one if there is none, or if it is damaged.

        Raises
        ------
        StateError
            The state folder cannot be used.
        """
        found, note = state.read_state(self.folder / _INDEX, KeptVersions.from_json, KeptVersions())
        return replace(found, notes=(note,)) if note else found

    def keep(self, digest: str, data: bytes, day: date) -> KeptVersions:
        """Add a version that was opened, and drop the oldest beyond the bounds.

        Raises
        ------
        StateError
            The state folder cannot be used.
        """
        _drop_dossiers(self.folder)
        with state.changing(self.folder):
            known = self.read()
            if self.holds_last(known, digest):
                return known
            write_whole(self._file(digest), _packed(data))
            wanted = replace(known, opened=(*known.opened, Version(digest, day)))
            kept = self._within_bounds(wanted)
            state.write_state(self.folder / _INDEX, kept.to_json())
            self._sweep(kept)
        return kept

    def mark_briefing(self, digest: str, day: date) -> None:
        """Note that a briefing was made from a version, which :meth:`keep` has kept.

        Raises
        ------
        StateError
            The state folder cannot be used.
        """
        with state.changing(self.folder):
            kept = replace(self.read(), briefing=Version(digest, day))
            state.write_state(self.folder / _INDEX, kept.to_json())

    def data(self, version: Version) -> bytes:
        """The bytes of a kept version.

        Raises
        ------
        StateError
            They are missing, or are no longer what was kept; a damaged file is set aside.
        """
        file, most = self._file(version.digest), limits.MAX_DOSSIER_BYTES
        packed = state.bytes_of(file, most)
        if packed is None:
            raise StateError(f"{file}: the version of {version.day} is no longer kept")
        try:
            data = zlib.decompressobj(_GZIP).decompress(packed, most + 1)
        except zlib.error as error:
            raise StateError(state.set_aside(file, str(error))) from error
        if hashlib.sha256(data).hexdigest() != version.digest:
            raise StateError(state.set_aside(file, "its digest is another one"))
        return data

    def holds_last(self, known: KeptVersions, digest: str) -> bool:
        """Whether this version was opened last, and its bytes are kept."""
        is_last = bool(known.opened) and known.opened[-1].digest == digest
        return is_last and self._file(digest).exists()

    def _file(self, digest: str) -> Path:
        return self.folder / f"{digest}{_ENDING}"

    def _within_bounds(self, kept: KeptVersions) -> KeptVersions:
        """The list without its oldest versions, as many as exceed the number or the bytes."""
        opened = list(kept.opened)
        sizes = {one.digest: self._size(one.digest) for one in opened}
        while len(opened) > 1 and (
            len(opened) > limits.MAX_VERSIONS
            or sum(sizes[key] for key in {one.digest for one in opened}) > limits.MAX_VERSIONS_BYTES
        ):
            opened.pop(0)
        return replace(
            kept, opened=tuple(opened), dropped=kept.dropped + len(kept.opened) - len(opened)
        )

    def _size(self, digest: str) -> int:
        try:
            return self._file(digest).stat().st_size
        except FileNotFoundError:
            return 0

    def _sweep(self, kept: KeptVersions) -> None:
        """Remove the bytes of versions that are no longer in the list."""
        needed = {self._file(one.digest) for one in kept.opened}
        for file in self.folder.glob(f"*{_ENDING}"):
            if file not in needed:
                with passing_over(_LOG, f"the version in {file}"):
                    file.unlink()


def keep_opened(dossier: Path, workspace: Workspace, day: date) -> KeptVersions:
    """Keep the version that a workspace was opened from, and return the list of all.

    Parameters
    ----------
    dossier
        Path of the dossier's file. If its content has changed since it was opened, nothing is
        kept: the next time it is opened, the new version is.
    day
        The current day for whoever opened it.

    Returns
    -------
    The list; what the state folder does not permit is reported in its notes.
    """
    digest = workspace.reading.digest
    try:
        store = VersionStore(dossier)
        known = store.read()
        if store.holds_last(known, digest):
            return known
        data = read_dossier_bytes(dossier)
        if hashlib.sha256(data).hexdigest() != digest or len(data) > limits.MAX_DOSSIER_BYTES:
            return known
        found = store.keep(digest, data, day)
        return replace(found, notes=tuple(dict.fromkeys((*known.notes, *found.notes))))
    except StateError as error:
        return KeptVersions(notes=(str(error),))


def mark_briefing(dossier: Path, workspace: Workspace, day: date) -> tuple[str, ...]:
    """Note that a briefing was made from the version of a workspace.

    Returns
    -------
    tuple
        What has to be reported about the state folder.
    """
    kept = keep_opened(dossier, workspace, day)
    if not any(one.digest == workspace.reading.digest for one in kept.opened):
        return kept.notes
    try:
        VersionStore(dossier).mark_briefing(workspace.reading.digest, day)
    except StateError as error:
        return (*kept.notes, str(error))
    return kept.notes


def _drop_dossiers(current: Path) -> None:
    """Remove the versions of the dossiers that were not opened for longest, beyond the bound."""
    with passing_over(_LOG, f"the dossiers in {current.parent}"):
        others = [one for one in _folders(current.parent) if one != current]
        others.sort(key=lambda one: one.stat().st_mtime, reverse=True)
        for folder in others[limits.MAX_KEPT_DOSSIERS - 1 :]:
            shutil.rmtree(folder)
            _LOG.warning("%s: removed; at most %d dossiers", folder, limits.MAX_KEPT_DOSSIERS)


def _folders(parent: Path) -> Iterable[Path]:
    return [one for one in parent.iterdir() if one.is_dir()] if parent.is_dir() else []


def _packed(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=_GZIP)
    return packer.compress(data) + packer.flush()


def _plain(version: Version) -> dict[str, str]:
    return {"digest": version.digest, "day": version.day.isoformat()}


def _version(given: object) -> Version:
    digest, day = (
        (given.get(key) for key in ("digest", "day")) if isinstance(given, Mapping) else ("", "")
    )
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest) or not isinstance(day, str):
        raise ValueError("expected a digest and a day")
    return Version(digest, date.fromisoformat(day))
