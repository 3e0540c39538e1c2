"""Style sheets of the map document: a class belongs to one of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SHEETS = Path(__file__).resolve().parent.parent / "geo" / "webmap" / "css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"([^{}@]+)\{")
INNERMOST = re.compile(r"\([^()]*\)")
ALONE = re.compile(r"(?:\.im-shell )?\.([\w-]+)(?:\.[\w-]+|\[[^\]]*\]|:[\w-]+)*")
"""A class with its states. ``.im-shell`` before it is not a context: it is around the map, and
only gives a rule precedence over those of the page."""


def _classes(text: str) -> Iterator[str]:
    """The classes that a sheet styles wherever they are, not only inside something of its own."""
    text = COMMENT.sub("", text)
    while INNERMOST.search(text):
        text = INNERMOST.sub("", text)  # What is inside :is() or :not() is not what is styled.
    for selectors in SELECTORS.findall(text):
        for selector in selectors.split(","):
            if match := ALONE.fullmatch(" ".join(selector.split())):
                yield match[1]


def test_a_class_is_styled_in_one_sheet_only() -> None:
    # Two sheets once used the same class for different things, which then overlapped.
    sheets = defaultdict[str, set[str]](set)
    for sheet in SHEETS.glob("*.css"):
        for name in _classes(sheet.read_text(encoding="utf-8")):
            sheets[name].add(sheet.name)
    assert len(sheets) > 200, "the sheets are no longer written as this test reads them"
    # The states of the shell itself (.im-shell.is-printing) belong to the sheets of the states.
    shared = {name: sorted(found) for name, found in sheets.items() if len(found) > 1}
    shared.pop("im-shell", None)
    assert shared == {}


def test_a_class_of_two_sheets_would_be_found() -> None:
    text = ".im-cross:hover, .im-shell .im-cross { top: 0 } @media print { .im-x { top: 0 } }"
    assert list(_classes(text)) == ["im-cross", "im-cross", "im-x"]
    assert list(_classes(".im-strip :is(.im-a, .im-b:not(.im-c), .im-d) { top: 0 }")) == []
