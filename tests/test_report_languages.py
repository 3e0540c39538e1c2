"""The rules and word lists of reading dates are data, so that other languages can follow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import geo.reports
from geo.reports.date_patterns import DateKind
from geo.reports.wordlists import word_lists
from geo.written.date_parts import Open

MODULES = (
    "beside_dates", "date_counts", "date_frames", "date_mentions", "date_patterns", "date_spans",
    "datelines", "dates_before", "event_days", "head_dates", "relative_dates", "relative_months",
    "round_ups", "settled_dates", "stated_dates",
)  # fmt: skip
FOLDER = Path(geo.reports.__file__).parent
TECHNICAL = {
    # Files of words and their parts, kinds of mentions, bases of dates, names of groups, a type.
    "dates", "numbers", "date_patterns", "patterns", "pieces", "single", "written", "rows", "tens",
    "date", "publication", "sep", "opening", "of", "agency", "later", "dash", "place", "year",
    "month", "says", "DateKind",
}  # fmt: skip


def names() -> set[str]:
    """What the code may name: kinds of dates, lists of words, and what can be open."""
    lists = word_lists("dates"), word_lists("date_patterns")["single"]
    pieces = {"months", "whole_months", "month_names", "month_word", "hijri_months", "weekdays"}
    pieces |= {"any_weekday", "seasons", "number_words"}
    keys = {key for each in lists for key in each}
    return {*get_args(DateKind), *get_args(Open), *keys, *TECHNICAL, *pieces}


def constants(module: str) -> Iterator[str]:
    """The strings of a module without its docstrings and what is asked in sentences."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    documented = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_sentence = re.fullmatch(r"[A-Z].*[.?]", node.value) and " " in node.value
            if id(node) not in documented and not is_sentence:
                yield node.value


def words_of(text: str) -> list[str]:
    """The words of a string, which may be a pattern: its escapes and groups are none."""
    plain = re.sub(r"\\g<\w+>|\(\?P[<=]\w+|\(\w+=|\\[A-Za-z]|\[[^\]]*\]|\(\?[a-z]+", " ", text)
    return re.findall(r"[^\W\d_]{2,}", plain)


@pytest.mark.parametrize("module", MODULES)
def test_no_word_of_a_language_is_in_the_code_that_reads_dates(module):
    found = [one for one in constants(module) if one not in names() and words_of(one)]
    assert found == []


def test_every_kind_of_date_has_patterns_in_the_language():
    assert set(word_lists("date_patterns")["patterns"]) == set(get_args(DateKind))
