"""Reports that relay one statement, and reports of one event that are independent of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from benchmarks.labelled_reports import LabelError

_RELAYS_NOBODY = re.compile(r"own\b.*|nothing named|open sources|reports")


@dataclass(frozen=True, slots=True)
class FamilyReport:
    """One report of a family.

    Parameters
    ----------
    source
        Who published it.
    relays
        What it says that it relays; ``own …`` for its own statement, staff or observation, and
        ``nothing named`` where it does not say from whom it knows.
    """

    source: str
    published: date
    relays: str
    text: str

    @property
    def names_its_source(self) -> bool:
        """Whether it says from whom it has what it reports."""
        return _RELAYS_NOBODY.fullmatch(self.relays) is None


@dataclass(frozen=True, slots=True)
class ReportFamily:
    """Reports of one event: of one origin, or independent."""

    id: str
    kind: Literal["one origin", "independent"]
    origin: str
    reports: tuple[FamilyReport, ...]


def read_families(folder: Path) -> tuple[ReportFamily, ...]:
    """Read all families of a folder, in order of their names.

    Raises
    ------
    LabelError
        A file is not as `tests/reports/README.md` describes it.
    """
    return tuple(
        _family(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(folder.glob("*.txt"))
    )


def _family(source: str, name: str) -> ReportFamily:
    head, *reports = re.split(r"^---\n", source, flags=re.MULTILINE)
    lines = _lines(head, name)
    kind = lines.get("kind")
    if kind not in {"one origin", "independent"}:
        raise LabelError(f"{name}: kind is {kind!r} instead of 'one origin' or 'independent'")
    return ReportFamily(
        id=lines["family"],
        kind="one origin" if kind == "one origin" else "independent",
        origin=lines["origin"],
        reports=tuple(_report(one, name) for one in reports),
    )


def _report(part: str, name: str) -> FamilyReport:
    head, _, text = part.partition("\n\n")
    lines = _lines(head, name)
    return FamilyReport(
        source=lines["source"],
        published=date.fromisoformat(lines["published"]),
        relays=lines["relays"],
        text=text.strip(),
    )


def _lines(head: str, name: str) -> dict[str, str]:
    found = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    if not found:
        raise LabelError(f"{name}: no line such as 'source: Wire Kabul' at the head of a part")
    return found
