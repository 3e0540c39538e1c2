"""The chart of a figure as options of the command line."""

from __future__ import annotations

from typing import Any, Final

from geo.cli.option_words import must, require_word
from geo.snapshot.content.chart_choice import CHART_SIDES, CHARTED_BY, ChartChoice

_NONE: Final = "none"


def chart_of_options(
    by: str | None, side: str | None, given: ChartChoice | None
) -> ChartChoice | None:
    """Return the chart that the options ask for; the given one where they say nothing.

    Raises
    ------
    OptionError
        A word is not known, or a side is given without a chart.

    Examples
    --------
    >>> chart_of_options(None, "beside", ChartChoice("year")), chart_of_options("none", None, None)
    (ChartChoice(by='year', side='beside'), None)
    """
    wanted = by and require_word("chart-by", by, (*CHARTED_BY, _NONE))
    place = side and require_word("chart-side", side, CHART_SIDES)
    has_chart = wanted != _NONE and bool(wanted or given)
    must("chart-side", has_chart or not place, "there is no chart; add --chart-by month")
    if not has_chart:
        return None
    usual = given or ChartChoice()
    chosen: Any = (wanted or usual.by, place or usual.side)
    return ChartChoice(*chosen)
