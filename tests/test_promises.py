"""SECURITY.md promises nothing without a test, and names no test that is not there."""

from __future__ import annotations

import ast
import re

from browsing import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"tests/(test_\w+\.py)::(test_\w+)", TEXT)


def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_is_there() -> None:
    assert len(NAMED) > 50
    missing = [f"{file}::{name}" for file, name in NAMED if name not in names_in(file)]
    assert missing == []


def test_every_promise_and_every_threat_names_its_test() -> None:
    promised = TEXT.partition("## What is promised")[2].partition("## What is not promised")[0]
    items = re.split(r"^\d+\. ", promised, flags=re.MULTILINE)[1:]
    assert len(items) == 13
    rows = [line for line in TEXT.splitlines() if re.match(r"\| T\d+ \|", line)]
    assert [row.split("|")[1].strip() for row in rows] == [f"T{n}" for n in range(1, 31)]
    for text in (*items, *rows):
        assert re.search(r"tests/test_\w+\.py::test_|does not apply: ", text), text


def test_the_limits_are_written_down_where_they_stand() -> None:
    text = (ROOT / "geo/limits.py").read_text(encoding="utf-8")
    names = re.findall(r"^(\w+): Final = ", text, flags=re.MULTILINE)
    assert len(names) == len(set(names)) > 30
    elsewhere = re.compile(r"^_?MAX_\w+(?:: \w+)? = [\d_]+$", re.MULTILINE)
    for file in ROOT.glob("geo/**/*.py"):
        if file.name not in {"limits.py", "document.py", "provinces.py"}:
            assert elsewhere.findall(file.read_text(encoding="utf-8")) == [], file
