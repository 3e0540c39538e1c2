"""The recipe of a series: the recipe of its figures, what varies, and the form of the whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Self, get_args

from geo import limits
from geo.errors import RecipeError
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.recipe_parts import (
    RecipeKind,
    name_of_files,
    parsed_recipe,
    recipe_choice,
)
from geo.view.parts import PART_STEPS, PartStep

_FORMAT: Final = 1
"""Version of the file; raised when a recipe of an earlier release could be misread."""
SeriesForm = Literal["multiples", "atlas", "pair", "time-lapse"]
SERIES_FORMS: Final[tuple[SeriesForm, ...]] = get_args(SeriesForm)
SERIES_FORMATS: Final[Mapping[SeriesForm, tuple[str, ...]]] = {
    "multiples": ("pdf", "png", "svg"),
    "atlas": ("pdf", "pptx"),
    "pair": ("pdf", "png", "svg"),
    "time-lapse": ("gif", "webp", "mp4"),
}
"""The formats of each form of a series, the usual one first."""
PERIODS: Final[frozenset[PartStep]] = frozenset({"month", "quarter", "year"})
_KIND: Final = RecipeKind("incidentMapSeries", _FORMAT, "the recipe of a series", "a series")


@dataclass(frozen=True, slots=True)
class SeriesRecipe:
    """Everything that determines a series, apart from the data.

    The same recipe and data give the same bytes, and of an MP4 the same frames.

    Parameters
    ----------
    recipe
        What all maps have in common: the whole View, title, size, variant and day. Of a pair, the
        View has a second period.
    form
        Many maps on a page, an atlas, a pair of periods, or a time-lapse.
    each
        What varies from map to map; of a pair, always the period.
    then
        What varies within each section of an atlas: its pages then have a map for each, instead of
        one. ``None``: one map.
    skip_empty
        Whether maps without any record are left out.
    seconds
        How long a frame of a time-lapse is shown.

    Examples
    --------
    A recipe survives being written and read, and what is not one is refused:

    >>> series = SeriesRecipe(Recipe(title="Claims"), "time-lapse", "month", seconds=1.5)
    >>> SeriesRecipe.from_json(series.to_json()) == series
    True
    >>> SeriesRecipe.from_json(series.to_json().replace("1.5", "0"))
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: the recipe: seconds 0 is not valid; expected 0.2 to 60
    """

    recipe: Recipe = field(default_factory=Recipe)
    form: SeriesForm = "multiples"
    each: PartStep = "month"
    then: PartStep | None = None
    skip_empty: bool = False
    seconds: float = 2.0

    def to_json(self) -> str:
        """The recipe as JSON text; the same recipe always gives the same text."""
        said = {
            _KIND.key: _FORMAT,
            "form": self.form,
            "each": self.each,
            "then": self.then,
            "skipEmpty": self.skip_empty,
            "seconds": self.seconds,
            "recipe": json.loads(self.recipe.to_json()),
        }
        return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes, name: str = "the recipe") -> Self:
        """Read a recipe from JSON; mistakes are reported, never guessed around.

        Raises
        ------
        RecipeError
            The text is not a valid recipe of a series; the message names `name`.
        """
        given = parsed_recipe(text, name, _KIND)
        then = given.get("then")
        return cls(
            recipe=Recipe.from_json(json.dumps(given.get("recipe")), f"{name}: its recipe"),
            form=recipe_choice(given, "form", SERIES_FORMS, name),
            each=recipe_choice(given, "each", PART_STEPS, name),
            then=None if then is None else recipe_choice(given, "then", PART_STEPS, name),
            skip_empty=given.get("skipEmpty") is True,
            seconds=_seconds(given.get("seconds"), name),
        )

    @property
    def hash8(self) -> str:
        """Eight hexadecimal digits that change when the data or the recipe change."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:8]

    @property
    def is_by_period(self) -> bool:
        """Whether the maps show one period after another."""
        return self.form == "pair" or self.each in PERIODS

    def with_recipe(self, recipe: Recipe) -> Self:
        """The same series of another recipe."""
        return replace(self, recipe=recipe)

    def file_name(self, country_code3: str, title: str) -> str:
        """File name without suffix, such as ``AFG_claims_multiples-month_20261121_<hash8>``."""
        kind = self.form if self.form == "pair" else f"{self.form}-{self.each}"
        return name_of_files(country_code3, title, kind, self.recipe.as_of, self.hash8)


def _seconds(value: object, name: str) -> float:
    least, most = limits.LEAST_FRAME_SECONDS, limits.MAX_FRAME_SECONDS
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not least <= float(value) <= most:  # type: ignore[arg-type] # a number
        raise RecipeError(f"{name}: seconds {value!r} is not valid; expected {least:g} to {most:g}")
    return float(value)  # type: ignore[arg-type] # a number
