"""What was read of a dossier: its records, its drafts, its problems and their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from geo.dossier.drafts import DraftRecord, among_records
from geo.dossier.records import Dossier
from geo.dossier.yaml_lines import YamlPath
from geo.errors import Problem


@dataclass(frozen=True)
class Reading:
    """The content of one file, and its problems.

    Parameters
    ----------
    dossier
        The valid records with everything that they refer to.
    problems
        Everything that is wrong, in the order of the lines.
    lines
        One-based line of each record and of each part of it: ``("kabul-2024", "where", 0)``.
    left_out
        Number of incidents and presence claims that were rejected.
    rejected
        Those of them that have an id, such as ``incident 'kabul-2024'``, and every other faulty
        entry, named as in the problems.
    digest
        SHA-256 of the bytes in hexadecimal, by which exports name the version of the data.
    drafts
        The records that are still being written. They are not part of `dossier`, and their
        problems are notes; see :meth:`with_drafts`.
    """

    dossier: Dossier
    problems: tuple[Problem, ...] = ()
    lines: Mapping[YamlPath, int] = field(default_factory=dict)
    left_out: int = 0
    digest: str = ""
    file: str = ""
    rejected: frozenset[str] = frozenset()
    drafts: tuple[DraftRecord, ...] = ()

    def with_drafts(self) -> Reading:
        """The same reading with the drafts that can be read among the records, in file order."""
        if all(one.record is None for one in self.drafts):
            return self
        if any(record.draft for record in self.dossier.records):
            return self
        return replace(self, dossier=among_records(self.dossier, self.drafts, self.lines))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be fixed; the others only inform."""
        return tuple(one for one in self.problems if one.severity == "error")

    def line_of(self, record: str, *path: str | int) -> int | None:
        """The line of a part of a record, or of the nearest part above it that is known."""
        for length in range(len(path), -1, -1):
            if (line := self.lines.get((record, *path[:length]))) is not None:
                return line
        return None
