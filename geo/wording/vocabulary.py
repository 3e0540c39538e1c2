"""The vocabulary: what each concept is called, defined once for the whole product.

The map, the card, the legend of a figure, tables and the command line take their words from here;
the browser receives them in the payload. What a concept *looks* like is in
:mod:`geo.wording.symbology`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from geo.dossier.records import EventType, StatusKey

Reason = Literal[
    "layer", "period", "kind", "event", "against", "status", "attribution", "review", "source",
    "grade", "precision", "place", "deaths", "text",
]  # fmt: skip
"""Which filter excludes a record."""
NotMapped = Literal["country", "outside", "unknown", "not_stated", "withdrawn"]
"""Why a record that is shown is not mapped."""

EVENT_TYPES: Final[tuple[str, ...]] = get_args(EventType)
"""ACLED's event types (*ACLED Codebook*, 2023), the only ones that a View filters by."""
DEATH_SIZES: Final = ("none", "1 to 9", "10 to 49", "50 or more")
NOT_MAPPED: Final = "Not mapped"
WHOLE_COUNTRY: Final = "Whole country"
"""The name of the badge of records about the whole country."""
COUNTRY_WIDE: Final = "Country-wide"
WITHDRAWN: Final = "Withdrawn"
UNNAMED_NAME: Final = "Group not named"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term of the interface with its definition."""

    key: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class StatusMeaning(Meaning):
    """A verification status, with its short name for lists."""

    short: str


@dataclass(frozen=True, slots=True)
class RecordType:
    """A type of record, in the plural for headings and in the singular."""

    key: Literal["incident", "presence"]
    label: str
    one: str


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """A part of the ledger, with its names on a phone, in a line and as a heading."""

    key: str
    short: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Standing(LedgerPart):
    """Where a record is: on the map, or not mapped."""

    mapped: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter can have."""

    value: str | int
    label: str


KINDS: Final[tuple[RecordType, ...]] = (
    RecordType("incident", "Incidents", "incident"),
    RecordType("presence", "Presence claims", "presence claim"),
)

STATUSES: Final[tuple[StatusMeaning, ...]] = (
    StatusMeaning(
        "verified",
        "Verified",
        "Place and date are confirmed by evidence that others can check. Who did it is a separate "
        "question.",
        "verified",
    ),
    StatusMeaning(
        "corroborated",
        "Corroborated",
        "Two or more sources that do not rest on one another agree on what, where and when.",
        "corroborated",
    ),
    StatusMeaning(
        "reported",
        "Reported by third parties",
        "At least one source that is not a party to it reports it in its own voice. Not checked "
        "further.",
        "reported",
    ),
    StatusMeaning(
        "claimed_only",
        "Claimed by a party only",
        "Everyone who claims it is a party to the conflict. The sources here neither confirm nor "
        "refute it.",
        "claimed",
    ),
    StatusMeaning(
        "disputed",
        "Disputed",
        "Someone denies or doubts it and has not withdrawn that.",
        "disputed",
    ),
    StatusMeaning(
        "refuted",
        "Refuted",
        "Kept so that the claim can be found together with what disproves it.",
        "refuted",
    ),
)

PRECISIONS: Final[tuple[Meaning, ...]] = (
    Meaning("exact", "Exact place", "The site itself is known to 150 m."),
    Meaning(
        "settlement",
        "Town or village",
        "The town is named, the position inside it is not known; the halo is as wide as the town.",
    ),
    Meaning("near", "Near a place", "Somewhere within the disc, which is drawn to scale."),
    Meaning("district", "District", "Somewhere in the hatched district; the place is not known."),
    Meaning("province", "Province", "Somewhere in the hatched province; the place is not known."),
    Meaning(
        "region",
        "Several provinces",
        "Somewhere within the outlined set of provinces; counted once, not once for each.",
    ),
    Meaning(
        "country", COUNTRY_WIDE, "Known to be in the country only; counted beside its outline."
    ),
    Meaning("unknown", "No known place", "No location given or found; listed but not mapped."),
)

STANDINGS: Final[tuple[Standing, ...]] = (
    Standing("point", "place", "at a place", "Mapped at a place", mapped=True),
    Standing(
        "area", "area", "as a province or district", "Known only to the province or district",
        mapped=True,
    ),
    Standing("region", "region", "as a region", "Known only to a region", mapped=True),
    Standing("country", "country-wide", "country-wide", COUNTRY_WIDE, mapped=False),
    Standing("outside", "outside", "outside {}", "Outside {}", mapped=False),
    Standing(
        "unknown", "not found", "with a location not found", "Location not found", mapped=False
    ),
    Standing(
        "not_stated", "no location", "with no location given", "No location given", mapped=False
    ),
    Standing("withdrawn", "withdrawn", "withdrawn", WITHDRAWN, mapped=False),
)  # fmt: skip
"""Where a record can be, in the order of the ledger; ``{}`` is the country's name."""

REASONS: Final[tuple[LedgerPart, ...]] = (
    LedgerPart("layer", "off", "switched off", "Switched off"),
    LedgerPart(
        "period", "dates", "not known to fall within the dates",
        "Not known to fall within the dates",
    ),
    LedgerPart("kind", "type", "of another record type", "Of another record type"),
    LedgerPart(
        "event", "event type", "of another or no stated event type",
        "Of another or no stated event type",
    ),
    LedgerPart(
        "against", "target", "not stated to be against any of these",
        "Not stated to be against any of these",
    ),
    LedgerPart(
        "status", "status", "of another verification status", "Of another verification status"
    ),
    LedgerPart("attribution", "attribution", "of another attribution", "Of another attribution"),
    LedgerPart("review", "review", "in another state of review", "In another state of review"),
    LedgerPart("source", "source", "from none of these sources", "From none of these sources"),
    LedgerPart(
        "grade", "rating", "excluded by reliability or credibility",
        "Excluded by source reliability or information credibility",
    ),
    LedgerPart(
        "precision", "precision", "of another location precision",
        "Of another location precision",
    ),
    LedgerPart(
        "place", "areas", "excluded by province or district", "Excluded by province or district"
    ),
    LedgerPart("deaths", "fatalities", "excluded by fatalities", "Excluded by fatalities"),
    LedgerPart(
        "text", "words", "missing at least one of these words",
        "Missing at least one of these words",
    ),
)  # fmt: skip
"""What is true of every record that a filter excludes, whatever value the filter has."""

