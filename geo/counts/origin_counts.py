"""How many known origins records have: twelve records may all go back to one statement.

An origin is what :func:`geo.dossier.lineage.known_origins` joins, here over all records together:
what has a speaker, a channel, a statement or the same reporting in common is one. So the number is
the smallest that the dossier allows. Only claims that assert a record count; a denial is not where
a record comes from. A record of which no claim has a known lineage adds no origin, and is counted
apart: it may go back to any of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.dossier.evidence import Evidence
from geo.dossier.lineage import OriginMark, joined_by_marks, origin_marks
from geo.dossier.records import Source
from geo.text import counted
from geo.view import UNNAMED


@dataclass(frozen=True, slots=True)
class OriginCount:
    """The known origins of some records.

    Parameters
    ----------
    records
        How many records.
    origins
        How many origins are known that have nothing in common.
    unknown
        How many of the records have no claim with a known lineage.
    """

    records: int
    origins: int
    unknown: int

    def __str__(self) -> str:
        """The counts in words.

        Examples
        --------
        >>> str(OriginCount(12, 5, 3)), str(OriginCount(1, 0, 1))
        ('12 records from 5 known origins, 3 of unknown lineage', '1 record of unknown lineage')
        """
        said = counted(self.records, "record")
        if self.records == self.unknown:
            return f"{said} of unknown lineage" if self.records else said
        unknown = f", {self.unknown:,} of unknown lineage" if self.unknown else ""
        return f"{said} from {counted(self.origins, 'known origin')}{unknown}"


def asserting_marks(
    evidence: Evidence, sources: Mapping[str, Source]
) -> tuple[frozenset[OriginMark], ...]:
    """The marks of origin of each claim that asserts a record and has a known lineage.

    Returns
    -------
    tuple
        A set for each such claim; none for a record of unknown lineage.
    """
    marks = (
        origin_marks(claim, sources) for claim, stance in evidence.claims if stance == "asserts"
    )
    return tuple(one for one in marks if one)


def count_origins(evidence: Iterable[Evidence], sources: Mapping[str, Source]) -> OriginCount:
    """Count the known origins of some records.

    Examples
    --------
    In the included dossier nobody has said which sources rest on the same reporting:

    >>> from geo import open_workspace
    >>> workspace = open_workspace()
    >>> print(count_origins(workspace.located.evidence.values(),
    ...                     workspace.reading.dossier.sources))
    28 records of unknown lineage
    """
    marks = [asserting_marks(one, sources) for one in evidence]
    known = joined_by_marks([each for own in marks for each in own])
    return OriginCount(len(marks), len(known), sum(not own for own in marks))


def origins_by_group(
    evidence: Iterable[Evidence], sources: Mapping[str, Source]
) -> dict[str, OriginCount]:
    """Count the known origins of each group's records.

    Returns
    -------
    dict
        By the key of the group, in the order in which the groups appear.
    """
    found: dict[str, list[Evidence]] = {}
    for one in evidence:
        for key in one.record.groups or (UNNAMED,):
            found.setdefault(key, []).append(one)
    return {key: count_origins(records, sources) for key, records in found.items()}
