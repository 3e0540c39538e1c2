"""What a View shows of the located table, and the ledger of the rest."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, get_args

import geopandas as gpd

from geo.table.workspace import Workspace
from geo.view.keeping import REASONS, RecordIndex, why_not
from geo.view.question import View
from geo.wording.vocabulary import NotMapped, Reason

_LOG: Final = logging.getLogger(__name__)
NOT_MAPPED: Final[tuple[NotMapped, ...]] = get_args(NotMapped)
"""Why a record that is shown is not mapped."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many records there are, and where each of them is.

    ``total == drawn + sum(beside.values()) + sum(out.values())`` in every View; ``left_out``
    counts the entries of the file that could not be read, and ``unread_drafts`` the drafts that
    were asked for and cannot be read yet; neither is part of the total.

    Parameters
    ----------
    drawn
        Records with at least one place on the map.
    beside
        Records that are shown but not mapped, by where their first place is.
    out
        Records that are not shown, by the first filter that excludes them.
    approved
        How many of the records in view are approved; ``None``, if no record carries an approval.
    """

    total: int
    drawn: int
    beside: Mapping[NotMapped, int]
    out: Mapping[Reason, int]
    left_out: int = 0
    approved: int | None = None
    unread_drafts: int = 0

    @property
    def shown(self) -> int:
        """Records in view: drawn on the map, or listed as not mapped."""
        return self.drawn + sum(self.beside.values())


@dataclass(frozen=True)
class Selection:
    """The rows of the located table that a View keeps, and the ledger of the rest."""

    table: gpd.GeoDataFrame
    ledger: Ledger


def workspace_for(view: View, workspace: Workspace) -> Workspace:
    """Return the workspace with the drafts among its records, if the View asks for them."""
    return workspace.with_drafts if view.drafts else workspace


def select(view: View, workspace: Workspace) -> Selection:
    """Apply a View to a workspace, with its drafts if the View asks for them."""
    asked = workspace_for(view, workspace)
    found = apply_view(view, asked.located.table, left_out=asked.reading.left_out)
    unread = sum(one.record is None for one in asked.reading.drafts) if view.drafts else 0
    approved = None
    if any(review.approval is not None for review in asked.located.reviews.values()):
        rows = found.table.drop_duplicates("record")
        approved = int((rows["review"] == "approved").sum())
    return replace(found, ledger=replace(found.ledger, approved=approved, unread_drafts=unread))


def apply_view(view: View, table: gpd.GeoDataFrame, *, left_out: int = 0) -> Selection:
    """Apply a View to a located table.

    A record counts once, and is kept or excluded with all its places.

    Parameters
    ----------
    left_out
        Number of entries of the file that could not be read, for the ledger.
    """
    index = RecordIndex.of(table)
    why = why_not(view, index)
    is_kept = why == ""
    is_drawn = index.somewhere((table["off"] == "").to_numpy(dtype=bool))
    beside = Counter(index.records.loc[is_kept & ~is_drawn, "off"])
    out = Counter(why[~is_kept])
    ledger = Ledger(
        len(why),
        int((is_kept & is_drawn).sum()),
        {where: beside[where] for where in NOT_MAPPED},
        {reason: out[reason] for reason in REASONS},
        left_out,
    )
    _LOG.debug(
        "%d of %d records shown, %d of them drawn", is_kept.sum(), ledger.total, ledger.drawn
    )
    return Selection(table[is_kept[index.number]], ledger)
