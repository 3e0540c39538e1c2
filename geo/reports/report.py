"""Reading a report: its mentions, and the records that it suggests. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.documents.document import DocumentPart
from geo.dossier.records import Dossier
from geo.events.parties.actors import Registry
from geo.places.country import Country
from geo.reports.capital_mentions import capital_mentions
from geo.reports.city_parts import city_parts
from geo.reports.date_mentions import date_mentions
from geo.reports.datelines import after_datelines, published_in
from geo.reports.event_mentions import event_mentions
from geo.reports.group_mentions import group_mentions
from geo.reports.mentions import Mention, PlaceMention, SpeakerMention
from geo.reports.number_mentions import number_mentions
from geo.reports.place_mentions import place_mentions
from geo.reports.sentences import sentences
from geo.reports.site_mentions import site_mentions
from geo.reports.speaker_mentions import speaker_mentions
from geo.reports.suggesting import suggest_records
from geo.reports.suggestions import SuggestedClaim, SuggestedRecord, shifted

_CLAIMS: Final = 60
"""Claims of one speaker among which that of a mention is looked for."""


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
    spans = after_datelines(text, sentences(text))
    groups = group_mentions(text, dossier, registry, day)
    dates = date_mentions(text, day)
    places = tuple(_outside_of(place_mentions(text, country), (*groups, *dates)))
    places = (*places, *site_mentions(text, country, (*places, *groups)))
    places = (*places, *capital_mentions(text, country, places, spans))
    places = (*places, *city_parts(text, country, places, spans))
    notes = {key: group.note for key, group in dossier.groups.items() if group.note}
    mentions = (
        *places,
        *groups,
        *dates,
        *number_mentions(text, spans, (*places, *groups)),
        *speaker_mentions(text, groups, notes, spans, places),
        *event_mentions(text, spans),
    )
    ordered = tuple(sorted(mentions, key=lambda one: (one.start, one.end, one.kind)))
    names = {key: group.short for key, group in dossier.groups.items()}
    suggestions = suggest_records(
        text, ordered, parties=frozenset(dossier.groups), names=names, spans=spans
    )
    return Report(day, tuple(_spoken(ordered, suggestions)), suggestions)


def _read_parts(
    text: str,
    published: date | None,
    country: Country,
    dossier: Dossier,
    registry: Registry,
    parts: Sequence[DocumentPart],
) -> Report:
    """Read each part by itself; the day of the whole is that of the caller."""
    mentions: list[Mention] = []
    suggestions: list[SuggestedRecord] = []
    for part in parts:
        report = read_report(
            text[part.start : part.end],
            published=part.published or published,
            country=country, dossier=dossier, registry=registry,
        )  # fmt: skip
        mentions += [
            replace(one, start=one.start + part.start, end=one.end + part.start)
            for one in report.mentions
        ]
        suggestions += [shifted(one, part.start) for one in report.suggestions]
    return Report(published, tuple(mentions), tuple(suggestions))


def _spoken(
    mentions: Sequence[Mention], suggestions: Sequence[SuggestedRecord]
) -> Iterator[Mention]:
    """The mentions; a group that says what it did itself has the role of its claim."""
    claims: dict[str, list[SuggestedClaim]] = {}
    for claim in (one for record in suggestions for one in record.claims):
        claims.setdefault(claim.by, []).append(claim)
    for one in mentions:
        value = one.value
        if not isinstance(value, SpeakerMention) or value.says != "occurrence":
            yield one
            continue
        own = [
            claim
            for claim in claims.get(value.name, ())[:_CLAIMS]
            if any(span.start <= one.start and one.end <= span.end for span in claim.passages)
        ]
        if own and own[0].says == "responsibility":
            value = replace(value, says="responsibility", role=own[0].role)
        yield replace(one, value=value)


def _outside_of(places: Sequence[Mention], others: Sequence[Mention]) -> Iterator[Mention]:
    """The places that are not words of a group's name or a date, such as the country in it."""
    following = iter(sorted(others, key=lambda one: one.start))
    group = next(following, None)
    for place in places:
        while group is not None and group.end <= place.start:
            group = next(following, None)
        if group is None or not (group.start <= place.start and place.end <= group.end):
            yield _in_agreed_province(place)


def _in_agreed_province(place: Mention) -> Mention:
    """An ambiguous place with the province in which all candidates are, if it is one."""
    value = place.value
    if not isinstance(value, PlaceMention) or value.location.status != "ambiguous":
        return place
    provinces = {one.provinces for one in value.location.candidates}
    if len(provinces) != 1 or len(value.location.candidates) == 1:
        return place
    location = replace(value.location, provinces=provinces.pop())
    return replace(place, value=replace(value, location=location))
