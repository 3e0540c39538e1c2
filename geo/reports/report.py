"""Reading a report: its mentions, and the records that it suggests. Offline, and nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.documents.document import DocumentPart
from geo.dossier.records import Dossier
from geo.events.parties.actors import Registry
from geo.places.country import Country
from geo.reports.event_mentions import event_mentions
from geo.reports.mentions import Mention
from geo.reports.number_mentions import number_mentions
from geo.reports.sentences import sentences
from geo.reports.speaker_mentions import speaker_mentions
from geo.reports.suggesting import suggest_records
from geo.reports.suggestions import SuggestedRecord
from geo.reports.date_mentions import date_mentions
from geo.reports.datelines import published_in
from geo.reports.group_mentions import group_mentions
from geo.reports.place_mentions import place_mentions


@dataclass(frozen=True, slots=True)
class Report:
    """A text as it was read.

    Parameters
    ----------
    published
        The day to which "yesterday" refers; ``None`` if neither the caller nor the text gives it.
    mentions
        All mentions, in the order of the text.
    suggestions
        The records that it suggests; see :func:`geo.reports.suggesting.suggest_records`.
    """

    published: date | None
    mentions: tuple[Mention, ...]
    suggestions: tuple[SuggestedRecord, ...]


def read_report(
    text: str,
    *,
    published: date | None = None,
    country: Country,
    dossier: Dossier,
    registry: Registry,
    parts: Sequence[DocumentPart] = (),
) -> Report:
    """Read a text: what it mentions, and which records it suggests.

    Parameters
    ----------
    published
        The day of publication, if it is known; otherwise that of the dateline.
    parts
        Parts that were published by themselves, such as messages; each is read on its own.

    Returns
    -------
    Report
        With the characters of the whole text.

    Examples
    --------
    >>> from geo import open_workspace
    >>> from geo.events.parties.actors import Registry
    >>> workspace = open_workspace()
    >>> country, dossier = workspace.country, workspace.reading.dossier
    >>> registry = Registry.of_folder(country.folder, dossier.groups)
    >>> text = "The NRF said that it killed 8 Taliban fighters in Takhar province yesterday."
    >>> report = read_report(
    ...     text, published=date(2022, 5, 24), country=country, dossier=dossier, registry=registry
    ... )
    >>> (record,) = report.suggestions
    >>> record.title, record.when.date.edtf, record.claims[0].figures[0].number.best
    ('Attack by NRF against Taliban in Takhar', '2022-05-23', 8)
    """
    if len(parts) > 1:
        return _read_parts(text, published, country, dossier, registry, parts)
    day = published or published_in(text)
    spans = sentences(text)
    groups = group_mentions(text, dossier, registry, day)
    notes = {key: group.note for key, group in dossier.groups.items() if group.note}
    mentions = (
        *place_mentions(text, country),
        *groups,
        *date_mentions(text, day),
        *number_mentions(text, spans),
        *speaker_mentions(text, groups, notes, spans),
        *event_mentions(text, spans),
    )
    ordered = tuple(sorted(mentions, key=lambda one: (one.start, one.end, one.kind)))
    names = {key: group.short for key, group in dossier.groups.items()}
    suggestions = suggest_records(
        text, ordered, parties=frozenset(dossier.groups), names=names, spans=spans
    )
    return Report(day, ordered, suggestions)
