"""Validation errors in plain words: what was found, what was expected, what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from geo import limits
from geo.records import (
    Assessment,
    Claim,
    Count,
    Dossier,
    Group,
    Incident,
    Presence,
    RolePeriod,
    Source,
    Statement,
    Where,
)
from geo.yaml_lines import Path

_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "sources": Source, "groups": Group, "assessments": Assessment, "incidents": Incident,
    "presence": Presence, "statements": Statement, "claims": Claim, "where": Where,
    "roles": RolePeriod, "killed": Count, "injured": Count, "killed_or_injured": Count,
}  # fmt: skip
_SHOWN_VALUE: Final = 60
_CLOSE: Final = 60.0


def say_faults(error: ValidationError, path: Path) -> Iterator[tuple[Path, str]]:
    """Path and sentence of each fault that pydantic found in the part at `path`.

    A list that ends up empty because its items are at fault is not reported a second time.
    """
    faults = [(tuple(fault["loc"]), dict(fault)) for fault in error.errors(include_url=False)]
    for place, fault in faults:
        inner = any(other != place and other[: len(place)] == place for other, _ in faults)
        if not (fault["type"] == "too_short" and inner):
            yield (*path, *place), _said(fault, (*path, *place))


def meant(value: object, known: Iterable[str]) -> str:
    """A question naming the one known word that `value` is close to, or nothing.

    Examples
    --------
    >>> meant("titel", ["title", "claims"])
    "; did you mean 'title'?"
    """
    asked = str(value)
    if len(asked) > limits.MAX_LINE:
        return ""
    close = process.extractOne(
        asked, islice(known, limits.MAX_MEANT), scorer=fuzz.ratio, score_cutoff=_CLOSE
    )
    return f"; did you mean {close[0]!r}?" if close else ""


def _said(fault: dict[str, Any], path: Path) -> str:  # noqa: C901, PLR0911 - a table of cases
    name, value = _field(path), fault.get("input")
    shown = repr(value) if len(repr(value)) <= _SHOWN_VALUE else repr(value)[:_SHOWN_VALUE] + "…"
    context = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return f"the field {name!r} is missing"
        case "extra_forbidden":
            return f"the field {name!r} is not known{meant(name, _model(path).model_fields)}"
        case "literal_error":
            choices = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            return f"{name} {shown} is not one of {context['expected']}{meant(value, choices)}"
        case "string_type":
            return f"{name} is {shown}, expected text; put it in quotes if it is meant as text"
        case "string_too_short" if value == "":
            return f"{name} is empty; leave the field out if there is nothing to say"
        case "string_too_short" | "string_too_long":
            least = fault["type"] == "string_too_short"
            bound = context["min_length" if least else "max_length"]
            return f"{name} has {len(str(value))} characters, {_bound(bound, least=least)}"
        case "string_pattern_mismatch":
            return _mismatch(name, shown, value)
        case "value_error":
            return f"{name} {context['error']}" if name else str(context["error"])
        case "model_type" | "dict_type":
            return f"expected a mapping of fields here, found {shown}"
        case "too_short":
            return f"{name} is empty; a record needs at least one claim, each with its source"
        case "tuple_type":
            return f"{name} is {shown}, expected a list: [a, b] or one '- item' a line"
        case _:
            said = str(fault["msg"])
            return f"{name} is {shown}: {said[:1].lower()}{said[1:]}"


def _mismatch(name: str, shown: str, value: object) -> str:
    if name == "id" and len(str(value)) < 3:  # noqa: PLR2004 - shortest id
        count = len(str(value))
        return f"id {shown} has {count} character{'s'[: count != 1]}, expected at least 3"
    expected = {
        "url": "an address that begins with http:// or https://",
        "archive_url": "an address that begins with http:// or https://",
        "letter": "one letter or digit",
    }.get(name, "lower-case letters, digits and hyphens")
    return f"{name} {shown} is not valid, expected {expected}"


def _bound(bound: int, *, least: bool) -> str:
    return f"expected at least {bound}" if least else f"at most {bound} are allowed"


def _field(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _model(path: Path) -> type[BaseModel]:
    holders = [part for part in path[:-1] if isinstance(part, str) and part in _MODELS]
    return _MODELS[holders[-1]] if holders else Dossier
