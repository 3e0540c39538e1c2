"""No text that a user sees uses a wording that the vocabulary of the project replaces.

Read are the strings of the program (not its docstrings), the help of every command and option, the
strings of the browser's scripts, the README, the documentation and the notes of the data.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer.main

from geo.cli.main import app

ROOT = Path(__file__).resolve().parent.parent

REPLACED = {
    r"(?<!there )(?:is|are) no (?!longer\b|one\b|more\b|party\b)": "is not a valid",
    r"abroad": "outside the country",
    r"anew": "again",
    r"asked for": "filtered, requested",
    r"at hand": "current",
    r"beside the map": "not mapped",
    r"brief this": "create briefing",
    r"by whom it is against": "by target",
    r"certainly inside": "certain dates only",
    r"contested": "disputed",
    r"desks?": "tool",
    r"fold the|unfold(?:ed)?": "collapse, expand",
    r"grad(?:e|es|ed)": "source reliability",
    r"hand(?:s|ed|ing)? in": "upload",
    r"handed (?:on|over)": "reused, passed on",
    r"happenings?": "incident",
    r"heed(?:s|ed)?": "ignored",
    r"how (?:it looks|sure)": "appearance, verification status",
    r"(?<!safe )houses?": "architecture",
    r"judged|unjudged": "rated",
    r"known to (?:all of|an? (?:area|district|province|settlement|town)|within)": "precise to",
    r"left out": "rejected, excluded",
    r"let in": "access",
    r"lies (?:in|abroad|outside|beyond|within)": "is",
    r"lift this": "clear this",
    r"longer ago": "over … ago",
    r"ma(?:d|k)es? (?:it )?again": "recreate",
    r"mend(?:s|ed|ing)?": "fix",
    r"no (?:finding|place stated|sure place)": "no location given",
    r"one step on|own dates": "next period, custom range",
    r"perhaps the same": "possible duplicates",
    r"place known as": "location precision",
    r"plates?": "badge",
    r"put(?:s)? (?:it |them )?away": "remove",
    r"reported (?:by others|independently)": "reported by third parties, corroborated",
    r"said (?:differently|otherwise)": "revised",
    r"(?:party|who) (?:to it )?says so": "verification status, claimed by a party only",
    r"says who": "claimed by",
    r"shown to be false": "refuted",
    r"sight": "view",
    r"sound (?:record|version|data)|records? (?:is|are) sound": "valid",
    r"stands? (?:at|by|for|in|there)": "is",
    r"the dead": "fatalities",
    r"to paste": "citation and embed code",
    r"what it is": "record type",
    r"wish(?:es)?": "request",
    r"with a doubt|kept, with doubts?": "imported with warnings",
}
"""Wordings of the style guide's middle column, between word boundaries, and what to say instead."""

ALLOWED = {
    "cannot be judged": "the wording of NATO's STANAG 2511 for F and 6",
    "which can make text read differently from what it is": "not the name of a legend",
    "## What it is": "a heading of the README, not the name of a legend",
}
"""Phrases in which a replaced wording is right, and why."""

STILL_TO_REWRITE: tuple[str, ...] = ()
"""Files and commands whose texts are not rewritten yet, by the beginning of their names."""

PATTERN = re.compile(rf"\b(?:{'|'.join(REPLACED)})\b", re.IGNORECASE)
PERMITTED = re.compile("|".join(re.escape(phrase).replace("\\ ", r"\W{1,2}") for phrase in ALLOWED))
KEY = re.compile(r"[^A-Z\s]*|(?:im|is)-[\w -]*")
"""A key of a format, a name of a column or a list of CSS classes: not a text."""


def python_texts(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string of a module that is not a docstring."""
    tree = ast.parse(source)
    docs = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


SCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/|'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`",
    re.DOTALL,
)


def script_texts(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string of a script; what a template inserts is left out."""
    for found in SCRIPT.finditer(source):
        text = next((part for part in found.groups() if part is not None), None)
        if text is not None:
            yield source.count("\n", 0, found.start()) + 1, re.sub(r"\$\{[^{}]*\}", "…", text)


def help_texts(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """The help of a command and of its options, with where it is."""
    yield name, command.help or ""
    for param in command.params:
        yield f"{name} {param.name}", getattr(param, "help", None) or ""
    for key, sub in getattr(command, "commands", {}).items():
        yield from help_texts(sub, f"{name} {key}")


def replaced(text: str) -> list[str]:
    """The replaced wordings in a text, without those in permitted phrases."""
    return [found.group() for found in PATTERN.finditer(PERMITTED.sub("", text))]


def in_texts(texts: Iterator[tuple[int, str]]) -> list[str]:
    return [
        f"line {line}: {wording!r} in {text[:80]!r}"
        for line, text in texts
        if not KEY.fullmatch(text)
        for wording in replaced(text)
    ]


def prose(page: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each paragraph of a page, without code."""
    text = re.sub(
        r"^```.*?^ *```$|`[^`]*`",
        lambda found: "\n" * found.group().count("\n"),
        page.read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    for found in re.finditer(r"(?:.+\n?)+", text):
        yield text.count("\n", 0, found.start()) + 1, " ".join(found.group().split())


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def files(*patterns: str) -> list[Path]:
    found = sorted(file for pattern in patterns for file in ROOT.glob(pattern))
    return [file for file in found if not name_of(file).startswith(STILL_TO_REWRITE)]


@pytest.mark.slow
@pytest.mark.parametrize("file", files("geo/**/*.py", "streamlit_app.py"), ids=name_of)
def test_no_text_of_the_program_uses_a_replaced_wording(file: Path) -> None:
    assert in_texts(python_texts(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", files("geo/**/*.js"), ids=name_of)
def test_no_text_of_the_browser_uses_a_replaced_wording(file: Path) -> None:
    assert in_texts(script_texts(file.read_text(encoding="utf-8"))) == []


def test_no_help_of_a_command_uses_a_replaced_wording() -> None:
    found = [
        f"{where}: {wording!r}"
        for where, text in help_texts(typer.main.get_command(app), "incident-map")
        if not where.startswith(STILL_TO_REWRITE)
        for wording in replaced(text)
    ]
    assert found == []


@pytest.mark.parametrize("page", files("README.md", "docs/**/*.md", "data/*.md"), ids=name_of)
def test_no_page_uses_a_replaced_wording(page: Path) -> None:
    assert in_texts(prose(page)) == []


def test_a_replaced_wording_is_found_wherever_it_is() -> None:
    program = 'def f(x):\n    """Beside the map."""\n    return f"{x} records are sound" + "abroad"'
    assert in_texts(python_texts(program)) == [
        "line 3: 'records are sound' in ' records are sound'"
    ]
    script = "// who says so\nsay(`${n} abroad`, 'is-abroad', \"Who says so\");"
    assert in_texts(script_texts(script)) == [
        "line 2: 'abroad' in '… abroad'",
        "line 2: 'Who says so' in 'Who says so'",
    ]
    assert replaced("Not judged") == ["judged"]
    assert replaced("reliability cannot be judged") == []
