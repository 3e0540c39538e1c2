"""The log of the library, and where the command line and the app print it.

Each module logs under its own name below ``geo`` (``logging.getLogger(__name__)``): steps and
counts as DEBUG, skipped steps as WARNING, faults of the program as ERROR with their traceback.
Nothing is printed unless the program that uses the library enables it. Lines have names of files
and counts, not the text of records.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from typing import Final

from geo.text import harmless

DEBUG_VARIABLE: Final = "INCIDENT_MAP_DEBUG"
"""Environment variable that turns on the log of every step, like ``--debug``."""
_LIBRARY: Final = logging.getLogger("geo")
_FORM: Final = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")


class _ToStderr(logging.Handler):
    """Prints lines to the current standard error, without characters that control a terminal."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one line, or one traceback."""
        try:
            sys.stderr.write(f"{harmless(self.format(record))}\n")
        except (OSError, ValueError):
            self.handleError(record)


_HANDLER: Final = _ToStderr()
_HANDLER.setFormatter(_FORM)


def print_logs(level: int | None) -> None:
    """Print the library's log from this level up to standard error; ``None`` prints nothing.

    The last call applies to the whole process.
    """
    _LIBRARY.removeHandler(_HANDLER)
    _LIBRARY.setLevel(logging.NOTSET if level is None else level)
    if level is not None:
        _LIBRARY.addHandler(_HANDLER)


def print_logs_of_server() -> None:
    """Print warnings and errors, or every step if :data:`DEBUG_VARIABLE` is set."""
    print_logs(logging.DEBUG if os.environ.get(DEBUG_VARIABLE) else logging.WARNING)


def log_fault(logger: logging.Logger, doing: str, error: Exception) -> None:
    """Log an unexpected exception with its traceback.

    Characters that control a terminal are replaced: the message may repeat any text of a file.

    Parameters
    ----------
    doing
        What was being done, such as ``reading the events``.
    """
    logger.error("failed while %s\n%s", doing, harmless("".join(traceback.format_exception(error))))
