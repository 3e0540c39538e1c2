"""Validation errors in plain language: what was found, expected and probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from geo import limits
from geo.dossier.records import (
    Approval,
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
from geo.dossier.yaml_lines import YamlPath

_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "sources": Source, "groups": Group, "assessments": Assessment, "incidents": Incident,
    "presence": Presence, "statements": Statement, "claims": Claim, "where": Where,
    "roles": RolePeriod, "killed": Count, "injured": Count, "killed_or_injured": Count,
    "approved": Approval,
}  # fmt: skip
_SHOWN_VALUE: Final = 60
"""Most characters of a value that a message repeats, which keeps it to one line."""
_CLOSE: Final = 60.0
"""Least similarity, of 100 (rapidfuzz ``ratio``), of a word that is suggested: below it a
suggestion would more often mislead than help."""


def say_faults(error: ValidationError, path: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    """Path and sentence of each error that pydantic found in the part at `path`.

    A list that is empty only because its items are invalid is not reported again, and all missing
    fields of one part are one problem.
    """
    faults = [(tuple(fault["loc"]), dict(fault)) for fault in error.errors(include_url=False)]
    missing: dict[YamlPath, list[str]] = {}
    for place, fault in faults:
        if fault["type"] == "missing":
            missing.setdefault(place[:-1], []).append(repr(place[-1]))
    for holder, names in missing.items():
        are = "is" if len(names) == 1 else "are"
        sentence = f"the field{'s'[: len(names) != 1]} {_listed(names)} {are} missing"
        yield (*path, *holder, names[0].strip("'")), sentence
    for place, fault in faults:
        if fault["type"] == "missing":
            continue
        inner = any(other != place and other[: len(place)] == place for other, _ in faults)
        if not (fault["type"] == "too_short" and inner):
            yield (*path, *place), _sentence(fault, (*path, *place))


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def meant(value: object, known: Iterable[str]) -> str:
    """A question that suggests the known word most similar to `value`, or nothing.

    Examples
    --------
    >>> meant("titel", ["title", "claims"])
    "; did you mean 'title'?"
    """
    word = str(value)
    if len(word) > limits.MAX_LINE:
        return ""
    close = process.extractOne(
        word, islice(known, limits.MAX_MEANT), scorer=fuzz.ratio, score_cutoff=_CLOSE
    )
    return f"; did you mean {close[0]!r}?" if close else ""


def shown(value: object) -> str:
    """A value as it is in the file, shortened if it is long.

    Examples
    --------
    >>> shown("two"), shown(True), shown(None), shown(["a"]), shown({"a": 1})
    ("'two'", 'true', 'empty', 'a list', 'a mapping of fields')
    """
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping of fields"
    text = repr(value)
    return text if len(text) <= _SHOWN_VALUE else text[:_SHOWN_VALUE] + "…"


def _sentence(fault: dict[str, Any], path: YamlPath) -> str:  # noqa: C901, PLR0911, PLR0912 - a table of cases
    name, value = _field(path), fault.get("input")
    context = fault.get("ctx", {})
    match fault["type"]:
        case "extra_forbidden":
            return f"the field {name!r} is not known{meant(name, _model(path).model_fields)}"
        case "literal_error":
            return _literal(name, value, str(context["expected"]))
        case "value_error":
            return f"{name} {context['error']}" if name else str(context["error"])
        case "model_type" | "dict_type" | "mapping_type" | "model_attributes_type":
            if name in _FIGURES:
                return f"{name} is {shown(value)}, {_number_of_people(value)}"
            return f"expected a mapping of fields here, found {shown(value)}"
        case "string_too_short" if value == "":
            return f"{name} is empty; leave the field out if there is nothing to say"
        case "string_too_short" | "string_too_long":
            least = fault["type"] == "string_too_short"
            bound = context["min_length" if least else "max_length"]
            return f"{name} has {len(str(value))} characters, {_bound(bound, least=least)}"
        case "string_pattern_mismatch":
            return _mismatch(name, shown(value), value)
        case "too_long":
            count, most = context["actual_length"], context["max_length"]
            found = "more" if count is None else f"{count:,}"
            return f"{name} has {found} entries; at most {most:,} are read: split the record"
        case "too_short":
            return f"{name} is empty; a record needs at least one claim, each with its source"
        case _ if value is None:
            return f"{name} is empty; give it a value, or leave the field out"
        case "string_type":
            return f"{name} is {shown(value)}, {_text(value)}"
        case "bool_type":
            return f"{name} is {shown(value)}, expected true or false, without quotes"
        case "tuple_type":
            said = value if isinstance(value, str) and _WORD.fullmatch(value) else "a, b"
            return f"{name} is {shown(value)}, expected a list: [{said}] or one '- item' a line"
        case "is_instance_of" | "dataclass_type" | "dataclass_exact_type":
            return (
                f"{name} is {shown(value)}, expected a date such as 2022-05-24, in quotes or plain"
            )
        case kind if kind.startswith(("int", "float", "finite", "greater", "less")):
            return f"{name} is {shown(value)}, {_number(kind, context, name)}"
        case _:
            return f"{name} is {shown(value)}, which cannot be used here"


def _literal(name: str, value: object, expected: str) -> str:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    if not isinstance(value, str):
        return f"{name} is {shown(value)}, expected one of {expected}"
    bare = value.strip(_QUOTES).casefold().replace(" ", "_").replace("-", "_")
    by_case = {choice.casefold().replace(" ", "_"): choice for choice in choices}
    known = _ALSO_CALLED.get(name, {})
    same = by_case.get(bare) or known.get(bare) or known.get(bare.removesuffix("s"))
    hint = f"; did you mean {same!r}?" if same else meant(value, choices)
    return f"{name} {shown(value)} is not one of {expected}{hint}"


def _text(value: object) -> str:
    match value:
        case list() | tuple() | dict():
            return "expected text on one line or after '>-'; if it has a colon, put it in quotes"
        case _:
            return f'expected text; put it in quotes if it is meant as text: "{_bare(value)}"'


def _bare(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)[:_SHOWN_VALUE]


def _number_of_people(value: object) -> str:
    """How to write a number of people, with a suggestion where one can be inferred."""
    expected = "expected a number such as 8, or low, best and high"
    text = str(value).strip(_QUOTES).casefold() if isinstance(value, str | float) else ""
    if text in _NUMBERS:
        return f"{expected}; did you mean {_NUMBERS.index(text)}?"
    if text.removesuffix(".0").isdecimal():
        return f"{expected}; did you mean {int(text.removesuffix('.0'))}, without quotes or point?"
    if match := _RANGE.fullmatch(text):
        low, high = int(match[1]), int(match[2])
        return f"{expected}; did you mean {{low: {low}, high: {high}}}?"
    if match := _OPEN.fullmatch(text):
        end = "high" if match[1] and match[1].startswith(("<", "at most", "up to")) else "low"
        return f"{expected}; did you mean {{{end}: {int(match[2])}, said: {value}}}?"
    if match := _ROUGHLY.fullmatch(text):
        return f"{expected}; did you mean {{best: {int(match[1])}, said: {value}}}?"
    return f"{expected}; leave it out if no number is stated"


def _number(kind: str, context: Mapping[str, Any], name: str) -> str:
    bounds = (
        ("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than"),
    )  # fmt: skip
    for key, words in bounds:
        if key in context:
            return f"expected a number of {words} {context[key]}"
    what = "whole number" if kind.startswith("int") else "number"
    return f"expected a {what}{_IN.get(name, '')}, without quotes"


_QUOTES: Final = " \"'“”„‘’«»"
_WORD = re.compile(r"[a-z0-9-]{1,64}")
_RANGE = re.compile(r"(\d{1,7}) *(?:-|–|to) *(\d{1,7})")
_OPEN = re.compile(
    r"(?:(>=?|<=?|at least|more than|over|at most|up to|less than) *)?(\d{1,7}) *\+?"
)
_ROUGHLY = re.compile(r"(?:about|around|some|circa|ca\.?|~) *(\d{1,7})")
_NUMBERS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_FIGURES: Final = frozenset({"killed", "injured", "killed_or_injured"})
_IN: Final = {"lat": " of degrees", "lon": " of degrees", "near_m": " of metres",
              "uncertainty_m": " of metres"}  # fmt: skip
# Common words for a term of the dossier, where they can only mean that one term.
_ALSO_CALLED: Final[Mapping[str, Mapping[str, str]]] = {
    "role": {
        **dict.fromkeys(("press", "newspaper", "journalist", "article", "broadcaster"), "media"),
        **dict.fromkeys(("government", "official", "ministry"), "state"),
        **dict.fromkeys(("perpetrator", "attacker", "claimant"), "acting_party"),
        **dict.fromkeys(("victim", "target", "enemy"), "opposing_party"),
        **dict.fromkeys(("resident", "eyewitness", "local"), "witness"),
        "united_nation": "un", "charity": "ngo",
    },
    "kind": {
        **dict.fromkeys(("city", "town", "village", "hamlet"), "settlement"),
        **dict.fromkeys(("building", "base", "address"), "site"),
        "nation": "country", "state": "province",
    },
    "says": {
        **dict.fromkeys(("claim", "claims", "claimed"), "responsibility"),
        **dict.fromkeys(("denies", "denied", "deny"), "denial"),
        **dict.fromkeys(("acknowledges", "admits", "admitted", "admission"), "acknowledgement"),
        **dict.fromkeys(("reports", "report", "reported", "happened"), "occurrence"),
        **dict.fromkeys(("deaths", "killed", "figures"), "casualties"),
    },
}  # fmt: skip


def _mismatch(name: str, written: str, value: object) -> str:
    if name == "id" and len(str(value)) < 3:  # noqa: PLR2004 - shortest id
        count = len(str(value))
        return f"id {written} has {count} character{'s'[: count != 1]}, expected at least 3"
    if isinstance(value, str) and value.strip(_QUOTES) != value:
        return f"{name} {written} is not valid: it contains quotes or spaces; remove them"
    expected = {
        "url": "an address that begins with http:// or https://",
        "archive_url": "an address that begins with http:// or https://",
        "letter": "one letter or digit",
    }.get(name, "lower-case letters, digits and hyphens")
    if not isinstance(value, str):
        return f"{name} is {written}, expected {expected}"
    return f"{name} {written} is not valid, expected {expected}"


def _bound(bound: int, *, least: bool) -> str:
    return f"expected at least {bound}" if least else f"at most {bound} are allowed"


def _field(path: YamlPath) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _model(path: YamlPath) -> type[BaseModel]:
    holders = [part for part in path[:-1] if isinstance(part, str) and part in _MODELS]
    return _MODELS[holders[-1]] if holders else Dossier
