"""The rules of reading are data: what is English about them stands in the word lists."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from geo.reports import word_forms

REPORTS = Path(word_forms.__file__).parent
LISTS = REPORTS / "words" / "english"
MODULES = (
    "number_*.py", "speaker_*.py", "word_forms.py", "acting*.py", "event_mentions.py",
    "event_parts.py", "event_claims.py", "event_lookup.py", "group_mentions.py", "party_names.py",
    "capital_mentions.py",
)  # fmt: skip
"""Of the modules that read numbers of people, speakers, and what groups do."""
TECHNICAL = {
    "Counted", "HarmForm", "ClaimKind", "SpeakerRole", "Mapping[str, str]",  # types
    "number", "speaker", "event", "place", "date", "group",  # the kinds of mentions
    "acts", "acted_upon", "speaks", "open",  # the parts of groups
    "activity", "strength",  # the presence of groups
    "Battles", "Government regains territory", "Non-state actor overtakes territory",  # events
    "numbers", "sentences", "groups", "places", "capitals",  # files of word lists
    "x×",  # "3x" is how a number is written, in any language
}  # fmt: skip
"""What may stand in them besides the names of word lists."""
VALUES = {
    "killed", "injured", "killed_or_injured", "captured", "other",
    "both", "before", "after", "noun", "head",
    "occurrence", "casualties", "responsibility", "denial", "acknowledgement", "doubt",
    "activity", "strength",
    "un", "ngo", "media", "state", "third_party", "witness", "plain",
}  # fmt: skip
"""What is compared in them: values of records and of word lists, and no words of a text."""
VALUES_OF = {
    "capital_mentions": {"country", "region", "outside", "resolved", "inferred", "settlement"},
    "event_claims": {"high", "medium", "media", "presence", "occurrence", "responsibility",
                     "acting_party", "opposing_party", "strength"},
    "event_mentions": {"date", "group", "place", "speaker"},
    "event_lookup": {"type", "sub", "kind"},
    "event_parts": {"exact", "near", "settlement", "district", "province", "region", "country",
                    "outside"},
    "party_names": {" (state)", "Forces of ",
                    "name", r"(?P<name>.*\w) \((?P<short>[A-Z]{2,6})\)"},
}  # fmt: skip
"""The same in single modules: confidences, kinds of claims and mentions, precisions of places, and
how the registry of parties writes a name."""
SHOWN = {
    " is not a number.", "Read as ", ", the capital of the country. ",
    "The text names several that this can be.",
    "What the name means depends on the day, which is open.",
}  # fmt: skip
"""What a user is told, which is English as the product is."""


def modules() -> list[Path]:
    return sorted(path for pattern in MODULES for path in REPORTS.glob(pattern))


def names_of(lists: Mapping[str, Any]) -> Iterator[str]:
    """The names of all lists, and of the tables that they are in."""
    for name, content in lists.items():
        yield name
        if isinstance(content, Mapping):
            yield from names_of(content)


def strings_of(module: Path) -> set[str]:
    """The strings of a module that have letters, without its docstrings."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and id(node) not in told and re.search(r"[^\W\d_]", node.value)
    }  # fmt: skip


def compared_in(module: Path) -> set[str]:
    """The strings with letters that something is compared with, or searched for."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    places = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Compare) or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"startswith", "endswith", "removesuffix", "partition", "match"}
        )
    ]  # fmt: skip
    own = {id(one) for node in places for child in ast.walk(node)
           if isinstance(child, ast.Call | ast.Subscript) and child is not node
           for one in ast.walk(child)}  # fmt: skip
    return {
        one.value
        for node in places
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
        and id(one) not in own and re.search(r"[^\W\d_]", one.value)
    }  # fmt: skip


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.stem)
def test_no_word_of_a_text_is_compared_with_one_in_the_code(module):
    assert compared_in(module) <= VALUES | VALUES_OF.get(module.stem, set())


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.stem)
def test_no_word_of_a_language_stands_in_the_code_that_reads(module):
    lists = [tomllib.loads(path.read_text(encoding="utf-8")) for path in LISTS.glob("*.toml")]
    named = {name for one in lists for name in names_of(one)}
    values = VALUES_OF.get(module.stem, set())
    assert strings_of(module) - named - TECHNICAL - SHOWN - values == set()


def test_a_word_in_the_code_would_be_found(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('"""Of words."""\nis_said = plain == "according"\n', encoding="utf-8")
    assert strings_of(module) == compared_in(module) == {"according"}


def test_words_take_their_forms_from_the_list_of_rules():
    forms = {
        "plurals": "wishes",
        "third_persons": "wishes",
        "pasts": "wished",
        "actives": "wishing",
    }
    assert {name: word_forms.formed("wish", name) for name in forms} == forms
    assert word_forms.formed("spokesman", "plurals") == "spokesmen"
