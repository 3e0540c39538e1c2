"""What the browser needs to count known origins, and the sources that speak of a province."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from geo.counts.coverage import (
    COVERAGE_STEPS,
    NOT_PEACE,
    PARTS_NOT_COVERED,
    covered_provinces,
)
from geo.counts.origin_counts import asserting_marks
from geo.dossier.lineage import OriginMark
from geo.table.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MarkNumbers:
    """Marks of origin as numbers: the browser compares them and shows none."""

    known: dict[OriginMark, int] = field(default_factory=dict)

    def of(self, marks: frozenset[OriginMark]) -> list[int]:
        """The numbers of some marks, ascending."""
        return sorted(self.known.setdefault(one, len(self.known)) for one in sorted(marks))


def lineage_fields(record: str, workspace: Workspace, numbers: MarkNumbers) -> dict[str, Any]:
    """The fields of a record by which its origins and its coverage are counted.

    Parameters
    ----------
    record
        Its id.
    numbers
        Of the marks of the whole document.

    Returns
    -------
    dict
        ``origins``: for each claim that asserts the record and has a known lineage, the numbers of
        its marks; claims that share one have the same origin. ``covers``: the positions of the
        provinces of which its sources speak.
    """
    evidence = workspace.located.evidence[record]
    marks = asserting_marks(evidence, workspace.reading.dossier.sources)
    position = {one.code: at for at, one in enumerate(workspace.country.provinces)}
    return {
        "origins": [numbers.of(one) for one in marks],
        "covers": sorted(position[code] for code in covered_provinces(evidence.record, workspace)),
    }


def coverage_model(workspace: Workspace) -> dict[str, Any]:
    """How coverage is drawn, and what is said of it.

    Returns
    -------
    dict
        ``steps``: fewest and most sources and label of each; ``note``: the sentence about a
        province without any. Of a part of a dossier there are no steps, and the note says why.
    """
    if workspace.holds:
        return {"steps": [], "note": PARTS_NOT_COVERED}
    return {"steps": [asdict(step) for step in COVERAGE_STEPS], "note": NOT_PEACE}
