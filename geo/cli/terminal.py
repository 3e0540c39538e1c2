"""Print on a terminal, with the control characters of data replaced, and end with a sentence."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from typing import Any, Final, NoReturn

import typer
from rich.text import Text

from geo.errors import GeoError, fault_of_program
from geo.extras import Extra, require
from geo.logs import log_fault
from geo.text import OBEYED, harmless

_LOG: Final = logging.getLogger(__name__)


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


def stop(error: GeoError) -> NoReturn:
    """Print why a command was used wrongly, and end it."""
    talk(str(error))
    raise typer.Exit(2)


def require_or_stop(extra: Extra, purpose: str) -> None:
    """End the command with a sentence if the libraries for its purpose are not installed."""
    try:
        require(extra, purpose)
    except GeoError as error:
        stop(error)


def tell_fault(error: Exception, doing: str) -> None:
    """Say that the program failed; the log, which ``--debug`` prints, has the traceback."""
    log_fault(_LOG, doing, error)
    talk(fault_of_program(error, doing))
    if not _LOG.isEnabledFor(logging.DEBUG):
        talk("To see where in the program, run it again as: incident-map --debug COMMAND ...")


def as_json(value: Any, indent: int | None = 2) -> str:
    r"""Return JSON that means the same to a program and is harmless on a terminal.

    Without `indent` it is one line.

    Examples
    --------
    >>> as_json({"a": "\x9b31m", "b": "کابل"})
    '{\n  "a": "\\u009b31m",\n  "b": "کابل"\n}'
    """
    text = json.dumps(value, ensure_ascii=not _is_unicode(), indent=indent)
    return re.sub(r"(?!\n)" + OBEYED.pattern, lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _is_unicode() -> bool:
    """Whether standard output can hold every letter; what it cannot, JSON escapes by itself."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
