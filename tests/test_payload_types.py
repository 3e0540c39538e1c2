"""The types by which the scripts are checked are those of what the program hands to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import events as made
import pytest

from geo.view import EVERYTHING, View
from geo.view.question import Viewport
from geo.webmap.model import document_model, model_json
from geo.workspace import Workspace

ROOT = Path(__file__).parent.parent
TYPES = ROOT / "geo/webmap/js/core/types.d.ts"
FRAME = ROOT / "geo/app/frame_document.js"
INTERFACE = re.compile(
    r"^export interface (\w+)(?: extends ([^{\n]+?))? \{\n(.*?)\n\}$", re.MULTILINE | re.DOTALL
)
ALIAS = re.compile(r"^export type (\w+) = ([^;]+);", re.MULTILINE)
ACTORS = ("Taliban", "NRF: National Resistance Front", "Unidentified Armed Group (Afghanistan)")
PLAIN = {"string": str, "boolean": bool, "number": (int, float), "null": type(None)}


@cache
def declared() -> tuple[dict[str, tuple[str, dict[str, str]]], dict[str, str]]:
    """Interfaces (what they extend, and the type of each field) and other names of types.

    An interface on one line is read as well; a field that may be missing ends in ``?``.
    """
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", TYPES.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"^(export interface [^{]*\{)(.+)\}$", r"\1\n\2;\n}", text, flags=re.MULTILINE)
    found = {}
    for name, base, body in INTERFACE.findall(text):
        flat = body.replace("\n", " ")
        fields = {field + optional: kind for field, optional, kind in split(flat)}
        found[name] = (base, fields)
    return found, dict(ALIAS.findall(text))


def split(body: str) -> Iterator[tuple[str, str, str]]:
    """The fields of an interface; braces within a type hold fields of their own."""
    part, depth = "", 0
    for sign in body + ";":
        depth += (sign in "{[(") - (sign in "}])")
        if sign == ";" and depth == 0:
            if found := re.fullmatch(r"\s*(\w+)(\??): (.+?)\s*", part, re.DOTALL):
                yield found[1], found[2], found[3]
            part = ""
        else:
            part += sign


def fields_of(name: str) -> dict[str, str]:
    base, own = declared()[0][name]
    return (fields_of(base) if base else {}) | own


def parts(text: str, sign: str) -> list[str]:
    found, part, depth = [], "", 0
    for one in text:
        depth += (one in "{[(<") - (one in "}])>")
        if one == sign and depth == 0:
            found.append(part.strip())
            part = ""
        else:
            part += one
    return [*found, part.strip()]


def faults(value: Any, kind: str, where: str) -> Iterator[str]:  # noqa: C901, PLR0912 - a table of cases
    """Where a value of JSON is not of a type as TypeScript writes it."""
    choices = [one for one in parts(kind, "|") if one]
    if len(choices) > 1:
        each = [list(faults(value, one, where)) for one in choices]
        if all(each):
            yield f"{where}: {json.dumps(value)[:60]} is none of {kind}"
    elif kind.startswith("(") and kind.endswith(")"):
        yield from faults(value, kind[1:-1], where)
    elif kind in PLAIN or kind.startswith("'"):
        fits = isinstance(value, PLAIN[kind]) if kind in PLAIN else value == kind.strip("'")
        if not fits or (kind == "number" and isinstance(value, bool)):
            yield f"{where}: {json.dumps(value)[:60]} is no {kind}"
    elif kind == "any":
        return
    elif kind.endswith("[]"):
        yield from _listed(value, kind[:-2], where)
    elif kind.startswith("["):
        own = [one.rpartition(": ")[2] for one in parts(kind[1:-1], ",")]
        if not isinstance(value, list) or len(value) != len(own):
            yield f"{where}: {json.dumps(value)[:60]} is no {kind}"
        else:
            for at, (one, of) in enumerate(zip(value, own, strict=True)):
                yield from faults(one, of, f"{where}[{at}]")
    elif kind.startswith("{"):
        yield from _held(value, {a + b: c for a, b, c in split(kind[1:-1])}, where)
    elif kind.startswith("Record<"):
        keys, of = parts(kind[7:-1], ",")
        for name, one in value.items():
            yield from faults(name, keys, f"{where}.{name}")
            yield from faults(one, of, f"{where}.{name}")
    elif kind in declared()[0]:
        yield from _held(value, fields_of(kind), where)
    else:
        yield from faults(value, declared()[1][kind].replace("\n", " "), where)


def _listed(value: Any, kind: str, where: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where}: {json.dumps(value)[:60]} is no list"
        return
    for at, one in enumerate(value):
        yield from faults(one, kind, f"{where}[{at}]")


def _held(value: Any, fields: dict[str, str], where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: {json.dumps(value)[:60]} is no object"
        return
    names = {name.removesuffix("?"): name for name in fields}
    for name in value.keys() - names.keys():
        yield f"{where}.{name}: no type names it"
    for name, full in names.items():
        if name in value:
            yield from faults(value[name], fields[full], f"{where}.{name}")
        elif not full.endswith("?"):
            yield f"{where}.{name}: missing"


@pytest.fixture(scope="module")
def payload(own: Workspace, data_folder: Path) -> dict[str, Any]:
    """What travels, with events and with ages."""
    rows = [made.acled(event_id_cnty=f"E{at}", actor1=actor) for at, actor in enumerate(ACTORS)]
    table = made.read_acled(own.country, data_folder, *rows).events
    model = document_model(own, as_of=date(2025, 6, 1), events=table)
    read: dict[str, Any] = json.loads(model_json(model))
    return read


def test_the_payload_is_what_the_scripts_take_it_for(payload: dict[str, Any]) -> None:
    assert list(faults(payload, "Payload", "payload")) == []


def test_every_view_is_what_the_scripts_take_it_for() -> None:
    full = View(
        off=("nrf",), first=date(2024, 1, 1), last=date(2024, 2, 1), kinds=("incident",),
        deaths=3, compare=(date(2023, 1, 1), date(2023, 2, 1)), chosen="a", province="AF-KAB",
        viewport=Viewport(34.5, 69.1, 7), mode="provinces", grade="B", credibility=2,
    )  # fmt: skip
    for view in (EVERYTHING, full):
        assert list(faults(json.loads(json.dumps(view.to_message())), "MadeView", "view")) == []


def test_a_type_that_does_not_fit_is_found() -> None:
    found = list(faults({"lat": "34", "lon": 1, "height": 2}, "Viewport", "at"))
    assert sorted(found) == [
        "at.height: no type names it",
        'at.lat: "34" is no number',
        "at.zoom: missing",
    ]  # fmt: skip


def test_the_frame_of_the_app_knows_the_fields_of_a_view() -> None:
    text = FRAME.read_text(encoding="utf-8")
    typed = re.search(r"@typedef \{\{(off\?:.*?)\}\} View", text, re.DOTALL)
    table = re.search(r"const fieldsIn = [^\n]*\{\n(.*?)\n\}\);", text, re.DOTALL)
    assert typed
    assert table
    # Where a theme comes from, it is the frame that says it.
    fields = {*EVERYTHING.to_message(), "theme"}
    assert set(fields_of("View")) == fields
    assert set(re.findall(r"(\w+)\?:", typed[1])) == fields
    assert set(re.findall(r"^  (\w+):", table[1], re.MULTILINE)) == fields
