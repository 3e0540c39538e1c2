"""What is read line by line is what the YAML library reads, or is left to the library."""

from __future__ import annotations

import json
import random
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from geo.dossier.yaml_block import read_block
from geo.dossier.yaml_lines import YamlFile, YamlLimits, _compose, read_yaml
from geo.errors import IntakeError

ROOT = Path(__file__).parents[1]
LIMITS = YamlLimits(depth=12, events=5_000)

# Scraps of YAML, each of which means something in some place and nothing in another.
SCRAPS = [
    "a: b", "a: b: c", "- x", "- y: z", "-   a: 1", "- a: 1\n  b: 2", "- - a", "- ", "key:",
    'k: "of two\n  lines"', "k: 'it''s'", "k: >-", "k: >", "k: |", "  folded", "    deeper", "",
    "   ", "#c", "k: v # c", "k: v#c", "[a, b]", "{a: 1, b: [c]}", '{"a":1,"b" : "x"}', "k: [a, ]",
    "k: {a}", "k: {a: }", "k: [a,\n  b]", "k: [a\n b]", "k: {a : 1}",
    "k:\n  [a,\n  b]", "k:\n  {a: [b]}", "k:\n[a]", 'k: "\\u00e9"', 'k: "a\\',
    'k: "\\x41"', 'k: "open', "k: 'open", "k: ~", "k: -1", "k: - 1", "k: ...", "---", "k: &a b",
    "k: *a", "k: !t b", "k: 12:30", "k: http://x:80/a", "k: “x”", "k:\tb", "k: a  b", "k: @x",
    "k: %x", "k: ?x", "k: 'x' y", '"k": v', "1: 2", "true: 1", "k: null", "k: 007", "k: 1.5e3",
]  # fmt: skip


def same(text: str) -> bool:
    """Whether it was read line by line; what was must be as the library reads it."""
    found = read_block(text, LIMITS.depth, LIMITS.events)
    if found is None:
        return False
    whole = _compose(text, LIMITS)
    assert (found[0], found[1], []) == (whole.value, whole.lines, whole.faults)
    return True


@pytest.mark.parametrize(
    "name",
    [
        "data/incidents.yaml", "tests/made_up_country/incidents.yaml",
        "data/country.yaml", "tests/made_up_country/country.yaml",
    ],
)  # fmt: skip
def test_a_file_written_by_hand_is_read_line_by_line(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    limits = YamlLimits(depth=32, events=500_000)
    found = read_block(text, limits.depth, limits.events)
    assert found is not None
    whole = _compose(text, limits)
    assert found == (whole.value, whole.lines)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=12)
    | st.sampled_from(["a: b", "x # y", "- z", "it's", 'say "so"', "no", "007", "a " * 60]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip
WHOLE = st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), VALUES, min_size=1)


@pytest.mark.slow
@given(WHOLE, st.booleans())
@settings(max_examples=150, deadline=None)
def test_what_programs_write_is_read_alike(value: dict[str, Any], indented: bool) -> None:  # noqa: FBT001
    writer, out = YAML(), StringIO()
    writer.default_flow_style = False
    if indented:
        writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(value, out)
    for text in (out.getvalue(), json.dumps(value), json.dumps(value, indent=1)):
        if not re.search("[\x7f-\x9f\u2028\u2029\ufeff]", text):
            same(text)


@given(st.lists(st.tuples(st.sampled_from([0, 0, 2, 4, 1]), st.sampled_from(SCRAPS)), max_size=6))
@settings(max_examples=400, deadline=None)
def test_scraps_are_read_alike_or_left_to_the_library(rows: list[tuple[int, str]]) -> None:
    same("\n".join(" " * indent + scrap for indent, scrap in rows))


@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_a_spoiled_piece_of_a_dossier_is_read_alike_or_left(chance: random.Random) -> None:
    rows = (ROOT / "data" / "incidents.yaml").read_text("utf-8").split("\n")
    begins = chance.randrange(len(rows))
    piece = rows[begins : begins + chance.randrange(3, 30)]
    least = min((len(row) - len(row.lstrip()) for row in piece if row.strip()), default=0)
    piece = [row[least:] for row in piece]
    for _ in range(chance.randrange(3)):
        at = chance.randrange(len(piece))
        cut = chance.randrange(len(piece[at]) + 1)
        sign = chance.choice(["", ": ", " #", '"', "'", "- ", "[", "{", ",", "  ", "\\"])
        piece[at] = piece[at][:cut] + sign + piece[at][cut + (not sign) :]
    same("\n".join(piece))


def test_json_is_read_line_by_line() -> None:
    assert same(json.dumps({"a": [1, {"b": "x\ny"}], "c": {}, "d": None, "e": 1.5}, indent=1))
    assert same('{"a":1}')


@pytest.mark.parametrize(
    "text", ["a: &b c", "a: !t c", "a: 1\n---\nb: 2", "a: b: c", "a: 1\na: 2", "- a", "a: |\n  b",
             "a:\tb", 'a: "\\ud83d\\ude00"', "[" * 99, "a: [a: b]", "? a\n: b", "a: x\n  b: y"],
)  # fmt: skip
def test_anything_else_is_left_to_the_library(text: str) -> None:
    assert read_block(text, LIMITS.depth, LIMITS.events) is None


@pytest.mark.parametrize(
    "text",
    ["\n".join("  " * level + "a:" for level in range(14)), "a: " + "[" * 13 + "]" * 13,
     "a:\n" + "- 1\n" * 5_000, "a: [" + "1, " * 5_000 + "1]"],
    ids=["deep", "deep in brackets", "long", "long in brackets"],
)  # fmt: skip
def test_a_limit_is_one_limit_for_both(text: str) -> None:
    assert read_block(text, LIMITS.depth, LIMITS.events) is None
    with pytest.raises(IntakeError, match="more than"):
        read_yaml(text, LIMITS)


def test_parts_are_counted_as_the_library_counts_them() -> None:
    text = "a:\n- 1\n- b: [x, {c: d}]\n  e:\nf: {}\n"
    least = next(n for n in range(99) if _reads(text, n))
    assert read_block(text, 12, least) is not None
    assert read_block(text, 12, least - 1) is None


def _reads(text: str, events: int) -> bool:
    try:
        return isinstance(_compose(text, YamlLimits(12, events)), YamlFile)
    except IntakeError:
        return False
