"""Print data on a terminal with its control characters replaced."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any

import typer
from rich.text import Text

from geo.text import OBEYED, harmless


def say_what_can_be_said() -> None:
    r"""Write what the terminal's encoding lacks as an escape, such as ``\u06a9``, and go on.

    A terminal that is not UTF-8 would otherwise end a command in the middle of its result.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def styled(text: str, style: str = "") -> Text:
    """Return the text for a table or list; nothing in it acts as markup."""
    return Text(harmless(text), style=style)


def talk(*sentences: str) -> None:
    """Print sentences to stderr, one per line."""
    for sentence in sentences:
        typer.echo(harmless(sentence), err=True)


def as_json(value: Any) -> str:
    r"""Return JSON that means the same to a program and is harmless on a terminal.

    Examples
    --------
    >>> as_json({"a": "\x9b31m", "b": "کابل"})
    '{\n  "a": "\\u009b31m",\n  "b": "کابل"\n}'
    """
    text = json.dumps(value, ensure_ascii=not _is_unicode(), indent=2)
    return re.sub(r"(?!\n)" + OBEYED.pattern, lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _is_unicode() -> bool:
    """Whether standard output can hold every letter; what it cannot, JSON escapes by itself."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
