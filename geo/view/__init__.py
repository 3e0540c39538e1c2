"""The View: the filters and settings of the map, what they keep, and the ledger of the rest.

A View is one immutable value. The map document reports it, the command line builds it from
options, and an address carries it; the same data and the same View give the same picture.

==================  =============================================================================
``question``        the View, read from and written to a message or an address
``bounds``          the largest value of each field, for every reader, the browser included
``reading``         the values that a field may have, whoever sends it
``keeping``         which records a View keeps, and the first reason why not
``ledger``          the shown table and the ledger, which adds up in every View
``totals``          fatalities of what is shown; a figure that is not stated is never zero
``saying``          the View and the ledger in words
``parts``           the parts of a View by month, quarter, year, group or province
``marks``           the records that changed since an earlier version
``saved_views``     Views with titles: read, changed, and whether they still fit the data
``alt_text``        the map in words, for readers who cannot see it
==================  =============================================================================
"""

from __future__ import annotations

from geo.view.bounds import BOUNDS, Bounds
from geo.view.keeping import REASONS, keep
from geo.view.ledger import NOT_MAPPED, Ledger, Selection, apply_view, select, workspace_for
from geo.view.question import (
    ALL,
    BASE_PARTS,
    EVERYTHING,
    EXCLUDED,
    UNNAMED,
    Counting,
    Language,
    Refusal,
    View,
)
from geo.view.reading import Viewport
from geo.view.saying import say_day, say_filters, say_groups, say_ledger, say_period
from geo.view.totals import Toll, Totals, say_totals, totals

__all__ = [
    "ALL",
    "BASE_PARTS",
    "BOUNDS",
    "EVERYTHING",
    "EXCLUDED",
    "NOT_MAPPED",
    "REASONS",
    "UNNAMED",
    "Bounds",
    "Counting",
    "Language",
    "Ledger",
    "Refusal",
    "Selection",
    "Toll",
    "Totals",
    "View",
    "Viewport",
    "apply_view",
    "keep",
    "say_day",
    "say_filters",
    "say_groups",
    "say_ledger",
    "say_period",
    "say_totals",
    "select",
    "totals",
    "workspace_for",
]