FIELDS: Final[Mapping[str, str]] = {
    "period": "Dates",
    "text": "Words",
    "kinds": "Record type",
    "events": "Event type",
    "statuses": "Verification status",
    "attributions": "Attribution",
    "reviews": "Review",
    "against": "Target",
    "sources": "Source",
    "grade": "Source reliability",
    "credibility": "Information credibility",
    "precisions": "Location precision",
    "provinces": "Province",
    "districts": "District",
    "deaths": "Fatalities",
}
"""The name of each filter, which is that of the concept it filters by."""

ROLES: Final[Mapping[str, str]] = {
    "acting_party": "party that acts",
    "opposing_party": "party on the other side",
    "third_party": "third party",
    "media": "media",
    "un": "United Nations",
    "ngo": "non-governmental organisation",
    "state": "a state",
    "witness": "witness",
}

CLAIM_KINDS: Final[Mapping[str, str]] = {
    "responsibility": "takes responsibility",
    "occurrence": "says it happened",
    "casualties": "gives figures",
    "place": "names the place",
    "date": "names the date",
    "presence": "says they are there",
    "strength": "states a strength",
    "acknowledgement": "acknowledges it",
    "denial": "denies it",
    "doubt": "speaks against it",
}

PRESENCE_KINDS: Final[Mapping[str, str]] = {
    "activity": "active",
    "cell_or_safe_house": "cell or safe house",
    "camp": "camp",
    "training_site": "training site",
    "front_or_bastion": "front or stronghold",
    "administration": "administration",
    "strength": "strength in numbers",
    "influence": "influence and ties",
}

ATTRIBUTIONS: Final[Mapping[str, str]] = {
    "claimed_by_actor": "claimed by the group itself",
    "attributed_by_third_party": "named by third parties; the group has not claimed it",
    "claimed_and_attributed": "claimed by the group and named by third parties",
    "contested": "disputed",
    "unattributed": "no group is named",
}

REVIEWS: Final[tuple[Meaning, ...]] = (
    Meaning("approved", "Approved", "Somebody who did not write it has approved what it says now."),
    Meaning("unreviewed", "Not reviewed", "Nobody has approved what it says now."),
    Meaning("withdrawn", "Withdrawn", "Withdrawn, with a reason; not mapped."),
    Meaning("draft", "Draft", "Still being written."),
)
"""The states of review, see :mod:`geo.dossier.review`."""

DATE_PRECISIONS: Final[Mapping[str, str]] = {
    "day": "known to the day",
    "days_2_6": "known to a few days",
    "week": "known to the week",
    "month": "known to the month",
    "year": "known to the year",
    "longer": "known only roughly",
}

RELIABILITY: Final[Mapping[str, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Source reliability in the Admiralty code, as NATO's STANAG 2511 (January 2003) and Appendix B of
the US Army's FM 2-22.3 (September 2006) word it. STANAG 2511 is quoted at
https://eturwg.c4i.gmu.edu/?q=node/128. F is a missing rating, not the lowest one."""
UNRATED_SOURCE: Final = "F"
"""The reliability of a source that nobody has rated."""
CREDIBILITY: Final[Mapping[int, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtfully true",
    5: "improbable",
    6: "truth cannot be judged",
}
"""Information credibility in the Admiralty code, from the same two documents; 4 is worded as in
FM 2-22.3, "Doubtful" in STANAG 2511. 6 is a missing rating, not the lowest one."""
UNRATED_CLAIM: Final = 6
"""The credibility of a claim that nobody has rated."""


def status_meaning(key: StatusKey) -> StatusMeaning:
    """The meaning of a status key."""
    return next(meaning for meaning in STATUSES if meaning.key == key)


def standings(country: str) -> tuple[Standing, ...]:
    """Where a record of this country can be.

    Examples
    --------
    >>> standings("Afghanistan")[4].label
    'outside Afghanistan'
    """
    return tuple(
        replace(one, label=one.label.replace("{}", country), title=one.title.replace("{}", country))
        for one in STANDINGS
    )


def reliability_choices() -> tuple[Choice, ...]:
    """The values of the filter by source reliability; F means unrated and is not the lowest.

    Examples
    --------
    >>> [choice.label for choice in reliability_choices()][1:]
    ['B or better: usually reliable', 'C or better: fairly reliable', \
'D or better: not usually reliable', 'Rated (A–E)', 'Unrated (F)']
    """
    return tuple(_steps(RELIABILITY))


def credibility_choices() -> tuple[Choice, ...]:
    """The values of the filter by information credibility; 6 means unrated, not the lowest."""
    return tuple(_steps(CREDIBILITY))


def _steps(scale: Mapping[str, str] | Mapping[int, str]) -> Iterator[Choice]:
    (best, first), *between, (worst, _), (unrated, _) = scale.items()
    yield Choice(best, f"{best}: {first}")
    for step, label in between:
        yield Choice(step, f"{step} or better: {label}")
    yield Choice(worst, f"Rated ({best}–{worst})")
    yield Choice(unrated, f"Unrated ({unrated})")
