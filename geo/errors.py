"""The errors of this package, and their messages.

::

    GeoError
    ├── IntakeError          a file that cannot be read as what it claims to be
    │   └── AmbiguousDatesError   dates that could be read in several ways
    ├── PlaceError           a place or coordinate that cannot be used
    ├── OptionError          an option, or a value of one, that cannot be used
    ├── ViewError            a description of a View that cannot be read, or is beyond its bounds
    ├── RecipeError          a recipe that cannot be read, or that was made from other data
    ├── FigureListError      a list of figures that cannot be read
    ├── FigureError          a figure that cannot be made
    ├── StatementError       a count or a statement about counts that cannot be read or decided
    ├── WriteError           a file that cannot be written
    ├── EditError            an edit of a dossier that cannot be made
    ├── ConflictError        a file that someone else has changed
    │   └── FieldConflictError    fields of an entry that someone else has changed
    ├── StateError           the user's state folder cannot be used
    ├── DocumentError        a document that cannot be read, or evidence that cannot be kept
    ├── ExportError          a document that would say something untrue, or nothing at all
    └── MissingExtraError    a package that an extra of incident-map installs is missing

``AmbiguousDatesError`` is in :mod:`geo.events.cells.date_evidence`, with its question;
``FieldConflictError`` in :mod:`geo.dossier.rebasing`, with its clashes.

A *problem* is not an exception: a curator wants all problems of a file at once, so checks collect
:class:`Problem` values, and only a file of which nothing can be used raises an exception.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Severity = Literal["error", "warning", "note"]

LONGEST_MESSAGE: Final = 2_000
"""Letters of a problem, with whatever it repeats of the file; a longer one is cut."""


class GeoError(Exception):
    """The base class of all errors that this package raises on purpose, with a message for users.

    Examples
    --------
    The message says where, what, what was expected and how to fix it:

    >>> from pathlib import Path
    >>> import geo
    >>> try:
    ...     geo.open_workspace(Path("nowhere"))
    ... except geo.GeoError as error:
    ...     print(error)  # doctest: +ELLIPSIS
    nowhere/country.yaml: there is no such file; a country's folder needs at least ...
    """


class IntakeError(GeoError):
    """A file that cannot be read as what it claims to be."""


class PlaceError(GeoError):
    """A place or coordinate that cannot be used."""


class OptionError(GeoError):
    """An option, or a value of one, that cannot be used."""


class ViewError(GeoError):
    """A description of a View that cannot be read, or a filter that is beyond its bounds."""


class RecipeError(GeoError):
    """A recipe that cannot be read, or that was made from other data than the present."""


class FigureListError(GeoError):
    """A list of figures, or an entry of one, that cannot be read."""


class StatementError(GeoError):
    """A count, or a statement about counts, that cannot be read or decided."""


class FigureError(GeoError):
    """A figure that cannot be made."""


class WriteError(GeoError):
    """A file that cannot be written."""


class EditError(GeoError):
    """An edit of a dossier that cannot be made."""


class ConflictError(GeoError):
    """A file that someone else has changed since it was read."""


class StateError(GeoError):
    """The user's state folder, or a file in it, cannot be used; see :mod:`geo.state`."""


class DocumentError(GeoError):
    """A document that cannot be read as text, or evidence that cannot be kept or found."""


class ExportError(GeoError):
    """A document that would say something untrue, or nothing at all."""


class MissingExtraError(GeoError):
    """A package that an extra of incident-map installs is missing; see :mod:`geo.extras`."""


EXIT_FAULT: Final = 70
"""Exit code of a command after a fault of the program: EX_SOFTWARE of BSD's ``sysexits.h``."""


def fault_of_program(error: Exception, doing: str) -> str:
    """The message for an unexpected exception: where it happened and whom to tell.

    The exception's own message is left out, because it may repeat any text of a file.

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
        The file as the user knows it, for example ``data/incidents.yaml``.
    line
        One-based line, or ``None`` where the file has no lines.
    record
        The record, such as ``incident 'kabul-2024'``; empty for the file as a whole.
    severity
        ``error``: the record is rejected; ``warning``: it is kept, and the doubt is shown;
        ``note``: something was inferred.

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

    def __post_init__(self) -> None:
        """Cut what repeats a very long text of the file: it goes to pages, logs and terminals."""
        for name in ("message", "record"):
            text = getattr(self, name)
            if len(text) > LONGEST_MESSAGE:
                object.__setattr__(self, name, f"{text[:LONGEST_MESSAGE]}…")

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line is not None else self.file
        head = " ".join(part for part in (where, self.record) if part)
        return f"{head}: {self.message}" if head else self.message
