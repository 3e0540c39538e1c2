"""What a text mentions: each mention has its words, and what they are read as.

Nothing is guessed. A mention that can mean several things has candidates and a question instead of
a value; one that means nothing certain is no mention.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from geo.dossier.records import ClaimKind, EventType, PresenceKind, SpeakerRole
from geo.places.locations import Location
from geo.written.dates import DateCandidate

MentionKind = Literal["place", "group", "date", "number", "speaker", "event"]
Counted = Literal["killed", "injured", "killed_or_injured", "captured", "other"]
CASUALTIES: Final[frozenset[Counted]] = frozenset({"killed", "injured", "killed_or_injured"})
"""What is counted of dead and wounded."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place: what the gazetteer says of the words, its candidates and its note included.

    Parameters
    ----------
    location
        The place. A province beside the name is part of the words and taken into account.
    in_dateline
        Whether the text only says that it was written there: nothing need have happened there.
    states_kind
        Whether the words say what it is, such as "province" or "district".
    """

    location: Location
    in_dateline: bool = False
    states_kind: bool = False


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A group or another party.

    Parameters
    ----------
    key
        Its key in the dossier; empty, if the dossier does not have it.
    name
        Its name in the dossier or the registry of parties, or else the words of the text.
    candidates
        Keys or names of the parties that an ambiguous name can mean.
    question
        What is open; empty if nothing is.
    """

    key: str
    name: str
    candidates: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day or period.

    Parameters
    ----------
    edtf
        The date; empty, if it is open.
    words
        The date in words, as a card shows it.
    basis
        Whether the words state it, or it follows from the day of publication.
    candidates
        The dates to choose from, the likeliest first.
    question
        What is open; empty if nothing is.
    in_dateline
        Whether it is the date of the text, which is no date of an event.
    """

    edtf: str
    words: str
    basis: Literal["stated", "publication"] = "stated"
    candidates: tuple[DateCandidate, ...] = ()
    question: str = ""
    in_dateline: bool = False


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number of people, and what it counts; what the text leaves open is ``None``, never zero.

    Parameters
    ----------
    of_what
        What happened to them.
    whom
        Whom it counts, in the words of the text; empty, if it does not say.
    question
        What is open, as for "dozens"; empty if nothing is.
    """

    low: int | None
    best: int | None
    high: int | None
    of_what: Counted
    whom: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Somebody who says something.

    Parameters
    ----------
    name
        The speaker as a record would name it: the key of a group, or else words of the text.
    role
        The role of the speaker; ``None``, if it is open.
    says
        What the verb makes of it.
    verb
        The verb, in the words of the text.
    via
        By whom it is passed on, such as a news agency; empty, if directly.
    """

    name: str
    role: SpeakerRole | None
    says: ClaimKind
    verb: str
    via: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """What happened, or how a group is present.

    Neither `event_type` nor `presence` is given where the words leave open how it happened, as
    "attack" does.
    """

    event_type: EventType | None = None
    sub_event_type: str = ""
    presence: PresenceKind | None = None


MentionValue = (
    PlaceMention | GroupMention | DateMention | NumberMention | SpeakerMention | EventMention
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention.

    Parameters
    ----------
    kind
        What is mentioned; `value` is of the class for it.
    start, end
        Characters of the text: from `start` up to, but not including, `end`.
    text
        The words, ``text[start:end]``.
    value
        What the words are read as.
    """

    kind: MentionKind
    start: int
    end: int
    text: str
    value: MentionValue
