"""The version from which two copies of a dossier began: found by itself, chosen or uploaded."""

from __future__ import annotations

import logging
from functools import partial
from typing import Final

import streamlit as st

from geo.app.file_choice import file_choice
from geo.app.plain import show_text
from geo.changes.versions import Version, VersionStore
from geo.dossier.copies import CommonVersion, DossierCopy, common_version
from geo.dossier.history_lines import sha256_of
from geo.errors import StateError
from geo.limits import MAX_DOSSIER_BYTES
from geo.view import say_day
from geo.workspace import DOSSIER, data_folder

_LOG: Final = logging.getLogger(__name__)
UPLOAD: Final = "common-version"
CHOICE: Final = "common-version-kept"
_DIGEST_SHOWN: Final = 12
"""Letters of a digest, as many as the page of changes and the map show."""
_FILE: Final = "A file"


def chosen(ours: DossierCopy, theirs: DossierCopy) -> CommonVersion | None:
    """Return the version that both began from; ask for it where nothing tells."""
    store, versions = _kept()
    readers = {digest: partial(_data, store, one) for digest, one in versions.items()}
    found = common_version(ours, theirs, readers)
    if found is not None:
        of = versions.get(found.digest)
        day = f", opened here on {say_day(of.day)}" if of else ""
        again = "" if found.is_exact else (
            " Its comments and layout are not known: comments that were deleted in the other "
            "copy come back."
        )  # fmt: skip
        show_text(
            f"Both copies started from data version {found.digest[:_DIGEST_SHOWN]}{day}.{again}",
            "caption",
        )
        return found
    return _asked(store, versions)


def _asked(store: VersionStore | None, versions: dict[str, Version]) -> CommonVersion | None:
    st.write(
        "Which version did both copies start from? The history log of the other copy would tell; "
        "without it, choose the version here."
    )
    labels = {one: f"As opened here on {say_day(versions[one].day)}" for one in reversed(versions)}
    choice: str | None = _FILE
    if labels:
        choice = st.selectbox(
            "The common version",
            [*labels, _FILE],
            key=CHOICE,
            index=None,
            placeholder="Choose a version or a file",
            format_func=lambda one: labels.get(one, one),
        )
    if choice is None:
        return None
    data = file_choice(
        "The common version as a file",
        hint="The dossier as it was before the two copies were edited.",
        accept=".yaml,.yml",
        most=MAX_DOSSIER_BYTES,
        key=UPLOAD,
    ) if choice == _FILE else _data(store, versions[choice])  # fmt: skip
    return None if data is None else CommonVersion(sha256_of(data), data, is_exact=True)


def _kept() -> tuple[VersionStore | None, dict[str, Version]]:
    """The versions that the state folder holds, by digest; its faults are in the log."""
    try:
        store = VersionStore(data_folder() / DOSSIER)
        return store, {one.digest: one for one in store.read().opened}
    except StateError as error:
        _LOG.info("no earlier version of the dossier: %s", error)
        return None, {}


def _data(store: VersionStore | None, version: Version) -> bytes | None:
    try:
        return None if store is None else store.data(version)
    except StateError as error:
        _LOG.info("not the version of %s: %s", version.day, error)
        return None
