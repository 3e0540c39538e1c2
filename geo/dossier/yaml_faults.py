"""What is wrong with a line of YAML, in plain language for people who write it by hand.

The messages of the YAML library speak of tokens and blocks; none of them is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_VALUE = re.compile(r"( *)(?:- +)*(?:[\w-]+: +)?([\"'])(.*)")
_PAIR = re.compile(r" *(?:- +)*([\w-]+): +(.*: .*|.*:)")
_NEW_PART = re.compile(r" *(?:- |[\w-]+:(?: |$))")
_SHOWN: Final = 60
"""Most characters of a line that a message repeats, which keeps it to one line."""


def say_grammar(context: str, problem: str, row: str) -> str:  # noqa: C901, PLR0911 - a table of cases
    """The error that the library found in `row`, and how to fix it.

    Examples
    --------
    >>> say_grammar("", "mapping values are not allowed here", "  title: Kabul: an attack")
    'a text with a colon needs quotes around it: title: "Kabul: an attack"'
    """
    bare = row.strip()
    if "\t" in row:
        return "there is a tab here; YAML is indented with spaces: replace the tab with spaces"
    if "mapping values" in problem:
        if match := _PAIR.fullmatch(row):
            text = match[2].replace('"', "'")
            return f'a text with a colon needs quotes around it: {match[1]}: "{text[:_SHOWN]}"'
        return "it is indented further than the line above, which already has a value"
    if "quoted" in context:
        return f"the quote that opens in {bare[:_SHOWN]!r} is not closed; close it"
    if "flow" in context:
        return "the bracket that opens here is not closed, or a comma is missing in it"
    if "cannot start any token" in problem:
        return f"a text cannot begin with {_first_sign(bare)!r}; put it in quotes"
    if "could not find expected ':'" in problem or "simple key" in context:
        return f"{bare[:_SHOWN]!r} is neither 'field: value' nor an item that begins with '- '"
    if "but found '<scalar>'" in problem:
        return (
            "text follows where a value has ended; an apostrophe in single quotes is written "
            "twice, or put the text in double quotes"
        )
    if "but found" in problem:
        return (
            f"{bare[:_SHOWN]!r} does not begin in the same column as the fields or items that it "
            "belongs with"
        )
    if "alias" in context or "anchor" in context:
        return "a text cannot begin with & or *; put it in quotes"
    if "escape" in problem:
        return "a backslash in double quotes begins a code; put the text in single quotes"
    return f"{bare[:_SHOWN]!r} does not follow the form 'field: value'"


def unclosed_quotes(rows: list[str]) -> Iterator[int]:
    """Numbers (from 0) of the rows with a quote that is closed neither there nor below.

    A text in quotes continues in rows that are indented further and do not begin a field or item.
    """
    for at, row in enumerate(rows):
        match = _VALUE.fullmatch(row)
        if match is None or _closes(match[3], match[2]):
            continue
        indent = len(match[1])
        for below in rows[at + 1 :]:
            deep = len(below) - len(below.lstrip(" "))
            is_over = below.strip() and (deep <= indent or _NEW_PART.match(below))
            if is_over or _closes(below, match[2]):
                break
        else:
            is_over = True
        if is_over:
            yield at


def _closes(text: str, quote: str) -> bool:
    rest = re.sub(r"\\\\.", "", text) if quote == '"' else text.replace("''", "")
    return quote in rest


def _first_sign(bare: str) -> str:
    value = re.sub(r"^(?:- +)*(?:[\w-]+: +)?", "", bare)
    return value[:1] or bare[:1]
