"""Words of the data on a terminal: what a terminal would obey is shown as a sign instead."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import typer
from rich.text import Text

# Control characters but the line break and the tab, half letters, line separators, and what turns
# the direction of writing; joiners and marks of Dari and Pashto are none of these.
_OBEYED: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def shown(text: str) -> str:
    r"""Text as it may stand on a terminal.

    Examples
    --------
    >>> shown("red \x1b[31m, turned \u202e, می\u200cشود")
    'red �[31m, turned �, می\u200cشود'
    """
    return _OBEYED.sub("\ufffd", text)


def styled(text: str, style: str = "") -> Text:
    """The same for a table or list; nothing in it is markup."""
    return Text(shown(text), style=style)


def talk(*sentences: str) -> None:
    """Say something on standard error, a line each."""
    for sentence in sentences:
        typer.echo(shown(sentence), err=True)


def as_json(value: Any) -> str:
    r"""JSON that is the same value to a program and harmless on a terminal.

    Examples
    --------
    >>> as_json({"a": "\x9b31m", "b": "کابل"})
    '{\n  "a": "\\u009b31m",\n  "b": "کابل"\n}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(r"(?!\n)" + _OBEYED.pattern, lambda sign: f"\\u{ord(sign[0]):04x}", text)
