"""Drafts: records that are still being written, which count nowhere until they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.dossier.records import Dossier, Incident, Presence, Record
from geo.dossier.yaml_lines import YamlPath
from geo.errors import Problem
from geo.text import counted

RecordSection = Literal["incidents", "presence"]


@dataclass(frozen=True)
class DraftRecord:
    """A record that is still being written, and may have problems.

    Parameters
    ----------
    key
        Its id as the file has it; empty, if it has none.
    record
        What it says; ``None``, if it cannot be read as a record yet.
    problems
        What has to be done before it can be a record, as notes.
    line
        Its one-based line.
    """

    section: RecordSection
    key: str
    record: Record | None
    problems: tuple[Problem, ...]
    line: int | None


def is_draft(raw: object) -> bool:
    """Whether an entry of a file is marked as a draft.

    Examples
    --------
    >>> is_draft({"id": "raid-2022", "draft": True}), is_draft({"draft": "true"}), is_draft("x")
    (True, False, False)
    """
    return isinstance(raw, dict) and raw.get("draft") is True


def say_drafts(drafts: Sequence[DraftRecord]) -> str:
    """Say how many drafts there are, and how many of them cannot be shown.

    Examples
    --------
    >>> say_drafts([DraftRecord("incidents", "", None, (), 7)])
    '1 draft, which cannot be shown yet'
    """
    unread = sum(draft.record is None for draft in drafts)
    count = counted(len(drafts), "draft")
    if not unread:
        return count
    which = f"{unread} of which" if unread < len(drafts) else "which"
    return f"{count}, {which} cannot be shown yet"


def among_records(
    dossier: Dossier, drafts: Iterable[DraftRecord], lines: Mapping[YamlPath, int]
) -> Dossier:
    """Put the drafts that can be read among the records of a dossier, in the order of the file.

    Parameters
    ----------
    lines
        The line of each record and draft, by its id.
    """
    read = [one.record for one in drafts if one.record is not None]

    def line(record: Record) -> int:
        return lines.get((record.id,), 0)

    incidents = [*dossier.incidents, *(one for one in read if isinstance(one, Incident))]
    presence = [*dossier.presence, *(one for one in read if isinstance(one, Presence))]
    update = {"incidents": tuple(sorted(incidents, key=line)),
              "presence": tuple(sorted(presence, key=line))}  # fmt: skip
    return dossier.model_copy(update=update)
