"""What recipes of figures and of series have in common: reading their JSON, naming their files."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from geo import limits
from geo.errors import RecipeError

_SHORT: Final = 40
"""Most characters of the title in a file name, so that names stay readable in a list."""


class _Words(Container[str], Iterable[str], Protocol):
    """Words that can be looked up and listed, such as a mapping or a tuple of them."""


@dataclass(frozen=True, slots=True)
class RecipeKind:
    """A kind of recipe, and how messages name it.

    Parameters
    ----------
    key
        The entry by which its file is recognised; its value is the version of the file.
    version
        Raised when a recipe of an earlier release could be misread.
    noun
        What it is: ``a recipe``.
    comes_with
        What its file comes with: ``a snapshot``.
    """

    key: str
    version: int
    noun: str
    comes_with: str


def parsed_recipe(text: str | bytes, name: str, kind: RecipeKind) -> Mapping[str, Any]:
    """Return the entries of a recipe of this kind.

    Returns
    -------
    Values of JSON by the names of their entries, not yet looked at.

    Raises
    ------
    RecipeError
        The text is larger than the limit, not JSON, or a recipe of another kind or version.

    Examples
    --------
    >>> parsed_recipe("{}", "a.json", RecipeKind("incidentMapRecipe", 1, "a recipe", "a snapshot"))
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: a.json: is not a recipe; expected "incidentMapRecipe": 1 in it
    """
    if len(text) > (most := limits.MAX_RECIPE_BYTES):
        raise RecipeError(f"{name}: larger than {most:,} bytes; that is not a recipe")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecipeError(
            f"{name}: is not JSON; expected a recipe that {kind.comes_with} came with"
        ) from error
    if not isinstance(given, dict) or given.get(kind.key) != kind.version:
        raise RecipeError(
            f'{name}: is not {kind.noun}; expected "{kind.key}": {kind.version} in it'
        )
    return given


def recipe_choice(
    given: Mapping[str, Any], key: str, known: _Words, name: str, usual: str = ""
) -> Any:
    """Return an entry of a recipe that is one of some words.

    Parameters
    ----------
    usual
        The word where there is no such entry; empty if there has to be one.

    Raises
    ------
    RecipeError
        It is none of them.

    Examples
    --------
    >>> recipe_choice({"size": ["A5"]}, "size", ("A4",), "a.json", "A4")
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: a.json: size ['A5'] is unknown; expected any of A4
    """
    value = given.get(key, usual or None)
    if not isinstance(value, str) or value not in known:
        raise RecipeError(f"{name}: {key} {value!r} is unknown; expected any of {', '.join(known)}")
    return value


def name_of_files(code: str, title: str, kind: str, day: date | None, hash8: str) -> str:
    """Return a file name without suffix in OCHA's style, of a figure or of a series.

    Parameters
    ----------
    code
        Of the country: ISO 3166-1, three letters.
    title
        Of which the first words in Latin letters are kept.
    kind
        The size of a figure, or the form of a series.

    Examples
    --------
    >>> name_of_files("AFG", "Attacks in Panjshir, 2022: claimed", "slide", None, "0" * 8)
    'AFG_attacks-in-panjshir-2022-claimed_slide_undated_00000000'
    >>> name_of_files("AFG", "نقشه", "web", date(2026, 11, 21), "0" * 8)
    'AFG_map_web_20261121_00000000'
    """
    words = re.findall(r"[a-z0-9]+", title.lower())
    kept = [word for at, word in enumerate(words) if len("-".join(words[: at + 1])) <= _SHORT]
    stamp = day.strftime("%Y%m%d") if day else "undated"
    return f"{code}_{'-'.join(kept) or 'map'}_{kind}_{stamp}_{hash8}"
