"""The rules of reading are data: what is English about them stands in the word lists."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from geo.reports import word_forms

REPORTS = Path(word_forms.__file__).parent
LISTS = REPORTS / "words" / "english"
MODULES = (
    "number_*.py", "speaker_*.py", "word_forms.py", "acting*.py", "event_mentions.py",
    "event_parts.py", "event_claims.py", "event_lookup.py", "group_mentions.py", "party_names.py",
    "capital_mentions.py", "scene*.py", "spoken_at.py", "gathering.py", "sameness.py", "place_*.py",
    "city_parts.py", "site_mentions.py", "profiles.py", "summed_days.py", "fact_sheets.py",
)  # fmt: skip
"""Of the modules that read numbers of people, speakers, what groups do, scenes, and places."""
TECHNICAL = {
    "Counted", "HarmForm", "ClaimKind", "SpeakerRole", "Mapping[str, str]",  # types
    "number", "speaker", "event", "place", "date", "group",  # the kinds of mentions
    "acts", "acted_upon", "speaks", "open",  # the parts of groups
    "activity", "strength",  # the presence of groups
    "Battles", "Government regains territory", "Non-state actor overtakes territory",  # events
    "numbers", "sentences", "groups", "places", "capitals", "dates", "speakers", "scenes",  # lists
    "profiles",
    "name", "says", "in_dateline",  # attributes of mentions
    " district",  # how the gazetteer is asked for one
    "way",  # a group of the pattern of what is between a place and its area
    r"[aeiouy\W]", "q", "k", "v", "w",  # letters by which spellings of one name differ
    r"[.!?](?=\s)",  # the end of a sentence
    r"(?:^|\n)[ \t]*[(\[]?\d{1,3}[.)\]][ \t]*\Z",  # the number of an entry
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
    "place_*": {"country", "region", "province", "district", "settlement", "site", "valley", "area",
                "exact", "near", "ambiguous", "outside", "unknown", "inferred", "resolved",
                "administration"},
    "[sg]*": {"number", "speaker", "place", "date", "event", "group", "speaks", "country", "region",
              "province", "district", "settlement", "exact", "near", "ambiguous", "outside",
              "unknown", "inferred", "resolved", "administration"},
    "city_parts": {"inferred", "resolved", "settlement"},
    "fact_sheets": {"when", "where", "what"},
    "profiles": {"place"},
    "site_mentions": {"unknown", "{sites}"},
    "capital_mentions": {"country", "region", "outside", "resolved", "inferred", "settlement"},
    "event_claims": {"high", "medium", "media", "presence", "occurrence", "responsibility",
                     "acting_party", "opposing_party", "strength"},
    "event_mentions": {"date", "group", "place", "speaker"},
    "event_lookup": {"type", "sub", "kind"},
    "event_parts": {"exact", "near", "settlement", "district", "province", "region", "country",
                    "outside"},
    "party_names": {" (state)", "Forces of ", " Armed Forces",
                    "name", r"(?P<name>.*\w) \((?P<short>[A-Z]{2,6})\)"},
}  # fmt: skip
"""The same in some modules: confidences, kinds of claims and mentions, precisions of places, and
how the registry of parties writes a name."""
SHOWN = {
    "Read as in ", ", which ", "the text names with it elsewhere",
    "the same sentence names", "its paragraph or heading names", "the text is about",
    ": nothing else is spelled like this.", "No place called ",
    " is known there; nothing finer than this is.", " is not known in ",
    ", which the text names: ", "The only place called ", " that is known is ",
    ", and nothing else in the text is there. Is it this one?",
    " is not a number.", "Read as ", ", the capital of the country. ",
    "The text names several that this can be.",
    " is in ", ", which the text names; nothing more precise is known.",
    "What the name means depends on the day, which is open.",
}  # fmt: skip
"""What a user is told, which is English as the product is."""


def modules() -> list[Path]:
    return sorted(path for pattern in MODULES for path in REPORTS.glob(pattern))


def values_of(module: Path) -> set[str]:
    return {
        one
        for pattern, values in VALUES_OF.items()
        if fnmatch(module.stem, pattern)
        for one in values
    }


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
    assert compared_in(module) <= VALUES | values_of(module)


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.stem)
def test_no_word_of_a_language_stands_in_the_code_that_reads(module):
    lists = [tomllib.loads(path.read_text(encoding="utf-8")) for path in LISTS.glob("*.toml")]
    named = {name for one in lists for name in names_of(one)}
    known = named | TECHNICAL | VALUES | SHOWN | values_of(module)
    assert strings_of(module) - known == set()


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
