"""The workspace: a country, its dossier and the located table, which all later packages take.

:mod:`geo.workspace` opens one from a folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from geo.dossier.intake import Reading
from geo.errors import Problem
from geo.places.country import Country
from geo.table.located import LocatedTable, locate_records


@dataclass(frozen=True, repr=False)
class Workspace:
    """A country, its dossier, and the located table of the dossier.

    Parameters
    ----------
    country
        Boundaries, place names, credits and everything else that is known about the country.
    reading
        The dossier, and the problems of its file.
    located
        One row for each place of each record; what geocoding inferred or could not place.
    holds
        What is in it and what is not, in sentences, if it has only a part of the data; see
        :mod:`geo.handover`.

    Examples
    --------
    A record in two places has two rows, so the table is at least as long as the dossier:

    >>> from geo import open_workspace
    >>> workspace = open_workspace()
    >>> workspace.country.name
    'Afghanistan'
    >>> len(workspace.located.table) >= len(workspace.reading.dossier.records)
    True
    """

    country: Country
    reading: Reading
    located: LocatedTable
    holds: str = ""

    @property
    def disclaimer(self) -> str:
        """The country's disclaimer, and what the data hold if they are only a part."""
        return " ".join(filter(None, [self.country.disclaimer, self.holds]))

    def __repr__(self) -> str:
        """File, number of records and country; the data itself would fill many pages."""
        count = len(self.reading.dossier.records)
        return f"<Workspace {self.reading.file}: {count} records, {self.country.name}>"

    @cached_property
    def with_drafts(self) -> Workspace:
        """The same data with the drafts that can be read among the records."""
        reading = self.reading.with_drafts()
        if reading is self.reading:
            return self
        return Workspace(self.country, reading, locate_records(reading, self.country))

    # Asked in every rerun of a page; a file at fault may have hundreds of thousands.
    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of the dossier, in the order of its lines."""
        found = (*self.reading.problems, *self.located.problems)
        return tuple(sorted(found, key=lambda problem: problem.line or 0))

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be fixed; the others only inform."""
        return tuple(problem for problem in self.problems if problem.severity == "error")
