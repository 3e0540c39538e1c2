"""The fields of the Briefing page for the chart of a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.app import session
from geo.snapshot.content.chart_choice import CHART_SIDES, CHARTED_BY, ChartChoice
from geo.snapshot.content.figure_chart import CHARTED_NAMES
from geo.snapshot.content.recipe import Recipe

_NONE: Final = ""
_NAMES: Final[Mapping[str, str]] = {one: CHARTED_NAMES[one] for one in CHARTED_BY}
_SIDES: Final[Mapping[str, str]] = {"below": "Below the map", "beside": "Next to the map"}
_HELP: Final = (
    "Counts the records shown, also those that are not mapped. A bar has a solid part that is "
    "certain and an open part that is possible; the numbers are in a table with the notes. Where "
    "the size has no room for the chart and a legible map, it has a page of its own."
)


def asked_chart(recipe: Recipe, key: str) -> Recipe:
    """Ask for a chart, and return the recipe with it.

    Parameters
    ----------
    key
        Of the fields of this figure on the page.
    """
    given = recipe.chart
    with st.expander("Chart", expanded=given is not None):
        by = st.selectbox(
            "Count records by",
            [_NONE, *CHARTED_BY],
            key=session.remembered_field(f"{key}-chart-by", given.by if given else _NONE),
            format_func=lambda one: _NAMES.get(one, "No chart"),
            help=_HELP,
        )
        side = st.radio(
            "Position",
            CHART_SIDES,
            key=session.remembered_field(f"{key}-chart-side", (given or ChartChoice()).side),
            format_func=_SIDES.__getitem__,
            horizontal=True,
            disabled=by == _NONE,
        )
    chosen = next((one for one in CHARTED_BY if one == by), None)
    return replace(recipe, chart=ChartChoice(chosen, side) if chosen else None)
