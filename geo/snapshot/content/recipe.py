"""The recipe of a snapshot: what must be known to make the identical one again."""

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
from geo.snapshot.content.sizes import DEFAULT_SIZE, SIZES
from geo.text import NOT_IN_OUTPUT
from geo.view import EVERYTHING, View

FORMAT: Final = 1
"""Version of the recipe file; raised when a recipe of an earlier release could be misread."""
Variant = Literal["colour", "grey", "dark"]
VARIANTS: Final[tuple[Variant, ...]] = get_args(Variant)
_SHORT: Final = 40
"""Characters of the title in a file name, so that names stay readable in a list."""
_LONGEST: Final = {"title": limits.MAX_TITLE, "note": limits.MAX_NOTE, "since": limits.MAX_NOTE}
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_RECORD: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True, slots=True)
class Recipe:
    r"""Everything that decides how a snapshot looks, apart from the data themselves.

    The same recipe and the same data give the same SVG, HTML, CSV and GeoJSON to the byte.

    Parameters
    ----------
    view
        Which records, how they are drawn, and where the map looks.
    as_of
        The day of the snapshot: it stands on it and in its file name, and presence claims are as
        old as they were on that day.
    title
        Empty: the title of the dossier.
    note
        A sentence or two of whoever briefs, printed as theirs.
    since
        What has changed since an earlier snapshot, in a line; printed.
    size, variant
        See :data:`geo.snapshot.content.sizes.SIZES`; ``grey`` prints well without colour.
    data
        SHA-256 of the dossier that it was made from, as 64 hexadecimal digits; empty in a recipe
        that has not been made yet.
    ground
        SHA-256 of outlines and names that were beneath it.
    made
        What stood in it then: id of each record shown and the digest of what was said of it, so
        that a later run can say what has changed.

    Examples
    --------
    What no page can show is taken out of the title, and the text of a recipe reads back the same:

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
    data: str = ""
    ground: str = ""
    made: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Take out of the reader's words what no page can show."""
        for name, most in _LONGEST.items():
            tidy = clean if name == "note" else clean_line
            object.__setattr__(self, name, tidy(getattr(self, name))[:most].rstrip())

    def to_json(self) -> str:
        """The recipe as the text of its file; the same recipe gives the same text."""
        said = {
            "incidentMapRecipe": FORMAT,
            "title": self.title,
            "note": self.note,
            "since": self.since,
            "size": self.size,
            "variant": self.variant,
            "asOf": self.as_of.isoformat() if self.as_of else None,
            "view": self.view.to_message(),
            "data": self.data,
            "ground": self.ground,
            "made": dict(sorted(self.made.items())),
        }
        return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes, name: str = "the recipe") -> Self:
        """Read a recipe; what the reader typed wrong is said, not guessed.

        Raises
        ------
        RecipeError
            Naming `name` and what was expected.

        Examples
        --------
        >>> Recipe.from_json('{"incidentMapRecipe": 1, "size": "A5"}')
        Traceback (most recent call last):
        ...
        geo.errors.RecipeError: the recipe: size 'A5' is unknown; expected any of slide, \
half-slide, a4-landscape, a4-portrait, letter-landscape, letter-portrait, web
        """
        given = _parsed(text, name)
        view, refusals = View.read_message(given.get("view"))
        if refusals:
            raise RecipeError(f"{name}: {refusals[0]}")
        return cls(
            view=view,
            as_of=_day(given.get("asOf"), name),
            title=_text(given, "title", name),
            note=_text(given, "note", name),
            since=_text(given, "since", name),
            size=_choice(given, "size", SIZES, DEFAULT_SIZE, name),
            variant=_choice(given, "variant", VARIANTS, "colour", name),
            data=_digest(given.get("data")),
            ground=_digest(given.get("ground")),
            made=_record_digests(given.get("made")),
        )

    @property
    def hash8(self) -> str:
        """Eight hexadecimal digits that differ as soon as data or recipe do."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:8]

    def for_data(self, data: str, ground: str, made: Mapping[str, str]) -> Self:
        """The same recipe, stamped with the data that it is about to be made from."""
        return replace(self, data=data, ground=ground, made=dict(made))


def file_name(recipe: Recipe, country_code3: str, title: str, size: str | None = None) -> str:
    """A name without suffix by OCHA's habit: ``AFG_<short-name>_<size>_<YYYYMMDD>_<hash8>``.

    Examples
    --------
    >>> recipe = Recipe(as_of=date(2026, 11, 21))
    >>> file_name(recipe, "AFG", "Attacks in Panjshir, 2022 (claimed)")[:46]
    'AFG_attacks-in-panjshir-2022-claimed_slide_202'
    >>> file_name(recipe, "AFG", "نقشه").split("_")[1]
    'map'
    """
    words = re.findall(r"[a-z0-9]+", title.lower())
    kept = [word for at, word in enumerate(words) if len("-".join(words[: at + 1])) <= _SHORT]
    short = "-".join(kept) or "map"
    day = recipe.as_of.strftime("%Y%m%d") if recipe.as_of else "undated"
    return f"{country_code3}_{short}_{size or recipe.size}_{day}_{recipe.hash8}"


def clean(text: str) -> str:
    """Text of a reader without what no page can show: control characters and lone surrogates."""
    return NOT_IN_OUTPUT.sub("", text).strip()


def clean_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def _parsed(text: str | bytes, name: str) -> Mapping[str, Any]:
    if len(text) > (most := limits.MAX_RECIPE_BYTES):
        raise RecipeError(f"{name}: larger than {most:,} bytes; that is not a recipe")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecipeError(
            f"{name}: is not JSON; expected a recipe that a snapshot came with"
        ) from error
    if not isinstance(given, dict) or given.get("incidentMapRecipe") != FORMAT:
        raise RecipeError(f'{name}: is not a recipe; expected "incidentMapRecipe": {FORMAT} in it')
    return given


def _text(given: Mapping[str, Any], field_: str, name: str) -> str:
    value = given.get(field_) or ""
    if not isinstance(value, str):
        raise RecipeError(f"{name}: {field_} must be text, not {type(value).__name__}")
    return value


def _choice(given: Mapping[str, Any], field_: str, known: Any, usual: Any, name: str) -> Any:
    value = given.get(field_, usual)
    if not isinstance(value, str) or value not in known:
        choices = ", ".join(known)
        raise RecipeError(f"{name}: {field_} {value!r} is unknown; expected any of {choices}")
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
