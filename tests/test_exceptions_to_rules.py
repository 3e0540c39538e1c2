"""Whoever sets aside a rule of a checker says why in the same line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    file for folder in ("geo", "tools", "benchmarks") for file in (ROOT / folder).rglob("*.py")
)
SET_ASIDE = re.compile(r"# (?:noqa|type: ignore|pragma|fmt: off)\b.*")
WITH_REASON = re.compile(r"# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)* - |type: ignore\[[a-z-]+\] # )\S")


@pytest.mark.parametrize("source", SOURCES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_a_rule_is_set_aside_with_its_reason(source):
    found = SET_ASIDE.findall(source.read_text())
    assert [said for said in found if not WITH_REASON.match(said)] == []


def test_rules_that_are_set_aside_for_whole_files_bear_their_reason():
    text = (ROOT / "pyproject.toml").read_text()
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    ignored = [
        *lint["ignore"],
        *(rule for some in lint["per-file-ignores"].values() for rule in some),
    ]
    with_reason = Counter(re.findall(r'^    "([A-Z]+\d*)", # \S', text, flags=re.MULTILINE))
    assert with_reason == Counter(ignored)
