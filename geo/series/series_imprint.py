"""The imprint of a series: what each of its files carries so that it is recognised and checked.

It holds the recipe of the series, how the file was drawn, and what the imprint of a figure with all
its maps would hold: title, question, record count, and a digest and the status of each record. It
is not a signature: whoever can change a file can also change its imprint.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal, Self, get_args

from geo.dossier.intake import Reading
from geo.errors import RecipeError
from geo.series.contents import SeriesContents
from geo.series.series_recipe import SeriesRecipe
from geo.snapshot.content.composing import record_digests
from geo.snapshot.content.content import Content
from geo.snapshot.content.imprint import DrawnForm, Imprint, imprint_of
from geo.snapshot.content.recipe import Recipe

SeriesFileForm = Literal["pdf", "png", "svg", "pptx", "gif", "webp", "mp4", "still"]
_FORMS: Final = get_args(SeriesFileForm)
_MOST_PAGES: Final = 10_000
"""Greatest number of a page: more than any series has."""
_MOST_DPI: Final = 600
"""Most dots per inch of a PNG, as of the option ``--dpi``."""


@dataclass(frozen=True, slots=True)
class SeriesFile:
    """How a file of a series was drawn, so that it can be drawn again.

    Parameters
    ----------
    form
        The format; ``still`` for the PDF that a time-lapse comes with.
    page
        Number of the page of a PNG or SVG, from 1; otherwise 0.
    dpi
        Dots per inch of a PNG; otherwise 0.
    """

    form: SeriesFileForm
    page: int = 0
    dpi: int = 0


@dataclass(frozen=True, slots=True)
class SeriesImprint:
    """What a file of a series carries.

    Parameters
    ----------
    series
        With the digests of the data that it was made from.
    drawn
        How the file was drawn.
    figure
        What a figure with all maps would carry, with a digest of every record that is printed: also
        of those that are in the notes only.

    Examples
    --------
    >>> series = SeriesRecipe(Recipe(title="Claims"), "atlas")
    >>> imprint = SeriesImprint(series, SeriesFile("pdf"), Imprint(Recipe(), DrawnForm("pdf")))
    >>> SeriesImprint.from_json(imprint.to_json(), "a.pdf").series == series
    True
    >>> SeriesImprint.from_json(b"[]", "a.pdf")
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: a.pdf: the recipe in it is damaged
    """

    series: SeriesRecipe
    drawn: SeriesFile
    figure: Imprint

    def to_json(self) -> str:
        """The imprint as JSON text; the same imprint always gives the same text."""
        # The recipe is that of the series; only the digests of its records are others.
        made = replace(self.figure, recipe=Recipe(made=self.figure.recipe.made))
        said = {
            "series": json.loads(self.series.to_json()),
            "drawn": asdict(self.drawn),
            "figure": made.to_plain(),
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: bytes, name: str) -> Self:
        """Read an imprint; of what others may have changed, only what is valid is taken.

        Raises
        ------
        RecipeError
            It is damaged, or its recipe is not valid.
        """
        try:
            given = json.loads(text)
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict) or not isinstance(figure := given.get("figure"), dict):
            raise RecipeError(f"{name}: the recipe in it is damaged")
        series = SeriesRecipe.from_json(json.dumps(given.get("series")), f"{name}: its recipe")
        found = Imprint.from_plain(figure, name)
        whole = replace(series.recipe, made=found.recipe.made)
        return cls(series, _drawn(given.get("drawn"), name), replace(found, recipe=whole))


def imprint_of_series(contents: SeriesContents, reading: Reading) -> Imprint:
    """Return what a figure with all maps of a series would carry.

    Parameters
    ----------
    reading
        Of the data that the contents are composed from.
    """
    whole = content_of_series(contents)
    found = imprint_of(whole, contents.series.recipe)
    recipe = replace(found.recipe, made=record_digests(reading, found.records))
    return replace(found, recipe=recipe, drawn=DrawnForm("pdf"))


def content_of_series(contents: SeriesContents) -> Content:
    """Return the content of the whole series with the marks of all its maps."""
    return replace(
        contents.whole,
        spots=tuple(spot for panel in contents.panels for spot in panel.content.spots),
        badges=tuple(badge for panel in contents.panels for badge in panel.content.badges),
    )


def _drawn(given: object, name: str) -> SeriesFile:
    values: Mapping[str, Any] = given if isinstance(given, dict) else {}
    if values.get("form") not in _FORMS:
        raise RecipeError(f"{name}: the recipe in it does not say how the file was drawn")
    page, dpi = (_number(values.get(key)) for key in ("page", "dpi"))
    return SeriesFile(values["form"], min(page, _MOST_PAGES), min(dpi, _MOST_DPI))


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return max(0, value)
