"""The records that a text suggests, every value of them with the words that it comes from.

Nothing here is stored: a person accepts a suggestion, corrects or rejects it. A value without words
in the text is not in a suggestion, and a figure that the text does not state is never filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.dossier.records import ClaimKind, SpeakerRole
from geo.places.locations import Location
from geo.reports.mentions import DateMention, EventMention, GroupMention, NumberMention

Confidence = Literal["high", "medium", "low"]
Apart = Literal["", "outside", "general"]
CONTESTING: Final = frozenset({"denial", "doubt", "acknowledgement"})
"""What is said of an event by somebody who answers another's claim."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Characters of a text, from `start` up to, but not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SuggestedGroup:
    """A group of a suggested record."""

    group: GroupMention
    passages: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class SuggestedPlace:
    """A place of a suggested record."""

    location: Location
    passages: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class SuggestedDate:
    """When a suggested record happened."""

    date: DateMention
    passages: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class SuggestedFigure:
    """A number of people, as one claim states it."""

    number: NumberMention
    passages: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class SuggestedClaim:
    """Who says what about a suggested record.

    Parameters
    ----------
    by
        The speaker: the key of a group, words of the text, or empty for the document's own voice.
    role
        The role of the speaker; ``None``, if it is open.
    via
        By whom it is passed on; empty, if directly.
    figures
        The numbers of people that the claim states.
    passages
        The words that say so; never empty.
    """

    by: str
    role: SpeakerRole | None
    says: ClaimKind
    confidence: Confidence
    passages: tuple[TextSpan, ...]
    via: str = ""
    figures: tuple[SuggestedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestedRecord:
    """A record that a text suggests.

    Parameters
    ----------
    title
        A short title, made from the fields.
    groups, against
        Who acts or is present, and against whom.
    when
        ``None``, if the text does not say.
    event
        What happened, or how the groups are present; ``None``, if the text leaves it open.
    event_passages
        The words that say what happened.
    questions
        What a person has to decide before this can be a record, in sentences.
    apart
        Why the suggestion is kept apart from the others: it is about another country, or a general
        judgement; empty, if it is not.
    """

    kind: Literal["incident", "presence"]
    title: str
    claims: tuple[SuggestedClaim, ...]
    confidence: Confidence
    groups: tuple[SuggestedGroup, ...] = ()
    against: tuple[SuggestedGroup, ...] = ()
    places: tuple[SuggestedPlace, ...] = ()
    when: SuggestedDate | None = None
    event: EventMention | None = None
    event_passages: tuple[TextSpan, ...] = ()
    questions: tuple[str, ...] = ()
    apart: Apart = ""


def shifted(record: SuggestedRecord, by: int) -> SuggestedRecord:
    """The same record, with the passages of a text that begins later by some characters.

    Examples
    --------
    >>> shifted(SuggestedRecord("incident", "", (), "low", event_passages=(TextSpan(0, 6),)), 10)
    SuggestedRecord(kind='incident', ..., event_passages=(TextSpan(start=10, end=16),), ...)
    """

    def moved(spans: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
        return tuple(TextSpan(one.start + by, one.end + by) for one in spans)

    claims = tuple(
        replace(
            claim,
            passages=moved(claim.passages),
            figures=tuple(replace(one, passages=moved(one.passages)) for one in claim.figures),
        )
        for claim in record.claims
    )
    return replace(
        record,
        claims=claims,
        groups=tuple(replace(one, passages=moved(one.passages)) for one in record.groups),
        against=tuple(replace(one, passages=moved(one.passages)) for one in record.against),
        places=tuple(replace(one, passages=moved(one.passages)) for one in record.places),
        when=record.when and replace(record.when, passages=moved(record.when.passages)),
        event_passages=moved(record.event_passages),
    )
