"""Whether a figure has a chart of counts, by what, and where, as its recipe says it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from geo.errors import RecipeError

ChartedBy = Literal["month", "quarter", "year", "province", "group", "status"]
ChartSide = Literal["below", "beside"]
CHARTED_BY: Final[tuple[ChartedBy, ...]] = get_args(ChartedBy)
CHART_SIDES: Final[tuple[ChartSide, ...]] = get_args(ChartSide)


@dataclass(frozen=True, slots=True)
class ChartChoice:
    """A chart of the records that a figure shows.

    Parameters
    ----------
    by
        What its bars are.
    side
        Where it is: below the map or beside it.

    Examples
    --------
    A recipe with a chart, of which none is the same as leaving it out:

    >>> from geo.snapshot.content.recipe import Recipe
    >>> recipe = Recipe(chart=ChartChoice("province", "beside"))
    >>> Recipe.from_json(recipe.to_json()).chart
    ChartChoice(by='province', side='beside')
    >>> '"chart"' in Recipe(chart=None).to_json()
    False
    """

    by: ChartedBy = "month"
    side: ChartSide = "below"

    def to_message(self) -> dict[str, str]:
        """The choice as it is written in a recipe.

        Returns
        -------
        Its two values by name.
        """
        return {"by": self.by, "side": self.side}


def read_chart_choice(given: object, name: str) -> ChartChoice | None:
    """Read what a recipe says about its chart; ``None`` if it says nothing.

    Parameters
    ----------
    name
        Of the recipe, for messages.

    Raises
    ------
    RecipeError
        It is not the choice of a chart.

    Examples
    --------
    >>> read_chart_choice(None, "r.json"), read_chart_choice({"by": "year"}, "r.json")
    (None, ChartChoice(by='year', side='below'))
    >>> read_chart_choice({"by": "week"}, "r.json")
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: r.json: chart by 'week' is unknown; expected any of month, quarter, \
year, province, group, status
    """
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise RecipeError(f'{name}: chart must be an object such as {{"by": "month"}}')
    usual = ChartChoice()
    return ChartChoice(
        _word(given, "by", CHARTED_BY, usual.by, name),
        _word(given, "side", CHART_SIDES, usual.side, name),
    )


def _word(
    given: Mapping[Any, Any], field: str, known: Collection[str], usual: str, name: str
) -> Any:
    value = given.get(field, usual)
    if not isinstance(value, str) or value not in known:
        choices = ", ".join(known)
        raise RecipeError(f"{name}: chart {field} {value!r} is unknown; expected any of {choices}")
    return value
