"""What the library writes to its log, and where the command line and the app print it.

Each package logs under its own name below ``geo`` (``logging.getLogger(__name__)``): steps and
counts as DEBUG, what was passed over as WARNING, faults of the program as ERROR with their
traceback. Nothing is printed unless the program that uses the library says so. Lines name files and
counts, not the text of records.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from typing import Final

from geo.text import harmless

DEBUG_VARIABLE: Final = "INCIDENT_MAP_DEBUG"
"""Environment variable that asks for the log of every step, as ``--debug`` does."""
_LIBRARY: Final = logging.getLogger("geo")
_FORM: Final = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")


class _ToStderr(logging.Handler):
    """Prints lines to what is standard error at that moment, with nothing that a terminal obeys."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one line, or one traceback."""
        try:
            sys.stderr.write(f"{harmless(self.format(record))}\n")
        except (OSError, ValueError):
            self.handleError(record)


_HANDLER: Final = _ToStderr()
_HANDLER.setFormatter(_FORM)


def print_logs(level: int | None) -> None:
    """Print the library's log from this level on to standard error; ``None`` prints nothing.

    The last call decides for the whole process.
    """
    _LIBRARY.removeHandler(_HANDLER)
    _LIBRARY.setLevel(logging.NOTSET if level is None else level)
    if level is not None:
        _LIBRARY.addHandler(_HANDLER)


def print_logs_of_server() -> None:
    """Print warnings and faults, or every step where :data:`DEBUG_VARIABLE` is set."""
    print_logs(logging.DEBUG if os.environ.get(DEBUG_VARIABLE) else logging.WARNING)


def log_fault(logger: logging.Logger, doing: str, error: Exception) -> None:
    """Log an exception that nobody foresaw with its traceback.

    Its message may repeat any text of a file, and a terminal would obey some of that.

    Parameters
    ----------
    doing
        What was being done, such as ``reading the events``.
    """
    logger.error("failed while %s\n%s", doing, harmless("".join(traceback.format_exception(error))))
