"""Each kind of refusal has its own public error."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from geo import errors
from geo.briefing.batch import read_list
from geo.briefing.recreate import view_of
from geo.cli.option_words import must
from geo.errors import FigureListError, GeoError, OptionError, RecipeError, ViewError
from geo.snapshot.content.recipe import Recipe

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_no_refusal_is_raised_without_saying_of_which_kind_it_is() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "geo").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and ast.unparse(node.exc.func) in {"GeoError", "errors.GeoError"}
    ]
    assert bare == []


def test_every_error_of_the_package_is_a_refusal_with_a_sentence_on_what_it_is() -> None:
    kinds = [
        one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, Exception)
    ]
    assert len(kinds) >= 11
    for kind in kinds:
        assert issubclass(kind, GeoError)
        assert kind.__doc__
        assert kind.__name__ in (errors.__doc__ or "")


def test_options_lists_views_and_recipes_are_refused_by_errors_of_their_own() -> None:
    with pytest.raises(OptionError, match="--out"):
        must("out", False, "needs a folder")  # noqa: FBT003 - the condition that does not hold
    with pytest.raises(FigureListError, match=r"l\.csv"):
        read_list(b"", "l.csv", ["title"])
    with pytest.raises(ViewError, match=r"V\.json"):
        view_of(b"[]", "V.json")
    with pytest.raises(RecipeError, match=r"r\.json"):
        Recipe.from_json(b"{}", "r.json")
