"""What everything above the table takes: a country, its dossier and where its records are.

How one is opened from a folder is in :mod:`geo.workspace`.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.dossier.intake import Reading
from geo.errors import Problem
from geo.places.country import Country
from geo.table.located import Located


@dataclass(frozen=True, repr=False)
class Workspace:
    """A country, its dossier, and the located table of the dossier."""

    country: Country
    reading: Reading
    located: Located

    def __repr__(self) -> str:
        """Which data these are; all of them would fill a hundred pages."""
        count = len(self.reading.dossier.records)
        return f"<Workspace {self.reading.file}: {count} records, {self.country.name}>"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of the dossier, in the order of its lines."""
        found = (*self.reading.problems, *self.located.problems)
        return tuple(sorted(found, key=lambda problem: problem.line or 0))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be mended; the others are statements."""
        return tuple(problem for problem in self.problems if problem.severity == "error")
