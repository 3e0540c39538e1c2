"""The recipe of a figure: everything needed to make the identical figure again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal, Self, get_args

from geo import limits
from geo.errors import RecipeError
from geo.snapshot.content.chart_choice import ChartChoice, read_chart_choice
from geo.snapshot.content.editorial.editorial import NO_EDITORIAL, Editorial
from geo.snapshot.content.event_choice import EventChoice
from geo.snapshot.content.recipe_parts import (
    RecipeKind,
    name_of_files,
    parsed_recipe,
    recipe_choice,
)
from geo.snapshot.content.sizes import DEFAULT_SIZE, SIZES
from geo.text import NOT_IN_OUTPUT
from geo.view import EVERYTHING, View

FORMAT: Final = 1
"""Version of the recipe file; raised when a recipe of an earlier release could be misread."""
Variant = Literal["colour", "grey", "dark"]
VARIANTS: Final[tuple[Variant, ...]] = get_args(Variant)
_KIND: Final = RecipeKind("incidentMapRecipe", FORMAT, "a recipe", "a snapshot")
_LONGEST: Final = {"title": limits.MAX_TITLE, "note": limits.MAX_NOTE, "since": limits.MAX_NOTE}
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_RECORD: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_PROFILE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Recipe:
    r"""Everything that determines a figure, apart from the data.

    The same recipe and the same data produce byte-identical SVG, HTML, CSV and GeoJSON files.

    Parameters
    ----------
    view
        Which records are shown, how they are drawn, and which part of the map.
    as_of
        The date of the figure, printed on it and part of its file name; the age of presence claims
        is counted to this day.
    title
        If empty, the title of the dossier is used.
    note
        A sentence or two from the briefer, printed as the briefer's note.
    since
        What has changed since an earlier figure, in one printed line.
    size, variant
        See :data:`geo.snapshot.content.sizes.SIZES`; ``grey`` prints well without colour.
    chart
        A chart of counts below the map or beside it; ``None`` for no chart.
    only_shown
        Whether the files of the figure hold only what it shows; the figure of such a recipe is
        made of the records in `made`.
    profile
        The readers it is for, by the name of their profile; empty: no field is hidden.
    editorial
        What the editor adds: texts, names, marks on the map, a logo, colours.
    events
        The imported events that it shows; ``None`` for records only.
    data
        SHA-256 of the dossier that the figure was made from, as 64 hexadecimal digits; empty if no
        figure has been made yet.
    ground
        SHA-256 of the country data (outlines and names) of the figure.
    made
        Id of each record shown, with a digest of its content, so that a later run can report what
        has changed.

    Examples
    --------
    Control characters are removed from the title, and a recipe survives being written and read:

    >>> recipe = Recipe(title="Claims\x07 in\nPanjshir", size="a4-portrait")
    >>> recipe.title, Recipe.from_json(recipe.to_json()) == recipe
    ('Claims in Panjshir', True)
    """

    view: View = EVERYTHING
    as_of: date | None = None
    title: str = ""
    note: str = ""
    since: str = ""
    size: str = DEFAULT_SIZE
    variant: Variant = "colour"
    chart: ChartChoice | None = None
    only_shown: bool = False
    profile: str = ""
    editorial: Editorial = NO_EDITORIAL
    events: EventChoice | None = None
    data: str = ""
    ground: str = ""
    made: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Remove control characters from the user's text and cut it to its greatest length."""
        for name, most in _LONGEST.items():
            tidy = clean if name == "note" else clean_line
            object.__setattr__(self, name, tidy(getattr(self, name))[:most].rstrip())

    def to_json(self) -> str:
        """The recipe as JSON text; the same recipe always gives the same text."""
        said = {
            _KIND.key: FORMAT,
            "title": self.title,
            "note": self.note,
            "since": self.since,
            "size": self.size,
            "variant": self.variant,
            "asOf": self.as_of.isoformat() if self.as_of else None,
            "view": self.view.to_recipe(),
            # Only where set, so that an older recipe keeps its text and the name of its files.
            **({"chart": self.chart.to_message()} if self.chart else {}),
            **({"onlyShown": True} if self.only_shown else {}),
            **({"profile": self.profile} if self.profile else {}),
            **({"editorial": self.editorial.to_plain()} if self.editorial else {}),
            **({"events": self.events.to_message()} if self.events else {}),
            "data": self.data,
            "ground": self.ground,
            "made": dict(sorted(self.made.items())),
        }
        return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes, name: str = "the recipe") -> Self:
        """Read a recipe from JSON; mistakes are reported, never guessed around.

        Raises
        ------
        RecipeError
            If the text is not a valid recipe; the message names `name` and what was expected.

        Examples
        --------
        >>> Recipe.from_json('{"incidentMapRecipe": 1, "size": "A5"}')
        Traceback (most recent call last):
        ...
        geo.errors.RecipeError: the recipe: size 'A5' is unknown; expected any of slide, \
half-slide, slide-4x3, square, a4-landscape, a4-portrait, letter-landscape, letter-portrait, \
full-width, half-width, web
        """
        given = parsed_recipe(text, name, _KIND)
        view, refusals = View.read_message(given.get("view"))
        if refusals:
            raise RecipeError(f"{name}: {refusals[0]}")
        return cls(
            view=view,
            as_of=_day(given.get("asOf"), name),
            title=_text(given, "title", name),
            note=_text(given, "note", name),
            since=_text(given, "since", name),
            size=recipe_choice(given, "size", SIZES, name, DEFAULT_SIZE),
            variant=recipe_choice(given, "variant", VARIANTS, name, "colour"),
            chart=read_chart_choice(given.get("chart"), name),
            only_shown=given.get("onlyShown") is True,
            profile=_profile(given, name),
            editorial=Editorial.from_plain(given.get("editorial"), f"{name}: editorial"),
            events=EventChoice.read(given.get("events"), name),
            data=_digest(given.get("data")),
            ground=_digest(given.get("ground")),
            made=_record_digests(given.get("made")),
        )

    @property
    def hash8(self) -> str:
        """Eight hexadecimal digits that change when the data or the recipe change."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:8]

    @property
    def is_reduced(self) -> bool:
        """Whether its files may hold only a part of the data."""
        return self.only_shown or bool(self.profile)

    def for_data(self, data: str, ground: str, made: Mapping[str, str]) -> Self:
        """The same recipe with the digests of the data that the figure is made from."""
        return replace(self, data=data, ground=ground, made=dict(made))


def file_name(recipe: Recipe, country_code3: str, title: str, size: str | None = None) -> str:
    """A file name without suffix in OCHA's style: ``AFG_<short-name>_<size>_<YYYYMMDD>_<hash8>``.

    Examples
    --------
    >>> recipe = Recipe(as_of=date(2026, 11, 21))
    >>> file_name(recipe, "AFG", "Attacks in Panjshir, 2022 (claimed)")[:46]
    'AFG_attacks-in-panjshir-2022-claimed_slide_202'
    >>> file_name(recipe, "AFG", "نقشه").split("_")[1]
    'map'
    """
    day, kind = recipe.as_of, size or recipe.size
    return name_of_files(country_code3, title, kind, day, recipe.hash8)


def clean(text: str) -> str:
    """The user's text without control characters and lone surrogates, which cannot be printed."""
    return NOT_IN_OUTPUT.sub("", text).strip()


def clean_line(text: str) -> str:
    """The same as :func:`clean`, on one line."""
    return " ".join(clean(text).split())


def _text(given: Mapping[str, Any], field_: str, name: str) -> str:
    value = given.get(field_) or ""
    if not isinstance(value, str):
        raise RecipeError(f"{name}: {field_} must be text, not {type(value).__name__}")
    return value


def _profile(given: Mapping[str, Any], name: str) -> str:
    value = _text(given, "profile", name)
    if value and not _PROFILE.fullmatch(value):
        raise RecipeError(f"{name}: profile {value!r} is not a valid name; expected one as public")
    return value


def _day(value: object, name: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise RecipeError(
            f"{name}: asOf {value!r} is not a valid date; expected one such as 2026-11-21"
        ) from error


def _digest(value: object) -> str:
    return value if isinstance(value, str) and _DIGEST.fullmatch(value) else ""


def _record_digests(value: object) -> dict[str, str]:
    given = value if isinstance(value, dict) else {}
    return {
        key: said
        for key, said in given.items()
        if _RECORD.fullmatch(key) and isinstance(said, str) and re.fullmatch(r"[0-9a-f]{8}", said)
    }
