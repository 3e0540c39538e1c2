"""Words of the data on a terminal: what a terminal would obey is shown as a sign instead."""

from __future__ import annotations

import json
import re
from typing import Any

import typer
from rich.text import Text

from geo.text import OBEYED, harmless


def styled(text: str, style: str = "") -> Text:
    """The same for a table or list; nothing in it is markup."""
    return Text(harmless(text), style=style)


def talk(*sentences: str) -> None:
    """Say something on standard error, a line each."""
    for sentence in sentences:
        typer.echo(harmless(sentence), err=True)


def as_json(value: Any) -> str:
    r"""JSON that is the same value to a program and harmless on a terminal.

    Examples
    --------
    >>> as_json({"a": "\x9b31m", "b": "کابل"})
    '{\n  "a": "\\u009b31m",\n  "b": "کابل"\n}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(r"(?!\n)" + OBEYED.pattern, lambda sign: f"\\u{ord(sign[0]):04x}", text)
