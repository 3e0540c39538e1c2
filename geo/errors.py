"""What can go wrong, and how it is said.

::

    GeoError
    ├── IntakeError      bytes that cannot be read as what they claim to be
    ├── PlaceError       a place or coordinate that cannot be used
    ├── ViewError        a filter that is beyond the bounds of a View
    ├── ConflictError    somebody else changed the file in between
    └── ExportError      a document that would say something untrue or nothing at all

A *problem* is not an exception: a curator wants all problems of a file in one pass, so checks
collect :class:`Problem` values, and only a file of which nothing can be used raises.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Severity = Literal["error", "warning", "note"]


class GeoError(Exception):
    """Anything this package refuses, with a message for the person at the desk."""


class IntakeError(GeoError):
    """Bytes that cannot be read as what they claim to be."""


class PlaceError(GeoError):
    """A place or coordinate that cannot be used."""


class ViewError(GeoError):
    """A filter, or a place to look at, that is beyond the bounds of a View."""


class ConflictError(GeoError):
    """A file that somebody else changed in between."""


class ExportError(GeoError):
    """A document that would say something untrue, or nothing at all."""


EXIT_FAULT: Final = 70
"""How a command ends after a fault of the program: EX_SOFTWARE of BSD's ``sysexits.h``."""


def fault_of_program(error: Exception, doing: str) -> str:
    """What to say of an exception that nobody foresaw: where it happened and whom to tell.

    The message of the exception is left out, since it may repeat any text of a file.

    Parameters
    ----------
    doing
        What was being done, such as ``reading the events``.

    Examples
    --------
    >>> print(fault_of_program(ValueError("<b>"), "reading the events"))
    The program failed while reading the events (ValueError). This is a fault of the program;
    nothing was changed. Please report it to its maintainers with this sentence and, if you may
    share it, the file.
    """
    frames = traceback.extract_tb(error.__traceback__)
    at = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return (
        f"The program failed while {doing} ({type(error).__name__}{at}). This is a fault of the "
        "program; nothing was changed. Please report it to its maintainers with this sentence and, "
        "if you may share it, the file."
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with, or inferred from, an input file.

    Parameters
    ----------
    message
        What is wrong, what was expected, and what was probably meant.
    file
        The file as the reader knows it, for example ``data/incidents.yaml``.
    line
        One-based line, or ``None`` where the file has no lines.
    record
        Such as ``incident 'kabul-2024'``; empty for the file as a whole.
    severity
        ``error`` keeps the record out, ``warning`` keeps it in with the doubt in view, ``note``
        states an inference.

    Examples
    --------
    >>> print(Problem("place 'Kabol' is unknown", file="d.yaml", line=7, record="incident 'x'"))
    d.yaml:7 incident 'x': place 'Kabol' is unknown
    >>> print(Problem("the file is empty"))
    the file is empty
    """

    message: str
    file: str = ""
    line: int | None = None
    record: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line is not None else self.file
        head = " ".join(part for part in (where, self.record) if part)
        return f"{head}: {self.message}" if head else self.message
